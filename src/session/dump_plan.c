/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/dump_plan.c: how much there will be to write, before it is read. */
#include "session/dump_internal.h"

#include "target/pagemap.h"

enum { PAGE = 4096, LONG = 1 << 20, MOST_RUNS = 1 << 16 };

static void add_run(struct dump_plan *plan, taddr start, taddr end)
{
	struct range *last = plan->runs.len
		? &plan->runs.items[plan->runs.len - 1] : NULL;

	plan->data += end - start;
	if (last && last->end == start)
		last->end = end;
	else if (plan->runs.len < MOST_RUNS)
		vec_push(&plan->runs, (struct range){ start, end });
}

/* What target/stream.h will not read. */
static bool is_hole(const struct proc_map *m, unsigned flags)
{
	return !m->inode && m->perms[3] == 'p' && m->name[0] != '[' &&
	       !(flags & (PAGE_IS_THERE | PAGE_IS_SWAPPED));
}

static struct error *plan_map(struct pagemap *pages, const struct proc_map *m,
                              const struct range *r, struct dump_plan *plan)
{
	taddr start = r->start > m->start ? r->start : m->start;
	taddr end = r->end < m->end ? r->end : m->end;

	while (start < end) {
		struct page_run run;

		TRY(pagemap_next(pages, start - start % PAGE, end, &run));
		if (run.end > end)
			run.end = end;
		if (!is_hole(m, run.flags))
			add_run(plan, start, run.end);
		start = run.end;
	}
	return NULL;
}

/* The first mapping that ends behind ADDR. */
static size_t first_behind(const proc_map_vec *maps, taddr addr)
{
	size_t low = 0, high = maps->len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (maps->items[mid].end > addr)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

static void drop_short(struct dump_plan *plan)
{
	size_t kept = 0;

	for (size_t i = 0; i < plan->runs.len; i++)
		if (plan->runs.items[i].end - plan->runs.items[i].start >= LONG)
			plan->runs.items[kept++] = plan->runs.items[i];
	plan->runs.len = kept;
}

static void close_pagemap(struct pagemap **m)
{
	if (*m)
		pagemap_close(*m);
	free(*m);
}

struct error *dump_plan_make(struct process *p, const proc_map_vec *maps,
                             const range_vec *ranges, struct dump_plan *plan)
{
	const struct thread *t = process_stopped_thread(p);
	CLEANUP(close_pagemap) struct pagemap *pages =
		xcalloc(1, sizeof(*pages));

	/* A core has no page tables. */
	if (p->core)
		return NULL;
	pages->fd = -1;
	TRY(pagemap_open(pages, t ? t->tid : p->pid));
	for (size_t i = 0; i < ranges->len; i++) {
		const struct range *r = &ranges->items[i];

		for (size_t m = first_behind(maps, r->start);
		     m < maps->len && maps->items[m].start < r->end; m++)
			TRY(plan_map(pages, &maps->items[m], r, plan));
	}
	drop_short(plan);
	return NULL;
}

void dump_plan_deinit(struct dump_plan *plan)
{
	vec_deinit(&plan->runs);
}

struct error *dump_plan_reserve(struct dump_plan *plan, struct file_out *f,
                                taddr addr)
{
	const struct range *r = &plan->runs.items[plan->next];

	if (plan->next >= plan->runs.len || addr != r->start)
		return NULL;
	plan->next++;
	return file_out_reserve(f, r->end - r->start);
}
