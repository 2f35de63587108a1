/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages kept once, against an array that keeps all; some are dropped. */
#include "session/page_store.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { KINDS = 9000, ROUNDS = 40000 };

/* Page N: all alike but for a few bytes, the last ones too. */
static void fill(uint8_t page[STORE_PAGE], uint32_t n)
{
	memset(page, 0, STORE_PAGE);
	memcpy(page + n % (STORE_PAGE - 4), &n, sizeof(n));
}

static uint32_t put(struct page_store *s, uint32_t n)
{
	uint8_t page[STORE_PAGE];
	struct page_hash hash;
	uint32_t id = UINT32_MAX;

	fill(page, n);
	hash = page_store_hash(s, page);
	assert_null(page_store_put(s, page, &hash, &id));
	assert_true(page_store_is(s, id, &hash));
	return id;
}

static void holds(struct page_store *s, uint32_t id, uint32_t n)
{
	uint8_t want[STORE_PAGE], got[STORE_PAGE];

	fill(want, n);
	assert_null(page_store_get(s, id, got));
	assert_memory_equal(got, want, STORE_PAGE);
}

static void each_page_is_there_once(void **state)
{
	static uint32_t ids[KINDS];
	AUTO_FREE uint8_t *used = calloc(1, ROUNDS);
	struct page_store *s;
	unsigned seed = 5;
	size_t live = 0;

	(void)state;
	assert_null(page_store_create(&s));
	assert_int_equal(put(s, 0), STORE_ZEROS);
	assert_int_equal(page_store_count(s), 0);
	for (int i = 0; i < ROUNDS; i++) {
		uint32_t n = 1 + (uint32_t)rand_r(&seed) % (KINDS - 1);
		uint32_t id = put(s, n);

		assert_int_not_equal(id, STORE_ZEROS);
		live += !ids[n];
		assert_true(!ids[n] || ids[n] == id);
		ids[n] = id;
		assert_int_equal(page_store_count(s), live);
		if (i % 7 == 0)
			holds(s, id, n);
	}
	for (uint32_t n = 0; n < KINDS; n++)
		if (ids[n])
			holds(s, ids[n], n);
	/* Every third goes, and its place is taken again. */
	for (uint32_t n = 0; n < KINDS; n++) {
		if (ids[n] && n % 3)
			used[ids[n] / 8] |= (uint8_t)(1u << ids[n] % 8);
		else if (ids[n])
			live--;
	}
	assert_null(page_store_keep(s, used));
	assert_int_equal(page_store_count(s), live);
	for (uint32_t n = KINDS; n < KINDS + 5000; n++)
		holds(s, put(s, n), n);
	assert_true(page_store_ids(s) < KINDS + 3000);
	for (uint32_t n = 0; n < KINDS; n++)
		if (ids[n] && n % 3)
			holds(s, ids[n], n);
	page_store_destroy(s);
}

static void a_place_that_is_not_there_is_said(void **state)
{
	const char *before = getenv("TMPDIR");
	AUTO_FREE char *old = before ? strdup(before) : NULL;
	struct page_store *s = NULL;
	struct error *err;

	(void)state;
	setenv("TMPDIR", "/no/such", 1);
	err = page_store_create(&s);
	if (old)
		setenv("TMPDIR", old, 1);
	else
		unsetenv("TMPDIR");
	assert_non_null(err);
	assert_non_null(strstr(err->message, "snapshots in /no/such"));
	error_destroy(err);
	assert_null(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_page_is_there_once),
		cmocka_unit_test(a_place_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
