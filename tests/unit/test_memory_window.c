/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window reads of the memory below it, and what it gives. */
#include "base/memory_window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { PAGE = 4096, START = 0x10000, PAGES = 8 };

/* PAGES pages at START, of which GONE (-1: none) can't be read. */
struct fake {
	uint8_t bytes[PAGES * PAGE];
	int gone;
	unsigned reads;
};

static size_t fake_read(void *ctx, taddr addr, void *data, size_t len)
{
	struct fake *f = ctx;
	size_t done = 0;

	f->reads++;
	while (done < len) {
		taddr at = addr + done - START;

		if (addr + done < START || at >= sizeof(f->bytes) ||
		    (int)(at / PAGE) == f->gone)
			break;
		((uint8_t *)data)[done++] = f->bytes[at];
	}
	return done;
}

static struct fake fake;
/* Counted as one. */
static void fake_read_many(void *ctx, struct memory_want *wants, size_t count)
{
	unsigned before = fake.reads;

	for (size_t i = 0; i < count; i++)
		wants[i].got = fake_read(ctx, wants[i].addr, wants[i].data,
		                         wants[i].len);
	fake.reads = before + 1;
}

static const struct memory below = {
	.read = fake_read, .read_many = fake_read_many, .ctx = &fake,
};
static struct memory_window window;

static int begin(void **state)
{
	(void)state;
	fake.gone = -1;
	fake.reads = 0;
	for (size_t i = 0; i < sizeof(fake.bytes); i++)
		fake.bytes[i] = (uint8_t)(i * 31 + i / 256 + 1);
	memory_window_begin(&window, &below);
	return 0;
}

/* Reads LEN bytes at AT; asserts that WANT come, and the right ones. */
static void expect(size_t at, size_t len, size_t want)
{
	uint8_t data[2 * PAGE];

	assert_true(len <= sizeof(data));
	assert_int_equal(memory_read(&window.memory, START + at, data, len),
	                 want);
	assert_memory_equal(data, fake.bytes + at, want);
}

static void elements_cost_one_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < 20; i++)
		expect(PAGE + 8 * i, 8, 8);
	assert_int_equal(fake.reads, 1);
	expect(PAGE + WINDOW_PANE - 100, 200, 200); /* past the first pane */
	assert_int_equal(fake.reads, 2);
}

/* Also what lies just before. */
static void neighbours_cost_nothing(void **state)
{
	(void)state;
	expect(PAGE + 500, 16, 16);
	expect(PAGE + 480, 16, 16);
	expect(PAGE + 700, 100, 100);
	assert_int_equal(fake.reads, 1);
}

static void new_look_reads_anew(void **state)
{
	(void)state;
	expect(0, 8, 8);
	fake.bytes[3] ^= 0xff;
	memory_window_begin(&window, &below);
	expect(0, 8, 8);
	assert_int_equal(fake.reads, 2);
}

static void reads_across_pages(void **state)
{
	(void)state;
	for (size_t at = PAGE - 20; at <= PAGE; at++)
		expect(at, 20, 20);
	assert_int_equal(fake.reads, 2);
	expect(PAGE - 30, 1000, 1000);
}

/* What can be read at the front comes, and a bad page costs no good one. */
static void ends_at_a_bad_page(void **state)
{
	(void)state;
	fake.gone = 2;
	expect(2 * PAGE - 10, 20, 10);
	expect(2 * PAGE - 10, 10, 10);
	expect(2 * PAGE, 4, 0);
	expect(3 * PAGE - 1, 4, 0);
	expect(3 * PAGE, 4, 4);
	assert_int_equal(memory_read(&window.memory, UINT64_MAX - 3,
	                             (uint8_t[8]){ 0 }, 8), 0);
}

static void long_ones_go_past_it(void **state)
{
	(void)state;
	expect(100, WINDOW_PANE + 1, WINDOW_PANE + 1);
	assert_int_equal(fake.reads, 1);
	assert_int_equal(window.count, 0);
}

static struct memory_place at(size_t offset, size_t len)
{
	return (struct memory_place){ START + offset, len };
}

/* Places in several pages, one of them over an edge, and one that is bad. */
static void foreseen_cost_one_read(void **state)
{
	const struct memory_place places[] = {
		at(100, 1), at(2 * PAGE - 8, 16), at(4 * PAGE, 1),
		at(110, 20), at(5 * PAGE + 3000, 8),
	};

	(void)state;
	fake.gone = 4;
	memory_foresee(&window.memory, places, ARRAY_LEN(places));
	assert_int_equal(fake.reads, 1);
	assert_int_equal(window.count, 5);
	expect(100, 400, 400);
	expect(2 * PAGE - 8, 16, 16);
	expect(5 * PAGE + 2990, 50, 50);
	assert_int_equal(fake.reads, 1);
	expect(4 * PAGE, 1, 0);
}

/* What there is already is not read again, nor what nobody named. */
static void foreseen_again_costs_nothing(void **state)
{
	const struct memory_place place = at(600, 8);

	(void)state;
	expect(500, 8, 8);
	memory_foresee(&window.memory, &place, 1);
	memory_foresee(&window.memory, &place, 0);
	assert_int_equal(fake.reads, 1);
	memory_foresee(&below, &place, 1);
	assert_int_equal(fake.reads, 1);
}

/* At the end of the address space, and more places than panes. */
static void foresees_oddities(void **state)
{
	struct memory_place places[PAGES * 8];

	(void)state;
	places[0] = (struct memory_place){ UINT64_MAX - 3, 100 };
	places[1] = at(0, SIZE_MAX);
	memory_foresee(&window.memory, places, 2);
	expect(0, 100, 100);
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		places[i] = at(i * 512, 400);
	memory_foresee(&window.memory, places, ARRAY_LEN(places));
	for (size_t i = 0; i < ARRAY_LEN(places); i++)
		expect(i * 512, 400, 400);
}

/* More places than there are panes: right all the same. */
static void panes_give_way(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 3; round++)
		for (size_t i = 0; i < PAGES * 4; i++)
			expect(i * 1024 + 7, 900, 900);
}

static void strings(void **state)
{
	char data[3 * PAGE];
	bool cut;

	(void)state;
	memset(fake.bytes, 'a', 2 * PAGE);
	fake.bytes[PAGE + 5] = '\0';
	assert_int_equal(memory_read_string(&window.memory, START + PAGE - 9,
	                                    data, sizeof(data), &cut), 14);
	assert_false(cut);
	assert_int_equal(fake.reads, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(elements_cost_one_read, begin),
		cmocka_unit_test_setup(neighbours_cost_nothing, begin),
		cmocka_unit_test_setup(new_look_reads_anew, begin),
		cmocka_unit_test_setup(reads_across_pages, begin),
		cmocka_unit_test_setup(ends_at_a_bad_page, begin),
		cmocka_unit_test_setup(long_ones_go_past_it, begin),
		cmocka_unit_test_setup(foreseen_cost_one_read, begin),
		cmocka_unit_test_setup(foreseen_again_costs_nothing, begin),
		cmocka_unit_test_setup(foresees_oddities, begin),
		cmocka_unit_test_setup(panes_give_way, begin),
		cmocka_unit_test_setup(strings, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
