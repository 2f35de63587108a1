/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Slots: an instruction gets one when it is first stepped over, near enough for
 * what it addresses relative to pc, and keeps it while slots last.
 */
#include "xol/slots.h"

#include "base/alloc.h"

#include <string.h>

/* What a displacement of 32 bits reaches, with room for long instructions. */
static const taddr REACH = ((taddr)1 << 31) - 2 * (taddr)AREA_SIZE;

static bool in_reach(const struct area *a, taddr addr)
{
	taddr distance = a->addr > addr ? a->addr - addr : addr - a->addr;

	return distance < REACH;
}

/* A slot of A that nobody is in; where none is free, one that has an owner. */
static struct xol_slot *search(struct area *a, bool change_hands)
{
	for (size_t n = 0; n < AREA_SLOTS; n++) {
		struct xol_slot *slot = &a->slots[a->next];

		a->next = (a->next + 1) % AREA_SLOTS;
		if (slot->inside || (slot->owner && !change_hands))
			continue;
		if (slot->owner)
			slot_drop(slot->owner);
		return slot;
	}
	return NULL;
}

static struct xol_slot *find(struct xol *x, taddr near, bool change_hands)
{
	for (size_t i = 0; i < x->areas.len; i++) {
		struct area *a = x->areas.items[i];
		struct xol_slot *slot;

		if (a->lost || !in_reach(a, near) ||
		    (a->used == AREA_SLOTS && !change_hands))
			continue;
		slot = search(a, change_hands);
		if (slot)
			return slot;
	}
	return NULL;
}

static bool add_area(struct xol *x, taddr near, void *thread)
{
	taddr addr = 0;
	struct error *err;
	struct area *a;

	if (x->no_more || x->areas.len >= x->limit)
		return false;
	err = x->ops.map(thread, near, AREA_SIZE, &addr);
	if (err) {
		free(x->trouble);
		x->trouble = xstrdup(err->message);
		x->no_more = true;
		error_destroy(err);
		return false;
	}
	a = xcalloc(1, sizeof(*a));
	a->addr = addr;
	for (size_t i = 0; i < AREA_SLOTS; i++)
		a->slots[i] = (struct xol_slot){
			.area = a,
			.addr = addr + i * DISPLACED_SLOT_SIZE,
		};
	vec_push(&x->areas, a);
	return true;
}

/* In reach; else anywhere: then it goes through a scratch register. */
static struct xol_slot *choose(struct xol *x, taddr near, void *thread)
{
	struct xol_slot *slot = find(x, near, false);

	if (!slot && add_area(x, near, thread))
		slot = find(x, near, false);
	if (!slot)
		slot = find(x, near, true);
	for (size_t i = 0; !slot && i < x->areas.len; i++)
		if (!x->areas.items[i]->lost)
			slot = search(x->areas.items[i], true);
	return slot;
}

struct xol_slot *slot_take(struct xol *x, struct xol_site *site, void *thread)
{
	struct xol_slot *slot = site->slot;

	if (slot && !slot->area->lost)
		return slot;
	slot_drop(site);
	slot = choose(x, site->insn.address, thread);
	if (!slot)
		return NULL;
	displaced_make_copy(&site->insn, slot->addr, &slot->copy);
	if (!x->ops.write_code(thread, slot->addr, slot->copy.bytes,
	                       slot->copy.size)) {
		slot->area->lost = !x->ops.mapped(thread, slot->addr);
		return NULL;
	}
	slot->owner = site;
	slot->area->used++;
	site->slot = slot;
	return slot;
}

void slot_drop(struct xol_site *site)
{
	if (!site->slot)
		return;
	site->slot->owner = NULL;
	site->slot->area->used--;
	site->slot = NULL;
}
