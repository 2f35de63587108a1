/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of traces: strace's, to the letter. */
#include "session/trace_internal.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct trace_call *trace_call_of(struct thread *t)
{
	struct thread_info *info = thread_info(t);

	if (!info->trace) {
		info->trace = xcalloc(1, sizeof(*info->trace));
		buf_init(&info->trace->text);
	}
	return info->trace;
}

void trace_call_destroy(struct trace_call *tc)
{
	if (!tc)
		return;
	buf_deinit(&tc->text);
	free(tc);
}

bool trace_sees(const struct trace_call *tc)
{
	return tc && tc->active && (tc->sinks || tc->undecided);
}

/* ---- what goes before a line ---- */

static void put_relative(struct trace_sink *sink, const struct timespec *now)
{
	int64_t us = 0;
	char text[40];

	if (sink->last.tv_sec)
		us = (now->tv_sec - sink->last.tv_sec) * 1000000ll +
		     (now->tv_nsec - sink->last.tv_nsec) / 1000;
	sink->last = *now;
	if (us < 0)
		us = 0;
	snprintf(text, sizeof(text), "%6lld.%06lld ", (long long)us / 1000000,
	         (long long)us % 1000000);
	sink_puts(sink, text);
}

static void put_time(const struct session *s, struct trace_sink *sink)
{
	enum trace_time how = (enum trace_time)s->settings.trace_time;
	struct timespec now;
	char text[64] = "";
	struct tm tm;

	if (how == TRACE_TIME_OFF)
		return;
	clock_gettime(how == TRACE_TIME_RELATIVE ? CLOCK_MONOTONIC
	                                         : CLOCK_REALTIME, &now);
	if (how == TRACE_TIME_RELATIVE) {
		put_relative(sink, &now);
		return;
	}
	if (how == TRACE_TIME_EPOCH)
		snprintf(text, sizeof(text), "%lld", (long long)now.tv_sec);
	else if (localtime_r(&now.tv_sec, &tm))
		strftime(text, sizeof(text), "%T", &tm);
	sink_puts(sink, text);
	if (how != TRACE_TIME_SECONDS) {
		snprintf(text, sizeof(text), ".%06ld", now.tv_nsec / 1000);
		sink_puts(sink, text);
	}
	sink_puts(sink, " ");
}

/* Who is speaking; in a file always, to the user where there are several. */
static void lead(const struct session *s, struct trace_sink *sink,
                 const struct thread *t)
{
	char text[32];

	sink_break(sink, 0);
	sink->open = t->tid;
	if (sink->path)
		snprintf(text, sizeof(text), "%-5d ", (int)t->tid);
	else
		snprintf(text, sizeof(text), "[pid %5d] ", (int)t->tid);
	if (sink->path || s->target->threads.len > 1)
		sink_puts(sink, text);
	put_time(s, sink);
}

/* ---- calls ---- */

static void context(struct session *s, struct thread *t,
                    const struct syscall_view *view,
                    struct decode_context *c)
{
	call_decode_context(s, t, view, c);
	memory_window_begin(&s->traces.window, &t->process->memory);
	c->memory = &s->traces.window.memory;
	c->phase = DECODE_ENTRY;
	c->strace = s->settings.style != STYLE_SCDB;
	if (!s->settings.trace_paths)
		thread_info(t)->host.fd_text = NULL;
}

/* What is called; where it is another call that goes on, by its own name. */
static void resolve(struct thread *t, const struct call *call,
                    struct syscall_view *view)
{
	const struct target_call *made = &t->stop.call;
	struct syscall_made own = { .abi = made->abi, .nr = made->nr };

	if (call && call->made.abi == made->abi && call->made.nr == made->nr) {
		*view = call->view;
		return;
	}
	memcpy(own.args, made->args, sizeof(own.args));
	syscall_resolve(&own, &t->process->memory, view);
}

static void each_beginning(struct session *s, struct thread *t,
                           const struct trace_call *tc)
{
	for (size_t i = 0; i < s->traces.sinks.len; i++) {
		struct trace_sink *sink = s->traces.sinks.items[i];

		if (!(tc->sinks & (1u << i)) || sink->records)
			continue;
		lead(s, sink, t);
		sink_add(sink, tc->text.data, tc->text.len);
	}
}

/* What the entry tells, as text; CALL: the one that goes on with it, or NULL. */
static void begin_text(struct session *s, struct thread *t,
                       struct trace_call *tc, const struct call *call)
{
	struct decode_context c;

	context(s, t, &tc->view, &c);
	c.sp = t->stop.sp;
	if (call && call->made.nr != t->stop.call.nr)
		c.resumed = call->view.name;
	buf_reset(&tc->text);
	tc->parts.names = s->settings.style == STYLE_SCDB;
	decode_begin(&c, &tc->parts, &tc->text);
}

