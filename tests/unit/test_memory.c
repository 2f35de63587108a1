/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings in memory of which not every page can be read. */
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PAGE = 4096, START = 0x10000, PAGES = 3, MAX = 10000 };

/* PAGES pages at START, of which READABLE can be read. */
struct fake {
	char bytes[PAGES * PAGE];
	size_t readable;
	unsigned reads;
	size_t asked;
};

/* Like process_vm_readv: what crosses into a bad page is cut there. */
static size_t fake_read(void *ctx, taddr addr, void *data, size_t len)
{
	struct fake *f = ctx;
	size_t end = f->readable * PAGE, at = addr - START;

	f->reads++;
	f->asked += len;
	assert_true(len > 0);
	assert_int_equal(addr / PAGE, (addr + len - 1) / PAGE);
	if (addr < START || at >= end)
		return 0;
	if (len > end - at)
		len = end - at;
	memcpy(data, f->bytes + at, len);
	return len;
}

/* Reads the string at AT of F, of at most MAX - 1 bytes. */
static ssize_t read_at(struct fake *f, size_t at, char *data, size_t max,
                       bool *cut)
{
	struct memory m = { .read = fake_read, .ctx = f };
	ssize_t len;

	f->reads = 0;
	f->asked = 0;
	memset(data, '?', MAX);
	len = memory_read_string(&m, START + at, data, max, cut);
	assert_true(memchr(data, '\0', max) != NULL);
	assert_int_equal(strlen(data), len < 0 ? 0 : len);
	if (max < MAX)
		assert_int_equal(data[max], '?'); /* not one byte more */
	return len;
}

/* Strings of LEN bytes that end, or begin, at each place about a page's end. */
static void strings_are_whole_at_page_edges(void **state)
{
	static const size_t lengths[] = { 0, 1, 2, 254, 255, 256, 257, 4000,
	                                  4095, 4096, 4097, 5000 };
	static struct fake f = { .readable = PAGES };
	char data[MAX];
	bool cut;

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		for (size_t at = PAGE - 3; at <= PAGE + 3; at++) {
			size_t len = lengths[i];

			memset(f.bytes, 'a' + (int)i, sizeof(f.bytes));
			f.bytes[at + len] = '\0';
			assert_int_equal(read_at(&f, at, data, MAX, &cut),
			                 len);
			assert_false(cut);
			assert_memory_equal(data, f.bytes + at, len + 1);
		}
}

static void what_follows_need_not_be_readable(void **state)
{
	static struct fake f = { .readable = 1 };
	char data[MAX];
	bool cut;

	(void)state;
	memset(f.bytes, 'x', sizeof(f.bytes));
	strcpy(f.bytes + PAGE - 6, "hello");
	assert_int_equal(read_at(&f, PAGE - 6, data, MAX, &cut), 5);
	assert_false(cut);
	assert_string_equal(data, "hello");
	assert_int_equal(f.reads, 1);
	/* Without its NUL it runs into the bad page. */
	f.bytes[PAGE - 1] = '!';
	assert_int_equal(read_at(&f, PAGE - 6, data, MAX, &cut), 6);
	assert_true(cut);
	assert_string_equal(data, "hello!");
}

static void nothing_readable_is_minus_one(void **state)
{
	static struct fake f = { .readable = 1 };
	const struct memory none = { 0 };
	char data[MAX];
	bool cut = false;

	(void)state;
	assert_int_equal(read_at(&f, PAGE, data, MAX, &cut), -1);
	assert_true(cut);
	assert_string_equal(data, "");
	assert_int_equal(memory_read_string(&none, START, data, MAX, &cut),
	                 -1);
	assert_int_equal(memory_read_string(NULL, START, data, MAX, &cut), -1);
	assert_int_equal(memory_read(NULL, START, data, 1), 0);
	assert_int_equal(memory_read(&none, START, data, 1), 0);
}

static void long_strings_are_cut(void **state)
{
	static const size_t bounds[] = { 1, 2, 33, 256, 257, 258, 4097, 4099 };
	static struct fake f = { .readable = PAGES };
	char data[MAX];
	bool cut;

	(void)state;
	memset(f.bytes, 'y', sizeof(f.bytes));
	for (size_t i = 0; i < sizeof(bounds) / sizeof(*bounds); i++) {
		size_t max = bounds[i];

		assert_int_equal(read_at(&f, 5, data, max, &cut), max - 1);
		assert_true(cut);
		assert_true(f.asked <= max - 1);
		/* Just as long as there is room for: its NUL is not seen. */
		f.bytes[5 + max - 1] = '\0';
		assert_int_equal(read_at(&f, 5, data, max, &cut), max - 1);
		assert_true(cut);
		f.bytes[5 + max - 1] = 'y';
		if (max < 2)
			continue;
		f.bytes[5 + max - 2] = '\0';
		assert_int_equal(read_at(&f, 5, data, max, &cut), max - 2);
		assert_false(cut);
		f.bytes[5 + max - 2] = 'y';
	}
}

static void short_strings_cost_little(void **state)
{
	static struct fake f = { .readable = PAGES };
	char data[MAX];
	bool cut;

	(void)state;
	strcpy(f.bytes + 10, "/etc/hosts");
	assert_int_equal(read_at(&f, 10, data, MAX, &cut), 10);
	assert_int_equal(f.reads, 1);
	assert_true(f.asked <= 256);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_whole_at_page_edges),
		cmocka_unit_test(what_follows_need_not_be_readable),
		cmocka_unit_test(nothing_readable_is_minus_one),
		cmocka_unit_test(long_strings_are_cut),
		cmocka_unit_test(short_strings_cost_little),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
