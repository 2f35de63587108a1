/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random expressions, with a fixed seed: trees that this test evaluates itself
 * and writes with as few parentheses as C needs, and noise that must be refused
 * or accepted without harm.
 */
#include "base/buf.h"
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* xorshift64: the same numbers everywhere. */
static uint64_t next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed * 0x2545f4914f6cdd1dull >> 20;
}

static size_t below(uint64_t *seed, size_t n)
{
	return next(seed) % n;
}

/* a to d are signed, e to h unsigned, s and t strings behind pointers. */
static const uint64_t values[] = {
	0, 1, (uint64_t)-5, INT64_MAX, 0, 3, 64, UINT64_MAX,
};
static const char *const strings[] = { "/etc/hosts", "" };

static struct error *scope_name(void *ctx, const char *name,
                                struct expr_ref *ref)
{
	bool is_string = *name == 's' || *name == 't';

	(void)ctx;
	if (name[1] || (!is_string && (*name < 'a' || *name > 'h')))
		return NULL;
	ref->kind = EXPR_REF_SLOT;
	ref->type = is_string ? EXPR_STRING
	            : *name < 'e' ? EXPR_INT : EXPR_UINT;
	ref->slot = (unsigned)(*name - (is_string ? 's' : 'a'));
	return NULL;
}

static void scope_each(void *ctx, void (*fn)(void *arg, const char *name),
                       void *arg)
{
	(void)ctx;
	fn(arg, "a");
	fn(arg, "pathname");
}

static struct error *env_get(void *ctx, const struct expr_ref *ref,
                             bool as_string, struct expr_value *value)
{
	(void)ctx;
	if (as_string) {
		value->type = EXPR_STRING;
		value->s.data = strings[ref->slot];
		value->s.len = strlen(strings[ref->slot]);
	} else if (ref->type == EXPR_STRING) {
		value->type = EXPR_UINT;
		value->u = ref->slot ? 0 : 0x1000;
	} else {
		value->type = ref->type;
		value->u = values[ref->slot];
	}
	return NULL;
}

static const struct expr_scope scope = {
	.name = scope_name, .each = scope_each,
};
static const struct expr_env env = { .get = env_get };

/* What a subtree is: its text, how tightly its top binds, its value. */
struct tree {
	struct buf text;
	unsigned binds;       /* 0 ?:, 1 || ... 10 *, 11 unary, 12 a value */
	bool is_unsigned;
	bool fails;           /* evaluating it divides by 0 or shifts too far */
	uint64_t value;
};

static const struct { const char *text; unsigned binds; } operators[] = {
	{ "||", 1 }, { "&&", 2 }, { "|", 3 },  { "^", 4 },  { "&", 5 },
	{ "==", 6 }, { "!=", 6 }, { "<", 7 },  { "<=", 7 }, { ">", 7 },
	{ ">=", 7 }, { "<<", 8 }, { ">>", 8 }, { "+", 9 },  { "-", 9 },
	{ "*", 10 }, { "/", 10 }, { "%", 10 },
};

static void put(struct buf *b, const struct tree *t, bool parentheses)
{
	buf_printf(b, parentheses ? "(%s)" : "%s", t->text.data);
}

static void leaf(uint64_t *seed, struct tree *t)
{
	size_t at = below(seed, ARRAY_LEN(values));

	t->binds = 12;
	t->value = values[at];
	t->is_unsigned = at >= 4;
	if (below(seed, 2)) {
		buf_putc(&t->text, (char)('a' + at));
	} else if (t->is_unsigned) {
		buf_printf(&t->text, "0x%llxu", (unsigned long long)t->value);
	} else if (at == 2) {
		t->binds = 11;
		buf_puts(&t->text, "-5");
	} else {
		buf_printf(&t->text, "%llu", (unsigned long long)t->value);
	}
}

