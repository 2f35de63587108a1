/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random typed expressions, with a fixed seed: whatever they are, they are
 * refused with one printable line or come to a value that can be shown.
 */
#include "value_fake.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* xorshift64: the same numbers everywhere. */
static size_t below(uint64_t *seed, size_t n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (*seed * 0x2545f4914f6cdd1dull >> 20) % n;
}

static size_t try_text(struct fake *f, uint64_t *seed, const char *text)
{
	static const char formats[] = "\0xduotcafsz";
	AUTO_BUF struct buf out = { 0 };
	struct expr *expr = NULL;
	struct error *err = fake_compile(f, text, &expr);
	bool good = !err;

	error_destroy(err);
	expr_destroy(expr);
	buf_init(&out);
	fake_print(f, formats[below(seed, sizeof(formats) - 1)], text, &out);
	assert_true(out.len < 1 << 20);
	for (size_t i = 0; i < out.len; i++)
		assert_in_range((unsigned char)out.data[i], 0x20, 0x7e);
	return good;
}

static void random_tokens_do_no_harm(void **state)
{
	static const char *const tokens[] = {
		"x", "a", "t", "p", "pp", "bad", "d", "c", "u", "$rax", "$v",
		"$never", "1", "0", "-1", "7u", "2.5", "1e300", "'x'",
		"\"abc\"", "(", ")", "(", ")", "[", "]", "{", "}", "{", "}",
		"*", "&", "*", "&", "+", "-", "*", "/", "%", "<<", ">>", "==",
		"<", "&&", "||", "?", ":", "!", "~", "=", "+=", "=", "++",
		"--", ".", "->", ",", "@", "@2", "sizeof", "(int)",
		"(char *)", "(word)", "(double)", "(int [2])", "{int}",
		"int", "struct s", "$_strlen(", "$_as_string(", "::", "t ~",
		"=~", "(unsigned char (*)[3])", "0x1000", "0xffffffffffffffff",
		"4294967296", "(void)", "(_Bool)", "(__int128)",
		"L\"ab\"", "u\"\\u20ac\"", "U'x'", "u8\"q\"", "L'\\n'", "true",
		".*", "->*", "static_cast<int>(", "reinterpret_cast<",
		"dynamic_cast<", "char *>", "const_cast<", ">(", "'x(int)'",
		"x(int", "...", "(int (*)(char, ...))", "x::y", ".s::x",
		"typeid(", "this", "'x'::",
	};
	uint64_t seed = 4711;
	size_t good = 0;
	struct fake f;

	(void)state;
	fake_init(&f);
	for (int round = 0; round < 40000; round++) {
		AUTO_BUF struct buf text = { 0 };
		size_t len = 1 + below(&seed, 10);

		buf_init(&text);
		for (size_t i = 0; i < len; i++) {
			buf_puts(&text, tokens[below(&seed,
			                             ARRAY_LEN(tokens))]);
			if (below(&seed, 3))
				buf_putc(&text, ' ');
		}
		good += try_text(&f, &seed, text.data);
		/* The pool keeps every array type that was asked for. */
		if (round % 1000 == 999) {
			fake_deinit(&f);
			fake_init(&f);
		}
	}
	fake_deinit(&f);
	assert_in_range(good, 1500, 39000);
}

static void random_bytes_do_no_harm(void **state)
{
	static const char likely[] =
		"0123456789abcdextpu$\"'\\()[]{}?:!~|&=<>+-*/%.,@ \t";
	uint64_t seed = 815;
	struct fake f;

	(void)state;
	fake_init(&f);
	for (int round = 0; round < 20000; round++) {
		char text[48];
		size_t len = below(&seed, sizeof(text));

		for (size_t i = 0; i < len; i++)
			text[i] = below(&seed, 20)
			          ? likely[below(&seed, sizeof(likely) - 1)]
			          : (char)(1 + below(&seed, 255));
		text[len] = '\0';
		try_text(&f, &seed, text);
	}
	fake_deinit(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_tokens_do_no_harm),
		cmocka_unit_test(random_bytes_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
