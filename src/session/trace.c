/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which traces there are, and which of them want a call. */
#include "session/trace.h"
#include "session/trace_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/frames.h"

#include <string.h>

static void trace_destroy(struct session *s, struct trace *trace)
{
	if (!trace)
		return;
	if (trace->sink && !--trace->sink->users) {
		sink_close(trace->sink);
		trace_emit_rest(s, trace->sink);
	}
	syscall_set_destroy(trace->set);
	expr_destroy(trace->condition);
	free(trace->condition_text);
	free(trace);
}

static struct trace_sink *find_sink(const struct session *s, const char *path)
{
	const struct trace_table *table = &s->traces;

	for (size_t i = 0; i < table->sinks.len; i++) {
		struct trace_sink *sink = table->sinks.items[i];

		if (path ? sink->path && !strcmp(sink->path, path)
		         : !sink->path)
			return sink;
	}
	return NULL;
}

/* A file is written in one format as long as it is open. */
static struct error *choose_format(struct session *s, struct trace_sink *sink)
{
	bool json = sink->path && s->settings.trace_format == TRACE_JSON;

	if (json == (sink->records != NULL))
		return NULL;
	if (sink->users)
		return error_new(ERROR_REFUSED, "a trace writes %s to that "
		                 "file already",
		                 sink->records ? "JSON" : "text");
	if (!json) {
		s->hooks.json_destroy(s->hooks.ctx, sink->records);
		sink->records = NULL;
	} else if (s->hooks.json_create) {
		sink->records = s->hooks.json_create(s->hooks.ctx,
		                                     &sink->data);
	}
	return NULL;
}

static struct error *get_sink(struct session *s, const char *path,
                              struct trace_sink **sink)
{
	*sink = find_sink(s, path);
	if (*sink) {
		TRY(choose_format(s, *sink));
		return sink_reopen(*sink);
	}
	if (s->traces.sinks.len == TRACES_MAX)
		return error_new(ERROR_REFUSED, "no more than %d files",
		                 TRACES_MAX);
	TRY(sink_create(path, s->program.to_stderr, sink));
	vec_push(&s->traces.sinks, *sink);
	return choose_format(s, *sink);
}

/* Whether the user counts something. */
static bool counting(const struct trace_table *table)
{
	for (size_t i = 0; i < TRACES_MAX; i++)
		if (table->traces[i] && !table->traces[i]->sink &&
		    !table->traces[i]->watches)
			return true;
	return false;
}

static void wish_deinit(struct trace_wish *wish)
{
	syscall_set_destroy(wish->set);
	expr_destroy(wish->condition);
	*wish = (struct trace_wish){ 0 };
}

struct error *trace_add(struct session *s, struct trace_wish *wish)
{
	struct trace_table *table = &s->traces;
	const char *file = wish->file ? wish->file : s->settings.trace_file;
	struct trace_sink *sink = NULL;
	struct error *err = NULL;
	unsigned at = 0;

	while (at < TRACES_MAX && table->traces[at])
		at++;
	if (at == TRACES_MAX)
		err = error_new(ERROR_REFUSED, "no more than %d traces: end "
		                "some with `trace off`", TRACES_MAX);
	else if (!wish->counts)
		err = get_sink(s, file, &sink);
	if (err) {
		wish_deinit(wish);
		return err;
	}
	if (wish->counts && !wish->watches) {
		if (!counting(table))
			trace_forget_stats(s);
		table->user_counted = true;
	}
	table->traces[at] = xcalloc(1, sizeof(*table->traces[at]));
	*table->traces[at] = (struct trace){
		.set = wish->set, .condition = wish->condition,
		.condition_text = wish->condition_text
		                  ? xstrdup(wish->condition_text) : NULL,
		.sink = sink, .watches = wish->watches,
	};
	if (sink)
		sink->users++;
	table->count++;
	*wish = (struct trace_wish){ 0 };
	session_calls_changed(s);
	return NULL;
}

/* Nobody waits for the rest of a call's line any more. */
static void forget_trace(struct session *s, unsigned at)
{
	for (size_t i = 0; i < s->target->processes.len; i++) {
		struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			struct thread_info *info =
				thread_info(p->threads.items[k]);

			if (!info->trace)
				continue;
			info->trace->undecided &= ~(1u << at);
			info->trace->counting &= ~(1u << at);
		}
	}
}

static void end_trace(struct session *s, unsigned at)
{
	forget_trace(s, at);
	trace_destroy(s, s->traces.traces[at]);
	s->traces.traces[at] = NULL;
	s->traces.count--;
}

void trace_end_sink(struct session *s, const struct trace_sink *sink)
{
	for (unsigned i = 0; i < TRACES_MAX; i++)
		if (s->traces.traces[i] && s->traces.traces[i]->sink == sink)
			end_trace(s, i);
}

static void end_all(struct session *s)
{
	for (unsigned i = 0; i < TRACES_MAX; i++)
		if (s->traces.traces[i] && !s->traces.traces[i]->watches)
			end_trace(s, i);
}

struct error *trace_off(struct session *s, const char *file)
{
	const struct trace_sink *sink = file ? find_sink(s, file) : NULL;

