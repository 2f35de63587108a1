/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which classes of C++ are passed by the address of a copy. */
#include "symbols/type.h"

#include <dwarf.h>
#include <string.h>

enum { CLASS_DEPTH = 8 };

bool type_method_destroys(const struct type_method *m)
{
	return m->name[0] == '~';
}

/* "X" of "ns::X<int>" */
static bool is_name_of(const struct type *t, const char *name)
{
	size_t end = t->name ? strcspn(t->name, "<") : 0, len = strlen(name);

	return end >= len && strncmp(t->name + end - len, name, len) == 0 &&
	       (end == len || t->name[end - len - 1] == ':');
}

/* Whether M takes but a reference of this KIND to a CLASS. */
static bool takes(const struct type *class, const struct type_method *m,
                  enum type_kind kind)
{
	size_t count, own = 0;
	const struct type_member *params = type_members(m->type, &count);
	bool fits = false;

	if (!is_name_of(class, m->name))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct type *p = type_strip(params[i].type);

		if (params[i].artificial)
			continue;
		own++;
		fits = p->kind == kind &&
		       type_same(type_strip(type_target(p)),
		                 type_strip(class));
	}
	return own == 1 && fits;
}

bool type_method_copies(const struct type *class, const struct type_method *m)
{
	return takes(class, m, TYPE_REFERENCE);
}

static bool by_reference(const struct type *t, unsigned depth);

static bool has_special(const struct type *t)
{
	size_t count;
	const struct type_method *m = type_methods(t, &count);

	for (size_t i = 0; i < count; i++) {
		if (m[i].is_virtual)
			return true;
		/* What the compiler made tells of its members. */
		if (!m[i].artificial && !m[i].is_defaulted &&
		    (type_method_destroys(&m[i]) ||
		     type_method_copies(t, &m[i]) ||
		     takes(t, &m[i], TYPE_RVALUE_REFERENCE)))
			return true;
	}
	return false;
}

static bool has_such_part(const struct type *t, unsigned depth)
{
	size_t count;
	const struct type_member *m = type_members(t, &count);

	for (size_t i = 0; i < count; i++)
		if (!m[i].is_static && (m[i].is_virtual ||
		    by_reference(m[i].type, depth + 1)))
			return true;
	return false;
}

static bool by_reference(const struct type *t, unsigned depth)
{
	t = type_strip(t);
	while (t->kind == TYPE_ARRAY)
		t = type_strip(type_target(t));
	if (depth > CLASS_DEPTH || !t->no_tag || t->is_rust ||
	    (t->kind != TYPE_STRUCT && t->kind != TYPE_CLASS &&
	     t->kind != TYPE_UNION))
		return false;
	if (t->convention)
		return t->convention == DW_CC_pass_by_reference;
	return has_special(t) || has_such_part(t, depth);
}

bool type_is_by_reference(const struct type *t)
{
	t = type_strip(t);
	return t->kind != TYPE_ARRAY && by_reference(t, 0);
}
