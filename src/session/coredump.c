/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/coredump.h"

#include "session/dump_internal.h"
#include "session/internal.h"
#include "session/progress.h"
#include "session/sites.h"

#include "base/alloc.h"
#include "base/file_out.h"
#include "target/coredump.h"
#include "target/coredump_note.h"
#include "target/stream.h"

#include <string.h>

enum {
	PAGE = 4096, NOTE_ALIGN = 4,
	/* core(5): what the kernel begins with. */
	COREDUMP_FILTER = 0x33,
};

/* A core that is being written. */
struct coredump {
	struct session *s;
	struct process *p;
	enum abi abi;
	VEC(struct thread *) threads;   /* the first one is the one that counts */
	coredump_part_vec parts;
	coredump_range_vec own;
	coredump_left_vec left;
	struct memory_stream *stream;
	struct dump_plan plan;
	struct progress progress;
	struct file_out *file;
	uint64_t note_size;
	struct coredump_result result;
};

static void coredump_deinit(struct coredump *c)
{
	progress_end(&c->progress);
	vec_deinit(&c->threads);
	vec_deinit(&c->parts);
	vec_deinit(&c->own);
	vec_deinit(&c->left);
	memory_stream_destroy(&c->stream);
	dump_plan_deinit(&c->plan);
	file_out_destroy(c->file);
}

static bool is_interrupted(const struct session *s)
{
	return s->hooks.interrupted && s->hooks.interrupted(s->hooks.ctx);
}

/* Threads. */

/*
 * What a core says that the process was stopped by: T's signal.  All threads
 * have it, as in the kernel's, since readers take that of any.
 */
static int signal_of(const struct thread *t)
{
	if (t->stop.reasons & STOP_SIGNAL)
		return t->stop.signal;
	return t->stop.reasons & (STOP_TRAP | STOP_STEPPED | STOP_DEBUG)
	       ? SIGTRAP : 0;
}

/* Debuggers select the first: the current thread, or one that got a signal. */
static bool comes_first(const struct coredump *c, const struct thread *t)
{
	const struct thread *first = c->threads.len ? c->threads.items[0]
	                                            : NULL;

	if (!first || t == c->s->current)
		return true;
	return first != c->s->current && t->stop.reasons & STOP_SIGNAL &&
	       !(first->stop.reasons & STOP_SIGNAL);
}

static struct error *find_threads(struct coredump *c)
{
	for (size_t i = 0; i < c->p->threads.len; i++) {
		struct thread *t = c->p->threads.items[i];

		if (t->state == THREAD_STOPPED) {
			bool first = comes_first(c, t);

			vec_push(&c->threads, t);
			if (first) {
				memmove(c->threads.items + 1, c->threads.items,
				        (c->threads.len - 1) *
				        sizeof(*c->threads.items));
				c->threads.items[0] = t;
			}
		} else if (t->state != THREAD_ZOMBIE &&
		           t->state != THREAD_GONE) {
			c->result.missing++;
		}
	}
	c->result.threads = c->threads.len;
	if (!c->threads.len)
		return error_new(ERROR_REFUSED, "no thread of process %d can "
		                 "be stopped now", (int)c->p->pid);
	return NULL;
}

/* Notes: once to count their bytes, once to write them. */

static struct error *take_notes(struct coredump *c, struct buf *notes,
                                bool write)
{
	if (write)
		TRY(file_out_add(c->file, notes->data, notes->len));
	else
		c->note_size += notes->len;
	buf_reset(notes);
	return NULL;
}

/* What other debuggers don't read. */
static void add_own_notes(const struct coredump *c, struct buf *notes)
{
	AUTO_BUF struct buf names = { 0 };

	buf_init(&names);
	for (size_t i = 0; i < c->threads.len; i++)
		coredump_name_add(c->threads.items[i], &names);
	coredump_note(notes, "SCDB", COREDUMP_NAMES, names.data, names.len);
	if (c->left.len)
		coredump_note(notes, "SCDB", COREDUMP_LEFT_OUT, c->left.items,
		              c->left.len * sizeof(*c->left.items));
}

static struct error *each_note(struct coredump *c, bool write)
{
	const int signal = signal_of(c->threads.items[0]);
	AUTO_BUF struct buf notes = { 0 }, shared = { 0 };

