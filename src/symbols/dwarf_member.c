/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is in a type from DWARF: members, parameters, enumerators, variants. */
#include "symbols/dwarf.h"

#include "base/alloc.h"

#include <string.h>

/*
 * The constant that a member's place is, as a number or as the one operation
 * that old compilers wrote; false: it is computed.
 */
static bool member_offset(Dwarf_Die *die, uint64_t *offset)
{
	Dwarf_Attribute attr;
	Dwarf_Op *ops;
	int64_t value;
	size_t count;

	*offset = 0;
	if (!die_attr(die, DW_AT_data_member_location, &attr))
		return true;
	if (attr_number(&attr, &value)) {
		*offset = (uint64_t)value;
		return true;
	}
	if (dwarf_getlocation(&attr, &ops, &count) != 0)
		return false;
	if (count == 2 && ops[1].atom == DW_OP_plus &&
	    (ops[0].atom == DW_OP_constu || ops[0].atom == DW_OP_consts))
		count = 1;
	else if (count != 1 || ops[0].atom != DW_OP_plus_uconst)
		return false;
	*offset = ops[0].number;
	return true;
}

/* The number that an operation pushes. */
static bool pushes(const Dwarf_Op *op, uint64_t *n)
{
	if (op->atom >= DW_OP_lit0 && op->atom <= DW_OP_lit31)
		*n = op->atom - DW_OP_lit0;
	else if (op->atom >= DW_OP_const1u && op->atom <= DW_OP_consts)
		*n = op->number;
	else
		return false;
	return true;
}

/*
 * Where a table of virtual functions says how far a virtual base is: what all
 * compilers of the Itanium ABI write is "dup, deref, N, minus, deref, plus".
 */
static uint64_t base_table_offset(Dwarf_Die *die)
{
	Dwarf_Attribute attr;
	Dwarf_Op *ops;
	uint64_t n;
	size_t count;

	if (!die_attr(die, DW_AT_data_member_location, &attr) ||
	    dwarf_getlocation(&attr, &ops, &count) != 0 || count != 6 ||
	    ops[0].atom != DW_OP_dup || ops[1].atom != DW_OP_deref ||
	    !pushes(&ops[2], &n) || ops[3].atom != DW_OP_minus ||
	    ops[4].atom != DW_OP_deref || ops[5].atom != DW_OP_plus)
		return 0;
	return n;
}

/* The storage of the old form: BIT_OFFSET counts from its highest bit. */
static uint64_t old_bit_place(Dwarf_Die *die, const struct type *t,
                              uint64_t offset, int64_t bit_offset,
                              int64_t bit_size)
{
	int64_t size;

	if (!die_number(die, DW_AT_byte_size, &size))
		size = (int64_t)type_size(t);
	if (size < 0 || size > 64 || bit_offset < -512 || bit_offset > 512)
		return offset * 8;
	return offset * 8 + (uint64_t)(size * 8 - bit_offset - bit_size);
}

/* Where a bit-field is: whole storage units of its type, if it fits in one. */
static void read_bits(Dwarf_Die *die, struct type_member *m)
{
	int64_t bit_size, place;
	uint64_t bits, unit;

	if (!die_number(die, DW_AT_bit_size, &bit_size) || bit_size <= 0 ||
	    bit_size > 1024)
		return;
	if (die_number(die, DW_AT_data_bit_offset, &place))
		bits = m->offset * 8 + (uint64_t)place;
	else if (die_number(die, DW_AT_bit_offset, &place))
		bits = old_bit_place(die, m->type, m->offset, place, bit_size);
	else
		bits = m->offset * 8;
	unit = type_size(m->type) * 8;
	if (unit < 8 || unit > 128 ||
	    bits % unit + (uint64_t)bit_size > unit)
		unit = 8;
	m->bit_size = (uint32_t)bit_size;
	m->offset = bits / unit * (unit / 8);
	m->bit_offset = (uint32_t)(bits % unit);
}

static void read_member(struct dwarf_type *d, Dwarf_Die *die,
                        struct type_member *m)
{
	int tag = dwarf_tag(die);
	int64_t access;

	*m = (struct type_member){ .type = die_type_of(d->info, die) };
	m->is_base = tag == DW_TAG_inheritance;
	if (!m->is_base)
		m->name = die_name(die);
	m->artificial = die_flag_any(die, DW_AT_artificial);
	if (die_number(die, DW_AT_accessibility, &access) && access > 0 &&
	    access < 4)
		m->access = (uint8_t)access;
	if (tag == DW_TAG_formal_parameter)
		return;
	m->is_static = tag == DW_TAG_variable ||
	               (tag == DW_TAG_member &&
	                (die_flag(die, DW_AT_external) ||
	                 die_flag(die, DW_AT_declaration)));
	if (m->is_static)
		return;
	if (!member_offset(die, &m->offset))
		m->is_virtual = true;
	if (m->is_base && die_number(die, DW_AT_virtuality, &access) &&
	    access)
		m->is_virtual = true;
	if (m->is_base && m->is_virtual)
		m->table_offset = base_table_offset(die);
	read_bits(die, m);
}

