/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conditions: their tests are made in the order of what they cost, in whichever
 * order and with whichever parentheses they were written.
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "expr/expr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Of a call: fd is 3, path "/etc/hosts", caller "libc.so.6". */
static const struct name {
	const char *name;
	enum expr_type type;
	enum expr_cost cost;
	bool is_text;
	int64_t number;
	const char *string;
} names[] = {
	{ "fd", EXPR_INT, EXPR_AT_HAND, false, 3, NULL },
	{ "zero", EXPR_INT, EXPR_AT_HAND, false, 0, NULL },
	{ "path", EXPR_STRING, EXPR_AT_HAND, false, 4096, "/etc/hosts" },
	{ "addr.port", EXPR_INT, EXPR_DEAR, false, 443, NULL },
	{ "caller", EXPR_STRING, EXPR_DEAREST, true, 0, "libc.so.6" },
};

static struct error *find(void *ctx, const char *name, struct expr_ref *ref)
{
	(void)ctx;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(names[i].name, name) != 0)
			continue;
		ref->kind = EXPR_REF_SLOT;
		ref->type = names[i].type;
		ref->cost = names[i].cost;
		ref->is_text = names[i].is_text;
		ref->data = &names[i];
	}
	return NULL;
}

static const struct expr_scope scope = { .name = find };

/* What was asked for. */
struct asked {
	unsigned reads, unwinds;
};

static struct error *get(void *ctx, const struct expr_ref *ref,
                         bool as_string, struct expr_value *value)
{
	const struct name *n = ref->data;
	struct asked *asked = ctx;

	asked->reads += n->cost == EXPR_DEAR || (as_string && !n->cost);
	asked->unwinds += n->cost == EXPR_DEAREST;
	*value = (struct expr_value){ .type = EXPR_INT, .i = n->number };
	if (as_string)
		*value = (struct expr_value){
			.type = EXPR_STRING,
			.s = { n->string, strlen(n->string) } };
	return NULL;
}

static void what_is_cheap_is_asked_first(void **state)
{
	static const struct {
		const char *text;
		bool truth;
		struct asked asked;
	} rows[] = {
		{ "path ~ \"/e*\" && fd == 4", false, { 0, 0 } },
		{ "fd == 4 && path ~ \"/e*\"", false, { 0, 0 } },
		{ "path ~ \"/e*\" && fd == 3", true, { 1, 0 } },
		{ "path ~ \"/e*\" || fd == 3", true, { 0, 0 } },
		{ "fd == 3 || path ~ \"/e*\"", true, { 0, 0 } },
		{ "path ~ \"/x*\" || fd == 4", false, { 1, 0 } },
		{ "path ~ \"/e*\" && (addr.port == 443 && fd == 4)", false,
		  { 0, 0 } },
		{ "(path ~ \"/e*\" && addr.port == 443) && fd == 4", false,
		  { 0, 0 } },
		{ "path ~ \"/e*\" || (addr.port == 1 || fd == 3)", true,
		  { 0, 0 } },
		{ "(path ~ \"/e*\" && fd == 4) || "
		  "(path ~ \"/x*\" && fd == 5)", false, { 0, 0 } },
		{ "(path ~ \"/e*\" || fd == 3) && "
		  "(path ~ \"/x*\" || fd == 3)", true, { 0, 0 } },
		{ "(path ~ \"/e*\" && fd == 4) || (path ~ \"/x*\" || fd == 3)",
		  true, { 0, 0 } },
		{ "!(path ~ \"/e*\" || fd == 3) && path == \"a\"", false,
		  { 0, 0 } },
		{ "(path ~ \"/e*\" && fd == 4 ? 1 : 0) || zero", false,
		  { 0, 0 } },
		{ "caller ~ \"libc*\" && path ~ \"/x*\"", false, { 1, 0 } },
		{ "caller ~ \"libc*\" && path ~ \"/e*\"", true, { 1, 1 } },
		{ "caller ~ \"libc*\" || path ~ \"/e*\"", true, { 1, 0 } },
		{ "caller ~ \"libc*\" && (path ~ \"/e*\" && fd == 4)", false,
		  { 0, 0 } },
		{ "caller ~ \"x*\" && path ~ \"/e*\" && addr.port == 443",
		  false, { 2, 1 } },
		/* What reads stays behind what guards a division, and before
		 * it where it was before. */
		{ "path ~ \"/x*\" && 6 / zero == 2", false, { 1, 0 } },
		{ "caller ~ \"x*\" && 6 / zero == 2 && path ~ \"/e*\"", false,
		  { 0, 1 } },
		{ "6 / fd == 2 && caller ~ \"libc*\" && path ~ \"/x*\"", false,
		  { 1, 0 } },
		{ "6 / zero == 2 && fd == 4", false, { 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct asked asked = { 0, 0 };
		struct expr_env env = { .ctx = &asked, .get = get };
		struct expr *e = NULL;
		bool truth = !rows[i].truth;

		assert_null(expr_compile_bool(rows[i].text, &scope, &e));
		assert_null(expr_eval_bool(e, &env, &truth));
		if (truth != rows[i].truth ||
		    asked.reads != rows[i].asked.reads ||
		    asked.unwinds != rows[i].asked.unwinds)
			fail_msg("%s: %d, %u reads, %u unwound", rows[i].text,
			         truth, asked.reads, asked.unwinds);
		expr_destroy(e);
	}
}

/* One more test joined to TEXT, on either side; TRUTH follows. */
static void join(struct buf *text, bool *truth, uint32_t dice)
{
	static const struct { const char *text; bool truth; } tests[] = {
		{ "fd == 3", true }, { "fd == 4", false },
		{ "path ~ \"/e*\"", true }, { "path ~ \"/x*\"", false },
		{ "addr.port == 443", true }, { "addr.port == 80", false },
		{ "caller ~ \"libc*\"", true }, { "caller ~ \"x*\"", false },
	};
	AUTO_FREE char *before = xstrdup(text->data);
	unsigned pick = dice & 7;
	bool either = dice >> 3 & 1;
	const char *op = either ? "||" : "&&";

	buf_reset(text);
	if (!*before)
		buf_puts(text, tests[pick].text);
	else if (dice >> 4 & 1)
		buf_printf(text, "%s %s (%s)", tests[pick].text, op, before);
	else
		buf_printf(text, "%s(%s) %s %s", dice >> 5 & 1 ? "!" : "",
		           before, op, tests[pick].text);
	if (*before && !(dice >> 4 & 1) && dice >> 5 & 1)
		*truth = !*truth;
	if (!*before)
		*truth = tests[pick].truth;
	else
		*truth = either ? *truth || tests[pick].truth
		                : *truth && tests[pick].truth;
}

static void an_order_changes_no_meaning(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (unsigned trial = 0; trial < 2000; trial++) {
		AUTO_BUF struct buf text = { 0 };
		struct asked asked = { 0, 0 };
		struct expr_env env = { .ctx = &asked, .get = get };
		struct expr *e = NULL;
		bool expected = false, truth = false;

		buf_init(&text);
		for (unsigned i = 0; i < 2 + trial % 7; i++) {
			seed = seed * 1103515245 + 12345;
			join(&text, &expected, seed >> 16);
		}
		assert_null(expr_compile_bool(text.data, &scope, &e));
		assert_null(expr_eval_bool(e, &env, &truth));
		if (truth != expected)
			fail_msg("%s: %d", text.data, truth);
		expr_destroy(e);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_cheap_is_asked_first),
		cmocka_unit_test(an_order_changes_no_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
