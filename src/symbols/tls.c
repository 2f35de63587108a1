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
	MAX_LISTS = 1000,
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

static taddr symbol_at(struct image *image, const char *name)
{
	taddr at = 0;

	image_symbols_named(image, NULL, name, take_address, &at);
	return at;
}

/* How glibc describes a field at NAME: the bits of each, how many, where. */
struct field {
	uint32_t bits, count, offset;
};

static bool find_field(struct image *image, const char *name, struct field *f)
{
	taddr at = symbol_at(image, name);

	return at && memory_read(&image->source.memory, at, f, sizeof(*f)) ==
	             sizeof(*f) && f->offset < MAX_LINK_MAP;
}

/* A word of what stands at BASE, that NAME describes. */
static bool field_word(struct image *image, taddr base, const char *name,
                       uint64_t *word)
{
	struct field f;

	return find_field(image, name, &f) &&
	       f.bits == image->source.word * 8u &&
	       read_word(image, base + f.offset, word);
}

/*
 * Where glibc keeps what it knows of module NUMBER, in a list of arrays; false:
 * that can't be found.
 */
static bool find_slot(struct image *image, uint64_t number, taddr *slot)
{
	taddr global = symbol_at(image, "_rtld_global");
	uint64_t list, len;
	struct field f;

	if (!global || !field_word(image, global, "_thread_db_rtld_global_"
	                           "_dl_tls_dtv_slotinfo_list", &list) ||
	    !find_field(image, "_thread_db_dtv_slotinfo_list_slotinfo", &f))
		return false;
	for (unsigned i = 0; list && i < MAX_LISTS; i++) {
		if (!field_word(image, list, "_thread_db_dtv_slotinfo_list_len",
		                &len))
			return false;
		if (number < len) {
			*slot = list + f.offset + number * (f.bits / 8);
			return true;
		}
		number -= len;
		if (!field_word(image, list,
		                "_thread_db_dtv_slotinfo_list_next", &list))
			return false;
	}
	return false;
}

/*
 * Whether the VECTOR is older than the module: what it holds under NUMBER is of
 * another one, that was unloaded.
 */
static bool is_stale(struct image *image, taddr vector, uint64_t number)
{
	uint64_t loaded, seen;
	taddr slot;

	return find_slot(image, number, &slot) &&
	       field_word(image, slot, "_thread_db_dtv_slotinfo_gen",
	                  &loaded) &&
	       read_word(image, vector, &seen) && loaded > seen;
}

/* What was loaded with the program is below TP too. */
static bool static_block(struct image *image, taddr link, taddr tp,
                         taddr *block)
{
	uint64_t offset;

	if (!field_word(image, link, "_thread_db_link_map_l_tls_offset",
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

	if (!link || !field_word(image, link, "_thread_db_link_map_l_tls_modid",
	                         &number))
		return error_new(ERROR_UNSUPPORTED, "where this program's "
		                 "libraries have their thread-local storage "
		                 "is not known");
	if (number == 0 || number > MAX_MODULES ||
	    !read_word(image, tp + word, &vector))
		return no_block(m);
	/* Before the vector stands how long it is. */
	if (read_word(image, vector - 2 * word, &count) && number <= count &&
	    !is_stale(image, vector, number) &&
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
