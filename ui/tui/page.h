/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/page.h: lines of styled text, as a pane of the screen has them.
 *
 * A page is written like a file: what is put into it goes to its last line, a
 * line feed begins the next one.  Tabs become blanks.  The text must be
 * printable already (ui/printable.h), in the locale's encoding.
 */
#ifndef SCDB_UI_TUI_PAGE_H
#define SCDB_UI_TUI_PAGE_H

#include "base/buf.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

/* A byte of text has an enum out_role, and perhaps this. */
enum { PAGE_CHANGED = 0x80, PAGE_ROLE = 0x7f };

/* A value in a line: bytes of its text. */
struct page_cell {
	size_t start, end;
};

struct page_line {
	char *text;            /* NUL-terminated */
	uint8_t *roles;        /* one a byte of text, behind it */
	size_t len;
	/* What it is about, so that marks can be put beside it. */
	uint64_t addr;         /* 0: no address */
	unsigned number;       /* of a line of source; 0: none */
	uint64_t id;           /* of a call, a frame: + 1; 0: none */
	bool current;          /* the program stands there */
	struct page_cell *cells; /* of memory */
	size_t cell_count;
};

struct page {
	VEC(struct page_line) lines;
	char *file;            /* of source that is shown; NULL: none */
	size_t most;           /* lines kept; 0: all */
	uint64_t dropped;      /* lines that went, from the first on */
	/* The line that is being written. */
	struct buf text, roles;
	size_t column;
	uint64_t addr;
	unsigned number;
	uint64_t id;
	bool current;
	VEC(struct page_cell) cells;
};

void page_init(struct page *p, size_t most);
void page_deinit(struct page *p);
/* Empties it. */
void page_reset(struct page *p);
void page_put(struct page *p, uint8_t role, const char *s, size_t len);
/* What was put since the text of the line had LEN bytes is a value of it. */
void page_cell(struct page *p, size_t len);
/* A line without its end becomes one. */
void page_end(struct page *p);
/* Whether both are about the same; false where neither is about anything. */
bool page_line_is(const struct page_line *a, const struct page_line *b);
bool page_same(const struct page *a, const struct page *b);
/* Words of P that differ from those of BEFORE, line by line, are marked. */
void page_mark_changes(struct page *p, const struct page *before);
/* The whole page as text, a line feed behind each line. */
void page_text(const struct page *p, struct buf *text);
/*
 * One character of TEXT, of at most LEN bytes: its bytes, and its columns.  What
 * is none is a byte wide and has one column.
 */
size_t page_character(const char *text, size_t len, unsigned *columns);
/* The columns of LEN bytes of TEXT. */
unsigned page_columns(const char *text, size_t len);
/* How many of these bytes have room in WIDTH columns; they take USED. */
size_t page_fit(const char *text, size_t len, unsigned width, unsigned *used);

#endif
