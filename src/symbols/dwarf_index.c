/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions, variables, types and enumerators by name.  One pass over what
 * stands at the top of the units, in namespaces and in classes; kept is where
 * each is and a hash of its name, 16 bytes an entry.
 */
#include "symbols/dwarf.h"

#include "base/alloc.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	ENTRIES_MAX = 1 << 26,
	PARTS_MAX = 1 << 15,
	/* As many names are looked for without reading all units. */
	SIFT_NAMES = 8,
	/* Units that the file's own index leads to. */
	LISTED_UNITS = 8,
};

struct index_entry {
	uint64_t offset : 44;
	uint64_t part : 15;       /* 0: the root; else its number + 1 */
	uint64_t in_types : 1;
	uint64_t kind : 4;        /* enum entry_kind */
	uint32_t hash;
	uint32_t next;            /* index + 1; 0: the last */
};

struct name_index {
	VEC(struct index_entry) entries;  /* in the order of the file */
	uint32_t *buckets;
	uint32_t mask;
};

void name_index_destroy(struct name_index *index)
{
	if (!index)
		return;
	vec_deinit(&index->entries);
	free(index->buckets);
	free(index);
}

/* Behind `operator`, brackets are a name. */
static const char *skip_operator(const char *p)
{
	if (strncmp(p, "operator", 8) != 0 || isalnum((unsigned char)p[8]) ||
	    p[8] == '_')
		return p;
	p += 8;
	if (strncmp(p, "()", 2) == 0)
		return p + 2;
	return p + strspn(p, "<>=-");
}

const char *name_last_part(const char *name)
{
	const char *last = name;
	int depth = 0;

	for (const char *p = name; *p; p++) {
		const char *behind = p == last ? skip_operator(p) : p;

		if (behind != p) {
			p = behind - 1;
			continue;
		}
		if (*p == '<' || *p == '(' || *p == '{')
			depth++;
		else if ((*p == '>' || *p == ')' || *p == '}') && depth)
			depth--;
		else if (!depth && p[0] == ':' && p[1] == ':' && p[2])
			last = p + 2;
	}
	return last;
}

size_t name_base_len(const char *part)
{
	const char *p = skip_operator(part);

	if (p != part || *part == '<' || *part == '(')
		return strlen(part);
	return strcspn(part, "<");
}

static uint32_t hash_of(const char *part)
{
	uint32_t hash = 2166136261u;
	size_t len = name_base_len(part);

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (uint8_t)part[i]) * 16777619u;
	return hash;
}

static bool ends_in(const char *whole, size_t len, const char *name,
                    size_t name_len)
{
	if (name_len > len ||
	    memcmp(whole + len - name_len, name, name_len) != 0)
		return false;
	return name_len == len ||
	       (len - name_len >= 2 &&
	        memcmp(whole + len - name_len - 2, "::", 2) == 0);
}

bool name_matches(const char *whole, const char *name)
{
	const char *part = name_last_part(whole);
	size_t len = strlen(whole), name_len = strlen(name);
	size_t base = (size_t)(part - whole) + name_base_len(part);

	if (name_len > 2 && name[0] == ':' && name[1] == ':')
		return strcmp(whole, name + 2) == 0;
	return ends_in(whole, len, name, name_len) ||
	       (base < len && ends_in(whole, base, name, name_len));
}

/* "Stack<int>::pop" as "Stack::pop": a NAME that says no arguments of templates
 * means all of them. */
static bool matches_any_template(const char *whole, const char *name)
{
	AUTO_FREE char *plain = NULL;
	size_t len = 0;
	int depth = 0;

	if (strchr(name, '<') || !strchr(whole, '<') || !strstr(name, "::") ||
	    strstr(whole, "operator"))
		return false;
	plain = xmalloc(strlen(whole) + 1);
	for (const char *at = whole; *at; at++) {
		depth += *at == '<';
		if (!depth)
			plain[len++] = *at;
		depth -= *at == '>' && depth;
	}
	plain[len] = '\0';
	return name_matches(plain, name);
}

/* While the index is built. */
struct indexing {
	struct debug_info *info;
	struct name_index *index;
	uint32_t part;
	uint64_t seen;
	bool scopes;              /* the unit's names have them */
	bool in_types;
};

static void add(struct indexing *in, Dwarf_Die *die, enum entry_kind kind)
{
	const char *name = die_name(die);

	if (!name || !*name || in->index->entries.len >= ENTRIES_MAX)
		return;
	vec_push(&in->index->entries,
	         (struct index_entry){
			.offset = dwarf_dieoffset(die), .part = in->part,
			.in_types = in->in_types, .kind = kind,
			.hash = hash_of(name) });
}

