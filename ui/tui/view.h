/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/view.h: which part of a page is seen: scrolling, selecting,
 * searching, wrapping.
 *
 * The page may grow, shrink and lose its first lines between two looks; a view
 * that follows stays at the end.
 */
#ifndef SCDB_UI_TUI_VIEW_H
#define SCDB_UI_TUI_VIEW_H

#include "ui/tui/page.h"

struct view {
	unsigned width, height;   /* of what is seen; set by whoever draws */
	bool wrap;                /* long lines go on in the next row */
	bool follow;              /* the end is seen, whatever comes */
	uint64_t top;             /* the first line seen, dropped ones counted */
	unsigned row;             /* ... and its first row that is seen */
	unsigned left;            /* columns gone at the left; not with WRAP */
	uint64_t found;           /* line + 1 that a search found; 0: none */
	bool selects;             /* one of its lines can be selected */
	uint64_t selected;        /* the line + 1; 0: none */
	size_t cell;              /* of its values, the one with the cursor */
};

/* Where a row of a line stands in its text. */
struct view_row {
	const struct page_line *line;
	size_t start, end;        /* bytes */
};

/* Moves the view to where there is something to be seen. */
void view_settle(struct view *v, const struct page *p);
/* Rows down, or up where negative. */
void view_scroll(struct view *v, const struct page *p, long rows);
void view_home(struct view *v);
void view_end(struct view *v, const struct page *p);
void view_sideways(struct view *v, long columns);
/* LINE, counted from the page's first, is to be seen. */
void view_show(struct view *v, const struct page *p, size_t line);
/* The same, moving no more than that takes. */
void view_reveal(struct view *v, const struct page *p, size_t line);
/* LINE, counted in the same way, becomes the selected one, which is seen. */
void view_select(struct view *v, const struct page *p, size_t line);
/* The selected line; false: there is none. */
bool view_selected(const struct view *v, const struct page *p, size_t *line);
/*
 * Selects a line where none is: the one where the program stands, the last of a
 * view that follows, or else the first that is no heading.
 */
void view_begin(struct view *v, const struct page *p);
/* The line in the row ROW of what is seen; false: none. */
bool view_line_at(const struct view *v, const struct page *p, unsigned row,
                  size_t *line);
/*
 * BEFORE is about to become AFTER, the same lines read anew: what is selected,
 * and what is seen, goes where its address, its number or its place is.
 */
void view_carry(struct view *v, const struct page *before,
                const struct page *after);
/*
 * The next line with TEXT behind the selected or the last one found, or before
 * it; it goes on at the other end.  Small letters mean capitals too.  False: nowhere.
 */
bool view_search(struct view *v, const struct page *p, const char *text,
                 bool backward);
/* The rows seen, from the top on; at most MOST.  The view was settled. */
size_t view_rows(const struct view *v, const struct page *p,
                 struct view_row *rows, size_t most);

#endif
