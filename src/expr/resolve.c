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

/* The error says where. */
static struct error *placed(struct compiler *c, struct error *err)
{
	struct error *where;

	if (!err)
		return NULL;
	where = error_new(err->kind, "%s at column %u", err->message,
	                  lexer_column(c->lexer.text, c->lexer.token.at));
	error_destroy(err);
	return where;
}

static struct error *ask(struct compiler *c,
                         struct error *(*fn)(void *, const char *,
                                             struct expr_ref *),
                         struct node *n)
{
	n->ref = (struct expr_ref){ .kind = EXPR_REF_NONE };
	if (fn)
		TRY(placed(c, fn(c->scope->ctx, c->lexer.string.data,
		                 &n->ref)));
	n->has_ref = n->ref.kind != EXPR_REF_NONE;
	/* A string's bytes are the scope's: only until it is asked again. */
	if (n->ref.kind == EXPR_REF_CONSTANT &&
	    n->ref.value.type == EXPR_STRING) {
		n->len = n->ref.value.s.len;
		n->text = xmalloc(n->len + 1);
		memcpy(n->text, n->ref.value.s.data, n->len);
		n->text[n->len] = '\0';
		n->ref.value.s.data = n->text;
	}
	return NULL;
}

static struct error *resolve_dollar(struct compiler *c, struct node *n)
{
	const struct expr_scope *scope = c->scope;
	const char *name = c->lexer.string.data;
	bool is_call = c->lexer.text[c->lexer.token.end] == '(';

	n->kind = NODE_DOLLAR;
	TRY(ask(c, scope ? scope->reg : NULL, n));
	if (!n->has_ref && !(c->lexer.typed && (c->value || is_call ||
	    (scope->dollar && scope->dollar(scope->ctx, name)))))
		return unknown(c);
	free(n->text);
	n->text = xstrdup(name);
	if (n->ref.kind == EXPR_REF_CONSTANT &&
	    n->ref.value.type == EXPR_STRING) {
		/* Its bytes were in the text. */
		n->has_ref = false;
	}
	return NULL;
}

static struct error *ask_symbol(struct compiler *c, struct node *n,
                                const char *name)
{
	n->kind = NODE_SYMBOL;
	if (c->lexer.typed && c->scope->symbol)
		TRY(placed(c, c->scope->symbol(c->scope->ctx, name,
		                               &n->symbol)));
	if (n->symbol.known)
		n->text = xstrdup(name);
	return NULL;
}

/* The next part of a name with `::`, where the lexer stands. */
static struct error *add_part(struct compiler *c, struct buf *name)
{
	lexer_next(&c->lexer);
	if (c->lexer.token.kind == TOKEN_NAME)
		lexer_seek_name(&c->lexer, c->lexer.token.at);
	else if (c->lexer.token.kind != TOKEN_QUOTED)
		return parse_unexpected(c, "a name");
	buf_puts(name, c->lexer.string.data);
	return NULL;
}

static bool has_member(const struct type *class, const char *name,
                       unsigned depth)
{
	enum { BASES_MOST = 16 };
	size_t count;
	const struct type_member *m = type_members(class, &count);
	const struct type_method *method;

	for (size_t i = 0; i < count; i++)
		if (m[i].is_base ? depth < BASES_MOST &&
		    has_member(m[i].type, name, depth + 1)
		    : m[i].name && strcmp(m[i].name, name) == 0)
			return true;
	method = type_methods(class, &count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(method[i].name, name) == 0)
			return true;
	return false;
}

/* CLASS::MEMBER, which `&` makes a pointer to a member of. */
static void in_class(struct compiler *c, struct node *n, const char *name)
{
	const struct type *class;
	const char *last = NULL;
	AUTO_FREE char *left = NULL;

	for (const char *at = name; (at = strstr(at, "::")) != NULL; at += 2)
		last = at;
	if (!last || last == name || !c->scope->type)
		return;
	left = xstrndup(name, (size_t)(last - name));
	class = c->scope->type(c->scope->ctx, 0, left);
	if (!class || !type_is_aggregate(class) ||
	    !has_member(class, last + 2, 0))
		return;
	n->type = class;
	n->scope = xstrdup(last + 2);
	if (n->symbol.known)
		return;
	n->kind = NODE_SCOPED;
	n->text = xstrdup(name);
}

