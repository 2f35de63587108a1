/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The units of a file, and the functions that are in them, by address. */
#include "symbols/dwarf.h"
#include "symbols/line_table.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	UNITS_MAX = 1 << 20,
	UNIT_RANGES_MAX = 1 << 22,
	DIE_RANGES_MAX = 100000,
};

size_t die_ranges(Dwarf_Die *die, struct unit_range *ranges, size_t max)
{
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;
	size_t count = 0;

	for (unsigned i = 0; count < max && i < DIE_RANGES_MAX; i++) {
		at = dwarf_ranges(die, at, &base, &low, &high);
		if (at <= 0)
			break;
		if (low < high)
			ranges[count++] = (struct unit_range){ .low = low,
			                                       .high = high };
	}
	return count;
}

bool die_holds(Dwarf_Die *die, taddr addr)
{
	return dwarf_haspc(die, addr) == 1;
}

bool die_has_code(Dwarf_Die *die)
{
	return dwarf_hasattr(die, DW_AT_low_pc) ||
	       dwarf_hasattr(die, DW_AT_ranges);
}

taddr die_entry(Dwarf_Die *die)
{
	struct unit_range first;
	Dwarf_Addr addr;

	if (dwarf_entrypc(die, &addr) == 0)
		return addr;
	return die_ranges(die, &first, 1) ? first.low : 0;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct unit_range *x = a, *y = b;

	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static void add_ranges(struct unit_index *index, Dwarf_Die *die,
                       uint32_t unit)
{
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;

	for (unsigned i = 0; i < DIE_RANGES_MAX; i++) {
		at = dwarf_ranges(die, at, &base, &low, &high);
		if (at <= 0 || index->ranges.len >= UNIT_RANGES_MAX)
			return;
		if (low < high)
			vec_push(&index->ranges,
			         (struct unit_range){ .low = low,
			                              .high = high,
			                              .unit = unit });
	}
}

static long unit_of_offset(const struct unit_index *index, Dwarf_Off offset)
{
	size_t low = 0, high = index->units.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		Dwarf_Die die = index->units.items[mid].die;

		if (dwarf_dieoffset(&die) < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return (long)low;
}

/* .debug_aranges for those units that don't say themselves where they are. */
static void add_aranges(struct unit_index *index, Dwarf *dwarf,
                        const bool *has_ranges)
{
	Dwarf_Aranges *all;
	size_t count;

	if (dwarf_getaranges(dwarf, &all, &count) != 0)
		return;
	for (size_t i = 0; i < count && i < UNIT_RANGES_MAX; i++) {
		Dwarf_Arange *one = dwarf_onearange(all, i);
		Dwarf_Addr low;
		Dwarf_Word len;
		Dwarf_Off offset;
		size_t unit;

		if (!one ||
		    dwarf_getarangeinfo(one, &low, &len, &offset) != 0 || !len)
			continue;
		unit = (size_t)unit_of_offset(index, offset);
		if (unit < index->units.len && !has_ranges[unit] &&
		    low + len > low)
			vec_push(&index->ranges,
			         (struct unit_range){ .low = low,
			                              .high = low + len,
			                              .unit = (uint32_t)unit });
	}
}

static bool add_unit(void *ctx, Dwarf_Die *die)
{
	struct unit_index *index = ctx;

	vec_push(&index->units, (struct unit){ .die = *die });
	return index->units.len < UNITS_MAX;
}

static void read_ranges(struct unit_index *index, Dwarf *dwarf)
{
	bool *has_ranges = xcalloc(index->units.len + 1, sizeof(bool));
	bool some_lack = false;
	taddr top = 0;

	for (size_t i = 0; i < index->units.len; i++) {
		Dwarf_Die *die = &index->units.items[i].die;
		size_t before = index->ranges.len;

		if (dwarf_tag(die) != DW_TAG_compile_unit &&
		    dwarf_tag(die) != DW_TAG_skeleton_unit)
			continue;
		add_ranges(index, die, (uint32_t)i);
		has_ranges[i] = index->ranges.len > before;
		some_lack |= !has_ranges[i];
	}
	if (some_lack)
		add_aranges(index, dwarf, has_ranges);
	free(has_ranges);
	if (index->ranges.len)
		qsort(index->ranges.items, index->ranges.len,
		      sizeof(*index->ranges.items), compare_ranges);
	for (size_t i = 0; i < index->ranges.len; i++) {
		struct unit_range *r = &index->ranges.items[i];

		if (r->high > top)
			top = r->high;
		r->top = top;
	}
}

struct unit_index *units_of(struct debug_info *info)
{
	struct unit_index *index = info->units;

	if (index)
		return index;
	info->units = index = xcalloc(1, sizeof(*index));
	info_each_unit(info, add_unit, index);
	read_ranges(index, info->dwarf);
	return index;
}

void units_destroy(struct unit_index *index)
{
	if (!index)
		return;
	for (size_t i = 0; i < index->units.len; i++)
		vec_deinit(&index->units.items[i].functions);
	name_index_destroy(index->names);
	name_index_destroy(index->near);
	listed_destroy(index->listed);
	free(index->addresses);
	vec_deinit(&index->units);
	vec_deinit(&index->ranges);
	free(index);
}

struct unit *unit_at(struct debug_info *info, taddr addr)
{
	struct unit_index *index = units_of(info);
	size_t low = 0, high = index->ranges.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (index->ranges.items[mid].low <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	while (low && index->ranges.items[low - 1].top > addr) {
		const struct unit_range *r = &index->ranges.items[--low];

		if (addr < r->high)
			return &index->units.items[r->unit];
	}
	return NULL;
}

Dwarf_Die *unit_die(struct unit *unit)
{
	if (!unit->has_whole) {
		unit->has_whole = true;
		unit->whole = unit_whole(&unit->die);
	}
	return &unit->whole;
}

/* While a unit's functions are collected. */
struct collection {
	struct unit *unit;
	uint64_t seen;
};

static void add_function(struct unit *unit, Dwarf_Die *die)
{
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;

	for (unsigned i = 0; i < DIE_RANGES_MAX; i++) {
		at = dwarf_ranges(die, at, &base, &low, &high);
		if (at <= 0 || unit->functions.len >= UNIT_RANGES_MAX)
			return;
		if (low < high && low)
			vec_push(&unit->functions,
			         (struct function_range){ low, high, *die });
	}
}

static void collect(struct collection *c, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth > DIE_MAX_DEPTH)
		return;
	for (bool ok = die_first(parent, &die); ok; ok = die_next(&die)) {
		if ((uintptr_t)die.addr <= c->seen)
			return;
		c->seen = (uintptr_t)die.addr;
		switch (dwarf_tag(&die)) {
		case DW_TAG_subprogram:
			add_function(c->unit, &die);
			/* GNU C and others have functions in functions. */
			collect(c, &die, depth + 1);
			break;
		case DW_TAG_namespace:
		case DW_TAG_module:
		case DW_TAG_structure_type:
		case DW_TAG_class_type:
		case DW_TAG_union_type:
		case DW_TAG_enumeration_type:
			collect(c, &die, depth + 1);
			break;
		}
	}
}

static int compare_functions(const void *a, const void *b)
{
	const struct function_range *x = a, *y = b;

	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return x->high > y->high ? -1 : x->high < y->high;
}

bool unit_function_at(struct unit *unit, taddr addr,
                      struct function_range *range)
{
	size_t low = 0, high;

	if (!unit->functions_read) {
		struct collection c = { .unit = unit };

		unit->functions_read = true;
		collect(&c, unit_die(unit), 0);
		if (unit->functions.len)
			qsort(unit->functions.items, unit->functions.len,
			      sizeof(*unit->functions.items),
			      compare_functions);
	}
	high = unit->functions.len;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (unit->functions.items[mid].low <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	for (unsigned back = 0; low && back < 64; back++) {
		*range = unit->functions.items[--low];
		if (addr < range->high)
			return true;
	}
	return false;
}

const char *unit_name(Dwarf_Die *unit)
{
	const char *name = die_string(unit, DW_AT_name);

	return name ? name : "<unknown>";
}

/* The line table's unit for the unit at OFFSET. */
static struct line_unit *line_unit_of(struct line_index *index,
                                      uint64_t offset)
{
	size_t low = 0, high = index->units.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (index->units.items[mid].die < offset)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == index->units.len || index->units.items[low].die != offset)
		return NULL;
	return &index->units.items[low];
}

/* A type unit's lines are those of the unit that it was written with. */
static struct line_unit *shared_lines(struct unit_index *units,
                                      struct line_index *index,
                                      Dwarf_Die *unit)
{
	Dwarf_Attribute attr;
	Dwarf_Word program;

	if (dwarf_formudata(dwarf_attr(unit, DW_AT_stmt_list, &attr),
	                    &program) != 0)
		return NULL;
	if (units->last_lines < index->units.len &&
	    index->units.items[units->last_lines].program == program)
		return &index->units.items[units->last_lines];
	for (size_t i = 0; i < index->units.len; i++)
		if (index->units.items[i].program == program) {
			units->last_lines = i;
			return &index->units.items[i];
		}
	return NULL;
}

const char *unit_file(struct debug_info *info, Dwarf_Die *die, int64_t number)
{
	struct debug_info *root = root_of(info);
	struct line_index *index = line_index_of(root);
	struct line_unit *lines;
	Dwarf_Die unit, split;

	if (number < 0 || number >= UINT32_MAX ||
	    !dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL, NULL, NULL))
		return NULL;
	/* A .dwo file's files are in its skeleton's table. */
	if (dwarf_cu_info(die->cu, NULL, NULL, NULL, &split, NULL, NULL,
	                  NULL) == 0 && split.cu && part_of(root, die) != root)
		unit = split;
	lines = line_unit_of(index, dwarf_dieoffset(&unit));
	if (!lines)
		lines = shared_lines(units_of(root), index, &unit);
	if (!lines)
		return NULL;
	line_unit_need_files(index, lines);
	if ((uint64_t)number >= lines->header.files.len)
		return NULL;
	return line_file_shown(index, lines, (uint32_t)number);
}