static void walk(struct indexing *in, Dwarf_Die *parent, unsigned depth);

static void add_type(struct indexing *in, Dwarf_Die *die, unsigned depth)
{
	int tag = dwarf_tag(die);
	bool declared = dwarf_hasattr(die, DW_AT_declaration);

	if (!declared)
		add(in, die, ENTRY_TYPE);
	if (tag == DW_TAG_enumeration_type && !declared)
		walk(in, die, depth);
	else if (in->scopes && (tag == DW_TAG_structure_type ||
	                        tag == DW_TAG_class_type ||
	                        tag == DW_TAG_union_type))
		walk(in, die, depth);
}

static void add_die(struct indexing *in, Dwarf_Die *die, unsigned depth)
{
	switch (dwarf_tag(die)) {
	case DW_TAG_subprogram:
		if (die_has_code(die) || dwarf_hasattr(die, DW_AT_inline))
			add(in, die, ENTRY_FUNCTION);
		break;
	case DW_TAG_member:
	case DW_TAG_variable:
	case DW_TAG_constant:
		if (dwarf_tag(die) != DW_TAG_member &&
		    !dwarf_hasattr(die, DW_AT_declaration))
			add(in, die, ENTRY_VARIABLE);
		else if (dwarf_hasattr(die, DW_AT_const_value))
			add(in, die, ENTRY_VARIABLE);
		break;
	case DW_TAG_enumerator:
		add(in, die, ENTRY_ENUMERATOR);
		break;
	case DW_TAG_structure_type:
	case DW_TAG_class_type:
	case DW_TAG_interface_type:
	case DW_TAG_union_type:
	case DW_TAG_enumeration_type:
	case DW_TAG_typedef:
	case DW_TAG_base_type:
	case DW_TAG_subrange_type:
	case DW_TAG_unspecified_type:
	case DW_TAG_template_alias:
		add_type(in, die, depth);
		break;
	case DW_TAG_namespace:
	case DW_TAG_module:
		walk(in, die, depth);
		break;
	}
}

static void walk(struct indexing *in, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth > DIE_MAX_DEPTH)
		return;
	for (bool ok = die_first(parent, &die); ok; ok = die_next(&die)) {
		if ((uintptr_t)die.addr <= in->seen)
			return;
		in->seen = (uintptr_t)die.addr;
		add_die(in, &die, depth + 1);
	}
}

static uint32_t part_number(struct debug_info *root, struct debug_info *part)
{
	for (size_t i = 0; i < root->parts.len; i++)
		if (root->parts.items[i] == part)
			return (uint32_t)i + 1;
	return 0;
}

static void index_unit(struct indexing *in, Dwarf_Die *die)
{
	struct debug_info *part = part_of(in->info, die);

	in->part = part_number(in->info, part);
	if (in->part >= PARTS_MAX)
		return;
	in->seen = 0;
	in->scopes = language_has_scopes(die_language(in->info, die));
	in->in_types = die_key(die) >> 63;
	walk(in, die, 0);
}

static void make_buckets(struct name_index *index)
{
	uint32_t size = 16;

	while (size < index->entries.len)
		size *= 2;
	index->mask = size - 1;
	index->buckets = xcalloc(size, sizeof(*index->buckets));
	for (size_t i = index->entries.len; i-- > 0;) {
		struct index_entry *e = &index->entries.items[i];
		uint32_t *bucket = &index->buckets[e->hash & index->mask];

		e->next = *bucket;
		*bucket = (uint32_t)i + 1;
	}
}

static bool index_shared(void *ctx, Dwarf_Die *die)
{
	index_unit(ctx, die);
	return true;
}

static struct name_index *names_of(struct debug_info *info)
{
	struct unit_index *units = units_of(info);
	struct indexing in = { .info = info };
	Dwarf *shared;

	if (units->names)
		return units->names;
	units->names = in.index = xcalloc(1, sizeof(*in.index));
	for (size_t i = 0; i < units->units.len; i++)
		index_unit(&in, unit_die(&units->units.items[i]));
	/* What dwz moved to a file that several share. */
	shared = dwarf_getalt(info->dwarf);
	if (shared)
		info_each_unit(&(struct debug_info){ .dwarf = shared },
		               index_shared, &in);
	make_buckets(in.index);
	return in.index;
}

/*
 * Of those units alone that can have NAME; NULL: the whole index is to be
 * asked.
 */
