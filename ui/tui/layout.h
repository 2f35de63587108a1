/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/layout.h: where each pane of the screen stands.
 *
 * A layout is text: rows(A B) puts panes one above the other, columns(A B) side
 * by side, and NAME:3 gets three times the room of NAME.
 *
 *	rows(columns(calls:3 call:2):2 prompt)
 *
 * A pane that has no room is left out, the last ones first; the one called
 * "prompt" never is.
 */
#ifndef SCDB_UI_TUI_LAYOUT_H
#define SCDB_UI_TUI_LAYOUT_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	LAYOUT_PANES = 16,     /* at most in a layout */
	LAYOUT_NAME = 16,
	LAYOUT_MIN_ROWS = 3,   /* of a pane, with its title */
	LAYOUT_MIN_COLUMNS = 20,
};

struct layout_rect {
	unsigned row, column, rows, columns;
};

struct layout_pane {
	char name[LAYOUT_NAME];
	struct layout_rect rect;
};

struct layout {
	struct layout_pane panes[LAYOUT_PANES];
	size_t count;
};

/* The panes of TEXT in AREA that have room.  Between columns one is free. */
struct error *tui_layout_place(const char *text, struct layout_rect area,
                           struct layout *layout) MUST_CHECK;
/*
 * A text of its own for the layout TEXT in AREA, in which PANE is BY rows (or
 * columns) bigger, as far as the panes beside it can give them.
 */
struct error *tui_layout_resize(const char *text, struct layout_rect area,
                                const char *pane, bool rows, long by,
                                struct buf *made) MUST_CHECK;
/* NULL: it is not seen. */
const struct layout_pane *tui_layout_find(const struct layout *layout,
                                      const char *name);

#endif