	buf_init(&notes);
	buf_init(&shared);
	TRY(coredump_process_notes(c->threads.items[0], c->abi,
	                           memory_stream_maps(c->stream), &shared));
	for (size_t i = 0; i < c->threads.len; i++) {
		struct thread *t = c->threads.items[i];

		if (is_interrupted(c->s))
			return error_new(ERROR_INTERRUPTED, "interrupted");
		TRY(coredump_thread_notes(t, c->abi, signal,
		                          i ? NULL : &shared, &notes));
		TRY(take_notes(c, &notes, write));
	}
	coredump_last_notes(&notes);
	add_own_notes(c, &notes);
	return take_notes(c, &notes, write);
}

/* Memory. */

static void own_range(struct coredump *c, taddr start, uint64_t len)
{
	vec_push(&c->own, (struct coredump_range){ start, start + len });
}

/* Slots, and the memory for data; a child has its parent's slots too. */
static void find_own(struct coredump *c)
{
	const struct process *p = c->p;

	if (target_scratch_at(c->p))
		own_range(c, target_scratch_at(c->p), TARGET_SCRATCH);
	for (size_t depth = 0; p && depth < c->s->target->processes.len;
	     depth++) {
		const struct xol *x = sites_xol(p);

		for (size_t i = 0; x && i < xol_area_count(x); i++) {
			struct xol_area a = xol_area_at(x, i);

			if (!a.lost)
				own_range(c, a.addr, a.len);
		}
		p = p->parent ? target_process(c->s->target, p->parent) : NULL;
	}
}

static bool read_front(void *ctx, taddr addr, void *data, size_t len)
{
	struct process *p = ctx;
	struct error *err = target_read(p, addr, data, len);
	bool read = !err;

	error_destroy(err);
	return read;
}

static struct error *find_memory(struct coredump *c)
{
	const struct settings *set = &c->s->settings;
	pid_t tid = c->threads.items[0]->tid;
	struct coredump_choice choice = {
		.filter = set->use_coredump_filter ? proc_coredump_filter(tid)
		                                   : COREDUMP_FILTER,
		.excluded = set->dump_excluded_mappings,
		.read = read_front,
		.ctx = c->p,
	};
	proc_smap_vec maps = { 0 };
	struct error *err = proc_smaps(tid, &maps);

	if (!err) {
		find_own(c);
		coredump_choose(&maps, &choice, &c->own, &c->parts, &c->left);
	}
	proc_smaps_deinit(&maps);
	return err;
}

/* The file: header, program headers, notes, memory from page to page. */

static uint64_t page_up(uint64_t at)
{
	return (at + PAGE - 1) & ~(uint64_t)(PAGE - 1);
}

static size_t segment_count(const struct coredump *c)
{
	return 1 + c->parts.len;
}

static uint64_t memory_offset(const struct coredump *c)
{
	return page_up(coredump_head_size(c->abi, segment_count(c)) +
	               c->note_size);
}

/* What does not fit into 32 bits of offset is not in the file. */
static void cut_to_format(struct coredump *c)
{
	uint64_t at = memory_offset(c);

	for (size_t i = 0; i < c->parts.len && coredump_is_32(c->abi); i++) {
		struct coredump_part *part = &c->parts.items[i];

		if (at + part->file_size > UINT32_MAX - PAGE) {
			c->result.left_out += part->file_size;
			part->file_size = 0;
		}
		at += part->file_size;
	}
}

static uint64_t end_of_memory(const struct coredump *c)
{
	uint64_t at = memory_offset(c);

	for (size_t i = 0; i < c->parts.len; i++)
		at += c->parts.items[i].file_size;
	return at;
}

static void put_segments(const struct coredump *c, struct buf *b)
{
	uint64_t at = memory_offset(c);
	struct coredump_segment note = {
		.note = true,
		.offset = coredump_head_size(c->abi, segment_count(c)),
		.file_size = c->note_size,
		.align = NOTE_ALIGN,
	};

	coredump_segment(b, c->abi, &note);
	for (size_t i = 0; i < c->parts.len; i++) {
		const struct coredump_part *part = &c->parts.items[i];

		coredump_segment(b, c->abi, &(struct coredump_segment){
			.flags = part->flags,
			.offset = at,
			.addr = part->start,
			.file_size = part->file_size,
			.memory_size = part->end - part->start,
			.align = PAGE,
		});
		at += part->file_size;
	}
}

static struct error *write_head(struct coredump *c)
{
	const size_t count = segment_count(c);
	AUTO_BUF struct buf head = { 0 };
	uint64_t end;

