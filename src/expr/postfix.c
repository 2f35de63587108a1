/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar: values, and what stands behind them. */
#include "expr/internal.h"

#include <string.h>

/* Of an element of what has PREFIX: the program's type, or C's own. */
static const struct type *text_type(struct compiler *c, char prefix)
{
	const char *name = prefix == 'L' ? "wchar_t"
		: prefix == 'u' ? "char16_t" : prefix == 'U' ? "char32_t"
		: NULL;
	const struct type *t = NULL;

	if (!name)
		return NULL;
	if (c->scope->type)
		t = c->scope->type(c->scope->ctx, 0, name);
	if (!t || type_size(t) != text_width(prefix))
		t = type_builtin(c->scope->world->pool, name);
	return t;
}

static bool is_wide(char prefix)
{
	return prefix && prefix != '8';
}

/* "a" "b" is one string, of the type of a wide one that is among them. */
static struct error *parse_strings(struct compiler *c, struct node *n)
{
	AUTO_BUF struct buf all = { 0 }, wider = { 0 };
	char prefix = c->lexer.token.prefix;

	buf_init(&all);
	buf_init(&wider);
	do {
		char next = c->lexer.token.prefix;
		const struct buf *part = &c->lexer.string;

		if (is_wide(prefix) && is_wide(next) && prefix != next)
			return compiler_error(c, ERROR_USAGE,
			                      c->lexer.token.at, "strings of "
			                      "different characters");
		buf_reset(&wider);
		if (is_wide(next) && !is_wide(prefix)) {
			text_widen(all.data, all.len, text_width(next),
			           &wider);
			buf_reset(&all);
			buf_add(&all, wider.data, wider.len);
			prefix = next;
		} else if (is_wide(prefix) && !is_wide(next)) {
			text_widen(part->data, part->len, text_width(prefix),
			           &wider);
			part = &wider;
		}
		buf_add(&all, part->data, part->len);
		n->what.end = c->lexer.token.end;
		lexer_next(&c->lexer);
	} while (c->lexer.typed && c->lexer.token.kind == TOKEN_STRING);
	n->type = text_type(c, prefix);
	n->len = all.len;
	n->text = buf_take(&all);
	return NULL;
}

static struct error *parse_value(struct compiler *c, struct node **n)
{
	switch (c->lexer.token.kind) {
	case TOKEN_NUMBER:
		*n = node_new(c, NODE_NUMBER);
		(*n)->type = text_type(c, c->lexer.token.prefix);
		break;
	case TOKEN_FLOAT:
		*n = node_new(c, NODE_FLOAT);
		break;
	case TOKEN_STRING:
		*n = node_new(c, NODE_STRING);
		return parse_strings(c, *n);
	case TOKEN_QUOTED:
		*n = NULL;
		TRY(parse_quoted_function(c, n));
		if (*n)
			return NULL;
		TRY(resolve_name(c, n));
		break;
	case TOKEN_NAME:
		*n = NULL;
		TRY(parse_named_cast(c, n));
		if (*n)
			return NULL;
		TRY(resolve_name(c, n));
		break;
	case TOKEN_SCOPE:
	case TOKEN_REGISTER:
		TRY(resolve_name(c, n));
		break;
	case TOKEN_OPEN:
		TRY(parse_deeper(c));
		lexer_next(&c->lexer);
		TRY(parse_expression(c, c->lexer.typed, n));
		if (c->lexer.token.kind != TOKEN_CLOSE)
			return parse_unexpected(c, "\")\"");
		c->nesting--;
		break;
	default:
		return parse_unexpected(c, "a value");
	}
	lexer_next(&c->lexer);
	return NULL;
}

/* Rust's tuple.0, which reads like a number: how long ".0" is; 0: it is none. */
static size_t tuple_member(const struct compiler *c)
{
	const char *at = c->lexer.text + c->lexer.token.at;
	size_t len = at[0] == '.' ? strspn(at + 1, "0123456789") : 0;

	return len && len < 6 ? len + 1 : 0;
}

/* Its members are called __0, __1, ... */
static struct error *parse_tuple(struct compiler *c, struct node **n,
                                 size_t len)
{
	struct node *member = node_new(c, NODE_MEMBER);
	size_t at = c->lexer.token.at;

	member->a = *n;
	member->text = xasprintf("__%.*s", (int)len - 1,
	                         c->lexer.text + at + 1);
	if (c->lexer.token.kind == TOKEN_BAD)
		error_destroy(c->lexer.token.error);
	c->lexer.token.error = NULL;
	lexer_seek(&c->lexer, at + len);
	*n = member;
	return node_close(c, member);
}

static struct error *parse_index(struct compiler *c, struct node **n)
{
	struct node *index = node_new(c, NODE_INDEX);

	TRY(parse_deeper(c));
	lexer_next(&c->lexer);
	index->a = *n;
	TRY(parse_expression(c, true, &index->b));
	if (c->lexer.token.kind != TOKEN_INDEX_END)
		return parse_unexpected(c, "\"]\"");
	c->nesting--;
	lexer_next(&c->lexer);
	*n = index;
	return node_close(c, index);
}

static struct error *parse_call(struct compiler *c, struct node **n)
{
	struct node *call = node_new(c, NODE_CALL);
	struct node *arg;

	bool picked = false;

	TRY(parse_deeper(c));
	call->a = *n;
	call->args = xcalloc(NODE_MAX_ARGS, sizeof(*call->args));
	lexer_next(&c->lexer);
	TRY(parse_pick(c, n, &picked));
	if (picked) {
		c->nesting--;
		return NULL;
	}
	while (c->lexer.token.kind != TOKEN_CLOSE) {
		if (call->arg_count == NODE_MAX_ARGS)
			return compiler_error(c, ERROR_USAGE, call->what.at,
			                      "more than %d arguments",
			                      (int)NODE_MAX_ARGS);
		TRY(parse_expression(c, false, &arg));
		call->args[call->arg_count++] = arg;
		if (c->lexer.token.kind == TOKEN_COMMA)
			lexer_next(&c->lexer);
		else if (c->lexer.token.kind != TOKEN_CLOSE)
			return parse_unexpected(c, "\")\"");
	}
	TRY(tree_call_check(c, call));
	c->nesting--;
	lexer_next(&c->lexer);
	*n = call;
	return node_close(c, call);
}

/* Only what may be a function is called: `5 (x)` are two things. */
static bool may_be_called(const struct node *n)
{
	return n->kind != NODE_NUMBER && n->kind != NODE_FLOAT &&
	       n->kind != NODE_STRING && n->kind != NODE_REF;
}

struct error *parse_postfix(struct compiler *c, struct node **n)
{
	TRY(parse_value(c, n));
	while (c->lexer.typed) {
		struct node *step;
		size_t tuple = tuple_member(c);

		if (tuple) {
			TRY(parse_tuple(c, n, tuple));
			continue;
		}
		switch (c->lexer.token.kind) {
		case TOKEN_DOT:
		case TOKEN_ARROW:
			TRY(parse_member(c, n));
			break;
		case TOKEN_INDEX:
			TRY(parse_index(c, n));
			break;
		case TOKEN_OPEN:
			if (!may_be_called(*n))
				return NULL;
			TRY(parse_call(c, n));
			break;
		case TOKEN_INCREMENT:
		case TOKEN_DECREMENT:
			step = node_new(c, NODE_STEP);
			step->a = *n;
			step->behind = true;
			lexer_next(&c->lexer);
			TRY(node_close(c, step));
			*n = step;
			break;
		default:
			return NULL;
		}
	}
	return NULL;
}
