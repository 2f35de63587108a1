/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/internal.h"

#include <assert.h>
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
	case TOKEN_PLUS:
	case TOKEN_MINUS:
		return 9;
	case TOKEN_STAR:
	case TOKEN_SLASH:
	case TOKEN_PERCENT:
		return 10;
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

/* WANTED is not what is there. */
static struct error *unexpected(struct compiler *c, const char *wanted)
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

static struct error *parse_choice(struct compiler *c, struct piece *p);

/* Each level of recursion that the text can ask for comes through here. */
static struct error *deeper(struct compiler *c)
{
	if (++c->nesting <= EXPR_MAX_NESTING)
		return NULL;
	return compiler_error(c, ERROR_USAGE, c->lexer.token.at,
	                      "nested deeper than %d", EXPR_MAX_NESTING);
}

static struct error *parse_value(struct compiler *c, struct piece *p)
{
	const struct token *t = &c->lexer.token;
	struct expr_ref ref;

	switch (t->kind) {
	case TOKEN_NUMBER:
		*p = code_number(c, t->value.type, t->value.u);
		break;
	case TOKEN_STRING:
		*p = code_string(c, c->lexer.string.data, c->lexer.string.len);
		break;
	case TOKEN_NAME:
	case TOKEN_REGISTER:
		TRY(resolve_name(c, &ref));
		*p = code_ref(c, &ref);
		break;
	case TOKEN_OPEN:
		TRY(deeper(c));
		lexer_next(&c->lexer);
		TRY(parse_choice(c, p));
		if (t->kind != TOKEN_CLOSE)
			return unexpected(c, "\")\"");
		c->nesting--;
		break;
	default:
		return unexpected(c, "a value");
	}
	lexer_next(&c->lexer);
	return NULL;
}

/* -9223372036854775808 is a signed number, as compilers with wider ones say. */
static bool is_least(const struct token *t)
{
	return t->kind == TOKEN_NUMBER && t->is_decimal &&
	       t->value.u == 1ull << 63;
}

static struct error *parse_unary(struct compiler *c, struct piece *p)
{
	struct token what = c->lexer.token;

	what.error = NULL; /* it stays the lexer's */
	if (what.kind != TOKEN_MINUS && what.kind != TOKEN_PLUS &&
	    what.kind != TOKEN_NOT && what.kind != TOKEN_TILDE)
		return parse_value(c, p);
	TRY(deeper(c));
	lexer_next(&c->lexer);
	if (what.kind == TOKEN_MINUS && is_least(&c->lexer.token)) {
		*p = code_number(c, EXPR_INT, 1ull << 63);
		lexer_next(&c->lexer);
	} else {
		TRY(parse_unary(c, p));
		TRY(code_unary(c, &what, p));
	}
	c->nesting--;
	return NULL;
}

static struct error *parse_pattern(struct compiler *c,
                                   const struct token *what,
                                   struct piece *left)
{
	if (c->lexer.token.kind != TOKEN_STRING)
		return unexpected(c, "a pattern in double quotes");
	TRY(code_match(c, what, left, &c->lexer.string, c->lexer.token.at));
	lexer_next(&c->lexer);
	return NULL;
}

/* Operators of precedence LEAST and above. */
static struct error *parse_binary(struct compiler *c, unsigned lowest,
                                  struct piece *left)
{
	TRY(parse_unary(c, left));
	for (;;) {
		struct token what = c->lexer.token;
		unsigned binds = precedence(what.kind);
		struct piece right;
		size_t jump;

		if (!binds || binds < lowest)
			return NULL;
		lexer_next(&c->lexer);
		if (what.kind == TOKEN_TILDE || what.kind == TOKEN_MATCH) {
			TRY(parse_pattern(c, &what, left));
		} else if (what.kind == TOKEN_AND_AND ||
		           what.kind == TOKEN_OR_OR) {
			TRY(code_logic_begin(c, &what, left, &jump));
			TRY(parse_binary(c, binds + 1, &right));
			TRY(code_logic_end(c, &what, left, right, jump));
		} else {
			TRY(parse_binary(c, binds + 1, &right));
			TRY(code_binary(c, &what, left, right));
		}
	}
}

