/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types: what holds for all of them, whoever made them. */
#include "symbols/internal.h"

#include "base/alloc.h"

#include <string.h>

/* Chains of typedefs, qualifiers, pointers in a file may be loops. */
enum { TYPE_MAX_DEPTH = 100 };

static const struct type no_type = { .kind = TYPE_VOID, .name = "void" };

const struct type *type_target(const struct type *t)
{
	const struct type *target = t->target;

	if (target)
		return target;
	if (t->source && t->source->target)
		target = t->source->target(t);
	return target ? target : &no_type;
}

static bool is_transparent(enum type_kind kind)
{
	return kind == TYPE_TYPEDEF || kind == TYPE_CONST ||
	       kind == TYPE_VOLATILE || kind == TYPE_RESTRICT ||
	       kind == TYPE_ATOMIC;
}

const struct type *type_strip(const struct type *t)
{
	const struct type *whole;
	unsigned depth = 0;

	while (is_transparent(t->kind)) {
		if (++depth > TYPE_MAX_DEPTH)
			return &no_type;
		t = type_target(t);
	}
	if (!t->incomplete || !t->source || !t->source->definition)
		return t;
	whole = t->source->definition(t);
	return whole ? whole : t;
}

const struct type_member *type_members(const struct type *t, size_t *count)
{
	*count = 0;
	t = type_strip(t);
	return t->source && t->source->members ? t->source->members(t, count)
	                                       : NULL;
}

const struct type_method *type_methods(const struct type *t, size_t *count)
{
	const struct type_extra *extra;

	*count = 0;
	t = type_strip(t);
	if (!t->source || !t->source->extra || !type_is_aggregate(t))
		return NULL;
	extra = t->source->extra(t);
	if (!extra)
		return NULL;
	*count = extra->method_count;
	return extra->methods;
}

const struct type_enumerator *type_enumerators(const struct type *t,
                                               size_t *count)
{
	*count = 0;
	t = type_strip(t);
	return t->source && t->source->enumerators
	       ? t->source->enumerators(t, count) : NULL;
}

const struct type_member *type_discriminant(const struct type *t)
{
	t = type_strip(t);
	return t->source && t->source->discriminant && t->kind == TYPE_VARIANT
	       ? t->source->discriminant(t) : NULL;
}

uint64_t type_size(const struct type *t)
{
	uint64_t count = 1, size;
	unsigned depth = 0;

	t = type_strip(t);
	while (!t->size && t->kind == TYPE_ARRAY && t->has_count) {
		if (++depth > TYPE_MAX_DEPTH ||
		    __builtin_mul_overflow(count, t->count, &count))
			return 0;
		t = type_strip(type_target(t));
	}
	return __builtin_mul_overflow(count, t->size, &size) ? 0 : size;
}

static bool same_name(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same(const struct type *a, const struct type *b, unsigned depth);

static bool same_parameters(const struct type *a, const struct type *b,
                            unsigned depth)
{
	const struct type_member *from, *to;
	size_t a_count, b_count;

	from = type_members(a, &a_count);
	to = type_members(b, &b_count);
	if (a_count != b_count || a->varargs != b->varargs)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (!same(from[i].type, to[i].type, depth + 10))
			return false;
	return true;
}

static bool same(const struct type *a, const struct type *b, unsigned depth)
{
	if (depth > TYPE_MAX_DEPTH)
		return true;
	a = type_strip(a);
	b = type_strip(b);
	if (a == b)
		return true;
	if (a->kind != b->kind || a->is_signed != b->is_signed)
		return false;
	switch (a->kind) {
	case TYPE_MEMBER_POINTER:
		if (a->container && b->container &&
		    !same(a->container, b->container, depth + 1))
			return false;
		return same(type_target(a), type_target(b), depth + 1);
	case TYPE_POINTER:
	case TYPE_REFERENCE:
	case TYPE_RVALUE_REFERENCE:
		return same(type_target(a), type_target(b), depth + 1);
	case TYPE_ARRAY:
	case TYPE_VECTOR:
		return a->has_count == b->has_count && a->count == b->count &&
		       same(type_target(a), type_target(b), depth + 1);
	case TYPE_FUNCTION:
		return same(type_target(a), type_target(b), depth + 1) &&
		       same_parameters(a, b, depth);
	default:
		return a->size == b->size && a->name &&
		       same_name(a->name, b->name);
	}
}

bool type_same(const struct type *a, const struct type *b)
{
	return same(a, b, 0);
}

bool type_is_integral(const struct type *t)
{
	enum type_kind kind = type_strip(t)->kind;

	return kind == TYPE_BOOL || kind == TYPE_CHAR || kind == TYPE_INT ||
	       kind == TYPE_ENUM;
}

bool type_is_scalar(const struct type *t)
{
	enum type_kind kind = type_strip(t)->kind;

	return type_is_integral(t) || kind == TYPE_FLOAT ||
	       kind == TYPE_POINTER || kind == TYPE_REFERENCE ||
	       kind == TYPE_RVALUE_REFERENCE || kind == TYPE_MEMBER_POINTER;
}

bool type_is_aggregate(const struct type *t)
{
	enum type_kind kind = type_strip(t)->kind;

	return kind == TYPE_STRUCT || kind == TYPE_CLASS ||
	       kind == TYPE_UNION || kind == TYPE_VARIANT;
}
