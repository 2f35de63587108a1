/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a module's file says of itself. */
#include "symbols/symtab.h"

#include <string.h>

static bool fill(const struct module *m, const struct file_section *from,
                 struct module_section *section)
{
	if (!(from->header.sh_flags & SHF_ALLOC) || !from->header.sh_size)
		return false;
	*section = (struct module_section){
		.name = file_section_name(m->file, from),
		.low = m->bias + from->header.sh_addr,
		.high = m->bias + from->header.sh_addr + from->header.sh_size,
		.code = from->header.sh_flags & SHF_EXECINSTR,
	};
	return true;
}

void module_each_section(const struct module *m,
                         bool (*fn)(void *ctx, const struct module_section *s),
                         void *ctx)
{
	struct file_section from;
	struct module_section section;

	for (size_t i = 1; file_section_number(m->file, i, &from); i++)
		if (fill(m, &from, &section) && !fn(ctx, &section))
			return;
}

bool module_section_at(const struct module *m, taddr addr,
                       struct module_section *section)
{
	struct file_section from;

	return file_section_at(m->file, addr - m->bias, &from) &&
	       fill(m, &from, section);
}

taddr module_entry(const struct module *m)
{
	GElf_Ehdr header;

	return m->file->elf && gelf_getehdr(m->file->elf, &header)
	       ? m->bias + header.e_entry : 0;
}

const char *module_file_type(const struct module *m)
{
	GElf_Ehdr header;

	if (!m->file->elf || !gelf_getehdr(m->file->elf, &header))
		return "unknown";
	if (header.e_machine == EM_386)
		return "elf32-i386";
	return m->file->is64 ? "elf64-x86-64" : "elf32-x86-64";
}

bool module_has_debug(const struct module *m)
{
	return file_debug(m->file, m->image) != NULL;
}

bool module_has_symbols(const struct module *m)
{
	const struct file_symbols *s = file_symbols(m->file, m->image);

	return s->table_count > 1 || (s->table_count &&
	                              !s->tables[0].dynamic);
}
