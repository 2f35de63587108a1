/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections and segments of a file, every place in it checked. */
#include "symbols/internal.h"

#include <string.h>

/* More than any linker makes; a hostile file may say what it likes. */
enum { MAX_SECTIONS = 200000, MAX_SEGMENTS = 1000 };

const char *file_section_name(const struct symbol_file *f,
                              const struct file_section *section)
{
	const char *name = NULL;
	size_t index;

	if (f->elf && elf_getshdrstrndx(f->elf, &index) == 0)
		name = elf_strptr(f->elf, index, section->header.sh_name);
	return name ? name : "";
}

bool file_section_number(const struct symbol_file *f, size_t index,
                         struct file_section *section)
{
	Elf_Scn *scn = f->elf ? elf_getscn(f->elf, index) : NULL;
	GElf_Shdr *header = &section->header;

	if (!scn || !gelf_getshdr(scn, header))
		return false;
	section->index = (unsigned)index;
	section->data = NULL;
	section->size = 0;
	if (header->sh_type != SHT_NOBITS && header->sh_offset < f->len &&
	    header->sh_size <= f->len - header->sh_offset) {
		section->data = f->bytes + header->sh_offset;
		section->size = header->sh_size;
	}
	return true;
}

/* Calls WANTED for each until it returns true. */
static bool find(const struct symbol_file *f, struct file_section *section,
                 bool (*wanted)(const struct symbol_file *f,
                                const struct file_section *section,
                                const void *arg),
                 const void *arg)
{
	size_t count = 0;

	if (!f->elf || elf_getshdrnum(f->elf, &count) != 0)
		return false;
	for (size_t i = 1; i < count && i < MAX_SECTIONS; i++)
		if (file_section_number(f, i, section) &&
		    wanted(f, section, arg))
			return true;
	return false;
}

static bool is_named(const struct symbol_file *f,
                     const struct file_section *section, const void *arg)
{
	return strcmp(file_section_name(f, section), arg) == 0;
}

bool file_section(const struct symbol_file *f, const char *name,
                  struct file_section *section)
{
	return find(f, section, is_named, name);
}

static bool is_of_type(const struct symbol_file *f,
                       const struct file_section *section, const void *arg)
{
	(void)f;
	return section->header.sh_type == *(const uint32_t *)arg;
}

bool file_section_of(const struct symbol_file *f, uint32_t type,
                     struct file_section *section)
{
	return find(f, section, is_of_type, &type);
}

static bool holds(const struct symbol_file *f,
                  const struct file_section *section, const void *arg)
{
	const GElf_Shdr *header = &section->header;
	taddr addr = *(const taddr *)arg;

	(void)f;
	return header->sh_flags & SHF_ALLOC && !(header->sh_flags & SHF_TLS) &&
	       addr >= header->sh_addr &&
	       addr - header->sh_addr < header->sh_size;
}

bool file_section_at(const struct symbol_file *f, taddr addr,
                     struct file_section *section)
{
	return find(f, section, holds, &addr);
}

void file_each_segment(const struct symbol_file *f, uint32_t type,
                       bool (*fn)(void *ctx, const GElf_Phdr *ph), void *ctx)
{
	size_t count = 0;
	GElf_Phdr ph;

	if (!f->elf || elf_getphdrnum(f->elf, &count) != 0)
		return;
	for (size_t i = 0; i < count && i < MAX_SEGMENTS; i++)
		if (gelf_getphdr(f->elf, (int)i, &ph) && ph.p_type == type &&
		    !fn(ctx, &ph))
			return;
}

struct place {
	const struct symbol_file *file;
	taddr addr;
	const uint8_t *data;
	size_t len;
};

static bool look_in(void *arg, const GElf_Phdr *ph)
{
	struct place *p = arg;
	uint64_t in = p->addr - ph->p_vaddr, room;

	if (p->addr < ph->p_vaddr || in >= ph->p_filesz ||
	    ph->p_offset >= p->file->len)
		return true;
	room = p->file->len - ph->p_offset;
	if (in >= room)
		return true;
	p->data = p->file->bytes + ph->p_offset + in;
	p->len = (ph->p_filesz < room ? ph->p_filesz : room) - in;
	return false;
}

const uint8_t *file_at(const struct symbol_file *f, taddr addr, size_t *len)
{
	struct place p = { .file = f, .addr = addr };

	file_each_segment(f, PT_LOAD, look_in, &p);
	*len = p.len;
	return p.data;
}

struct note_search {
	const struct symbol_file *file;
	uint8_t *id;
	size_t len;
};

/* Notes are of 4-byte words in both classes. */
static bool find_build_id(struct note_search *s, const uint8_t *data,
                          size_t size)
{
	size_t at = 0;

	while (size - at >= 12) {
		uint32_t head[3];
		size_t name, desc;

		memcpy(head, data + at, sizeof(head));
		at += 12;
		name = ((size_t)head[0] + 3) & ~(size_t)3;
		desc = ((size_t)head[1] + 3) & ~(size_t)3;
		if (name > size - at || desc > size - at - name)
			return false;
		if (head[2] == NT_GNU_BUILD_ID && head[0] == 4 &&
		    memcmp(data + at, "GNU", 4) == 0 && head[1] &&
		    head[1] <= 64) {
			s->len = head[1];
			memcpy(s->id, data + at + name, s->len);
			return true;
		}
		at += name + desc;
	}
	return false;
}

static bool look_in_notes(void *arg, const GElf_Phdr *ph)
{
	struct note_search *s = arg;
	const struct symbol_file *f = s->file;

	if (ph->p_offset >= f->len || ph->p_filesz > f->len - ph->p_offset)
		return true;
	return !find_build_id(s, f->bytes + ph->p_offset, ph->p_filesz);
}

size_t file_build_id(const struct symbol_file *f, uint8_t id[64])
{
	struct note_search s = { .file = f, .id = id };
	struct file_section section;

	/* In a debug file the segments' places in the file mean nothing. */
	if (file_section(f, ".note.gnu.build-id", &section)) {
		if (section.data)
			find_build_id(&s, section.data, section.size);
		return s.len;
	}
	file_each_segment(f, PT_NOTE, look_in_notes, &s);
	return s.len;
}