/* The reference: plain C on two evaluated operands. */
static void apply(struct tree *t, const char *op, const struct tree *l,
                  const struct tree *r)
{
	bool u = l->is_unsigned || r->is_unsigned;
	uint64_t x = l->value, y = r->value;
	int64_t a = (int64_t)x, b = (int64_t)y;
	bool logic = !strcmp(op, "||") || !strcmp(op, "&&");
	bool decided = logic && (x != 0) == (*op == '|');

	t->fails = l->fails || (r->fails && !decided);
	t->is_unsigned = u && !strchr("<>=!", *op) && !logic;
	if (!strcmp(op, "||"))
		t->value = x || y;
	else if (!strcmp(op, "&&"))
		t->value = x && y;
	else if (!strcmp(op, "=="))
		t->value = x == y;
	else if (!strcmp(op, "!="))
		t->value = x != y;
	else if (!strcmp(op, "<"))
		t->value = u ? x < y : a < b;
	else if (!strcmp(op, "<="))
		t->value = u ? x <= y : a <= b;
	else if (!strcmp(op, ">"))
		t->value = u ? x > y : a > b;
	else if (!strcmp(op, ">="))
		t->value = u ? x >= y : a >= b;
	else if (*op == '|' || *op == '&' || *op == '^')
		t->value = *op == '|' ? x | y : *op == '&' ? x & y : x ^ y;
	else if (*op == '+' || *op == '-' || *op == '*')
		t->value = *op == '+' ? x + y : *op == '-' ? x - y : x * y;
	else if (*op == '<' || *op == '>') {
		t->is_unsigned = l->is_unsigned;
		t->fails |= y > 63;
		t->value = y > 63 ? 0 : *op == '<' ? x << y
		           : l->is_unsigned ? x >> y : (uint64_t)(a >> y);
	} else if (!y) {
		t->fails = true;
	} else if (!u && b == -1) {
		t->value = *op == '/' ? -x : 0;
	} else if (*op == '/') {
		t->value = u ? x / y : (uint64_t)(a / b);
	} else {
		t->value = u ? x % y : (uint64_t)(a % b);
	}
}

static void grow(uint64_t *seed, unsigned depth, struct tree *t);

static void grow_choice(uint64_t *seed, unsigned depth, struct tree *t)
{
	struct tree test, yes, no;
	const struct tree *taken;

	grow(seed, depth - 1, &test);
	grow(seed, depth - 1, &yes);
	grow(seed, depth - 1, &no);
	put(&t->text, &test, test.binds < 1);
	buf_puts(&t->text, "?");
	put(&t->text, &yes, false);
	buf_puts(&t->text, " : ");
	put(&t->text, &no, false);
	taken = test.value ? &yes : &no;
	t->binds = 0;
	t->fails = test.fails || taken->fails;
	t->value = taken->value;
	t->is_unsigned = yes.is_unsigned || no.is_unsigned;
	buf_deinit(&test.text);
	buf_deinit(&yes.text);
	buf_deinit(&no.text);
}

static void grow_unary(uint64_t *seed, unsigned depth, struct tree *t)
{
	char op = "-+!~"[below(seed, 4)];
	struct tree of;

	grow(seed, depth - 1, &of);
	buf_putc(&t->text, op);
	put(&t->text, &of, of.binds < 11);
	t->binds = 11;
	t->fails = of.fails;
	t->is_unsigned = of.is_unsigned && op != '!';
	t->value = op == '-' ? -of.value : op == '!' ? !of.value
	           : op == '~' ? ~of.value : of.value;
	buf_deinit(&of.text);
}

/* Operators of one precedence group to the left. */
static void grow_binary(uint64_t *seed, unsigned depth, struct tree *t)
{
	size_t op = below(seed, ARRAY_LEN(operators));
	struct tree left, right;

	grow(seed, depth - 1, &left);
	grow(seed, depth - 1, &right);
	t->binds = operators[op].binds;
	put(&t->text, &left, left.binds < t->binds);
	buf_printf(&t->text, below(seed, 2) ? "%s" : " %s\t",
	           operators[op].text);
	put(&t->text, &right, right.binds <= t->binds);
	apply(t, operators[op].text, &left, &right);
	buf_deinit(&left.text);
	buf_deinit(&right.text);
}

static void grow(uint64_t *seed, unsigned depth, struct tree *t)
{
	size_t kind = below(seed, 10);

	*t = (struct tree){ .binds = 12 };
	buf_init(&t->text);
	if (!depth || kind == 0)
		leaf(seed, t);
	else if (kind == 1)
		grow_choice(seed, depth, t);
	else if (kind < 4)
		grow_unary(seed, depth, t);
	else
		grow_binary(seed, depth, t);
}

