/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dynamic linker's own list of what it loaded (struct r_debug of <link.h>,
 * which the program's DT_DEBUG points at): the order in which names are looked
 * for, and a quick way to see that nothing has changed.
 */
#include "symbols/symtab.h"

#include <link.h>
#include <string.h>

enum {
	MAX_LINKS = 20000,        /* lists that lead round end too */
	MAX_NAMESPACES = 16,      /* as glibc has (dlmopen) */
	MAX_DYNAMIC = 1000,
	MAX_NAME = 4096,          /* bytes */
};

/* COUNT words of the process. */
static bool read_words(const struct image *image, taddr addr, uint64_t *words,
                       size_t count)
{
	uint32_t narrow[8];

	if (image->source.word == 8)
		return memory_read(&image->source.memory, addr, words,
		                   count * 8) == count * 8;
	if (memory_read(&image->source.memory, addr, narrow, count * 4) !=
	    count * 4)
		return false;
	for (size_t i = 0; i < count; i++)
		words[i] = narrow[i];
	return true;
}

/* r_version, r_map, r_brk, r_state, r_ldbase, r_next: a word each. */
enum { R_VERSION, R_MAP, R_BRK, R_STATE, R_LDBASE, R_WORDS };
/* l_addr, l_name, l_ld, l_next. */
enum { L_ADDR, L_NAME, L_LD, L_NEXT, L_WORDS };

struct walk {
	struct image *image;
	uint64_t mark;
	void (*fn)(struct walk *w, taddr link, taddr dynamic);
	const struct module *module;  /* for find_link */
	taddr found;
};

static void mix(struct walk *w, uint64_t value)
{
	w->mark = (w->mark ^ value) * 0x100000001b3u;
}

/* Another library may come to stand at the very place of one that was unloaded,
 * with all numbers the same. */
static void mix_name(struct walk *w, taddr name)
{
	uint8_t text[256];

	for (size_t read = 0; read < MAX_NAME; read += sizeof(text)) {
		size_t got = memory_read(&w->image->source.memory, name + read,
		                         text, sizeof(text));

		for (size_t i = 0; i < got; i++) {
			if (!text[i])
				return;
			mix(w, text[i]);
		}
		if (got < sizeof(text))
			return;
	}
}

/* False: it can't be followed. */
static bool walk_list(struct walk *w, taddr at)
{
	uint64_t link[L_WORDS];

	for (size_t n = 0; at && n < MAX_LINKS; n++) {
		if (!read_words(w->image, at, link, L_WORDS))
			return false;
		mix(w, at);
		mix(w, link[L_ADDR]);
		mix(w, link[L_LD]);
		mix_name(w, link[L_NAME]);
		if (w->fn)
			w->fn(w, at, link[L_LD]);
		at = link[L_NEXT];
	}
	return true;
}

/* False: there is no list, or it is just being changed. */
static bool walk_all(struct walk *w)
{
	taddr at = w->image->r_debug;
	uint64_t r[R_WORDS];
	bool good = at != 0;

	w->mark = 0xcbf29ce484222325u;
	for (size_t n = 0; good && at && n < MAX_NAMESPACES; n++) {
		if (!read_words(w->image, at, r, R_WORDS))
			return false;
		good = r[R_MAP] && (uint32_t)r[R_STATE] == RT_CONSISTENT &&
		       walk_list(w, r[R_MAP]);
		at += (taddr)w->image->source.word * R_WORDS;
		if ((uint32_t)r[R_VERSION] < 2 ||
		    !read_words(w->image, at, &at, 1))
			break;
	}
	return good;
}

bool linkmap_changed(struct image *image)
{
	struct walk w = { .image = image };

	return !image->link_mark || !walk_all(&w) ||
	       w.mark != image->link_mark;
}

static struct module *live_module_at(struct image *image, taddr addr)
{
	for (size_t i = 0; i < image->live; i++) {
		struct module *m = image->modules.items[i];

		if (addr >= m->low && addr < m->high)
			return m;
	}
	return NULL;
}

static void put_in_order(struct image *image, struct module *m)
{
	for (size_t i = 0; m && i < image->order.len; i++)
		if (image->order.items[i] == m)
			return;
	if (m)
		vec_push(&image->order, m);
}

