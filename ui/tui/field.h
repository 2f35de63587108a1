/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/field.h: one line of text that is edited in place, in a pane.
 *
 * It takes keys one at a time, a character of several bytes byte by byte.
 */
#ifndef SCDB_UI_TUI_FIELD_H
#define SCDB_UI_TUI_FIELD_H

#include "base/buf.h"
#include "ui/tui/draw.h"

enum { FIELD_MOST = 4096 };      /* bytes; what is more is not taken */

struct field {
	struct buf text;
	size_t point;            /* the cursor, in bytes of the text */
};

enum field_end { FIELD_OPEN, FIELD_TAKEN, FIELD_LEFT };

void field_init(struct field *f);
void field_deinit(struct field *f);
/* The cursor stands behind TEXT then. */
void field_set(struct field *f, const char *text);
/* FIELD_TAKEN: Enter; FIELD_LEFT: Esc, Ctrl-C or Ctrl-G. */
enum field_end field_key(struct field *f, const struct draw_input *input);
/*
 * What is seen of it in WIDTH columns, printable, and in which of them the
 * cursor stands.  It is always seen.
 */
void field_show(const struct field *f, unsigned width, struct buf *shown,
                unsigned *cursor);

#endif
