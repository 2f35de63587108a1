/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries of procedure linkage tables, as NAME@plt.  No table says which entry
 * is whose: each jumps through a word of the global offset table, and the
 * relocation of that word names the symbol.
 */
#include "symbols/symtab.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_RELOCATIONS = 1 << 20,
	MAX_ENTRIES = 1 << 18,
};

/* A word of the global offset table, and whose it is. */
struct got_word {
	uint64_t addr;
	const char *name;         /* "": no symbol; it is ADDEND then */
	uint64_t addend;
};

struct plt_entry {
	uint64_t addr;
	uint32_t size;
	const char *name;         /* "puts@plt" */
};

struct file_plt {
	VEC(struct plt_entry) entries; /* ascending */
};

struct building {
	struct symbol_file *file;
	VEC(struct got_word) words;
	uint64_t got;             /* .got.plt, which i386's PLT counts from */
	struct file_plt *plt;
};

static void take_relocations(struct building *b,
                             const struct file_section *section)
{
	bool adds = section->header.sh_type == SHT_RELA;
	size_t width = (b->file->is64 ? 8 : 4) * (size_t)(adds ? 3 : 2);
	struct file_section symbols;
	struct symbol_table t = { 0 };
	bool named = file_section_number(b->file, section->header.sh_link,
	                                 &symbols) &&
	             table_of_section(b->file, &symbols, &t);

	for (size_t i = 0; i < section->size / width &&
	     b->words.len < MAX_RELOCATIONS; i++) {
		const uint8_t *at = section->data + i * width;
		struct got_word w = { .name = "" };
		struct raw_symbol raw;
		uint32_t number;

		if (b->file->is64) {
			Elf64_Rela r = { 0 };

			memcpy(&r, at, width);
			w.addr = r.r_offset;
			w.addend = (uint64_t)r.r_addend;
			number = (uint32_t)ELF64_R_SYM(r.r_info);
		} else {
			Elf32_Rela r = { 0 };

			memcpy(&r, at, width);
			w.addr = r.r_offset;
			w.addend = (uint32_t)r.r_addend;
			number = ELF32_R_SYM(r.r_info);
		}
		if (named && number && number < t.count) {
			table_raw(&t, number, &raw);
			w.name = raw.name;
		}
		vec_push(&b->words, w);
	}
}

static int by_addr(const void *a, const void *b)
{
	const struct got_word *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

static int entry_by_addr(const void *a, const void *b)
{
	const struct plt_entry *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

/* The word that the code at DATA jumps through; 0: it does not. */
static uint64_t jump_word(const struct building *b, const uint8_t *data,
                          size_t size, uint64_t addr)
{
	uint32_t operand;

	for (size_t i = 0; i + 6 <= size; i++) {
		if (data[i] != 0xff || (data[i + 1] != 0x25 &&
		                        data[i + 1] != 0xa3))
			continue;
		memcpy(&operand, data + i + 2, 4);
		if (b->file->is64) /* jmp *operand(%rip) */
			return addr + i + 6 + (uint64_t)(int32_t)operand;
		if (data[i + 1] == 0x25) /* jmp *operand */
			return operand;
		return (uint32_t)(b->got + operand); /* ... (%ebx) */
	}
	return 0;
}

static void take_entry(struct building *b, uint64_t addr, uint32_t size,
                       uint64_t word)
{
	struct got_word wanted = { .addr = word };
	const struct got_word *w = word && b->words.len
		? bsearch(&wanted, b->words.items, b->words.len,
		          sizeof(*w), by_addr) : NULL;
	char *name;

	if (!w)
		return;
	name = w->name[0] ? xasprintf("%.4000s@plt", w->name)
		: w->addend ? xasprintf("*ABS*+0x%llx@plt",
		                        (unsigned long long)w->addend)
		: xstrdup("*ABS*@plt");
	vec_push(&b->plt->entries, (struct plt_entry){
		.addr = addr, .size = size,
		.name = symbols_keep(b->file->symbols, name) });
}

static void take_code(struct building *b, const char *name)
{
	struct file_section section;
	uint64_t width;

	if (!file_section(b->file, name, &section) || !section.data)
		return;
	width = section.header.sh_entsize == 8 ||
	        strcmp(name, ".plt.got") == 0 ? section.header.sh_entsize : 16;
	if (width != 8 && width != 16)
		width = 8;
	for (size_t i = 0; i + width <= section.size &&
	     b->plt->entries.len < MAX_ENTRIES; i += width) {
		uint64_t addr = section.header.sh_addr + i;

		take_entry(b, addr, (uint32_t)width,
		           jump_word(b, section.data + i, width, addr));
	}
}

static struct file_plt *plt_of(struct symbol_file *f)
{
	static const char *const code[] = { ".plt", ".plt.got", ".plt.sec",
	                                    ".iplt" };
	struct building b = { .file = f };
	struct file_section section;

	if (f->plt)
		return f->plt;
	f->plt = b.plt = xcalloc(1, sizeof(*f->plt));
	if (file_section(f, ".got.plt", &section) ||
	    file_section(f, ".got", &section))
		b.got = section.header.sh_addr;
	for (size_t i = 1; i < 1000 && file_section_number(f, i, &section); i++)
		if ((section.header.sh_type == SHT_RELA ||
		     section.header.sh_type == SHT_REL) && section.data &&
		    section.header.sh_flags & SHF_ALLOC)
			take_relocations(&b, &section);
	if (b.words.len)
		qsort(b.words.items, b.words.len, sizeof(*b.words.items),
		      by_addr);
	for (size_t i = 0; i < ARRAY_LEN(code); i++)
		take_code(&b, code[i]);
	if (f->plt->entries.len)
		qsort(f->plt->entries.items, f->plt->entries.len,
		      sizeof(*f->plt->entries.items), entry_by_addr);
	vec_deinit(&b.words);
	return f->plt;
}

static void fill(const struct plt_entry *e, const struct module *m,
                 struct symbol *symbol)
{
	*symbol = (struct symbol){ .name = e->name, .addr = e->addr + m->bias,
	                           .size = e->size, .kind = SYMBOL_FUNCTION,
	                           .in_code = true, .module = m };
}

bool plt_symbol_at(const struct module *m, uint64_t addr,
                   struct symbol *symbol)
{
	struct file_section section;
	const struct file_plt *plt;

	if (!file_section_at(m->file, addr, &section) ||
	    strstr(file_section_name(m->file, &section), "plt") == NULL)
		return false;
	plt = plt_of(m->file);
	for (size_t low = 0, high = plt->entries.len; low < high;) {
		size_t middle = low + (high - low) / 2;
		const struct plt_entry *e = &plt->entries.items[middle];

		if (addr < e->addr) {
			high = middle;
		} else if (addr - e->addr >= e->size) {
			low = middle + 1;
		} else {
			fill(e, m, symbol);
			return true;
		}
	}
	return false;
}

bool plt_each_named(const struct module *m, const char *name,
                    bool (*fn)(void *ctx, const struct symbol *s), void *ctx)
{
	const struct file_plt *plt = plt_of(m->file);
	struct symbol symbol;

	for (size_t i = 0; i < plt->entries.len; i++) {
		if (name && strcmp(plt->entries.items[i].name, name) != 0)
			continue;
		fill(&plt->entries.items[i], m, &symbol);
		if (!fn(ctx, &symbol))
			return false;
	}
	return true;
}

void plt_destroy(struct file_plt *plt)
{
	if (!plt)
		return;
	vec_deinit(&plt->entries);
	free(plt);
}
