/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hash map against an array that does the same the slow way; vectors. */
#include "base/map.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { KEYS = 300, ROUNDS = 100000 };

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Keys that differ in few bits, as addresses and pids do. */
static uint64_t key_of(size_t i)
{
	return i % 3 == 0 ? i : i % 3 == 1 ? i << 12 : ~(uint64_t)i;
}

static void a_map_does_what_an_array_does(void **state)
{
	static char things[ROUNDS];
	void *model[KEYS] = { NULL };
	size_t live = 0;
	uint32_t seed = 99;
	struct map m;

	(void)state;
	map_init(&m);
	assert_null(map_get(&m, 0));
	assert_null(map_remove(&m, 0));
	for (int round = 0; round < ROUNDS; round++) {
		/* Now it grows, now it shrinks. */
		bool fills = round / 5000 % 2 == 0;
		size_t i = next(&seed) % KEYS;
		uint64_t key = key_of(i);

		assert_ptr_equal(map_get(&m, key), model[i]);
		if (next(&seed) % 4 < (fills ? 3 : 1)) {
			live += !model[i];
			model[i] = &things[round];
			map_put(&m, key, model[i]);
		} else {
			live -= model[i] != NULL;
			assert_ptr_equal(map_remove(&m, key), model[i]);
			model[i] = NULL;
		}
		assert_int_equal(m.len, live);
		assert_true(m.used >= m.len && m.used < m.cap);
		/* 300 keys need no more, however many came and went. */
		assert_true(m.cap <= 1024);
	}
	for (size_t i = 0; i < KEYS; i++)
		assert_ptr_equal(map_get(&m, key_of(i)), model[i]);
	map_deinit(&m);
	assert_null(map_get(&m, 0));
}

static void every_key_can_be_used(void **state)
{
	static const uint64_t keys[] = { 0, 1, UINT64_MAX, 1ull << 63 };
	struct map m;
	char thing[ARRAY_LEN(keys)];

	(void)state;
	map_init(&m);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		map_put(&m, keys[i], &thing[i]);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		assert_ptr_equal(map_get(&m, keys[i]), &thing[i]);
	assert_null(map_get(&m, 2));
	map_deinit(&m);
}

/* Threads that come and go: one key in, one out, for ever. */
static void a_map_does_not_grow_by_turnover(void **state)
{
	struct map m;
	char thing;

	(void)state;
	map_init(&m);
	for (uint64_t key = 0; key < 100000; key++) {
		map_put(&m, key, &thing);
		if (key >= 8)
			assert_ptr_equal(map_remove(&m, key - 8), &thing);
		assert_true(m.cap <= 64);
	}
	assert_int_equal(m.len, 8);
	map_deinit(&m);
}

struct point {
	int x, y;
};

static void a_vector_keeps_its_order(void **state)
{
	VEC(struct point) v = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		vec_push(&v, (struct point){ .x = i, .y = -i });
	assert_int_equal(v.len, 1000);
	assert_true(v.cap >= v.len);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(v.items[i].x, i);
		assert_int_equal(v.items[i].y, -i);
	}
	vec_remove(&v, 0);
	vec_remove(&v, 500);        /* that was 501 */
	vec_remove(&v, v.len - 1);  /* that was 999 */
	assert_int_equal(v.len, 997);
	assert_int_equal(v.items[0].x, 1);
	assert_int_equal(v.items[499].x, 500);
	assert_int_equal(v.items[500].x, 502);
	assert_int_equal(v.items[996].x, 998);
	while (v.len)
		vec_remove(&v, v.len / 2);
	vec_push(&v, (struct point){ 7, 8 });
	assert_int_equal(v.items[0].y, 8);
	vec_deinit(&v);
	assert_null(v.items);
	assert_int_equal(v.len + v.cap, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_map_does_what_an_array_does),
		cmocka_unit_test(every_key_can_be_used),
		cmocka_unit_test(a_map_does_not_grow_by_turnover),
		cmocka_unit_test(a_vector_keeps_its_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
