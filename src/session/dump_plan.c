/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/dump_plan.c: how much there will be to write, before it is read. */
#include "session/dump_internal.h"

#include "target/core.h"
#include "target/pagemap.h"
#include "target/stream.h"

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

static struct error *plan_map(struct pagemap *pages, const struct proc_map *m,
                              struct range r, struct dump_plan *plan)
{
	while (r.start < r.end) {
		struct page_run run;

		TRY(pagemap_next(pages, r.start - r.start % PAGE, r.end,
		                 &run));
		if (run.end > r.end)
			run.end = r.end;
		if (!memory_stream_is_hole(m, run.flags) &&
		    !(run.flags & PAGE_IS_GUARD))
			add_run(plan, r.start, run.end);
		r.start = run.end;
	}
	return NULL;
}

static void plan_core(struct core *core, struct range r, struct dump_plan *plan)
{
	while (r.start < r.end) {
		uint64_t len = r.end - r.start;
		enum core_origin origin = core_extent(core, r.start, &len);

		if (origin == CORE_DUMPED || origin == CORE_MAPPED)
			add_run(plan, r.start, r.start + len);
		r.start += len;
	}
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

	pages->fd = -1;
	/* A core has no page tables. */
	if (!p->core)
		TRY(pagemap_open(pages, t ? t->tid : p->pid));
	for (size_t i = 0; i < ranges->len; i++) {
		const struct range *r = &ranges->items[i];

		for (size_t m = first_behind(maps, r->start);
		     m < maps->len && maps->items[m].start < r->end; m++) {
			const struct proc_map *map = &maps->items[m];
			struct range both = range_common(*r, (struct range){
				map->start, map->end });

			if (p->core)
				plan_core(p->core, both, plan);
			else
				TRY(plan_map(pages, map, both, plan));
		}
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
