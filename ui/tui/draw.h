/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/draw.h: the terminal as a grid of cells, and its keys; the only part
 * that knows curses.
 *
 * Everything is drawn anew each time between draw_begin and draw_end; curses
 * sends what differs.  What is drawn must be printable already.
 */
#ifndef SCDB_UI_TUI_DRAW_H
#define SCDB_UI_TUI_DRAW_H

#include "base/error.h"
#include "base/out.h"
#include "ui/tui/layout.h"
#include "ui/tui/view.h"

#include <stdbool.h>

enum draw_look {
	LOOK_PLAIN, LOOK_BAR, /* of the status and help lines */
	LOOK_TITLE, LOOK_FOCUSED, /* titles of panes */
	LOOK_FOUND, LOOK_MARK, LOOK_DIM,
	LOOK_SELECTED,           /* the line of the pane that has the keys */
	LOOK_CHOSEN,             /* ... of another pane */
	LOOK_CURSOR,             /* in a selected line */
};

/* A cell of a program's screen; colours as ui/tui/colors.h has them. */
struct draw_cell {
	const char *text;
	int foreground, background;
	bool bold, underline, reverse;
};

enum draw_key {
	DRAW_KEY_NONE,       /* no more keys now */
	DRAW_KEY_GONE,       /* the terminal hung up */
	DRAW_KEY_TEXT,       /* bytes, as the keyboard sent them */
	DRAW_KEY_UP, DRAW_KEY_DOWN, DRAW_KEY_LEFT, DRAW_KEY_RIGHT,
	DRAW_KEY_PAGE_UP, DRAW_KEY_PAGE_DOWN, DRAW_KEY_HOME, DRAW_KEY_END,
	DRAW_KEY_WHEEL_UP, DRAW_KEY_WHEEL_DOWN, DRAW_KEY_CLICK,
	DRAW_KEY_F1,         /* F2 is the next, and so on to F12 */
	DRAW_KEY_OTHER = DRAW_KEY_F1 + 12,
};

struct draw_input {
	enum draw_key key;
	char bytes[32];      /* what it sent, but for the mouse */
	size_t len;
	unsigned row, column; /* of the mouse */
	bool twice;           /* two clicks are one input */
};

/* Takes the terminal; COLORED: if it can. */
struct error *draw_open(bool colored) MUST_CHECK;
/* Gives it back as it was. */
void draw_close(void);
/* The same for a while. */
void draw_suspend(void);
void draw_resume(void);
/* Its size may be another now. */
void draw_size(unsigned *rows, unsigned *columns);
/* Every key comes as it is: Ctrl-C and the like make no signals. */
void draw_raw_keys(bool raw);
struct draw_input draw_next_key(void);
/* draw.c asks: keys that most terminals send, whatever this one is said to. */
void draw_define_keys(void);

void draw_begin(void);
/* ALL: as if nothing stood there. */
void draw_end(bool all);
/* At most WIDTH columns; returns how many were used. */
unsigned draw_text(unsigned row, unsigned column, unsigned width,
                   enum draw_look look, const char *text);
/* TEXT, and blanks up to WIDTH. */
void draw_line(unsigned row, unsigned column, unsigned width,
               enum draw_look look, const char *text);
/* A part of a page's line; LOOK: plain, found, selected, or chosen. */
void draw_row(unsigned row, unsigned column, unsigned width,
              const struct view_row *part, enum draw_look look);
void draw_cell(unsigned row, unsigned column, const struct draw_cell *cell);
/* NAME in a line across. */
void draw_title(const struct layout_rect *rect, const char *name,
                bool focused);
/* A line down, at the left of RECT. */
void draw_side(const struct layout_rect *rect);
void draw_cursor(unsigned row, unsigned column, bool shown);

#endif
