/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types as C writes them. */
#include "symbols/internal.h"

#include <inttypes.h>
#include <string.h>

/* Deeper than any declaration; types of a file may be loops. */
enum { NAME_MAX_DEPTH = 40, NAME_MAX_LEN = 20000 };

/* Qualifiers around a type, as bits. */
enum { Q_CONST = 1, Q_VOLATILE = 2, Q_RESTRICT = 4, Q_ATOMIC = 8 };

static unsigned qualifier(enum type_kind kind)
{
	switch (kind) {
	case TYPE_CONST:
		return Q_CONST;
	case TYPE_VOLATILE:
		return Q_VOLATILE;
	case TYPE_RESTRICT:
		return Q_RESTRICT;
	case TYPE_ATOMIC:
		return Q_ATOMIC;
	default:
		return 0;
	}
}

/* T without its outer qualifiers, which are added to *QUALIFIERS. */
static const struct type *unqualified(const struct type *t,
                                      unsigned *qualifiers)
{
	for (unsigned i = 0; qualifier(t->kind); i++) {
		if (i == NAME_MAX_DEPTH)
			return type_target(&(struct type){ 0 });
		*qualifiers |= qualifier(t->kind);
		t = type_target(t);
	}
	return t;
}

static bool is_pointer(enum type_kind kind)
{
	return kind == TYPE_POINTER || kind == TYPE_REFERENCE ||
	       kind == TYPE_RVALUE_REFERENCE || kind == TYPE_MEMBER_POINTER;
}

/* Whether T is written around what it is built on. */
static bool is_derived(const struct type *t)
{
	return (is_pointer(t->kind) && !t->name) ||
	       (t->kind == TYPE_ARRAY && !t->name) ||
	       t->kind == TYPE_VECTOR || t->kind == TYPE_FUNCTION;
}

/* "const volatile " before, or " const" behind a star. */
static void put_qualifiers(unsigned q, bool before, bool behind, bool cplus,
                           struct buf *text)
{
	static const char *const words[] = { "const", "volatile", "restrict",
	                                     "_Atomic" };

	for (unsigned i = 0; i < ARRAY_LEN(words); i++) {
		if (!(q & 1u << i))
			continue;
		if (before)
			buf_putc(text, ' ');
		if (cplus && i == 2)
			buf_puts(text, "__restrict__");
		else
			buf_puts(text, words[i]);
		before = true;
	}
	if (q && behind)
		buf_putc(text, ' ');
}

static const char *tag_of(const struct type *t)
{
	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_VARIANT:
		return "struct";
	case TYPE_CLASS:
		return "class";
	case TYPE_UNION:
		return "union";
	case TYPE_ENUM:
		return "enum";
	default:
		return NULL;
	}
}

/* What declarators are written around. */
static void put_base(const struct type *t, unsigned q, struct buf *text)
{
	const char *tag = tag_of(t);

	put_qualifiers(q, false, true, t->no_tag, text);
	if (tag && (!t->name || !t->no_tag)) {
		buf_puts(text, tag);
		buf_putc(text, ' ');
	}
	if (t->name)
		buf_puts(text, t->name);
	else if (tag)
		buf_puts(text, "{...}");
	else
		buf_puts(text, t->kind == TYPE_VOID ? "void"
		                                    : "<unknown type>");
}

static void put_type(const struct type *t, const char *name, unsigned depth,
                     struct buf *text);

static void put_parameters(const struct type *t, unsigned depth,
                           struct buf *text)
{
	const struct type_member *parameters;
	size_t count, shown = 0;

	buf_putc(text, '(');
	parameters = type_members(t, &count);
	for (size_t i = 0; i < count; i++) {
		if (parameters[i].artificial && t->no_tag)
			continue;
		if (shown++)
			buf_puts(text, ", ");
		if (text->len > NAME_MAX_LEN) {
			buf_puts(text, "...");
			break;
		}
		put_type(parameters[i].type, "", depth + 4, text);
	}
	if (t->varargs)
		buf_puts(text, shown ? ", ..." : "...");
	else if (!shown && (t->prototyped || t->no_tag))
		buf_puts(text, "void");
	buf_putc(text, ')');
}

static void put_star(const struct type *t, struct buf *text)
{
	switch (t->kind) {
	case TYPE_REFERENCE:
		buf_putc(text, '&');
		break;
	case TYPE_RVALUE_REFERENCE:
		buf_puts(text, "&&");
		break;
	case TYPE_MEMBER_POINTER:
		if (t->container && t->container->name)
			buf_puts(text, t->container->name);
		buf_puts(text, "::*");
		break;
	default:
		buf_putc(text, '*');
	}
}

/*
 * T's part of the declarator that stands before the name: "(*" of a pointer to
 * an array.  SPACE: something follows.
 */
static void put_prefix(const struct type *t, unsigned q, bool space,
                       unsigned depth, struct buf *text)
{
	const struct type *target;
	unsigned inner = 0;

	if (!is_derived(t) || depth > NAME_MAX_DEPTH)
		return;
	target = unqualified(type_target(t), &inner);
	if (!is_pointer(t->kind)) {
		put_prefix(target, inner, space, depth + 1, text);
		return;
	}
	put_prefix(target, inner, true, depth + 1, text);
	if (target->kind == TYPE_ARRAY || target->kind == TYPE_FUNCTION)
		buf_putc(text, '(');
	put_star(t, text);
	put_qualifiers(q, true, space, t->no_tag, text);
}

/* ... and what stands behind it. */
static void put_suffix(const struct type *t, unsigned depth, struct buf *text)
{
	const struct type *target;
	unsigned inner = 0;

	if (!is_derived(t) || depth > NAME_MAX_DEPTH)
		return;
	target = unqualified(type_target(t), &inner);
	switch (t->kind) {
	case TYPE_ARRAY:
		if (t->has_count)
			buf_printf(text, "[%" PRIu64 "]", t->count);
		else
			buf_puts(text, "[]");
		break;
	case TYPE_VECTOR:
		buf_printf(text, " __attribute__ ((vector_size(%" PRIu64 ")))",
		           t->count);
		break;
	case TYPE_FUNCTION:
		put_parameters(t, depth, text);
		break;
	default:
		if (target->kind == TYPE_ARRAY ||
		    target->kind == TYPE_FUNCTION)
			buf_putc(text, ')');
	}
	put_suffix(target, depth + 1, text);
}

static void put_type(const struct type *t, const char *name, unsigned depth,
                     struct buf *text)
{
	const struct type *base;
	unsigned q = 0, inner;
	bool derived;

	if (depth > NAME_MAX_DEPTH) {
		buf_puts(text, "...");
		return;
	}
	t = unqualified(t, &q);
	base = t;
	inner = q;
	for (unsigned i = 0; is_derived(base) && i < NAME_MAX_DEPTH; i++) {
		/* Elements of a const array are const. */
		if (base->kind != TYPE_ARRAY && base->kind != TYPE_VECTOR)
			inner = 0;
		base = unqualified(type_target(base), &inner);
	}
	derived = base != t;
	put_base(base, derived ? inner : q, text);
	if (*name || (derived && t->kind != TYPE_VECTOR))
		buf_putc(text, ' ');
	put_prefix(t, q, *name, depth, text);
	buf_puts(text, name);
	put_suffix(t, depth, text);
}

void type_name(const struct type *t, const char *name, struct buf *text)
{
	put_type(t, name, 0, text);
}
