/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pane made bigger or smaller: weights become what makes it so. */
#include "ui/tui/layout_tree.h"

#include <string.h>

/* Along the direction in which the children of KIND stand. */
static unsigned size_in(enum layout_kind kind, const struct layout_node *n)
{
	return kind == LAYOUT_ROWS ? n->rect.rows : n->rect.columns;
}

static unsigned least_in(enum layout_kind kind, const struct layout_node *n)
{
	return kind == LAYOUT_ROWS ? n->rows : n->columns;
}

static int find_pane(const struct layout_tree *t, const char *name)
{
	for (int i = 0; i < t->count; i++)
		if (t->nodes[i].kind == LAYOUT_PANE && t->nodes[i].rect.rows &&
		    t->nodes[i].len == strlen(name) &&
		    memcmp(t->nodes[i].name, name, t->nodes[i].len) == 0)
			return i;
	return -1;
}

static int parent_of(const struct layout_tree *t, int child)
{
	for (int i = 0; i < t->count; i++)
		for (int k = t->nodes[i].first; k >= 0; k = t->nodes[k].next)
			if (k == child)
				return i;
	return -1;
}

/* Who gives the room, or gets it: the next one that is seen, or the last. */
static int neighbour(const struct layout_tree *t, int parent, int child)
{
	int before = -1;

	for (int i = t->nodes[parent].first; i != child; i = t->nodes[i].next)
		if (t->nodes[i].rect.rows)
			before = i;
	for (int i = t->nodes[child].next; i >= 0; i = t->nodes[i].next)
		if (t->nodes[i].rect.rows)
			return i;
	return before;
}

/* Weights become sizes; of what is not seen they stay in proportion. */
static void weigh(struct layout_tree *t, int parent)
{
	enum layout_kind kind = t->nodes[parent].kind;
	unsigned sizes = 0, weights = 0;

	for (int i = t->nodes[parent].first; i >= 0; i = t->nodes[i].next) {
		if (!t->nodes[i].rect.rows)
			continue;
		sizes += size_in(kind, &t->nodes[i]);
		weights += t->nodes[i].weight;
	}
	for (int i = t->nodes[parent].first; i >= 0; i = t->nodes[i].next) {
		struct layout_node *n = &t->nodes[i];
		unsigned hidden = n->weight * sizes / weights;

		n->weight = n->rect.rows ? size_in(kind, n)
		            : hidden ? hidden : 1;
		if (n->weight > LAYOUT_MAX_WEIGHT)
			n->weight = LAYOUT_MAX_WEIGHT;
	}
}

static void write_node(const struct layout_tree *t, int at, struct buf *text)
{
	const struct layout_node *n = &t->nodes[at];

	buf_add(text, n->name, n->len);
	if (n->kind != LAYOUT_PANE) {
		buf_putc(text, '(');
		for (int i = n->first; i >= 0; i = t->nodes[i].next) {
			write_node(t, i, text);
			if (t->nodes[i].next >= 0)
				buf_putc(text, ' ');
		}
		buf_putc(text, ')');
	}
	if (n->weight != 1)
		buf_printf(text, ":%u", n->weight);
}

/* As much of BY as both can do. */
static long clamp(enum layout_kind kind, const struct layout_node *n,
                  const struct layout_node *other, long by)
{
	long more = (long)size_in(kind, other) - (long)least_in(kind, other);
	long less = (long)size_in(kind, n) - (long)least_in(kind, n);

	if (by > more)
		by = more > 0 ? more : 0;
	if (by < -less)
		by = less > 0 ? -less : 0;
	return by;
}

struct error *tui_layout_resize(const char *text, struct layout_rect area,
                                const char *pane, bool rows, long by,
                                struct buf *made)
{
	enum layout_kind kind = rows ? LAYOUT_ROWS : LAYOUT_COLUMNS;
	struct layout_tree t;
	struct layout layout;
	int child, parent, other = -1;

	TRY(layout_tree_parse(text, &t));
	layout_tree_place(&t, area, &layout);
	child = find_pane(&t, pane);
	if (child < 0)
		return error_new(ERROR_NOT_FOUND, "the pane %.40s is not shown",
		                 pane);
	while ((parent = parent_of(&t, child)) >= 0) {
		if (t.nodes[parent].kind == kind)
			other = neighbour(&t, parent, child);
		if (other >= 0)
			break;
		child = parent;
	}
	if (other < 0)
		return error_new(ERROR_USAGE, "no pane stands %s %.40s",
		                 rows ? "above or below" : "beside", pane);
	by = clamp(kind, &t.nodes[child], &t.nodes[other], by);
	weigh(&t, parent);
	t.nodes[child].weight = (unsigned)((long)t.nodes[child].weight + by);
	t.nodes[other].weight = (unsigned)((long)t.nodes[other].weight - by);
	write_node(&t, 0, made);
	return NULL;
}
