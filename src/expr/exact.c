/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the machine, which has 64 bits for all, comes to what C does with the
 * types that variables have.  Where that is not plain to see it is not so.
 */
#include "expr/internal.h"

/* What C makes of a node: promoted to int at least. */
struct width {
	bool exact;
	bool wide;        /* 64 bits; else 32 */
	bool is_unsigned;
	bool is_pointer;
	bool is_constant; /* and not below 0 */
	uint64_t value;
};

static struct width of_number(const struct node *n)
{
	struct width w = { .value = n->what.value.u };

	/* 5u has 32 bits for C, and 64 here. */
	w.exact = n->what.value.type == EXPR_INT && n->what.value.i >= 0;
	w.wide = w.value > INT32_MAX;
	w.is_constant = w.exact;
	return w;
}

static struct width of_ref(const struct expr_ref *ref)
{
	struct width w = { .exact = ref->type != EXPR_STRING };

	w.wide = !ref->bits || ref->bits > 32;
	w.is_unsigned = w.wide ? ref->type == EXPR_UINT
	                       : ref->bits == 32 && ref->zero_extended;
	w.is_pointer = ref->is_pointer;
	return w;
}

static struct width truth(bool exact)
{
	return (struct width){ .exact = exact };
}

/* Whether both become what C makes of them together. */
static bool agree(const struct width *a, const struct width *b)
{
	const struct width *narrow = a->is_unsigned ? b : a;

	if (a->wide || b->wide || a->is_unsigned == b->is_unsigned)
		return true;
	return narrow->is_constant;
}

static struct width of_binary(const struct node *n, struct width a,
                              struct width b)
{
	struct width w = {
		.exact = a.exact && b.exact && agree(&a, &b),
		.wide = a.wide || b.wide,
	};

	w.is_unsigned = (a.is_unsigned && a.wide == w.wide) ||
	                (b.is_unsigned && b.wide == w.wide);
	switch (n->what.kind) {
	case TOKEN_EQ: case TOKEN_NE: case TOKEN_LT:
	case TOKEN_LE: case TOKEN_GT: case TOKEN_GE:
		return truth(w.exact);
	case TOKEN_AND: case TOKEN_OR: case TOKEN_XOR:
		w.exact = w.exact && !a.is_pointer && !b.is_pointer;
		return w;
	case TOKEN_SLASH: case TOKEN_PERCENT:
		w.exact = w.exact && !a.is_pointer && b.is_constant &&
		          b.value != 0;
		return w;
	case TOKEN_PLUS: case TOKEN_MINUS: case TOKEN_STAR:
		w.exact = w.exact && w.wide && !a.is_pointer && !b.is_pointer;
		return w;
	default:
		return truth(false);
	}
}

static struct width of(const struct node *n, unsigned *budget);

static struct width of_unary(const struct node *n, unsigned *budget)
{
	struct width a = of(n->a, budget);

	if (n->what.kind == TOKEN_NOT)
		return truth(a.exact);
	if (n->what.kind == TOKEN_MINUS && n->a->kind == NODE_NUMBER &&
	    !a.wide && a.exact)
		return (struct width){ .exact = true };
	return truth(false);
}

static struct width of(const struct node *n, unsigned *budget)
{
	struct width a, b;

	if (!*budget)
		return truth(false);
	--*budget;
	switch (n->kind) {
	case NODE_NUMBER:
		return of_number(n);
	case NODE_REF:
	case NODE_DOLLAR:
		return n->ref.kind == EXPR_REF_SLOT ? of_ref(&n->ref)
		                                    : truth(false);
	case NODE_UNARY:
		return of_unary(n, budget);
	case NODE_BINARY:
	case NODE_LOGIC:
		a = of(n->a, budget);
		b = of(n->b, budget);
		return n->kind == NODE_BINARY ? of_binary(n, a, b)
		                              : truth(a.exact && b.exact);
	default:
		return truth(false);
	}
}

bool node_is_exact(const struct node *n)
{
	/* What is longer takes long anyway. */
	unsigned budget = 200;

	return of(n, &budget).exact;
}