static bool is_member(const struct dwarf_type *d, int tag)
{
	if (d->type.kind == TYPE_FUNCTION)
		return tag == DW_TAG_formal_parameter;
	return tag == DW_TAG_member || tag == DW_TAG_inheritance ||
	       tag == DW_TAG_variable;
}

typedef VEC(struct type_member) member_list;

static void collect(struct dwarf_type *d, Dwarf_Die *parent,
                    member_list *list)
{
	Dwarf_Die child;

	for (bool ok = die_first(parent, &child);
	     ok && list->len < DIE_MAX_CHILDREN; ok = die_next(&child)) {
		struct type_member m;

		if (!is_member(d, dwarf_tag(&child)))
			continue;
		read_member(d, &child, &m);
		vec_push(list, m);
	}
}

/* A value of the discriminant, by what its type is. */
static void read_choice(Dwarf_Die *variant, struct type_member *m)
{
	int64_t value;

	m->has_choice = die_number(variant, DW_AT_discr_value, &value);
	m->choice = m->has_choice ? (uint64_t)value : 0;
}

static void collect_variants(struct dwarf_type *d, Dwarf_Die *part,
                             member_list *list)
{
	Dwarf_Die variant, member;

	if (die_ref(part, DW_AT_discr, &member) &&
	    dwarf_tag(&member) == DW_TAG_member) {
		d->discriminant = arena_alloc(types_arena(types_of(d->info)),
		                              sizeof(*d->discriminant));
		read_member(d, &member, d->discriminant);
	}
	for (bool ok = die_first(part, &variant);
	     ok && list->len < DIE_MAX_CHILDREN; ok = die_next(&variant)) {
		struct type_member m;

		if (dwarf_tag(&variant) != DW_TAG_variant ||
		    !die_first(&variant, &member) ||
		    dwarf_tag(&member) != DW_TAG_member)
			continue;
		read_member(d, &member, &m);
		read_choice(&variant, &m);
		vec_push(list, m);
	}
}

static void read_members(struct dwarf_type *d)
{
	struct arena *arena = types_arena(types_of(d->info));
	member_list list = { 0 };
	Dwarf_Die child;

	if (d->type.kind == TYPE_VARIANT) {
		for (bool ok = die_first(&d->die, &child); ok;
		     ok = die_next(&child))
			if (dwarf_tag(&child) == DW_TAG_variant_part) {
				collect_variants(d, &child, &list);
				break;
			}
	} else {
		collect(d, &d->die, &list);
	}
	if (list.len) {
		d->members = arena_alloc(arena, list.len * sizeof(*list.items));
		memcpy(d->members, list.items, list.len * sizeof(*list.items));
		d->member_count = list.len;
	}
	vec_deinit(&list);
}

const struct type_member *dwarf_members(const struct type *t, size_t *count)
{
	struct dwarf_type *d = dwarf_type_of(t);

	*count = 0;
	if (!type_is_aggregate(t) && t->kind != TYPE_FUNCTION)
		return NULL;
	if (!d->members_read) {
		d->members_read = true;
		read_members(d);
	}
	*count = d->member_count;
	return d->members;
}

const struct type_member *dwarf_discriminant(const struct type *t)
{
	size_t count;

	dwarf_members(t, &count);
	return dwarf_type_of(t)->discriminant;
}

const struct type_enumerator *dwarf_enumerators(const struct type *t,
                                                size_t *count)
{
	struct dwarf_type *d = dwarf_type_of(t);
	VEC(struct type_enumerator) list = { 0 };
	Dwarf_Die child;

	*count = d->enumerator_count;
	if (d->enumerators_read || t->kind != TYPE_ENUM)
		return d->enumerators;
	d->enumerators_read = true;
	for (bool ok = die_first(&d->die, &child);
	     ok && list.len < DIE_MAX_CHILDREN; ok = die_next(&child)) {
		struct type_enumerator e = { 0 };

		if (dwarf_tag(&child) != DW_TAG_enumerator ||
		    !die_number(&child, DW_AT_const_value, &e.value))
			continue;
		e.name = die_qualified(d->info, &child);
		if (e.name)
			vec_push(&list, e);
	}
	if (list.len) {
		d->enumerators = arena_alloc(types_arena(types_of(d->info)),
		                             list.len * sizeof(*list.items));
		memcpy(d->enumerators, list.items,
		       list.len * sizeof(*list.items));
		d->enumerator_count = list.len;
	}
	vec_deinit(&list);
	*count = d->enumerator_count;
	return d->enumerators;
}
