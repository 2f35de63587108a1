/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Debug registers as data: DR7, DR6, and bytes as aligned pieces. */
#include "arch/debug.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arch_debug one(int slot, enum arch_debug_kind kind, uint8_t len)
{
	struct arch_debug d = { 0 };

	d.slots[slot] = (struct arch_debug_slot){
		.kind = kind, .len = len, .addr = 0x1000,
	};
	return d;
}

/* By the tables of the manual, each slot and each length. */
static void control_is_the_manuals(void **state)
{
	static const struct {
		int slot;
		enum arch_debug_kind kind;
		uint8_t len;
		uint64_t control;
	} rows[] = {
		{ 0, DEBUG_EXECUTE, 1, 0x00000001 },
		{ 0, DEBUG_WRITE, 1, 0x00010001 },
		{ 0, DEBUG_WRITE, 2, 0x00050001 },
		{ 0, DEBUG_WRITE, 4, 0x000d0001 },
		{ 0, DEBUG_WRITE, 8, 0x00090001 },
		{ 1, DEBUG_ACCESS, 4, 0x00f00004 },
		{ 2, DEBUG_ACCESS, 8, 0x0b000010 },
		{ 3, DEBUG_EXECUTE, 1, 0x00000040 },
		{ 3, DEBUG_ACCESS, 8, 0xb0000040 },
	};
	struct arch_debug all = { 0 };

	(void)state;
	assert_int_equal(arch_debug_control(&all), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		all = one(rows[i].slot, rows[i].kind, rows[i].len);
		assert_int_equal(arch_debug_control(&all), rows[i].control);
		assert_true(arch_debug_fits(&all.slots[rows[i].slot]));
		assert_false(arch_debug_empty(&all));
	}
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		all.slots[i] = one(0, DEBUG_WRITE, 8).slots[0];
	assert_int_equal(arch_debug_control(&all), 0x99990055);
}

static void what_does_not_fit_is_told(void **state)
{
	struct arch_debug_slot slot = { .kind = DEBUG_WRITE, .len = 4,
	                                .addr = 0x1002 };

	(void)state;
	assert_false(arch_debug_fits(&slot));
	slot.len = 2;
	assert_true(arch_debug_fits(&slot));
	slot.len = 3;
	assert_false(arch_debug_fits(&slot));
	slot.len = 0;
	assert_false(arch_debug_fits(&slot));
	slot = (struct arch_debug_slot){ .kind = DEBUG_EXECUTE, .len = 4 };
	assert_false(arch_debug_fits(&slot));
	slot.len = 1;
	slot.addr = 0x1001;
	assert_true(arch_debug_fits(&slot));
}

/* DR6 sets bits of registers that are not enabled too. */
static void only_what_is_watched_hits(void **state)
{
	struct arch_debug d = one(1, DEBUG_WRITE, 4);

	(void)state;
	d.slots[3] = one(0, DEBUG_EXECUTE, 1).slots[0];
	assert_int_equal(arch_debug_hits(&d, 0xffff0ff0), 0);
	assert_int_equal(arch_debug_hits(&d, 0xffff0ff3), 2);
	assert_int_equal(arch_debug_hits(&d, 0xffff4fff), 10);
}

static void differences_are_seen(void **state)
{
	struct arch_debug a = one(2, DEBUG_WRITE, 4), b = a;

	(void)state;
	assert_true(arch_debug_same(&a, &b));
	b.slots[0].addr = 7; /* of a slot that holds nothing */
	assert_true(arch_debug_same(&a, &b));
	b.slots[2].len = 2;
	assert_false(arch_debug_same(&a, &b));
	b = one(2, DEBUG_ACCESS, 4);
	assert_false(arch_debug_same(&a, &b));
	b = one(1, DEBUG_WRITE, 4);
	assert_false(arch_debug_same(&a, &b));
	b = a;
	b.slots[2].addr++;
	assert_false(arch_debug_same(&a, &b));
}

static void splits(taddr addr, uint64_t len, unsigned word, const char *lens)
{
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];
	size_t count = arch_debug_split(addr, len, word, DEBUG_WRITE, slots,
	                                ARCH_DEBUG_SLOTS);

	assert_int_equal(count, strlen(lens));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(slots[i].len, lens[i] - '0');
		assert_int_equal(slots[i].addr, addr);
		addr += slots[i].len;
	}
}

static void bytes_are_split(void **state)
{
	(void)state;
	splits(0x1000, 1, 8, "1");
	splits(0x1000, 8, 8, "8");
	splits(0x1000, 8, 4, "44");
	splits(0x1001, 8, 8, "1241");
	splits(0x1000, 32, 8, "8888");
	splits(0x1000, 33, 8, "");
	splits(0x1000, 3, 8, "21");
	splits(0x1003, 3, 8, "12");
	splits(0x1001, 16, 8, "");
	splits(0x1000, 17, 4, "");
	splits(0x1000, 0, 8, "");
	splits(0x1000, UINT64_MAX, 8, "");
	splits(UINT64_MAX, 1, 8, "1");
}

/* Every byte is in one piece, and every piece is one that fits. */
static void random_splits_cover(void **state)
{
	(void)state;
	srand(1);
	for (int round = 0; round < 20000; round++) {
		struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];
		taddr addr = (taddr)rand() % 64, at = addr;
		uint64_t len = (uint64_t)rand() % 34 + 1;
		unsigned word = rand() % 2 ? 8 : 4;
		size_t count = arch_debug_split(addr, len, word, DEBUG_ACCESS,
		                                slots, ARCH_DEBUG_SLOTS);

		/* So many whole words never fit, so few bytes always do. */
		assert_false(count && len > ARCH_DEBUG_SLOTS * word);
		assert_false(!count && len <= word);
		for (size_t i = 0; i < count; i++) {
			assert_true(arch_debug_fits(&slots[i]));
			assert_int_equal(slots[i].addr, at);
			assert_true(slots[i].len <= word);
			at += slots[i].len;
		}
		assert_true(!count || at == addr + len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_is_the_manuals),
		cmocka_unit_test(what_does_not_fit_is_told),
		cmocka_unit_test(only_what_is_watched_hits),
		cmocka_unit_test(differences_are_seen),
		cmocka_unit_test(bytes_are_split),
		cmocka_unit_test(random_splits_cover),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
