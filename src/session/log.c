/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of calls: a ring of the last ones, whether anybody saw them or not.
 * A call that nobody saw is kept as numbers; its text is made when it is
 * looked at, from what can still be told without the memory of then.  Of those
 * that were shown, and of as many as somebody asked for, the text of each
 * argument is kept as it was then.
 */
#include "session/log_internal.h"

#include "base/alloc.h"

#include <string.h>

enum { MAX_TEXT = 4096 };

struct call_log *call_log_create(size_t size)
{
	struct call_log *log = xcalloc(1, sizeof(*log));

	log->size = size ? size : 1;
	log->ring = xcalloc(log->size, sizeof(*log->ring));
	return log;
}

static void forget_texts(struct log_entry *e)
{
	for (unsigned i = 0; i < SYSCALL_ARGS; i++)
		free(e->values[i]);
	free(e->result_text);
}

static void entry_clear(struct log_entry *e)
{
	forget_texts(e);
	*e = (struct log_entry){ 0 };
}

void call_log_destroy(struct call_log *log)
{
	if (!log)
		return;
	for (size_t i = 0; i < log->size; i++)
		entry_clear(&log->ring[i]);
	free(log->ring);
	free(log);
}

void call_log_resize(struct call_log *log, size_t size)
{
	struct log_entry *ring = xcalloc(size, sizeof(*ring));
	uint64_t oldest = log->last_index > size ? log->last_index - size : 0;

	for (size_t i = 0; i < log->size; i++) {
		struct log_entry *e = &log->ring[i];

		if (e->index > oldest)
			ring[e->index % size] = *e;
		else
			entry_clear(e);
	}
	free(log->ring);
	log->ring = ring;
	log->size = size;
}

/* NULL where it has been written over. */
const struct log_entry *log_entry_at(const struct call_log *log,
                                     uint64_t index)
{
	const struct log_entry *e = &log->ring[index % log->size];

	return index && e->index == index ? e : NULL;
}

static struct log_entry *entry_of(struct session *s, const struct call *call)
{
	struct log_entry *e = &s->log->ring[call->log_index % s->log->size];

	return call->log_index && e->index == call->log_index ? e : NULL;
}

uint64_t call_log_last(const struct session *s)
{
	return s->log->last_index;
}

void call_log_decode_next(struct session *s, unsigned count, unsigned most)
{
	unsigned sum = s->log->to_decode + count;

	s->log->to_decode = sum < most ? sum : most;
}

static void keep_result(struct log_entry *e, const struct decode_context *c)
{
	struct buf text;

	buf_init(&text);
	if (c->strace)
		decode_outcome(c, &text);
	else
		decode_result(c, &text);
	free(e->result_text);
	e->result_text = xstrndup(text.data, MAX_TEXT);
	buf_deinit(&text);
}

/* At the exit only what the kernel wrote is news. */
static bool is_news(const struct log_entry *e, const struct decode_context *c,
                    unsigned index)
{
	return c->phase == DECODE_ENTRY || !e->has_values ||
	       (c->call->desc->args[index].direction & ARG_OUT &&
	        !arch_is_error(c->result));
}

static void keep_values(struct log_entry *e, const struct decode_context *c)
{
	const struct syscall_desc *desc = c->call->desc;
	AUTO_BUF struct buf text = { 0 };

	if (!desc || desc->traits & CALL_RESTART)
		return;
	buf_init(&text);
	for (unsigned i = 0; i < desc->nargs; i++) {
		if (!is_news(e, c, i))
			continue;
		buf_reset(&text);
		decode_arg(c, i, &text);
		free(e->values[i]);
		e->values[i] = xstrndup(text.data, MAX_TEXT);
		if (decode_arg_hidden(c, i))
			e->hidden |= 1u << i;
		else
			e->hidden &= ~(1u << i);
	}
	e->has_values = true;
}

static void keep_text(struct session *s, struct thread *t, struct call *call,
                      struct log_entry *e)
{
	struct syscall_view view;
	struct decode_context c;

	call_effective(call, t, &view);
	call_decode_context(s, t, &view, &c);
	keep_values(e, &c);
	if (c.phase == DECODE_EXIT)
		keep_result(e, &c);
}

void call_log_enter(struct session *s, struct thread *t, struct call *call)
{
	struct call_log *log = s->log;
	struct log_entry *e = &log->ring[++log->last_index % log->size];

	if (e->has_values || e->result_text)
		forget_texts(e);
	*e = (struct log_entry){
		.index = log->last_index,
		.pid = t->process->pid,
		.tid = t->tid,
		.process = t->process->number,
		.thread = t->number,
		.made = call->made,
	};
	call->log_index = e->index;
	if (log->to_decode) {
		log->to_decode--;
		keep_text(s, t, call, e);
	}
}

static void note_result(struct log_entry *e, const struct call *call)
{
	e->result = call->result;
	e->skipped = call->plan.fate == FATE_SKIP;
	e->faked = call->plan.has_result && !e->skipped;
}

void call_log_leave(struct session *s, struct thread *t, struct call *call,
                    double seconds)
{
	struct log_entry *e = entry_of(s, call);

	if (!e)
		return;
	e->finished = true;
	e->seconds = seconds;
	note_result(e, call);
	/* Whose entry was decoded. */
	if (e->has_values)
		keep_text(s, t, call, e);
}

void call_log_change(struct session *s, struct thread *t, struct call *call)
{
	struct log_entry *e = entry_of(s, call);
	struct syscall_view view;

	if (!e)
		return;
	call_effective(call, t, &view);
	e->made.nr = view.nr;
	memcpy(e->made.args, view.args, sizeof(e->made.args));
	e->changed = true;
	e->has_values = false;
	keep_text(s, t, call, e);
}

void call_log_shown(struct session *s, struct thread *t, struct call *call)
{
	struct log_entry *e = entry_of(s, call);

	if (!e)
		return;
	keep_text(s, t, call, e);
	if (e->finished)
		note_result(e, call);
}
