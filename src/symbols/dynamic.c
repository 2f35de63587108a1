/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Symbols without section headers: what PT_DYNAMIC points at.  How many they are
 * only the hash tables say (System V gABI, "Hash Table"; for DT_GNU_HASH the
 * last chain ends behind the last symbol).
 */
#include "symbols/symtab.h"

#include <string.h>

enum { MAX_ENTRIES = 1000 };

struct dynamic {
	const struct symbol_file *file;
	uint64_t symbols, strings, strings_len, hash, gnu_hash;
	uint64_t versions, definitions, needs;
};

static void take_entry(struct dynamic *d, uint64_t tag, uint64_t value)
{
	switch (tag) {
	case DT_SYMTAB:
		d->symbols = value;
		break;
	case DT_STRTAB:
		d->strings = value;
		break;
	case DT_STRSZ:
		d->strings_len = value;
		break;
	case DT_HASH:
		d->hash = value;
		break;
	case DT_GNU_HASH:
		d->gnu_hash = value;
		break;
	case DT_VERSYM:
		d->versions = value;
		break;
	case DT_VERNEED:
		d->needs = value;
		break;
	case DT_VERDEF:
		d->definitions = value;
		break;
	default:
		break;
	}
}

static bool read_dynamic(void *arg, const GElf_Phdr *ph)
{
	struct dynamic *d = arg;
	size_t width = d->file->is64 ? sizeof(Elf64_Dyn) : sizeof(Elf32_Dyn);
	size_t len;
	const uint8_t *data = file_at(d->file, ph->p_vaddr, &len);

	for (size_t i = 0; data && i < MAX_ENTRIES && i < len / width; i++) {
		Elf64_Dyn wide;
		Elf32_Dyn narrow;

		if (d->file->is64) {
			memcpy(&wide, data + i * width, width);
		} else {
			memcpy(&narrow, data + i * width, width);
			wide.d_tag = narrow.d_tag;
			wide.d_un.d_val = narrow.d_un.d_val;
		}
		if (wide.d_tag == DT_NULL)
			break;
		take_entry(d, (uint64_t)wide.d_tag, wide.d_un.d_val);
	}
	return false;
}

/* The linker has made addresses of the process out of those of the file. */
static const uint8_t *at(const struct dynamic *d, uint64_t addr, size_t *len)
{
	const uint8_t *data = addr ? file_at(d->file, addr, len) : NULL;

	if (!data && addr && d->file->loaded)
		data = file_at(d->file, addr - d->file->loaded_bias, len);
	return data;
}

static uint32_t word(const uint8_t *data, size_t index)
{
	uint32_t value;

	memcpy(&value, data + index * 4, sizeof(value));
	return value;
}

/* Behind the chain that the highest bucket begins. */
static size_t count_gnu(const struct dynamic *d)
{
	size_t len, words, buckets, first, chains, last = 0;
	const uint8_t *data = at(d, d->gnu_hash, &len);

	if (!data || len < 16)
		return 0;
	words = len / 4;
	buckets = word(data, 0);
	first = word(data, 1);
	chains = 4 + (size_t)word(data, 2) * (d->file->is64 ? 2 : 1);
	if (chains + buckets > words)
		return 0;
	for (size_t i = 0; i < buckets; i++)
		if (word(data, chains + i) > last)
			last = word(data, chains + i);
	chains += buckets;
	if (last < first)
		return first;
	while (chains + (last - first) < words &&
	       !(word(data, chains + (last - first)) & 1))
		last++;
	return last + 1;
}

static size_t count_symbols(const struct dynamic *d)
{
	size_t len;
	const uint8_t *data = at(d, d->hash, &len);

	return data && len >= 8 ? word(data, 1) : count_gnu(d);
}

bool dynamic_table(struct symbol_file *f, struct symbol_table *t)
{
	struct dynamic d = { .file = f };
	size_t width = f->is64 ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym);
	size_t len, count;
	const uint8_t *data, *last;

	file_each_segment(f, PT_DYNAMIC, read_dynamic, &d);
	*t = (struct symbol_table){ .file = f, .is64 = f->is64,
	                            .dynamic = true };
	count = count_symbols(&d);
	t->entries = at(&d, d.symbols, &len);
	if (!t->entries)
		return false;
	t->count = (uint32_t)(count < len / width ? count : len / width);
	data = at(&d, d.strings, &len);
	if (!data)
		return false;
	if (d.strings_len < len)
		len = d.strings_len;
	last = len ? memrchr(data, '\0', len) : NULL;
	t->names = (const char *)data;
	t->names_len = last ? (size_t)(last + 1 - data) : 0;
	t->versions = at(&d, d.versions, &len);
	if (t->versions && len / 2 < t->count)
		t->versions = NULL;
	if (t->versions) {
		t->definitions = at(&d, d.definitions, &t->definitions_len);
		t->needs = at(&d, d.needs, &t->needs_len);
	}
	return true;
}
