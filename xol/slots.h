/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xol/slots.h: the room's own: slots, and the areas that they are in. */
#ifndef SCDB_XOL_SLOTS_H
#define SCDB_XOL_SLOTS_H

#include "base/vec.h"
#include "xol/xol.h"

enum {
	AREA_SIZE = 65536,
	AREA_SLOTS = AREA_SIZE / DISPLACED_SLOT_SIZE,
	AREAS_MOST = 64,
};

struct xol_slot {
	struct area *area;
	taddr addr;
	struct xol_site *owner;  /* NULL: free */
	size_t inside;           /* threads that may be in it */
	struct displaced_copy copy;
};

struct area {
	taddr addr;
	size_t used;
	size_t next;             /* where to look for a free one */
	bool lost;
	struct xol_slot slots[AREA_SLOTS];
};

struct xol {
	struct xol_ops ops;
	VEC(struct area *) areas;
	size_t limit;
	uint64_t counts[XOL_WAY_COUNT];
	char *trouble;           /* why an area could not be had; NULL */
	bool no_more;            /* ... and it is not asked for again */
};

/*
 * SITE's slot, written and ready; made at first need, by THREAD.  NULL: there
 * is none to be had.
 */
struct xol_slot *slot_take(struct xol *x, struct xol_site *site, void *thread);
/* SITE has none any more. */
void slot_drop(struct xol_site *site);

#endif
