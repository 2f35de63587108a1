/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What entries stand in.  DWARF's trees have no way up; so a unit of a language
 * whose names have scopes is walked once for its namespaces and classes, which
 * are kept as intervals of offsets.
 */
#include "symbols/dwarf.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

struct scope {
	uint64_t start, end;     /* addresses in the section */
	uint32_t parent;         /* index + 1; 0: none */
	bool shows;              /* its name stands before what is in it */
	Dwarf_Die die;
};

struct scopes {
	struct scopes *next;
	VEC(struct scope) all;   /* ascending */
};

void scopes_destroy(struct scopes *scopes)
{
	while (scopes) {
		struct scopes *next = scopes->next;

		vec_deinit(&scopes->all);
		free(scopes);
		scopes = next;
	}
}

static bool is_scope(int tag, bool *shows)
{
	*shows = true;
	switch (tag) {
	case DW_TAG_namespace:
	case DW_TAG_module:
	case DW_TAG_class_type:
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
	case DW_TAG_interface_type:
	case DW_TAG_enumeration_type:
		return true;
	case DW_TAG_subprogram:
	case DW_TAG_lexical_block:
	case DW_TAG_variant_part:
	case DW_TAG_variant:
		*shows = false;
		return true;
	default:
		return false;
	}
}

/* SEEN is the address behind which the walk goes on. */
static void walk(struct scopes *s, Dwarf_Die *die, uint32_t parent,
                 unsigned depth, uint64_t *seen)
{
	Dwarf_Die child;

	if (depth > DIE_MAX_DEPTH)
		return;
	for (bool ok = die_first(die, &child); ok; ok = die_next(&child)) {
		uint64_t at = (uintptr_t)child.addr;
		uint32_t index;
		bool shows;

		if (at <= *seen)
			return;
		*seen = at;
		if (s->all.len)
			s->all.items[s->all.len - 1].end = at;
		if (!is_scope(dwarf_tag(&child), &shows) ||
		    dwarf_haschildren(&child) != 1)
			continue;
		vec_push(&s->all, (struct scope){ .start = at, .end = at,
		                                  .parent = parent,
		                                  .shows = shows,
		                                  .die = child });
		index = (uint32_t)s->all.len;
		walk(s, &child, index, depth + 1, seen);
		/* What follows lies in this one's parent again. */
		vec_push(&s->all, (struct scope){ .start = *seen + 1,
		                                  .end = *seen + 1,
		                                  .parent = parent });
	}
}

static struct scopes *scopes_of(struct debug_info *part, Dwarf_Die *die)
{
	struct scopes **list = types_scope_list(types_of(part));
	struct map *map = types_scopes(types_of(part));
	struct scopes *s = map_get(map, (uintptr_t)die->cu);
	uint64_t seen = 0;
	Dwarf_Die unit;

	if (s)
		return s;
	s = xcalloc(1, sizeof(*s));
	s->next = *list;
	*list = s;
	map_put(map, (uintptr_t)die->cu, s);
	if (dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL, NULL, NULL))
		walk(s, &unit, 0, 0, &seen);
	return s;
}

/* The innermost scope around DIE: an index + 1; 0: none. */
static uint32_t scope_around(const struct scopes *s, Dwarf_Die *die)
{
	uint64_t at = (uintptr_t)die->addr;
	size_t low = 0, high = s->all.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->all.items[mid].start < at)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low)
		return 0;
	return s->all.items[low - 1].die.addr ? (uint32_t)low
	                                      : s->all.items[low - 1].parent;
}

static const char *scope_name(Dwarf_Die *die)
{
	const char *name = die_name(die);

	if (!name && dwarf_tag(die) == DW_TAG_namespace)
		return "(anonymous namespace)";
	return name;
}

/* Whether what is in an enumeration is called by its name. */
static bool names_its_values(Dwarf_Die *die)
{
	return dwarf_tag(die) != DW_TAG_enumeration_type ||
	       die_flag(die, DW_AT_enum_class);
}

static void put_scopes(struct scopes *s, uint32_t index, struct buf *text)
{
	const char *names[DIE_MAX_DEPTH + 2];
	size_t count = 0;

	while (index && index <= s->all.len && count < ARRAY_LEN(names)) {
		struct scope *scope = &s->all.items[index - 1];
		const char *name = scope->shows ? scope_name(&scope->die)
		                                : NULL;

		if (name && names_its_values(&scope->die))
			names[count++] = name;
		if (scope->parent >= index)
			break;
		index = scope->parent;
	}
	while (count--) {
		buf_puts(text, names[count]);
		buf_puts(text, "::");
	}
}

/* The scopes around ORIGIN, its name behind them; new. */
static char *qualify(struct debug_info *part, Dwarf_Die *origin,
                     const char *name)
{
	AUTO_BUF struct buf text = { 0 };
	struct scopes *s = scopes_of(part, origin);
	uint32_t around = scope_around(s, origin);

	buf_init(&text);
	if (around)
		put_scopes(s, around, &text);
	buf_puts(&text, name);
	return arena_strdup(types_arena(types_of(part)), text.data);
}

const char *die_qualified(struct debug_info *info, Dwarf_Die *die)
{
	const char *name = die_name(die);
	struct debug_info *part;
	struct map *names;
	Dwarf_Die origin;
	char *whole;

	if (!name || !language_has_scopes(die_language(info, die)))
		return name;
	origin = die_origin(die);
	part = part_of(info, &origin);
	names = types_names(types_of(part));
	whole = map_get(names, die_key(&origin));
	if (!whole) {
		whole = qualify(part, &origin, name);
		map_put(names, die_key(&origin), whole);
	}
	return whole;
}

bool die_scope(struct debug_info *info, Dwarf_Die *die, Dwarf_Die *scope)
{
	struct debug_info *part = part_of(info, die);
	struct scopes *s = scopes_of(part, die);
	uint32_t around = scope_around(s, die);

	if (!around)
		return false;
	*scope = s->all.items[around - 1].die;
	return scope->addr != NULL;
}
