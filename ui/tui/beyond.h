/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/beyond.h: the panes code and source go on where their page ends, as
 * long as the program stands where it stands.
 */
#ifndef SCDB_UI_TUI_BEYOND_H
#define SCDB_UI_TUI_BEYOND_H

#include "ui/tui/verbs.h"

/*
 * Selects the line BY lines further down, or scrolls by BY rows, in P where that
 * leaves its page.  False: it doesn't, or there is nothing beyond; then nothing
 * was done.
 */
bool tui_beyond_select(struct tui *t, struct pane *p, long by);
bool tui_beyond_scroll(struct tui *t, struct pane *p, long rows);

#endif
