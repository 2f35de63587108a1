/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the index of names in a file is good for: where a function or a variable
 * with external linkage is said to be.  If it is there nothing else need be
 * read, as there is one in a program.  It is of no use for what it does not
 * list: gdb's leaves out all static variables of one name but the first, clang's
 * the enumerators.  Nor is one that does not know all units: half of the objects
 * may have been compiled without it.
 */
#include "symbols/dwarf_listed.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct listed_names {
	bool has_gdb;
	struct gdb_index gdb;
	VEC(struct names_part) parts;
	struct line_cursor strings;
};

void listed_destroy(struct listed_names *listed)
{
	if (!listed)
		return;
	vec_deinit(&listed->parts);
	free(listed);
}

/* Where the unit's header is. */
static uint64_t unit_offset(const struct unit *unit)
{
	Dwarf_Die die = unit->die;

	return dwarf_dieoffset(&die) - dwarf_cuoffset(&die);
}

static bool is_of_types(const struct unit *unit)
{
	Dwarf_Die die = unit->die;

	return die_key(&die) >> 63 || dwarf_tag(&die) == DW_TAG_type_unit;
}

/* The number of the unit at OFFSET; -1: there is none. */
static long unit_at_offset(const struct unit_index *units, uint64_t offset)
{
	size_t low = 0, high = units->units.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct unit *unit = &units->units.items[mid];
		Dwarf_Die die = unit->die;

		/* Those of .debug_types come last. */
		if (!(die_key(&die) >> 63) && unit_offset(unit) < offset)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == units->units.len ||
	    unit_offset(&units->units.items[low]) != offset ||
	    is_of_types(&units->units.items[low]))
		return -1;
	return (long)low;
}

static void mark(const struct unit_index *units, const struct line_cursor *list,
                 unsigned width, unsigned stride, bool *known)
{
	uint64_t offset;

	for (size_t i = 0; i < units->units.len &&
	     listed_item(list, i * stride, width, &offset); i++) {
		long unit = unit_at_offset(units, offset);

		if (unit >= 0)
			known[unit] = true;
	}
}

static bool knows_all(const struct listed_names *listed,
                      const struct unit_index *units)
{
	AUTO_FREE bool *known = xcalloc(units->units.len + 1, sizeof(*known));

	if (listed->has_gdb)
		mark(units, &listed->gdb.units, 8, 2, known);
	for (size_t i = 0; i < listed->parts.len; i++)
		mark(units, &listed->parts.items[i].units,
		     listed->parts.items[i].offset_size, 1, known);
	for (size_t i = 0; i < units->units.len; i++)
		if (!known[i] && !is_of_types(&units->units.items[i]))
			return false;
	return true;
}

static void read_parts(struct listed_names *listed, Elf *elf, size_t max)
{
	struct line_cursor section = dwarf_section(elf, ".debug_names");
	struct names_part part;

	if (!section.at)
		return;
	while (listed->parts.len < max && names_part_read(&section, &part))
		vec_push(&listed->parts, part);
	if (section.bad || section.at != section.end)
		vec_deinit(&listed->parts);
	listed->strings = dwarf_section(elf, ".debug_str");
}

/* NULL: the file has none that is of use. */
static struct listed_names *listed_of(struct debug_info *info)
{
	struct unit_index *units = units_of(info);
	Elf *elf = dwarf_getelf(info->dwarf);
	struct listed_names *listed;
	GElf_Ehdr header;

	if (units->listed_read)
		return units->listed;
	units->listed_read = true;
	/* Offsets in objects are yet to be relocated. */
	if (!elf || !gelf_getehdr(elf, &header) || header.e_type == ET_REL ||
	    header.e_ident[EI_DATA] != ELFDATA2LSB)
		return NULL;
	listed = xcalloc(1, sizeof(*listed));
	listed->has_gdb = gdb_index_read(dwarf_section(elf, ".gdb_index"),
	                                 &listed->gdb);
	if (!listed->has_gdb)
		read_parts(listed, elf, units->units.len);
	if ((listed->has_gdb || listed->parts.len) && knows_all(listed, units))
		units->listed = listed;
	else
		listed_destroy(listed);
	return units->listed;
}

static void ask(const struct listed_names *listed, const char *name,
                struct listed_question *q)
{
	q->name = name;
	q->len = strlen(name);
	if (listed->has_gdb)
		gdb_index_find(&listed->gdb, q);
	for (size_t i = 0; i < listed->parts.len && !q->failed; i++)
		names_part_find(&listed->parts.items[i], &listed->strings, q);
}

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

size_t listed_units(struct debug_info *info, const char *name,
                    size_t *numbers, size_t max)
{
	struct listed_names *listed = listed_of(info);
	struct listed_question q = { .steps = LISTED_STEPS };
	size_t count = 0;

	if (!listed)
		return 0;
	if (strncmp(name, "::", 2) == 0)
		name += 2;
	ask(listed, name, &q);
	/* clang lists what is in namespaces without them. */
	if (!q.units.len && !q.failed && name_last_part(name) != name)
		ask(listed, name_last_part(name), &q);
	if (q.units.len && !q.failed)
		qsort(q.units.items, q.units.len, sizeof(*q.units.items),
		      compare);
	for (size_t i = 0; i < q.units.len && !q.failed && count < max; i++) {
		long unit = unit_at_offset(units_of(info), q.units.items[i]);

		if (unit >= 0 && (!count || numbers[count - 1] != (size_t)unit))
			numbers[count++] = (size_t)unit;
	}
	vec_deinit(&q.units);
	return count;
}
