/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/hint.h: what one can do now, for the end of the status line: a user
 * who knows nothing yet finds the way by it.
 */
#ifndef SCDB_UI_TUI_HINT_H
#define SCDB_UI_TUI_HINT_H

#include "ui/tui/tui.h"

/* "": the line says it already. */
const char *tui_hint(const struct tui *t);

#endif
