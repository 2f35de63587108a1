/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integer expressions: the C compiler that builds this test is the oracle. */
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The same names mean the same to C and to the scope. */
static const int64_t s0 = 0, s1 = 7, s2 = -3, big = INT64_MAX;
static const uint64_t u1 = 5, u2 = UINT64_MAX - 1;

static const struct name {
	const char *name;
	const void *value;
	bool is_unsigned;
} names[] = {
	{ "s0", &s0, false },   { "s1", &s1, false }, { "s2", &s2, false },
	{ "big", &big, false }, { "u1", &u1, true },  { "u2", &u2, true },
};

static struct error *scope_name(void *ctx, const char *name,
                                struct expr_ref *ref)
{
	(void)ctx;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i].name, name)) {
			ref->kind = EXPR_REF_SLOT;
			ref->type = names[i].is_unsigned ? EXPR_UINT : EXPR_INT;
			ref->data = names[i].value;
		}
	return NULL;
}

static struct error *env_get(void *ctx, const struct expr_ref *ref,
                             bool as_string, struct expr_value *value)
{
	(void)ctx;
	assert_false(as_string);
	value->type = ref->type;
	memcpy(&value->u, ref->data, sizeof(value->u));
	return NULL;
}

static const struct expr_scope scope = { .name = scope_name };
static const struct expr_env env = { .get = env_get };

static void assert_number(const char *text, enum expr_type type,
                          uint64_t value)
{
	struct expr_value v = { EXPR_STRING, { 0 } };
	struct expr *e = NULL;
	struct error *err = expr_compile(text, &scope, &e);

	if (!err)
		err = expr_eval(e, &env, &v);
	if (err)
		fail_msg("%s: %s", text, err->message);
	if (v.type != type || v.u != value || expr_type(e) != type)
		fail_msg("%s: %s %#llx, not %#llx", text,
		         v.type == EXPR_INT ? "int" : "uint",
		         (unsigned long long)v.u, (unsigned long long)value);
	expr_destroy(e);
}

/*
 * The text, and what the compiler of this test makes of it.  Literals have
 * ll, so that C computes in 64 bits as well.
 */
