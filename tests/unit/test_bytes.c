/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns of bytes against a search that tries every place. */
#include "base/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t slowly(const struct byte_pattern *p, const uint8_t *data,
                     size_t len, size_t from)
{
	for (; from + p->len <= len; from++) {
		size_t i = 0;

		while (i < p->len &&
		       (data[from + i] & p->mask[i]) == p->bytes[i])
			i++;
		if (i == p->len)
			return from;
	}
	return len;
}

/* Few kinds of bytes, so that much matches in part. */
static void finds_what_a_slow_search_finds(void **state)
{
	size_t found = 0;

	(void)state;
	srandom(7);
	for (int round = 0; round < 4000; round++) {
		struct byte_pattern p = { 0 };
		size_t len = (size_t)random() % 400;
		uint8_t *data = malloc(len + 1);
		unsigned kinds = 1 + (unsigned)random() % 3;
		size_t want = 1 + (size_t)random() % (round % 2 ? 4 : 20);
		size_t at = 0;

		for (size_t i = 0; i < len; i++)
			data[i] = (uint8_t)(random() % kinds);
		for (size_t i = 0; i < want; i++) {
			uint8_t byte = (uint8_t)(random() % kinds);
			uint8_t mask = random() % 5 ? 0xff
				: random() % 2 ? 0 : 0x01;

			assert_true(byte_pattern_add(&p, &byte, &mask, 1));
		}
		byte_pattern_prepare(&p);
		for (;; at++, found++) {
			size_t got = byte_pattern_find(&p, data, len, at);

			assert_int_equal(got, slowly(&p, data, len, at));
			at = got;
			if (at >= len)
				break;
		}
		free(data);
		byte_pattern_deinit(&p);
	}
	assert_true(found > 10000);
}

static void knows_its_limits(void **state)
{
	struct byte_pattern p = { 0 };
	uint8_t *many = calloc(1, BYTE_PATTERN_MAX);

	(void)state;
	assert_true(byte_pattern_add(&p, "a", NULL, 0));
	assert_int_equal(p.len, 0);
	assert_true(byte_pattern_add(&p, many, NULL, BYTE_PATTERN_MAX));
	assert_false(byte_pattern_add(&p, "a", NULL, 1));
	byte_pattern_prepare(&p);
	assert_true(p.is_zero);
	assert_int_equal(byte_pattern_find(&p, many, BYTE_PATTERN_MAX, 0), 0);
	assert_int_equal(byte_pattern_find(&p, many, BYTE_PATTERN_MAX, 1),
	                 BYTE_PATTERN_MAX);
	assert_int_equal(byte_pattern_find(&p, many, 10, 0), 10);
	byte_pattern_deinit(&p);
	free(many);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_a_slow_search_finds),
		cmocka_unit_test(knows_its_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