static void note_times(const struct session *s, struct trace_call *tc)
{
	if (s->settings.trace_duration || tc->counting)
		clock_gettime(CLOCK_MONOTONIC, &tc->entered);
	if (s->settings.trace_time != TRACE_TIME_OFF)
		clock_gettime(CLOCK_REALTIME, &tc->began);
}

void trace_entry(struct session *s, struct thread *t)
{
	struct trace_call *tc;

	if (!s->traces.count)
		return;
	tc = trace_call_of(t);
	resolve(t, call_current(t), &tc->view);
	trace_choose(s, t, tc);
	note_times(s, tc);
	if (!tc->sinks && !tc->undecided)
		return;
	begin_text(s, t, tc, call_current(t));
	each_beginning(s, t, tc);
}

/* The thread's line goes on: its own open one, or a new one. */
static void resume(struct session *s, struct trace_sink *sink,
                   const struct thread *t, const struct trace_call *tc,
                   bool begun)
{
	if (sink->open == t->tid)
		return;
	lead(s, sink, t);
	if (begun) {
		sink_puts(sink, "<... ");
		sink_puts(sink, tc->view.name);
		sink_puts(sink, " resumed>");
	} else {
		sink_add(sink, tc->text.data, tc->text.len);
	}
}

static int64_t nanoseconds(const struct trace_call *tc)
{
	struct timespec now;

	if (!tc->entered.tv_sec)
		return 0;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - tc->entered.tv_sec) * 1000000000ll +
	       now.tv_nsec - tc->entered.tv_nsec;
}

/* The outcome alone is said in a record, and its time beside it. */
static void put_outcome(const struct session *s, struct trace_sink *sink,
                        const struct trace_end *e)
{
	char text[40];

	sink_puts(sink, e->outcome);
	if (!e->result || !s->settings.trace_duration)
		return;
	snprintf(text, sizeof(text), " <%lld.%06lld>",
	         (long long)e->ns / 1000000000,
	         (long long)e->ns % 1000000000 / 1000);
	sink_puts(sink, text);
}

static void each_end(struct session *s, struct thread *t,
                     struct trace_call *tc, const struct trace_end *e)
{
	for (size_t i = 0; i < s->traces.sinks.len; i++) {
		struct trace_sink *sink = s->traces.sinks.items[i];

		if (!(tc->sinks & (1u << i)))
			continue;
		if (!sink->records) {
			resume(s, sink, t, tc, e->begun & (1u << i));
			sink_add(sink, e->rest->data, e->rest->len);
			sink_puts(sink, ")");
			sink_tab(sink);
			sink_puts(sink, "= ");
			put_outcome(s, sink, e);
			sink_end(sink);
		}
		if (sink->records || !sink->path)
			trace_emit_call(s, sink, t, tc, e);
	}
}

static void write_end(struct session *s, struct thread *t,
                      struct trace_call *tc, struct trace_end *e, bool changed)
{
	const struct call *call = call_current(t);
	AUTO_BUF struct buf outcome = { 0 };
	size_t at = tc->text.len;
	struct decode_context c;
	struct buf rest;

	context(s, t, &tc->view, &c);
	c.phase = DECODE_EXIT;
	c.result = *e->result;
	if (call) {
		c.has_length_before = call->has_length_before;
		c.length_before = call->length_before;
	}
	buf_init(&outcome);
	decode_rest(&c, &tc->parts, &tc->text);
	if (s->settings.style == STYLE_SCDB)
		decode_result(&c, &outcome);
	else
		decode_outcome(&c, &outcome);
	if (changed)
		buf_puts(&outcome, " (INJECTED)");
	rest = (struct buf){ .data = tc->text.data + at,
	                     .len = tc->text.len - at };
	e->rest = &rest;
	e->outcome = outcome.data;
	each_end(s, t, tc, e);
}

void trace_exit(struct session *s, struct thread *t, int64_t result,
                bool changed)
{
	struct trace_call *tc = thread_info(t)->trace;
	struct trace_end e = { .result = &result };

	if (!tc || !tc->active)
		return;
	tc->active = false;
	e.ns = nanoseconds(tc);
	e.begun = tc->sinks;
	if (tc->undecided)
		trace_decide(s, t, tc);
	if (tc->counting)
		trace_count(s, &tc->view, result, e.ns);
	if (tc->sinks)
		write_end(s, t, tc, &e, changed);
}

/* ---- what else happens ---- */

static void each_event(struct session *s, struct thread *t,
                       const struct trace_event *event)
{
	for (size_t i = 0; i < s->traces.sinks.len; i++) {
		struct trace_sink *sink = s->traces.sinks.items[i];

		if (!sink->users)
			continue;
		if (!sink->records) {
			lead(s, sink, t);
			sink_puts(sink, event->text);
			sink_end(sink);
		}
		if (sink->records || !sink->path)
			trace_emit_event(s, sink, t, event);
	}
}

