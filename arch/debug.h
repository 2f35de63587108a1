/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arch/debug.h: the processor's debug registers as data: what to write to them
 * to watch some bytes, and what they say at a trap.  Pure: no ptrace.
 *
 * Source: Intel's manual, volume 3, chapter 18.2 ("Debug Registers"), AMD's,
 * volume 2, chapter 13.1.  A data register traps after the access, an
 * instruction register before the instruction.
 */
#ifndef SCDB_ARCH_DEBUG_H
#define SCDB_ARCH_DEBUG_H

#include "base/types.h"

#include <stdbool.h>
#include <stddef.h>

enum { ARCH_DEBUG_SLOTS = 4 };

enum arch_debug_kind {
	DEBUG_NONE,
	DEBUG_EXECUTE,
	DEBUG_WRITE,
	DEBUG_ACCESS, /* reads and writes: there is no way to ask for reads */
};

/* LEN bytes at ADDR, which is a multiple of LEN: 1, 2, 4 or 8. */
struct arch_debug_slot {
	enum arch_debug_kind kind;
	uint8_t len;
	taddr addr;
};

struct arch_debug {
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];
};

/* Whether the registers can do it. */
bool arch_debug_fits(const struct arch_debug_slot *slot);
bool arch_debug_same(const struct arch_debug *a, const struct arch_debug *b);
/* Whether nothing is watched. */
bool arch_debug_empty(const struct arch_debug *d);

/* DR7 for all of D. */
uint64_t arch_debug_control(const struct arch_debug *d);
/* From DR6: which of D's slots made the trap, a bit each. */
unsigned arch_debug_hits(const struct arch_debug *d, uint64_t status);

/*
 * LEN bytes at ADDR as aligned pieces, at most MAX: SLOTS get addresses and
 * lengths, in ascending order, and KIND.  WORD is the longest piece.  Returns
 * how many; 0: they would need more than MAX.
 */
size_t arch_debug_split(taddr addr, uint64_t len, unsigned word,
                        enum arch_debug_kind kind,
                        struct arch_debug_slot *slots, size_t max);

#endif
