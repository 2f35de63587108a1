/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/sequences.h: what a program writes to its terminal, without what
 * libvterm must not be given.
 *
 * libvterm 0.1.4 loses its way, and writes where it must not, with more than 16
 * parameters, strings that end in another write than they began, lines of double
 * width, UTF-8 that is none, C1 controls in UTF-8, and with marks that it takes
 * for wide ones; it repeats for ever what has no width.  So characters and
 * sequences are passed on whole, and only such ones as are known to do no harm.
 * Strings (titles, the clipboard, questions about settings) change nothing that
 * is shown, and are left out.
 */
#ifndef SCDB_UI_TUI_SEQUENCES_H
#define SCDB_UI_TUI_SEQUENCES_H

#include "base/buf.h"

#include <stdbool.h>

enum { SEQUENCE_MOST = 96, SEQUENCE_CHARACTER = 4 };

enum sequence_state {
	SEQUENCE_NONE, SEQUENCE_ESCAPE, SEQUENCE_CONTROL, SEQUENCE_STRING,
};

/* All zero is the beginning. */
struct sequences {
	enum sequence_state state;
	bool plain;              /* not UTF-8 */
	char text[SEQUENCE_MOST + 1]; /* of what is not whole yet, no ESC */
	size_t len;              /* if it is more it goes nowhere */
	char part[SEQUENCE_CHARACTER]; /* of a character */
	size_t part_len;
	char last[SEQUENCE_CHARACTER]; /* what may be repeated */
	size_t last_len;
	unsigned marks;          /* that stand on it */
};

/* Puts into TO what of DATA, and of what came before it, is to be shown. */
void sequences_pass(struct sequences *s, const char *data, size_t len,
                    struct buf *to);

#endif
