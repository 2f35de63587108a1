/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types as C writes them. */
#include "symbols/internal.h"

#include "base/alloc.h"
#include "symbols/type_rust.h"

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

/* T without its outer qualifiers, which are added to *QUALIFIERS; without
 * typedefs too where W resolves them. */
static const struct type *unqualified(const struct type_writer *w,
                                      const struct type *t,
                                      unsigned *qualifiers)
{
	for (unsigned i = 0;
	     qualifier(t->kind) || (w->resolve && t->kind == TYPE_TYPEDEF);
	     i++) {
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
void type_qualifiers(unsigned q, bool before, bool behind, bool cplus,
                     struct type_writer *w)
{
	static const char *const words[] = { "const", "volatile", "restrict",
	                                     "_Atomic" };

	for (unsigned i = 0; i < ARRAY_LEN(words); i++) {
		if (!(q & 1u << i))
			continue;
		if (before)
			buf_putc(w->text, ' ');
		if (cplus && i == 2)
			buf_puts(w->text, "__restrict__");
		else
			buf_puts(w->text, words[i]);
		before = true;
	}
	if (q && behind)
		buf_putc(w->text, ' ');
}

static const struct type *resolved(const struct type *t)
{
	for (unsigned i = 0; i < NAME_MAX_DEPTH && t->kind == TYPE_TYPEDEF;
	     i++)
		t = type_target(t);
	return t;
}

/* What the type called NAME is called inside a class: the parameter of a
 * template, say.  The innermost class's parameters come first. */
static const char *alias_of(const struct type_names *names, const char *name,
                            size_t len)
{
	for (; names && name; names = names->outer)
		for (size_t i = 0; i < names->count; i++) {
			const struct type_argument *a = &names->list[i];
			const char *other = names->are_typedefs
				? a->type->name : resolved(a->type)->name;

			if (a->name && other && strlen(other) == len &&
			    memcmp(other, name, len) == 0)
				return a->name;
		}
	return NULL;
}

static const char *alias_of_type(const struct type_names *names,
                                 const struct type *t)
{
	return names && t->name ? alias_of(names, t->name, strlen(t->name))
	                        : NULL;
}

const char *type_tag(const struct type *t)
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

/* The length of the template argument at P, with what is inside it. */
static size_t argument_len(const char *p)
{
	unsigned depth = 0;
	size_t len = 0;

	for (; p[len]; len++) {
		if (p[len] == '<' || p[len] == '(')
			depth++;
		else if (!depth && (p[len] == ',' || p[len] == '>'))
			break;
		else if (p[len] == '>' || p[len] == ')')
			depth -= depth > 0;
	}
	while (len && p[len - 1] == ' ')
		len--;
	return len;
}

static void put_scoped(const char *name, unsigned depth,
                       struct type_writer *w);

/*
 * Writes the argument at P as gdb does, by another name or with its const
 * behind it, and returns its length; 0: there is nothing to change.
 */
static size_t put_argument(const char *p, unsigned depth,
                           struct type_writer *w)
{
	static const char word[] = "const ";
	size_t before = strncmp(p, word, strlen(word)) == 0 ? strlen(word) : 0;
	size_t len = argument_len(p + before);
	AUTO_FREE char *inner = NULL;
	const char *alias;

	while (len && (p[before + len - 1] == '*' ||
	               p[before + len - 1] == '&'))
		len--;
	alias = alias_of(w->names, p + before, len);
	if ((!alias && !before) || depth > NAME_MAX_DEPTH)
		return 0;
	if (!alias)
		inner = xstrndup(p + before, len);
	if (alias)
		buf_puts(w->text, alias);
	else
		put_scoped(inner, depth + 1, w);
	buf_puts(w->text, before ? " const" : "");
	len += before;
	/* The blank in "> >" goes with the inner argument. */
	return alias && p[len] == ' ' && p[len + 1] == '>' ? len + 1 : len;
}

static void put_scoped(const char *name, unsigned depth,
                       struct type_writer *w)
{
	const char *p = strchr(name, '<');

	if (!p) {
		buf_puts(w->text, name);
		return;
	}
	p++;
	buf_add(w->text, name, (size_t)(p - name));
	while (*p) {
		size_t len = put_argument(p, depth, w);

		if (!len) {
			len = strcspn(p, "<>,");
			buf_add(w->text, p, len);
		}
		for (p += len; *p && strchr("<>, *&", *p); p++)
			buf_putc(w->text, *p);
	}
}

/* "vec<const int>" is "vec<int const>", and "vec<T>" where T stands for it. */
void type_write_name(const struct type *t, struct type_writer *w)
{
	if (t->no_tag)
		put_scoped(t->name, 0, w);
	else
		buf_puts(w->text, t->name);
}

/* What declarators are written around. */
static void put_base(const struct type *t, unsigned q, struct type_writer *w)
{
	const char *tag = type_tag(t), *alias = alias_of_type(w->names, t);

	type_qualifiers(q, false, true, t->no_tag, w);
	if (alias) {
		buf_puts(w->text, alias);
		return;
	}
	if (tag && (!t->name || !t->no_tag)) {
		buf_puts(w->text, tag);
		buf_putc(w->text, ' ');
	}
	if (t->name)
		type_write_name(t, w);
	else if (tag)
		buf_puts(w->text, "{...}");
	else
		buf_puts(w->text, t->kind == TYPE_VOID ? "void"
		                                    : "<unknown type>");
}

static void put_type(const struct type *t, const char *name, unsigned depth,
                     struct type_writer *w);

/* The pointer `this` is const, whatever compilers write. */
static void put_parameter(const struct type_member *m, unsigned depth,
                          struct type_writer *w)
{
	struct type constant = { .kind = TYPE_CONST, .target = m->type };

	put_type(m->artificial && m->type->kind == TYPE_POINTER
	         ? &constant : m->type, "", depth, w);
}

static void put_parameters(const struct type *t, unsigned depth,
                           struct type_writer *w)
{
	const struct type_member *parameters;
	size_t count, shown = 0;
	bool resolve = w->resolve;

	w->resolve = false;
	buf_putc(w->text, '(');
	parameters = type_members(t, &count);
	for (size_t i = 0; i < count; i++) {
		if (shown++)
			buf_puts(w->text, ", ");
		if (w->text->len > NAME_MAX_LEN) {
			buf_puts(w->text, "...");
			break;
		}
		put_parameter(&parameters[i], depth + 4, w);
	}
	if (t->varargs)
		buf_puts(w->text, shown ? ", ..." : "...");
	else if (!shown && (t->prototyped || t->no_tag))
		buf_puts(w->text, "void");
	buf_putc(w->text, ')');
	w->resolve = resolve;
}

static void put_star(const struct type *t, struct type_writer *w)
{
	switch (t->kind) {
	case TYPE_REFERENCE:
		buf_putc(w->text, '&');
		break;
	case TYPE_RVALUE_REFERENCE:
		buf_puts(w->text, "&&");
		break;
	case TYPE_MEMBER_POINTER:
		if (t->container && t->container->name)
			buf_puts(w->text, t->container->name);
		buf_puts(w->text, "::*");
		break;
	default:
		buf_putc(w->text, '*');
	}
}

/*
 * T's part of the declarator that stands before the name: "(*" of a pointer to
 * an array.  SPACE: something follows.
 */
static void put_prefix(const struct type *t, unsigned q, bool space,
                       unsigned depth, struct type_writer *w)
{
	const struct type *target;
	unsigned inner = 0;

	if (!is_derived(t) || depth > NAME_MAX_DEPTH)
		return;
	target = unqualified(w, type_target(t), &inner);
	if (!is_pointer(t->kind)) {
		put_prefix(target, inner, space, depth + 1, w);
		return;
	}
	put_prefix(target, inner, true, depth + 1, w);
	if (target->kind == TYPE_ARRAY || target->kind == TYPE_FUNCTION)
		buf_putc(w->text, '(');
	put_star(t, w);
	type_qualifiers(q, true, space, t->no_tag, w);
}

/* ... and what stands behind it. */
static void put_suffix(const struct type *t, unsigned depth, struct type_writer *w)
{
	const struct type *target;
	unsigned inner = 0;

	if (!is_derived(t) || depth > NAME_MAX_DEPTH)
		return;
	target = unqualified(w, type_target(t), &inner);
	switch (t->kind) {
	case TYPE_ARRAY:
		if (t->has_count)
			buf_printf(w->text, "[%" PRIu64 "]", t->count);
		else
			buf_puts(w->text, t->is_variable ? "[variable length]"
			                                 : "[]");
		break;
	case TYPE_VECTOR:
		buf_printf(w->text, " __attribute__ ((vector_size(%" PRIu64 ")))",
		           t->count);
		break;
	case TYPE_FUNCTION:
		put_parameters(t, depth, w);
		break;
	default:
		if (target->kind == TYPE_ARRAY ||
		    target->kind == TYPE_FUNCTION)
			buf_putc(w->text, ')');
	}
	put_suffix(target, depth + 1, w);
}

const struct type *type_base(const struct type *t, unsigned *q,
                             struct type_writer *w)
{
	t = unqualified(w, t, q);
	for (unsigned i = 0; is_derived(t) && i < NAME_MAX_DEPTH; i++) {
		/* Elements of a const array are const. */
		if (t->kind != TYPE_ARRAY && t->kind != TYPE_VECTOR)
			*q = 0;
		t = unqualified(w, type_target(t), q);
	}
	return t;
}

void type_declarator(const struct type *t, const char *name, unsigned depth,
                     struct type_writer *w)
{
	unsigned q = 0;

	t = unqualified(w, t, &q);
	if (*name || (is_derived(t) && t->kind != TYPE_VECTOR))
		buf_putc(w->text, ' ');
	put_prefix(t, q, *name, depth, w);
	buf_puts(w->text, name);
	put_suffix(t, depth, w);
}

static void put_type(const struct type *t, const char *name, unsigned depth,
                     struct type_writer *w)
{
	const struct type *base;
	unsigned q = 0;

	if (depth > NAME_MAX_DEPTH) {
		buf_puts(w->text, "...");
		return;
	}
	base = type_base(t, &q, w);
	put_base(base, q, w);
	type_declarator(t, name, depth, w);
}

void type_name(const struct type *t, const char *name, struct buf *text)
{
	struct type_writer w = { .text = text };

	if (t->is_rust && !*name)
		rust_type_name(t, text);
	else
		put_type(t, name, 0, &w);
}

void type_write(const struct type *t, const char *name,
                struct type_writer *w)
{
	put_type(t, name, 0, w);
}
