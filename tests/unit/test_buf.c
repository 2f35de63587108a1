/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings that grow, and what is escaped in them. */
#include "base/alloc.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_buffer_grows(void **state)
{
	struct buf b;
	size_t len = 0;
	char *taken;

	(void)state;
	buf_init(&b);
	assert_string_equal(b.data, "");
	for (int i = 0; i < 3000; i++) {
		buf_printf(&b, "%d,", i);
		len += i < 10 ? 2 : i < 100 ? 3 : i < 1000 ? 4 : 5;
		assert_int_equal(b.len, len);
		assert_int_equal(b.data[len], '\0');
		assert_true(b.cap > b.len);
	}
	assert_memory_equal(b.data, "0,1,2,3,", 8);
	assert_string_equal(b.data + len - 10, "2998,2999,");
	buf_truncate(&b, 3);
	assert_string_equal(b.data, "0,1");
	buf_truncate(&b, 7); /* no longer than it is */
	assert_int_equal(b.len, 3);
	buf_add(&b, "\0x", 2);
	assert_int_equal(b.len, 5);
	assert_memory_equal(b.data, "0,1\0x", 6);
	buf_add(&b, NULL, 0);
	assert_int_equal(b.len, 5);
	buf_reset(&b);
	assert_string_equal(b.data, "");
	buf_puts(&b, "one");
	buf_putc(&b, '!');
	taken = buf_take(&b);
	assert_string_equal(taken, "one!");
	assert_int_equal(b.len, 0);
	assert_string_equal(b.data, "");
	free(taken);
	buf_deinit(&b);
	assert_null(b.data);
}

/* Lengths about that of the first block, by one printf each. */
static void printf_fits_exactly(void **state)
{
	(void)state;
	for (int len = 0; len < 200; len++) {
		AUTO_BUF struct buf b = { 0 };

		buf_init(&b);
		buf_printf(&b, "%*s", len, "");
		assert_int_equal(b.len, len);
		assert_int_equal(strlen(b.data), len);
		buf_printf(&b, "%s", "");
		assert_int_equal(b.len, len);
	}
}