static struct name_index *names_sifted(struct debug_info *info,
                                       const char *name)
{
	struct unit_index *units = units_of(info);
	struct indexing in = { .info = info };
	const char *part = name_last_part(name);
	AUTO_FREE bool *may = NULL;

	if (units->names || units->sifted >= SIFT_NAMES)
		return NULL;
	units->sifted++;
	may = xcalloc(units->units.len + 1, sizeof(*may));
	if (!sift_units(info, part, name_base_len(part), may))
		return NULL;
	in.index = xcalloc(1, sizeof(*in.index));
	for (size_t i = 0; i < units->units.len; i++)
		if (may[i])
			index_unit(&in, unit_die(&units->units.items[i]));
	make_buckets(in.index);
	return in.index;
}

static bool entry_die(struct debug_info *info, const struct index_entry *e,
                      struct debug_info **part, Dwarf_Die *die)
{
	if (e->part > info->parts.len)
		return false;
	*part = e->part ? info->parts.items[e->part - 1] : info;
	return debug_die_get(&(struct debug_die){ .info = *part,
	                                          .offset = e->offset,
	                                          .in_types = e->in_types },
	                     die);
}

/* Who is told of entries. */
struct index_told {
	bool (*fn)(void *ctx, struct debug_info *part, Dwarf_Die *die,
	           enum entry_kind kind);
	void *ctx;
};

/* False where it was enough. */
static bool find_in(struct debug_info *info, const struct name_index *index,
                    const char *name, unsigned kinds,
                    const struct index_told *told)
{
	uint32_t hash = hash_of(name_last_part(name));
	uint32_t at = index->buckets[hash & index->mask];

	while (at) {
		const struct index_entry e = index->entries.items[at - 1];
		struct debug_info *part;
		const char *whole;
		Dwarf_Die die;

		at = e.next;
		if (e.hash != hash || !(e.kind & kinds) ||
		    !entry_die(info, &e, &part, &die))
			continue;
		whole = die_qualified(part, &die);
		if (!whole || (!name_matches(whole, name) &&
		               (e.kind != ENTRY_FUNCTION ||
		                !matches_any_template(whole, name))))
			continue;
		if (!told->fn(told->ctx, part, &die, (enum entry_kind)e.kind))
			return false;
	}
	return true;
}

void index_find(struct debug_info *info, const char *name, unsigned kinds,
                bool (*fn)(void *ctx, struct debug_info *part,
                           Dwarf_Die *die, enum entry_kind kind),
                void *ctx)
{
	const struct index_told told = { fn, ctx };
	struct name_index *few = names_sifted(info, name);

	find_in(info, few ? few : names_of(info), name, kinds, &told);
	name_index_destroy(few);
}

/* Of one unit, kept until another one is asked about. */
static const struct name_index *names_near(struct debug_info *info,
                                           size_t unit)
{
	struct unit_index *units = units_of(info);
	struct indexing in = { .info = info };

	if (units->near && units->near_unit == unit)
		return units->near;
	name_index_destroy(units->near);
	units->near = in.index = xcalloc(1, sizeof(*in.index));
	units->near_unit = unit;
	index_unit(&in, unit_die(&units->units.items[unit]));
	make_buckets(in.index);
	return in.index;
}

bool index_find_near(struct debug_info *info, const struct unit *unit,
                     const char *name, unsigned kinds,
                     bool (*fn)(void *ctx, struct debug_info *part,
                                Dwarf_Die *die, enum entry_kind kind),
                     void *ctx)
{
	const struct index_told told = { fn, ctx };
	const struct unit_index *units = units_of(info);

	return find_in(info, names_near(info, (size_t)(unit -
	                                               units->units.items)),
	               name, kinds, &told);
}

bool index_find_listed(struct debug_info *info, const char *name,
                       unsigned kinds,
                       bool (*fn)(void *ctx, struct debug_info *part,
                                  Dwarf_Die *die, enum entry_kind kind),
                       void *ctx)
{
	const struct index_told told = { fn, ctx };
	struct unit_index *units = units_of(info);
	size_t numbers[LISTED_UNITS], count;

	/* Where all is known nothing is quicker.  That ends it, too, where the
	 * file's index leads nowhere. */
	if (units->names)
		return true;
	count = listed_units(info, name, numbers, LISTED_UNITS);
	for (size_t i = 0; i < count; i++)
		if (!find_in(info, names_near(info, numbers[i]), name, kinds,
		             &told))
			return false;
	return true;
}

void index_each(struct debug_info *info, unsigned kinds,
                bool (*fn)(void *ctx, struct debug_info *part,
                           Dwarf_Die *die, enum entry_kind kind),
                void *ctx)
{
	struct name_index *index = names_of(info);

	for (size_t i = 0; i < index->entries.len; i++) {
		const struct index_entry e = index->entries.items[i];
		struct debug_info *part;
		Dwarf_Die die;

		if ((e.kind & kinds) && entry_die(info, &e, &part, &die) &&
		    !fn(ctx, part, &die, (enum entry_kind)e.kind))
			return;
	}
}
