/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/layout.h"

#include "ui/tui/layout_tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 4 };

struct parser {
	const char *text, *at;
	struct layout_tree *tree;
};

static struct error *wrong(const struct parser *p, const char *what)
{
	return error_new(ERROR_USAGE, "layout: %s at column %zu", what,
	                 (size_t)(p->at - p->text) + 1);
}

static void skip_blanks(struct parser *p)
{
	while (*p->at == ' ')
		p->at++;
}

static struct error *parse_node(struct parser *p, unsigned depth, int *made);

static struct error *parse_children(struct parser *p, unsigned depth,
                                    struct layout_node *parent)
{
	struct layout_node *nodes = p->tree->nodes;
	int *link = &parent->first;

	if (depth >= MAX_DEPTH)
		return wrong(p, "too many brackets");
	p->at++;
	for (skip_blanks(p); *p->at != ')'; skip_blanks(p)) {
		TRY(parse_node(p, depth + 1, link));
		parent->keep |= nodes[*link].keep;
		link = &nodes[*link].next;
	}
	p->at++;
	return parent->first < 0 ? wrong(p, "empty brackets") : NULL;
}

static struct error *parse_weight(struct parser *p, struct layout_node *n)
{
	char *end;

	n->weight = 1;
	if (*p->at != ':')
		return NULL;
	n->weight = (unsigned)strtoul(p->at + 1, &end, 10);
	if (!isdigit((unsigned char)p->at[1]) || !n->weight ||
	    n->weight > LAYOUT_MAX_WEIGHT)
		return wrong(p, "a weight is from 1 to 1000");
	p->at = end;
	return NULL;
}

static struct error *parse_node(struct parser *p, unsigned depth, int *made)
{
	int index = p->tree->count;
	struct layout_node *n = &p->tree->nodes[index];

	if (index == LAYOUT_NODES)
		return wrong(p, "too many panes");
	p->tree->count++;
	*n = (struct layout_node){ .name = p->at, .first = -1, .next = -1 };
	n->len = strspn(p->at, "abcdefghijklmnopqrstuvwxyz");
	if (!n->len || n->len >= LAYOUT_NAME)
		return wrong(p, "no pane's name");
	p->at += n->len;
	n->keep = n->len == 6 && memcmp(n->name, "prompt", 6) == 0;
	*made = index;
	if (*p->at == '(') {
		if (n->len == 4 && memcmp(n->name, "rows", 4) == 0)
			n->kind = LAYOUT_ROWS;
		else if (n->len == 7 && memcmp(n->name, "columns", 7) == 0)
			n->kind = LAYOUT_COLUMNS;
		else
			return wrong(p, "not rows( or columns(");
		TRY(parse_children(p, depth, n));
	}
	return parse_weight(p, n);
}

/* One child is enough, but the prompt must be among those that stay. */
static void find_least(struct layout_tree *t, struct layout_node *n)
{
	bool first = true;

	n->rows = LAYOUT_MIN_ROWS;
	n->columns = LAYOUT_MIN_COLUMNS;
	for (int i = n->first; i >= 0; i = t->nodes[i].next) {
		struct layout_node *child = &t->nodes[i];

		find_least(t, child);
		if (first || child->keep) {
			n->rows = child->rows;
			n->columns = child->columns;
		}
		first = false;
	}
}

/* Along the direction in which N's children stand. */
static unsigned least(const struct layout_node *n,
                      const struct layout_node *child)
{
	return n->kind == LAYOUT_ROWS ? child->rows : child->columns;
}

struct children {
	int index[LAYOUT_PANES];
	unsigned size[LAYOUT_PANES];
	int count;
	unsigned gap;          /* between two */
};

static unsigned sum_least(const struct layout_tree *t,
                          const struct layout_node *n,
                          const struct children *c)
{
	unsigned sum = (unsigned)(c->count - 1) * c->gap;

	for (int i = 0; i < c->count; i++)
		sum += least(n, &t->nodes[c->index[i]]);
	return sum;
}

