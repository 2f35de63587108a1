/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When looking for the next stop is given up, and when it is tried again. */
#include "target/spinning.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Of COUNT stops, each of which comes after NS, how many are looked for. */
static unsigned looks(struct spinning *spin, unsigned count, int64_t ns,
                      bool crowded)
{
	unsigned tries = 0;

	for (unsigned i = 0; i < count; i++) {
		if (spinning_rests(spin))
			continue;
		tries++;
		if (!crowded && ns <= spinning_limit(spin))
			spinning_paid(spin, ns);
		else
			spinning_failed(spin, crowded);
	}
	return tries;
}

static void test_soon(void **state)
{
	struct spinning spin = { 0 };

	(void)state;
	assert_int_equal(looks(&spin, 10000, 12000, false), 10000);
	assert_in_range(spinning_limit(&spin), 40000, 48000);
}

static void test_limits(void **state)
{
	struct spinning spin = { 0 };

	(void)state;
	assert_int_equal(spinning_limit(&spin), 100000);
	looks(&spin, 1000, 1000, false);
	assert_int_equal(spinning_limit(&spin), 25000);
	looks(&spin, 1000, 22000, false);
	assert_in_range(spinning_limit(&spin), 80000, 88000);
}

static void test_late(void **state)
{
	struct spinning spin = { 0 };

	(void)state;
	assert_in_range(looks(&spin, 10000, 1000000, false), 100, 200);
}

static void test_crowded(void **state)
{
	struct spinning spin = { 0 };

	(void)state;
	assert_in_range(looks(&spin, 100000, 12000, true), 6, 15);
}

/* Who else is about is looked at first, now and then, and after a rest. */
static void test_checks(void **state)
{
	struct spinning spin = { 0 };
	unsigned checks = 0;

	(void)state;
	assert_true(spinning_checks(&spin));
	for (unsigned i = 0; i < 1280; i++)
		checks += spinning_checks(&spin);
	assert_int_equal(checks, 10);
	spinning_failed(&spin, true);
	assert_true(spinning_checks(&spin));
}

/* Soon after the others have gone all stops are looked for again. */
static void test_recovers(void **state)
{
	struct spinning spin = { 0 };

	(void)state;
	looks(&spin, 10000, 12000, true);
	looks(&spin, 16384, 12000, false);
	assert_int_equal(looks(&spin, 8192, 12000, false), 8192);
	assert_int_equal(spin.crowds, 0);
}

/* A slow one among the quick ones is forgiven at once. */
static void test_mixed(void **state)
{
	struct spinning spin = { 0 };
	unsigned tries = 0;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		tries += looks(&spin, 9, 12000, false);
		tries += looks(&spin, 1, 500000, false);
	}
	assert_in_range(tries, 8500, 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_soon),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_crowded),
		cmocka_unit_test(test_checks),
		cmocka_unit_test(test_recovers),
		cmocka_unit_test(test_mixed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
