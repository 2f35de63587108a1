/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of what only C++ has. */
#include "expr/internal.h"

#include <string.h>

static const struct {
	const char *name;
	enum value_cast_kind kind;
} casts[] = {
	{ "static_cast", CAST_STATIC }, { "const_cast", CAST_CONST },
	{ "reinterpret_cast", CAST_REINTERPRET },
	{ "dynamic_cast", CAST_DYNAMIC },
};

static struct error *expect(struct compiler *c, enum token_kind kind,
                            const char *wanted)
{
	if (c->lexer.token.kind != kind)
		return parse_unexpected(c, wanted);
	lexer_next(&c->lexer);
	return NULL;
}

static struct error *parse_cast(struct compiler *c, struct node *cast)
{
	TRY(parse_deeper(c));
	lexer_next(&c->lexer);
	TRY(expect(c, TOKEN_LT, "\"<\""));
	TRY(parse_type(c, &cast->type));
	if (!cast->type)
		return parse_unexpected(c, "a type");
	TRY(expect(c, TOKEN_GT, "\">\""));
	TRY(expect(c, TOKEN_OPEN, "\"(\""));
	TRY(parse_expression(c, true, &cast->a));
	TRY(expect(c, TOKEN_CLOSE, "\")\""));
	c->nesting--;
	return node_close(c, cast);
}

static char next_sign(const struct compiler *c)
{
	const char *s = c->lexer.text + c->lexer.token.end;

	return s[strspn(s, " \t")];
}

struct error *parse_named_cast(struct compiler *c, struct node **n)
{
	const char *name = c->lexer.string.data;

	if (!c->lexer.typed)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(casts); i++) {
		if (strcmp(name, casts[i].name) != 0 || next_sign(c) != '<')
			continue;
		*n = node_new(c, NODE_CAST);
		(*n)->cast = casts[i].kind;
		return parse_cast(c, *n);
	}
	if (strcmp(name, "typeid") == 0 && next_sign(c) == '(' &&
	    compiler_is_cplus(c))
		return compiler_error(c, ERROR_UNSUPPORTED,
		                      c->lexer.token.at,
		                      "typeid is not evaluated: `whatis` and "
		                      "`ptype` show types");
	return NULL;
}

/* Types up to the `)` where the lexer stays; *GOOD: that is what there is. */
static struct error *parse_types(struct compiler *c, struct node *pick,
                                 bool *good)
{
	*good = false;
	pick->args = xcalloc(NODE_MAX_ARGS, sizeof(*pick->args));
	while (pick->arg_count < NODE_MAX_ARGS) {
		struct node *item = node_new(c, NODE_TYPE);

		TRY(parse_type(c, &item->type));
		if (!item->type)
			return NULL;
		pick->args[pick->arg_count++] = item;
		if (c->lexer.token.kind == TOKEN_CLOSE)
			break;
		if (c->lexer.token.kind != TOKEN_COMMA)
			return NULL;
		lexer_next(&c->lexer);
	}
	if (pick->arg_count == 1 && pick->args[0]->type->kind == TYPE_VOID)
		pick->arg_count = 0;
	*good = c->lexer.token.kind == TOKEN_CLOSE;
	return NULL;
}

static bool may_be_picked(const struct node *n)
{
	return n->kind == NODE_SYMBOL || n->kind == NODE_MEMBER ||
	       n->kind == NODE_ARROW || n->kind == NODE_SCOPED;
}

struct error *parse_pick(struct compiler *c, struct node **n, bool *picked)
{
	size_t at = c->lexer.token.at;
	struct node *pick;

	*picked = false;
	if (!may_be_picked(*n) || c->lexer.token.kind != TOKEN_NAME)
		return NULL;
	pick = node_new(c, NODE_PICK);
	TRY(parse_types(c, pick, picked));
	if (!*picked) {
		lexer_seek(&c->lexer, at);
		return NULL;
	}
	pick->a = *n;
	*n = pick;
	lexer_next(&c->lexer);
	pick->is_const = c->lexer.token.kind == TOKEN_NAME &&
	                 strcmp(c->lexer.string.data, "const") == 0;
	if (pick->is_const)
		lexer_next(&c->lexer);
	return node_close(c, pick);
}

