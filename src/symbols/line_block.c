/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks that code is in, as far as lines need them. */
#include "symbols/dwarf.h"
#include "symbols/line_table.h"

enum { MAX_DEPTH = 200, MAX_DIES = 1 << 22 };

struct descent {
	taddr addr;
	uint64_t block;
	Dwarf_Die *function;      /* or NULL */
	unsigned dies;            /* seen */
};

/* As gdb has it, a block without names is none. */
static bool has_names(Dwarf_Die *block)
{
	Dwarf_Die die;

	if (dwarf_child(block, &die) != 0)
		return false;
	for (unsigned i = 0; i < MAX_DIES; i++) {
		switch (dwarf_tag(&die)) {
		case DW_TAG_variable:
		case DW_TAG_formal_parameter:
		case DW_TAG_typedef:
		case DW_TAG_structure_type:
		case DW_TAG_class_type:
		case DW_TAG_union_type:
		case DW_TAG_enumeration_type:
		case DW_TAG_label:
			return true;
		}
		if (dwarf_siblingof(&die, &die) != 0)
			return false;
	}
	return false;
}

/* Whether DIE may hold code of its own: then it says where. */
static bool has_ranges(Dwarf_Die *die)
{
	return dwarf_hasattr(die, DW_AT_ranges) ||
	       dwarf_hasattr(die, DW_AT_low_pc);
}

static bool descend(struct descent *d, Dwarf_Die *parent, unsigned depth);

/* True: ADDR is in it. */
static bool enter(struct descent *d, Dwarf_Die *die, unsigned depth)
{
	int tag = dwarf_tag(die);

	switch (tag) {
	case DW_TAG_subprogram:
	case DW_TAG_inlined_subroutine:
	case DW_TAG_lexical_block:
		if (!has_ranges(die))
			return tag == DW_TAG_lexical_block &&
			       descend(d, die, depth);
		if (dwarf_haspc(die, d->addr) <= 0)
			return false;
		if (tag == DW_TAG_subprogram && d->function)
			*d->function = *die;
		if (tag != DW_TAG_lexical_block || has_names(die))
			d->block = dwarf_dieoffset(die);
		descend(d, die, depth);
		return true;
	case DW_TAG_namespace:
	case DW_TAG_module:
	case DW_TAG_structure_type:
	case DW_TAG_class_type:
		return descend(d, die, depth);
	default:
		return false;
	}
}

static bool descend(struct descent *d, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth > MAX_DEPTH || dwarf_child(parent, &die) != 0)
		return false;
	do {
		if (enter(d, &die, depth + 1))
			return true;
	} while (d->dies++ < MAX_DIES && dwarf_siblingof(&die, &die) == 0);
	return false;
}

/* The function around ADDR, by the unit's sorted list; false: it is not known
 * there, or belongs to another unit. */
static bool find_function(struct debug_info *info,
                          const struct line_unit *unit, taddr addr,
                          Dwarf_Die *function)
{
	struct unit *of = unit_at(info, addr);
	struct function_range range;
	Dwarf_Die *die = of ? unit_die(of) : NULL;

	if (!die || dwarf_cu_getdwarf(die->cu) != info->dwarf ||
	    dwarf_dieoffset(die) != unit->die ||
	    !unit_function_at(of, addr, &range))
		return false;
	*function = range.die;
	return true;
}

uint64_t line_block_at(struct debug_info *info, const struct line_unit *unit,
                       taddr addr, Dwarf_Die *function)
{
	struct descent d = { .addr = addr, .function = function };
	Dwarf_Die die;

	if (find_function(info, unit, addr, &die) && enter(&d, &die, 1))
		return d.block;
	if (dwarf_offdie(info->dwarf, unit->die, &die))
		descend(&d, &die, 0);
	return d.block;
}

static bool is_loclist(Dwarf_Die *die)
{
	Dwarf_Attribute attribute;

	if (!dwarf_attr(die, DW_AT_location, &attribute))
		return false;
	switch (dwarf_whatform(&attribute)) {
	case DW_FORM_sec_offset:
	case DW_FORM_loclistx:
	case DW_FORM_data4:
	case DW_FORM_data8:
		return true;
	default:
		return false;
	}
}

static bool any_loclist(Dwarf_Die *parent, unsigned depth, unsigned *dies)
{
	Dwarf_Die die;

	if (depth > MAX_DEPTH || dwarf_child(parent, &die) != 0)
		return false;
	do {
		switch (dwarf_tag(&die)) {
		case DW_TAG_variable:
		case DW_TAG_formal_parameter:
			if (is_loclist(&die))
				return true;
			break;
		case DW_TAG_subprogram:
		case DW_TAG_inlined_subroutine:
		case DW_TAG_lexical_block:
		case DW_TAG_namespace:
			if (any_loclist(&die, depth + 1, dies))
				return true;
		}
	} while ((*dies)++ < MAX_DIES && dwarf_siblingof(&die, &die) == 0);
	return false;
}

bool line_unit_has_loclists(struct debug_info *info, struct line_unit *unit)
{
	Dwarf_Die die;
	unsigned dies = 0;

	if (unit->loclists_known)
		return unit->has_loclists;
	unit->loclists_known = true;
	unit->has_loclists = dwarf_offdie(info->dwarf, unit->die, &die) &&
	                     any_loclist(&die, 0, &dies);
	return unit->has_loclists;
}

size_t debug_ranges_of(struct image *image, const struct debug_function *f,
                       struct debug_range *ranges, size_t max)
{
	Dwarf_Addr base, low, high;
	Dwarf_Die die;
	ptrdiff_t at = 0;
	size_t count = 0;

	(void)image;
	if (!debug_die_get(&f->die, &die))
		return 0;
	while (count < max &&
	       (at = dwarf_ranges(&die, at, &base, &low, &high)) > 0)
		if (low < high)
			ranges[count++] = (struct debug_range){
				module_from_debug(f->module, low),
				module_from_debug(f->module, high),
			};
	return count;
}
