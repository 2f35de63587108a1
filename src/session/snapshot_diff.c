/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/snapshot_diff.c: what is not as it was. */
#include "session/snapshot.h"

#include "session/progress.h"
#include "target/stream.h"

enum {
	PAGE = STORE_PAGE,
	ROOM = 512 << 10,
	GAP = 8,                  /* equal bytes that do not part a change */
};

/* What one side has at an address. */
enum page_kind { PAGE_ZEROS, PAGE_DATA, PAGE_MISSING };

struct page_view {
	enum page_kind kind;
	taddr end;                /* up to where it is of that kind; DATA: of
	                           * the page */
	bool stored;              /* DATA: it is page ID, else DATA */
	uint32_t id;
	const uint8_t *data;
};

/* A side: a snapshot, or else what is there now. */
struct side {
	const struct snapshot *snapshot;
	size_t run;
	struct memory_stream *stream;
	struct memory_chunk chunk;
	uint8_t *room;
};

struct differ {
	struct session *s;
	struct page_store *store;
	struct side old, new;
	struct changes *changes;
	struct progress progress;
	uint64_t done;            /* bytes that the old one has */
	/* One that may go on. */
	bool pending;
	struct change change;
	uint8_t old_page[PAGE], new_page[PAGE];
};

static void differ_deinit(struct differ **d)
{
	if (!*d)
		return;
	progress_end(&(*d)->progress);
	memory_stream_destroy(&(*d)->new.stream);
	free((*d)->new.room);
	free(*d);
}

static void view_snapshot(struct side *side, taddr addr, taddr end,
                          struct page_view *v)
{
	const struct snapshot *p = side->snapshot;
	const struct snapshot_run *r;

	*v = (struct page_view){ .kind = PAGE_MISSING, .end = end };
	if (side->run >= p->runs.len ||
	    addr - p->runs.items[side->run].start >=
	    p->runs.items[side->run].pages * PAGE)
		side->run = snapshot_run_at(p, addr);
	if (side->run >= p->runs.len)
		return;
	r = &p->runs.items[side->run];
	if (r->start > addr) {
		v->end = r->start < end ? r->start : end;
		return;
	}
	v->end = r->start + r->pages * PAGE;
	v->kind = r->kind == RUN_ZEROS ? PAGE_ZEROS : PAGE_MISSING;
	if (r->kind == RUN_PAGES) {
		v->id = p->ids.items[r->first + (addr - r->start) / PAGE];
		v->kind = v->id == STORE_ZEROS ? PAGE_ZEROS : PAGE_DATA;
		v->stored = true;
		v->end = addr + PAGE;
	}
}

/* Addresses must come ascending, within what the stream was told. */
static struct error *view_now(struct side *side, taddr addr,
                              struct page_view *v)
{
	struct memory_chunk *c = &side->chunk;

	while (!c->len || addr - c->addr >= c->len) {
		TRY(memory_stream_next(side->stream, c));
		if (c->kind == CHUNK_END) {
			*v = (struct page_view){ .kind = PAGE_MISSING,
				                 .end = addr + PAGE };
			c->len = 0;
			return NULL;
		}
	}
	*v = (struct page_view){
		.kind = c->kind == CHUNK_ZEROES ? PAGE_ZEROS
		        : c->kind == CHUNK_DATA ? PAGE_DATA : PAGE_MISSING,
		.end = c->addr + c->len,
	};
	if (v->kind == PAGE_DATA) {
		v->data = c->data + (addr - c->addr);
		v->end = addr + PAGE;
	}
	return NULL;
}

static struct error *view(struct side *side, taddr addr, taddr end,
                          struct page_view *v)
{
	if (!side->snapshot)
		return view_now(side, addr, v);
	view_snapshot(side, addr, end, v);
	return NULL;
}

static struct error *tell(struct differ *d)
{
	if (!d->pending)
		return NULL;
	d->pending = false;
	d->changes->count++;
	d->changes->bytes += d->change.len;
	return d->changes->show(d->changes->ctx, &d->change);
}

