/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/program.h: a terminal that nobody sees but through a pane: what the
 * program writes to its pseudo-terminal goes into this, by libvterm, and its
 * cells are drawn.  So nothing of it reaches the user's terminal.
 */
#ifndef SCDB_UI_TUI_PROGRAM_H
#define SCDB_UI_TUI_PROGRAM_H

#include "ui/tui/layout.h"
#include "ui/tui/page.h"

#include <stdbool.h>

struct program_screen;

/* REPLY is what the terminal answers a question of the program's. */
struct program_screen *program_screen_create(
	void (*reply)(void *ctx, const char *data, size_t len), void *ctx);
void program_screen_destroy(struct program_screen *p);
/* True: it is another size now. */
bool program_screen_resize(struct program_screen *p, unsigned rows,
                           unsigned columns);
void program_screen_write(struct program_screen *p, const char *data,
                          size_t len);
/* The cells into AREA, where the screen has that size. */
void program_screen_draw(const struct program_screen *p,
                         const struct layout_rect *area);
/* Where the program's cursor stands; false: it hides it. */
bool program_screen_cursor(const struct program_screen *p, unsigned *row,
                           unsigned *column);
/* What scrolled away, and what is seen, as text; good until the next write. */
const struct page *program_screen_page(struct program_screen *p);

#endif
