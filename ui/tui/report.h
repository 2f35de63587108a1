/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/report.h: what commands print of the screen: which panes there are,
 * what one holds, which keys do what.
 */
#ifndef SCDB_UI_TUI_REPORT_H
#define SCDB_UI_TUI_REPORT_H

#include "ui/tui/tui.h"

/* A table of all panes: where they are shown, and which command each shows. */
void tui_report_panes(struct tui *t);
/* A table of all keys: where each works, and what it stands for. */
void tui_report_keys(struct tui *t);
/*
 * All lines of the pane NAME, those that have no room too; of one that is in no
 * layout now, as wide as they want to be.
 */
struct error *tui_report_pane(struct tui *t, const char *name) MUST_CHECK;

#endif
