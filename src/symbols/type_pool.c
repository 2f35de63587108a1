/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types that scdb makes itself. */
#include "symbols/internal.h"
#include "symbols/arena.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Derived types are found again by what they are made of. */
struct derived {
	struct type type;
	struct derived *next;
};

enum { POOL_BUCKETS = 64 };

struct type_pool {
	uint8_t word;
	struct arena arena;
	struct derived *derived[POOL_BUCKETS];
	struct type *builtins;     /* as many as there are rows below */
	struct function *functions; /* those with parameters */
};

struct function {
	struct type type;          /* the first: found again by it */
	struct type_member *params;
	size_t count;
	struct function *next;
};

/* SIZE -1: of a pointer. */
static const struct builtin {
	const char *name;
	enum type_kind kind;
	int8_t size;
	bool is_signed;
	bool exact;                /* only by this very name */
} builtins[] = {
	{ "char", TYPE_CHAR, 1, true, false },
	{ "signed char", TYPE_CHAR, 1, true, false },
	{ "unsigned char", TYPE_CHAR, 1, false, false },
	{ "short", TYPE_INT, 2, true, false },
	{ "unsigned short", TYPE_INT, 2, false, false },
	{ "int", TYPE_INT, 4, true, false },
	{ "unsigned int", TYPE_INT, 4, false, false },
	{ "long", TYPE_INT, -1, true, false },
	{ "unsigned long", TYPE_INT, -1, false, false },
	{ "long long", TYPE_INT, 8, true, false },
	{ "unsigned long long", TYPE_INT, 8, false, false },
	{ "__int128", TYPE_INT, 16, true, false },
	{ "unsigned __int128", TYPE_INT, 16, false, false },
	{ "float", TYPE_FLOAT, 4, true, false },
	{ "double", TYPE_FLOAT, 8, true, false },
	{ "long double", TYPE_FLOAT, 16, true, false },
	{ "_Bool", TYPE_BOOL, 1, false, true },
	{ "bool", TYPE_BOOL, 1, false, true },
	{ "int8_t", TYPE_INT, 1, true, true },
	{ "uint8_t", TYPE_INT, 1, false, true },
	{ "int16_t", TYPE_INT, 2, true, true },
	{ "uint16_t", TYPE_INT, 2, false, true },
	{ "int32_t", TYPE_INT, 4, true, true },
	{ "uint32_t", TYPE_INT, 4, false, true },
	{ "int64_t", TYPE_INT, 8, true, true },
	{ "uint64_t", TYPE_INT, 8, false, true },
	{ "int128_t", TYPE_INT, 16, true, true },
	{ "uint128_t", TYPE_INT, 16, false, true },
	{ "size_t", TYPE_INT, -1, false, true },
	{ "ssize_t", TYPE_INT, -1, true, true },
	{ "intptr_t", TYPE_INT, -1, true, true },
	{ "uintptr_t", TYPE_INT, -1, false, true },
	{ "ptrdiff_t", TYPE_INT, -1, true, true },
	{ "wchar_t", TYPE_INT, 4, true, true },
	{ "char16_t", TYPE_INT, 2, false, true },
	{ "char32_t", TYPE_INT, 4, false, true },
	{ "void", TYPE_VOID, 0, false, true },
};

struct type_pool *type_pool_create(uint8_t word)
{
	struct type_pool *pool = xcalloc(1, sizeof(*pool));

	pool->word = word;
	pool->builtins = xcalloc(ARRAY_LEN(builtins), sizeof(struct type));
	for (size_t i = 0; i < ARRAY_LEN(builtins); i++) {
		const struct builtin *b = &builtins[i];
		uint64_t size = b->size < 0 ? word : (uint64_t)b->size;

		if (b->kind == TYPE_FLOAT && size == 16 && word == 4)
			size = 12;
		pool->builtins[i] = (struct type){
			.kind = b->kind, .name = b->name, .size = size,
			.is_signed = b->is_signed };
	}
	return pool;
}

void type_pool_destroy(struct type_pool *pool)
{
	if (!pool)
		return;
	arena_deinit(&pool->arena);
	free(pool->builtins);
	free(pool);
}

static const struct type *by_name(struct type_pool *pool, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(builtins); i++)
		if (strcmp(builtins[i].name, name) == 0)
			return &pool->builtins[i];
	return NULL;
}

