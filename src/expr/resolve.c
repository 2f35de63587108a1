/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/internal.h"

#include <string.h>

/* Names longer than this are never offered. */
enum { NEAR_LEN = 40 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to insert, remove, replace or swap with a neighbour. */
static size_t distance(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t rows[3][NEAR_LEN + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];

	for (size_t j = 0; j <= blen; j++)
		last[j] = j;
	for (size_t i = 1; i <= alen; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);

			best = least(best, least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				best = least(best, before[j - 2] + 1);
			now[j] = best;
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[blen];
}

struct nearest {
	const char *name;
	size_t len;
	size_t distance;          /* of the best so far; the bound at first */
	char best[NEAR_LEN + 1];
};

static void consider(void *arg, const char *name)
{
	struct nearest *n = arg;
	size_t len = strlen(name), d;

	/* A name alone is no offer for a register, nor the other way. */
	if (len > NEAR_LEN || (name[0] == '$') != (n->name[0] == '$'))
		return;
	d = distance(n->name, n->len, name, len);
	if (d < n->distance) {
		n->distance = d;
		memcpy(n->best, name, len + 1);
	}
}

/* The error for a name that nobody knows, with the nearest one that is. */
static struct error *unknown(struct compiler *c)
{
	const struct token *t = &c->lexer.token;
	const char *name = c->lexer.text + t->at;
	size_t len = t->end - t->at;
	unsigned column = lexer_column(c->lexer.text, t->at);
	bool is_register = t->kind == TOKEN_REGISTER;
	char copy[EXPR_MAX_NAME + 2];
	/* At most a third of the letters wrong, and at most three. */
	struct nearest n = {
		.name = copy,
		.len = len,
		.distance = least((len - is_register) / 3 + 1, 3) + 1,
	};

	memcpy(copy, name, len);
	copy[len] = '\0';
	if (c->scope && c->scope->each && len <= NEAR_LEN)
		c->scope->each(c->scope->ctx, consider, &n);
	return error_new(ERROR_NOT_FOUND,
	                 "unknown %s \"%s\" at column %u%s%s%s",
	                 is_register ? "register or variable" : "name", copy, column,
	                 n.best[0] ? "; did you mean " : "", n.best,
	                 n.best[0] ? "?" : "");
}

struct error *resolve_name(struct compiler *c, struct expr_ref *ref)
{
	const struct expr_scope *scope = c->scope;
	const struct token *t = &c->lexer.token;
	struct error *(*ask)(void *, const char *, struct expr_ref *) = NULL;
	struct error *err = NULL;

	*ref = (struct expr_ref){ .kind = EXPR_REF_NONE };
	if (scope)
		ask = t->kind == TOKEN_REGISTER ? scope->reg : scope->name;
	if (ask)
		err = ask(scope->ctx, c->lexer.string.data, ref);
	if (err)
		return error_prefix(err, "column %u",
		                    lexer_column(c->lexer.text, t->at));
	return ref->kind == EXPR_REF_NONE ? unknown(c) : NULL;
}
