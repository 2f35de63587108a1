/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/dwarf.h: reading DWARF's entries, for the files of this room.
 *
 *	die.c           attributes and walks that hostile trees can't hold up
 *	scope.c         what an entry stands in: qualified names
 *	dwarf_type.c    types; dwarf_member.c what is in them
 *
 * Entries are those of libdw; INFO is any of the file's debug_info, the root or
 * a part.  Trees are walked forward only: a sibling that does not lie behind
 * what was seen ends the walk.
 */
#ifndef SCDB_SYMBOLS_DWARF_H
#define SCDB_SYMBOLS_DWARF_H

#include "symbols/arena.h"
#include "symbols/internal.h"

#include "base/map.h"

enum {
	DIE_MAX_DEPTH = 512,       /* of a tree */
	DIE_MAX_REFS = 16,         /* from one entry to the next */
	DIE_MAX_CHILDREN = 1000000,
};

/* The one whose DWARF DIE belongs to. */
struct debug_info *part_of(struct debug_info *info, Dwarf_Die *die);
static inline struct debug_info *root_of(struct debug_info *info)
{
	return info->root ? info->root : info;
}

/* Tells entries of one part apart: offset and section. */
uint64_t die_key(Dwarf_Die *die);

/* An entry's own attributes ... */
bool die_attr(Dwarf_Die *die, unsigned name, Dwarf_Attribute *attr);
/* ... and those of what it is a copy or the definition of. */
bool die_attr_any(Dwarf_Die *die, unsigned name, Dwarf_Attribute *attr);
/* Constants only.  Negative ones where the form says so. */
bool attr_number(Dwarf_Attribute *attr, int64_t *value);
/* loclist.c: whether libdw may be trusted with this location list. */
bool attr_list_is_sound(Dwarf_Attribute *attr);
bool die_number(Dwarf_Die *die, unsigned name, int64_t *value);
bool die_flag(Dwarf_Die *die, unsigned name);
bool die_flag_any(Dwarf_Die *die, unsigned name);
/* The entry that attribute NAME refers to. */
bool die_ref(Dwarf_Die *die, unsigned name, Dwarf_Die *to);
/*
 * DW_AT_name, here or of what it is a copy of; NULL: none.  One with control
 * characters, which no language has, is "<unprintable>".
 */
const char *die_name(Dwarf_Die *die);
const char *die_string(Dwarf_Die *die, unsigned name);
/* Through abstract origins and specifications to the end: the declaration, or
 * the abstract instance. */
Dwarf_Die die_origin(Dwarf_Die *die);
/* DW_LANG_*; 0: not said. */
unsigned die_language(struct debug_info *info, Dwarf_Die *die);
/* Whether names in it have scopes before them: C++, Rust, D. */
bool language_has_scopes(unsigned language);
bool language_is_rust(unsigned language);
unsigned die_address_size(Dwarf_Die *die);

/* for (bool ok = die_first(&die, &child); ok; ok = die_next(&child)) */
bool die_first(Dwarf_Die *parent, Dwarf_Die *child);
bool die_next(Dwarf_Die *child);

/* All units, types' too; until FN returns false.  DIE is the unit's. */
void info_each_unit(struct debug_info *info,
                    bool (*fn)(void *ctx, Dwarf_Die *die), void *ctx);
/* Of a skeleton the unit in the .dwo file, where that is to be had. */
Dwarf_Die unit_whole(Dwarf_Die *unit);

/*
 * "ns::S::f" of the entry, the file's or the part's; NULL where it has no name.
 */
const char *die_qualified(struct debug_info *info, Dwarf_Die *die);
/* The entry around DIE that is a scope: a class, an enumeration, ... */
bool die_scope(struct debug_info *info, Dwarf_Die *die, Dwarf_Die *scope);
struct scopes;
void scopes_destroy(struct scopes *scopes);    /* all that follow, too */

/* A part's types and strings; made at the first question. */
struct dwarf_types *types_of(struct debug_info *part);
struct arena *types_arena(struct dwarf_types *types);
/* By unit. */
struct map *types_scopes(struct dwarf_types *types);
/* The list of them, for scopes_destroy. */
struct scopes **types_scope_list(struct dwarf_types *types);
/* Qualified names by die_key. */
struct map *types_names(struct dwarf_types *types);
void types_destroy(struct dwarf_types *types);

/* The type that DIE is; never NULL. */
const struct type *die_type(struct debug_info *info, Dwarf_Die *die);
/* A definition of the declared type T, of any unit of the file; or NULL. */
const struct type *debug_definition_of(struct debug_info *info,
                                       const struct type *t);
/* That of its DW_AT_type; void where it has none. */
const struct type *die_type_of(struct debug_info *info, Dwarf_Die *die);

/* A type from DWARF. */
struct dwarf_type {
	struct type type;
	Dwarf_Die die;
	struct debug_info *info;         /* the part */
	bool sought;
	const struct type *definition;
	bool members_read, enumerators_read, extra_read;
	struct type_member *members;
	size_t member_count;
	struct type_member *discriminant;
	struct type_enumerator *enumerators;
	size_t enumerator_count;
	struct type_extra *extra;
};

/* unit.c: the units of a file, by address and by what they contain. */
struct function_range {
	taddr low, high;      /* of the debug information */
	Dwarf_Die die;
};

