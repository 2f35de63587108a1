/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that nobody can open any more, from the memory of a process that has
 * them loaded: what the dynamic linker needs (symbols, unwind tables) is there,
 * section headers are not.  And the vDSO, which never was a file.
 */
#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_VDSO = 1 << 20,
	MAX_LOADED = 1 << 30,
	MAX_HEADERS = 64,
};

struct symbol_file *file_of_vdso(struct image *image,
                                 const struct image_mapping *m)
{
	size_t len = m->end - m->start;
	uint8_t *bytes;

	if (m->end <= m->start || len > MAX_VDSO)
		return NULL;
	bytes = xcalloc(1, len);
	if (memory_read(&image->source.memory, m->start, bytes, len) != len) {
		free(bytes);
		return NULL;
	}
	return file_from_copy(image->symbols, bytes, len, m->name);
}

/* The headers in a form for both classes. */
struct headers {
	size_t size;              /* of the file's own header */
	bool is64;
	size_t count;
	Elf64_Phdr program[MAX_HEADERS];
};

static bool read_program(const struct memory *memory, taddr at,
                         struct headers *h)
{
	for (size_t i = 0; i < h->count; i++) {
		Elf64_Phdr *ph = &h->program[i];
		Elf32_Phdr narrow;

		if (h->is64) {
			if (memory_read(memory, at + i * sizeof(*ph), ph,
			                sizeof(*ph)) != sizeof(*ph))
				return false;
			continue;
		}
		if (memory_read(memory, at + i * sizeof(narrow), &narrow,
		                sizeof(narrow)) != sizeof(narrow))
			return false;
		*ph = (Elf64_Phdr){ .p_type = narrow.p_type,
		                    .p_offset = narrow.p_offset,
		                    .p_vaddr = narrow.p_vaddr,
		                    .p_filesz = narrow.p_filesz };
	}
	return true;
}

static bool read_headers(const struct memory *memory, taddr at,
                         struct headers *h)
{
	Elf64_Ehdr wide;
	Elf32_Ehdr narrow;

	if (memory_read(memory, at, &wide, sizeof(wide)) != sizeof(wide) ||
	    memcmp(wide.e_ident, ELFMAG, SELFMAG) != 0)
		return false;
	memcpy(&narrow, &wide, sizeof(narrow));
	h->is64 = wide.e_ident[EI_CLASS] == ELFCLASS64;
	h->size = h->is64 ? sizeof(wide) : sizeof(narrow);
	h->count = h->is64 ? wide.e_phnum : narrow.e_phnum;
	if (h->count > MAX_HEADERS)
		h->count = MAX_HEADERS;
	return read_program(memory, at + (h->is64 ? wide.e_phoff
	                                          : narrow.e_phoff), h);
}

static void forget_sections(uint8_t *bytes, bool is64)
{
	Elf64_Ehdr *wide = (Elf64_Ehdr *)(void *)bytes;
	Elf32_Ehdr *narrow = (Elf32_Ehdr *)(void *)bytes;

	if (is64) {
		wide->e_shoff = 0;
		wide->e_shnum = wide->e_shstrndx = 0;
	} else {
		narrow->e_shoff = 0;
		narrow->e_shnum = narrow->e_shstrndx = 0;
	}
}

/* What the segments have, each at its place in the file. */
static uint8_t *read_segments(const struct memory *memory,
                              const struct headers *h, taddr bias, size_t *len)
{
	uint64_t end = h->size;
	uint8_t *bytes;

	for (size_t i = 0; i < h->count; i++) {
		const Elf64_Phdr *ph = &h->program[i];

		if (ph->p_type != PT_LOAD)
			continue;
		if (ph->p_offset > MAX_LOADED || ph->p_filesz > MAX_LOADED)
			return NULL;
		if (ph->p_offset + ph->p_filesz > end)
			end = ph->p_offset + ph->p_filesz;
	}
	bytes = calloc(1, end + 16);
	for (size_t i = 0; bytes && i < h->count; i++) {
		const Elf64_Phdr *ph = &h->program[i];

		if (ph->p_type == PT_LOAD)
			memory_read(memory, bias + ph->p_vaddr,
			            bytes + ph->p_offset, ph->p_filesz);
	}
	*len = end;
	return bytes;
}

static struct symbol_file *known(const struct symbols *s,
                                 const struct image_mapping *m)
{
	for (size_t i = 0; i < s->files.len; i++) {
		struct symbol_file *f = s->files.items[i];

		if (f->loaded && f->inode == m->inode &&
		    f->device == m->device)
			return f;
	}
	return NULL;
}

struct symbol_file *file_from_memory(struct image *image,
                                     const struct image_mapping *m)
{
	const struct memory *memory = &image->source.memory;
	struct symbol_file *f = known(image->symbols, m);
	struct headers h = { 0 };
	taddr bias = m->start;
	uint8_t *bytes;
	size_t len;

	if (f || m->offset || !read_headers(memory, m->start, &h))
		return f;
	for (size_t i = 0; i < h.count; i++)
		if (h.program[i].p_type == PT_LOAD) {
			bias -= h.program[i].p_vaddr & ~(taddr)0xfff;
			break;
		}
	bytes = read_segments(memory, &h, bias, &len);
	if (!bytes)
		return NULL;
	forget_sections(bytes, h.is64);
	f = file_from_copy(image->symbols, bytes, len, m->name);
	f->loaded = true;
	f->loaded_bias = bias;
	f->inode = m->inode;
	f->device = m->device;
	return f;
}
