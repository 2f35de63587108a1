/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* How tightly a binary operator binds; 0: not one.  ?: is not among them. */
static unsigned precedence(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_OR_OR:
		return 1;
	case TOKEN_AND_AND:
		return 2;
	case TOKEN_OR:
		return 3;
	case TOKEN_XOR:
		return 4;
	case TOKEN_AND:
		return 5;
	case TOKEN_EQ:
	case TOKEN_NE:
	case TOKEN_TILDE:
	case TOKEN_MATCH:
		return 6;
	case TOKEN_LT:
	case TOKEN_LE:
	case TOKEN_GT:
	case TOKEN_GE:
		return 7;
	case TOKEN_SHL:
	case TOKEN_SHR:
		return 8;
	case TOKEN_AT:
		return 9;
	case TOKEN_PLUS:
	case TOKEN_MINUS:
		return 10;
	case TOKEN_STAR:
	case TOKEN_SLASH:
	case TOKEN_PERCENT:
		return 11;
	default:
		return 0;
	}
}

struct error *compiler_error(const struct compiler *c, enum error_kind kind,
                             size_t at, const char *fmt, ...)
{
	AUTO_BUF struct buf b = { 0 };
	va_list args;

	buf_init(&b);
	va_start(args, fmt);
	buf_vprintf(&b, fmt, args);
	va_end(args);
	return error_new(kind, "%s at column %u", b.data,
	                 lexer_column(c->lexer.text, at));
}

struct error *parse_unexpected(struct compiler *c, const char *wanted)
{
	AUTO_BUF struct buf found = { 0 };
	struct token *t = &c->lexer.token;
	struct error *err = t->error;

	buf_init(&found);
	if (t->kind == TOKEN_BAD) {
		t->error = NULL;
		return err;
	}
	lexer_describe(&c->lexer, &found);
	return error_new(ERROR_USAGE, "expected %s at column %u, found %s",
	                 wanted, lexer_column(c->lexer.text, t->at),
	                 found.data);
}

struct error *parse_deeper(struct compiler *c)
{
	if (++c->nesting <= EXPR_MAX_NESTING)
		return NULL;
	return compiler_error(c, ERROR_USAGE, c->lexer.token.at,
	                      "nested deeper than %d", EXPR_MAX_NESTING);
}

struct node *node_new(struct compiler *c, enum node_kind kind)
{
	struct node *n = xcalloc(1, sizeof(*n));

	n->kind = kind;
	n->what = c->lexer.token;
	n->what.error = NULL; /* it stays the lexer's */
	vec_push(&c->expr->nodes, n);
	return n;
}

void node_destroy(struct node *n)
{
	if (n->symbol.destroy)
		n->symbol.destroy(n->symbol.data);
	pattern_destroy(n->regex);
	free(n->args);
	free(n->text);
	free(n->scope);
	free(n);
}

static unsigned deeper_of(unsigned depth, const struct node *n)
{
	return n && n->depth > depth ? n->depth : depth;
}

struct error *node_close(struct compiler *c, struct node *n)
{
	unsigned depth = deeper_of(deeper_of(0, n->b), n->c);

	for (size_t i = 0; i < n->arg_count; i++)
		depth = deeper_of(depth, n->args[i]);
	/* Who walks a chain of binary operators does it in a loop. */
	if ((n->kind == NODE_BINARY || n->kind == NODE_LOGIC) && n->a &&
	    n->a->depth > depth + 1) {
		n->depth = n->a->depth;
	} else {
		n->depth = deeper_of(depth, n->a) + 1;
	}
	if (n->depth <= NODE_MAX_DEPTH)
		return NULL;
	return compiler_error(c, ERROR_USAGE, n->what.at,
	                      "nested deeper than %d", (int)NODE_MAX_DEPTH);
}

static struct error *parse_pattern(struct compiler *c, struct node *n)
{
	if (c->lexer.token.kind != TOKEN_STRING)
		return parse_unexpected(c, "a pattern in double quotes");
	n->kind = NODE_MATCH;
	n->b = node_new(c, NODE_STRING);
	n->b->len = c->lexer.string.len;
	n->b->text = xmalloc(n->b->len + 1);
	memcpy(n->b->text, c->lexer.string.data, n->b->len + 1);
	lexer_next(&c->lexer);
	return NULL;
}