/* A ?: and all that binds tighter: a whole expression. */
static struct error *parse_choice(struct compiler *c, struct piece *p)
{
	struct choice choice;
	struct token what;

	TRY(parse_binary(c, 1, p));
	what = c->lexer.token;
	if (what.kind != TOKEN_QUESTION)
		return NULL;
	TRY(deeper(c));
	choice.test = *p;
	TRY(code_choice_test(c, &what, &choice));
	lexer_next(&c->lexer);
	TRY(parse_choice(c, &choice.yes));
	if (c->lexer.token.kind != TOKEN_COLON)
		return unexpected(c, "\":\"");
	code_choice_yes(c, &choice);
	lexer_next(&c->lexer);
	TRY(parse_choice(c, &choice.no));
	TRY(code_choice_end(c, &what, &choice, p));
	c->nesting--;
	return NULL;
}

enum extent { EXTENT_WHOLE, EXTENT_BOOL, EXTENT_PREFIX };

static struct error *parse_all(struct compiler *c, enum extent extent)
{
	struct piece p;

	lexer_next(&c->lexer);
	if (c->lexer.token.kind == TOKEN_END)
		return error_new(ERROR_USAGE, "the expression is empty");
	TRY(parse_choice(c, &p));
	if (extent != EXTENT_PREFIX && c->lexer.token.kind != TOKEN_END)
		return unexpected(c, "an operator");
	if (extent == EXTENT_BOOL && p.type == EXPR_STRING) {
		const struct insn *in = &c->expr->code.items[p.start];
		const struct token none = { .at = in->at, .end = in->at };

		if (c->expr->code.len > 1 || in->op != OP_LOAD_STRING)
			return error_new(ERROR_USAGE, "a string is neither "
			                 "true nor false");
		TRY(code_to_number(c, &p, c->expr->code.len, &none));
	}
	if (!code_fits_stack(c->expr))
		return error_new(ERROR_USAGE, "nested too deeply");
	c->expr->type = p.type;
	return NULL;
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

static struct error *compile(const char *text, const struct expr_scope *scope,
                             enum extent extent, struct expr **expr,
                             size_t *end)
{
	struct compiler c = { .scope = scope };
	struct error *err;
	size_t stop;

	if (strnlen(text, EXPR_MAX_TEXT + 1) > EXPR_MAX_TEXT)
		return error_new(ERROR_USAGE, "the expression is longer than "
		                 "%d bytes", EXPR_MAX_TEXT);
	c.expr = xcalloc(1, sizeof(*c.expr));
	c.expr->source = xstrdup(text);
	lexer_init(&c.lexer, c.expr->source);
	err = parse_all(&c, extent);
	stop = c.lexer.token.at;
	lexer_deinit(&c.lexer);
	if (err) {
		expr_destroy(c.expr);
		return err;
	}
	c.expr->text = trimmed(text, stop);
	*expr = c.expr;
	*end = stop;
	return NULL;
}

struct error *expr_compile(const char *text, const struct expr_scope *scope,
                           struct expr **expr)
{
	size_t end;

	return compile(text, scope, EXTENT_WHOLE, expr, &end);
}

struct error *expr_compile_bool(const char *text,
                                const struct expr_scope *scope,
                                struct expr **expr)
{
	size_t end;

	return compile(text, scope, EXTENT_BOOL, expr, &end);
}

struct error *expr_compile_prefix(const char *text,
                                  const struct expr_scope *scope,
                                  struct expr **expr, size_t *end)
{
	return compile(text, scope, EXTENT_PREFIX, expr, end);
}

void expr_destroy(struct expr *e)
{
	if (!e)
		return;
	for (size_t i = 0; i < e->strings.len; i++)
		free(e->strings.items[i].data);
	for (size_t i = 0; i < e->regexes.len; i++) {
		regfree(e->regexes.items[i]);
		free(e->regexes.items[i]);
	}
	vec_deinit(&e->code);
	vec_deinit(&e->refs);
	vec_deinit(&e->strings);
	vec_deinit(&e->regexes);
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
	return code_is_constant(e, 0, e->code.len);
}
