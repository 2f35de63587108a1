/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of types, as they stand in casts: `struct s *(*[3])(int)`. */
#include "expr/internal.h"

#include "symbols/type_rust.h"

#include <string.h>

enum { TYPE_NESTED = 10 };

static bool is_name(const struct compiler *c, const char *word)
{
	return c->lexer.token.kind == TOKEN_NAME &&
	       strcmp(c->lexer.string.data, word) == 0;
}

/* *CONST and so on, around T, as long as they stand there. */
static const struct type *qualify(struct compiler *c, const struct type *t,
                                  bool *any)
{
	static const struct {
		const char *name;
		enum type_kind kind;
	} words[] = {
		{ "const", TYPE_CONST }, { "volatile", TYPE_VOLATILE },
		{ "restrict", TYPE_RESTRICT }, { "_Atomic", TYPE_ATOMIC },
	};
	struct type_pool *pool = c->scope->world->pool;
	size_t i = 0;

	while (i < ARRAY_LEN(words)) {
		if (!is_name(c, words[i].name)) {
			i++;
			continue;
		}
		if (t)
			t = type_qualified(pool, t, words[i].kind);
		*any = true;
		lexer_next(&c->lexer);
		i = 0;
	}
	return t;
}

static bool is_basic_word(const struct compiler *c)
{
	static const char *const words[] = {
		"unsigned", "signed", "int", "long", "short", "char", "float",
		"double", "void", "_Bool", "__int128", "_Complex",
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (is_name(c, words[i]))
			return true;
	return false;
}

static struct error *basic(struct compiler *c, const struct type **type)
{
	AUTO_BUF struct buf name = { 0 };
	size_t at = c->lexer.token.at;
	bool any;

	buf_init(&name);
	while (is_basic_word(c)) {
		if (name.len > 200)
			break;
		buf_puts(&name, name.len ? " " : "");
		buf_puts(&name, c->lexer.string.data);
		lexer_next(&c->lexer);
		qualify(c, NULL, &any);
	}
	*type = strcmp(name.data, "void") == 0
		? type_void(c->scope->world->pool)
		: type_builtin(c->scope->world->pool, name.data);
	if (!*type && c->scope->type)
		*type = c->scope->type(c->scope->ctx, 0, name.data);
	if (!*type)
		return compiler_error(c, ERROR_USAGE, at,
		                      "no type is called \"%s\"", name.data);
	return NULL;
}

/* Up to the `>` that belongs to the `<` at AT; 0: there is none. */
static size_t template_end(const char *text, size_t at)
{
	unsigned depth = 0;

	for (size_t i = at; text[i] && i - at < 1000; i++) {
		depth += text[i] == '<';
		if (text[i] == '>' && --depth == 0)
			return i + 1;
	}
	return 0;
}

/* The name at the lexer with its `::` and `<...>`; END is behind it. */
static void whole_name(struct compiler *c, struct buf *name, size_t *end)
{
	const char *text = c->lexer.text;

	lexer_seek_name(&c->lexer, c->lexer.token.at);
	for (;;) {
		size_t close;

		buf_puts(name, c->lexer.string.data);
		*end = c->lexer.token.end;
		close = text[*end] == '<' ? template_end(text, *end) : 0;
		if (close) {
			buf_add(name, text + *end, close - *end);
			*end = close;
			lexer_seek(&c->lexer, close);
		} else {
			lexer_next(&c->lexer);
		}
		if (c->lexer.token.kind != TOKEN_SCOPE)
			return;
		lexer_next(&c->lexer);
		if (c->lexer.token.kind != TOKEN_NAME)
			return;
		lexer_seek_name(&c->lexer, c->lexer.token.at);
		buf_puts(name, "::");
	}
}

static struct error *tagged(struct compiler *c, char tag,
                            const struct type **type)
{
	AUTO_BUF struct buf name = { 0 };
	size_t at, end;
	char kind[8];

	buf_init(&name);
	memcpy(kind, c->lexer.string.data, c->lexer.string.len + 1);
	lexer_next(&c->lexer);
	at = c->lexer.token.at;
	if (c->lexer.token.kind != TOKEN_NAME)
		return parse_unexpected(c, "the name of a type");
	whole_name(c, &name, &end);
	if (c->scope->type)
		*type = c->scope->type(c->scope->ctx, tag, name.data);
	if (!*type)
		return compiler_error(c, ERROR_NOT_FOUND, at,
		                      "no %s is called \"%s\"", kind,
		                      name.data);
	lexer_seek(&c->lexer, end);
	return NULL;
}

/* Whether the scope has the name as something that is no type. */
static bool is_variable(struct compiler *c, const char *name)
{
	struct expr_ref ref = { .kind = EXPR_REF_NONE };
	struct expr_symbol symbol = { 0 };
	const struct expr_scope *scope = c->scope;

	if (scope->name && !strstr(name, "::")) {
		struct error *err = scope->name(scope->ctx, name, &ref);

		if (err || ref.kind != EXPR_REF_NONE) {
			error_destroy(err);
			return true;
		}
	}
	if (scope->symbol) {
		struct error *err = scope->symbol(scope->ctx, name, &symbol);

		error_destroy(err);
		if (symbol.known && symbol.destroy)
			symbol.destroy(symbol.data);
		return err || symbol.known;
	}
	return false;
}

static void named(struct compiler *c, const struct type **type)
{
	AUTO_BUF struct buf name = { 0 };
	size_t at = c->lexer.token.at, end;

	buf_init(&name);
	whole_name(c, &name, &end);
	if (c->scope->type)
		*type = c->scope->type(c->scope->ctx, 0, name.data);
	if (!*type)
		*type = type_builtin(c->scope->world->pool, name.data);
	if (*type && is_variable(c, name.data))
		*type = NULL;
	lexer_seek(&c->lexer, *type ? end : at);
}

static struct error *specifier(struct compiler *c, const struct type **type)
{
	static const char *const tags[] = { "struct", "union", "enum",
	                                    "class" };
	size_t at = c->lexer.token.at;
	const struct type *t = NULL;
	bool any = false;

	qualify(c, NULL, &any);
	if (c->lexer.token.kind != TOKEN_NAME)
		return any ? parse_unexpected(c, "a type") : NULL;
	for (size_t i = 0; i < ARRAY_LEN(tags) && !t; i++)
		if (is_name(c, tags[i]))
			TRY(tagged(c, tags[i][0], &t));
	if (!t && is_basic_word(c))
		TRY(basic(c, &t));
	else if (!t)
		named(c, &t);
	if (!t && any)
		return parse_unexpected(c, "a type");
	if (!t)
		return NULL;
	if (any) {
		/* Again, now that there is something to qualify. */
		size_t end = c->lexer.token.at;

		lexer_seek(&c->lexer, at);
		t = qualify(c, t, &any);
		lexer_seek(&c->lexer, end);
	}
	*type = qualify(c, t, &any);
	return NULL;
}

static struct error *declarator(struct compiler *c, unsigned depth,
                                const struct type **type);

/* The `...` that a list of parameters ends with. */
static struct error *ellipsis(struct compiler *c)
{
	for (unsigned i = 0; i < 3; i++) {
		if (c->lexer.token.kind != TOKEN_DOT)
			return parse_unexpected(c, "\"...\"");
		lexer_next(&c->lexer);
	}
	return c->lexer.token.kind == TOKEN_CLOSE
	       ? NULL : parse_unexpected(c, "\")\"");
}

/* `(int, char)` behind a function; `()` says nothing of its parameters. */
static struct error *parameters(struct compiler *c, unsigned depth,
                                const struct type **type)
{
	struct type_pool *pool = c->scope->world->pool;
	const struct type *params[NODE_MAX_ARGS];
	bool varargs = false;
	size_t count = 0;

	lexer_next(&c->lexer);
	while (c->lexer.token.kind != TOKEN_CLOSE && !varargs) {
		const struct type *t = NULL;

		if (count && c->lexer.token.kind == TOKEN_DOT) {
			TRY(ellipsis(c));
			varargs = true;
			continue;
		}

		TRY(specifier(c, &t));
		if (!t)
			return parse_unexpected(c, "a type");
		if (count == NODE_MAX_ARGS)
			return parse_unexpected(c, "fewer parameters");
		TRY(declarator(c, depth + 1, &t));
		params[count++] = t;
		if (c->lexer.token.kind == TOKEN_COMMA)
			lexer_next(&c->lexer);
		else if (c->lexer.token.kind != TOKEN_CLOSE)
			return parse_unexpected(c, "\")\"");
	}
	lexer_next(&c->lexer);
	if (count == 1 && params[0]->kind == TYPE_VOID)
		*type = type_function_of(pool, *type, params, 0, false);
	else
		*type = count ? type_function_of(pool, *type, params, count,
		                                 varargs)
		              : type_function_to(pool, *type);
	return NULL;
}

/* `[3]`, `[]`; the first one is the outermost. */
static struct error *bounds(struct compiler *c, unsigned depth,
                            const struct type **type)
{
	struct type_pool *pool = c->scope->world->pool;
	uint64_t count = 0;
	bool given;

	lexer_next(&c->lexer);
	given = c->lexer.token.kind == TOKEN_NUMBER;
	if (given) {
		count = c->lexer.token.value.u;
		lexer_next(&c->lexer);
	}
	if (c->lexer.token.kind != TOKEN_INDEX_END)
		return parse_unexpected(c, "\"]\"");
	lexer_next(&c->lexer);
	if (c->lexer.token.kind == TOKEN_INDEX && depth < TYPE_NESTED)
		TRY(bounds(c, depth + 1, type));
	if (count > 1u << 30)
		return compiler_error(c, ERROR_USAGE, c->lexer.token.at,
		                      "too many elements");
	*type = given ? type_array_of(pool, *type, count)
	              : type_array_of(pool, *type, 0);
	return NULL;
}

static struct error *suffixes(struct compiler *c, unsigned depth,
                              const struct type **type)
{
	if (c->lexer.token.kind == TOKEN_INDEX)
		return bounds(c, depth, type);
	if (c->lexer.token.kind == TOKEN_OPEN)
		return parameters(c, depth, type);
	return NULL;
}

static void pointers(struct compiler *c, const struct type **type)
{
	struct type_pool *pool = c->scope->world->pool;
	bool any;

	while (c->lexer.token.kind == TOKEN_STAR) {
		*type = type_pointer_to(pool, *type);
		lexer_next(&c->lexer);
		*type = qualify(c, *type, &any);
	}
	if (c->lexer.token.kind == TOKEN_AND ||
	    c->lexer.token.kind == TOKEN_AND_AND) {
		*type = type_reference_to(pool, *type,
			c->lexer.token.kind == TOKEN_AND_AND);
		lexer_next(&c->lexer);
	}
}

/* What stands around the name that is not there. */
static struct error *declarator(struct compiler *c, unsigned depth,
                                const struct type **type)
{
	size_t inner, end;

	if (depth > TYPE_NESTED)
		return compiler_error(c, ERROR_USAGE, c->lexer.token.at,
		                      "the type is nested too deeply");
	pointers(c, type);
	if (c->lexer.token.kind != TOKEN_OPEN)
		return suffixes(c, depth, type);
	inner = c->lexer.token.at;
	lexer_next(&c->lexer);
	if (c->lexer.token.kind != TOKEN_STAR &&
	    c->lexer.token.kind != TOKEN_AND &&
	    c->lexer.token.kind != TOKEN_OPEN) {
		lexer_seek(&c->lexer, inner);
		return suffixes(c, depth, type);
	}
	/* What is inside applies last: skip it, and come back. */
	{
		const struct type *ignored = *type;

		TRY(declarator(c, depth + 1, &ignored));
		if (c->lexer.token.kind != TOKEN_CLOSE)
			return parse_unexpected(c, "\")\"");
		lexer_next(&c->lexer);
	}
	TRY(suffixes(c, depth, type));
	end = c->lexer.token.at;
	lexer_seek(&c->lexer, inner);
	lexer_next(&c->lexer);
	TRY(declarator(c, depth + 1, type));
	lexer_seek(&c->lexer, end);
	return NULL;
}

struct error *parse_type(struct compiler *c, const struct type **type)
{
	const struct type *t = NULL;

	if (!c->scope->world || c->lexer.token.kind != TOKEN_NAME)
		return NULL;
	TRY(specifier(c, &t));
	if (!t)
		return NULL;
	TRY(declarator(c, 0, &t));
	*type = t;
	return NULL;
}

static bool rust_pointer(struct compiler *c)
{
	bool star = c->lexer.token.kind == TOKEN_STAR;

	if (!star && c->lexer.token.kind != TOKEN_AND)
		return false;
	lexer_next(&c->lexer);
	if (is_name(c, "mut") || (star && is_name(c, "const")))
		lexer_next(&c->lexer);
	return true;
}

struct error *parse_rust_type(struct compiler *c, const struct type **type)
{
	size_t at = c->lexer.token.at;
	unsigned stars = 0;

	while (stars < TYPE_NESTED && rust_pointer(c))
		stars++;
	*type = NULL;
	if (c->lexer.token.kind == TOKEN_NAME)
		*type = rust_basic_type(c->lexer.string.data,
		                        type_size(type_builtin(
					c->scope->world->pool, "long")));
	if (*type)
		lexer_next(&c->lexer);
	else
		TRY(parse_type(c, type));
	if (!*type)
		return compiler_error(c, ERROR_USAGE, at, "no type stands "
		                      "behind \"as\"");
	while (stars--)
		*type = type_pointer_to(c->scope->world->pool, *type);
	return NULL;
}