void trace_signal(struct session *s, struct thread *t)
{
	struct trace_event event = { .name = "signal" };
	AUTO_BUF struct buf text = { 0 };
	char name[16];

	if (!s->traces.count)
		return;
	buf_init(&text);
	event.signal = signal_name(t->stop.signal, name);
	buf_printf(&text, "--- %s ", event.signal);
	decode_siginfo(&t->stop.siginfo, &text);
	buf_puts(&text, " ---");
	event.text = text.data;
	each_event(s, t, &event);
}

void trace_group_stop(struct session *s, struct thread *t)
{
	struct trace_event event = { .name = "stop" };
	char text[48], name[16];

	if (!s->traces.count)
		return;
	event.signal = signal_name(t->stop.signal, name);
	event.text = text;
	snprintf(text, sizeof(text), "--- stopped by %s ---", event.signal);
	each_event(s, t, &event);
}

/* A call that never comes back: "exit_group(0) = ?". */
static void end_in_call(struct session *s, struct thread *t,
                        struct trace_call *tc)
{
	AUTO_BUF struct buf rest = { 0 };

	tc->active = false;
	buf_init(&rest);
	if (tc->view.desc && tc->parts.next < tc->view.desc->nargs)
		buf_puts(&rest, " <unfinished ...>");
	if (tc->sinks)
		each_end(s, t, tc, &(struct trace_end){
			.begun = tc->sinks, .rest = &rest, .outcome = "?" });
}

void trace_death(struct session *s, struct thread *t)
{
	struct trace_call *tc = thread_info(t)->trace;
	const struct stop *stop = &t->stop;
	struct trace_event event = { .name = "exit" };
	char text[80], name[16];

	if (!s->traces.count)
		return;
	if (tc && tc->active)
		end_in_call(s, t, tc);
	event.text = text;
	if (stop->reasons & STOP_EXITED) {
		event.status = &stop->exit_status;
		snprintf(text, sizeof(text), "+++ exited with %d +++",
		         stop->exit_status);
	} else {
		event.signal = signal_name(stop->signal, name);
		snprintf(text, sizeof(text), "+++ killed by %s%s +++",
		         event.signal,
		         stop->core_dumped ? " (core dumped)" : "");
	}
	each_event(s, t, &event);
}

void trace_exec(struct session *s, struct thread *t)
{
	pid_t former = t->stop.former_tid;
	char text[80];

	if (!s->traces.count || former == t->tid)
		return;
	snprintf(text, sizeof(text), "+++ superseded by execve in pid %d +++",
	         (int)former);
	each_event(s, t, &(struct trace_event){ .name = "exec",
	                                        .text = text });
}

void trace_launching(struct session *s, struct thread *t)
{
	struct syscall_view view;
	struct trace_call *tc;

	resolve(t, NULL, &view);
	if (!view.desc || strcmp(view.desc->name, "execve") != 0)
		return;
	tc = trace_call_of(t);
	tc->view = view;
	trace_choose(s, t, tc);
	note_times(s, tc);
	begin_text(s, t, tc, NULL);
}

void trace_launched(struct session *s, struct thread *t)
{
	const struct buf none = { .data = (char[]){ "" } };
	struct trace_call *tc = thread_info(t)->trace;
	int64_t result = 0;
	struct trace_end e = { .rest = &none, .outcome = "0",
	                       .result = &result };

	if (!tc || !tc->active)
		return;
	tc->active = false;
	e.ns = nanoseconds(tc);
	if (tc->counting)
		trace_count(s, &tc->view, result, e.ns);
	each_end(s, t, tc, &e);
}

void trace_leave(struct session *s, struct thread *t)
{
	struct thread_info *info = t->user;

	for (size_t i = 0; i < s->traces.sinks.len; i++) {
		struct trace_sink *sink = s->traces.sinks.items[i];

		if (sink->open != t->tid)
			continue;
		sink_puts(sink, " <detached ...>");
		sink_end(sink);
		trace_emit_rest(s, sink);
	}
	if (info && info->trace)
		info->trace->active = false;
}

/* The program goes on without. */
static void give_up(struct session *s, struct trace_sink *sink)
{
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "warning: %s can't be written any more: %s; the traces to "
	            "it end", sink->path, strerrordesc_np(sink->errnum));
	output_end(s);
	trace_end_sink(s, sink);
}

void trace_give_up(struct session *s)
{
	for (size_t i = 0; i < s->traces.sinks.len; i++) {
		struct trace_sink *sink = s->traces.sinks.items[i];

		if (sink->errnum && sink->users)
			give_up(s, sink);
	}
}

void trace_flush(struct session *s)
{
	for (size_t i = 0; i < s->traces.sinks.len; i++)
		sink_flush(s->traces.sinks.items[i]);
	trace_give_up(s);
}

void trace_before_stop(struct session *s)
{
	for (size_t i = 0; i < s->traces.sinks.len; i++) {
		struct trace_sink *sink = s->traces.sinks.items[i];

		if (sink->path)
			continue;
		sink_break(sink, 0);
		trace_emit_rest(s, sink);
	}
	trace_flush(s);
}
