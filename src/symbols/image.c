/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one process has mapped. */
#include "symbols/image.h"

#include "symbols/file.h"
#include "symbols/internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 0x1000 };

struct image *image_create(struct symbols *s,
                           const struct image_source *source)
{
	struct image *image = xcalloc(1, sizeof(*image));

	image->symbols = s;
	image->source = *source;
	image->stale = true;
	return image;
}

void image_destroy(struct image *image)
{
	if (!image)
		return;
	for (size_t i = 0; i < image->modules.len; i++) {
		free((void *)(uintptr_t)image->modules.items[i]->name);
		free(image->modules.items[i]);
	}
	vec_deinit(&image->modules);
	vec_deinit(&image->order);
	vec_deinit(&image->walked);
	vec_deinit(&image->namesakes);
	perf_destroy(image->perf);
	free(image);
}

void image_changed(struct image *image, bool replaced)
{
	image->stale = true;
	image->perf_known = false;
	image->replaced |= replaced;
}

void image_set_word(struct image *image, uint8_t word)
{
	image->source.word = word;
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

/* While the mappings are read: those of one file, one behind the other. */
struct reading {
	struct image *image;
	VEC(struct module *) found;
	bool any;                 /* a group is open */
	struct image_mapping first; /* ... which begins here */
	char *name;               /* of that */
	bool executable;
	taddr end;                /* of the last mapping of the file */
	taddr bare_end;           /* of what has no file, right behind it */
};

struct extent {
	taddr low, high;          /* of all segments, in the file's addresses */
	uint64_t offset;          /* of the lowest */
	bool any;
};

static bool take_extent(void *arg, const GElf_Phdr *ph)
{
	struct extent *e = arg;
	taddr high = ph->p_vaddr + ph->p_memsz;

	if (high < ph->p_vaddr)
		return true;
	if (!e->any || ph->p_vaddr < e->low) {
		e->low = ph->p_vaddr;
		e->offset = ph->p_offset;
	}
	if (!e->any || high > e->high)
		e->high = high;
	e->any = true;
	return true;
}

struct offset_search {
	uint64_t offset;
	taddr addr;
	bool found;
};

static bool find_offset(void *arg, const GElf_Phdr *ph)
{
	struct offset_search *s = arg;
	uint64_t first = ph->p_offset & ~(uint64_t)(PAGE - 1);

	if (s->offset < first || s->offset - first >= ph->p_filesz +
	    (ph->p_offset - first))
		return true;
	s->addr = (ph->p_vaddr & ~(taddr)(PAGE - 1)) + (s->offset - first);
	s->found = true;
	return false;
}

/* What the file's addresses are off; from the first of its mappings. */
static bool find_bias(const struct symbol_file *f,
                      const struct image_mapping *m, taddr *bias,
                      struct extent *e)
{
	struct offset_search s = { .offset = m->offset };

	file_each_segment(f, PT_LOAD, take_extent, e);
	if (!e->any)
		return false;
	if ((e->offset & ~(uint64_t)(PAGE - 1)) == m->offset) {
		*bias = m->start - (e->low & ~(taddr)(PAGE - 1));
		return true;
	}
	file_each_segment(f, PT_LOAD, find_offset, &s);
	*bias = m->start - s.addr;
	return s.found;
}

/* One that was there before, so that pointers to it stay good; or NULL. */
static struct module *known_module(struct image *image,
                                   const struct symbol_file *f, taddr bias)
{
	for (size_t i = 0; i < image->modules.len; i++) {
		struct module *m = image->modules.items[i];

		if (m->file == f && m->bias == bias)
			return m;
	}
	return NULL;
}

static struct symbol_file *open_file(struct reading *r)
{
	struct image *image = r->image;
	struct symbol_file *f = NULL;
	int fd;

	if (!r->first.inode)
		return file_of_vdso(image, &r->first);
	fd = image->source.open(image->source.ctx, &r->first);
	if (fd >= 0)
		f = file_open(image->symbols, fd, r->first.name);
	else
		f = file_from_memory(image, &r->first);
	return f;
}

static void close_group(struct reading *r)
{
	struct extent e = { 0 };
	struct symbol_file *f;
	struct module *m;
	taddr bias, high;

	if (!r->any || !r->executable)
		return;
	f = open_file(r);
	if (!f || !f->elf || !find_bias(f, &r->first, &bias, &e))
		return;
	m = known_module(r->image, f, bias);
	if (!m) {
		m = xcalloc(1, sizeof(*m));
		m->file = f;
		m->name = xstrdup(r->first.name);
		m->bias = bias;
		m->image = r->image;
	}
	m->low = r->first.start;
	/* .bss goes beyond the file, as far as the segments say. */
	high = (bias + e.high + PAGE - 1) & ~(taddr)(PAGE - 1);
	if (high > r->bare_end)
		high = r->bare_end;
	m->high = high > r->end ? high : r->end;
	vec_push(&r->found, m);
}

static bool goes_on(const struct reading *r, const struct image_mapping *m)
{
	return r->any && m->inode && r->first.inode == m->inode &&
	       r->first.device == m->device && m->offset > r->first.offset;
}

static void take_mapping(void *arg, const struct image_mapping *m)
{
	struct reading *r = arg;

	if (goes_on(r, m)) {
		r->end = r->bare_end = m->end;
		r->executable |= m->executable;
		return;
	}
	if (!m->inode && strcmp(m->name, "[vdso]") != 0) {
		if (r->any && m->start == r->bare_end)
			r->bare_end = m->end;
		return;
	}
	close_group(r);
	free(r->name);
	r->name = xstrdup(m->name);
	r->any = true;
	r->first = *m;
	r->first.name = r->name;
	r->executable = m->executable;
	r->end = r->bare_end = m->end;
}

static bool was_found(const struct reading *r, const struct module *m)
{
	for (size_t i = 0; i < r->found.len; i++)
		if (r->found.items[i] == m)
			return true;
	return false;
}

static void read_mappings(struct image *image)
{
	struct reading r = { .image = image };

	error_destroy(image->source.mappings(image->source.ctx, take_mapping,
	                                     &r));
	close_group(&r);
	free(r.name);
	for (size_t i = 0; i < r.found.len; i++)
		r.found.items[i]->gone = false;
	image->live = r.found.len;
	for (size_t i = 0; i < image->modules.len; i++) {
		struct module *m = image->modules.items[i];

		if (was_found(&r, m))
			continue;
		m->gone = true;
		vec_push(&r.found, m);
	}
	vec_deinit(&image->modules);
	image->modules.items = r.found.items;
	image->modules.len = r.found.len;
	image->modules.cap = r.found.cap;
	image->fresh = true;
	linkmap_read(image);
}

void image_refresh(struct image *image)
{
	if (!image->stale)
		return;
	image->stale = image->fresh = false;
	if (image->replaced)
		image->r_debug = image->link_mark = 0;
	else if (!linkmap_changed(image))
		return;
	image->replaced = false;
	read_mappings(image);
}

static const struct module *find_module(const struct image *image, taddr addr)
{
	size_t low = 0, high = image->live;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct module *m = image->modules.items[middle];

		if (addr < m->low)
			high = middle;
		else if (addr >= m->high)
			low = middle + 1;
		else
			return m;
	}
	return NULL;
}

