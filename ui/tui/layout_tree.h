/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/layout_tree.h: a layout's text as a tree, for what makes and changes
 * layouts: the nodes are panes, and rows and columns of them.
 */
#ifndef SCDB_UI_TUI_LAYOUT_TREE_H
#define SCDB_UI_TUI_LAYOUT_TREE_H

#include "ui/tui/layout.h"

enum { LAYOUT_NODES = 2 * LAYOUT_PANES, LAYOUT_MAX_WEIGHT = 1000 };

enum layout_kind { LAYOUT_PANE, LAYOUT_ROWS, LAYOUT_COLUMNS };

struct layout_node {
	enum layout_kind kind;
	const char *name;      /* in the text */
	size_t len;
	unsigned weight;
	int first, next;       /* child, sibling; -1: none */
	bool keep;             /* the prompt is in it */
	unsigned rows, columns; /* the least that it can be */
	struct layout_rect rect; /* where it was placed; no rows: it was not */
};

/* The first node is that of all. */
struct layout_tree {
	struct layout_node nodes[LAYOUT_NODES];
	int count;
};

/* TEXT is borrowed. */
struct error *layout_tree_parse(const char *text,
                                struct layout_tree *tree) MUST_CHECK;
/* Once for each tree. */
void layout_tree_place(struct layout_tree *tree, struct layout_rect area,
                       struct layout *layout);

#endif
