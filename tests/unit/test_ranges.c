/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranges of addresses, sizes, and filters of mappings, as users write them. */
#include "session/ranges.h"
#include "session_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <signal.h>

#include <cmocka.h>

struct fixture {
	struct out_capture out;
	struct session *s;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->s = session_begin(&f->out);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	session_end(f->s, &f->out);
	free(f);
	return 0;
}

static void refused(struct error *err, const char *text)
{
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_USAGE);
	if (!strstr(err->message, text))
		fail_msg("\"%s\" lacks \"%s\"", err->message, text);
	error_destroy(err);
}

static void a_range_is_two_addresses_or_one_and_a_length(void **state)
{
	static const struct {
		const char *text;
		struct range range;
	} rows[] = {
		{ "1,2", { 1, 2 } },
		{ "0x1000,+0x10", { 0x1000, 0x1010 } },
		{ "(1+2, 3),+(2*4)", { 3, 11 } },
		{ "0x10, 0x20", { 0x10, 0x20 } },
		{ "0xfffffffffffff000,0", { 0xfffffffffffff000, ~(taddr)0 } },
		{ "0xfffffffffffff000,+0x1000",
		  { 0xfffffffffffff000, ~(taddr)0 } },
	};
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "1", "is not a range" }, { "", "is not a range" },
		{ "1,", "is not a range" }, { ",1", "" },
		{ "2,1", "ends at 0x1 can't begin at 0x2" },
		{ "2,2", "can't begin" }, { "5,+0", "no bytes" },
		{ "0xffffffffffffffff,+0x10", "more than there is" },
		{ "nosuch,1", "nosuch" },
	};
	struct fixture *f = *state;
	struct range r = { 7, 8 };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct error *err = range_parse(f->s, bad[i].text, &r);

		assert_non_null(err);
		if (!strstr(err->message, bad[i].says))
			fail_msg("%s: %s", bad[i].text, err->message);
		error_destroy(err);
		assert_int_equal(r.start, 7);
	}
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_null(range_parse(f->s, rows[i].text, &r));
		assert_memory_equal(&r, &rows[i].range, sizeof(r));
	}
}

static void sizes_have_units(void **state)
{
	static const struct {
		const char *text;
		uint64_t size;
	} rows[] = {
		{ "0", 0 }, { "4096", 4096 }, { "4k", 4096 }, { "0x10", 16 },
		{ "1.5M", 3 << 19 }, { "2GB", 2ull << 30 },
		{ "1T", 1ull << 40 },
	};
	static const char *const bad[] = {
		"", "k", "-1", "1x", "1KK", "99999999T", "inf", "nan",
	};
	uint64_t size;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_null(size_parse(rows[i].text, &size));
		assert_int_equal(size, rows[i].size);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		refused(size_parse(bad[i], &size), "is not a size");
}

static char libc[] = "/usr/lib/libc.so.6", heap[] = "[heap]", none[] = "";
static const struct proc_map maps[] = {
	{ .start = 0x1000, .end = 0x3000, .perms = "r-xp", .inode = 5,
	  .name = libc },
	{ .start = 0x5000, .end = 0x6000, .perms = "rw-p", .name = heap },
	{ .start = 0x8000, .end = 0x108000, .perms = "rw-s", .inode = 9,
	  .name = none },
	{ .start = 0x200000, .end = 0x201000, .perms = "---p", .name = none },
};

static void a_filter_chooses(void **state)
{
	static const struct {
		const char *text;
		unsigned takes;      /* a bit each */
	} rows[] = {
		{ "", 15 }, { "perm=rw", 6 }, { "perm=rw-p", 2 },
		{ "perm=??x", 1 }, { "perm=---", 8 }, { "!perm=r", 8 },
		{ "name=*libc*", 1 }, { "name=libc.so*", 1 },
		{ "name=[heap]", 2 }, { "name=/usr/*", 1 }, { "name=", 12 },
		{ "!name=libc*", 14 }, { "file", 5 }, { "anon", 10 },
		{ "shared", 4 }, { "private", 11 }, { "!shared", 11 },
		{ "addr=0x2fff", 1 }, { "addr=0x3000", 0 },
		{ "addr=0x2000,0x5001", 3 }, { "addr=0x2000,0x5000", 1 },
		{ "addr=0x2000 + 1", 16 },
		{ "size>1M", 0 }, { "size>=1M", 4 }, { "size<=4K", 10 },
		{ "size=8192", 1 }, { "size<>4K", 5 },
		{ "  file   perm=r  size<1M ", 1 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct map_filter filter = { 0 };
		struct error *err = map_filter_parse(f->s, rows[i].text,
		                                     &filter);
		unsigned takes = 0;

		if (rows[i].takes == 16) {
			refused(err, "is no filter");
			continue;
		}
		assert_null(err);
		for (size_t m = 0; m < ARRAY_LEN(maps); m++)
			takes |= (unsigned)map_filter_takes(&filter, &maps[m])
			         << m;
		if (takes != rows[i].takes)
			fail_msg("%s takes %x", rows[i].text, takes);
		map_filter_deinit(&filter);
	}
}

static void what_is_no_filter_is_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "files", "is no filter" }, { "perm", "is no filter" },
		{ "perm=", "are missing" }, { "perm=wr", "no permissions" },
		{ "perm=rwxpx", "no permissions" }, { "size", "is no filter" },
		{ "size>", "is not a size" }, { "size>x", "is not a size" },
		{ "addr=", "is not a range" }, { "addr=5,3", "can't begin" },
		{ "!", "is no filter" }, { "file anon x", "\"x\" is no filter" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct map_filter filter = { 0 };

		refused(map_filter_parse(f->s, bad[i].text, &filter),
		        bad[i].says);
		assert_int_equal(filter.terms.len, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_range_is_two_addresses_or_one_and_a_length, set_up,
			tear_down),
		cmocka_unit_test(sizes_have_units),
		cmocka_unit_test_setup_teardown(a_filter_chooses, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_filter_is_refused,
		                                set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
