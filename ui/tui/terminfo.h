/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/terminfo.h: what is known of the kind of terminal.  Apart from
 * ui/tui/draw.c since the names in term.h are everybody's.
 */
#ifndef SCDB_UI_TUI_TERMINFO_H
#define SCDB_UI_TUI_TERMINFO_H

#include "base/error.h"

#include <termios.h>

/* Why there can be no screen, or NULL. */
struct error *terminfo_check(void) MUST_CHECK;
/* guard_set with what brings this terminal back. */
void terminfo_guard(const struct termios *modes);

#endif