/* It may be the end of the one before. */
static struct error *add(struct differ *d, const struct change *more)
{
	struct change *c = &d->change;

	if (d->pending && (c->addr + c->len != more->addr ||
	                   c->was != more->was || c->is != more->is))
		TRY(tell(d));
	if (d->pending)
		c->len += more->len;
	else
		*c = *more;
	d->pending = true;
	return NULL;
}

/* LEN bytes from ADDR on, both readable. */
static struct error *compare(struct differ *d, taddr addr, size_t len,
                             const uint8_t *old, const uint8_t *new)
{
	for (size_t at = 0; at < len;) {
		size_t end, equal = 0;

		if (old[at] == new[at]) {
			at++;
			continue;
		}
		for (end = at; end + equal < len && equal < GAP;) {
			if (old[end + equal] == new[end + equal]) {
				equal++;
			} else {
				end += equal + 1;
				equal = 0;
			}
		}
		TRY(add(d, &(struct change){ .addr = addr + at, .len = end - at,
			                     .was = true, .is = true }));
		at = end;
	}
	return NULL;
}

static struct error *page_of(struct differ *d, const struct page_view *v,
                             uint8_t page[PAGE], const uint8_t **bytes)
{
	static const uint8_t zeros[PAGE];

	*bytes = v->kind == PAGE_ZEROS ? zeros : v->stored ? page : v->data;
	if (*bytes != page)
		return NULL;
	return page_store_get(d->store, v->id, page);
}

/* Without a look at the bytes, if that can be. */
static bool is_same(const struct differ *d, const struct page_view *a,
                    const struct page_view *b)
{
	struct page_hash hash;

	if (a->kind == PAGE_MISSING || a->kind != b->kind)
		return a->kind == b->kind;
	if (a->kind == PAGE_ZEROS)
		return true;
	if (b->stored)
		return a->id == b->id;
	hash = page_store_hash(d->store, b->data);
	return page_store_is(d->store, a->id, &hash);
}

/* [START, END) is of one page at most where a side has bytes there. */
static struct error *differing(struct differ *d, struct range r,
                               const struct page_view *a,
                               const struct page_view *b)
{
	const uint8_t *old = NULL, *new = NULL;
	size_t from = (size_t)(r.start % PAGE);

	/* Whole stretches: their bytes would say little. */
	if (a->kind == PAGE_MISSING || b->kind == PAGE_MISSING)
		return add(d, &(struct change){
			.addr = r.start, .len = r.end - r.start,
			.was = a->kind != PAGE_MISSING,
			.is = b->kind != PAGE_MISSING,
		});
	TRY(page_of(d, a, d->old_page, &old));
	TRY(page_of(d, b, d->new_page, &new));
	return compare(d, r.start, (size_t)(r.end - r.start), old + from,
	               new + from);
}

static struct error *diff_range(struct differ *d, const struct range *range)
{
	taddr addr = range->start;
	taddr last = (range->end - 1) & ~(taddr)(PAGE - 1);

	if (d->new.stream) {
		memory_stream_seek(d->new.stream,
		                   addr & ~(taddr)(PAGE - 1), last + PAGE);
		d->new.chunk.len = 0;
	}
	while (addr < range->end) {
		taddr page = addr & ~(taddr)(PAGE - 1);
		struct page_view a, b;
		taddr end;

		TRY(progress_step(&d->progress, d->done));
		TRY(view(&d->old, page, last + PAGE, &a));
		TRY(view(&d->new, page, last + PAGE, &b));
		end = a.end < b.end ? a.end : b.end;
		if (end > range->end || end <= addr)
			end = range->end;
		if (!is_same(d, &a, &b))
			TRY(differing(d, (struct range){ addr, end }, &a, &b));
		d->done += a.stored ? end - addr : 0;
		addr = end;
	}
	return NULL;
}

struct error *snapshot_diff(struct session *s, const struct snapshot *old,
                            const struct snapshot *new,
                            struct changes *changes)
{
	CLEANUP(differ_deinit) struct differ *d = xcalloc(1, sizeof(*d));

