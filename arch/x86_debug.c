/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/debug.h"

/* Bits of DR7: "local enable" of slot N, and its four bits R/W and LEN. */
#define ENABLE(n) (1ull << ((n) * 2))
#define FIELD(n) (16 + (n) * 4)

/* R/W: what traps; LEN: how many bytes, in an order of its own. */
static const uint8_t rw_bits[] = {
	[DEBUG_EXECUTE] = 0,
	[DEBUG_WRITE] = 1,
	[DEBUG_ACCESS] = 3,
};
static const uint8_t len_bits[9] = { [1] = 0, [2] = 1, [4] = 3, [8] = 2 };

bool arch_debug_fits(const struct arch_debug_slot *slot)
{
	if (slot->kind == DEBUG_NONE)
		return true;
	if (slot->kind == DEBUG_EXECUTE)
		return slot->len == 1;
	return (slot->len == 1 || slot->len == 2 || slot->len == 4 ||
	        slot->len == 8) && slot->addr % slot->len == 0;
}

static bool same_slot(const struct arch_debug_slot *a,
                      const struct arch_debug_slot *b)
{
	if (a->kind != b->kind)
		return false;
	return a->kind == DEBUG_NONE ||
	       (a->addr == b->addr && a->len == b->len);
}

bool arch_debug_same(const struct arch_debug *a, const struct arch_debug *b)
{
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		if (!same_slot(&a->slots[i], &b->slots[i]))
			return false;
	return true;
}

bool arch_debug_empty(const struct arch_debug *d)
{
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		if (d->slots[i].kind != DEBUG_NONE)
			return false;
	return true;
}

uint64_t arch_debug_control(const struct arch_debug *d)
{
	uint64_t control = 0;

	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++) {
		const struct arch_debug_slot *slot = &d->slots[i];
		uint64_t field;

		if (slot->kind == DEBUG_NONE)
			continue;
		field = rw_bits[slot->kind];
		field |= (uint64_t)len_bits[slot->len] << 2;
		control |= ENABLE(i) | field << FIELD(i);
	}
	return control;
}

/* DR6 tells of registers that are not enabled too: those are not asked. */
unsigned arch_debug_hits(const struct arch_debug *d, uint64_t status)
{
	unsigned hits = 0;

	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		if (status >> i & 1 && d->slots[i].kind != DEBUG_NONE)
			hits |= 1u << i;
	return hits;
}

/* The longest piece that begins at ADDR and is no longer than LEFT. */
static uint8_t piece_at(taddr addr, uint64_t left, unsigned word)
{
	unsigned len = word;

	while (len > 1 && (addr % len != 0 || len > left))
		len /= 2;
	return (uint8_t)len;
}

size_t arch_debug_split(taddr addr, uint64_t len, unsigned word,
                        enum arch_debug_kind kind,
                        struct arch_debug_slot *slots, size_t max)
{
	size_t count = 0;

	while (len && count < max) {
		uint8_t piece = piece_at(addr, len, word);

		slots[count++] = (struct arch_debug_slot){
			.kind = kind, .len = piece, .addr = addr,
		};
		addr += piece;
		len -= piece;
	}
	return len ? 0 : count;
}
