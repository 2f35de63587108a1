/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/edit.h: a field on the selected line of a pane, in which what stands
 * there is changed.
 *
 *	closed --edit_open--> open --Enter--> given --no error--> closed
 *	                       ^                |
 *	                       +-----error------+
 *
 * What Enter gives is a command at the prompt: what the field was opened for,
 * and what was typed behind that.  Where it fails the field stays.  Esc, and
 * whatever else the program does meanwhile, closes it.
 */
#ifndef SCDB_UI_TUI_EDIT_H
#define SCDB_UI_TUI_EDIT_H

#include "base/error.h"
#include "ui/tui/field.h"
#include "ui/tui/page.h"

#include <stdint.h>

struct pane;
struct tui;

struct edit {
	bool given;              /* its command runs */
	struct field field;
	char *label;             /* before it, in the pane */
	char *command;           /* ... and at the prompt */
	uint64_t stop;           /* at which it was opened */
};

void edit_init(struct edit *e);
void edit_deinit(struct edit *e);
/* In the chosen pane; the field begins with OLD. */
struct error *edit_open(struct tui *t, const char *label, const char *command,
                        const char *old) MUST_CHECK;
void edit_close(struct tui *t);
void edit_key(struct tui *t, const struct draw_input *input);
/* A line is waited for again: the field's command may have ended. */
void edit_look(struct tui *t);
/* In WIDTH columns of a row. */
void edit_draw(const struct tui *t, unsigned row, unsigned column, unsigned width);
/*
 * ui/tui/edit_line.c: LINE of P as what an edit begins with.  All are the
 * caller's to free.
 */
struct edit_target {
	char *label, *command, *old;
};
struct error *edit_find(struct tui *t, struct pane *p,
                        const struct page_line *line,
                        struct edit_target *target) MUST_CHECK;

#endif