/* ns::x, FUNCTION::x, 'file.c'::x, ::x */
static struct error *resolve_qualified(struct compiler *c, struct node *n)
{
	AUTO_BUF struct buf name = { 0 }, shown = { 0 };
	const char *text = c->lexer.text;
	size_t at = c->lexer.token.at;

	buf_init(&name);
	if (c->lexer.token.kind == TOKEN_SCOPE)
		TRY(add_part(c, &name));
	else
		buf_puts(&name, c->lexer.string.data);
	while (strncmp(text + c->lexer.token.end, "::", 2) == 0) {
		lexer_next(&c->lexer);
		buf_puts(&name, "::");
		TRY(add_part(c, &name));
	}
	TRY(ask_symbol(c, n, name.data));
	in_class(c, n, name.data);
	if (n->symbol.known || n->kind == NODE_SCOPED)
		return NULL;
	buf_init(&shown);
	buf_put_c_escaped(&shown, name.data, name.len < 200 ? name.len : 200);
	return compiler_error(c, ERROR_NOT_FOUND, at, "unknown name \"%s\"",
	                      shown.data);
}

static bool is_type_word(const struct compiler *c)
{
	static const char *const words[] = { "struct", "union", "enum",
	                                     "class", "const", "volatile" };
	const char *name = c->lexer.string.data;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(name, words[i]) == 0)
			return true;
	return strcmp(name, "void") == 0 || strcmp(name, "unsigned") == 0 ||
	       type_builtin(c->scope->world->pool, name) ||
	       (c->scope->type && c->scope->type(c->scope->ctx, 0, name));
}

/* C++'s true and false, as a number. */
static bool is_truth(const struct compiler *c, struct node *n)
{
	const char *name = c->lexer.string.data;
	bool truth = strcmp(name, "true") == 0;

	if ((!truth && strcmp(name, "false") != 0) || !compiler_is_cplus(c))
		return false;
	n->kind = NODE_NUMBER;
	n->what.kind = TOKEN_NUMBER;
	n->what.is_bool = true;
	n->what.value = (struct expr_value){ .type = EXPR_INT, .i = truth };
	return true;
}

static bool goes_on(const struct compiler *c)
{
	return strncmp(c->lexer.text + c->lexer.token.end, "::", 2) == 0;
}

static struct error *resolve_plain(struct compiler *c, struct node *n)
{
	const struct expr_scope *scope = c->scope;
	bool dotted = strchr(c->lexer.string.data, '.') != NULL;

	TRY(ask(c, scope ? scope->name : NULL, n));
	if (n->has_ref || !c->lexer.typed)
		return n->has_ref ? NULL : unknown(c);
	if (dotted) {
		lexer_seek_name(&c->lexer, c->lexer.token.at);
		TRY(ask(c, scope->name, n));
	}
	if (!n->has_ref)
		TRY(ask_symbol(c, n, c->lexer.string.data));
	if (n->has_ref || n->symbol.known) {
		n->kind = n->has_ref ? NODE_REF : NODE_SYMBOL;
		return NULL;
	}
	TRY(ask(c, scope->late, n));
	n->kind = NODE_REF;
	if (!n->has_ref && is_truth(c, n))
		return NULL;
	if (!n->has_ref && is_type_word(c))
		return compiler_error(c, ERROR_USAGE, c->lexer.token.at,
		                      "a type is no value");
	return n->has_ref ? NULL : unknown(c);
}

/* Of `x.Base::m`, which is no FILE::x, the `x` alone. */
static struct error *resolve_scoped(struct compiler *c, struct node *n)
{
	size_t at = c->lexer.token.at;
	bool dotted = c->lexer.token.kind == TOKEN_NAME &&
	              strchr(c->lexer.string.data, '.');
	struct error *err = resolve_qualified(c, n);

	if (!err || !dotted || err->kind != ERROR_NOT_FOUND)
		return err;
	error_destroy(err);
	n->kind = NODE_REF;
	lexer_seek_name(&c->lexer, at);
	return resolve_plain(c, n);
}

struct error *resolve_name(struct compiler *c, struct node **node)
{
	struct node *n = node_new(c, NODE_REF);
	enum token_kind kind = c->lexer.token.kind;

	*node = n;
	if (kind == TOKEN_REGISTER)
		return resolve_dollar(c, n);
	if (c->lexer.typed && (kind != TOKEN_NAME || goes_on(c)))
		return resolve_scoped(c, n);
	if (kind != TOKEN_NAME)
		return parse_unexpected(c, "a value");
	return resolve_plain(c, n);
}
