/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of symbol tables, and which tables a file has. */
#include "symbols/symtab.h"

#include "base/alloc.h"

#include <string.h>

/* Numbers are 32 bits; a table that needs more is cut. */
enum { MAX_SYMBOLS = 1u << 30 };

void table_raw(const struct symbol_table *t, uint32_t index,
               struct raw_symbol *raw)
{
	uint32_t name;

	if (t->is64) {
		Elf64_Sym sym;

		memcpy(&sym, t->entries + (size_t)index * sizeof(sym),
		       sizeof(sym));
		name = sym.st_name;
		raw->value = sym.st_value;
		raw->size = sym.st_size;
		raw->type = sym.st_info & 0xf;
		raw->bind = sym.st_info >> 4;
		raw->section = sym.st_shndx;
	} else {
		Elf32_Sym sym;

		memcpy(&sym, t->entries + (size_t)index * sizeof(sym),
		       sizeof(sym));
		name = sym.st_name;
		raw->value = sym.st_value;
		raw->size = sym.st_size;
		raw->type = sym.st_info & 0xf;
		raw->bind = sym.st_info >> 4;
		raw->section = sym.st_shndx;
	}
	raw->name = name < t->names_len ? t->names + name : "";
	if (raw->section != SHN_ABS && raw->type != STT_TLS)
		raw->value += (uint64_t)t->shift;
}

static const struct symbol_table *table_of(const struct file_symbols *s,
                                           uint32_t *number)
{
	for (unsigned i = 0; i < s->table_count; i++) {
		if (*number < s->tables[i].count)
			return &s->tables[i];
		*number -= s->tables[i].count;
	}
	return NULL;
}

bool symbol_raw(const struct file_symbols *s, uint32_t number,
                struct raw_symbol *raw)
{
	const struct symbol_table *t = table_of(s, &number);

	if (!t)
		return false;
	table_raw(t, number, raw);
	return true;
}

bool symbol_is_defined(const struct raw_symbol *raw)
{
	return raw->section != SHN_UNDEF && raw->section != SHN_COMMON &&
	       raw->type != STT_SECTION && raw->type != STT_FILE &&
	       raw->name[0];
}

bool symbol_has_place(const struct raw_symbol *raw)
{
	return symbol_is_defined(raw) && raw->type != STT_TLS &&
	       raw->section != SHN_ABS;
}

static enum symbol_kind kind_of(uint8_t type)
{
	switch (type) {
	case STT_FUNC:
		return SYMBOL_FUNCTION;
	case STT_OBJECT:
	case STT_COMMON:
		return SYMBOL_OBJECT;
	case STT_TLS:
		return SYMBOL_TLS;
	case STT_GNU_IFUNC:
		return SYMBOL_IFUNC;
	default:
		return SYMBOL_OTHER;
	}
}

/* NAME@VERSION, as tables that are not for the linker have it, taken apart. */
static void split_version(struct file_symbols *s, uint32_t number,
                          struct symbol *symbol)
{
	size_t len = name_bare_len(symbol->name);
	char *cut;

	if (!symbol->name[len])
		return;
	symbol->version = symbol->name + len + 1;
	if (*symbol->version == '@') {
		symbol->version++;
		symbol->default_version = true;
	}
	cut = map_get(&s->cut, number);
	if (!cut) {
		cut = xstrndup(symbol->name, len);
		symbols_keep(s->file->symbols, cut);
		map_put(&s->cut, number, cut);
	}
	symbol->name = cut;
}

/* In a file without sections those that are functions. */
static bool is_in_code(const struct symbol_table *t,
                       const struct raw_symbol *raw)
{
	struct file_section section;

	if (raw->section < SHN_LORESERVE &&
	    file_section_number(t->file, raw->section, &section))
		return section.header.sh_flags & SHF_EXECINSTR;
	return raw->type == STT_FUNC || raw->type == STT_GNU_IFUNC;
}

