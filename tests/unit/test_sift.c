/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units that can have a name are told without being read: none that has it may
 * be left out.  Every entry of programs made in several ways is the oracle, and
 * that answers are the same when all was read.
 */
#include "symbols/dwarf.h"

#include "base/alloc.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ALL = ENTRY_FUNCTION | ENTRY_VARIABLE | ENTRY_TYPE | ENTRY_ENUMERATOR };

/* Three units, so that there is something to leave out. */
static void build(char *path, const char *options)
{
	static const char *const sources[] = {
		"types-cc.cc", "values-cc.cc", "scope-cc.cc",
	};
	const char *top = getenv("SCDB_TOP");
	char command[2000], object[3][100];
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	for (int i = 0; i < 3; i++) {
		snprintf(object[i], sizeof(object[i]), "%s.%d.o", path, i);
		snprintf(command, sizeof(command),
		         "g++ -w -fpermissive %s -c -o %s "
		         "%s/tests/tracees/%s", options, object[i],
		         top ? top : ".", sources[i]);
		assert_int_equal(system(command), 0);
	}
	snprintf(command, sizeof(command),
	         "g++ -w %s -Wl,-z,muldefs -o %s %s %s %s",
	         options, path, object[0], object[1], object[2]);
	assert_int_equal(system(command), 0);
	for (int i = 0; i < 3; i++)
		unlink(object[i]);
}

struct check {
	struct debug_info *info;
	bool *may;
	size_t entries, sifted, marked;
};

/* Sifts the entry's name, and finds its unit among those that are left. */
static bool check_entry(void *ctx, struct debug_info *part, Dwarf_Die *die,
                        enum entry_kind kind)
{
	struct check *c = ctx;
	struct unit_index *units = units_of(c->info);
	const char *name = die_name(die);
	Dwarf_Die unit;
	bool is_marked = false;

	(void)part;
	(void)kind;
	assert_non_null(name);
	c->entries++;
	memset(c->may, 0, units->units.len);
	if (!sift_units(c->info, name, name_base_len(name), c->may))
		return true;
	c->sifted++;
	assert_non_null(dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL,
	                             NULL, NULL));
	for (size_t i = 0; i < units->units.len; i++) {
		c->marked += c->may[i];
		is_marked |= c->may[i] && dwarf_dieoffset(&unit) ==
		             dwarf_dieoffset(&units->units.items[i].die);
	}
	if (!is_marked)
		fail_msg("the unit of '%s' was left out", name);
	return true;
}

static struct debug_info open_info(const char *path, int *fd)
{
	struct debug_info info = { 0 };

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(*fd >= 0);
	info.dwarf = dwarf_begin(*fd, DWARF_C_READ);
	assert_non_null(info.dwarf);
	return info;
}

/* The entries that were told of, as text. */
struct told {
	char text[4000];
	size_t len;
};

static bool tell(void *ctx, struct debug_info *part, Dwarf_Die *die,
                 enum entry_kind kind)
{
	struct told *t = ctx;

	(void)part;
	t->len += (size_t)snprintf(t->text + t->len, sizeof(t->text) - t->len,
	                           "%d %#lx\n", (int)kind,
	                           (unsigned long)dwarf_dieoffset(die));
	return t->len + 100 < sizeof(t->text);
}

/* Asked first, and asked when there is an index of all. */
static void check_answers(const char *path)
{
	static const char *const names[] = {
		"main", "int", "E", "value", "operator()", "nothing_like_it",
		"x", "Base", "Pair", "counter", "std::size_t", "::main",
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct told first = { .len = 0 }, all = { .len = 0 };
		struct debug_info info;
		int fd;

		info = open_info(path, &fd);
		index_find(&info, names[i], ALL, tell, &first);
		assert_true(units_of(&info)->sifted > 0);
		index_each(&info, 0, tell, NULL);
		assert_non_null(units_of(&info)->names);
		index_find(&info, names[i], ALL, tell, &all);
		assert_string_equal(first.text, all.text);
		debug_info_deinit(&info);
		dwarf_end(info.dwarf);
		close(fd);
	}
}

static void check_program(const char *options, bool can)
{
	char path[] = "/tmp/scdb-sift-XXXXXX";
	struct check c = { 0 };
	struct debug_info info;
	int fd;

	build(path, options);
	info = open_info(path, &fd);
	c.info = &info;
	c.may = xcalloc(units_of(&info)->units.len + 1, sizeof(*c.may));
	index_each(&info, ALL, check_entry, &c);
	assert_true(c.entries > 100);
	/* It leaves out what it can: mostly all units but one. */
	if (can)
		assert_true(c.sifted > 50 && c.marked < c.sifted * 2);
	else
		assert_int_equal(c.sifted, 0);
	free(c.may);
	debug_info_deinit(&info);
	dwarf_end(info.dwarf);
	close(fd);
	check_answers(path);
	unlink(path);
}

static void test_dwarf5(void **state)
{
	(void)state;
	check_program("-O1 -gdwarf-5", true);
}

static void test_dwarf4(void **state)
{
	(void)state;
	check_program("-O0 -gdwarf-4", true);
}

static void test_compressed(void **state)
{
	(void)state;
	check_program("-O1 -gdwarf-5 -gz=zlib", true);
}

/* Their entries are in a section of their own. */
static void test_type_units(void **state)
{
	(void)state;
	check_program("-O1 -gdwarf-4 -fdebug-types-section", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dwarf5),
		cmocka_unit_test(test_dwarf4),
		cmocka_unit_test(test_compressed),
		cmocka_unit_test(test_type_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