/* How often each word of C's integer and floating types stands in a name. */
struct words {
	unsigned is_signed, is_unsigned, is_short, is_long;
	const char *base;     /* the one that is none of these */
};

static bool count_word(struct words *w, const char *word, size_t len)
{
	static const char *const bases[] = { "char", "int", "float", "double",
	                                     "__int128" };
	static const struct { const char *word; size_t at; } others[] = {
		{ "signed", offsetof(struct words, is_signed) },
		{ "unsigned", offsetof(struct words, is_unsigned) },
		{ "short", offsetof(struct words, is_short) },
		{ "long", offsetof(struct words, is_long) },
	};

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strlen(others[i].word) == len &&
		    memcmp(others[i].word, word, len) == 0) {
			++*(unsigned *)((char *)w + others[i].at);
			return true;
		}
	for (size_t i = 0; i < ARRAY_LEN(bases); i++)
		if (strlen(bases[i]) == len && !w->base &&
		    memcmp(bases[i], word, len) == 0) {
			w->base = bases[i];
			return true;
		}
	return false;
}

/* "long unsigned" is "unsigned long"; false: no type of C. */
static bool name_of_words(const struct words *w, char name[64])
{
	const char *base = w->base ? w->base : "int";
	bool is_int = strcmp(base, "int") == 0;
	bool is_char = strcmp(base, "char") == 0;
	bool is_wide = strcmp(base, "__int128") == 0;

	if (w->is_signed + w->is_unsigned > 1 || w->is_short > 1 ||
	    w->is_long > 2 || (w->is_short && w->is_long))
		return false;
	if ((w->is_short || w->is_long > 1) && !is_int)
		return false;
	if (w->is_long && !is_int && strcmp(base, "double") != 0)
		return false;
	if ((w->is_signed || w->is_unsigned) && !is_int && !is_char &&
	    !is_wide)
		return false;
	snprintf(name, 64, "%s%s%s",
	         w->is_unsigned ? "unsigned "
	         : w->is_signed && is_char ? "signed " : "",
	         w->is_short ? "short" : w->is_long == 2 ? "long long"
	         : w->is_long ? "long" : base,
	         w->is_long && !is_int ? " double" : "");
	return true;
}

/* False: NAME is not made of the words of C's types alone. */
static bool normal_name(const char *name, char normal[64])
{
	struct words w = { 0 };
	bool any = false;

	for (const char *p = name; *p;) {
		size_t len = strcspn(p, " \t");

		if (len && !count_word(&w, p, len))
			return false;
		any |= len > 0;
		p += len;
		p += strspn(p, " \t");
	}
	return any && name_of_words(&w, normal);
}

const char *type_normal_name(const char *name)
{
	char normal[64];

	/* gdb leaves compilers' own words alone. */
	if (strstr(name, "__int128") || !normal_name(name, normal))
		return name;
	for (size_t i = 0; i < ARRAY_LEN(builtins); i++)
		if (strcmp(builtins[i].name, normal) == 0)
			return builtins[i].name;
	return name;
}

const struct type *type_builtin(struct type_pool *pool, const char *name)
{
	char normal[64];

	for (size_t i = 0; i < ARRAY_LEN(builtins); i++)
		if (builtins[i].exact && strcmp(builtins[i].name, name) == 0)
			return &pool->builtins[i];
	return normal_name(name, normal) ? by_name(pool, normal) : NULL;
}

const struct type *type_void(struct type_pool *pool)
{
	return by_name(pool, "void");
}

const struct type *type_integer(struct type_pool *pool, unsigned size,
                                bool is_signed)
{
	switch (size) {
	case 1:
		return by_name(pool, is_signed ? "int8_t" : "uint8_t");
	case 2:
		return by_name(pool, is_signed ? "short" : "unsigned short");
	case 4:
		return by_name(pool, is_signed ? "int" : "unsigned int");
	case 16:
		return by_name(pool, is_signed ? "__int128"
		                               : "unsigned __int128");
	}
	if (pool->word == 8)
		return by_name(pool, is_signed ? "long" : "unsigned long");
	return by_name(pool, is_signed ? "long long" : "unsigned long long");
}

