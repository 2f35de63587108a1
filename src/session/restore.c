/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/restore.h"

#include "target/stream.h"

enum { PAGE = 4096, SLICE = 1 << 20, MOST_ROWS = 10000 };

struct putter {
	struct session *s;
	struct process *process;
	const struct restore_source *source;
	struct restored *result;
	struct memory_stream *stream;
	uint8_t *data;            /* SLICE bytes: what it was */
	uint8_t *now;             /* ... what it is */
};

static void putter_deinit(struct putter *p)
{
	memory_stream_destroy(&p->stream);
	free(p->data);
	free(p->now);
}

static void fail(struct putter *p, taddr addr, uint64_t len, const char *reason)
{
	struct restored *r = p->result;
	struct restored_row *last = r->rows.len
		? &r->rows.items[r->rows.len - 1] : NULL;

	r->failed += len;
	if (last && last->range.end == addr && last->reason == reason)
		last->range.end += len;
	else if (r->rows.len < MOST_ROWS)
		vec_push(&r->rows, (struct restored_row){
			{ addr, addr + len }, reason });
}

/* What can't be written is told page by page. */
static struct error *write_run(struct putter *p, taddr addr,
                               const uint8_t *data, size_t len)
{
	while (len) {
		struct error *err = target_write(p->process, addr, data, len);
		size_t done, bad;

		if (!err) {
			p->result->written += len;
			return NULL;
		}
		if (err->kind == ERROR_GONE)
			return err;
		done = err->addr > addr ? (size_t)(err->addr - addr) : 0;
		error_destroy(err);
		if (done > len)
			done = len;
		bad = PAGE - (size_t)((addr + done) % PAGE);
		if (bad > len - done)
			bad = len - done;
		p->result->written += done;
		fail(p, addr + done, bad, "can't be written");
		addr += done + bad;
		data += done + bad;
		len -= done + bad;
	}
	return NULL;
}

/* Up to the end of the page, or of LEN. */
static size_t page_part(taddr addr, size_t len)
{
	size_t n = PAGE - (size_t)(addr % PAGE);

	return n < len ? n : len;
}

static bool differs(const uint8_t *was, const uint8_t *now, size_t len)
{
	static const uint8_t zeros[PAGE];

	return memcmp(was, now ? now : zeros, len) != 0;
}

/* LEN bytes at ADDR that are NOW (NULL: zeros) there. */
static struct error *put_slice(struct putter *p, taddr addr,
                               const uint8_t *now, size_t len)
{
	size_t at = 0;

	TRY(p->source->read(p->source->ctx, addr, p->data, len));
	while (at < len) {
		size_t end = at, n;
		bool other = false;

		/* A run of pages that differ, or that do not. */
		for (; end < len; end += n) {
			bool d;

			n = page_part(addr + end, len - end);
			d = differs(p->data + end, now ? now + end : NULL, n);
			if (end != at && d != other)
				break;
			other = d;
		}
		if (other)
			TRY(write_run(p, addr + at, p->data + at, end - at));
		else
			p->result->same += end - at;
		at = end;
	}
	return NULL;
}

static struct error *step(struct putter *p)
{
	struct restored *r = p->result;

	return progress_step(&r->progress, r->written + r->same + r->unknown +
	                     r->failed);
}

/* Memory that was never touched stays so where it is to be zero. */
static uint64_t skip_zeros(struct putter *p, taddr addr, uint64_t len)
{
	uint64_t n = p->source->zeros
		? p->source->zeros(p->source->ctx, addr) : 0;

	if (n > len)
		n = len;
	p->result->same += n;
	return n;
}

static struct error *put_chunk(struct putter *p, const struct memory_chunk *c)
{
	uint64_t done = 0;

	if (c->kind == CHUNK_UNMAPPED || c->kind == CHUNK_UNREADABLE) {
		fail(p, c->addr, c->len, c->kind == CHUNK_UNMAPPED
		     ? "is not mapped" : c->reason);
		return NULL;
	}
	while (done < c->len) {
		taddr addr = c->addr + done;
		size_t len = c->len - done < SLICE ? (size_t)(c->len - done)
		                                   : SLICE;

		TRY(step(p));
		if (c->kind == CHUNK_ZEROES) {
			uint64_t n = skip_zeros(p, addr, c->len - done);

			done += n;
			if (n)
				continue;
			/* Not all of a big gap for a few bytes. */
			len = page_part(addr, len);
		}
		TRY(put_slice(p, addr, c->data ? c->data + done : NULL, len));
		done += len;
	}
	return NULL;
}

struct error *restore_range(struct session *s, const struct range *range,
                            const struct restore_source *source,
                            struct restored *result)
{
	CLEANUP(putter_deinit) struct putter p = {
		.s = s, .process = s->current->process, .source = source,
		.result = result,
	};
	struct memory_chunk c;

	if (!result->ranges)
		progress_begin(&result->progress, s, "restore", result->total);
	if (!result->ranges++ || range->start < result->bounds.start)
		result->bounds.start = range->start;
	if (range->end > result->bounds.end)
		result->bounds.end = range->end;
	p.data = xmalloc(SLICE);
	p.now = xmalloc(SLICE);
	TRY(memory_stream_create(p.process, 0, &p.stream));
	memory_stream_use(p.stream, p.now, SLICE);
	memory_stream_seek(p.stream, range->start, range->end);
	do {
		TRY(step(&p));
		TRY(memory_stream_next(p.stream, &c));
		if (c.kind != CHUNK_END)
			TRY(put_chunk(&p, &c));
	} while (c.kind != CHUNK_END);
	return NULL;
}

void restored_deinit(struct restored *r)
{
	progress_end(&r->progress);
	vec_deinit(&r->rows);
}
