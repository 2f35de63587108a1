/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Breakpoints in debug registers: nothing is written into the program.  They
 * are session/break.c's in all but how they stand in a process.
 */
#include "session/break_place.h"

#include "base/alloc.h"
#include "session/watch.h"

#include <stdlib.h>

bool hbreak_is(const struct breakpoint *b)
{
	return b->kind == &hbreak_kind;
}

size_t hbreak_slots(const struct breakpoint *b, const struct process *p,
                    struct arch_debug_slot slots[ARCH_DEBUG_SLOTS])
{
	const struct break_part *part = b->part;
	size_t count = 0;

	for (size_t i = 0; hbreak_is(b) && i < part->places.len; i++) {
		const struct break_place *place = &part->places.items[i];

		if (place->process != p || !place->enabled)
			continue;
		if (count == ARCH_DEBUG_SLOTS)
			return SIZE_MAX;
		slots[count++] = (struct arch_debug_slot){
			.kind = DEBUG_EXECUTE, .len = 1, .addr = place->addr,
		};
	}
	return count;
}

void hbreak_refused(const struct breakpoint *b, const struct process *p,
                    const char *why)
{
	const struct break_part *part = b->part;

	for (size_t i = 0; hbreak_is(b) && i < part->places.len; i++) {
		struct break_place *place = &part->places.items[i];

		if (place->process != p)
			continue;
		free(place->refused);
		place->refused = why && place->enabled ? xstrdup(why) : NULL;
	}
}

/* With B's own wishes left aside. */
static struct error *check_room_in(struct session *s, struct breakpoint *b,
                                   const struct process *p)
{
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];
	size_t count = hbreak_slots(b, p, slots);
	AUTO_BUF struct buf holders = { 0 };
	size_t used;
	bool fits;

	if (count > ARCH_DEBUG_SLOTS)
		return error_new(ERROR_REFUSED, "Hardware breakpoints used "
		                 "exceeds limit: it stands for more than "
		                 "%d places", ARCH_DEBUG_SLOTS);
	buf_init(&holders);
	b->enabled = false;
	fits = !count || watch_would_fit(s, p, slots, count);
	used = watch_holders(s, p, &holders);
	b->enabled = true;
	if (fits)
		return NULL;
	return error_new(ERROR_REFUSED, "Hardware breakpoints used exceeds "
	                 "limit: %zu debug register%s wanted, and %zu of the "
	                 "%d are held by %s", count,
	                 count == 1 ? " is" : "s are", used, ARCH_DEBUG_SLOTS,
	                 holders.data);
}

struct error *hbreak_check_room(struct session *s, struct breakpoint *b)
{
	if (!s->target->processes.len)
		return check_room_in(s, b, NULL);
	for (size_t i = 0; i < s->target->processes.len; i++)
		TRY(check_room_in(s, b, s->target->processes.items[i]));
	return NULL;
}