	buf_init(&head);
	coredump_header(&head, c->abi, count, end_of_memory(c));
	put_segments(c, &head);
	TRY(file_out_add(c->file, head.data, head.len));
	TRY(each_note(c, true));
	end = coredump_head_size(c->abi, count) + c->note_size;
	/* A note grew: whoever was to stand did not. */
	if (file_out_position(c->file) != end)
		return error_new(ERROR_GONE, "process %d changed meanwhile",
		                 (int)c->p->pid);
	return file_out_skip(c->file, memory_offset(c) - end);
}

static void note_unreadable(struct coredump_result *r,
                            const struct memory_chunk *chunk)
{
	if (!r->unreadable) {
		r->unreadable_at = chunk->addr;
		r->reason = chunk->kind == CHUNK_UNMAPPED
		            ? "is not mapped any more" : chunk->reason;
	}
	r->unreadable += chunk->len;
}

static struct error *write_chunk(struct coredump *c,
                                 const struct memory_chunk *chunk)
{
	if (chunk->kind != CHUNK_DATA) {
		if (chunk->kind != CHUNK_ZEROES)
			note_unreadable(&c->result, chunk);
		return file_out_skip(c->file, chunk->len);
	}
	TRY(dump_plan_reserve(&c->plan, c->file, chunk->addr));
	c->result.written += chunk->len;
	/* The data is where file_out_room said that it goes. */
	file_out_advance(c->file, (size_t)chunk->len);
	return NULL;
}

static struct error *write_part(struct coredump *c,
                                const struct coredump_part *part)
{
	struct memory_chunk chunk;

	memory_stream_seek(c->stream, part->start,
	                   part->start + part->file_size);
	for (;;) {
		if (!memory_stream_pending(c->stream)) {
			void *data;
			size_t room;

			TRY(progress_step(&c->progress, c->result.written));
			TRY(file_out_room(c->file, &data, &room));
			memory_stream_use(c->stream, data, room);
		}
		TRY(memory_stream_next(c->stream, &chunk));
		if (chunk.kind == CHUNK_END)
			return NULL;
		TRY(write_chunk(c, &chunk));
	}
}

/* How much there will be to write, and where. */
static struct error *make_plan(struct coredump *c)
{
	range_vec ranges = { 0 };
	struct error *err;

	for (size_t i = 0; i < c->parts.len; i++) {
		const struct coredump_part *part = &c->parts.items[i];

		if (part->file_size)
			vec_push(&ranges, (struct range){
				.start = part->start,
				.end = part->start + part->file_size });
	}
	err = dump_plan_make(c->p, memory_stream_maps(c->stream), &ranges,
	                     &c->plan);
	vec_deinit(&ranges);
	return err;
}

static struct error *write_all(struct coredump *c, const char *path)
{
	const struct file_out_options options = {
		.interrupted = c->s->hooks.interrupted,
		.ctx = c->s->hooks.ctx,
	};
	AUTO_BUF struct buf section = { 0 };

	TRY(file_out_create(path, &options, &c->file));
	TRY(file_out_expect(c->file, c->note_size + c->plan.data));
	progress_begin(&c->progress, c->s, "core", c->plan.data);
	TRY(write_head(c));
	for (size_t i = 0; i < c->parts.len; i++)
		if (c->parts.items[i].file_size)
			TRY(write_part(c, &c->parts.items[i]));
	buf_init(&section);
	coredump_section(&section, c->abi, segment_count(c));
	TRY(file_out_add(c->file, section.data, section.len));
	c->result.size = file_out_position(c->file);
	return file_out_finish(c->file);
}

static struct error *coredump(struct coredump *c, const char *path)
{
	c->abi = process_abi(c->p);
	TRY(find_threads(c));
	TRY(find_memory(c));
	TRY(memory_stream_create(c->p, 0, &c->stream));
	TRY(each_note(c, false));
	cut_to_format(c);
	TRY(make_plan(c));
	return write_all(c, path);
}

static bool is_alive(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++) {
		char state = proc_state(p->pid, p->threads.items[i]->tid);

		if (state && state != 'Z' && state != 'X')
			return true;
	}
	return false;
}

struct error *session_coredump(struct session *s, struct process *p,
                               const char *path,
                               struct coredump_result *result)
{
	struct coredump c = { .s = s, .p = p };
	bool ran = session_stand(s);
	struct error *err = coredump(&c, path);

	/* /proc says so in many ways. */
	if (err && err->kind != ERROR_INTERRUPTED && !is_alive(p)) {
		error_destroy(err);
		err = error_new(ERROR_GONE, "process %d is gone", (int)p->pid);
	}
	*result = c.result;
	coredump_deinit(&c);
	if (ran)
		session_go_on_behind(s);
	return err;
}
