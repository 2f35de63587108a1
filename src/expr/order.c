/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A condition's tests in the order of what they cost: those on integers that are
 * at hand come before those that read memory.  Only such tests are moved as
 * can't fail, so that what a test guards stays behind it.
 */
#include "expr/internal.h"

static bool may_fail(const struct node *n)
{
	return n->kind == NODE_BINARY &&
	       (n->what.kind == TOKEN_SLASH || n->what.kind == TOKEN_PERCENT ||
	        n->what.kind == TOKEN_SHL || n->what.kind == TOKEN_SHR);
}

static bool reads(const struct node *n)
{
	if (n->kind == NODE_STRING || n->kind == NODE_MATCH)
		return true;
	return (n->kind == NODE_REF || n->kind == NODE_DOLLAR) &&
	       n->ref.kind == EXPR_REF_SLOT &&
	       (n->ref.dear || n->ref.type == EXPR_STRING);
}

/* Chains of operators are long, not deep. */
static bool is_cheap(const struct node *n)
{
	for (; n; n = n->a) {
		if (reads(n) || may_fail(n) || (n->b && !is_cheap(n->b)) ||
		    (n->c && !is_cheap(n->c)))
			return false;
	}
	return true;
}

static bool is_and(const struct node *n)
{
	return n->kind == NODE_LOGIC && n->what.kind == TOKEN_AND_AND;
}

void order_tests(struct node *tree)
{
	VEC(struct node *) links = { 0 }, cheap = { 0 }, dear = { 0 };
	struct node *n = tree;

	for (; is_and(n); n = n->a)
		vec_push(&links, n);
	/* The first test is the innermost left side. */
	for (size_t i = links.len + 1; i-- > 0;) {
		struct node *test = i == links.len ? n : links.items[i]->b;

		if (is_cheap(test))
			vec_push(&cheap, test);
		else
			vec_push(&dear, test);
	}
	for (size_t i = 0; i < dear.len; i++)
		vec_push(&cheap, dear.items[i]);
	for (size_t i = 0; i < links.len; i++) {
		struct node *link = links.items[links.len - 1 - i];

		if (!i)
			link->a = cheap.items[0];
		link->b = cheap.items[i + 1];
	}
	vec_deinit(&links);
	vec_deinit(&cheap);
	vec_deinit(&dear);
}