static bool is_as(const struct compiler *c)
{
	return c->lexer.typed && c->lexer.token.kind == TOKEN_NAME &&
	       strcmp(c->lexer.string.data, "as") == 0;
}

/* Rust's casts: VALUE as TYPE. */
static struct error *parse_as(struct compiler *c, struct node **n)
{
	while (is_as(c)) {
		struct node *cast = node_new(c, NODE_CAST);

		cast->a = *n;
		lexer_next(&c->lexer);
		TRY(parse_rust_type(c, &cast->type));
		TRY(node_close(c, cast));
		*n = cast;
	}
	return NULL;
}

/* Operators of precedence LOWEST and above. */
static struct error *parse_binary(struct compiler *c, unsigned lowest,
                                  struct node **left)
{
	TRY(parse_unary(c, left));
	TRY(parse_as(c, left));
	for (;;) {
		enum token_kind kind = c->lexer.token.kind;
		unsigned binds = precedence(kind);
		struct node *n;

		if (!binds || binds < lowest)
			return NULL;
		n = node_new(c, kind == TOKEN_AT ? NODE_REPEAT
		             : kind == TOKEN_AND_AND || kind == TOKEN_OR_OR
		             ? NODE_LOGIC : NODE_BINARY);
		n->a = *left;
		lexer_next(&c->lexer);
		if (kind == TOKEN_TILDE || kind == TOKEN_MATCH)
			TRY(parse_pattern(c, n));
		else
			TRY(parse_binary(c, binds + 1, &n->b));
		TRY(node_close(c, n));
		*left = n;
	}
}

/* A ?: and all that binds tighter. */
static struct error *parse_choice(struct compiler *c, struct node **n)
{
	struct node *choice;

	TRY(parse_binary(c, 1, n));
	if (c->lexer.token.kind != TOKEN_QUESTION)
		return NULL;
	TRY(parse_deeper(c));
	choice = node_new(c, NODE_CHOICE);
	choice->a = *n;
	lexer_next(&c->lexer);
	TRY(parse_choice(c, &choice->b));
	if (c->lexer.token.kind != TOKEN_COLON)
		return parse_unexpected(c, "\":\"");
	lexer_next(&c->lexer);
	TRY(parse_choice(c, &choice->c));
	c->nesting--;
	*n = choice;
	return node_close(c, choice);
}

static struct error *parse_assignment(struct compiler *c, struct node **n)
{
	struct node *assign;

	TRY(parse_choice(c, n));
	if (c->lexer.token.kind != TOKEN_ASSIGN &&
	    c->lexer.token.kind != TOKEN_ASSIGN_OP)
		return NULL;
	TRY(parse_deeper(c));
	assign = node_new(c, NODE_ASSIGN);
	assign->a = *n;
	lexer_next(&c->lexer);
	TRY(parse_assignment(c, &assign->b));
	c->nesting--;
	*n = assign;
	return node_close(c, assign);
}

struct error *parse_expression(struct compiler *c, bool comma, struct node **n)
{
	struct node *both;

	TRY(parse_assignment(c, n));
	while (comma && c->lexer.token.kind == TOKEN_COMMA) {
		both = node_new(c, NODE_COMMA);
		both->a = *n;
		lexer_next(&c->lexer);
		TRY(parse_assignment(c, &both->b));
		TRY(node_close(c, both));
		*n = both;
	}
	return NULL;
}

/* -9223372036854775808 is a signed number, as compilers with wider ones say. */
static bool is_least(const struct token *t)
{
	return t->kind == TOKEN_NUMBER && t->is_decimal &&
	       t->value.u == 1ull << 63;
}

static struct error *parse_sizeof(struct compiler *c, struct node **n)
{
	struct node *size = node_new(c, NODE_SIZEOF);
	size_t open;

	lexer_next(&c->lexer);
	open = c->lexer.token.at;
	if (c->lexer.token.kind == TOKEN_OPEN) {
		lexer_next(&c->lexer);
		TRY(parse_type(c, &size->type));
		if (size->type && c->lexer.token.kind != TOKEN_CLOSE)
			return parse_unexpected(c, "\")\"");
		if (!size->type)
			lexer_seek(&c->lexer, open);
	}
	if (size->type)
		lexer_next(&c->lexer);
	TRY(parse_deeper(c));
	if (!size->type)
		TRY(parse_unary(c, &size->a));
	c->nesting--;
	*n = size;
	return node_close(c, size);
}

