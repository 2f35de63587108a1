/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmds/thread_tree.h"

#include "base/alloc.h"
#include "target/procfs.h"

#include <string.h>

/* What is deeper is drawn no further to the right. */
enum { MAX_DRAWN = 16 };

/* Indices of processes; -1: none. */
struct node {
	int parent, first, next;
};

struct tree {
	struct session *s;
	struct node *nodes;
	int count;
	void (*fn)(struct session *s, const struct thread *t,
	           const char *lines);
};

const struct process *thread_tree_parent(const struct target *target,
                                         const struct process *p)
{
	const struct process *parent;
	struct proc_status status;
	struct error *err;

	if (p->core)
		return NULL;
	parent = p->parent ? target_process(target, p->parent) : NULL;
	if (parent && parent->number < p->number)
		return parent;
	/* Both may have been attached, or its maker has died. */
	err = proc_status(p->pid, &status);
	parent = err ? NULL : target_process(target, status.parent);
	error_destroy(err);
	return parent;
}

static int index_of(const struct target *target, const struct process *p)
{
	for (size_t i = 0; p && i < target->processes.len; i++)
		if (target->processes.items[i] == p)
			return (int)i;
	return -1;
}

/*
 * The last first, so that lists of children are in the order of processes.  No
 * process comes to stand below itself: who is above has always begun before.
 */
static void link_nodes(struct tree *tree)
{
	const struct target *target = tree->s->target;

	for (int i = 0; i < tree->count; i++)
		tree->nodes[i] = (struct node){ -1, -1, -1 };
	for (int i = tree->count - 1; i >= 0; i--) {
		const struct process *p = target->processes.items[i];
		struct node *n = &tree->nodes[i];

		n->parent = index_of(target, thread_tree_parent(target, p));
		if (n->parent < 0)
			continue;
		n->next = tree->nodes[n->parent].first;
		tree->nodes[n->parent].first = i;
	}
}

/* The lines before what stands below AT, the outermost first. */
static void draw_above(const struct tree *tree, int at, struct buf *lines)
{
	int above[MAX_DRAWN], depth = 0;

	for (; at >= 0 && tree->nodes[at].parent >= 0 && depth < MAX_DRAWN;
	     at = tree->nodes[at].parent)
		above[depth++] = at;
	while (depth--)
		buf_puts(lines, tree->nodes[above[depth]].next < 0 ? "   "
		         : tree->s->out->utf8 ? "│  " : "|  ");
}

static void draw_branch(const struct tree *tree, bool last, struct buf *lines)
{
	if (tree->s->out->utf8)
		buf_puts(lines, last ? "└─ " : "├─ ");
	else
		buf_puts(lines, last ? "`- " : "|- ");
}

static void show_threads(const struct tree *tree, int at, struct buf *lines)
{
	const struct process *p = tree->s->target->processes.items[at];
	const struct node *n = &tree->nodes[at];

	for (size_t i = 0; i < p->threads.len; i++) {
		buf_reset(lines);
		if (i) {
			bool last = n->first < 0 && i + 1 == p->threads.len;

			draw_above(tree, at, lines);
			draw_branch(tree, last, lines);
		} else if (n->parent >= 0) {
			draw_above(tree, n->parent, lines);
			draw_branch(tree, n->next < 0, lines);
		}
		tree->fn(tree->s, p->threads.items[i], lines->data);
	}
}

/* ROOT and all below it, without a stack: there may be very many. */
static void walk(struct tree *tree, int root, struct buf *lines)
{
	int at = root;

	while (at >= 0) {
		const struct node *n = &tree->nodes[at];

		show_threads(tree, at, lines);
		if (n->first >= 0) {
			at = n->first;
			continue;
		}
		while (at != root && tree->nodes[at].next < 0)
			at = tree->nodes[at].parent;
		at = at == root ? -1 : tree->nodes[at].next;
	}
}

void thread_tree_each(struct session *s,
                      void (*fn)(struct session *s, const struct thread *t,
                                 const char *lines))
{
	struct tree tree = { .s = s, .fn = fn,
	                     .count = (int)s->target->processes.len };
	AUTO_BUF struct buf lines = { 0 };

	buf_init(&lines);
	tree.nodes = xcalloc((size_t)tree.count + 1, sizeof(*tree.nodes));
	link_nodes(&tree);
	for (int i = 0; i < tree.count; i++)
		if (tree.nodes[i].parent < 0)
			walk(&tree, i, &lines);
	free(tree.nodes);
}
