/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a file's DWARF is: in itself, or in its debug file. */
#include "symbols/internal.h"

#include "base/alloc.h"

#include <string.h>

enum {
	/* zlib's best: 1032 to 1. */
	MAX_RATIO = 1100,
	MAX_SECTIONS = 200000,
};

/*
 * libdw unpacks whole sections into memory that it asks for as the file says:
 * a file that lies is not given to it.
 */
static bool is_honest(const struct symbol_file *f)
{
	struct file_section section;

	for (size_t i = 1; i < MAX_SECTIONS &&
	     file_section_number(f, i, &section); i++) {
		GElf_Chdr packed;

		if (!(section.header.sh_flags & SHF_COMPRESSED))
			continue;
		if (!gelf_getchdr(elf_getscn(f->elf, i), &packed) ||
		    packed.ch_size / MAX_RATIO > section.size)
			return false;
	}
	return true;
}

static bool has_debug(const struct symbol_file *f)
{
	struct file_section section;

	return f && (file_section(f, ".debug_info", &section) ||
	             file_section(f, ".zdebug_info", &section)) &&
	       section.header.sh_type != SHT_NOBITS && is_honest(f);
}

static void join_alternate(struct debug_info *debug, struct symbol_file *from,
                           struct image *image)
{
	struct symbol_file *alt = file_alternate(from, image);

	if (!alt || !has_debug(alt))
		return;
	debug->alt = dwarf_begin_elf(alt->elf, DWARF_C_READ, NULL);
	if (debug->alt)
		dwarf_setalt(debug->dwarf, debug->alt);
}

bool module_debug_is_near(const struct module *m)
{
	return m->file->debug_looked_for ? m->file->debug != NULL
	                                 : has_debug(m->file);
}

bool module_debug_is_here(const struct module *m)
{
	if (m->file->debug_looked_for)
		return m->file->debug != NULL;
	return has_debug(m->file) ||
	       has_debug(file_separate(m->file, m->image, false));
}

struct debug_info *file_debug(struct symbol_file *f, struct image *image)
{
	struct symbol_file *from = f;
	Dwarf *dwarf;

	if (f->debug_looked_for)
		return f->debug;
	f->debug_looked_for = true;
	if (!has_debug(f))
		from = file_separate(f, image, true);
	if (!has_debug(from))
		return NULL;
	dwarf = dwarf_begin_elf(from->elf, DWARF_C_READ, NULL);
	if (!dwarf)
		return NULL;
	f->debug = xcalloc(1, sizeof(*f->debug));
	f->debug->file = f;
	f->debug->dwarf = dwarf;
	if (from != f)
		f->debug->bias = file_separate_bias(f);
	join_alternate(f->debug, from, image);
	return f->debug;
}
