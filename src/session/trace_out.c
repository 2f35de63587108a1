/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traces that go to the user: lines for people, records for programs. */
#include "session/trace_internal.h"

#include <string.h>

static void begin(struct session *s, const struct thread *t,
                  const char *event)
{
	struct out *o = s->out;
	char label[24];

	output_begin(s);
	session_thread_label(s, t, label);
	out_begin(o, "traced");
	out_hidden_str(o, "event", event);
	out_hidden_str(o, "thread", label);
	out_hidden_int(o, "tid", t->tid);
	out_hidden_int(o, "pid", t->process->pid);
}

/* The lines come as they are: all in them is ASCII. */
static void end(struct session *s, struct trace_sink *sink)
{
	out_text(s->out, ROLE_PLAIN, "%s", sink->data.data);
	out_end(s->out);
	output_end(s);
	buf_reset(&sink->data);
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
                     const int64_t *result, const char *outcome)
{
	struct out *o = s->out;

	begin(s, t, "call");
	out_hidden_str(o, "call", tc->view.name);
	out_hidden_uint(o, "nr", tc->view.nr);
	out_hidden_str(o, "abi", arch_abi(tc->view.abi)->name);
	put_args(o, tc);
	out_hidden_str(o, "result", outcome);
	if (result)
		out_hidden_int(o, "value", *result);
	end(s, sink);
}

void trace_emit_event(struct session *s, struct trace_sink *sink,
                      const struct thread *t, const char *event,
                      const char *text)
{
	begin(s, t, event);
	out_hidden_str(s->out, "text", text);
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
