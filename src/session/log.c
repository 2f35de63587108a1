/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The log of calls: a ring of the last ones, whether anybody saw them or not.
 * A call that nobody saw is kept as numbers; its text is made when it is
 * looked at, from what can still be told without the memory of then.
 */
#include "session/internal.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

struct log_entry {
	uint64_t index;             /* 0: free */
	pid_t tid;
	unsigned process, thread;   /* their numbers */
	struct syscall_made made;
	bool finished;
	bool skipped, faked;
	bool changed;               /* another call, or other arguments, than
	                             * the program's own */
	int64_t result;
	double seconds;
	char *args_text;            /* as it was shown, or NULL */
	char *result_text;
};

struct call_log {
	struct log_entry *ring;
	size_t size;
	uint64_t last_index;
};

struct call_log *call_log_create(size_t size)
{
	struct call_log *log = xcalloc(1, sizeof(*log));

	log->size = size ? size : 1;
	log->ring = xcalloc(log->size, sizeof(*log->ring));
	return log;
}

static void entry_clear(struct log_entry *e)
{
	free(e->args_text);
	free(e->result_text);
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
static struct log_entry *entry_at(struct call_log *log, uint64_t index)
{
	struct log_entry *e = &log->ring[index % log->size];

	return index && e->index == index ? e : NULL;
}

void call_log_enter(struct session *s, struct thread *t, struct call *call)
{
	struct call_log *log = s->log;
	struct log_entry *e = &log->ring[++log->last_index % log->size];

	if (e->args_text || e->result_text)
		entry_clear(e);
	*e = (struct log_entry){
		.index = log->last_index,
		.tid = t->tid,
		.process = t->process->number,
		.thread = t->number,
		.made = call->made,
	};
	call->log_index = e->index;
}

void call_log_leave(struct session *s, struct thread *t, struct call *call,
                    double seconds)
{
	struct log_entry *e = entry_at(s->log, call->log_index);

	(void)t;
	if (!e)
		return;
	e->finished = true;
	e->result = call->result;
	e->seconds = seconds;
	e->skipped = call->plan.fate == FATE_SKIP;
	e->faked = call->plan.has_result && !e->skipped;
}

void call_log_change(struct session *s, struct call *call,
                     const struct syscall_view *view, const char *args)
{
	struct log_entry *e = entry_at(s->log, call->log_index);

	if (!e)
		return;
	e->made.nr = view->nr;
	memcpy(e->made.args, view->args, sizeof(e->made.args));
	e->changed = true;
	free(e->args_text);
	e->args_text = xstrndup(args, 4096);
}

static void keep(char **text, const char *new_text)
{
	if (!new_text)
		return;
	free(*text);
	*text = xstrndup(new_text, 4096);
}

void call_log_keep_text(struct session *s, struct call *call,
                        const char *args, const char *result)
{
	struct log_entry *e = entry_at(s->log, call->log_index);

	if (!e)
		return;
	keep(&e->args_text, args);
	keep(&e->result_text, result);
	e->result = call->result;
	e->faked = call->plan.has_result && !e->skipped;
}

/* Without memory: pointers stay numbers. */
static void entry_decode(const struct log_entry *e, struct syscall_view *view,
                         struct buf *args, struct buf *result)
{
	struct decode_context c = {
		.call = view,
		.phase = DECODE_ENTRY,
		.result = e->result,
	};

	if (e->args_text)
		buf_puts(args, e->args_text);
	else
		decode_args(&c, args);
	if (e->result_text)
		buf_puts(result, e->result_text);
	else if (e->finished)
		decode_result(&c, result);
}

static void entry_show(struct session *s, const struct log_entry *e,
                       const struct syscall_view *shown)
{
	struct syscall_view view = *shown;
	struct out *o = s->out;
	char label[24];
	AUTO_BUF struct buf args = { 0 }, result = { 0 };

	snprintf(label, sizeof(label), "%u.%u", e->process, e->thread);
	buf_init(&args);
	buf_init(&result);
	entry_decode(e, &view, &args, &result);
	out_begin(o, "call");
	out_hidden_str(o, "thread", label);
	out_hidden_str(o, "abi", arch_abi(e->made.abi)->name);
	out_hidden_uint(o, "nr", view.nr);
	out_hidden_bool(o, "finished", e->finished);
	out_hidden_bool(o, "skipped", e->skipped);
	out_hidden_bool(o, "faked", e->faked);
	out_hidden_bool(o, "changed", e->changed);
	out_uint(o, "index", ROLE_DIM, e->index, "%6llu ",
	         (unsigned long long)e->index);
	out_int(o, "tid", ROLE_NUMBER, e->tid, "%-7d ", (int)e->tid);
	out_str(o, "name", ROLE_NAME, view.name);
	out_text(o, ROLE_PLAIN, "(");
	out_str(o, "args", ROLE_PLAIN, args.data);
	out_text(o, ROLE_PLAIN, ")");
	if (e->finished) {
		out_text(o, ROLE_PLAIN, " = ");
		out_hidden_int(o, "value", e->result);
		out_str(o, "result",
		        arch_is_error(e->result) ? ROLE_ERROR : ROLE_GOOD,
		        result.data);
		if (e->skipped || e->faked)
			out_text(o, ROLE_WARNING, e->skipped ? " (skipped)"
			                                     : " (faked)");
		if (e->changed)
			out_text(o, ROLE_WARNING, " (changed)");
		out_text(o, ROLE_DIM, "  %.6f s", e->seconds);
		out_hidden_uint(o, "nanoseconds",
		                (uint64_t)(e->seconds * 1e9));
	} else {
		out_text(o, ROLE_DIM, " ...");
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

struct error *call_log_show(struct session *s, size_t count,
                            const struct syscall_set *set)
{
	struct call_log *log = s->log;
	VEC(const struct log_entry *) found = { 0 };
	struct syscall_view view;

	for (uint64_t i = log->last_index; i && found.len < count; i--) {
		const struct log_entry *e = entry_at(log, i);

		if (!e)
			break;
		syscall_resolve(&e->made, NULL, &view);
		if (!set || syscall_set_has(set, &view))
			vec_push(&found, e);
	}
	if (!found.len)
		out_message(s->out, "note", ROLE_PLAIN,
		            log->last_index ? "no such calls in the log"
		                            : "no calls have been seen");
	for (size_t i = found.len; i-- > 0;) {
		syscall_resolve(&found.items[i]->made, NULL, &view);
		entry_show(s, found.items[i], &view);
	}
	vec_deinit(&found);
	return NULL;
}
