/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one process has mapped. */
#include "symbols/internal.h"
#include "symbols/file.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct image *image_create(struct symbols *s,
                           const struct image_source *source)
{
	struct image *image = xcalloc(1, sizeof(*image));

	image->symbols = s;
	image->source = *source;
	image->stale = true;
	return image;
}

static void forget_modules(struct image *image)
{
	for (size_t i = 0; i < image->modules.len; i++) {
		free((void *)(uintptr_t)image->modules.items[i]->name);
		free(image->modules.items[i]);
	}
	image->modules.len = image->live = 0;
}

void image_destroy(struct image *image)
{
	if (!image)
		return;
	forget_modules(image);
	vec_deinit(&image->modules);
	free(image);
}

void image_changed(struct image *image, bool replaced)
{
	image->stale = true;
	image->replaced |= replaced;
}

const struct memory *image_memory(const struct image *image)
{
	return &image->source.memory;
}

uint8_t image_word(const struct image *image)
{
	return image->source.word;
}

struct symbols *image_symbols(const struct image *image)
{
	return image->symbols;
}

/* While the mappings are read. */
struct reading {
	struct image *image;
	struct module *last;      /* the module of the mapping before */
	uint64_t device, inode;   /* ... and its file */
};

/* ADDR of the mapping that begins at OFFSET of the file: address in file. */
static bool address_of_offset(const struct symbol_file *f, uint64_t offset,
                              taddr *addr)
{
	size_t count = 0;

	if (!f->elf || elf_getphdrnum(f->elf, &count) != 0)
		return false;
	for (size_t i = 0; i < count && i < 1000; i++) {
		GElf_Phdr ph;

		if (!gelf_getphdr(f->elf, (int)i, &ph) || ph.p_type != PT_LOAD)
			continue;
		if (offset >= (ph.p_offset & ~0xfffull) &&
		    offset < ph.p_offset + ph.p_filesz) {
			*addr = ph.p_vaddr + (offset - ph.p_offset);
			return true;
		}
	}
	return false;
}

static void take_mapping(void *arg, const struct image_mapping *m)
{
	struct reading *r = arg;
	struct image *image = r->image;
	struct symbol_file *f;
	struct module *module;
	taddr addr;
	int fd;

	if (!m->inode)
		return;
	if (r->last && r->device == m->device && r->inode == m->inode &&
	    m->offset) {
		r->last->high = m->end;
		return;
	}
	fd = image->source.open(image->source.ctx, m);
	f = fd < 0 ? NULL : file_open(image->symbols, fd, m->name);
	r->last = NULL;
	if (!f || !f->elf || !address_of_offset(f, m->offset, &addr))
		return;
	module = xcalloc(1, sizeof(*module));
	module->file = f;
	module->name = xstrdup(m->name);
	module->low = m->start;
	module->high = m->end;
	module->bias = m->start - addr;
	module->image = image;
	vec_push(&image->modules, module);
	image->live = image->modules.len;
	r->last = module;
	r->device = m->device;
	r->inode = m->inode;
}

void image_refresh(struct image *image)
{
	struct reading r = { .image = image };

	if (!image->stale)
		return;
	image->stale = image->replaced = false;
	forget_modules(image);
	error_destroy(image->source.mappings(image->source.ctx, take_mapping,
	                                     &r));
}

const struct module *image_module_at(struct image *image, taddr addr)
{
	image_refresh(image);
	for (size_t i = 0; i < image->live; i++) {
		const struct module *m = image->modules.items[i];

		if (addr >= m->low && addr < m->high)
			return m;
	}
	return NULL;
}

void image_each_module(struct image *image,
                       bool (*fn)(void *ctx, const struct module *m),
                       void *ctx)
{
	image_refresh(image);
	for (size_t i = 0; i < image->live; i++)
		if (!fn(ctx, image->modules.items[i]))
			return;
}

const char *module_short_name(const struct module *m)
{
	const char *slash = strrchr(m->name, '/');

	return slash ? slash + 1 : m->name;
}
