/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many sites at once: each page that they are in is read once, and written once
 * where no thread can be running in it.
 */
#include "session/sites_internal.h"

#include "base/alloc.h"
#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One address of a request. */
struct wish {
	taddr addr;
	size_t index;            /* in what the caller gave */
	struct site *site;       /* NULL: not had */
	struct error *err;
};

static int by_addr(const void *a, const void *b)
{
	const struct wish *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

static int sites_by_addr(const void *a, const void *b)
{
	const struct site *const *x = a, *const *y = b;

	return (*x)->addr < (*y)->addr ? -1 : (*x)->addr > (*y)->addr;
}

/* How many of COUNT wishes are in the first one's page. */
static size_t page_group(const struct wish *wishes, size_t count)
{
	taddr page = wishes[0].addr / SITE_PAGE;
	size_t n = 1;

	while (n < count && wishes[n].addr / SITE_PAGE == page)
		n++;
	return n;
}

/* Whether a site of P's is from FIRST to LAST. */
static bool has_sites(const struct process *p, taddr first, taddr last)
{
	const struct space *space = space_of(p);
	size_t at = space ? space_lower(space, first) : 0;

	return space && at < space->sites.len &&
	       space->sites.items[at]->addr <= last;
}

/* The sites of a page, found or made; the new ones are put into FRESH. */
static void make_page(const struct batch *b, struct wish *wishes, size_t count,
                      struct space *fresh)
{
	uint8_t bytes[SITE_PAGE + ARCH_INSN_MAX];
	taddr first = wishes[0].addr;
	size_t want = (size_t)(wishes[count - 1].addr - first) + ARCH_INSN_MAX;
	size_t got = memory_read(&b->p->memory, first, bytes, want);
	bool some = has_sites(b->p, first, wishes[count - 1].addr);

	for (size_t i = 0; i < count; i++) {
		struct wish *w = &wishes[i];
		size_t at = (size_t)(w->addr - first);

		w->site = some ? site_at(b->p, w->addr) : NULL;
		if (!w->site && i && wishes[i - 1].addr == w->addr)
			w->site = wishes[i - 1].site;
		if (w->site)
			continue;
		w->err = site_create(b, w->addr, bytes + at,
		                     at < got ? got - at < ARCH_INSN_MAX
		                                ? got - at : ARCH_INSN_MAX : 0,
		                     &w->site);
		if (!w->err)
			vec_push(&fresh->sites, w->site);
	}
}

/* They mostly come in order, from symbols. */
static bool wishes_ascend(const struct wish *wishes, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (wishes[i - 1].addr > wishes[i].addr)
			return false;
	return true;
}

static bool sites_ascend(struct site *const *sites, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (sites[i - 1]->addr > sites[i]->addr)
			return false;
	return true;
}

static void sort_sites(struct site **sites, size_t count)
{
	if (!sites_ascend(sites, count))
		qsort(sites, count, sizeof(struct site *), sites_by_addr);
}

/* The new ones, which are in order, become the space's. */
static void enter_all(struct space *space, const struct space *fresh)
{
	size_t old = space->sites.len, new = fresh->sites.len, at = old + new;

	for (size_t i = 0; i < new; i++) {
		struct site *site = fresh->sites.items[i];

		vec_push(&space->sites, site);
		map_put(&space->by_addr, site->addr, site);
		site->space = space;
	}
	/* Merged from the end. */
	while (new) {
		struct site **items = space->sites.items;
		struct site *site = fresh->sites.items[new - 1];

		if (old && items[old - 1]->addr > site->addr) {
			items[--at] = items[--old];
		} else {
			items[--at] = site;
			new--;
		}
	}
}

/* Plants, or takes out, the COUNT sites of one page by one write. */
static bool change_page(struct process *p, struct site *const *sites,
                        size_t count, bool plant)
{
	uint8_t bytes[SITE_PAGE];
	taddr first = sites[0]->addr;
	size_t len = (size_t)(sites[count - 1]->addr - first) + 1;
	struct error *err = target_read_raw(p, first, bytes, len);

	for (size_t i = 0; !err && i < count; i++) {
		uint8_t *byte = &bytes[sites[i]->addr - first];

		/* What the program wrote over a breakpoint stays. */
		if (plant)
			*byte = INT3;
		else if (*byte == INT3)
			*byte = sites[i]->original;
		else
			site_say_overwritten(sites[i]);
	}
	if (!err)
		err = target_write_raw(p, first, bytes, len);
	for (size_t i = 0; !err && i < count; i++)
		sites[i]->planted = plant;
	error_destroy(err);
	return err == NULL;
}

static void plant_page(struct process *p, struct wish *wishes, size_t count,
                       bool stand)
{
	struct site *sites[SITE_PAGE];
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (wishes[i].site && !wishes[i].site->planted &&
		    (!n || sites[n - 1] != wishes[i].site))
			sites[n++] = wishes[i].site;
	if (!n || (stand && change_page(p, sites, n, true)))
		return;
	for (size_t i = 0; i < n; i++)
		error_destroy(site_plant(p, sites[i]));
}

/* What could not be planted is not had. */
static void settle(struct wish *w)
{
	if (!w->site)
		return;
	if (w->site->planted)
		w->site->users++;
	else
		w->err = error_fault(w->addr, "no breakpoint can stand at "
		                     "0x%llx: its memory can't be written",
		                     (unsigned long long)w->addr);
}

static void make_all(const struct batch *b, struct wish *wishes, size_t count)
{
	struct space fresh = { 0 };
	size_t n;
	bool stand;

	for (size_t i = 0; i < count; i += n) {
		n = page_group(wishes + i, count - i);
		make_page(b, wishes + i, n, &fresh);
	}
	enter_all(space_need(b->p), &fresh);
	vec_deinit(&fresh.sites);
	stand = space_stands(space_of(b->p));
	for (size_t i = 0; i < count; i += n) {
		n = page_group(wishes + i, count - i);
		plant_page(b->p, wishes + i, n, stand);
	}
}

/* What scdb itself and the kernel for it have taken. */
static uint64_t cpu_us(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

size_t site_add_many(struct session *s, struct process *p, const taddr *addrs,
                     size_t count, struct site **sites, struct error **errors)
{
	CLEANUP(batch_deinit) struct batch b;
	AUTO_FREE struct wish *wishes = xcalloc(count + 1, sizeof(*wishes));
	uint64_t begin = log_enabled(LOG_SESSION) ? cpu_us() : 0;
	size_t done = 0;

	for (size_t i = 0; i < count; i++)
		wishes[i] = (struct wish){ .addr = addrs[i], .index = i };
	if (!wishes_ascend(wishes, count))
		qsort(wishes, count, sizeof(*wishes), by_addr);
	batch_init(&b, p);
	make_all(&b, wishes, count);
	space_of(p)->session = s;
	for (size_t i = 0; i < count; i++) {
		struct wish *w = &wishes[i];

		settle(w);
		sites[w->index] = w->err ? NULL : w->site;
		done += !w->err;
		if (errors)
			errors[w->index] = w->err;
		else
			error_destroy(w->err);
	}
	space_take_out_unused(space_of(p));
	LOG(LOG_SESSION, "%zu sites planted in %llu us of the processor", done,
	    (unsigned long long)(cpu_us() - begin));
	return done;
}

/* Of one address space: out of it, page by page. */
static void unplant_all(struct process *p, struct site **sites, size_t count)
{
	bool stand = space_stands(space_of(p));
	size_t n;

	for (size_t i = 0; i < count; i += n) {
		taddr page = sites[i]->addr / SITE_PAGE;

		for (n = 1; i + n < count &&
		     sites[i + n]->addr / SITE_PAGE == page; n++)
			;
		if (!stand || !change_page(p, sites + i, n, false))
			for (size_t k = 0; k < n; k++)
				site_unplant(p, sites[i + k]);
	}
}

void site_drop_many(struct session *s, struct site **sites, size_t count)
{
	VEC(struct site *) last = { 0 };
	struct space *space = NULL;

	/* What nobody else has, of the first one's space; all others singly. */
	for (size_t i = 0; i < count; i++) {
		struct site *site = sites[i];

		if (site && !space)
			space = site->space;
		if (site && site->users == 1 && space && site->space == space)
			vec_push(&last, site);
		else
			site_drop(s, site);
	}
	if (last.len) {
		sort_sites(last.items, last.len);
		unplant_all(space_process(space), last.items, last.len);
		for (size_t i = 0; i < last.len; i++)
			last.items[i]->users = 0;
		space_take_out_unused(space);
	}
	vec_deinit(&last);
}
