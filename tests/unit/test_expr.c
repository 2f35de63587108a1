/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions: names, strings, types, what is asked for and what is not. */
#include "base/alloc.h"
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char pathname[] = "/etc/hosts", other[] = "/etc/passwd";
static const char bytes[] = "a\0b";

enum { PATHNAME_AT = 0x1000, OTHER_AT = 0x2000, BYTES_AT = 0x3000 };

static const struct name {
	const char *name;
	enum expr_type type;
	uint64_t value;      /* of a string: the pointer */
	const char *string;
	size_t len;
} names[] = {
	{ "s0", EXPR_INT, 0, NULL, 0 },
	{ "s1", EXPR_INT, 7, NULL, 0 },
	{ "s2", EXPR_INT, (uint64_t)-3, NULL, 0 },
	{ "u1", EXPR_UINT, 5, NULL, 0 },
	{ "pathname", EXPR_STRING, PATHNAME_AT, pathname,
	  sizeof(pathname) - 1 },
	{ "other", EXPR_STRING, OTHER_AT, other, sizeof(other) - 1 },
	{ "bytes", EXPR_STRING, BYTES_AT, bytes, sizeof(bytes) - 1 },
	{ "null", EXPR_STRING, 0, NULL, 0 },
	{ "addr.sin_port", EXPR_INT, 443, NULL, 0 },
	{ "$rax", EXPR_INT, (uint64_t)-38, NULL, 0 },
	{ "$rsp", EXPR_UINT, 0x7ffc0000, NULL, 0 },
};

/* What the environment was asked for. */
struct asked {
	unsigned numbers, strings;
};

static struct error *find(const char *name, struct expr_ref *ref)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (!strcmp(names[i].name, name)) {
			ref->kind = EXPR_REF_SLOT;
			ref->type = names[i].type;
			ref->slot = (unsigned)i;
			ref->data = &names[i];
		}
	return NULL;
}

static struct error *scope_name(void *ctx, const char *name,
                                struct expr_ref *ref)
{
	(void)ctx;
	if (!strcmp(name, "ENOENT")) {
		ref->kind = EXPR_REF_CONSTANT;
		ref->value = (struct expr_value){ EXPR_INT, { .i = 2 } };
		return NULL;
	}
	if (!strcmp(name, "greeting")) {
		ref->kind = EXPR_REF_CONSTANT;
		ref->value = (struct expr_value){ EXPR_STRING,
		                                  { .s = { "hello", 5 } } };
		return NULL;
	}
	if (!strcmp(name, "late"))
		return error_new(ERROR_REFUSED, "late is known at exit only");
	return find(name, ref);
}

static struct error *scope_reg(void *ctx, const char *name,
                               struct expr_ref *ref)
{
	AUTO_FREE char *full = xasprintf("$%s", name);

	(void)ctx;
	return find(full, ref);
}

static void scope_each(void *ctx, void (*fn)(void *arg, const char *name),
                       void *arg)
{
	(void)ctx;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		fn(arg, names[i].name);
}

static struct error *env_get(void *ctx, const struct expr_ref *ref,
                             bool as_string, struct expr_value *value)
{
	const struct name *n = &names[ref->slot];
	struct asked *asked = ctx;

	assert_ptr_equal(ref->data, n);
	asked->numbers += !as_string;
	asked->strings += as_string;
	if (!as_string) {
		value->type = n->type == EXPR_STRING ? EXPR_UINT : n->type;
		value->u = n->value;
		return NULL;
	}
	assert_int_equal(n->type, EXPR_STRING);
	if (!n->string)
		return error_fault(n->value, "can't read %s", n->name);
	value->type = EXPR_STRING;
	value->s.data = n->string;
	value->s.len = n->len;
	return NULL;
}

static const struct expr_scope scope = {
	.name = scope_name, .reg = scope_reg, .each = scope_each,
};

static struct expr *compile(const char *text)
{
	struct expr *e = NULL;
	struct error *err = expr_compile(text, &scope, &e);

	if (err)
		fail_msg("%s: %s", text, err->message);
	return e;
}

