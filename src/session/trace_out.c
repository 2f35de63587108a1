/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traces that go to the user: lines for people, records for programs. */
#include "session/trace_internal.h"

#include <string.h>
#include <time.h>

/* A file of records has nothing to do with what the user sees. */
static struct out *begin(struct session *s, struct trace_sink *sink,
                         const struct thread *t, const char *event)
{
	struct out *o = sink->records ? sink->records : s->out;
	char label[24];

	if (!sink->records)
		output_begin(s);
	session_thread_label(s, t, label);
	out_begin(o, "traced");
	out_hidden_str(o, "event", event);
	out_hidden_str(o, "thread", label);
	out_hidden_int(o, "tid", t->tid);
	out_hidden_int(o, "pid", t->process->pid);
	return o;
}

/* The lines come as they are: all in them is ASCII. */
static void end(struct session *s, struct trace_sink *sink)
{
	if (sink->records) {
		out_end(sink->records);
		sink_grown(sink);
		return;
	}
	out_text(s->out, ROLE_PLAIN, "%s", sink->data.data);
	out_end(s->out);
	output_end(s);
	buf_reset(&sink->data);
}

/* Microseconds since 1970. */
static void put_time(const struct session *s, struct out *o,
                     const struct timespec *at)
{
	if (s->settings.trace_time != TRACE_TIME_OFF)
		out_hidden_int(o, "time", at->tv_sec * 1000000ll +
		               at->tv_nsec / 1000);
}

static void put_args(struct out *o, const struct trace_call *tc)
{
	const struct syscall_desc *desc = tc->view.desc;
	unsigned count = desc ? desc->nargs : SYSCALL_ARGS;

	out_list_begin(o, "args");
	for (unsigned i = 0; i < count; i++) {
		const char *text = tc->text.data + tc->parts.starts[i];
		AUTO_BUF struct buf value = { 0 };

		if (!tc->parts.starts[i])
			continue;
		buf_init(&value);
		buf_add(&value, text,
		        tc->parts.ends[i] - tc->parts.starts[i]);
		out_begin(o, "argument");
		if (desc)
			out_hidden_str(o, "name", desc->args[i].name);
		else
			out_hidden_str(o, "name", (char[]){ (char)('0' + i), 0 });
		out_hidden_word(o, "raw", tc->view.args[i]);
		out_hidden_str(o, "value", value.data);
		out_end(o);
	}
	out_list_end(o);
}

void trace_emit_call(struct session *s, struct trace_sink *sink,
                     const struct thread *t, const struct trace_call *tc,
                     const struct trace_end *e)
{
	struct out *o = begin(s, sink, t, "call");

	put_time(s, o, &tc->began);
	out_hidden_str(o, "call", tc->view.name);
	out_hidden_uint(o, "nr", tc->view.nr);
	out_hidden_str(o, "abi", arch_abi(tc->view.abi)->name);
	put_args(o, tc);
	out_hidden_str(o, "result", e->outcome);
	if (e->result)
		out_hidden_int(o, "value", *e->result);
	if (e->result && s->settings.trace_duration)
		out_hidden_int(o, "nanoseconds", e->ns);
	end(s, sink);
}

void trace_emit_event(struct session *s, struct trace_sink *sink,
                      const struct thread *t, const struct trace_event *e)
{
	struct out *o = begin(s, sink, t, e->name);
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	put_time(s, o, &now);
	if (e->signal)
		out_hidden_str(o, "signal", e->signal);
	if (e->status)
		out_hidden_int(o, "status", *e->status);
	out_hidden_str(o, "text", e->text);
	end(s, sink);
}

void trace_emit_rest(struct session *s, struct trace_sink *sink)
{
	if (sink->path || !sink->data.len)
		return;
	output_begin(s);
	out_text(s->out, ROLE_PLAIN, "%s", sink->data.data);
	output_end(s);
	buf_reset(&sink->data);
}
