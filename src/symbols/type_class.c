/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of C++ as `ptype` shows them. */
#include "symbols/type_describe.h"

#include <string.h>

static const struct type_extra no_extra;

const struct type_extra *class_extra(const struct type *t)
{
	const struct type_extra *extra = NULL;

	if (t->source && t->source->extra)
		extra = t->source->extra(t);
	return extra ? extra : &no_extra;
}

uint8_t class_access(const struct type *t, uint8_t said)
{
	if (said)
		return said;
	return t->kind == TYPE_CLASS ? ACCESS_PRIVATE : ACCESS_PUBLIC;
}

static uint8_t member_access(const struct type *t,
                             const struct type_member *m)
{
	/* Nobody wrote what the compiler added. */
	return m->artificial ? ACCESS_PRIVATE : class_access(t, m->access);
}

bool class_needs_labels(const struct type *t)
{
	const struct type_extra *extra = class_extra(t);
	bool in_class = t->kind == TYPE_CLASS;
	const struct type_member *members;
	size_t count;

	members = type_members(t, &count);
	for (size_t i = 0; i < count; i++)
		if (!members[i].is_base &&
		    (member_access(t, &members[i]) == ACCESS_PRIVATE) !=
		    in_class)
			return true;
		else if (!members[i].is_base && !in_class &&
		         members[i].access == ACCESS_PROTECTED)
			return true;
	for (size_t i = 0; i < extra->method_count; i++) {
		uint8_t access = class_access(t, extra->methods[i].access);

		if (in_class ? access != ACCESS_PRIVATE
		             : access != ACCESS_PUBLIC)
			return true;
	}
	return false;
}

void class_label(struct description *d, uint8_t *last, uint8_t access,
                 unsigned level)
{
	static const char *const words[] = { "", "public:\n", "protected:\n",
	                                     "private:\n" };

	if (*last == access)
		return;
	*last = access;
	describe_spaces(d, level + 2 + (d->offsets ? OFFSETS_WIDTH : 0));
	buf_puts(d->text, words[access]);
}

void class_bases(struct description *d, const struct type *t)
{
	static const char *const words[] = { "", "public ", "protected ",
	                                     "private " };
	const struct type_extra *extra = class_extra(t);
	struct type_names templates = { d->names, false, extra->templates,
	                                extra->template_count };
	struct type_writer w = { .text = d->text, .names = &templates };
	const struct type_member *members;
	const char *before = " : ";
	size_t count;

	members = type_members(t, &count);
	for (size_t i = 0; i < count; i++) {
		const struct type *base = type_strip(members[i].type);

		if (!members[i].is_base)
			continue;
		buf_puts(d->text, before);
		buf_puts(d->text, words[class_access(t, members[i].access)]);
		if (members[i].is_virtual)
			buf_puts(d->text, "virtual ");
		type_write(base, "", &w);
		before = ", ";
	}
}

/* The class's name without scopes and template arguments. */
static bool is_constructor(const struct type *t, const char *name)
{
	const char *last = t->name ? t->name : "", *p;
	int depth = 0;
	size_t len;

	for (p = last; *p; p++) {
		depth += (*p == '<') - (*p == '>');
		if (!depth && p[0] == ':' && p[1] == ':')
			last = p + 2;
	}
	len = strcspn(last, "<");
	return strncmp(last, name, len) == 0 &&
	       (!name[len] || name[len] == '<');
}

/* `operator bool` says itself what it gives. */
static bool is_conversion(const char *name)
{
	static const char word[] = "operator ";

	return strncmp(name, word, strlen(word)) == 0 &&
	       strncmp(name, "operator new", 12) != 0 &&
	       strncmp(name, "operator delete", 15) != 0;
}

static void put_method(struct description *d, const struct type *t,
                       const struct type_method *m)
{
	struct type_writer w = { .text = d->text, .names = d->names };
	const struct type_member *parameters;
	size_t count, shown = 0;

	if (m->is_virtual)
		buf_puts(d->text, "virtual ");
	else if (m->is_static)
		buf_puts(d->text, "static ");
	if (!is_constructor(t, m->name) && m->name[0] != '~' &&
	    !is_conversion(m->name)) {
		type_write(type_target(m->type), "", &w);
		buf_putc(d->text, ' ');
	}
	buf_puts(d->text, m->name);
	buf_putc(d->text, '(');
	parameters = type_members(m->type, &count);
	for (size_t i = 0; i < count; i++) {
		if (parameters[i].artificial)
			continue;
		if (shown++)
			buf_puts(d->text, ", ");
		type_write(parameters[i].type, "", &w);
	}
	if (m->type->varargs)
		buf_puts(d->text, shown ? ", ..." : "...");
	else if (!shown)
		buf_puts(d->text, "void");
	buf_puts(d->text, m->is_const ? ") const" : ")");
	buf_puts(d->text, m->is_volatile ? " volatile;\n" : ";\n");
}

/* Methods of one name stand together, where the first one does. */
static bool has_earlier(const struct type_extra *extra, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(extra->methods[i].name,
		           extra->methods[index].name) == 0)
			return true;
	return false;
}

enum { METHODS_MAX = 2000 };

void class_methods(struct description *d, const struct type *t, uint8_t *last,
                   unsigned level)
{
	const struct type_extra *extra = class_extra(t);
	size_t count = extra->method_count, real = 0;

	if (count > METHODS_MAX)
		count = METHODS_MAX;
	for (size_t i = 0; i < count; i++)
		real += !extra->methods[i].artificial;
	if (real && *last != ACCESS_NONE)
		buf_putc(d->text, '\n');
	for (size_t i = 0; i < count; i++) {
		if (has_earlier(extra, i))
			continue;
		for (size_t k = i; k < count; k++) {
			const struct type_method *m = &extra->methods[k];

			if (m->artificial || d->text->len > DESCRIBE_MAX_LEN ||
			    strcmp(m->name, extra->methods[i].name) != 0)
				continue;
			class_label(d, last, class_access(t, m->access),
			            level);
			describe_spaces(d, level + 4);
			put_method(d, t, m);
		}
	}
}

void class_typedefs(struct description *d, const struct type *t, bool labels,
                    uint8_t *last, unsigned level)
{
	const struct type_extra *extra = class_extra(t);
	/* They are written with the parameters, not by one another. */
	struct type_names templates = {
		d->names->outer ? d->names->outer->outer : NULL, false,
		extra->templates, extra->template_count };
	struct type_writer w = { .text = d->text, .names = &templates };
	size_t members;

	type_members(t, &members);
	if (!extra->typedef_count)
		return;
	if (members || extra->method_count)
		buf_putc(d->text, '\n');
	for (size_t i = 0; i < extra->typedef_count; i++) {
		const struct type_argument *a = &extra->typedefs[i];

		if (d->text->len > DESCRIBE_MAX_LEN)
			return;
		if (labels)
			class_label(d, last, class_access(t, a->access),
			            level);
		describe_spaces(d, level + 4);
		buf_puts(d->text, "typedef ");
		type_write(type_target(a->type), a->name, &w);
		buf_puts(d->text, ";\n");
	}
}