/* The value as a number, by both the plain and the numeric evaluation. */
static struct expr_value number(const char *text)
{
	struct asked asked = { 0 };
	struct expr_env env = { .ctx = &asked, .get = env_get };
	struct expr_value v = { EXPR_STRING, { 0 } }, w = v;
	struct expr *e = compile(text);
	struct error *err = expr_eval(e, &env, &v);

	if (err)
		fail_msg("%s: %s", text, err->message);
	assert_null(expr_eval_number(e, &env, &w));
	assert_int_equal(v.type, expr_type(e));
	if (v.type != EXPR_STRING) {
		assert_int_equal(v.type, w.type);
		assert_int_equal(v.u, w.u);
	}
	expr_destroy(e);
	return w;
}

static void assert_number(const char *text, enum expr_type type,
                          uint64_t value)
{
	struct expr_value v = number(text);

	if (v.type != type || v.u != value)
		fail_msg("%s: %s %#llx, not %#llx", text,
		         v.type == EXPR_INT ? "int" : "uint",
		         (unsigned long long)v.u, (unsigned long long)value);
}

static void assert_fault(const char *text, enum error_kind kind,
                         const char *message)
{
	struct expr *e = NULL;
	struct error *err = expr_compile(text, &scope, &e);

	if (!err)
		fail_msg("%s: compiled, not: %s", text, message);
	assert_null(e);
	assert_string_equal(err->message, message);
	assert_int_equal(err->kind, kind);
	error_destroy(err);
}

static void assert_eval_fault(const char *text, const char *message)
{
	struct asked asked = { 0 };
	struct expr_env env = { .ctx = &asked, .get = env_get };
	struct expr_value v = { EXPR_INT, { .i = 77 } };
	struct expr *e = compile(text);
	struct error *err = expr_eval(e, &env, &v);

	if (!err)
		fail_msg("%s: no error", text);
	assert_string_equal(err->message, message);
	assert_int_equal(v.i, 77);
	error_destroy(err);
	expr_destroy(e);
}

static void names_and_registers_resolve(void **state)
{
	(void)state;
	assert_number("$rax == -38", EXPR_INT, 1);
	assert_number("$rsp + 8", EXPR_UINT, 0x7ffc0008);
	assert_number("addr.sin_port == 443", EXPR_INT, 1);
	assert_number("-ENOENT", EXPR_INT, (uint64_t)-2);
	assert_number("ENOENT*2", EXPR_INT, 4);
	assert_fault("pathnam == 1", ERROR_NOT_FOUND, "unknown name "
	             "\"pathnam\" at column 1; did you mean pathname?");
	assert_fault("1 +\thtapname", ERROR_NOT_FOUND,
	             "unknown name \"htapname\" at column 5; did you mean "
	             "pathname?");
	assert_fault("$rxa", ERROR_NOT_FOUND, "unknown register or variable \"$rxa\" at "
	             "column 1; did you mean $rax?");
	assert_fault("rax", ERROR_NOT_FOUND,
	             "unknown name \"rax\" at column 1");
	assert_fault("1 + nothing_like_it", ERROR_NOT_FOUND,
	             "unknown name \"nothing_like_it\" at column 5");
	assert_fault("s1 + late", ERROR_REFUSED,
	             "late is known at exit only at column 6");
	assert_fault("\"\303\251\303\251\" == x1y2z3", ERROR_NOT_FOUND,
	             "unknown name \"x1y2z3\" at column 9");
}

static void no_scope_has_no_names(void **state)
{
	static const struct expr_scope empty = { 0 };
	const struct expr_scope *scopes[] = { NULL, &empty };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
		struct expr *e = NULL;
		struct expr_value v;
		struct error *err = expr_compile("$rax", scopes[i], &e);

		assert_string_equal(err->message,
		                    "unknown register or variable \"$rax\" at column 1");
		error_destroy(err);
		err = expr_compile("s1", scopes[i], &e);
		assert_int_equal(err->kind, ERROR_NOT_FOUND);
		error_destroy(err);
		assert_null(expr_compile("6 * 7", scopes[i], &e));
		assert_null(expr_eval(e, NULL, &v));
		assert_int_equal(v.i, 42);
		expr_destroy(e);
	}
}

