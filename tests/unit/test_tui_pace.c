/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the screen is drawn. */
#include "ui/tui/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

enum { MS = 1000000, SECOND = 1000 * MS };

/*
 * A second of ticks, of which each takes scdb WORK of the processor, and drawing
 * COST: how often is it drawn?
 */
static unsigned draws(int64_t work, int64_t cost)
{
	struct pace pace = { 0 };
	int64_t used = 0;
	unsigned count = 0;

	for (int64_t now = 0; now < SECOND; now += PACE_TICK_NS) {
		int64_t before = used += work;

		if (!pace_may_draw(&pace, now, used))
			continue;
		count++;
		used += cost;
		pace_drew(&pace, now, before, used);
	}
	return count;
}

static void test_quiet(void **state)
{
	(void)state;
	assert_in_range(draws(0, 1 * MS), 29, 31);
	/* However long drawing takes: nobody else wants the time. */
	assert_in_range(draws(0, 20 * MS), 29, 31);
}

/* Half of the time is scdb's, or all that a busy machine gives it. */
static void test_stream(void **state)
{
	(void)state;
	assert_in_range(draws(16 * MS, 400000), 29, 31);
	assert_in_range(draws(16 * MS, 1 * MS), 14, 16);
	assert_in_range(draws(16 * MS, 2 * MS), 7, 11);
	/* Ten times a second is what a person needs. */
	assert_in_range(draws(16 * MS, 50 * MS), 7, 11);
	assert_in_range(draws(3 * MS, 1 * MS), 7, 11);
}

/* Drawing takes a twenty-fifth at most, where that is ten times a second. */
static void test_share(void **state)
{
	(void)state;
	for (int64_t cost = MS / 10; cost < 3 * MS / 2; cost += MS / 10) {
		int64_t drawing = draws(16 * MS, cost) * cost;

		assert_true(drawing * 25 <= 30 * 16 * MS + 25 * cost);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_stream),
		cmocka_unit_test(test_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
