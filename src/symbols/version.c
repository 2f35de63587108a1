/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of dynamic symbols: .gnu.version and .gnu.version_d. */
#include "symbols/symtab.h"

#include "base/alloc.h"

#include <string.h>

enum {
	HIDDEN = 0x8000,      /* not the default version */
	MAX_VERSIONS = 5000,
};

static const char *string_at(const struct symbol_table *t, uint32_t offset)
{
	return offset < t->names_len ? t->names + offset : "";
}

/*
 * Definitions are a chain; each names itself in the first of its auxiliary
 * entries.  Elfxx_Verdef is the same in both classes.
 */
static void read_definitions(struct symbol_table *t)
{
	size_t at = 0, size = t->definitions_len;

	for (unsigned n = 0; t->definitions && n < MAX_VERSIONS; n++) {
		Elf64_Verdef def;
		Elf64_Verdaux aux;

		if (at > size || size - at < sizeof(def))
			return;
		memcpy(&def, t->definitions + at, sizeof(def));
		if (def.vd_aux > size - at ||
		    size - at - def.vd_aux < sizeof(aux))
			return;
		memcpy(&aux, t->definitions + at + def.vd_aux, sizeof(aux));
		if (def.vd_ndx < MAX_VERSIONS && !(def.vd_flags & VER_FLG_BASE))
			t->version_names[def.vd_ndx] =
				string_at(t, aux.vda_name);
		if (!def.vd_next)
			return;
		at += def.vd_next;
	}
}

/* The versions of one file that is needed; false: nothing behind it. */
static bool read_need(struct symbol_table *t, size_t *at, unsigned *left)
{
	Elf64_Verneed need;
	Elf64_Vernaux aux;
	size_t size = t->needs_len, place;

	if (*at > size || size - *at < sizeof(need))
		return false;
	memcpy(&need, t->needs + *at, sizeof(need));
	place = *at + need.vn_aux;
	for (unsigned n = 0; n < need.vn_cnt && *left; n++, --*left) {
		if (place > size || size - place < sizeof(aux))
			break;
		memcpy(&aux, t->needs + place, sizeof(aux));
		if (aux.vna_other < MAX_VERSIONS)
			t->version_names[MAX_VERSIONS + aux.vna_other] =
				string_at(t, aux.vna_name);
		if (!aux.vna_next)
			break;
		place += aux.vna_next;
	}
	*at += need.vn_next;
	return need.vn_next != 0;
}

static void read_names(struct symbol_table *t)
{
	size_t at = 0;
	unsigned left = 10 * MAX_VERSIONS; /* of a chain that lies */

	t->version_count = 2 * MAX_VERSIONS;
	t->version_names = xcalloc(t->version_count, sizeof(*t->version_names));
	/* A variable that was copied into the program has one of another
	 * file's versions. */
	while (t->needs && left && read_need(t, &at, &left))
		left--;
	read_definitions(t);
}

void version_fill(struct symbol_table *t, uint32_t index,
                  struct symbol *symbol)
{
	uint16_t version;
	unsigned number;

	if (!t->versions)
		return;
	memcpy(&version, t->versions + (size_t)index * 2, sizeof(version));
	if (!t->version_names)
		read_names(t);
	number = version & ~(unsigned)HIDDEN;
	if (number < MAX_VERSIONS && !t->version_names[number])
		number += MAX_VERSIONS; /* one that is needed */
	if (number >= t->version_count || !t->version_names[number] ||
	    !t->version_names[number][0])
		return;
	/* A version has a symbol of its own name. */
	if (strcmp(t->version_names[number], symbol->name) == 0)
		return;
	symbol->version = t->version_names[number];
	symbol->default_version = !(version & HIDDEN) &&
	                          number < MAX_VERSIONS;
}