static void strings_compare_as_bytes(void **state)
{
	static const struct { const char *text; bool truth; } rows[] = {
		{ "pathname == \"/etc/hosts\"", true },
		{ "\"/etc/hosts\" == pathname", true },
		{ "pathname == \"/etc/host\"", false },
		{ "pathname != \"/etc/host\"", true },
		{ "pathname > \"/etc/host\"", true },
		{ "pathname >= \"/etc/hosts\"", true },
		{ "pathname <= \"/etc/hosts\"", true },
		{ "pathname < \"/etc/hosts\"", false },
		{ "pathname < \"/f\"", true },
		{ "pathname < other", true },
		{ "pathname == pathname", true },
		{ "pathname == other", false },
		{ "\"\\377\" > \"a\"", true },
		{ "\"\" < \"a\"", true },
		{ "\"\" == \"\"", true },
		{ "bytes == \"a\\0b\"", true },
		{ "bytes == \"a\"", false },
		{ "bytes > \"a\"", true },
		{ "bytes == \"a\\0c\"", false },
		{ "greeting == \"hello\"", true },
		{ "(s1 ? pathname : other) == \"/etc/hosts\"", true },
		{ "(s0 ? pathname : \"x\") == \"x\"", true },
		{ "pathname == \"/etc/hosts\" && s1 == 7", true },
		{ "!(pathname == other) == 1", true },
		{ "pathname ~ \"/etc/*\"", true },
		{ "pathname ~ \"*\"", true },
		{ "pathname ~ \"*hosts\"", true },
		{ "pathname ~ \"/*ts\"", true },
		{ "pathname ~ \"/etc/host?\"", true },
		{ "pathname ~ \"/etc/[a-h]osts\"", true },
		{ "pathname ~ \"/etc\"", false },
		{ "pathname ~ \"\"", false },
		{ "pathname ~ \"/usr/*\"", false },
		{ "\"a*b\" ~ \"a\\\\*b\"", true },
		{ "\"axb\" ~ \"a\\\\*b\"", false },
		{ "bytes ~ \"a?b\"", true },
		{ "bytes ~ \"a\"", false },
		{ "!(pathname ~ \"/usr/*\")", true },
		{ "pathname =~ \"^/etc/\"", true },
		{ "pathname =~ \"hosts$\"", true },
		{ "pathname =~ \"^hosts\"", false },
		{ "pathname =~ \"(host|name)s\"", true },
		{ "pathname =~ \"\"", true },
		{ "pathname=~\"o.t\"", true },
		{ "bytes =~ \"b$\"", true },
		{ "bytes =~ \"^a$\"", false },
		{ "\"abc\" =~ \"^a{1}b{1,2}c{0,}$\"", true },
		{ "\"\" =~ \"^$\"", true },
		{ "s1 == 7 && pathname ~ \"/etc/*\" && other ~ \"*d\"", true },
		{ "pathname ~ \"/x\" == 0", true }, /* left to right */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_number(rows[i].text, EXPR_INT, rows[i].truth);
}

static void string_names_are_pointers_to_numbers(void **state)
{
	(void)state;
	assert_number("pathname == 0", EXPR_INT, 0);
	assert_number("null == 0", EXPR_INT, 1);
	assert_number("0 != null", EXPR_INT, 0);
	assert_number("!null", EXPR_INT, 1);
	assert_number("null && null == \"x\"", EXPR_INT, 0);
	assert_number("pathname + 1", EXPR_UINT, PATHNAME_AT + 1);
	assert_number("other - pathname", EXPR_UINT, OTHER_AT - PATHNAME_AT);
	assert_number("s1 ? pathname : 0", EXPR_UINT, PATHNAME_AT);
	assert_number("s0 ? 1 : pathname", EXPR_UINT, PATHNAME_AT);
	assert_number("pathname > 0xfff", EXPR_INT, 1);
	assert_number("pathname", EXPR_UINT, PATHNAME_AT);
	assert_number("(other)", EXPR_UINT, OTHER_AT);
	assert_number("+other", EXPR_UINT, OTHER_AT);
}

static void memory_is_read_for_strings_only(void **state)
{
	static const struct {
		const char *text;
		unsigned numbers, strings;
	} rows[] = {
		{ "pathname == 0", 1, 0 },
		{ "pathname == \"x\"", 0, 1 },
		{ "pathname == other", 0, 2 },
		{ "s0 && pathname == \"x\"", 1, 0 },
		{ "s1 && pathname == \"x\"", 1, 1 },
		{ "s1 || pathname == \"x\"", 1, 0 },
		{ "s0 || pathname == \"x\"", 1, 1 },
		{ "s1 ? s2 : pathname == \"x\"", 2, 0 },
		{ "s0 ? s2 : pathname == \"x\"", 1, 1 },
		{ "0 && pathname == \"x\"", 0, 0 },
		{ "1 || s1", 0, 0 },
		{ "1 && s1", 1, 0 },
		{ "0 || s1 || s2", 1, 0 },
		{ "0 ? s1 + s2 : u1", 1, 0 },
		{ "1 ? u1 : s1 + s2", 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct asked asked = { 0 };
		struct expr_env env = { .ctx = &asked, .get = env_get };
		struct expr *e = compile(rows[i].text);
		bool truth;

		assert_null(expr_eval_bool(e, &env, &truth));
		assert_int_equal(asked.numbers, rows[i].numbers);
		assert_int_equal(asked.strings, rows[i].strings);
		assert_int_equal(expr_is_constant(e),
		                 !rows[i].numbers && !rows[i].strings);
		expr_destroy(e);
	}
}

static void constants_are_folded(void **state)
{
	static const char *const constant[] = {
		"0", "1 == 2", "-(3 + 4) * 2", "\"a\" < \"b\"", "\"text\"",
		"\"a\" ~ \"?\"", "\"a\" =~ \"b\"", "1 ? 2 : s1", "0 ? s1 : 2",
		"0 && s1", "1 || s1", "ENOENT + 1", "1 || 1 / 0", "(1)",
		"0 ? 1 / 0 : 3", "0 && 1 << 99", "1 && 2", "0 || 0", "'x'",
		"1 ? \"a\" : \"b\"", "(1 && (0 || 5)) ? 1 + 1 : s2",
	};
	static const char *const variable[] = {
		"s1", "s1 * 0", "s1 && 0", "1 ? s1 : 2", "$rax", "pathname",
		"pathname ~ \"*\"", "s1 || 1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(constant); i++) {
		struct expr *e = compile(constant[i]);
		struct expr_value v;

		if (!expr_is_constant(e))
			fail_msg("%s is not constant", constant[i]);
		assert_null(expr_eval(e, NULL, &v));
		expr_destroy(e);
	}
	for (size_t i = 0; i < ARRAY_LEN(variable); i++) {
		struct expr *e = compile(variable[i]);

		if (expr_is_constant(e))
			fail_msg("%s is constant", variable[i]);
		expr_destroy(e);
	}
	assert_number("(1 && (0 || 5)) ? 1 + 1 : s2", EXPR_INT, 2);
	assert_number("1 && 2", EXPR_INT, 1);
	assert_number("s1 && (1 ? s1 && (0 || s2) : 0) || 0", EXPR_INT, 1);
}

static void results_may_be_strings(void **state)
{
	static const struct {
		const char *text, *data;
		size_t len;
	} rows[] = {
		{ "pathname", pathname, sizeof(pathname) - 1 },
		{ "bytes", bytes, 3 },
		{ "\"\\x41\\102\\n\\0z\\t\\\"\\?\"", "AB\n\0z\t\"?", 8 },
		{ "\"\"", "", 0 },
		{ "\"\303\251\"", "\303\251", 2 },
		{ "s1 ? \"yes\" : \"no\"", "yes", 3 },
		{ "s0 ? \"yes\" : other", other, sizeof(other) - 1 },
		{ "\"\\1234\"", "S4", 2 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct asked asked = { 0 };
		struct expr_env env = { .ctx = &asked, .get = env_get };
		struct expr *e = compile(rows[i].text);
		struct expr_value v;

		assert_int_equal(expr_type(e), EXPR_STRING);
		assert_null(expr_eval(e, &env, &v));
		assert_int_equal(v.type, EXPR_STRING);
		assert_int_equal(v.s.len, rows[i].len);
		assert_memory_equal(v.s.data, rows[i].data, v.s.len);
		expr_destroy(e);
	}
}

static void evaluation_can_fail(void **state)
{
	struct asked asked = { 0 };
	struct expr_env env = { .ctx = &asked, .get = env_get };
	struct expr_value v;
	struct expr *e;
	struct error *err;
	bool truth = true;

	(void)state;
	assert_eval_fault("1 / s0", "division by zero at column 3");
	assert_eval_fault("  u1 % s0", "division by zero at column 6");
	assert_eval_fault("s1 << s2",
	                  "shift by less than 0 or more than 63 at column 4");
	assert_eval_fault("u1 >> 57 + s1",
	                  "shift by less than 0 or more than 63 at column 4");
	assert_eval_fault("null == \"x\"", "can't read null");
	assert_eval_fault("s1 && 1 / 0", "division by zero at column 9");
	assert_number("s0 && 1 / 0", EXPR_INT, 0);
	assert_number("s1 || 1 / 0", EXPR_INT, 1);
	assert_number("s1 ? 1 : 1 / 0", EXPR_INT, 1);
	e = compile("s1 ? \"a\" : \"b\"");
	err = expr_eval_number(e, &env, &v);
	assert_string_equal(err->message, "a string is not a number");
	error_destroy(err);
	err = expr_eval_bool(e, &env, &truth);
	assert_int_equal(err->kind, ERROR_USAGE);
	assert_true(truth);
	error_destroy(err);
	expr_destroy(e);
}

static void conditions_are_numbers(void **state)
{
	struct asked asked = { 0 };
	struct expr_env env = { .ctx = &asked, .get = env_get };
	struct expr *e = NULL;
	struct error *err;
	bool truth = true;

	(void)state;
	err = expr_compile_bool("\"x\"", &scope, &e);
	assert_string_equal(err->message, "a string is neither true nor false");
	error_destroy(err);
	assert_null(e);
	assert_null(expr_compile_bool("null", &scope, &e));
	assert_null(expr_eval_bool(e, &env, &truth));
	assert_false(truth);
	assert_int_equal(asked.strings, 0);
	expr_destroy(e);
	assert_null(expr_compile_bool(" s1 == 7\t", &scope, &e));
	assert_string_equal(expr_text(e), "s1 == 7");
	assert_null(expr_eval_bool(e, &env, &truth));
	assert_true(truth);
	expr_destroy(e);
}

static void prefixes_end_where_they_must(void **state)
{
	static const struct {
		const char *text, *rest;
		int64_t value;
	} rows[] = {
		{ "5 buf=\"hello\"", "buf=\"hello\"", 5 },
		{ "-ENOENT", "", -2 },
		{ "s1 == 7 when 2", "when 2", 1 },
		{ "s1 do skip -EACCES", "do skip -EACCES", 7 },
		{ "(1 + 2), 3", ", 3", 3 },
		{ "1 @FILE", "@FILE", 1 },
		{ "1 \"unterminated", "\"unterminated", 1 },
		{ "1 {3,4}", "{3,4}", 1 },
		{ "1 2", "2", 1 },
		{ " 1 -1  ", "", 0 },
		{ "1)", ")", 1 },
		{ "1 = 2", "= 2", 1 },
		{ "7 : 8", ": 8", 7 },
		{ "1 99x", "99x", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct asked asked = { 0 };
		struct expr_env env = { .ctx = &asked, .get = env_get };
		struct expr *e = NULL;
		struct expr_value v;
		size_t end = 0;

		assert_null(expr_compile_prefix(rows[i].text, &scope, &e,
		                                &end));
		assert_string_equal(rows[i].text + end, rows[i].rest);
		assert_null(expr_eval(e, &env, &v));
		assert_int_equal(v.i, rows[i].value);
		expr_destroy(e);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_registers_resolve),
		cmocka_unit_test(no_scope_has_no_names),
		cmocka_unit_test(strings_compare_as_bytes),
		cmocka_unit_test(string_names_are_pointers_to_numbers),
		cmocka_unit_test(memory_is_read_for_strings_only),
		cmocka_unit_test(constants_are_folded),
		cmocka_unit_test(results_may_be_strings),
		cmocka_unit_test(evaluation_can_fail),
		cmocka_unit_test(conditions_are_numbers),
		cmocka_unit_test(prefixes_end_where_they_must),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