struct unit {
	Dwarf_Die die;        /* as it stands in the file */
	Dwarf_Die whole;      /* the .dwo file's, where it is split; else DIE */
	bool has_whole;
	bool functions_read;
	VEC(struct function_range) functions;  /* ascending */
};

struct unit_range {
	taddr low, high;
	taddr top;            /* the highest HIGH up to here */
	uint32_t unit;
};

struct name_index;
struct listed_names;

struct unit_index {
	VEC(struct unit) units;          /* types' too; ascending */
	VEC(struct unit_range) ranges;   /* ascending */
	struct name_index *names;        /* NULL: not yet */
	taddr *addresses;                /* of variables, ascending */
	size_t address_count;
	bool addresses_read;
	size_t last_lines;               /* unit_file's last answer */
	unsigned sifted;                 /* names, before NAMES was made */
	struct name_index *near;         /* of unit NEAR_UNIT alone, or NULL */
	size_t near_unit;
	struct listed_names *listed;     /* the file's own, or NULL */
	bool listed_read;
};

/* INFO is a root. */
struct unit_index *units_of(struct debug_info *info);
void units_destroy(struct unit_index *index);
/* The unit that ADDR (of the debug information) is in; NULL: none. */
struct unit *unit_at(struct debug_info *info, taddr addr);
/* Finds what is split off. */
Dwarf_Die *unit_die(struct unit *unit);
/* The subprogram that ADDR is in. */
bool unit_function_at(struct unit *unit, taddr addr,
                      struct function_range *range);
/* The file that NUMBER stands for in DIE's unit; NULL: not known. */
const char *unit_file(struct debug_info *info, Dwarf_Die *die,
                      int64_t number);
/* The unit's name: what gdb calls its file. */
const char *unit_name(Dwarf_Die *unit);

/* dwarf_index.c: entries by name. */
enum entry_kind {
	ENTRY_FUNCTION = 1, ENTRY_VARIABLE = 2, ENTRY_TYPE = 4,
	ENTRY_ENUMERATOR = 8,
};

/*
 * Calls FN for each entry of one of KINDS called NAME: its own name, or with
 * scopes before it, as many as there are in NAME; until FN returns false.
 * INFO is a root.
 */
void index_find(struct debug_info *info, const char *name, unsigned kinds,
                bool (*fn)(void *ctx, struct debug_info *part,
                           Dwarf_Die *die, enum entry_kind kind),
                void *ctx);
/* All of them, in the order of the file. */
void index_each(struct debug_info *info, unsigned kinds,
                bool (*fn)(void *ctx, struct debug_info *part,
                           Dwarf_Die *die, enum entry_kind kind),
                void *ctx);
void name_index_destroy(struct name_index *index);
/*
 * The same of UNIT alone; and of the units that the file's own index says have
 * a function or variable called NAME with external linkage, in the order of the
 * file, a few at most.  What is found there is true; it need not be all.  False
 * where FN was: it has what it wants.
 */
bool index_find_near(struct debug_info *info, const struct unit *unit,
                     const char *name, unsigned kinds,
                     bool (*fn)(void *ctx, struct debug_info *part,
                                Dwarf_Die *die, enum entry_kind kind),
                     void *ctx);
bool index_find_listed(struct debug_info *info, const char *name,
                       unsigned kinds,
                       bool (*fn)(void *ctx, struct debug_info *part,
                                  Dwarf_Die *die, enum entry_kind kind),
                       void *ctx);
/* Behind the last :: that is not inside <> or (). */
const char *name_last_part(const char *name);
/* Of the last part of a name up to its template arguments. */
size_t name_base_len(const char *part);

/*
 * dwarf_sift.c: sets MAY of each unit that can have an entry whose name is NAME,
 * LEN bytes, with or without template arguments behind.  False: it can't be
 * told, or it is not worth it.
 */
bool sift_units(struct debug_info *info, const char *name, size_t len,
                bool *may);
/* dwarf_listed.c: ascending; returns how many. */
size_t listed_units(struct debug_info *info, const char *name,
                    size_t *numbers, size_t max);
void listed_destroy(struct listed_names *listed);
/* Whether WHOLE, a qualified name, is NAME or ends in ::NAME. */
bool name_matches(const char *whole, const char *name);

/* function.c */
/* Whether DIE, a function or variable whose name from the root is NAME, is the
 * one of the program: its linkage is external, and it is somewhere. */
bool die_is_the_one(struct debug_info *part, Dwarf_Die *die,
                    const char *name);
/* DIE's ranges, as many as fit; returns how many. */
size_t die_ranges(Dwarf_Die *die, struct unit_range *ranges, size_t max);
bool die_holds(Dwarf_Die *die, taddr addr);
/* Whether it has code. */
bool die_has_code(Dwarf_Die *die);
taddr die_entry(Dwarf_Die *die);

static inline struct dwarf_type *dwarf_type_of(const struct type *t)
{
	return (struct dwarf_type *)(uintptr_t)t;
}

const struct type_member *dwarf_members(const struct type *t, size_t *count);
const struct type_enumerator *dwarf_enumerators(const struct type *t,
                                                size_t *count);
const struct type_member *dwarf_discriminant(const struct type *t);
const struct type_extra *dwarf_extra(const struct type *t);

#endif
