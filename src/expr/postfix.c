/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar: values, and what stands behind them. */
#include "expr/internal.h"

#include <string.h>

/* "a" "b" is one string. */
static void parse_strings(struct compiler *c, struct node *n)
{
	AUTO_BUF struct buf all = { 0 };

	buf_init(&all);
	do {
		buf_add(&all, c->lexer.string.data, c->lexer.string.len);
		n->what.end = c->lexer.token.end;
		lexer_next(&c->lexer);
	} while (c->lexer.typed && c->lexer.token.kind == TOKEN_STRING);
	n->len = all.len;
	n->text = buf_take(&all);
}

static struct error *parse_value(struct compiler *c, struct node **n)
{
	switch (c->lexer.token.kind) {
	case TOKEN_NUMBER:
		*n = node_new(c, NODE_NUMBER);
		break;
	case TOKEN_FLOAT:
		*n = node_new(c, NODE_FLOAT);
		break;
	case TOKEN_STRING:
		*n = node_new(c, NODE_STRING);
		parse_strings(c, *n);
		return NULL;
	case TOKEN_NAME:
	case TOKEN_QUOTED:
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

static struct error *parse_member(struct compiler *c, struct node **n)
{
	bool arrow = c->lexer.token.kind == TOKEN_ARROW;
	struct node *member = node_new(c, arrow ? NODE_ARROW : NODE_MEMBER);

	lexer_next(&c->lexer);
	if (c->lexer.token.kind != TOKEN_NAME)
		return parse_unexpected(c, "the name of a member");
	lexer_seek_name(&c->lexer, c->lexer.token.at);
	member->a = *n;
	member->text = xstrdup(c->lexer.string.data);
	lexer_next(&c->lexer);
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

	TRY(parse_deeper(c));
	call->a = *n;
	call->args = xcalloc(NODE_MAX_ARGS, sizeof(*call->args));
	lexer_next(&c->lexer);
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