const struct type *type_float(struct type_pool *pool, unsigned size)
{
	return by_name(pool, size == 4 ? "float"
	                     : size == 8 ? "double" : "long double");
}

/* The derived type that has PATTERN's kind, target and count. */
static const struct type *derive(struct type_pool *pool,
                                 const struct type *pattern)
{
	uint64_t hash = (uintptr_t)pattern->target / 16 + pattern->count +
	                (uint64_t)pattern->kind * 7;
	struct derived **bucket = &pool->derived[hash % POOL_BUCKETS];
	struct derived *d;

	for (d = *bucket; d; d = d->next)
		if (d->type.kind == pattern->kind &&
		    d->type.target == pattern->target &&
		    d->type.container == pattern->container &&
		    d->type.count == pattern->count)
			return &d->type;
	d = arena_alloc(&pool->arena, sizeof(*d));
	d->type = *pattern;
	d->type.is_rust = pattern->target->is_rust;
	d->next = *bucket;
	*bucket = d;
	return &d->type;
}

const struct type *type_pointer_to(struct type_pool *pool,
                                   const struct type *t)
{
	return derive(pool, &(struct type){ .kind = TYPE_POINTER, .target = t,
	                                    .size = pool->word });
}

const struct type *type_array_of(struct type_pool *pool, const struct type *t,
                                 uint64_t count)
{
	uint64_t stride = type_size(t), size;

	if (__builtin_mul_overflow(stride, count, &size))
		size = 0;
	return derive(pool, &(struct type){ .kind = TYPE_ARRAY, .target = t,
	                                    .size = size, .has_count = true,
	                                    .count = count,
	                                    .stride = stride });
}

const struct type *type_function_to(struct type_pool *pool,
                                    const struct type *result)
{
	return derive(pool, &(struct type){ .kind = TYPE_FUNCTION,
	                                    .target = result });
}

static const struct type_member *params_of(const struct type *t,
                                           size_t *count)
{
	const struct function *f = (const struct function *)(const void *)t;

	*count = f->count;
	return f->params;
}

static const struct type_source functions_source = { .members = params_of };

static bool has_params(const struct function *f, const struct type *result,
                       const struct type *const *params, size_t count,
                       bool varargs)
{
	if (f->type.target != result || f->count != count ||
	    f->type.varargs != varargs)
		return false;
	for (size_t i = 0; i < count; i++)
		if (f->params[i].type != params[i])
			return false;
	return true;
}

const struct type *type_function_of(struct type_pool *pool,
                                    const struct type *result,
                                    const struct type *const *params,
                                    size_t count, bool varargs)
{
	struct function *f = pool->functions;

	for (; f; f = f->next)
		if (has_params(f, result, params, count, varargs))
			return &f->type;
	f = arena_alloc(&pool->arena, sizeof(*f));
	*f = (struct function){
		.type = {
			.kind = TYPE_FUNCTION, .target = result, .size = 1,
			.prototyped = true, .varargs = varargs, .source = (struct type_source *)
				(uintptr_t)&functions_source,
		},
		.params = arena_alloc(&pool->arena, (count + 1) *
		                      sizeof(*f->params)),
		.count = count, .next = pool->functions,
	};
	for (size_t i = 0; i < count; i++)
		f->params[i] = (struct type_member){ .type = params[i] };
	pool->functions = f;
	return &f->type;
}

const struct type *type_reference_to(struct type_pool *pool,
                                     const struct type *t, bool rvalue)
{
	return derive(pool, &(struct type){
		.kind = rvalue ? TYPE_RVALUE_REFERENCE : TYPE_REFERENCE,
		.target = t, .size = pool->word });
}

const struct type *type_qualified(struct type_pool *pool,
                                  const struct type *t, enum type_kind how)
{
	return derive(pool, &(struct type){ .kind = how, .target = t });
}

const struct type *type_member_pointer(struct type_pool *pool,
                                       const struct type *container,
                                       const struct type *t)
{
	uint64_t size = pool->word;

	/* The C++ ABI: a function's is its address and an adjustment. */
	if (type_strip(t)->kind == TYPE_FUNCTION)
		size *= 2;
	return derive(pool, &(struct type){
		.kind = TYPE_MEMBER_POINTER, .target = t,
		.container = container, .size = size });
}
