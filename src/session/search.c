/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/search.h"

#include "base/alloc.h"
#include "session/dump_internal.h"
#include "session/progress.h"
#include "target/core.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* What was read is still in the processor's cache when it is looked
	 * through; with less, the calls themselves cost more. */
	BUFFER = 1 << 20,
	/* Matches, or zeroes, between two looks at Ctrl-C. */
	OFTEN = 1 << 12,
};

static bool interrupted(const struct session *s)
{
	return s->hooks.interrupted && s->hooks.interrupted(s->hooks.ctx);
}

struct error *session_mappings(struct process *p,
                               const struct map_filter *filter,
                               range_vec *ranges)
{
	proc_map_vec maps = { 0 };

	TRY(process_maps(p, &maps));
	for (size_t i = 0; i < maps.len; i++) {
		const struct proc_map *m = &maps.items[i];
		struct range *last = ranges->len
			? &ranges->items[ranges->len - 1] : NULL;

		if (!map_filter_takes(filter, m))
			continue;
		if (last && last->end == m->start)
			last->end = m->end;
		else if (m->start < m->end)
			vec_push(ranges, (struct range){ m->start, m->end });
	}
	proc_maps_deinit(&maps);
	return NULL;
}

/* What is being skipped: told when something else follows. */
struct skipping {
	const struct sweep *sweep;
	taddr start;
	uint64_t len;
	const char *reason;
};

static void skip_end(struct skipping *k)
{
	if (k->len && k->sweep->skipped)
		k->sweep->skipped(k->sweep->ctx, k->start, k->len, k->reason);
	k->len = 0;
}

static void skip(struct skipping *k, const struct memory_chunk *c)
{
	const char *reason = c->kind == CHUNK_UNMAPPED ? "is not mapped"
		: c->reason;

	if (k->len && (k->start + k->len != c->addr ||
	               strcmp(k->reason, reason) != 0))
		skip_end(k);
	if (!k->len) {
		k->start = c->addr;
		k->reason = reason;
	}
	k->len += c->len;
}

/* One under way. */
struct sweeping {
	struct memory_stream *stream;
	struct dump_plan plan;
	struct progress progress;
	uint64_t done;            /* bytes of data that were read */
	struct skipping skipping;
};

static void sweeping_deinit(struct sweeping *g)
{
	progress_end(&g->progress);
	dump_plan_deinit(&g->plan);
	memory_stream_destroy(&g->stream);
}

static struct error *sweep_range(struct sweeping *g, bool *more)
{
	const struct sweep *sweep = g->skipping.sweep;
	struct memory_chunk c;

	while (*more) {
		TRY(progress_step(&g->progress, g->done));
		TRY(memory_stream_next(g->stream, &c));
		if (c.kind == CHUNK_END)
			break;
		if (c.kind == CHUNK_UNMAPPED || c.kind == CHUNK_UNREADABLE)
			skip(&g->skipping, &c);
		else
			skip_end(&g->skipping);
		*more = sweep->chunk(sweep->ctx, &c);
		g->done += c.kind == CHUNK_DATA ? c.len : 0;
	}
	return NULL;
}

struct error *session_sweep(struct session *s, struct process *p,
                            const range_vec *ranges, const struct sweep *sweep)
{
	CLEANUP(sweeping_deinit) struct sweeping g = {
		.skipping = { .sweep = sweep },
	};
	AUTO_FREE uint8_t *buffer = xmalloc(BUFFER);
	struct error *err = NULL;
	bool more = true;

	TRY(memory_stream_create(p, 0, &g.stream));
	memory_stream_use(g.stream, buffer, BUFFER);
	TRY(dump_plan_make(p, memory_stream_maps(g.stream), ranges, &g.plan));
	progress_begin(&g.progress, s, sweep->what, g.plan.data);
	for (size_t i = 0; i < ranges->len && more && !err; i++) {
		memory_stream_seek(g.stream, ranges->items[i].start,
		                   ranges->items[i].end);
		err = sweep_range(&g, &more);
	}
	skip_end(&g.skipping);
	return err;
}

