/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/snapshot.h"

#include "session/dump_internal.h"
#include "session/progress.h"
#include "target/core.h"
#include "target/stream.h"

enum { PAGE = STORE_PAGE, ROOM = 1 << 20 };

/* One being taken. */
struct taker {
	struct session *s;
	struct page_store *store;
	struct snapshot *made;
	const struct snapshot *before; /* of the same process; NULL: none */
	bool tracked;             /* since it, by soft-dirty bits */
	size_t before_run;
	struct memory_stream *stream;
	uint8_t *room;
	struct dump_plan plan;
	struct progress progress;
};

static void snapshot_destroy(struct snapshot *p)
{
	if (!p)
		return;
	free(p->name);
	free(p->program);
	vec_deinit(&p->ranges);
	vec_deinit(&p->runs);
	vec_deinit(&p->ids);
	free(p);
}

static void taker_deinit(struct taker *t)
{
	progress_end(&t->progress);
	memory_stream_destroy(&t->stream);
	dump_plan_deinit(&t->plan);
	free(t->room);
	snapshot_destroy(t->made);
}

size_t snapshot_run_at(const struct snapshot *snapshot, taddr addr)
{
	size_t low = 0, high = snapshot->runs.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct snapshot_run *r = &snapshot->runs.items[mid];

		if (addr - r->start < r->pages * PAGE || r->start > addr)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

/* The page that was there before; UINT32_MAX: not known. */
static uint32_t page_before(struct taker *t, taddr addr)
{
	const struct snapshot *b = t->before;
	const struct snapshot_run *r;
	size_t i = t->before_run;

	if (!b)
		return UINT32_MAX;
	if (i >= b->runs.len || addr < b->runs.items[i].start ||
	    addr - b->runs.items[i].start >= b->runs.items[i].pages * PAGE)
		t->before_run = i = snapshot_run_at(b, addr);
	if (i >= b->runs.len || b->runs.items[i].kind != RUN_PAGES ||
	    addr < b->runs.items[i].start)
		return UINT32_MAX;
	r = &b->runs.items[i];
	return b->ids.items[r->first + (addr - r->start) / PAGE];
}

static void add_run(struct snapshot *p, taddr addr, uint64_t pages,
                    enum run_kind kind)
{
	struct snapshot_run *last = p->runs.len
		? &p->runs.items[p->runs.len - 1] : NULL;

	if (last && last->kind == kind &&
	    last->start + last->pages * PAGE == addr)
		last->pages += pages;
	else
		vec_push(&p->runs, (struct snapshot_run){
			.start = addr, .pages = pages, .kind = kind,
			.first = p->ids.len,
		});
}

/* Most pages are what they were: that costs their hash and a comparison. */
static struct error *add_page(struct taker *t, taddr addr, const void *page)
{
	struct page_hash hash = page_store_hash(t->store, page);
	uint32_t id = page_before(t, addr);

	if (id == UINT32_MAX || !page_store_is(t->store, id, &hash)) {
		size_t count = page_store_count(t->store);

		TRY(page_store_put(t->store, page, &hash, &id));
		t->made->fresh += (page_store_count(t->store) - count) * PAGE;
	}
	vec_push(&t->made->ids, id);
	return NULL;
}

/* A page that stays as it is needs no look at it. */
static bool is_known(void *ctx, taddr addr)
{
	return page_before(ctx, addr) != UINT32_MAX;
}

static void add_same(struct taker *t, const struct memory_chunk *c)
{
	add_run(t->made, c->addr, c->len / PAGE, RUN_PAGES);
	for (uint64_t at = 0; at < c->len; at += PAGE)
		vec_push(&t->made->ids, page_before(t, c->addr + at));
	t->made->data += c->len;
}

static struct error *add_chunk(struct taker *t, const struct memory_chunk *c)
{
	struct snapshot *p = t->made;

	switch (c->kind) {
	case CHUNK_END:
		return NULL;
	case CHUNK_DATA:
		add_run(p, c->addr, c->len / PAGE, RUN_PAGES);
		for (uint64_t at = 0; at < c->len; at += PAGE)
			TRY(add_page(t, c->addr + at, c->data + at));
		p->data += c->len;
		return NULL;
	case CHUNK_SAME:
		add_same(t, c);
		return NULL;
	case CHUNK_ZEROES:
		add_run(p, c->addr, c->len / PAGE, RUN_ZEROS);
		p->untouched += c->len;
		return NULL;
	case CHUNK_UNMAPPED:
	case CHUNK_UNREADABLE:
		add_run(p, c->addr, c->len / PAGE, RUN_UNREADABLE);
		p->unreadable += c->len;
		return NULL;
	}
	return NULL;
}

static taddr page_up(taddr addr)
{
	taddr up = (addr + PAGE - 1) & ~(taddr)(PAGE - 1);

	return up ? up : ~(taddr)(PAGE - 1);
}

/* Whole pages: what belongs to no range is not looked at later. */
static struct error *take_range(struct taker *t, const struct range *r,
                                taddr *done)
{
	taddr start = r->start & ~(taddr)(PAGE - 1), end = page_up(r->end);
	struct memory_chunk c;

	/* The range before may have had a part of the first page. */
	if (start < *done)
		start = *done;
	*done = end;
	memory_stream_seek(t->stream, start, end);
	do {
		TRY(progress_step(&t->progress, t->made->data));
		TRY(memory_stream_next(t->stream, &c));
		TRY(add_chunk(t, &c));
	} while (c.kind != CHUNK_END);
	return NULL;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Ascending, and apart. */
static void sort_ranges(const range_vec *from, range_vec *to)
{
	size_t kept = 0;

	for (size_t i = 0; i < from->len; i++)
		vec_push(to, from->items[i]);
	qsort(to->items, to->len, sizeof(*to->items), compare_ranges);
	for (size_t i = 0; i < to->len; i++) {
		struct range *last = kept ? &to->items[kept - 1] : NULL;

		if (!last || to->items[i].start > last->end)
			to->items[kept++] = to->items[i];
		else if (to->items[i].end > last->end)
			last->end = to->items[i].end;
	}
	to->len = kept;
}

static struct error *take(struct taker *t, const range_vec *ranges)
{
	struct process *p = t->s->current->process;
	taddr done = 0;

	sort_ranges(ranges, &t->made->ranges);
	TRY(memory_stream_create(p, 0, &t->stream));
	t->room = xmalloc(ROOM);
	memory_stream_use(t->stream, t->room, ROOM);
	if (t->tracked)
		memory_stream_skip(t->stream, is_known, t);
	/* It only says how long it will take. */
	if (t->s->hooks.progress)
		TRY(dump_plan_make(p, memory_stream_maps(t->stream), ranges,
		                   &t->plan));
	progress_begin(&t->progress, t->s, "snapshot", t->plan.data);
	for (size_t i = 0; i < t->made->ranges.len; i++)
		TRY(take_range(t, &t->made->ranges.items[i], &done));
	snapshot_track(t->s, t->made, memory_stream_maps(t->stream));
	return NULL;
}

static struct snapshots *need_snapshots(struct session *s)
{
	if (!s->snapshots)
		s->snapshots = xcalloc(1, sizeof(*s->snapshots));
	return s->snapshots;
}

/* Pages that no snapshot has any more. */
static struct error *sweep(struct snapshots *all)
{
	AUTO_FREE uint8_t *used = NULL;

	if (!all->store)
		return NULL;
	used = xcalloc(page_store_ids(all->store) / 8 + 1, 1);
	for (size_t i = 0; i < all->all.len; i++) {
		const struct snapshot *p = all->all.items[i];

		for (size_t n = 0; n < p->ids.len; n++)
			used[p->ids.items[n] / 8] |=
				(uint8_t)(1u << p->ids.items[n] % 8);
	}
	return page_store_keep(all->store, used);
}

static size_t index_of(const struct snapshots *all, const char *name)
{
	size_t i = 0;

	while (all && i < all->all.len &&
	       strcmp(all->all.items[i]->name, name) != 0)
		i++;
	return i;
}

struct snapshot *snapshot_named(const struct session *s, const char *name)
{
	const struct snapshots *all = s->snapshots;
	size_t i = index_of(all, name);

	return all && i < all->all.len ? all->all.items[i] : NULL;
}

struct error *snapshot_find(const struct session *s, const char *name,
                            struct snapshot **snapshot)
{
	*snapshot = snapshot_named(s, name);
	if (*snapshot)
		return NULL;
	return error_new(ERROR_NOT_FOUND, "there is no snapshot \"%.60s\"%s",
	                 name, s->snapshots && s->snapshots->all.len
	                 ? ": `info snapshots` lists them" : "");
}

static struct snapshot *new_snapshot(const struct session *s, const char *name)
{
	struct snapshot *p = xcalloc(1, sizeof(*p));
	const struct process *of = s->current->process;
	char comm[64];

	proc_comm(of->pid, comm);
	p->name = xstrdup(name);
	p->program = xstrdup(of->core ? core_name(of->core) : comm);
	p->pid = of->pid;
	clock_gettime(CLOCK_REALTIME, &p->when);
	return p;
}

/* The newest of that process. */
static const struct snapshot *newest_of(const struct snapshots *all, pid_t pid)
{
	for (size_t i = all->all.len; i-- > 0;)
		if (all->all.items[i]->pid == pid)
			return all->all.items[i];
	return NULL;
}

struct error *snapshot_take(struct session *s, const char *name,
                            const range_vec *ranges,
                            struct snapshot **snapshot)
{
	struct snapshots *all = need_snapshots(s);
	CLEANUP(taker_deinit) struct taker t = { .s = s };
	struct error *err;
	bool replaces;
	size_t old;

	if (!all->store)
		TRY(page_store_create(&all->store));
	t.store = all->store;
	t.made = new_snapshot(s, name);
	t.before = snapshot_tracked(s);
	t.tracked = t.before;
	if (!t.before)
		t.before = newest_of(all, t.made->pid);
	err = take(&t, ranges);
	if (err) {
		/* What it put there may not even be written. */
		error_destroy(sweep(all));
		return err;
	}
	old = index_of(all, name);
	replaces = old < all->all.len;
	if (replaces) {
		snapshot_destroy(all->all.items[old]);
		vec_remove(&all->all, old);
	}
	*snapshot = t.made;
	vec_push(&all->all, t.made);
	t.made = NULL;
	return replaces ? sweep(all) : NULL;
}

struct error *snapshot_delete(struct session *s, const char *name)
{
	struct snapshot *p;

	TRY(snapshot_find(s, name, &p));
	vec_remove(&s->snapshots->all, index_of(s->snapshots, name));
	snapshot_destroy(p);
	return sweep(s->snapshots);
}

void snapshots_destroy(struct snapshots *all)
{
	if (!all)
		return;
	for (size_t i = 0; i < all->all.len; i++)
		snapshot_destroy(all->all.items[i]);
	vec_deinit(&all->all);
	page_store_destroy(all->store);
	free(all);
}
