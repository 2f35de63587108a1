/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files, each opened once for all processes. */
#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct symbols *symbols_create(void)
{
	struct symbols *s;

	elf_version(EV_CURRENT);
	guard_install();
	s = xcalloc(1, sizeof(*s));
	s->debug_directories = xstrdup(SYMBOLS_DEBUG_DIRECTORY);
	return s;
}

void symbols_set_hooks(struct symbols *s, const struct symbols_hooks *hooks)
{
	s->hooks = *hooks;
}

void symbols_set_debug_directory(struct symbols *s, const char *directories)
{
	free(s->debug_directories);
	s->debug_directories = xstrdup(directories);
	symbols_look_again(s);
}

void symbols_look_again(struct symbols *s)
{
	for (size_t i = 0; i < s->files.len; i++) {
		struct symbol_file *f = s->files.items[i];

		if (!f->separate)
			f->separate_looked_for = f->download_tried = false;
		if (!f->debug)
			f->debug_looked_for = false;
		if (!f->separate)
			file_symbols_renew(f);
	}
}

static void debug_destroy(struct debug_info *debug)
{
	if (!debug)
		return;
	line_index_destroy(debug->lines);
	debug_info_deinit(debug);
	if (debug->dwarf)
		dwarf_end(debug->dwarf);
	if (debug->alt)
		dwarf_end(debug->alt);
	free(debug);
}

static void file_destroy(struct symbol_file *f)
{
	file_cfi_destroy(f);
	debug_destroy(f->debug);
	file_symbols_destroy(f->all);
	file_symbols_destroy(f->older);
	plt_destroy(f->plt);
	if (f->elf)
		elf_end(f->elf);
	if (f->mapped)
		munmap((void *)(uintptr_t)f->bytes, f->mapped);
	else
		free((void *)(uintptr_t)f->bytes);
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
	for (size_t i = 0; i < s->strings.len; i++)
		free(s->strings.items[i]);
	vec_deinit(&s->strings);
	free(s->debug_directories);
	free(s);
}

const char *symbols_keep(struct symbols *symbols, char *s)
{
	vec_push(&symbols->strings, s);
	return s;
}

/* Only what runs on this machine, so that nobody has to turn bytes round. */
static void begin_elf(struct symbol_file *f)
{
	const Elf64_Ehdr *header = (const void *)f->bytes;

	if (f->len < sizeof(Elf32_Ehdr) ||
	    memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
	    header->e_ident[EI_DATA] != ELFDATA2LSB ||
	    (header->e_machine != EM_X86_64 && header->e_machine != EM_386))
		return;
	f->is64 = header->e_ident[EI_CLASS] == ELFCLASS64;
	if (f->is64 && f->len < sizeof(*header))
		return;
	f->elf = elf_memory((char *)(uintptr_t)f->bytes, f->len);
	if (f->elf && elf_kind(f->elf) != ELF_K_ELF) {
		elf_end(f->elf);
		f->elf = NULL;
	}
}

static struct symbol_file *add(struct symbols *s, const char *path)
{
	struct symbol_file *f = xcalloc(1, sizeof(*f));

	f->symbols = s;
	f->path = xstrdup(path);
	vec_push(&s->files, f);
	return f;
}

/* Of a file that may be in the making: it was changed within so many seconds. */
enum { FRESH_SECONDS = 10, COPY_MOST = 16 << 20 };

/*
 * libelf looks at a header twice, when it checks it and when it uses it, and
 * crashes where that has changed meanwhile.  So what may be changing is copied.
 */
static bool is_to_copy(const struct stat *st)
{
	return st->st_size <= COPY_MOST &&
	       time(NULL) - st->st_mtim.tv_sec < FRESH_SECONDS;
}

/* What a file cut meanwhile lacks stays zero. */
static void copy_file(int fd, uint8_t *at, size_t len)
{
	ssize_t got;

	for (size_t done = 0; done < len; done += (size_t)got) {
		got = pread(fd, at + done, len - done, (off_t)done);
		if (got <= 0)
			return;
	}
}

/* The bytes of FD, and a page of zeros behind them. */
static const uint8_t *map_file(int fd, const struct stat *st, size_t *mapped)
{
	size_t len = (size_t)st->st_size;
	size_t pages = (len + 0xfff) & ~(size_t)0xfff;
	uint8_t *at;

	if (!len || pages + 0x1000 < len)
		return NULL;
	at = mmap(NULL, pages + 0x1000, PROT_READ | PROT_WRITE,
	          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (at == MAP_FAILED)
		return NULL;
	/* libelf writes to headers where it decompresses a section. */
	if (is_to_copy(st)) {
		copy_file(fd, at, len);
	} else if (mmap(at, pages, PROT_READ | PROT_WRITE,
	                MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, fd, 0) ==
	           MAP_FAILED) {
		munmap(at, pages + 0x1000);
		return NULL;
	}
	*mapped = pages + 0x1000;
	return at;
}

static bool is_same(const struct symbol_file *f, const struct stat *st)
{
	return !f->loaded && f->inode == st->st_ino && f->device == st->st_dev &&
	       f->len == (uint64_t)st->st_size &&
	       f->changed.tv_sec == st->st_mtim.tv_sec &&
	       f->changed.tv_nsec == st->st_mtim.tv_nsec;
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
		if (f->inode && is_same(f, &st)) {
			close(fd);
			return f;
		}
	}
	f = add(s, path);
	f->device = st.st_dev;
	f->inode = st.st_ino;
	f->changed = st.st_mtim;
	f->bytes = map_file(fd, &st, &f->mapped);
	close(fd);
	if (f->bytes) {
		f->len = (size_t)st.st_size;
		begin_elf(f);
	}
	return f;
}

struct symbol_file *file_from_copy(struct symbols *s, uint8_t *bytes,
                                   size_t len, const char *path)
{
	struct symbol_file *f;

	for (size_t i = 0; i < s->files.len; i++) {
		f = s->files.items[i];
		if (!f->inode && f->len == len &&
		    memcmp(f->bytes, bytes, len) == 0) {
			free(bytes);
			return f;
		}
	}
	f = add(s, path);
	f->bytes = xrealloc(bytes, len + 16);
	memset((uint8_t *)(uintptr_t)f->bytes + len, 0, 16);
	f->len = len;
	begin_elf(f);
	return f;
}