/* The children that have room together; the last ones go first. */
static void choose_children(const struct layout_tree *t,
                            const struct layout_node *n, unsigned room,
                            struct children *c)
{
	for (int i = n->first; i >= 0; i = t->nodes[i].next)
		if (c->count < LAYOUT_PANES)
			c->index[c->count++] = i;
	while (c->count > 1 && sum_least(t, n, c) > room) {
		int gone = c->count - 1;

		if (t->nodes[c->index[gone]].keep)
			gone--;
		c->count--;
		memmove(c->index + gone, c->index + gone + 1,
		        (size_t)(c->count - gone) * sizeof(*c->index));
	}
}

/* The least for each, and the rest by weight. */
static void share(const struct layout_tree *t, const struct layout_node *n,
                  unsigned room, struct children *c)
{
	unsigned weights = 0, rest = room - (unsigned)(c->count - 1) * c->gap;
	bool short_ones = true;

	for (int i = 0; i < c->count; i++) {
		weights += t->nodes[c->index[i]].weight;
		c->size[i] = 0;
	}
	/* Those for which their part would be too little get the least. */
	while (short_ones) {
		short_ones = false;
		for (int i = 0; i < c->count; i++) {
			const struct layout_node *child = &t->nodes[c->index[i]];
			unsigned need = least(n, child);

			if (c->size[i] || !rest ||
			    rest * child->weight >= need * weights)
				continue;
			c->size[i] = need < rest ? need : rest;
			rest -= c->size[i];
			weights -= child->weight;
			short_ones = true;
		}
	}
	for (int i = 0; i < c->count; i++) {
		const struct layout_node *child = &t->nodes[c->index[i]];

		if (c->size[i] || !weights)
			continue;
		c->size[i] = rest * child->weight / weights;
		rest -= c->size[i];
		weights -= child->weight;
	}
}

static void place(struct layout_tree *t, struct layout_node *n,
                  struct layout_rect area, struct layout *layout)
{
	struct children c = { .gap = n->kind == LAYOUT_COLUMNS };
	bool rows = n->kind == LAYOUT_ROWS;

	n->rect = area;
	if (n->kind == LAYOUT_PANE) {
		struct layout_pane *pane = &layout->panes[layout->count];

		if (layout->count == LAYOUT_PANES)
			return;
		layout->count++;
		*pane = (struct layout_pane){ .rect = area };
		memcpy(pane->name, n->name, n->len);
		return;
	}
	choose_children(t, n, rows ? area.rows : area.columns, &c);
	share(t, n, rows ? area.rows : area.columns, &c);
	for (int i = 0; i < c.count; i++) {
		struct layout_rect part = area;

		if (rows)
			part.rows = c.size[i];
		else
			part.columns = c.size[i];
		place(t, &t->nodes[c.index[i]], part, layout);
		if (rows)
			area.row += part.rows;
		else
			area.column += part.columns + c.gap;
	}
}

struct error *layout_tree_parse(const char *text, struct layout_tree *tree)
{
	struct parser p = { .text = text, .at = text, .tree = tree };
	int root;

	tree->count = 0;
	skip_blanks(&p);
	TRY(parse_node(&p, 0, &root));
	skip_blanks(&p);
	if (*p.at)
		return wrong(&p, "more than a layout");
	if (!tree->nodes[root].keep)
		return error_new(ERROR_USAGE, "layout: it has no prompt");
	find_least(tree, &tree->nodes[root]);
	return NULL;
}

void layout_tree_place(struct layout_tree *tree, struct layout_rect area,
                       struct layout *layout)
{
	layout->count = 0;
	place(tree, &tree->nodes[0], area, layout);
}

struct error *tui_layout_place(const char *text, struct layout_rect area,
                           struct layout *layout)
{
	struct layout_tree tree;

	TRY(layout_tree_parse(text, &tree));
	layout_tree_place(&tree, area, layout);
	return NULL;
}

const struct layout_pane *tui_layout_find(const struct layout *layout,
                                      const char *name)
{
	for (size_t i = 0; i < layout->count; i++)
		if (strcmp(layout->panes[i].name, name) == 0)
			return &layout->panes[i];
	return NULL;
}
