/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Line tables: this program's own against the compiler's word, rows as gdb
 * chooses them, and programs that are cut, flipped, or made up.  Whole programs
 * are compared with gdb by tests/scripts/lines-oracle.sh.
 */
#include "session/location.h"
#include "symbols/debug.h"
#include "symbols/line_table.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A line program of version 4 with one file, and CODE behind its header. */
struct made {
	uint8_t bytes[512];
	size_t len;
};

static void put(struct made *m, const void *data, size_t len)
{
	assert_true(m->len + len <= sizeof(m->bytes));
	memcpy(m->bytes + m->len, data, len);
	m->len += len;
}

static void make(struct made *m, const uint8_t *code, size_t len)
{
	/* Minimum 1, VLIW 1, statement 1, base -5, range 14, opcodes from 13;
	 * no directories; two files. */
	static const uint8_t header[] =
		"\x01\x01\x01\xfb\x0e\x0d\x00\x01\x01\x01\x01\x00\x00\x00\x01"
		"\x00\x00\x01\x00" "a.c\0\0\0\0" "b.h\0\0\0\0";
	uint32_t header_len = sizeof(header);
	uint32_t total = (uint32_t)(2 + 4 + header_len + len);

	m->len = 0;
	put(m, &total, 4);
	put(m, "\x04\x00", 2);
	put(m, &header_len, 4);
	put(m, header, header_len); /* its NUL ends the files */
	put(m, code, len);
}

static void run(const uint8_t *bytes, size_t len, struct line_unit *unit)
{
	const struct line_sections sections = {
		.line = { bytes, bytes + len, false },
		.str = { bytes, bytes + len, false },
		.line_str = { bytes, bytes + len, false },
	};

	*unit = (struct line_unit){ .name = "a.c" };
	if (!line_header_read(&sections, 0, &unit->header))
		return;
	line_program_run(unit, 100000);
	for (size_t i = 0; i < unit->rows.len; i++) {
		const struct line_row *row = &unit->rows.items[i];

		assert_true(row->file < unit->header.files.len);
		assert_true(!i || row->addr >= row[-1].addr);
	}
	assert_true(!unit->rows.len ||
	            unit->rows.items[unit->rows.len - 1].end);
}

static void unit_free(struct line_unit *unit)
{
	line_header_deinit(&unit->header);
	vec_deinit(&unit->rows);
}

/* "ADDR:LINE" of each row, an end as "ADDR:-". */
static void expect(const uint8_t *code, size_t len, const char *expected)
{
	struct made made;
	struct line_unit unit;
	char text[512] = "";

	make(&made, code, len);
	run(made.bytes, made.len, &unit);
	for (size_t i = 0; i < unit.rows.len; i++) {
		const struct line_row *row = &unit.rows.items[i];
		size_t at = strlen(text);

		if (row->end)
			snprintf(text + at, sizeof(text) - at, "%llx:- ",
			         (unsigned long long)row->addr);
		else
			snprintf(text + at, sizeof(text) - at, "%llx:%u%s ",
			         (unsigned long long)row->addr, row->line,
			         row->is_statement ? "" : "n");
	}
	assert_string_equal(text, expected);
	unit_free(&unit);
}

#define EXPECT(code, expected) \
	expect((const uint8_t *)code, sizeof(code) - 1, expected)
#define SET_ADDRESS(low) "\x00\x09\x02" low "\x00\x00\x00\x00\x00\x00\x00"
#define COPY "\x01"
#define ADVANCE(n) "\x02" n
#define LINE(n) "\x03" n
#define FILE_(n) "\x04" n
#define NEGATE "\x06"
#define END "\x00\x01\x01"

static void test_rows(void **state)
{
	(void)state;
	EXPECT(SET_ADDRESS("\x10") COPY ADVANCE("\x04") LINE("\x02") COPY
	       ADVANCE("\x04") END, "10:1 14:3 18:- ");
	/* What has no code at the end of a sequence is none. */
	EXPECT(SET_ADDRESS("\x10") COPY ADVANCE("\x04") LINE("\x02") COPY END,
	       "10:1 14:- ");
	/* Sequences come by address. */
	EXPECT(SET_ADDRESS("\x20") COPY ADVANCE("\x04") END
	       SET_ADDRESS("\x10") LINE("\x04") COPY ADVANCE("\x04") END,
	       "10:5 14:- 20:1 24:- ");
	/* Without an end it is no sequence. */
	EXPECT(SET_ADDRESS("\x10") COPY ADVANCE("\x04") END
	       SET_ADDRESS("\x20") COPY ADVANCE("\x04"), "10:1 14:- ");
	/* What the linker threw away stands at 0. */
	EXPECT(SET_ADDRESS("\x00") COPY ADVANCE("\x04") END, "");
	/* Line 0 is no line; the one before goes on. */
	EXPECT(SET_ADDRESS("\x10") COPY ADVANCE("\x04") LINE("\x7f") COPY
	       ADVANCE("\x04") END, "10:1 18:- ");
}