static void order_by_dynamic(struct walk *w, taddr link, taddr dynamic)
{
	(void)link;
	put_in_order(w->image, live_module_at(w->image, dynamic));
}

static void find_link(struct walk *w, taddr link, taddr dynamic)
{
	if (live_module_at(w->image, dynamic) == w->module)
		w->found = link;
}

taddr linkmap_of(struct image *image, const struct module *m)
{
	struct walk w = { .image = image, .fn = find_link, .module = m };

	return walk_all(&w) ? w.found : 0;
}

static bool first_segment(void *ctx, const GElf_Phdr *ph)
{
	*(GElf_Phdr *)ctx = *ph;
	return false;
}

/* DT_DEBUG as the process has it. */
static taddr find_r_debug(const struct image *image, const struct module *m)
{
	GElf_Phdr ph = { 0 };
	uint64_t entry[2];
	size_t width = image->source.word * (size_t)2;

	file_each_segment(m->file, PT_DYNAMIC, first_segment, &ph);
	if (!ph.p_memsz)
		return 0;
	for (size_t i = 0; i < MAX_DYNAMIC && i < ph.p_memsz / width; i++) {
		if (!read_words(image, m->bias + ph.p_vaddr + i * width, entry,
		                2) || entry[0] == DT_NULL)
			break;
		if (entry[0] == DT_DEBUG)
			return entry[1];
	}
	return 0;
}

static bool take_addr(void *ctx, uint32_t number)
{
	*(uint32_t *)ctx = number;
	return false;
}

/* `ld.so PROGRAM`: the kernel started the linker, which has no DT_DEBUG. */
static taddr linker_r_debug(struct image *image, const struct module *m)
{
	struct file_symbols *s = file_symbols(m->file, image);
	uint32_t number = UINT32_MAX;
	struct raw_symbol raw;

	names_find(s, "_r_debug", 8, take_addr, &number);
	return number != UINT32_MAX && symbol_raw(s, number, &raw)
	       ? m->bias + raw.value : 0;
}

/* The program that the kernel started. */
static struct module *main_module(struct image *image)
{
	uint64_t headers;
	struct module *m = NULL;

	if (image->source.auxv &&
	    image->source.auxv(image->source.ctx, AT_PHDR, &headers))
		m = live_module_at(image, headers);
	return m || !image->live ? m : image->modules.items[0];
}

static bool has_interpreter(const struct module *m)
{
	GElf_Phdr ph = { 0 };

	file_each_segment(m->file, PT_INTERP, first_segment, &ph);
	return ph.p_memsz != 0;
}

/* Its list has no entry for itself that could be found. */
static bool is_static(const struct module *m)
{
	GElf_Phdr ph = { 0 };

	file_each_segment(m->file, PT_DYNAMIC, first_segment, &ph);
	return ph.p_memsz == 0;
}

void linkmap_read(struct image *image)
{
	struct module *m = main_module(image);
	struct walk w = { .image = image, .fn = order_by_dynamic };

	image->order.len = 0;
	image->link_mark = image->r_debug = 0;
	if (m) {
		image->r_debug = has_interpreter(m)
			? find_r_debug(image, m) : linker_r_debug(image, m);
		if (has_interpreter(m) || is_static(m))
			put_in_order(image, m);
	}
	if (walk_all(&w))
		image->link_mark = w.mark;
	put_in_order(image, m);
	for (size_t i = 0; i < image->live; i++)
		put_in_order(image, image->modules.items[i]);
}

static bool take_function(void *ctx, const struct symbol *symbol)
{
	*(taddr *)ctx = symbol->addr;
	return false;
}

bool image_linker_break(struct image *image, taddr *addr)
{
	uint64_t r[R_WORDS];
	taddr found = 0;

	image_refresh(image);
	if (image->r_debug &&
	    read_words(image, image->r_debug, r, R_WORDS) && r[R_BRK])
		found = r[R_BRK];
	else
		image_symbols_named(image, NULL, "_dl_debug_state",
		                    take_function, &found);
	if (found)
		*addr = found;
	return found != 0;
}

bool image_linker_is_done(struct image *image)
{
	struct walk w = { .image = image };

	image_refresh(image);
	return image->r_debug && walk_all(&w);
}
