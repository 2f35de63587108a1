/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Versions of dynamic symbols: .gnu.version and .gnu.version_d. */
#include "symbols/symtab.h"

#include "base/alloc.h"

#include <string.h>

enum {
	HIDDEN = 0x8000,      /* not the default version */
	MAX_VERSIONS = 10000,
};

static const char *string_at(const struct symbol_table *t, uint32_t offset)
{
	return offset < t->names_len ? t->names + offset : "";
}

/*
 * Definitions are a chain; each names itself in the first of its auxiliary
 * entries.  Elfxx_Verdef is the same in both classes.
 */
static void read_names(struct symbol_table *t)
{
	size_t at = 0, size = t->definitions_len;

	t->version_count = 1;
	t->version_names = xcalloc(1, sizeof(*t->version_names));
	if (!t->definitions)
		return;
	free(t->version_names);
	t->version_count = MAX_VERSIONS;
	t->version_names = xcalloc(MAX_VERSIONS, sizeof(*t->version_names));
	for (unsigned n = 0; n < MAX_VERSIONS; n++) {
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
	if (number >= t->version_count || !t->version_names[number] ||
	    !t->version_names[number][0])
		return;
	symbol->version = t->version_names[number];
	symbol->default_version = !(version & HIDDEN);
}
