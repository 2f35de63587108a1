/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/dump.h"

#include "session/dump_internal.h"
#include "session/progress.h"
#include "target/pagemap.h"
#include "target/stream.h"

#include <fcntl.h>

enum { PAGE = 4096, MOST_ROWS = 1 << 20 };

/* One dump being made. */
struct maker {
	struct session *s;
	struct dump *dump;
	struct file_out *file;
	struct memory_stream *stream;
	struct dump_plan plan;
	struct progress progress;
	bool indexed;
};

static void maker_deinit(struct maker *m)
{
	progress_end(&m->progress);
	memory_stream_destroy(&m->stream);
	file_out_destroy(m->file);
	dump_plan_deinit(&m->plan);
}

static struct error *open_file(struct session *s, const char *path, bool append,
                               struct file_out **file)
{
	const struct file_out_options options = {
		.append = append, .interrupted = s->hooks.interrupted,
		.ctx = s->hooks.ctx,
	};

	/* What scdb said comes first where both go to one place. */
	out_flush(s->out);
	return file_out_create(path, &options, file);
}

static struct error *maker_init(struct maker *m, const char *path, bool append,
                                const range_vec *ranges)
{
	struct process *p = m->s->current->process;

	TRY(memory_stream_create(p, 0, &m->stream));
	TRY(dump_plan_make(p, memory_stream_maps(m->stream), ranges, &m->plan));
	TRY(open_file(m->s, path, append, &m->file));
	TRY(file_out_expect(m->file, m->plan.data));
	progress_begin(&m->progress, m->s, "dump", m->plan.data);
	return NULL;
}

/* A chunk joins the last row where it is more of the same. */
static struct error *add_row(struct maker *m, const struct memory_chunk *c,
                             enum dump_kind kind)
{
	size_t count = m->dump->rows.len;
	struct dump_row *last = count ? &m->dump->rows.items[count - 1] : NULL;
	struct dump_row row = {
		.start = c->addr, .end = c->addr + c->len, .kind = kind,
		.offset = kind == DUMP_UNREADABLE
		          ? 0 : file_out_position(m->file),
		.reason = c->reason,
	};

	if (last && last->end == c->addr && last->kind == kind &&
	    last->reason == c->reason &&
	    strcmp(last->name, c->map ? c->map->name : "") == 0 &&
	    strcmp(last->perms, c->map ? c->map->perms : "----") == 0) {
		last->end = row.end;
		return NULL;
	}
	if (count == MOST_ROWS)
		return error_new(ERROR_REFUSED, "more than %d ranges",
		                 MOST_ROWS);
	row.name = xstrdup(c->map ? c->map->name : "");
	strcpy(row.perms, c->map ? c->map->perms : "----");
	vec_push(&m->dump->rows, row);
	return NULL;
}

static struct error *unreadable(struct maker *m, struct memory_chunk *c)
{
	if (c->kind == CHUNK_UNMAPPED)
		c->reason = "is not mapped";
	if (!m->indexed)
		return error_fault(c->addr, "can't read memory at 0x%llx: it "
		                   "%s", (unsigned long long)c->addr,
		                   c->reason);
	m->dump->unreadable += c->len;
	return add_row(m, c, DUMP_UNREADABLE);
}

/* Where an address is at the same place of its page in the file. */
static struct error *align(struct maker *m, taddr addr)
{
	uint64_t at = file_out_position(m->file);

	return file_out_skip(m->file, (addr - at) % PAGE);
}

static struct error *put_chunk(struct maker *m, struct memory_chunk *c)
{
	struct dump *d = m->dump;
	bool forced = c->kind == CHUNK_DATA && c->forced;

	if (c->kind == CHUNK_UNMAPPED || c->kind == CHUNK_UNREADABLE)
		return unreadable(m, c);
	if (m->indexed)
		TRY(align(m, c->addr));
	TRY(add_row(m, c, forced ? DUMP_FORCED : DUMP_DATA));
	if (c->kind == CHUNK_ZEROES) {
		d->untouched += c->len;
		return file_out_skip(m->file, c->len);
	}
	d->forced += forced ? c->len : 0;
	d->data += c->len;
	/* The data is where file_out_room said that it goes. */
	file_out_advance(m->file, (size_t)c->len);
	return NULL;
}

static struct error *put_range(struct maker *m, const struct range *range)
{
	struct memory_chunk c;

	memory_stream_seek(m->stream, range->start, range->end);
	for (;;) {
		if (!memory_stream_pending(m->stream)) {
			void *data;
			size_t room;

			TRY(progress_step(&m->progress, m->dump->data));
			TRY(file_out_room(m->file, &data, &room));
			memory_stream_use(m->stream, data, room);
		}
		TRY(memory_stream_next(m->stream, &c));
		if (c.kind == CHUNK_END)
			return NULL;
		if (c.kind == CHUNK_DATA)
			TRY(dump_plan_reserve(&m->plan, m->file, c.addr));
		TRY(put_chunk(m, &c));
	}
}

struct error *dump_raw(struct session *s, const char *path, bool append,
                       const struct range *range, struct dump *dump)
{
	const range_vec ranges = {
		.items = (struct range *)(uintptr_t)range, .len = 1,
	};
	CLEANUP(maker_deinit) struct maker m = { .s = s, .dump = dump };

	TRY(maker_init(&m, path, append, &ranges));
	TRY(put_range(&m, range));
	TRY(file_out_finish(m.file));
	dump->size = file_out_position(m.file);
	return NULL;
}

struct error *dump_indexed(struct session *s, const char *path,
                           const range_vec *ranges, struct dump *dump)
{
	CLEANUP(maker_deinit) struct maker m = {
		.s = s, .dump = dump, .indexed = true,
	};

	TRY(maker_init(&m, path, false, ranges));
	TRY(dump_write_head(m.file));
	for (size_t i = 0; i < ranges->len; i++)
		TRY(put_range(&m, &ranges->items[i]));
	TRY(dump_write_index(m.file, dump));
	TRY(file_out_finish(m.file));
	dump->size = file_out_position(m.file);
	return NULL;
}

static void destroy_file(struct file_out **file)
{
	file_out_destroy(*file);
}

struct error *dump_bytes(struct session *s, const char *path, bool append,
                         const void *data, size_t len)
{
	CLEANUP(destroy_file) struct file_out *f = NULL;

	TRY(open_file(s, path, append, &f));
	TRY(file_out_add(f, data, len));
	return file_out_finish(f);
}

struct error *dump_choose(struct session *s, const struct map_filter *filter,
                          range_vec *ranges)
{
	CLEANUP(memory_stream_destroy) struct memory_stream *stream = NULL;
	const proc_map_vec *maps;

	/* It knows what a core file has, too. */
	TRY(memory_stream_create(s->current->process, 0, &stream));
	maps = memory_stream_maps(stream);
	for (size_t i = 0; i < maps->len; i++) {
		const struct proc_map *m = &maps->items[i];

		if (map_filter_takes(filter, m))
			vec_push(ranges, (struct range){ m->start, m->end });
	}
	if (ranges->len)
		return NULL;
	return error_new(ERROR_NOT_FOUND, "no mapping is such");
}

void dump_deinit(struct dump *dump)
{
	for (size_t i = 0; i < dump->rows.len; i++)
		free(dump->rows.items[i].name);
	vec_deinit(&dump->rows);
}
