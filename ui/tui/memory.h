/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/memory.h: what the pane of memory has that others don't: it goes on
 * where its page ends, and one value of a line is under the cursor.
 */
#ifndef SCDB_UI_TUI_MEMORY_H
#define SCDB_UI_TUI_MEMORY_H

#include "ui/tui/verbs.h"

/* Bytes of a line; 0: it can't be told. */
uint64_t tui_memory_row(const struct tui *t);
/* Selects the line BY lines further down; at the ends addresses move. */
void tui_memory_select(struct tui *t, struct pane *p, long by);

#endif
