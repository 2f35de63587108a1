/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/memory_window.h: somebody's memory as it stands now.
 *
 * What is read comes with its neighbourhood, which is kept: the elements of an
 * array, a string that is looked at piece by piece, and what lies beside it on
 * the stack cost one read of the memory below; places that are foreseen are
 * read together.  Whoever owns the window says
 * when what it has seen is old (memory_window_begin).
 */
#ifndef SCDB_BASE_MEMORY_WINDOW_H
#define SCDB_BASE_MEMORY_WINDOW_H

#include "base/memory.h"

#include <stdint.h>

enum { WINDOW_PANES = 40, WINDOW_PANE = 2048 };

struct memory_pane {
	taddr addr;
	size_t len;
	uint8_t data[WINDOW_PANE]; /* of one page */
};

struct memory_window {
	struct memory memory;       /* what readers get */
	const struct memory *below;
	unsigned count;             /* panes that hold something */
	unsigned next;              /* the one that gives way */
	struct memory_pane panes[WINDOW_PANES];
};

/* Looks at BELOW, which is borrowed, anew. */
void memory_window_begin(struct memory_window *w, const struct memory *below);

#endif
