/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The build-id of an ELF file of which perhaps only the first page is there. */
#include "target/core_internal.h"

#include <elf.h>

enum { MAX_HEADERS = 256, MAX_NOTES_LEN = 4096 };

struct elf_file {
	build_id_reader read;
	void *ctx;
	bool wide;
};

static bool read_all(const struct elf_file *f, uint64_t offset, void *data,
                     size_t len)
{
	return f->read(f->ctx, offset, data, len) == len;
}

/* The note in LEN bytes of DATA. */
static bool find_note(const uint8_t *data, size_t len, struct build_id *id)
{
	Elf64_Nhdr n; /* 32-bit ones are the same */

	for (size_t at = 0; at + sizeof(n) <= len;) {
		size_t name, desc;

		memcpy(&n, data + at, sizeof(n));
		name = at + sizeof(n);
		if (n.n_namesz > len || n.n_descsz > len)
			return false;
		desc = name + ((n.n_namesz + 3u) & ~3u);
		if (desc + n.n_descsz > len)
			return false;
		if (n.n_type == NT_GNU_BUILD_ID && n.n_namesz == 4 &&
		    memcmp(data + name, "GNU", 4) == 0 && n.n_descsz &&
		    n.n_descsz <= BUILD_ID_MAX) {
			id->len = n.n_descsz;
			memcpy(id->data, data + desc, n.n_descsz);
			return true;
		}
		at = desc + ((n.n_descsz + 3u) & ~3u);
	}
	return false;
}

static bool look_in(const struct elf_file *f, uint64_t offset, uint64_t size,
                    struct build_id *id)
{
	uint8_t data[MAX_NOTES_LEN];
	size_t len = size < sizeof(data) ? (size_t)size : sizeof(data);

	len = f->read(f->ctx, offset, data, len);
	return find_note(data, len, id);
}

static bool look_at_header(const struct elf_file *f, uint64_t at,
                           struct build_id *id)
{
	Elf64_Phdr wide;
	Elf32_Phdr narrow;

	if (f->wide)
		return read_all(f, at, &wide, sizeof(wide)) &&
		       wide.p_type == PT_NOTE &&
		       look_in(f, wide.p_offset, wide.p_filesz, id);
	return read_all(f, at, &narrow, sizeof(narrow)) &&
	       narrow.p_type == PT_NOTE &&
	       look_in(f, narrow.p_offset, narrow.p_filesz, id);
}

bool build_id_find(build_id_reader read, void *ctx, struct build_id *id)
{
	struct elf_file f = { .read = read, .ctx = ctx };
	union {
		uint8_t ident[EI_NIDENT];
		Elf64_Ehdr wide;
		Elf32_Ehdr narrow;
	} head;
	uint64_t at;
	unsigned count, size;

	if (!read_all(&f, 0, &head.narrow, sizeof(head.narrow)) ||
	    memcmp(head.ident, ELFMAG, SELFMAG) != 0)
		return false;
	f.wide = head.ident[EI_CLASS] == ELFCLASS64;
	if (f.wide && !read_all(&f, 0, &head.wide, sizeof(head.wide)))
		return false;
	at = f.wide ? head.wide.e_phoff : head.narrow.e_phoff;
	count = f.wide ? head.wide.e_phnum : head.narrow.e_phnum;
	size = f.wide ? head.wide.e_phentsize : head.narrow.e_phentsize;
	for (unsigned i = 0; i < count && i < MAX_HEADERS; i++)
		if (look_at_header(&f, at + (uint64_t)i * size, id))
			return true;
	return false;
}
