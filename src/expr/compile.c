/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From text to what is evaluated: the tree of the grammar becomes code for the
 * machine where all in it is untyped, and is kept otherwise.
 */
#include "expr/internal.h"

#include <stdlib.h>
#include <string.h>

/* Whether the machine can do what N asks for, the nodes below aside. */
static bool is_plain(const struct node *n)
{
	switch (n->kind) {
	case NODE_NUMBER:
	case NODE_STRING:
		return !n->type;
	case NODE_REF:
	case NODE_UNARY:
	case NODE_BINARY:
	case NODE_LOGIC:
	case NODE_MATCH:
	case NODE_CHOICE:
		return true;
	case NODE_DOLLAR:
		return n->has_ref;
	default:
		return false;
	}
}

/* All nodes stand in one list, those that were given up too. */
static bool is_untyped(const struct node *n)
{
	for (; n; n = n->a) {
		if (!is_plain(n) || (n->b && !is_untyped(n->b)) ||
		    (n->c && !is_untyped(n->c)))
			return false;
	}
	return true;
}

static struct error *lower(struct compiler *c, const struct node *n,
                           struct piece *p);

static struct error *lower_choice(struct compiler *c, const struct node *n,
                                  struct piece *p)
{
	struct choice choice;

	TRY(lower(c, n->a, &choice.test));
	c->at = n->what.at;
	TRY(code_choice_test(c, &n->what, &choice));
	TRY(lower(c, n->b, &choice.yes));
	c->at = n->what.at;
	code_choice_yes(c, &choice);
	TRY(lower(c, n->c, &choice.no));
	return code_choice_end(c, &n->what, &choice, p);
}

static struct error *lower_leaf(struct compiler *c, const struct node *n,
                                struct piece *p)
{
	c->at = n->what.at;
	switch (n->kind) {
	case NODE_NUMBER:
		*p = code_number(c, n->what.value.type, n->what.value.u);
		return NULL;
	case NODE_STRING:
		*p = code_string(c, n->text, n->len);
		return NULL;
	case NODE_UNARY:
		TRY(lower(c, n->a, p));
		return code_unary(c, &n->what, p);
	case NODE_CHOICE:
		return lower_choice(c, n, p);
	default:
		*p = code_ref(c, &n->ref);
		return NULL;
	}
}

static bool is_chain(const struct node *n)
{
	return n->kind == NODE_BINARY || n->kind == NODE_LOGIC ||
	       n->kind == NODE_MATCH;
}

/* N, an operator whose left side is P. */
static struct error *lower_link(struct compiler *c, const struct node *n,
                                struct piece *p)
{
	struct piece right;
	size_t jump;

	c->at = n->what.at;
	if (n->kind == NODE_MATCH) {
		const struct buf pattern = { .data = n->b->text,
		                             .len = n->b->len };

		return code_match(c, &n->what, p, &pattern, n->b->what.at);
	}
	if (n->kind == NODE_LOGIC) {
		TRY(code_logic_begin(c, &n->what, p, &jump));
		TRY(lower(c, n->b, &right));
		return code_logic_end(c, &n->what, p, right, jump);
	}
	TRY(lower(c, n->b, &right));
	return code_binary(c, &n->what, p, right);
}

/* A chain of operators may be as long as the text: no recursion along it. */
static struct error *lower(struct compiler *c, const struct node *n,
                           struct piece *p)
{
	VEC(const struct node *) chain = { 0 };
	struct error *err;

	while (is_chain(n)) {
		vec_push(&chain, n);
		n = n->a;
	}
	err = lower_leaf(c, n, p);
	for (size_t i = chain.len; i-- > 0 && !err;)
		err = lower_link(c, chain.items[i], p);
	vec_deinit(&chain);
	return err;
}

enum extent { EXTENT_WHOLE, EXTENT_BOOL, EXTENT_PREFIX };

/* What stays a tree is not needed as one. */
static void drop_tree(struct expr *e)
{
	for (size_t i = 0; i < e->nodes.len; i++)
		node_destroy(e->nodes.items[i]);
	vec_deinit(&e->nodes);
	e->tree = NULL;
}

static struct error *to_code(struct compiler *c, enum extent extent)
{
	struct piece p;

	if (extent == EXTENT_BOOL)
		order_tests(c->expr->tree);
	TRY(lower(c, c->expr->tree, &p));
	if (extent == EXTENT_BOOL && p.type == EXPR_STRING) {
		const struct insn *in = &c->expr->code.items[p.start];
		const struct token none = { .at = in->at, .end = in->at };

		if (!code_is_pointer(c->expr, p.start, c->expr->code.len))
			return error_new(ERROR_USAGE, "a string is neither "
			                 "true nor false");
		TRY(code_to_number(c, &p, c->expr->code.len, &none));
	}
	if (!code_fits_stack(c->expr))
		return error_new(ERROR_USAGE, "nested too deeply");
	c->expr->type = p.type;
	drop_tree(c->expr);
	return NULL;
}

bool compiler_is_cplus(const struct compiler *c)
{
	return c->lexer.typed && c->scope->is_cplus &&
	       c->scope->is_cplus(c->scope->ctx);
}