static void trees_have_their_value(void **state)
{
	uint64_t seed = 20260101;
	size_t failed = 0, good = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct tree t;
		struct expr *e = NULL;
		struct expr_value v = { EXPR_STRING, { 0 } };
		struct error *err;

		grow(&seed, (unsigned)below(&seed, 6), &t);
		err = expr_compile(t.text.data, &scope, &e);
		if (!err)
			err = expr_eval(e, &env, &v);
		if (!err && !t.fails && v.u == t.value &&
		    v.type == (t.is_unsigned ? EXPR_UINT : EXPR_INT))
			good++;
		else if (err && t.fails && (strstr(err->message, "shift") ||
		                            strstr(err->message, "division")))
			failed++;
		else
			fail_msg("%s: %llx%s, not %llx%s: %s", t.text.data,
			         (unsigned long long)v.u,
			         v.type == EXPR_UINT ? "u" : "",
			         (unsigned long long)t.value,
			         t.is_unsigned ? "u" : "",
			         err ? err->message : "no error");
		error_destroy(err);
		expr_destroy(e);
		buf_deinit(&t.text);
	}
	/* Both kinds were really met. */
	assert_in_range(failed, 1000, 10000);
	assert_in_range(good, 10000, 19000);
}

/*
 * TEXT is refused with one printable line, or means the same when its own
 * text is compiled again; as a prefix it is taken where it is taken whole.
 */
static bool try_text(const char *text)
{
	struct expr *e = NULL, *again = NULL, *prefix = NULL;
	struct expr_value v = { EXPR_INT, { 0 } }, w = v;
	struct error *err = expr_compile(text, &scope, &e), *other;
	bool compiled = !err;
	size_t end = 0;

	other = expr_compile_prefix(text, &scope, &prefix, &end);
	if (!other)
		assert_true(end <= strlen(text));
	if (compiled)
		assert_null(other);
	error_destroy(other);
	expr_destroy(prefix);
	if (compiled) {
		assert_null(expr_compile(expr_text(e), &scope, &again));
		err = expr_eval(e, &env, &v);
		other = expr_eval(again, &env, &w);
		assert_int_equal(!err, !other);
		if (!err && v.type != EXPR_STRING)
			assert_int_equal(v.u, w.u);
		assert_int_equal(v.type, w.type);
		error_destroy(other);
	}
	if (err) {
		assert_true(err->message[0] != '\0');
		for (const char *s = err->message; *s; s++)
			assert_in_range((unsigned char)*s, 0x20, 0x7e);
	}
	error_destroy(err);
	expr_destroy(again);
	expr_destroy(e);
	return compiled;
}

static void random_bytes_do_no_harm(void **state)
{
	static const char likely[] =
		"0123456789abcdest$\"'\\()?:!~|&=<>+-*/%x. \t\n";
	uint64_t seed = 4711;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[64];
		size_t len = below(&seed, sizeof(text));

		for (size_t i = 0; i < len; i++)
			text[i] = below(&seed, 20)
			          ? likely[below(&seed, sizeof(likely) - 1)]
			          : (char)(1 + below(&seed, 255));
		text[len] = '\0';
		try_text(text);
	}
}

static void random_tokens_do_no_harm(void **state)
{
	static const char *const tokens[] = {
		"a", "b", "c", "d", "e", "f", "g", "h", "s", "t", "s ~ \"/*\"",
		"s =~ \"etc\"", "s == t", "1", "0", "7u", "-1", "0x7f", "'x'",
		"\"\"", "\"abc\"", "\"[\"", "\"(\"", "(", ")", "(", ")", "?",
		":", "!", "~", "=~", "||", "&&", "|", "^", "&", "==", "!=",
		"<", "<=", ">", ">=", "<<", ">>", "+", "-", "*", "/", "%",
		"$x", "zz", "=", "@", "a.b", "18446744073709551616",
	};
	uint64_t seed = 815;
	size_t compiled = 0;

	(void)state;
	for (int round = 0; round < 40000; round++) {
		struct buf b;
		size_t len = 1 + below(&seed, 12);

		buf_init(&b);
		for (size_t i = 0; i < len; i++)
			/* Values and operators in turn, more often than not. */
			buf_printf(&b, "%s ", below(&seed, 8) == 0
			           ? tokens[below(&seed, ARRAY_LEN(tokens))]
			           : i % 2 ? tokens[31 + below(&seed, 19)]
			                   : tokens[below(&seed, 21)]);
		compiled += try_text(b.data);
		buf_deinit(&b);
	}
	assert_in_range(compiled, 2000, 39000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees_have_their_value),
		cmocka_unit_test(random_bytes_do_no_harm),
		cmocka_unit_test(random_tokens_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