static void test_files(void **state)
{
	(void)state;
	/* Another file at the same place leaves the one before no code. */
	EXPECT(SET_ADDRESS("\x10") COPY FILE_("\x02") LINE("\x06") COPY
	       ADVANCE("\x04") END, "10:7 14:- ");
	/* ... but for what is no statement, where a statement is. */
	EXPECT(SET_ADDRESS("\x10") COPY FILE_("\x02") LINE("\x06") NEGATE COPY
	       ADVANCE("\x04") END, "10:1 14:- ");
	/* A file that there is not. */
	EXPECT(SET_ADDRESS("\x10") COPY FILE_("\x09") ADVANCE("\x02") COPY
	       ADVANCE("\x04") END, "10:1 16:- ");
}

static void test_order(void **state)
{
	(void)state;
	/* Addresses that go back, and sequences that overlap. */
	EXPECT(SET_ADDRESS("\x20") COPY SET_ADDRESS("\x10") COPY
	       ADVANCE("\x04") END, "");
	EXPECT(SET_ADDRESS("\x10") COPY ADVANCE("\x10") END
	       SET_ADDRESS("\x18") LINE("\x04") COPY ADVANCE("\x04") END,
	       "10:1 20:- ");
}

/* This file's line tables, bent. */
static void test_hostile(void **state)
{
	static const uint8_t code[] =
		SET_ADDRESS("\x10") COPY ADVANCE("\x04") LINE("\x02") COPY
		"\x00\x02\x04\x03" "\x05\x07\x08\x09\x34\x12\x0a\x0b\x0c\x05"
		"\x20\x41\x99" FILE_("\x02") "\xe0\xf1" NEGATE "\x13\x14"
		ADVANCE("\x04") END;
	uint64_t random = 88172645463325252u;

	(void)state;
	for (unsigned i = 0; i < 60000; i++) {
		struct line_unit unit;
		struct made made;
		size_t len;
		uint8_t *own;

		make(&made, code, sizeof(code) - 1);
		for (unsigned j = 0; j < 1 + i % 6; j++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			made.bytes[random % made.len] =
				(uint8_t)(random >> 32);
		}
		if (i & 1)
			made.bytes[4] = 5; /* version 5 over the same bytes */
		if (i & 2)
			memcpy(made.bytes, "\xff\xff\xff\xff", 4);
		len = i & 4 ? random % made.len : made.len;
		/* In a block of its own, whose edges sanitizers watch. */
		own = malloc(len + 1);
		memcpy(own, made.bytes, len);
		run(own, len, &unit);
		unit_free(&unit);
		free(own);
	}
}

static struct image *own_image(struct symbols *symbols)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct image *image = image_of_file(symbols, fd, "/proc/self/exe");

	assert_non_null(image);
	return image;
}

struct counted { unsigned line; size_t count; };

static bool count_place(void *ctx, const struct source_line *line)
{
	struct counted *counted = ctx;

	counted->count++;
	counted->line = line->line;
	return true;
}

static bool count_file(void *ctx, const struct source_line *line)
{
	(void)line;
	(*(size_t *)ctx)++;
	return true;
}

static void test_own(void **state)
{
	struct symbols *symbols = symbols_create();
	struct image *image = own_image(symbols);
	struct counted counted = { 0 };
	size_t files = 0;

	(void)state;
	debug_places_of_line(image, "unit/test_lines.c", __LINE__, count_place,
	                     &counted);
	assert_true(counted.count >= 1);
	assert_true(counted.line >= __LINE__ - 3);
	debug_files_named(image, "test_lines.c", count_file, &files);
	assert_int_equal(files, 1);
	/* Only whole names of a path. */
	debug_files_named(image, "est_lines.c", count_file, &files);
	debug_files_named(image, "", count_file, &files);
	assert_int_equal(files, 1);
	counted.count = 0;
	debug_places_of_line(image, "test_lines.c", 1000000, count_place,
	                     &counted);
	assert_int_equal(counted.count, 0);
	image_destroy(image);
	symbols_destroy(symbols);
}

/* Where what the user names ends, and the next begins. */
static void test_extent(void **state)
{
	static const struct { const char *text; size_t len; } cases[] = {
		{ "main", 4 }, { "main,+8", 4 }, { "a.c:12 , 14", 6 },
		{ "Ring<int, 4>::push", 18 }, { "Ring<int, 4>::push,", 18 },
		{ "A<B<1, 2>, 3>::f if x < y", 16 }, { "f(int, int),9", 11 },
		{ "A::operator<,3", 12 }, { "*a<b,c", 4 }, { "a<b,c>d<e,f", 9 },
		{ "*(x, y) thread 2", 7 }, { "", 0 }, { "<", 1 }, { "<,>", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (location_extent(cases[i].text) != cases[i].len)
			fail_msg("%s: %zu", cases[i].text,
			         location_extent(cases[i].text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_own),
		cmocka_unit_test(test_extent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
