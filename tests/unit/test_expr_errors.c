/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the expression compiler says about bad text, and plain integers. */
#include "base/buf.h"
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* n is a number, s a string behind a pointer. */
static struct error *scope_name(void *ctx, const char *name,
                                struct expr_ref *ref)
{
	(void)ctx;
	if (!strcmp(name, "n") || !strcmp(name, "s")) {
		ref->kind = EXPR_REF_SLOT;
		ref->type = *name == 's' ? EXPR_STRING : EXPR_INT;
	}
	return NULL;
}

static struct error *env_get(void *ctx, const struct expr_ref *ref,
                             bool as_string, struct expr_value *value)
{
	(void)ctx;
	assert_false(as_string);
	*value = (struct expr_value){ ref->type, { .i = 1 } };
	return NULL;
}

static const struct expr_scope scope = { .name = scope_name };
static const struct expr_env env = { .get = env_get };

static void messages_say_what_and_where(void **state)
{
	static const struct { const char *text, *message; } rows[] = {
		{ "", "the expression is empty" },
		{ " \t ", "the expression is empty" },
		{ "1 +", "expected a value at column 4, found the end" },
		{ "1 + * 2", "expected a value at column 5, found \"*\"" },
		{ ")", "expected a value at column 1, found \")\"" },
		{ "()", "expected a value at column 2, found \")\"" },
		{ "(1", "expected \")\" at column 3, found the end" },
		{ "(1 2)", "expected \")\" at column 4, found \"2\"" },
		{ "1 2", "expected an operator at column 3, found \"2\"" },
		{ "1)", "expected an operator at column 2, found \")\"" },
		{ "n n", "expected an operator at column 3, found \"n\"" },
		{ "n \"a\\n\"", "expected an operator at column 3, found "
		  "\"\\\"a\\\\n\\\"\"" },
		{ "1 ? 2", "expected \":\" at column 6, found the end" },
		{ "1 : 2", "expected an operator at column 3, found \":\"" },
		{ "1 ? : 2", "expected a value at column 5, found \":\"" },
		{ "n = 1", "nothing can be assigned here (== compares): "
		  "\"=\" at column 3" },
		{ "1 @ 2", "stray \"@\" at column 3" },
		{ "$", "unknown register or variable \"$\" at column 1" },
		{ "n + \303\251", "stray \"\\303\\251\" at column 5" },
		{ "\303\251", "stray \"\\303\\251\" at column 1" },
		{ "n \033[31m", "stray \"\\33\" at column 3" },
		{ "\200\200\200", "stray \"\\200\\200\\200\" at column 1" },
		{ "n, n", "stray \",\" at column 2" },
		{ "12x", "bad number \"12x\" at column 1" },
		{ "1.5", "bad number \"1.5\" at column 1" },
		{ "0x", "bad number \"0x\" at column 1" },
		{ "0xg", "bad number \"0xg\" at column 1" },
		{ "0b2", "bad number \"0b2\" at column 1" },
		{ "0b", "bad number \"0b\" at column 1" },
		{ "n + 089", "bad number \"089\" at column 5" },
		{ "1lL", "bad number \"1lL\" at column 1" },
		{ "1uu", "bad number \"1uu\" at column 1" },
		{ "1lll", "bad number \"1lll\" at column 1" },
		{ "1lul", "bad number \"1lul\" at column 1" },
		{ "18446744073709551616", "number beyond 64 bits: "
		  "\"18446744073709551616\" at column 1" },
		{ "0x10000000000000000", "number beyond 64 bits: "
		  "\"0x10000000000000000\" at column 1" },
		{ "s == \"abc", "unterminated string at column 6" },
		{ "s == \"abc\\", "unknown escape \"\\\\\" at column 10" },
		{ "s == \"abc\\\"", "unterminated string at column 6" },
		{ "'a", "unterminated character at column 1" },
		{ "''", "a character is one byte: \"''\" at column 1" },
		{ "'ab'", "a character is one byte: \"'ab'\" at column 1" },
		{ "s == \"\\q\"", "unknown escape \"\\\\q\" at column 7" },
		{ "s == \"\\x\"", "unknown escape \"\\\\x\" at column 7" },
		{ "s == \"\\x123\"", "escape beyond a byte: \"\\\\x123\" at "
		  "column 7" },
		{ "'\\777'", "escape beyond a byte: \"\\\\777\" at column 2" },
		{ "\"a\" + 1", "\"+\" can't use a string as a number at "
		  "column 5" },
		{ "1 << \"a\"", "\"<<\" can't use a string as a number at "
		  "column 3" },
		{ "\"a\" == 1", "\"==\" can't compare a string and a number "
		  "at column 5" },
		{ "n < \"a\"", "\"<\" can't compare a string and a number at "
		  "column 3" },
		{ "s < \"a\" < \"b\"", "\"<\" can't compare a string and a "
		  "number at column 9" },
		{ "(n ? s : s) == 0", "\"==\" can't compare a string and a "
		  "number at column 13" },
		{ "!\"a\"", "\"!\" can't use a string as a number at "
		  "column 1" },
		{ "n && \"a\"", "\"&&\" can't use a string as a number at "
		  "column 3" },
		{ "0 && \"a\"", "\"&&\" can't use a string as a number at "
		  "column 3" },
		{ "\"a\" || n", "\"||\" can't use a string as a number at "
		  "column 5" },
		{ "\"a\" ? 1 : 2", "\"?\" can't use a string as a number at "
		  "column 5" },
		{ "n ? 1 : \"a\"", "\"?\" can't use a string as a number at "
		  "column 3" },
		{ "n ~ \"a\"", "\"~\" needs a string on its left at "
		  "column 3" },
		{ "1 =~ \"a\"", "\"=~\" needs a string on its left at "
		  "column 3" },
		{ "s ~ n", "expected a pattern in double quotes at column 5, "
		  "found \"n\"" },
		{ "s =~ (\"a\")", "expected a pattern in double quotes at "
		  "column 6, found \"(\"" },
		{ "s ~ \"a", "unterminated string at column 5" },
		{ "s ~ \"a\\0b\"", "the pattern has a NUL in it at column 5" },
		{ "s =~ \"(a\"", "bad regular expression (Unmatched ( or \\() "
		  "at column 6" },
		{ "s =~ \"(a)\\\\1\"", "the pattern has a back-reference at "
		  "column 6" },
		{ "s =~ \"((a{99}){99}){99}\"", "the pattern repeats too "
		  "much at column 6" },
		{ "s =~ \"a{1,30000}\"", "the pattern repeats too much at "
		  "column 6" },
		{ "1 / 0", "division by zero at column 3" },
		{ "0 && 1 % (2 - 2) || 1 / 0", "division by zero at "
		  "column 23" },
		{ "n && 1 % (2 - 2) || 1 / 0", "division by zero at "
		  "column 8" },
		{ "1 << 64", "shift by less than 0 or more than 63 at "
		  "column 3" },
		{ "1 >> -1", "shift by less than 0 or more than 63 at "
		  "column 3" },
		{ "nn", "unknown name \"nn\" at column 1" },
		{ "$n", "unknown register or variable \"$n\" at column 1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct expr *e = NULL;
		struct error *err = expr_compile(rows[i].text, &scope, &e);

		/* What was folded away in a branch fails when it is run. */
		if (!err) {
			bool truth;

			err = expr_eval_bool(e, &env, &truth);
			expr_destroy(e);
		}
		if (!err)
			fail_msg("%s: no error", rows[i].text);
		assert_string_equal(err->message, rows[i].message);
		assert_int_equal(err->kind,
		                 strncmp(err->message, "unknown ", 8) ||
		                 !strncmp(err->message, "unknown e", 9)
		                 ? ERROR_USAGE : ERROR_NOT_FOUND);
		error_destroy(err);
	}
}

/* COUNT times BEFORE, MIDDLE, COUNT times AFTER. */
static char *nested(size_t count, const char *before, const char *middle,
                    const char *after)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < count; i++)
		buf_puts(&b, before);
	buf_puts(&b, middle);
	for (size_t i = 0; i < count; i++)
		buf_puts(&b, after);
	return b.data;
}

