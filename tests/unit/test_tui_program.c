/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal that a program has on the screen: what it writes, and asks. */
#include "ui/tui/program.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void keep_answer(void *ctx, const char *data, size_t len)
{
	buf_add(ctx, data, len);
}

static void assert_text(struct program_screen *p, const char *expected)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	page_text(program_screen_page(p), &text);
	assert_string_equal(text.data, expected);
}

static void say(struct program_screen *p, const char *text)
{
	program_screen_write(p, text, strlen(text));
}

static void shows_and_scrolls(void **state)
{
	AUTO_BUF struct buf answer = { 0 };
	struct program_screen *p;
	unsigned row, column;
	char line[32];

	(void)state;
	buf_init(&answer);
	p = program_screen_create(keep_answer, &answer);
	assert_true(program_screen_resize(p, 3, 20));
	assert_false(program_screen_resize(p, 3, 20));
	assert_false(program_screen_resize(p, 3, 1));
	say(p, "\033[31mred\033[m \xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81\r\n");
	assert_text(p, "red \xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81\n");
	for (int i = 0; i < 4; i++) {
		snprintf(line, sizeof(line), "line %d\r\n", i);
		say(p, line);
	}
	assert_text(p, "red \xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81\nline 0\n"
	            "line 1\nline 2\nline 3\n");
	/* In another size it is all there. */
	assert_true(program_screen_resize(p, 10, 30));
	assert_text(p, "red \xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81\nline 0\n"
	            "line 1\nline 2\nline 3\n");
	program_screen_resize(p, 3, 20);
	/* Where is the cursor? */
	say(p, "\033[6n");
	assert_string_equal(answer.data, "\033[3;1R");
	assert_true(program_screen_cursor(p, &row, &column));
	assert_int_equal(row, 2);
	assert_int_equal(column, 0);
	say(p, "\033[?25l");
	assert_false(program_screen_cursor(p, &row, &column));
	program_screen_destroy(p);
}

/* What makes libvterm 0.1.4 crash where its size is changed. */
static void sizes_do_no_harm(void **state)
{
	AUTO_BUF struct buf answer = { 0 };
	struct program_screen *p;

	(void)state;
	buf_init(&answer);
	p = program_screen_create(keep_answer, &answer);
	say(p, "\033[20;70H\0337");
	assert_true(program_screen_resize(p, 3, 20));
	say(p, "\0338\033#6\0338\033#4\xe6\xbc\xa2");
	say(p, "\033#8\033");
	assert_true(program_screen_resize(p, 14, 100));
	say(p, "[K");
	program_screen_resize(p, 2, 1);
	say(p, "\033[2J\xe6\xbc\xa2");
	program_screen_destroy(p);
}

/* Nothing of what it writes is more than text afterwards. */
static void no_control_comes_out(void **state)
{
	AUTO_BUF struct buf answer = { 0 }, text = { 0 };
	struct program_screen *p;
	unsigned seed = 1;

	(void)state;
	buf_init(&answer);
	buf_init(&text);
	p = program_screen_create(keep_answer, &answer);
	say(p, "\033]0;title\007\033Pdcs\033\\a\xe2\x80\xae" "b\xc2\x9b" "c");
	for (int i = 0; i < 60000; i++) {
		char c = (char)((seed = seed * 1103515245 + 12345) >> 16);

		program_screen_write(p, &c, 1);
		if (i % 2000 == 0)
			program_screen_resize(p, 1 + seed % 50,
			                      1 + seed / 64 % 100);
	}
	page_text(program_screen_page(p), &text);
	assert_true(text.len > 100);
	for (size_t i = 0; i < text.len;) {
		uint32_t code = 0;
		size_t n = utf8_decode(text.data + i, text.len - i, &code);

		assert_true(n > 0);
		assert_true(code == '\n' || !utf8_is_unsafe(code));
		i += n;
	}
	program_screen_destroy(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_and_scrolls),
		cmocka_unit_test(sizes_do_no_harm),
		cmocka_unit_test(no_control_comes_out),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
