/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that is edited in place. */
#include "ui/tui/field.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { CTRL = 31 };

/* As the keyboard sends it, a byte at a time; the last one's end. */
static enum field_end type(struct field *f, const char *bytes)
{
	enum field_end end = FIELD_OPEN;

	for (; *bytes; bytes++) {
		struct draw_input input = { .key = DRAW_KEY_TEXT,
		                            .bytes = { *bytes }, .len = 1 };

		end = field_key(f, &input);
	}
	return end;
}

static void control(struct field *f, char letter)
{
	const char text[] = { (char)(letter & CTRL), 0 };

	assert_int_equal(type(f, text), FIELD_OPEN);
}

static void press(struct field *f, enum draw_key key, const char *bytes)
{
	struct draw_input input = { .key = key, .len = strlen(bytes) };

	memcpy(input.bytes, bytes, input.len);
	assert_int_equal(field_key(f, &input), FIELD_OPEN);
}

static void assert_text(const struct field *f, const char *text, size_t point)
{
	assert_string_equal(f->text.data, text);
	assert_int_equal(f->point, point);
}

static void inserts_and_deletes(void **state)
{
	struct field f;

	(void)state;
	field_init(&f);
	field_set(&f, "0x12");
	assert_text(&f, "0x12", 4);
	type(&f, "34");
	assert_text(&f, "0x1234", 6);
	press(&f, DRAW_KEY_HOME, "\033[1~");
	type(&f, "-");
	assert_text(&f, "-0x1234", 1);
	press(&f, DRAW_KEY_RIGHT, "\033[C");
	press(&f, DRAW_KEY_RIGHT, "\033[C");
	press(&f, DRAW_KEY_OTHER, "\033[3~");
	assert_text(&f, "-0x234", 3);
	press(&f, DRAW_KEY_OTHER, "\177");
	assert_text(&f, "-0234", 2);
	control(&f, 'h');
	control(&f, 'h');
	control(&f, 'h');
	assert_text(&f, "234", 0);
	press(&f, DRAW_KEY_LEFT, "\033[D");
	control(&f, 'd');
	assert_text(&f, "34", 0);
	press(&f, DRAW_KEY_END, "\033[4~");
	press(&f, DRAW_KEY_RIGHT, "\033[C");
	control(&f, 'd');
	assert_text(&f, "34", 2);
	/* Other keys do nothing. */
	press(&f, DRAW_KEY_F1, "\033OP");
	press(&f, DRAW_KEY_UP, "\033[A");
	control(&f, 'z');
	assert_text(&f, "34", 2);
	field_deinit(&f);
}

static void cuts_words_and_lines(void **state)
{
	struct field f;

	(void)state;
	field_init(&f);
	field_set(&f, "5 buf=1  ");
	control(&f, 'w');
	assert_text(&f, "5 ", 2);
	control(&f, 'w');
	control(&f, 'w');
	assert_text(&f, "", 0);
	field_set(&f, "abcdef");
	control(&f, 'b');
	control(&f, 'b');
	control(&f, 'u');
	assert_text(&f, "ef", 0);
	control(&f, 'f');
	control(&f, 'k');
	assert_text(&f, "e", 1);
	control(&f, 'a');
	assert_text(&f, "e", 0);
	control(&f, 'e');
	assert_text(&f, "e", 1);
	field_deinit(&f);
}

static void whole_characters(void **state)
{
	struct field f;

	(void)state;
	field_init(&f);
	type(&f, "aé漢😀");
	assert_text(&f, "aé漢😀", 10);
	control(&f, 'h');
	assert_text(&f, "aé漢", 6);
	press(&f, DRAW_KEY_LEFT, "");
	assert_int_equal(f.point, 3);
	press(&f, DRAW_KEY_LEFT, "");
	assert_int_equal(f.point, 1);
	control(&f, 'd');
	assert_text(&f, "a漢", 1);
	press(&f, DRAW_KEY_RIGHT, "");
	assert_int_equal(f.point, 4);
	/* What is no character is cut a byte at a time, or with its start. */
	field_set(&f, "a\200\200");
	control(&f, 'h');
	assert_text(&f, "", 0);
	field_deinit(&f);
}

static void ends(void **state)
{
	struct field f;

	(void)state;
	field_init(&f);
	assert_int_equal(type(&f, "12\r"), FIELD_TAKEN);
	assert_text(&f, "12", 2);
	assert_int_equal(type(&f, "\n"), FIELD_TAKEN);
	assert_int_equal(type(&f, "\033"), FIELD_LEFT);
	assert_int_equal(type(&f, "\003"), FIELD_LEFT);
	assert_int_equal(type(&f, "\007"), FIELD_LEFT);
	for (unsigned i = 0; i < FIELD_MOST + 10; i++)
		type(&f, "x");
	assert_int_equal(f.text.len, FIELD_MOST);
	field_deinit(&f);
}

static void assert_shown(const struct field *f, unsigned width,
                         const char *text, unsigned cursor)
{
	AUTO_BUF struct buf shown = { 0 };
	unsigned at;

	buf_init(&shown);
	field_show(f, width, &shown, &at);
	assert_string_equal(shown.data, text);
	assert_int_equal(at, cursor);
}

static void shows_where_the_cursor_is(void **state)
{
	struct field f;

	(void)state;
	field_init(&f);
	assert_shown(&f, 1, "", 0);
	field_set(&f, "abcdef");
	assert_shown(&f, 7, "abcdef", 6);
	assert_shown(&f, 6, "bcdef", 5);
	assert_shown(&f, 1, "", 0);
	control(&f, 'a');
	assert_shown(&f, 3, "abcdef", 0);
	/* Wide ones are not cut, and hostile bytes are spelt out. */
	field_set(&f, "漢字");
	assert_shown(&f, 4, "字", 2);
	field_set(&f, "\033[31m\302\233");
	assert_shown(&f, 80, "\\033[31m\\302\\233", 16);
	field_deinit(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inserts_and_deletes),
		cmocka_unit_test(cuts_words_and_lines),
		cmocka_unit_test(whole_characters),
		cmocka_unit_test(ends),
		cmocka_unit_test(shows_where_the_cursor_is),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