/* The end of what was seen is kept, for matches that go on in what follows. */
struct searching {
	struct session *s;
	const struct search *search;
	uint8_t *joint;           /* the tail, and what follows it */
	size_t tail;              /* under the pattern's length */
	taddr end;                /* of the tail */
	unsigned steps;
	bool interrupted;
};

static bool tell(struct searching *g, taddr addr)
{
	if (++g->steps % OFTEN == 0 && interrupted(g->s)) {
		g->interrupted = true;
		return false;
	}
	return addr % g->search->align ||
	       g->search->found(g->search->ctx, addr);
}

/* Matches that begin in the first COUNT bytes of DATA. */
static bool search_in(struct searching *g, taddr addr, const uint8_t *data,
                      size_t len, size_t count)
{
	size_t at = 0;

	for (;; at++) {
		at = byte_pattern_find(g->search->pattern, data, len, at);
		if (at >= len || at >= count)
			return true;
		if (!tell(g, addr + at))
			return false;
	}
}

/* DATA NULL: zeroes. */
static bool search_border(struct searching *g, const uint8_t *data,
                          uint64_t len)
{
	size_t most = g->search->pattern->len - 1;
	size_t more = len < most ? (size_t)len : most;

	if (!g->tail)
		return true;
	if (data)
		memcpy(g->joint + g->tail, data, more);
	else
		memset(g->joint + g->tail, 0, more);
	return search_in(g, g->end - g->tail, g->joint, g->tail + more,
	                 g->tail);
}

/* What follows may complete what begins in the last bytes. */
static void keep_tail(struct searching *g, const struct memory_chunk *c)
{
	size_t most = g->search->pattern->len - 1;
	size_t more = c->len < most ? (size_t)c->len : most;
	size_t old = g->tail < most - more ? g->tail : most - more;

	memmove(g->joint, g->joint + g->tail - old, old);
	if (c->data)
		memcpy(g->joint + old, c->data + c->len - more, more);
	else
		memset(g->joint + old, 0, more);
	g->tail = old + more;
	g->end = c->addr + c->len;
}

/* All places match, or none. */
static bool search_zeroes(struct searching *g, const struct memory_chunk *c)
{
	const struct search *search = g->search;
	uint64_t align = search->align;
	taddr at = c->addr + (align - c->addr % align) % align;
	taddr end = c->addr + c->len;

	if (!search->pattern->is_zero || c->len < search->pattern->len)
		return true;
	for (; at >= c->addr && at < end && end - at >= search->pattern->len;
	     at += align)
		if (!tell(g, at))
			return false;
	return true;
}

static bool search_chunk(void *ctx, const struct memory_chunk *c)
{
	struct searching *g = ctx;

	if (c->kind == CHUNK_UNMAPPED || c->kind == CHUNK_UNREADABLE) {
		g->tail = 0;
		return true;
	}
	if (g->end != c->addr)
		g->tail = 0;
	if (!search_border(g, c->data, c->len))
		return false;
	if (!(c->data ? search_in(g, c->addr, c->data, (size_t)c->len,
	                          (size_t)c->len)
	      : search_zeroes(g, c)))
		return false;
	keep_tail(g, c);
	return true;
}

static void skipped(void *ctx, taddr start, uint64_t len, const char *reason)
{
	const struct search *search = ((struct searching *)ctx)->search;

	search->skipped(search->ctx, start, len, reason);
}

struct error *session_search(struct session *s, struct process *p,
                             const range_vec *ranges,
                             const struct search *search)
{
	AUTO_FREE uint8_t *joint = xmalloc(2 * search->pattern->len);
	struct searching g = { .s = s, .search = search, .joint = joint };
	struct sweep sweep = {
		.what = "find",
		.chunk = search_chunk,
		.skipped = skipped,
		.ctx = &g,
	};
	struct thread *examined = s->examined;
	struct error *err;

	/* Where threads run, each name would be looked up in mappings that are
	 * read anew: once is enough. */
	if (!examined)
		session_image(s, p);
	s->examined = s->current;
	err = session_sweep(s, p, ranges, &sweep);
	s->examined = examined;
	if (!err && g.interrupted)
		err = error_new(ERROR_INTERRUPTED, "interrupted");
	return err;
}