static struct error *parse_all(struct compiler *c, enum extent extent,
                               bool types)
{
	struct node *named;

	lexer_next(&c->lexer);
	if (c->lexer.token.kind == TOKEN_END)
		return error_new(ERROR_USAGE, "the expression is empty");
	if (types) {
		named = node_new(c, NODE_TYPE);
		TRY(parse_type(c, &named->type));
		c->expr->tree = named->type ? named : NULL;
	}
	if (!c->expr->tree)
		TRY(parse_expression(c, c->value && extent != EXTENT_PREFIX,
		                     &c->expr->tree));
	if (extent != EXTENT_PREFIX && c->lexer.token.kind != TOKEN_END)
		return parse_unexpected(c, "an operator");
	if (!c->value && c->expr->tree->kind == NODE_ASSIGN)
		return compiler_error(c, ERROR_USAGE,
		                      c->expr->tree->what.at,
		                      "nothing can be assigned here (== "
		                      "compares): \"=\"");
	if (c->scope && c->scope->exact &&
	    (!is_untyped(c->expr->tree) || !node_is_exact(c->expr->tree)))
		return error_new(ERROR_UNSUPPORTED, "not for the machine");
	if (c->value || !is_untyped(c->expr->tree)) {
		c->expr->cplus = compiler_is_cplus(c);
		return NULL;
	}
	return to_code(c, extent);
}

/* TEXT of LEN bytes without the blanks around it. */
static char *trimmed(const char *text, size_t len)
{
	static const char blanks[] = " \t\n\v\f\r";
	size_t lead = strspn(text, blanks);

	while (len > lead && strchr(blanks, text[len - 1]))
		len--;
	return xstrndup(text + lead, len - lead);
}

static struct error *compile(struct compiler *c, const char *text,
                             enum extent extent, bool types,
                             struct expr **expr, size_t *end)
{
	struct error *err;
	size_t stop;

	if (strnlen(text, EXPR_MAX_TEXT + 1) > EXPR_MAX_TEXT)
		return error_new(ERROR_USAGE, "the expression is longer than "
		                 "%d bytes", EXPR_MAX_TEXT);
	c->expr = xcalloc(1, sizeof(*c->expr));
	c->expr->type = EXPR_INT;
	c->expr->source = xstrdup(text);
	buf_init(&c->expr->result);
	lexer_init(&c->lexer, c->expr->source,
	           c->scope && c->scope->typed && c->scope->world);
	err = parse_all(c, extent, types);
	stop = c->lexer.token.at;
	lexer_deinit(&c->lexer);
	if (err) {
		expr_destroy(c->expr);
		return err;
	}
	c->expr->text = trimmed(text, stop);
	*expr = c->expr;
	*end = stop;
	return NULL;
}

struct error *expr_compile(const char *text, const struct expr_scope *scope,
                           struct expr **expr)
{
	struct compiler c = { .scope = scope };
	size_t end;

	return compile(&c, text, EXTENT_WHOLE, false, expr, &end);
}

struct error *expr_compile_bool(const char *text,
                                const struct expr_scope *scope,
                                struct expr **expr)
{
	struct compiler c = { .scope = scope };
	size_t end;

	return compile(&c, text, EXTENT_BOOL, false, expr, &end);
}

struct error *expr_compile_prefix(const char *text,
                                  const struct expr_scope *scope,
                                  struct expr **expr, size_t *end)
{
	struct compiler c = { .scope = scope };

	return compile(&c, text, EXTENT_PREFIX, false, expr, end);
}

struct error *expr_compile_value(const char *text,
                                 const struct expr_scope *scope, bool types,
                                 size_t *end, struct expr **expr)
{
	struct compiler c = { .scope = scope, .value = true };
	size_t ignored;

	return compile(&c, text, end ? EXTENT_PREFIX : EXTENT_WHOLE, types,
	               expr, end ? end : &ignored);
}

void expr_destroy(struct expr *e)
{
	if (!e)
		return;
	drop_tree(e);
	for (size_t i = 0; i < e->strings.len; i++)
		free(e->strings.items[i].data);
	for (size_t i = 0; i < e->regexes.len; i++)
		pattern_destroy(e->regexes.items[i]);
	vec_deinit(&e->code);
	vec_deinit(&e->refs);
	vec_deinit(&e->strings);
	vec_deinit(&e->regexes);
	buf_deinit(&e->result);
	free(e->source);
	free(e->text);
	free(e);
}

const char *expr_text(const struct expr *e)
{
	return e->text;
}

enum expr_type expr_type(const struct expr *e)
{
	return e->type;
}

bool expr_is_constant(const struct expr *e)
{
	return !e->tree && code_is_constant(e, 0, e->code.len);
}

bool expr_is_typed(const struct expr *e)
{
	return e->tree != NULL;
}

const struct type *expr_named_type(const struct expr *e)
{
	return e->tree && e->tree->kind == NODE_TYPE ? e->tree->type : NULL;
}

const char *expr_single_name(const struct expr *e)
{
	return e->tree && e->tree->kind == NODE_REF ? e->text : NULL;
}