static void bytes_have_c_escapes(void **state)
{
	static const struct { const char *in; size_t len; const char *out; }
	rows[] = {
		{ "", 0, "" },
		{ "plain ~!", 8, "plain ~!" },
		{ "\t\n\v\f\r", 5, "\\t\\n\\v\\f\\r" },
		{ "\\\"'", 3, "\\\\\\\"'" },
		{ "\0", 1, "\\0" },
		{ "\0a", 2, "\\0a" },
		/* Before an octal digit an escape has all three digits. */
		{ "\0" "0", 2, "\\0000" },
		{ "\0" "7", 2, "\\0007" },
		{ "\0" "8", 2, "\\08" },
		{ "\1" "2", 2, "\\0012" },
		{ "\33[", 2, "\\33[" },
		{ "\33" "4", 2, "\\0334" },
		{ "\177\200\377", 3, "\\177\\200\\377" },
		{ "\303\251", 2, "\\303\\251" },
		{ "\0\0", 2, "\\0\\0" },
		{ "\a\b\e", 3, "\\7\\10\\33" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		AUTO_BUF struct buf b = { 0 };

		buf_init(&b);
		buf_put_c_escaped(&b, rows[i].in, rows[i].len);
		assert_string_equal(b.data, rows[i].out);
	}
}

/* What an escaped string means to a C compiler is what it was made from. */
static size_t unescape(const char *s, char *out)
{
	static const char letters[] = "tnvfr\\\"";
	static const char bytes[] = "\t\n\v\f\r\\\"";
	size_t len = 0;

	while (*s) {
		const char *at;
		int value = 0, digits = 0;

		if (*s != '\\') {
			out[len++] = *s++;
			continue;
		}
		at = strchr(letters, *++s);
		if (at) {
			out[len++] = bytes[at - letters];
			s++;
			continue;
		}
		for (; digits < 3 && *s >= '0' && *s <= '7'; digits++)
			value = value * 8 + *s++ - '0';
		assert_in_range(digits, 1, 3);
		out[len++] = (char)value;
	}
	return len;
}

static void escapes_can_be_undone(void **state)
{
	char pair[2], back[64];

	(void)state;
	for (int first = 0; first < 256; first++)
		for (int second = 0; second < 256; second++) {
			AUTO_BUF struct buf b = { 0 };

			pair[0] = (char)first;
			pair[1] = (char)second;
			buf_init(&b);
			buf_put_c_escaped(&b, pair, 2);
			assert_int_equal(unescape(b.data, back), 2);
			assert_memory_equal(back, pair, 2);
			for (size_t i = 0; i < b.len; i++)
				assert_in_range(b.data[i], 0x20, 0x7e);
		}
}

static void printable_text_stays(void **state)
{
	static const char *const rows[] = {
		"", "plain \\ \"text\"", "\303\251t\303\251",
		"\342\206\222 \342\207\245", /* arrows */
		"\346\227\245\346\234\254", "\360\237\230\200",
		"\302\240", /* U+00A0, the first after C1 */
		"\364\200\200\200", /* U+100000 */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		AUTO_BUF struct buf b = { 0 };

		buf_init(&b);
		buf_put_printable(&b, rows[i], strlen(rows[i]), false);
		assert_string_equal(b.data, rows[i]);
	}
}

static void what_could_drive_a_terminal_is_escaped(void **state)
{
	static const struct { const char *in; size_t len; const char *out; }
	rows[] = {
		{ "\033[31m", 5, "\\033[31m" },
		{ "a\nb\tc\r", 6, "a\\012b\\011c\\015" },
		{ "\0" "7", 2, "\\0007" },
		{ "\177", 1, "\\177" },
		{ "\302\233" "31m", 5, "\\302\\23331m" },   /* U+009B, CSI */
		{ "\302\205", 2, "\\302\\205" },            /* U+0085, NEL */
		{ "\302\255", 2, "\\302\\255" },            /* soft hyphen */
		{ "\330\234", 2, "\\330\\234" },            /* U+061C */
		{ "\342\200\213", 3, "\\342\\200\\213" },   /* zero width */
		{ "\342\200\216", 3, "\\342\\200\\216" },   /* LRM */
		{ "\342\200\256", 3, "\\342\\200\\256" },   /* RLO */
		{ "\342\200\250", 3, "\\342\\200\\250" },   /* line sep. */
		{ "\342\201\246", 3, "\\342\\201\\246" },   /* LRI */
		{ "\342\201\240", 3, "\\342\\201\\240" },   /* joiner */
		{ "\357\273\277", 3, "\\357\\273\\277" },   /* BOM */
		{ "\363\240\201\201", 4, "\\363\\240\\201\\201" }, /* tag */
		/* Not UTF-8: */
		{ "\200", 1, "\\200" },
		{ "\303", 1, "\\303" },
		{ "\303x", 2, "\\303x" },
		{ "\300\257", 2, "\\300\\257" },            /* overlong / */
		{ "\301\201", 2, "\\301\\201" },
		{ "\340\200\257", 3, "\\340\\200\\257" },
		{ "\355\240\200", 3, "\\355\\240\\200" },   /* a surrogate */
		{ "\364\220\200\200", 4, "\\364\\220\\200\\200" },
		{ "\365\200\200\200", 4, "\\365\\200\\200\\200" },
		{ "\342\206", 2, "\\342\\206" },            /* cut */
		{ "\342\206\303\251", 4, "\\342\\206\303\251" },
		{ "\377\376", 2, "\\377\\376" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		AUTO_BUF struct buf b = { 0 };

		buf_init(&b);
		buf_put_printable(&b, rows[i].in, rows[i].len, false);
		assert_string_equal(b.data, rows[i].out);
	}
}

static void lines_can_be_kept(void **state)
{
	AUTO_BUF struct buf b = { 0 };

	(void)state;
	buf_init(&b);
	buf_put_printable(&b, "a\tb\n\r\033", 6, true);
	assert_string_equal(b.data, "a\tb\n\\015\\033");
}

/* Any three bytes: the result has no control byte and stops where it must. */
static void no_byte_gets_through(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 200000; round++) {
		AUTO_BUF struct buf b = { 0 };
		char in[3];

		seed = seed * 1664525 + 1013904223;
		memcpy(in, &seed, sizeof(in));
		buf_init(&b);
		buf_put_printable(&b, in, sizeof(in), false);
		for (size_t i = 0; i < b.len; i++) {
			unsigned char c = (unsigned char)b.data[i];

			assert_true(c >= 0x20 && c != 0x7f);
			/* 0xc2 0x80 to 0x9f are the C1 controls. */
			assert_false(c == 0xc2 &&
			             (unsigned char)b.data[i + 1] < 0xa0);
		}
	}
}

/* In memory that it was given, until that is full. */
static void a_lent_place_is_outgrown(void **state)
{
	AUTO_BUF struct buf b = { 0 };
	char room[8], *taken;

	(void)state;
	buf_init_in(&b, room, sizeof(room));
	buf_puts(&b, "1234567");
	assert_ptr_equal(b.data, room);
	assert_string_equal(room, "1234567");
	buf_putc(&b, '8');
	assert_ptr_not_equal(b.data, room);
	assert_string_equal(b.data, "12345678");
	buf_deinit(&b);
	buf_init_in(&b, room, sizeof(room));
	buf_add(&b, "a\0b", 3);
	taken = buf_take(&b);
	assert_ptr_not_equal(taken, room);
	assert_memory_equal(taken, "a\0b", 4);
	free(taken);
	assert_int_equal(b.len, 0);
}

static void swapped_ones_keep_what_they_have(void **state)
{
	AUTO_BUF struct buf a = { 0 }, b = { 0 };

	(void)state;
	buf_init(&a);
	buf_init(&b);
	buf_puts(&a, "first");
	buf_swap(&a, &b);
	assert_string_equal(a.data, "");
	assert_string_equal(b.data, "first");
	assert_int_equal(b.len, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_buffer_grows),
		cmocka_unit_test(a_lent_place_is_outgrown),
		cmocka_unit_test(swapped_ones_keep_what_they_have),
		cmocka_unit_test(printf_fits_exactly),
		cmocka_unit_test(bytes_have_c_escapes),
		cmocka_unit_test(escapes_can_be_undone),
		cmocka_unit_test(printable_text_stays),
		cmocka_unit_test(what_could_drive_a_terminal_is_escaped),
		cmocka_unit_test(lines_can_be_kept),
		cmocka_unit_test(no_byte_gets_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
