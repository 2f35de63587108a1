/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The image of a program that does not run: its file, where it was linked. */
#include "symbols/image.h"

#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"

#include <string.h>

/* Where memory is that will be zeros: what a segment has beyond the file. */
struct zeros {
	taddr addr;
	size_t room;              /* from there on */
};

static bool take_zeros(void *arg, const GElf_Phdr *ph)
{
	struct zeros *z = arg;
	uint64_t in = z->addr - ph->p_vaddr;

	if (z->addr < ph->p_vaddr || in < ph->p_filesz || in >= ph->p_memsz)
		return true;
	z->room = ph->p_memsz - in;
	return false;
}

static size_t read_file_memory(void *ctx, taddr addr, void *data, size_t len)
{
	struct zeros zeros = { .addr = addr };
	size_t room;
	const uint8_t *from = file_at(ctx, addr, &room);

	if (!from) {
		file_each_segment(ctx, PT_LOAD, take_zeros, &zeros);
		room = zeros.room;
	}
	if (room > len)
		room = len;
	if (from)
		memcpy(data, from, room);
	else
		memset(data, 0, room);
	return room;
}

static bool take_range(void *arg, const GElf_Phdr *ph)
{
	struct module *m = arg;

	if (ph->p_vaddr + ph->p_memsz < ph->p_vaddr)
		return true;
	if (ph->p_vaddr < m->low)
		m->low = ph->p_vaddr;
	if (ph->p_vaddr + ph->p_memsz > m->high)
		m->high = ph->p_vaddr + ph->p_memsz;
	return true;
}

struct image *image_of_file(struct symbols *s, int fd, const char *path)
{
	struct symbol_file *f = file_open(s, fd, path);
	struct image_source source = { .word = 8 };
	struct image *image;
	struct module *m;

	if (!f || !f->elf)
		return NULL;
	source.word = f->is64 ? 8 : 4;
	source.memory = (struct memory){ .read = read_file_memory, .ctx = f };
	image = image_create(s, &source);
	m = xcalloc(1, sizeof(*m));
	m->file = f;
	m->name = xstrdup(path);
	m->low = UINT64_MAX;
	m->image = image;
	file_each_segment(f, PT_LOAD, take_range, m);
	vec_push(&image->modules, m);
	vec_push(&image->order, m);
	image->live = 1;
	image->stale = false;
	image->fresh = true;
	return image;
}

bool image_is_of_file(const struct image *image, dev_t device, ino_t inode,
                      struct timespec changed)
{
	const struct symbol_file *f = image->modules.items[0]->file;

	return f->device == device && f->inode == inode &&
	       f->changed.tv_sec == changed.tv_sec &&
	       f->changed.tv_nsec == changed.tv_nsec;
}
