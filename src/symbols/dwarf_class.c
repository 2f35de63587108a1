/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only classes of C++ have: methods, types of their own, templates. */
#include "symbols/dwarf.h"

#include <string.h>

typedef VEC(struct type_method) method_list;
typedef VEC(struct type_argument) argument_list;

static uint8_t access_of(Dwarf_Die *die)
{
	int64_t access = 0;

	die_number(die, DW_AT_accessibility, &access);
	return access > 0 && access < 4 ? (uint8_t)access : 0;
}

/* `const` behind a method is that of what `this` points at. */
static void read_this(struct type_method *m)
{
	const struct type_member *parameters;
	const struct type *t;
	size_t count;

	parameters = type_members(m->type, &count);
	m->is_static = !count || !parameters[0].artificial;
	if (m->is_static)
		return;
	t = parameters[0].type;
	for (unsigned i = 0; i < 8 && t->kind != TYPE_POINTER; i++)
		t = type_target(t);
	t = type_target(t);
	for (unsigned i = 0; i < 8; i++, t = type_target(t)) {
		m->is_const |= t->kind == TYPE_CONST;
		m->is_volatile |= t->kind == TYPE_VOLATILE;
	}
}

/* Where in the table it is: a constant, or the operation that is one. */
static bool read_slot(Dwarf_Die *die, uint64_t *slot)
{
	Dwarf_Attribute attr;
	Dwarf_Op *ops;
	int64_t value;
	size_t count;

	if (!die_attr(die, DW_AT_vtable_elem_location, &attr))
		return false;
	if (attr_number(&attr, &value)) {
		*slot = (uint64_t)value;
		return value >= 0;
	}
	if (dwarf_getlocation(&attr, &ops, &count) != 0 || count != 1)
		return false;
	*slot = ops[0].number;
	if (ops[0].atom >= DW_OP_lit0 && ops[0].atom <= DW_OP_lit31)
		*slot = ops[0].atom - (uint64_t)DW_OP_lit0;
	return true;
}

static void add_method(struct dwarf_type *d, Dwarf_Die *die,
                       method_list *list)
{
	int64_t defaulted;
	struct type_method m = {
		.name = die_name(die), .access = access_of(die),
		.is_virtual = dwarf_hasattr(die, DW_AT_vtable_elem_location),
		.artificial = die_flag(die, DW_AT_artificial),
		.is_defaulted = die_number(die, DW_AT_defaulted, &defaulted) &&
		                defaulted == DW_DEFAULTED_in_class,
		.linkage_name = die_string(die, DW_AT_linkage_name),
	};

	if (!m.name)
		return;
	m.type = die_type(d->info, die);
	if (m.type->kind != TYPE_FUNCTION)
		return;
	m.has_slot = read_slot(die, &m.slot) && m.slot < 1 << 20;
	read_this(&m);
	vec_push(list, m);
}

static void read_extra(struct dwarf_type *d, method_list *methods,
                       argument_list *typedefs, argument_list *templates)
{
	struct type_argument a = { 0 };
	Dwarf_Die die;

	for (bool ok = die_first(&d->die, &die);
	     ok && methods->len < DIE_MAX_CHILDREN; ok = die_next(&die)) {
		switch (dwarf_tag(&die)) {
		case DW_TAG_subprogram:
			add_method(d, &die, methods);
			break;
		case DW_TAG_typedef:
			a.name = die_name(&die);
			a.type = die_type(d->info, &die);
			a.access = access_of(&die);
			if (a.name)
				vec_push(typedefs, a);
			break;
		case DW_TAG_template_type_parameter:
			a.name = die_name(&die);
			a.type = die_type_of(d->info, &die);
			if (a.name)
				vec_push(templates, a);
			break;
		}
	}
}

static void *keep(struct arena *arena, const void *items, size_t size)
{
	return size ? memcpy(arena_alloc(arena, size), items, size) : NULL;
}

const struct type_extra *dwarf_extra(const struct type *t)
{
	struct dwarf_type *d = dwarf_type_of(t);
	struct arena *arena = types_arena(types_of(d->info));
	argument_list typedefs = { 0 }, templates = { 0 };
	method_list methods = { 0 };

	if (d->extra_read || !type_is_aggregate(t) || !t->no_tag)
		return d->extra;
	d->extra_read = true;
	read_extra(d, &methods, &typedefs, &templates);
	d->extra = arena_alloc(arena, sizeof(*d->extra));
	*d->extra = (struct type_extra){
		.methods = keep(arena, methods.items,
		                methods.len * sizeof(*methods.items)),
		.method_count = methods.len,
		.typedefs = keep(arena, typedefs.items,
		                 typedefs.len * sizeof(*typedefs.items)),
		.typedef_count = typedefs.len,
		.templates = keep(arena, templates.items,
		                  templates.len * sizeof(*templates.items)),
		.template_count = templates.len,
	};
	vec_deinit(&methods);
	vec_deinit(&typedefs);
	vec_deinit(&templates);
	return d->extra;
}
