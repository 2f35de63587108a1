/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A condition's tests in the order of what they cost: those on integers that are
 * at hand come before those that read memory, these before those that unwind
 * the stack; in chains of && and of ||, at every depth.  A test that may fail
 * as arithmetic (a division, say) stays where it is among those that read, so
 * that what guards it stays before it.
 */
#include "expr/internal.h"

#include "base/vec.h"

enum cost {
	COST_NONE,
	COST_READS,
	COST_UNWINDS,
	COST_FAILS,     /* perhaps: nothing that reads passes it */
};

typedef VEC(struct node *) node_list;

static bool may_fail(const struct node *n)
{
	return n->kind == NODE_BINARY &&
	       (n->what.kind == TOKEN_SLASH || n->what.kind == TOKEN_PERCENT ||
	        n->what.kind == TOKEN_SHL || n->what.kind == TOKEN_SHR);
}

static enum cost own_cost(const struct node *n)
{
	bool slot = (n->kind == NODE_REF || n->kind == NODE_DOLLAR) &&
	            n->ref.kind == EXPR_REF_SLOT;

	if (may_fail(n))
		return COST_FAILS;
	if (slot && n->ref.cost == EXPR_DEAREST)
		return COST_UNWINDS;
	if (n->kind == NODE_STRING || n->kind == NODE_MATCH ||
	    (slot && (n->ref.cost || n->ref.type == EXPR_STRING)))
		return COST_READS;
	return COST_NONE;
}

static enum cost larger(enum cost a, enum cost b)
{
	return a > b ? a : b;
}

/* Chains of operators are long, not deep. */
static enum cost cost_of(const struct node *n)
{
	enum cost most = COST_NONE;

	for (; n; n = n->a) {
		most = larger(most, own_cost(n));
		if (n->b)
			most = larger(most, cost_of(n->b));
		if (n->c)
			most = larger(most, cost_of(n->c));
	}
	return most;
}

static bool is_chain(const struct node *n, enum token_kind kind)
{
	return n->kind == NODE_LOGIC && n->what.kind == kind;
}

/*
 * The tests of the chain N, in their order, and the nodes that link them;
 * parentheses on either side make no difference.
 */
static void collect(struct node *n, enum token_kind kind, node_list *tests,
                    node_list *links)
{
	size_t first = links->len;

	for (; is_chain(n, kind); n = n->a)
		vec_push(links, n);
	vec_push(tests, n);
	for (size_t i = links->len; i-- > first;)
		collect(links->items[i]->b, kind, tests, links);
}

/* Those of TESTS from FROM to TO that cost COST go to the end of SORTED. */
static void take(const node_list *tests, size_t from, size_t to,
                 enum cost cost, node_list *sorted)
{
	for (size_t i = from; i < to; i++)
		if (cost_of(tests->items[i]) == cost)
			vec_push(sorted, tests->items[i]);
}

static void sort(const node_list *tests, node_list *sorted)
{
	size_t from = 0;

	take(tests, 0, tests->len, COST_NONE, sorted);
	for (size_t to = 0; to <= tests->len; to++) {
		if (to < tests->len && cost_of(tests->items[to]) != COST_FAILS)
			continue;
		take(tests, from, to, COST_READS, sorted);
		take(tests, from, to, COST_UNWINDS, sorted);
		take(tests, to, to < tests->len ? to + 1 : to, COST_FAILS,
		     sorted);
		from = to + 1;
	}
}

static void order_below(struct node *n);

static void order_chain(struct node *n)
{
	node_list tests = { 0 }, links = { 0 }, sorted = { 0 };

	collect(n, n->what.kind, &tests, &links);
	for (size_t i = 0; i < tests.len; i++)
		order_below(tests.items[i]);
	sort(&tests, &sorted);
	/* N itself, the outermost, is the first of the links. */
	for (size_t i = 0; i < links.len; i++) {
		bool last = i + 1 == links.len;

		links.items[i]->a = last ? sorted.items[0] : links.items[i + 1];
		links.items[i]->b = sorted.items[sorted.len - 1 - i];
	}
	vec_deinit(&tests);
	vec_deinit(&links);
	vec_deinit(&sorted);
}

static void order_below(struct node *n)
{
	for (; n; n = n->a) {
		if (n->kind == NODE_LOGIC) {
			order_chain(n);
			return;
		}
		if (n->b)
			order_below(n->b);
		if (n->c)
			order_below(n->c);
	}
}

void order_tests(struct node *tree)
{
	order_below(tree);
}
