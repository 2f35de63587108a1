/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Thread-local storage.  The program's block is where the ABI says, just below
 * the thread pointer (variant II of "ELF Handling for Thread-Local Storage").
 * Those of libraries are in the thread's vector, which is the second word of
 * what the thread pointer points at; which of them is a library's stands in
 * glibc's link map, at an offset that glibc tells libthread_db (and us) by the
 * symbols _thread_db_*.
 */
#include "symbols/symtab.h"

#include <string.h>

enum {
	MAX_MODULES = 1 << 20,    /* numbers of modules are small */
	MAX_LINK_MAP = 1 << 16,   /* bytes */
};

static bool read_word(const struct image *image, taddr addr, uint64_t *word)
{
	uint32_t narrow;

	if (image->source.word == 8)
		return memory_read(&image->source.memory, addr, word, 8) == 8;
	if (memory_read(&image->source.memory, addr, &narrow, 4) != 4)
		return false;
	*word = narrow;
	return true;
}

static bool take_segment(void *ctx, const GElf_Phdr *ph)
{
	*(GElf_Phdr *)ctx = *ph;
	return false;
}

static struct error *no_block(const struct module *m)
{
	return error_new(ERROR_REFUSED, "the thread has no thread-local "
	                 "storage of %s yet", module_short_name(m));
}

/* The first block below TP: aligned, and its first byte as the file's is. */
static struct error *program_block(const struct module *m, taddr tp,
                                   taddr *block)
{
	GElf_Phdr ph = { 0 };
	uint64_t align, first;

	file_each_segment(m->file, PT_TLS, take_segment, &ph);
	if (!ph.p_memsz)
		return no_block(m);
	align = ph.p_align ? ph.p_align : 1;
	if (align & (align - 1))
		return error_new(ERROR_UNSUPPORTED, "the thread-local storage "
		                 "of %s is badly aligned",
		                 module_short_name(m));
	first = -ph.p_vaddr & (align - 1);
	*block = tp - ((ph.p_memsz - first + align - 1) & -align) - first;
	return NULL;
}

static bool take_address(void *ctx, const struct symbol *s)
{
	*(taddr *)ctx = s->addr;
	return false;
}

/* A word of LINK's that glibc describes as {bits, count, offset} at NAME. */
static bool link_word(struct image *image, taddr link, const char *name,
                      uint64_t *word)
{
	uint32_t field[3];
	taddr at = 0;

	image_symbols_named(image, NULL, name, take_address, &at);
	return at && memory_read(&image->source.memory, at, field,
	                         sizeof(field)) == sizeof(field) &&
	       field[0] == image->source.word * 8u &&
	       field[2] < MAX_LINK_MAP &&
	       read_word(image, link + field[2], word);
}

/* What was loaded with the program is below TP too. */
static bool static_block(struct image *image, taddr link, taddr tp,
                         taddr *block)
{
	uint64_t offset;

	if (!link_word(image, link, "_thread_db_link_map_l_tls_offset",
	               &offset) || !offset || offset > 1u << 30)
		return false;
	*block = tp - offset;
	return true;
}

static struct error *library_block(const struct module *m, taddr tp,
                                   taddr *block)
{
	struct image *image = m->image;
	uint64_t word = image->source.word;
	uint64_t unset = word == 8 ? UINT64_MAX : UINT32_MAX;
	uint64_t number, vector, count;
	taddr link = linkmap_of(image, m);

	if (!link || !link_word(image, link, "_thread_db_link_map_l_tls_modid",
	                        &number))
		return error_new(ERROR_UNSUPPORTED, "where this program's "
		                 "libraries have their thread-local storage "
		                 "is not known");
	if (number == 0 || number > MAX_MODULES ||
	    !read_word(image, tp + word, &vector))
		return no_block(m);
	/* Before the vector stands how long it is. */
	if (read_word(image, vector - 2 * word, &count) && number <= count &&
	    read_word(image, vector + 2 * word * number, block) &&
	    *block != unset && *block)
		return NULL;
	return static_block(image, link, tp, block) ? NULL : no_block(m);
}

struct error *module_tls_address(const struct module *m, taddr tp,
                                 uint64_t offset, taddr *addr)
{
	taddr block;

	if (!tp)
		return no_block(m);
	TRY(m == image_main_module(m->image) ? program_block(m, tp, &block)
	                                     : library_block(m, tp, &block));
	*addr = block + offset;
	if (m->image->source.word == 4)
		*addr &= UINT32_MAX;
	return NULL;
}
