/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/cache.h"

#include "base/alloc.h"
#include "target/memory.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096, PAGES = 64 };

struct cached_page {
	const struct process *process; /* NULL: nothing */
	taddr page;
	uint64_t serial;
};

struct target_cache {
	unsigned open;
	uint64_t serial;          /* pages of another one are forgotten */
	struct cached_page pages[PAGES];
	uint8_t data[PAGES][PAGE];
	/* Gathered: ascending, no two touch. */
	const struct process *process;
	struct memory_piece *pieces;
	size_t count;
	uint8_t *bytes;
	uint64_t gathered_at;     /* target->changes then */
	uint64_t pages_at;
};

static struct target_cache *cache_of(struct target *target)
{
	if (!target->cache)
		target->cache = xcalloc(1, sizeof(*target->cache));
	return target->cache;
}

void target_cache_destroy(struct target *target)
{
	if (target->cache)
		target_cache_drop(target);
	free(target->cache);
	target->cache = NULL;
}

void target_cache_open(struct target *target)
{
	struct target_cache *c = cache_of(target);

	c->open++;
	c->serial++;
}

void target_cache_close(struct target *target)
{
	struct target_cache *c = cache_of(target);

	c->open--;
	c->serial++;
}

void target_cache_drop(struct target *target)
{
	struct target_cache *c = cache_of(target);

	free(c->pieces);
	free(c->bytes);
	c->pieces = NULL;
	c->bytes = NULL;
	c->count = 0;
}

static int by_address(const void *left, const void *right)
{
	const struct cache_wanted *a = left, *b = right;

	return a->addr < b->addr ? -1 : a->addr > b->addr;
}

/* Sorted, those that touch put together, in place; how many are left. */
static size_t join(struct cache_wanted *w, size_t count, size_t *bytes)
{
	size_t kept = 0, sum = 0;

	if (count)
		qsort(w, count, sizeof(*w), by_address);
	for (size_t i = 0; i < count; i++) {
		struct cache_wanted *last = kept ? &w[kept - 1] : NULL;
		size_t grown;

		if (!w[i].len || w[i].len > CACHE_GATHER_MAX - sum ||
		    w[i].addr + w[i].len < w[i].addr)
			continue;
		if (last && w[i].addr <= last->addr + last->len) {
			grown = (size_t)(w[i].addr - last->addr) + w[i].len;
			if (grown > last->len) {
				sum += grown - last->len;
				last->len = grown;
			}
			continue;
		}
		sum += w[i].len;
		w[kept++] = w[i];
	}
	*bytes = sum;
	return kept;
}

size_t target_cache_gather(struct process *p, struct cache_wanted *wanted,
                           size_t count)
{
	struct target_cache *c = cache_of(p->target);
	size_t bytes, at = 0;

	target_cache_drop(p->target);
	count = join(wanted, count, &bytes);
	if (!count)
		return 0;
	c->process = p;
	c->bytes = xmalloc(bytes);
	c->pieces = xcalloc(count, sizeof(*c->pieces));
	c->count = count;
	for (size_t i = 0; i < count; i++) {
		c->pieces[i] = (struct memory_piece){
			.addr = wanted[i].addr,
			.data = c->bytes + at,
			.len = wanted[i].len,
		};
		at += wanted[i].len;
	}
	target_read_pieces(p, c->pieces, count);
	c->gathered_at = p->target->changes;
	return count;
}

static bool read_gathered(const struct target_cache *c, taddr addr, void *data,
                          size_t len)
{
	size_t low = 0, high = c->count;
	const struct memory_piece *p;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->pieces[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low)
		return false;
	p = &c->pieces[low - 1];
	if (addr - p->addr > p->done || len > p->done - (addr - p->addr))
		return false;
	memcpy(data, (const uint8_t *)p->data + (addr - p->addr), len);
	return true;
}

/* The page at ADDR, read if need be; NULL: it can't be. */
static const uint8_t *page_at(struct target_cache *c, struct process *p,
                              taddr page)
{
	size_t index = page / PAGE % PAGES;
	struct cached_page *slot = &c->pages[index];
	struct memory_span s = {
		.addr = page, .data = c->data[index], .len = PAGE,
	};
	int errnum;

	if (slot->process == p && slot->page == page &&
	    slot->serial == c->serial)
		return c->data[index];
	slot->process = NULL;
	if (memory_move(p, MEMORY_READ, s, &errnum) != PAGE)
		return NULL;
	memory_hide(p, page, c->data[index], PAGE);
	*slot = (struct cached_page){ p, page, c->serial };
	return c->data[index];
}

static bool read_pages(struct target_cache *c, struct process *p, taddr addr,
                       uint8_t *data, size_t len)
{
	if (c->pages_at != p->target->changes) {
		c->pages_at = p->target->changes;
		c->serial++;
	}
	while (len) {
		size_t offset = addr % PAGE;
		size_t n = PAGE - offset < len ? PAGE - offset : len;
		const uint8_t *page = page_at(c, p, addr - offset);

		if (!page)
			return false;
		memcpy(data, page + offset, n);
		data += n;
		addr += n;
		len -= n;
	}
	return true;
}

bool target_cache_read(struct process *p, taddr addr, void *data, size_t len)
{
	struct target_cache *c = p->target->cache;

	if (c->count && c->process == p &&
	    c->gathered_at == p->target->changes &&
	    read_gathered(c, addr, data, len))
		return true;
	return c->open && !p->target->running && len <= PAGE &&
	       addr + len >= addr && read_pages(c, p, addr, data, len);
}
