/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files, each opened once for all processes. */
#include "symbols/internal.h"
#include "symbols/file.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct symbols *symbols_create(void)
{
	elf_version(EV_CURRENT);
	return xcalloc(1, sizeof(struct symbols));
}

static void file_destroy(struct symbol_file *f)
{
	if (f->debug) {
		line_index_destroy(f->debug->lines);
		debug_info_deinit(f->debug);
		if (f->debug->dwarf)
			dwarf_end(f->debug->dwarf);
		free(f->debug);
	}
	if (f->elf)
		elf_end(f->elf);
	if (f->fd >= 0)
		close(f->fd);
	free(f->copy);
	free(f->path);
	free(f);
}

void symbols_destroy(struct symbols *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->files.len; i++)
		file_destroy(s->files.items[i]);
	vec_deinit(&s->files);
	free(s);
}

static struct symbol_file *add(struct symbols *s, const char *path)
{
	struct symbol_file *f = xcalloc(1, sizeof(*f));

	f->symbols = s;
	f->path = xstrdup(path);
	f->fd = -1;
	vec_push(&s->files, f);
	return f;
}

struct symbol_file *file_open(struct symbols *s, int fd, const char *path)
{
	struct symbol_file *f;
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return NULL;
	}
	for (size_t i = 0; i < s->files.len; i++) {
		f = s->files.items[i];
		if (f->inode == st.st_ino && f->device == st.st_dev) {
			close(fd);
			return f;
		}
	}
	f = add(s, path);
	f->device = st.st_dev;
	f->inode = st.st_ino;
	f->fd = fd;
	f->elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (f->elf && elf_kind(f->elf) != ELF_K_ELF) {
		elf_end(f->elf);
		f->elf = NULL;
	}
	return f;
}

struct debug_info *file_debug(struct symbol_file *f, struct image *image)
{
	Dwarf *dwarf;

	(void)image;
	if (f->debug_looked_for)
		return f->debug;
	f->debug_looked_for = true;
	if (!f->elf)
		return NULL;
	dwarf = dwarf_begin_elf(f->elf, DWARF_C_READ, NULL);
	if (!dwarf)
		return NULL;
	f->debug = xcalloc(1, sizeof(*f->debug));
	f->debug->file = f;
	f->debug->dwarf = dwarf;
	return f->debug;
}
