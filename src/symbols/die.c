/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DWARF's entries, with bounds. */
#include "symbols/dwarf.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Newer than the library's header, and an old Rust's own. */
enum {
	LANG_C_plus_plus_17 = 0x2a,
	LANG_C_plus_plus_20 = 0x2b,
	LANG_old_Rust = 0x9000,
};

struct debug_info *part_of(struct debug_info *info, Dwarf_Die *die)
{
	struct debug_info *root = root_of(info), *part;
	Dwarf *dwarf = dwarf_cu_getdwarf(die->cu);

	if (!dwarf || dwarf == info->dwarf)
		return info;
	if (dwarf == root->dwarf)
		return root;
	for (size_t i = 0; i < root->parts.len; i++)
		if (root->parts.items[i]->dwarf == dwarf)
			return root->parts.items[i];
	part = xcalloc(1, sizeof(*part));
	part->file = root->file;
	part->dwarf = dwarf;
	part->bias = root->bias;
	part->root = root;
	vec_push(&root->parts, part);
	return part;
}

static bool is_type_section(Dwarf_Die *die)
{
	Dwarf_Half version = 0;
	uint8_t kind = 0;

	return dwarf_cu_info(die->cu, &version, &kind, NULL, NULL, NULL, NULL,
	                     NULL) == 0 &&
	       version < 5 && kind == DW_UT_type;
}

bool debug_die_get(const struct debug_die *handle, Dwarf_Die *die)
{
	if (!handle->info)
		return false;
	return (handle->in_types
	        ? dwarf_offdie_types(handle->info->dwarf, handle->offset, die)
	        : dwarf_offdie(handle->info->dwarf, handle->offset, die));
}

struct debug_die debug_die_of(struct debug_info *info, Dwarf_Die *die)
{
	return (struct debug_die){ .info = part_of(info, die),
	                           .offset = dwarf_dieoffset(die),
	                           .in_types = is_type_section(die) };
}

uint64_t die_key(Dwarf_Die *die)
{
	return dwarf_dieoffset(die) | (uint64_t)is_type_section(die) << 63;
}

bool die_attr(Dwarf_Die *die, unsigned name, Dwarf_Attribute *attr)
{
	return dwarf_attr(die, name, attr) != NULL;
}

bool die_ref(Dwarf_Die *die, unsigned name, Dwarf_Die *to)
{
	Dwarf_Attribute attr;

	return dwarf_attr(die, name, &attr) && dwarf_formref_die(&attr, to);
}

/* One step to what DIE is a copy or the definition of. */
static bool step_to_origin(Dwarf_Die *die)
{
	Dwarf_Die to;

	if (!die_ref(die, DW_AT_abstract_origin, &to) &&
	    !die_ref(die, DW_AT_specification, &to) &&
	    !(dwarf_tag(die) == DW_TAG_namespace &&
	      die_ref(die, DW_AT_extension, &to)))
		return false;
	*die = to;
	return true;
}

bool die_attr_any(Dwarf_Die *die, unsigned name, Dwarf_Attribute *attr)
{
	Dwarf_Die at = *die;

	for (unsigned i = 0; i < DIE_MAX_REFS; i++) {
		if (dwarf_attr(&at, name, attr))
			return true;
		if (!step_to_origin(&at))
			return false;
	}
	return false;
}

Dwarf_Die die_origin(Dwarf_Die *die)
{
	Dwarf_Die at = *die;

	for (unsigned i = 0; i < DIE_MAX_REFS && step_to_origin(&at); i++)
		continue;
	return at;
}

bool attr_number(Dwarf_Attribute *attr, int64_t *value)
{
	Dwarf_Sword sword;
	Dwarf_Word word;

	switch (dwarf_whatform(attr)) {
	case DW_FORM_sdata:
	case DW_FORM_implicit_const:
		if (dwarf_formsdata(attr, &sword) != 0)
			return false;
		*value = sword;
		return true;
	case DW_FORM_data1:
	case DW_FORM_data2:
	case DW_FORM_data4:
	case DW_FORM_data8:
	case DW_FORM_udata:
		if (dwarf_formudata(attr, &word) != 0)
			return false;
		*value = (int64_t)word;
		return true;
	default:
		return false;
	}
}