bool symbol_fill(struct file_symbols *s, uint32_t number,
                 const struct module *module, struct symbol *symbol)
{
	uint32_t index = number;
	struct symbol_table *t = (struct symbol_table *)(uintptr_t)
		table_of(s, &index);
	struct raw_symbol raw;

	if (!t)
		return false;
	table_raw(t, index, &raw);
	*symbol = (struct symbol){
		.name = raw.name, .size = raw.size,
		.kind = kind_of(raw.type),
		.global = raw.bind == STB_GLOBAL || raw.bind == STB_GNU_UNIQUE,
		.weak = raw.bind == STB_WEAK,
		.in_code = is_in_code(t, &raw),
		.module = module,
		.addr = raw.value,
	};
	if (module && raw.type != STT_TLS && raw.section != SHN_ABS)
		symbol->addr += module->bias;
	if (t->dynamic)
		version_fill(t, index, symbol);
	else
		split_version(s, number, symbol);
	return symbol_is_defined(&raw);
}

/* The table of section SECTION, if it holds what it says. */
bool table_of_section(struct symbol_file *f,
                      const struct file_section *section,
                      struct symbol_table *t)
{
	size_t width = f->is64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
	struct file_section names, versions;
	const char *last;

	if (!section->data || section->size < width ||
	    !file_section_number(f, section->header.sh_link, &names) ||
	    names.header.sh_type != SHT_STRTAB || !names.data)
		return false;
	last = memrchr(names.data, '\0', names.size);
	*t = (struct symbol_table){
		.file = f, .is64 = f->is64,
		.entries = section->data,
		.count = (uint32_t)(section->size / width < MAX_SYMBOLS
		                    ? section->size / width : MAX_SYMBOLS),
		.dynamic = section->header.sh_type == SHT_DYNSYM,
		.names = (const char *)names.data,
		.names_len = last ? (size_t)(last + 1 -
			(const char *)names.data) : 0,
	};
	if (t->dynamic && file_section_of(f, SHT_GNU_versym, &versions) &&
	    versions.data && versions.size / 2 >= t->count)
		t->versions = versions.data;
	if (t->versions && file_section_of(f, SHT_GNU_verdef, &versions)) {
		t->definitions = versions.data;
		t->definitions_len = versions.size;
	}
	if (t->versions && file_section_of(f, SHT_GNU_verneed, &versions)) {
		t->needs = versions.data;
		t->needs_len = versions.size;
	}
	return true;
}

/* Counts the table that was just made, if it has something. */
static bool add_table(struct file_symbols *s)
{
	struct symbol_table *t = &s->tables[s->table_count];

	if (t->count < 2)
		return false;
	if (s->count + t->count > MAX_SYMBOLS)
		t->count = MAX_SYMBOLS - s->count;
	s->count += t->count;
	s->table_count++;
	return true;
}

static bool take_table(struct file_symbols *s, struct symbol_file *f,
                       uint32_t type, int64_t shift)
{
	struct symbol_table *t = &s->tables[s->table_count];
	struct file_section section;

	if (s->table_count == SYMBOL_TABLES ||
	    !file_section_of(f, type, &section) ||
	    !table_of_section(f, &section, t))
		return false;
	t->shift = shift;
	return add_table(s);
}

static void take_tables(struct file_symbols *s, struct image *image)
{
	struct symbol_file *f = s->file, *other;

	if (take_table(s, f, SHT_SYMTAB, 0))
		return;
	other = file_separate(f, image, false);
	if (other && take_table(s, other, SHT_SYMTAB, file_separate_bias(f)))
		return;
	if (!take_table(s, f, SHT_DYNSYM, 0) &&
	    dynamic_table(f, &s->tables[s->table_count]))
		add_table(s);
	other = file_mini(f);
	if (other)
		take_table(s, other, SHT_SYMTAB, 0);
}

struct file_symbols *file_symbols(struct symbol_file *f, struct image *image)
{
	struct file_symbols *s;

	if (f->all)
		return f->all;
	f->all = s = xcalloc(1, sizeof(*s));
	s->file = f;
	map_init(&s->cut);
	take_tables(s, image);
	return s;
}

/* Whoever goes through the old ones just now can finish. */
void file_symbols_renew(struct symbol_file *f)
{
	if (!f->all)
		return;
	f->all->older = f->older;
	f->older = f->all;
	f->all = NULL;
}

static void destroy_one(struct file_symbols *s)
{
	for (unsigned i = 0; i < s->table_count; i++)
		free(s->tables[i].version_names);
	free(s->placed);
	free(s->heads);
	free(s->next);
	free(s->hashes);
	map_deinit(&s->cut);
	free(s);
}

void file_symbols_destroy(struct file_symbols *s)
{
	while (s) {
		struct file_symbols *older = s->older;

		destroy_one(s);
		s = older;
	}
}