	d->s = s;
	d->store = s->snapshots->store;
	d->old.snapshot = old;
	d->new.snapshot = new;
	d->changes = changes;
	changes->count = changes->bytes = 0;
	if (!new) {
		TRY(memory_stream_create(s->current->process, 0,
		                         &d->new.stream));
		d->new.room = xmalloc(ROOM);
		memory_stream_use(d->new.stream, d->new.room, ROOM);
	}
	progress_begin(&d->progress, s, "diff", old->data);
	for (size_t i = 0; i < old->ranges.len; i++)
		TRY(diff_range(d, &old->ranges.items[i]));
	return tell(d);
}

/* Back again. */

struct kept {
	struct session *s;
	const struct snapshot *snapshot;
	struct side side;
};

static struct error *read_kept(void *ctx, taddr addr, void *data, size_t len)
{
	struct kept *k = ctx;
	uint8_t page[PAGE], *to = data;

	while (len) {
		size_t from = (size_t)(addr % PAGE), n = PAGE - from;
		struct page_view v;

		if (n > len)
			n = len;
		view_snapshot(&k->side, addr - from, addr - from + PAGE, &v);
		if (v.kind == PAGE_MISSING)
			return error_fault(addr, "0x%llx is not in the "
			                   "snapshot",
			                   (unsigned long long)addr);
		TRY(page_store_get(k->s->snapshots->store,
		                   v.kind == PAGE_DATA ? v.id : STORE_ZEROS,
		                   page));
		memcpy(to, page + from, n);
		to += n;
		addr += n;
		len -= n;
	}
	return NULL;
}

struct error *snapshot_read(struct session *s, const struct snapshot *snapshot,
                            taddr addr, void *data, size_t len)
{
	struct kept k = {
		.s = s, .snapshot = snapshot, .side.snapshot = snapshot,
	};

	return read_kept(&k, addr, data, len);
}

static uint64_t zeros_kept(void *ctx, taddr addr)
{
	struct kept *k = ctx;
	struct page_view v;

	view_snapshot(&k->side, addr - addr % PAGE, addr - addr % PAGE + PAGE,
	              &v);
	return v.kind == PAGE_ZEROS ? v.end - addr : 0;
}

/* What the snapshot has of one of its ranges. */
static struct error *restore_part(struct kept *k, struct range r,
                                  struct restored *result)
{
	const struct restore_source source = {
		.read = read_kept, .zeros = zeros_kept, .ctx = k,
	};
	const struct snapshot *p = k->snapshot;
	size_t i = snapshot_run_at(p, r.start);

	while (i < p->runs.len && p->runs.items[i].start < r.end) {
		const struct snapshot_run *run = &p->runs.items[i];
		bool unreadable = run->kind == RUN_UNREADABLE;
		taddr end = run->start;
		struct range part;

		/* As many as there are next to each other. */
		for (; i < p->runs.len && p->runs.items[i].start == end &&
		     (p->runs.items[i].kind == RUN_UNREADABLE) == unreadable;
		     i++)
			end += p->runs.items[i].pages * PAGE;
		part = range_common((struct range){ run->start, end }, r);
		if (unreadable)
			result->unknown += range_len(part);
		else
			TRY(restore_range(k->s, &part, &source, result));
	}
	return NULL;
}

struct error *snapshot_restore(struct session *s, struct snapshot *snapshot,
                               const struct range *part,
                               struct restored *result)
{
	struct kept k = {
		.s = s, .snapshot = snapshot, .side.snapshot = snapshot,
	};

	for (size_t i = 0; i < snapshot->ranges.len; i++)
		result->total += range_len(range_common(
			snapshot->ranges.items[i], *part));
	for (size_t i = 0; i < snapshot->ranges.len; i++) {
		struct range r = range_common(snapshot->ranges.items[i], *part);

		if (range_len(r))
			TRY(restore_part(&k, r, result));
	}
	return NULL;
}