bool die_number(Dwarf_Die *die, unsigned name, int64_t *value)
{
	Dwarf_Attribute attr;

	return dwarf_attr(die, name, &attr) && attr_number(&attr, value);
}

static bool is_set(Dwarf_Attribute *attr)
{
	bool flag;

	return dwarf_formflag(attr, &flag) == 0 && flag;
}

bool die_flag(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attr;

	return dwarf_attr(die, name, &attr) && is_set(&attr);
}

bool die_flag_any(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attr;

	return die_attr_any(die, name, &attr) && is_set(&attr);
}

const char *die_string(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attr;

	return die_attr_any(die, name, &attr) ? dwarf_formstring(&attr) : NULL;
}

/* Names stand in texts of several lines: none may have lines of its own. */
const char *die_name(Dwarf_Die *die)
{
	const char *name = die_string(die, DW_AT_name);

	return name && name_has_control(name) ? "<unprintable>" : name;
}

static bool first_language(void *ctx, Dwarf_Die *die)
{
	int64_t *language = ctx;

	return !die_number(die, DW_AT_language, language);
}

unsigned die_language(struct debug_info *info, Dwarf_Die *die)
{
	int64_t language = 0;
	Dwarf_Die unit;

	if (!dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL, NULL, NULL))
		return 0;
	if (die_number(&unit, DW_AT_language, &language))
		return (unsigned)language;
	/* dwz leaves it out of what several units share. */
	if (dwarf_tag(&unit) == DW_TAG_partial_unit)
		info_each_unit(root_of(info), first_language, &language);
	return (unsigned)language;
}

bool language_is_rust(unsigned language)
{
	return language == DW_LANG_Rust || language == LANG_old_Rust;
}

bool language_has_scopes(unsigned language)
{
	switch (language) {
	case DW_LANG_C_plus_plus:
	case DW_LANG_C_plus_plus_03:
	case DW_LANG_C_plus_plus_11:
	case DW_LANG_C_plus_plus_14:
	case LANG_C_plus_plus_17:
	case LANG_C_plus_plus_20:
	case DW_LANG_ObjC_plus_plus:
	case DW_LANG_D:
		return true;
	default:
		return language_is_rust(language);
	}
}

unsigned die_address_size(Dwarf_Die *die)
{
	uint8_t size = 8;
	Dwarf_Die unit;

	if (!dwarf_cu_die(die->cu, &unit, NULL, NULL, &size, NULL, NULL, NULL))
		return 8;
	return size == 4 ? 4 : 8;
}

bool die_first(Dwarf_Die *parent, Dwarf_Die *child)
{
	return dwarf_child(parent, child) == 0;
}

bool die_next(Dwarf_Die *child)
{
	Dwarf_Die next;

	if (dwarf_siblingof(child, &next) != 0 || next.addr <= child->addr)
		return false;
	*child = next;
	return true;
}

Dwarf_Die unit_whole(Dwarf_Die *unit)
{
	uint8_t kind = 0;
	Dwarf_Die split;

	if (dwarf_cu_info(unit->cu, NULL, &kind, NULL, NULL, NULL, NULL,
	                  NULL) == 0 && kind == DW_UT_skeleton &&
	    dwarf_cu_info(unit->cu, NULL, NULL, NULL, &split, NULL, NULL,
	                  NULL) == 0 && split.cu)
		return split;
	return *unit;
}

void info_each_unit(struct debug_info *info,
                    bool (*fn)(void *ctx, Dwarf_Die *die), void *ctx)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;

	while (dwarf_get_units(info->dwarf, cu, &cu, NULL, NULL, &die,
	                       NULL) == 0)
		if (!fn(ctx, &die))
			return;
}

void debug_info_deinit(struct debug_info *info)
{
	for (size_t i = 0; i < info->parts.len; i++) {
		debug_info_deinit(info->parts.items[i]);
		free(info->parts.items[i]);
	}
	vec_deinit(&info->parts);
	types_destroy((struct dwarf_types *)info->types);
	info->types = NULL;
	units_destroy(info->units);
	info->units = NULL;
}