	if (file && (!sink || !sink->users))
		return error_new(ERROR_NOT_FOUND,
		                 "no trace goes to that file: `trace` lists "
		                 "them");
	trace_flush(s);
	if (file)
		trace_end_sink(s, sink);
	else
		end_all(s);
	return NULL;
}

void trace_watch(struct session *s, struct syscall_set *set)
{
	struct trace_wish wish = { .set = set, .counts = true,
	                           .watches = true };
	struct trace *old = NULL;
	struct error *err;

	for (unsigned i = 0; i < TRACES_MAX; i++) {
		old = s->traces.traces[i];
		if (!old || !old->watches)
			continue;
		if (set && strcmp(syscall_set_text(old->set),
		                  syscall_set_text(set)) == 0) {
			syscall_set_destroy(set);
			return;
		}
		end_trace(s, i);
		session_calls_changed(s);
	}
	if (!set)
		return;
	err = trace_add(s, &wish);
	/* No room: the user has other worries than what goes by. */
	error_destroy(err);
	if (s->run == RUN_FOREGROUND)
		session_ask_again(s);
}

void trace_deinit(struct session *s)
{
	for (unsigned i = 0; i < TRACES_MAX; i++)
		if (s->traces.traces[i])
			end_trace(s, i);
	for (size_t i = 0; i < s->traces.sinks.len; i++) {
		struct trace_sink *sink = s->traces.sinks.items[i];

		if (sink->records)
			s->hooks.json_destroy(s->hooks.ctx, sink->records);
		sink_destroy(sink);
	}
	vec_deinit(&s->traces.sinks);
	trace_forget_stats(s);
}

bool trace_any(const struct session *s)
{
	return s->traces.count != 0;
}

static void list_one(struct session *s, const struct trace *trace)
{
	struct out *o = s->out;

	out_begin(o, "trace");
	out_text(o, ROLE_PLAIN, "trace %s", trace->sink ? "" : "-c ");
	out_hidden_bool(o, "counts", !trace->sink);
	out_str(o, "calls", ROLE_NAME, syscall_set_text(trace->set));
	if (trace->condition_text) {
		out_text(o, ROLE_PLAIN, " if ");
		out_str(o, "condition", ROLE_PLAIN, trace->condition_text);
	}
	if (trace->sink && trace->sink->path) {
		out_text(o, ROLE_PLAIN, " to ");
		out_str(o, "file", ROLE_STRING, trace->sink->path);
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

void trace_list(struct session *s)
{
	bool any = false;

	for (unsigned i = 0; i < TRACES_MAX; i++) {
		const struct trace *trace = s->traces.traces[i];

		if (!trace || trace->watches)
			continue;
		list_one(s, trace);
		any = true;
	}
	if (!any)
		out_message(s->out, "note", ROLE_PLAIN,
		            "nothing is traced");
}

/* Said once of each trace. */
static void complain(struct session *s, struct trace *trace,
                     const struct error *err)
{
	if (trace->complained)
		return;
	trace->complained = true;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "trace %s: its condition: %s (said once)",
	            syscall_set_text(trace->set), err->message);
	output_end(s);
}

/* *KNOWN false: only the exit can tell. */
static bool holds(struct session *s, struct thread *t, struct trace *trace,
                  bool *known)
{
	struct thread *before = s->examined;
	struct error *err;
	bool truth = false;

	*known = true;
	if (!trace->condition)
		return true;
	frames_unselect(t);
	s->examined = t;
	err = session_evaluate_bool(s, t, trace->condition, &truth);
	s->examined = before;
	if (!err)
		return truth;
	*known = err->kind != ERROR_NOT_FOUND;
	if (*known)
		complain(s, trace, err);
	error_destroy(err);
	return false;
}

static uint32_t sink_bit(const struct session *s,
                         const struct trace_sink *sink)
{
	for (size_t i = 0; i < s->traces.sinks.len; i++)
		if (s->traces.sinks.items[i] == sink)
			return 1u << i;
	return 0;
}

static void take_wanted(const struct session *s, struct trace_call *tc,
                        unsigned at)
{
	const struct trace *trace = s->traces.traces[at];

	if (trace->sink)
		tc->sinks |= sink_bit(s, trace->sink);
	else if (!trace->watches || !s->traces.user_counted)
		tc->counting |= 1u << at;
	tc->watched |= trace->watches;
}

void trace_choose(struct session *s, struct thread *t, struct trace_call *tc)
{
	tc->sinks = tc->undecided = tc->counting = 0;
	tc->watched = false;
	for (unsigned i = 0; i < TRACES_MAX; i++) {
		struct trace *trace = s->traces.traces[i];
		bool known;

		if (!trace || !syscall_set_has(trace->set, &tc->view))
			continue;
		if (holds(s, t, trace, &known))
			take_wanted(s, tc, i);
		else if (!known)
			tc->undecided |= 1u << i;
	}
	tc->active = tc->sinks || tc->undecided || tc->counting || tc->watched;
}

void trace_decide(struct session *s, struct thread *t, struct trace_call *tc)
{
	for (unsigned i = 0; i < TRACES_MAX && tc->undecided; i++) {
		bool known;

		if (!(tc->undecided & (1u << i)))
			continue;
		tc->undecided &= ~(1u << i);
		if (s->traces.traces[i] &&
		    holds(s, t, s->traces.traces[i], &known))
			take_wanted(s, tc, i);
	}
}