#define C_SAYS(e) { #e, (uint64_t)(e), \
	__builtin_types_compatible_p(__typeof__(e), uint64_t) || \
	__builtin_types_compatible_p(__typeof__(e), unsigned long long) }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wextra"
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wlogical-op-parentheses"
#pragma GCC diagnostic ignored "-Wbitwise-op-parentheses"
#pragma GCC diagnostic ignored "-Wshift-op-parentheses"
#pragma GCC diagnostic ignored "-Wconstant-logical-operand"
#pragma GCC diagnostic ignored "-Wconstant-conversion"
#else
#pragma GCC diagnostic ignored "-Wint-in-bool-context"
#pragma GCC diagnostic ignored "-Wbool-compare"
#endif
static void values_are_cs(void **state)
{
	const struct { const char *text; uint64_t value; bool uint; } rows[] = {
		C_SAYS(1ll + 2ll * 3ll), C_SAYS(s1 + s2 * 2ll),
		C_SAYS(s1 - s2 - 1ll), C_SAYS(100ll / s1 / 2ll),
		C_SAYS(s1 * s2 % 4ll), C_SAYS(-s1 % 4ll), C_SAYS(s1 % s2),
		C_SAYS(s2 / 2ll), C_SAYS(-7ll / 2ll), C_SAYS(-7ll % 2ll),
		C_SAYS(u2 / 3ll), C_SAYS(u2 % 1000ll), C_SAYS(s2 / u1),
		C_SAYS(1ll << 3ll + 1ll), C_SAYS(1ll + 1ll << 3ll),
		C_SAYS(u1 << 62ll), C_SAYS(u2 >> 1ll), C_SAYS(s2 >> 1ll),
		C_SAYS(s2 >> u1), C_SAYS(u2 >> s1), C_SAYS(1ll << u1),
		C_SAYS(1ll << 2ll << 3ll), C_SAYS(256ll >> 2ll >> 1ll),
		C_SAYS(s1 < 8ll == 1ll), C_SAYS(1ll == s1 < 8ll),
		C_SAYS(s1 & 3ll == 3ll), C_SAYS((s1 & 3ll) == 3ll),
		C_SAYS(s1 | 8ll ^ 12ll & 4ll), C_SAYS(s1 ^ 2ll | 2ll),
		C_SAYS(s1 & 12ll ^ 5ll), C_SAYS(12ll ^ s1 & 6ll),
		C_SAYS(1ll || 0ll && 0ll), C_SAYS((1ll || 0ll) && 0ll),
		C_SAYS(s0 || s1 && s0), C_SAYS(s0 && s1 || s1),
		C_SAYS(s1 && s2), C_SAYS(s0 || s0), C_SAYS(s0 || u2),
		C_SAYS(s0 ? s1 : s2), C_SAYS(s1 ? s2 : s0),
		C_SAYS(s0 ? 1ll : s1 ? 2ll : 3ll),
		C_SAYS(s1 ? s0 ? 4ll : 5ll : 6ll), C_SAYS(s1 ? s2 : u1),
		C_SAYS(s0 ? u1 : s2), C_SAYS(1ll ? s2 : u1),
		C_SAYS(s0 || s1 ? 10ll : 20ll), C_SAYS(s1 > 3ll ? 1ll : 0ll),
		C_SAYS(s2 < u1), C_SAYS(s2 < s1), C_SAYS(s2 > u1),
		C_SAYS(s2 <= u2), C_SAYS(u2 >= s2), C_SAYS(s2 >= -3ll),
		C_SAYS(-1ll < 0ull), C_SAYS(-1ll > 0ull), C_SAYS(-1ll < 0ll),
		C_SAYS(s1 <= 7ll), C_SAYS(s1 >= 8ll), C_SAYS(s1 != 7ll),
		C_SAYS(1ll < 2ll < 3ll), C_SAYS(3ll > 2ll > 1ll),
		C_SAYS(1ll == 2ll == 0ll), C_SAYS(1ll != 2ll != 3ll),
		C_SAYS(!s0), C_SAYS(!s1), C_SAYS(!!s1), C_SAYS(!u1),
		C_SAYS(~s0), C_SAYS(~u1), C_SAYS(~~s1), C_SAYS(-u1),
		C_SAYS(- -s1), C_SAYS(-~s1), C_SAYS(~-s1), C_SAYS(+s2),
		C_SAYS(!s1 + 1ll), C_SAYS(-s1 + 1ll), C_SAYS(~s1 & 15ll),
		C_SAYS(s1 - -s1), C_SAYS(s1 - - - s1), C_SAYS(-s1 * -s2),
		C_SAYS((s1 + s2) * (s1 - s2)), C_SAYS(((((s1))))),
		C_SAYS(s1 + u1), C_SAYS(s2 + u1), C_SAYS(s2 * u2),
		C_SAYS(u1 - u2), C_SAYS(s1 == u1 + 2ll), C_SAYS(s2 == u2),
		C_SAYS(0x7fffffffffffffffll), C_SAYS(0xffffffffffffffffull),
		C_SAYS(0xFFll), C_SAYS(0777ll), C_SAYS(0b1011ll), C_SAYS(0ll),
		C_SAYS(10ull), C_SAYS(10LLU), C_SAYS(0xfULL), C_SAYS(00ll),
		C_SAYS('a' + 0ll), C_SAYS('\n' + 0ll), C_SAYS('\0' + 0ll),
		C_SAYS('\377' + 0ll), C_SAYS('\x41' + 0ll),
		C_SAYS('\'' + 0ll), C_SAYS('"' + 0ll), C_SAYS('\\' + 0ll),
		C_SAYS('\a' + 0ll), C_SAYS('\101' + 0ll), C_SAYS(' ' + 0ll),
		C_SAYS(big - 1ll), C_SAYS(big / s2), C_SAYS(-big - 1ll),
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_number(rows[i].text,
		              rows[i].uint ? EXPR_UINT : EXPR_INT,
		              rows[i].value);
}
#pragma GCC diagnostic pop

static void what_c_leaves_open_is_defined(void **state)
{
	(void)state;
	assert_number("big + 1", EXPR_INT, 1ull << 63);
	assert_number("9223372036854775807 + 1", EXPR_INT, 1ull << 63);
	assert_number("(-big - 1) / -1", EXPR_INT, 1ull << 63);
	assert_number("(-big - 1) % -1", EXPR_INT, 0);
	assert_number("s2 % (s0 - 1)", EXPR_INT, 0);
	assert_number("-9223372036854775808", EXPR_INT, 1ull << 63);
	assert_number("-9223372036854775808 < 0", EXPR_INT, 1);
	assert_number("9223372036854775808", EXPR_UINT, 1ull << 63);
	assert_number("0x8000000000000000", EXPR_UINT, 1ull << 63);
	assert_number("18446744073709551615", EXPR_UINT, UINT64_MAX);
	assert_number("s2 << 1", EXPR_INT, (uint64_t)-6);
	assert_number("'\\e'", EXPR_INT, 27);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_cs),
		cmocka_unit_test(what_c_leaves_open_is_defined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
