/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/pace.h: how often the screen is drawn while the program runs.
 *
 * At most 30 times a second.  In a stream of stops as seldom as it takes for
 * drawing to have a twenty-fifth of scdb's processor time, but ten times a second
 * at least.  It is time of the processor that counts: on a busy machine the
 * clock says nothing of what drawing costs.
 */
#ifndef SCDB_UI_TUI_PACE_H
#define SCDB_UI_TUI_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum { PACE_TICK_NS = 1000000000 / 30 };

/* Nanoseconds. */
struct pace {
	int64_t drawn;     /* when it was, by the clock */
	int64_t used;      /* the processor's time that scdb had had by then */
	int64_t cost;      /* ... and that drawing took */
};

/* NOW by the clock, scdb having USED that much of the processor. */
bool pace_may_draw(const struct pace *p, int64_t now, int64_t used);
/* It was drawn, from BEFORE to USED by the processor's time. */
void pace_drew(struct pace *p, int64_t now, int64_t before, int64_t used);

#endif
