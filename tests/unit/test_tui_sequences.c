/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a program's output is given to libvterm, and that it survives that. */
#include "ui/tui/program.h"
#include "ui/tui/sequences.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* At once, and byte by byte. */
static void assert_passes(const char *data, const char *expected, bool plain)
{
	struct sequences whole = { .plain = plain }, parts = whole;
	AUTO_BUF struct buf first = { 0 }, second = { 0 };

	buf_init(&first);
	buf_init(&second);
	sequences_pass(&whole, data, strlen(data), &first);
	assert_string_equal(first.data, expected);
	for (const char *c = data; *c; c++)
		sequences_pass(&parts, c, 1, &second);
	assert_string_equal(second.data, expected);
}

static void usual_ones_pass(void **state)
{
	static const char *const same[] = {
		"text\r\n\ttab\b\a", "\033[1;31mred\033[m", "\033[38;5;208mx",
		"\033[38;2;1;2;3mx", "\033[4:3mx", "\033[H\033[2J",
		"\033[?1049h\033[?25l", "\033(0lqk\033(B", "\0337\0338\033c",
		"\033[1;20r\033[!p\033[2 q", "\033[6n\033[c\033[>c", "\033#8",
		"\xe6\xbc\xa2\xe5\xad\x97 e\xcc\x81 \xf0\x9f\x91\xa9",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		assert_passes(same[i], same[i], false);
}

static void strings_are_left_out(void **state)
{
	(void)state;
	assert_passes("a\033]0;title\007b", "ab", false);
	assert_passes("a\033]52;c;AAAA\033\\b", "a\033\\b", false);
	assert_passes("a\033Pq\n\r#0\033\\b", "a\033\\b", false);
	assert_passes("\033_apc\033^pm\033Xsos\030b", "b", false);
	assert_passes("\033]no end", "", false);
}

static void odd_ones_change(void **state)
{
	(void)state;
	/* Too many, too long, too large, cancelled, begun anew. */
	assert_passes("a\033[;;;;;;;;;;;;;;;;mb", "ab", false);
	assert_passes("a\033[;;;;;;;;;;;;;;;mb", "a\033[;;;;;;;;;;;;;;;mb",
	              false);
	assert_passes("\033[10000A\033[9999B", "\033[9999B", false);
	assert_passes("\033[1\0302\033[3\033[4m", "2\033[4m", false);
	assert_passes("\033[1\n2m", "\n\033[12m", false);
	assert_passes("\033[1\xe2\x82\xac", "\xe2\x82\xac", false);
	assert_passes("\033#6\033#3\033(", "", false);
	assert_passes("\033[?69h\033[5;6s\033[s\033[u", "\0337\0338", false);
	/* A character anew. */
	assert_passes("\033[5b", "", false);
	assert_passes("-\033[3b|", "----|", false);
	assert_passes("\xe2\x94\x80\033[b", "\xe2\x94\x80\xe2\x94\x80", false);
}

static void text_is_utf8(void **state)
{
	const char *wrong = "\xef\xbf\xbd";
	AUTO_BUF struct buf expected = { 0 };

	(void)state;
	buf_init(&expected);
	assert_passes("\xc2\x9b" "31m", "\xef\xbf\xbd" "31m", false);
	assert_passes("\xed\xa0\x80", wrong, false);
	assert_passes("\xe6\xbc" "A", "\xef\xbf\xbd" "A", false);
	assert_passes("\xff\x80", "\xef\xbf\xbd\xef\xbf\xbd", false);
	/* Marks that libvterm takes for wide, and more than anybody needs. */
	assert_passes("\xe3\x81\x8b\xe3\x82\x99", "\xe3\x81\x8b", false);
	assert_passes("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"
	              "\xcc\x81\xcc\x81", "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81"
	              "\xcc\x81", false);
	/* Elsewhere every byte is a character. */
	assert_passes("\x9b" "31m\xe4", "?31m\xe4", true);
}

/* What is mad, but begins well. */
static void put_sequence(struct buf *b, unsigned *seed)
{
	static const char finals[] = "@ABCDEFGHIJKLMPSTXZ`abcdefghlmnrsu";
	static const char *const pieces[] = {
		"\033#6", "\033#8", "\033M", "\033D", "\0337", "\0338", "\n",
		"\t", "\xe4\xb8\x96", "e\xcc\x81", "\xe3\x81\x8b\xe3\x82\x99",
		"\xc2\x9b", "\xe4", "\033]x", "\033\\", "\016", "\033(0",
		"\033[?1049h", "\033[?6h", "\033[4h", "\033[?7l", "\033c",
		"\033[3;2r", "\033[?1047l", "\033N", "text\xcc\x81",
	};
	unsigned r = (*seed = *seed * 1103515245 + 12345) >> 8;
	unsigned count = r / 64 % (r % 7 ? 4 : 40);

	if (r % 3 == 0) {
		buf_puts(b, pieces[r / 3 % ARRAY_LEN(pieces)]);
		return;
	}
	buf_puts(b, r % 5 ? "\033[" : "\033[?");
	for (unsigned i = 0; i < count; i++)
		buf_printf(b, "%s%u", i ? ";" : "", (r >> i % 16) % 150);
	buf_putc(b, finals[r / 16 % (sizeof(finals) - 1)]);
}

static void count_answers(void *ctx, const char *data, size_t len)
{
	(void)data;
	*(size_t *)ctx += len;
}

/* The crashes and endless loops of libvterm, one by one and mixed. */
static void libvterm_survives(void **state)
{
	static const char *const bad[] = {
		"\033[1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8;9k",
		"\033[20;20H\033#6\033[5P", "\033[20;60H\033#6x\033[@\033[4hx",
		"\033[5b", "\033[1;78H\xe3\x81\x8b\xe3\x82\x99\xe3\x82\x99\xe3"
		"\x82\x99", "\xc2\x80\xc2\x80x\n\033[L", "\xe4", "x",
	};
	static const char end[] = "\030\033c\033[3;4Hhere\033[6n";
	AUTO_BUF struct buf text = { 0 };
	struct program_screen *p;
	size_t answers = 0;
	unsigned seed = 1;

	(void)state;
	buf_init(&text);
	p = program_screen_create(count_answers, &answers);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		program_screen_write(p, bad[i], strlen(bad[i]));
	for (int i = 0; i < 20000; i++) {
		buf_reset(&text);
		put_sequence(&text, &seed);
		program_screen_write(p, text.data, text.len);
		if (i % 500 == 0)
			program_screen_resize(p, 2 + seed / 64 % 60,
			                      2 + seed / 8192 % 120);
	}
	/* It still listens. */
	answers = 0;
	program_screen_write(p, end, strlen(end));
	assert_int_equal(answers, strlen("\033[3;8R"));
	buf_reset(&text);
	page_text(program_screen_page(p), &text);
	assert_non_null(strstr(text.data, "   here"));
	program_screen_destroy(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usual_ones_pass),
		cmocka_unit_test(strings_are_left_out),
		cmocka_unit_test(odd_ones_change),
		cmocka_unit_test(text_is_utf8),
		cmocka_unit_test(libvterm_survives),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
