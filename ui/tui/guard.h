/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/guard.h: the terminal as it was, even when scdb crashes.
 *
 * Between guard_set and guard_clear a signal like SIGSEGV puts the terminal
 * back first, then ends scdb as it would have.
 */
#ifndef SCDB_UI_TUI_GUARD_H
#define SCDB_UI_TUI_GUARD_H

#include <termios.h>

/* MODES and TEXT (which is cut at a bound) bring terminal FD back. */
void guard_set(int fd, const struct termios *modes, const char *text);
void guard_clear(void);

#endif