static void nesting_has_a_bound(void **state)
{
	static const struct {
		const char *before, *middle, *after;
		int64_t value;
	} rows[] = {
		{ "(", "n", ")", 1 },
		{ "- ", "n", "", 1 },
		{ "!", "n", "", 1 },
		{ "n ? n : ", "n", "", 1 },
		{ "n ? ", "n", " : n", 1 },
		{ "1 + (", "n", ")", EXPR_MAX_NESTING + 1 },
		{ "n + 2 * (", "n * 0", ")", -1 }, /* 2^N - 1, wrapped */
		{ "n || (", "n", ")", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *deep = nested(EXPR_MAX_NESTING, rows[i].before,
		                    rows[i].middle, rows[i].after);
		char *deeper = nested(EXPR_MAX_NESTING + 1, rows[i].before,
		                      rows[i].middle, rows[i].after);
		char *deepest = nested(5000, rows[i].before, rows[i].middle,
		                       rows[i].after);
		struct expr *e = NULL;
		struct expr_value v;
		struct error *err = expr_compile(deep, &scope, &e);

		if (err)
			fail_msg("%s...: %s", rows[i].before, err->message);
		assert_null(expr_eval(e, &env, &v));
		assert_int_equal(v.i, rows[i].value);
		expr_destroy(e);
		err = expr_compile(deeper, &scope, &e);
		assert_non_null(err);
		assert_non_null(strstr(err->message, "nested deeper than 1200 "
		                                     "at column "));
		error_destroy(err);
		err = expr_compile(deepest, &scope, &e);
		assert_non_null(err);
		error_destroy(err);
		free(deep);
		free(deeper);
		free(deepest);
	}
}

/* More operands than the stack holds: four wait at each level. */
static void the_stack_has_a_bound(void **state)
{
	char *text = nested(450, "n | n ^ n & n < n << n + n * (", "n", ")");
	struct expr *e = NULL;
	struct error *err = expr_compile(text, &scope, &e);

	(void)state;
	assert_string_equal(err->message, "nested too deeply");
	error_destroy(err);
	free(text);
}

static void long_chains_need_no_depth(void **state)
{
	static const struct {
		const char *unit, *end;
		int64_t value;
	} rows[] = {
		{ "n + ", "n", 8001 }, { "1 + ", "1", 8001 },
		{ "n && ", "n", 1 },    { "n-1 ||", "n", 1 },
		{ "n == ", "n", 1 },    { "3 && ", "n", 1 },
		/* What is closed does not count as nesting any more. */
		{ "(n) + ", "n", 8001 }, { "-n * ", "n", 1 },
		{ "(n?n:n)&", "n", 1 },   { "!n || ", "n", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *text = nested(8000, rows[i].unit, rows[i].end, "");
		struct expr *e = NULL;
		struct expr_value v;

		assert_null(expr_compile(text, &scope, &e));
		assert_null(expr_eval(e, &env, &v));
		assert_int_equal(v.i, rows[i].value);
		expr_destroy(e);
		free(text);
	}
}

static void text_has_a_bound(void **state)
{
	char *most = nested((EXPR_MAX_TEXT - 2) / 2, " ", "12", " ");
	char *more = nested(EXPR_MAX_TEXT, " ", "1", "");
	char *name = nested(EXPR_MAX_NAME, "n", "", "");
	char *longer = nested(EXPR_MAX_NAME + 1, "n", "", "");
	struct expr *e = NULL;
	struct error *err;

	(void)state;
	assert_int_equal(strlen(most), EXPR_MAX_TEXT);
	assert_null(expr_compile(most, &scope, &e));
	assert_string_equal(expr_text(e), "12");
	expr_destroy(e);
	err = expr_compile(more, &scope, &e);
	assert_string_equal(err->message,
	                    "the expression is longer than 65536 bytes");
	error_destroy(err);
	err = expr_compile(name, &scope, &e);
	assert_int_equal(err->kind, ERROR_NOT_FOUND);
	error_destroy(err);
	err = expr_compile(longer, &scope, &e);
	assert_string_equal(err->message, "name too long: "
	                    "\"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\"..."
	                    " at column 1");
	error_destroy(err);
	free(most);
	free(more);
	free(name);
	free(longer);
}

static void nothing_is_touched_on_error(void **state)
{
	struct expr *e = (struct expr *)0x10;
	size_t end = 99;
	struct error *err = expr_compile_prefix("1 + ", &scope, &e, &end);

	(void)state;
	assert_non_null(err);
	assert_ptr_equal(e, (struct expr *)0x10);
	assert_int_equal(end, 99);
	error_destroy(err);
	expr_destroy(NULL);
}

static void integers_are_read(void **state)
{
	static const struct {
		const char *text;
		enum expr_type type;
		uint64_t value;
	} rows[] = {
		{ "0", EXPR_INT, 0 }, { "-0", EXPR_INT, 0 },
		{ " 42\t", EXPR_INT, 42 }, { "+7", EXPR_INT, 7 },
		{ "-13", EXPR_INT, (uint64_t)-13 },
		{ "0x10", EXPR_INT, 16 }, { "-0x10", EXPR_INT, (uint64_t)-16 },
		{ "017", EXPR_INT, 15 }, { "0b101", EXPR_INT, 5 },
		{ "5u", EXPR_UINT, 5 }, { "5L", EXPR_INT, 5 },
		{ "9223372036854775807", EXPR_INT, INT64_MAX },
		{ "9223372036854775808", EXPR_UINT, 1ull << 63 },
		{ "-9223372036854775808", EXPR_INT, 1ull << 63 },
		{ "-0x8000000000000000", EXPR_INT, 1ull << 63 },
		{ "18446744073709551615", EXPR_UINT, UINT64_MAX },
		{ "0xffffffffffffffff", EXPR_UINT, UINT64_MAX },
	};
	static const struct { const char *text, *message; } bad[] = {
		{ "", "\"\" is not an integer" },
		{ "-", "\"-\" is not an integer" },
		{ "--1", "\"--1\" is not an integer" },
		{ "- 1", "\"- 1\" is not an integer" },
		{ "1 2", "\"1 2\" is not an integer" },
		{ "1-", "\"1-\" is not an integer" },
		{ "0x", "\"0x\" is not an integer" },
		{ "09", "\"09\" is not an integer" },
		{ "one", "\"one\" is not an integer" },
		{ "1.0", "\"1.0\" is not an integer" },
		{ "\0331", "\"\\0331\" is not an integer" },
		{ "18446744073709551616",
		  "\"18446744073709551616\" is beyond 64 bits" },
		{ "-9223372036854775809",
		  "\"-9223372036854775809\" is beyond 64 bits" },
		{ "-18446744073709551615",
		  "\"-18446744073709551615\" is beyond 64 bits" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct expr_value v = { EXPR_STRING, { 0 } };

		assert_null(expr_parse_integer(rows[i].text, &v));
		assert_int_equal(v.type, rows[i].type);
		assert_int_equal(v.u, rows[i].value);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct expr_value v = { EXPR_INT, { .i = 5 } };
		struct error *err = expr_parse_integer(bad[i].text, &v);

		if (!err)
			fail_msg("%s: no error", bad[i].text);
		assert_string_equal(err->message, bad[i].message);
		assert_int_equal(err->kind, ERROR_USAGE);
		assert_int_equal(v.i, 5);
		error_destroy(err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_say_what_and_where),
		cmocka_unit_test(nesting_has_a_bound),
		cmocka_unit_test(the_stack_has_a_bound),
		cmocka_unit_test(long_chains_need_no_depth),
		cmocka_unit_test(text_has_a_bound),
		cmocka_unit_test(nothing_is_touched_on_error),
		cmocka_unit_test(integers_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
