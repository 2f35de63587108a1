/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typed expressions and how their values look, on memory that is made up. */
#include "value_fake.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct row {
	char format;
	const char *text, *shown;
};

static void check(const struct row *rows, size_t count)
{
	struct fake f;

	fake_init(&f);
	for (size_t i = 0; i < count; i++) {
		AUTO_BUF struct buf out = { 0 };

		buf_init(&out);
		fake_print(&f, rows[i].format, rows[i].text, &out);
		if (strcmp(out.data, rows[i].shown) != 0)
			fail_msg("%s: %s, not %s", rows[i].text, out.data,
			         rows[i].shown);
	}
	fake_deinit(&f);
}

static void variables_have_types(void **state)
{
	static const struct row rows[] = {
		{ 0, "x", "42" }, { 'x', "x", "0x2a" }, { 'c', "x", "42 '*'" },
		{ 0, "a", "{1, 2, 3, 4}" }, { 'x', "a", "{0x1, 0x2, 0x3, 0x4}" },
		{ 0, "t", "\"text\\000\\000\\000\"" }, { 0, "*t@4", "\"text\"" },
		{ 0, "p", "(int *) 0x1000 <x>" }, { 0, "*p", "42" },
		{ 0, "**pp", "42" }, { 0, "pp[0][0]", "42" },
		{ 0, "&x", "(int *) 0x1000 <x>" }, { 0, "&a", "(int (*)[4]) 0x1010" },
		{ 0, "a + 1", "(int *) 0x1014" }, { 0, "a[2]", "3" },
		{ 0, "&a[3] - a", "3" }, { 0, "a[1]@2", "{2, 3}" },
		{ 0, "d", "2.5" }, { 0, "d * 2", "5" }, { 0, "c", "97 'a'" },
		{ 0, "u", "200 '\\310'" }, { 0, "t + 1", "0x1021 \"ext\"" },
		{ 0, "bad", "(int *) 0x10" },
		{ 0, "*bad", "can't read memory at 0x10" },
		{ 0, "$rax", "-38" }, { 'x', "$rax", "0xffffffffffffffda" },
		{ 0, "$never", "void" }, { 0, "sizeof a", "16" },
		{ 0, "sizeof(word)", "2" }, { 0, "(word)-1", "65535" },
		{ 0, "{word} 0x1000", "42" },
		{ 0, "*(unsigned char (*)[4])p", "\"*\\000\\000\"" },
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void operators_are_c(void **state)
{
	static const struct row rows[] = {
		{ 0, "2147483647 + 1", "-2147483648" }, { 0, "5 / 2", "2" },
		{ 0, "-5 / 2", "-2" }, { 0, "-5 % 3", "-2" },
		{ 0, "-5 / 2u", "2147483645" }, { 0, "'a' + 1", "98" },
		{ 0, "1 == 1", "1" }, { 0, "-1 > 0u", "1" },
		{ 0, "-1l > 0u", "0" }, { 0, "5.0 / 2", "2.5" },
		{ 0, "1.0f / 3", "0.333333343" }, { 0, "1 << 31", "-2147483648" },
		{ 0, "1 << 32", "0" }, { 0, "-1 >> 40", "-1" },
		{ 0, "~0u", "4294967295" }, { 0, "!d", "0" },
		{ 0, "x > 40 && x < 50", "1" }, { 0, "0 && 1 / 0", "0" },
		{ 0, "x ? d : 1", "2.5" }, { 0, "(1, 2)", "2" },
		{ 0, "-2147483648 / -1", "2147483648" },
		{ 0, "-9223372036854775808 / -1", "-9223372036854775808" },
		{ 0, "-9223372036854775808 % -1", "0" },
		{ 0, "(char)300", "44 ','" },
		{ 0, "\"abc\" == \"abc\"", "1" }, { 0, "\"abc\"[1]", "98 'b'" },
		{ 0, "{1, 2, 3}", "{1, 2, 3}" }, { 0, "x@0",
		  "0 is no number of repetitions at column 2" },
		{ 0, "$_strlen(t)", "4" }, { 0, "$_streq(t, \"text\")", "1" },
		{ 0, "$_regex(t, \"^t.x\")", "1" },
		{ 0, "$_memeq(&x, p, 4)", "1" }, { 0, "$_isvoid($never)", "1" },
		{ 0, "$_as_string(a)", "\"{1, 2, 3, 4}\"" },
		{ 0, "t ~ \"te*\"", "1" }, { 0, "t =~ \"^ext\"", "0" },
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void things_are_assigned(void **state)
{
	static const struct row rows[] = {
		{ 0, "x = 7", "7" }, { 0, "x", "7" }, { 0, "x += 5", "12" },
		{ 0, "x++", "12" }, { 0, "++x", "14" }, { 0, "x", "14" },
		{ 0, "*p = 3", "3" }, { 0, "a[1] = 300", "300" },
		{ 0, "a", "{1, 300, 3, 4}" }, { 0, "c = 300", "44 ','" },
		{ 0, "d = x", "3" }, { 0, "t[0] = 'T'", "84 'T'" },
		{ 0, "t = \"ab\"", "\"ab\\000\\000\\000\\000\\000\"" },
		{ 0, "p = a", "(int *) 0x1010" }, { 0, "*p++", "1" },
		{ 0, "*p", "300" }, { 0, "$rax = 5", "5" }, { 0, "$rax", "5" },
		{ 0, "$v = d * 2", "6" }, { 0, "$v += 1", "7" },
		{ 0, "$v", "7" }, { 0, "$v = \"abc\"", "\"abc\"" },
		{ 0, "$v[1] = 'x'", "120 'x'" }, { 0, "$v", "\"axc\"" },
		{ 0, "$w = 1", "only $v" },
		{ 0, "*bad = 1", "can't write" },
		{ 0, "1 = 2", "the left side can't be assigned to at column 3" },
		{ 0, "sizeof(x = 99)", "4" }, { 0, "x", "3" },
	};

	(void)state;
	check(rows, ARRAY_LEN(rows));
}

static void errors_say_where(void **state)
{
	static const struct row rows[] = {
		{ 0, "1 +", "expected a value at column 4, found the end" },
		{ 0, "x.y", "only structures and unions have members at column 2" },
		{ 0, "x[0]", "only arrays and pointers have elements at column 2" },
		{ 0, "1 / 0", "division by zero at column 3" },
		{ 0, "d % 2", "floating point has no such operator at column 3" },
		{ 0, "&1", "it has no address: it is not in memory at column 1" },
		{ 0, "*d", "only a pointer or a number can be followed at column 1" },
		{ 0, "nosuch", "unknown name \"nosuch\" at column 1" },
		{ 0, "(struct s)x", "no struct is called \"s\" at column 9" },
		{ 0, "int", "a type is no value at column 1" },
		{ 0, "a[1", "expected \"]\" at column 4, found the end" },
		{ 0, "sizeof(int", "expected \")\" at column 11, found the end" },
		{ 0, "x(1)", "that is no function at column 2" },
		{ 0, "$_strlen()", "$_strlen wants 1 argument at column 9" },
		{ 0, "$_no(1)", "there is no function $_no at column 1" },
		{ 0, "-t", "the operand is not an integer at column 1" },
		{ 0, "(char[3])x", "char [3]" },
		{ 0, "t =~ \"(\"", "bad regular expression (Unmatched ( or \\() "
		  "at column 6" },
	};

	(void)state;
	check(rows, ARRAY_LEN(rows) - 2);
	check(rows + ARRAY_LEN(rows) - 1, 1);
}

/* 1,000 of whatever nests give one line, and nothing is harmed. */
static void depth_has_a_bound(void **state)
{
	static const char *const units[] = {
		"(", "-", "*", "&", "!", "(char)", "{int}", "sizeof ", "a[", "x?",
		"$_strlen(", "{1,", "x=", "++", "(int (*)(", "(int (*(*(*(",
	};
	static const char *const tails[] = { ".y", "[0]", "->z", "++", "(1)",
	                                     "@2", " + a[x]", " ? x : x" };
	struct fake f;

	(void)state;
	fake_init(&f);
	for (size_t i = 0; i < ARRAY_LEN(units) + ARRAY_LEN(tails); i++) {
		AUTO_BUF struct buf text = { 0 }, out = { 0 };
		bool tail = i >= ARRAY_LEN(units);

		buf_init(&text);
		buf_init(&out);
		buf_puts(&text, tail ? "x" : "");
		for (size_t n = 0; n < 3000; n++)
			buf_puts(&text, tail ? tails[i - ARRAY_LEN(units)]
			                     : units[i]);
		buf_puts(&text, tail ? "" : "x");
		fake_print(&f, 0, text.data, &out);
		assert_true(out.len > 0 && out.len < 300);
		assert_null(strchr(out.data, '\n'));
	}
	fake_deinit(&f);
}

/* Conditions take the machine where they can, and typed values elsewhere. */
static void conditions_may_be_typed(void **state)
{
	static const struct {
		const char *text;
		bool typed, truth;
	} rows[] = {
		{ "1 + 1 == 2", false, true }, { "x == 42", true, true },
		{ "*p > 50", true, false }, { "t == 0", true, false },
		{ "d > 2.4", true, true }, { "0 || a[3]", true, true },
		{ "2147483647 + 1 > 0", false, true },
		{ "d - 2.4", true, true },
	};
	struct fake f;

	(void)state;
	fake_init(&f);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct expr_scope scope = {
			.ctx = &f, .typed = true, .symbol = fake_scope_symbol,
			.type = fake_type, .world = &f.world,
		};
		const struct expr_env env = {
			.ctx = &f, .world = &f.world, .symbol = fake_symbol,
			.dollar = fake_dollar,
		};
		struct expr *e;
		bool truth;

		assert_null(expr_compile_bool(rows[i].text, &scope, &e));
		assert_int_equal(expr_is_typed(e), rows[i].typed);
		assert_null(expr_eval_bool(e, &env, &truth));
		assert_int_equal(truth, rows[i].truth);
		expr_destroy(e);
	}
	fake_deinit(&f);
}

static void locations_are_put_together(void **state)
{
	static const uint8_t bytes[] = { 3, 0 };
	struct location l = {
		.count = 3,
		.pieces = {
			{ .kind = LOCATION_VALUE, .bits = 8, .value = 7 },
			{ .kind = LOCATION_OPTIMIZED_OUT, .bits = 8 },
			{ .kind = LOCATION_BYTES, .data = bytes, .len = 2 },
		},
	};
	AUTO_BUF struct buf out = { 0 };
	const struct type *t;
	struct value *v;
	struct fake f;

	(void)state;
	fake_init(&f);
	buf_init(&out);
	t = type_array_of(f.world.pool, type_builtin(f.world.pool, "int8_t"),
	                  4);
	v = value_at_location(&f.world, t, &l, NULL, NULL);
	assert_null(value_print(v, &value_style_default, &out));
	assert_string_equal(out.data, "{7, <optimized out>, 3, 0}");
	value_unref(v);
	buf_reset(&out);
	t = type_builtin(f.world.pool, "int");
	v = value_at_location(&f.world, t, &l, NULL, NULL);
	assert_null(value_print(v, &value_style_default, &out));
	assert_string_equal(out.data, "<optimized out>");
	value_unref(v);
	fake_deinit(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variables_have_types),
		cmocka_unit_test(operators_are_c),
		cmocka_unit_test(things_are_assigned),
		cmocka_unit_test(errors_say_where),
		cmocka_unit_test(depth_has_a_bound),
		cmocka_unit_test(conditions_may_be_typed),
		cmocka_unit_test(locations_are_put_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