const struct module *image_module_at(struct image *image, taddr addr)
{
	const struct module *m;

	image_refresh(image);
	m = find_module(image, addr);
	if (m || image->fresh)
		return m;
	/* Perhaps mapped by other means than the dynamic linker. */
	read_mappings(image);
	return find_module(image, addr);
}

void image_each_module(struct image *image,
                       bool (*fn)(void *ctx, const struct module *m),
                       void *ctx)
{
	struct module_list order = image->walked;

	/* For walks within this one: they have a room of their own. */
	image->walked = (struct module_list){ 0 };
	image_refresh(image);
	order.len = 0;
	/* FN may ask what makes them be read anew. */
	for (size_t i = 0; i < image->order.len; i++)
		vec_push(&order, image->order.items[i]);
	for (size_t i = 0; i < order.len; i++)
		if (!fn(ctx, order.items[i]))
			break;
	vec_deinit(&image->walked);
	image->walked = order;
}

const struct module *image_main_module(struct image *image)
{
	image_refresh(image);
	return image->order.len ? image->order.items[0] : NULL;
}

struct file_place {
	taddr addr;
	uint64_t offset;
	bool found;
};

static bool find_place(void *arg, const GElf_Phdr *ph)
{
	struct file_place *p = arg;

	if (p->addr < ph->p_vaddr || p->addr - ph->p_vaddr >= ph->p_filesz)
		return true;
	p->offset = ph->p_offset + (p->addr - ph->p_vaddr);
	p->found = true;
	return false;
}

bool module_file_offset(const struct module *m, taddr addr, uint64_t *offset)
{
	struct file_place p = { .addr = addr - m->bias };

	file_each_segment(m->file, PT_LOAD, find_place, &p);
	if (p.found)
		*offset = p.offset;
	return p.found;
}

const char *module_short_name(const struct module *m)
{
	const char *slash = strrchr(m->name, '/');

	return slash ? slash + 1 : m->name;
}