static struct node *symbol_node(struct compiler *c, const char *name,
                                struct error **err)
{
	struct node *n = node_new(c, NODE_SYMBOL);

	*err = c->scope->symbol ? c->scope->symbol(c->scope->ctx, name,
	                                           &n->symbol) : NULL;
	if (*err || !n->symbol.known)
		return NULL;
	n->text = xstrdup(name);
	return n;
}

/* Behind the `(` of 'f(int)'; *END is behind its second quote. */
static struct error *quoted_types(struct compiler *c, struct node *pick,
                                  bool *good, size_t *end)
{
	static const char word[] = "const";
	const char *text = c->lexer.text;

	lexer_next(&c->lexer);
	*good = c->lexer.token.kind == TOKEN_CLOSE;
	if (!*good)
		TRY(parse_types(c, pick, good));
	*end = c->lexer.token.end;
	*end += strspn(text + *end, " ");
	pick->is_const = strncmp(text + *end, word, strlen(word)) == 0;
	*end += pick->is_const ? strlen(word) : 0;
	*end += strspn(text + *end, " ");
	*good = *good && text[*end] == '\'';
	return NULL;
}

struct error *parse_quoted_function(struct compiler *c, struct node **n)
{
	const char *open = strchr(c->lexer.string.data, '(');
	size_t at = c->lexer.token.at, end, len;
	AUTO_FREE char *whole = NULL, *base = NULL;
	struct error *err = NULL;
	struct node *pick;
	bool good;

	/* Of a plain name its text is that of the quotes. */
	if (!open || open == c->lexer.string.data || !c->lexer.typed ||
	    strchr(c->lexer.text + at, '\\'))
		return NULL;
	whole = xstrdup(c->lexer.string.data);
	len = (size_t)(open - c->lexer.string.data);
	base = xstrndup(whole, len);
	pick = node_new(c, NODE_PICK);
	pick->a = symbol_node(c, base, &err);
	if (!err && pick->a)
		pick->b = symbol_node(c, whole, &err);
	if (err || !pick->a) {
		error_destroy(err);
		return NULL;
	}
	lexer_seek(&c->lexer, at + 1 + len);
	TRY(quoted_types(c, pick, &good, &end));
	if (!good) {
		lexer_seek(&c->lexer, at);
		return NULL;
	}
	lexer_seek(&c->lexer, end + 1);
	*n = pick;
	return node_close(c, pick);
}

static struct error *parse_member_pointer(struct compiler *c, struct node **n)
{
	struct node *member = node_new(c, NODE_MEMBER_POINTER);

	TRY(parse_deeper(c));
	lexer_next(&c->lexer);
	member->a = *n;
	TRY(parse_unary(c, &member->b));
	c->nesting--;
	*n = member;
	return node_close(c, member);
}

struct error *parse_member(struct compiler *c, struct node **n)
{
	bool arrow = c->lexer.token.kind == TOKEN_ARROW;
	struct node *member = node_new(c, arrow ? NODE_ARROW : NODE_MEMBER);
	AUTO_BUF struct buf scope = { 0 };

	buf_init(&scope);
	lexer_next(&c->lexer);
	if (c->lexer.token.kind == TOKEN_STAR)
		return parse_member_pointer(c, n);
	for (;;) {
		if (c->lexer.token.kind != TOKEN_NAME)
			return parse_unexpected(c, "the name of a member");
		lexer_seek_name(&c->lexer, c->lexer.token.at);
		if (strncmp(c->lexer.text + c->lexer.token.end, "::", 2) != 0)
			break;
		buf_puts(&scope, scope.len ? "::" : "");
		buf_puts(&scope, c->lexer.string.data);
		lexer_next(&c->lexer);
		lexer_next(&c->lexer);
	}
	member->a = *n;
	member->text = xstrdup(c->lexer.string.data);
	if (scope.len)
		member->scope = buf_take(&scope);
	lexer_next(&c->lexer);
	*n = member;
	return node_close(c, member);
}