/* (TYPE)VALUE; *N stays NULL where it is something else in parentheses. */
static struct error *parse_cast(struct compiler *c, struct node **n)
{
	size_t open = c->lexer.token.at;
	struct node *cast = node_new(c, NODE_CAST);

	lexer_next(&c->lexer);
	TRY(parse_type(c, &cast->type));
	if (!cast->type) {
		lexer_seek(&c->lexer, open);
		return NULL;
	}
	if (c->lexer.token.kind != TOKEN_CLOSE)
		return parse_unexpected(c, "\")\"");
	lexer_next(&c->lexer);
	TRY(parse_deeper(c));
	TRY(parse_unary(c, &cast->a));
	c->nesting--;
	*n = cast;
	return node_close(c, cast);
}

/* {TYPE} ADDRESS, or a list. */
static struct error *parse_braces(struct compiler *c, struct node **n)
{
	struct node *at = node_new(c, NODE_AT_TYPE);
	struct node *item;

	lexer_next(&c->lexer);
	TRY(parse_type(c, &at->type));
	if (at->type) {
		if (c->lexer.token.kind != TOKEN_BRACE_END)
			return parse_unexpected(c, "\"}\"");
		lexer_next(&c->lexer);
		TRY(parse_deeper(c));
		TRY(parse_unary(c, &at->a));
		c->nesting--;
		*n = at;
		return node_close(c, at);
	}
	TRY(parse_deeper(c));
	at->kind = NODE_LIST;
	at->args = xcalloc(NODE_MAX_ARGS, sizeof(*at->args));
	for (;;) {
		TRY(parse_expression(c, false, &item));
		if (at->arg_count == NODE_MAX_ARGS)
			return compiler_error(c, ERROR_USAGE, at->what.at,
			                      "more than %d values",
			                      (int)NODE_MAX_ARGS);
		at->args[at->arg_count++] = item;
		if (c->lexer.token.kind != TOKEN_COMMA)
			break;
		lexer_next(&c->lexer);
	}
	if (c->lexer.token.kind != TOKEN_BRACE_END)
		return parse_unexpected(c, "\"}\"");
	c->nesting--;
	lexer_next(&c->lexer);
	*n = at;
	return node_close(c, at);
}

static struct error *parse_prefix(struct compiler *c, enum node_kind kind,
                                  struct node **n)
{
	struct node *unary = node_new(c, kind);

	TRY(parse_deeper(c));
	lexer_next(&c->lexer);
	if (unary->what.kind == TOKEN_MINUS && is_least(&c->lexer.token)) {
		unary->kind = NODE_NUMBER;
		unary->what.value.type = EXPR_INT;
		unary->what.value.u = 1ull << 63;
		unary->what.is_decimal = true;
		unary->what.longs = 1;
		lexer_next(&c->lexer);
	} else {
		TRY(parse_unary(c, &unary->a));
	}
	c->nesting--;
	*n = unary;
	return node_close(c, unary);
}

static struct error *parse_typed(struct compiler *c, struct node **n)
{
	const struct token *t = &c->lexer.token;

	*n = NULL;
	switch (t->kind) {
	case TOKEN_STAR:
		return parse_prefix(c, NODE_DEREF, n);
	case TOKEN_AND:
		return parse_prefix(c, NODE_ADDRESS, n);
	case TOKEN_INCREMENT:
	case TOKEN_DECREMENT:
		return parse_prefix(c, NODE_STEP, n);
	case TOKEN_OPEN:
		return parse_cast(c, n);
	case TOKEN_BRACE:
		return parse_braces(c, n);
	case TOKEN_NAME:
		if (strcmp(c->lexer.string.data, "sizeof") == 0)
			return parse_sizeof(c, n);
		return NULL;
	default:
		return NULL;
	}
}

struct error *parse_unary(struct compiler *c, struct node **n)
{
	enum token_kind kind = c->lexer.token.kind;

	if (kind == TOKEN_MINUS || kind == TOKEN_PLUS || kind == TOKEN_NOT ||
	    kind == TOKEN_TILDE)
		return parse_prefix(c, NODE_UNARY, n);
	*n = NULL;
	if (c->lexer.typed)
		TRY(parse_typed(c, n));
	return *n ? NULL : parse_postfix(c, n);
}
