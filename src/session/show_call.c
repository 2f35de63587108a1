/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `info syscall`: a thread's current call, whole. */
#include "session/internal.h"
#include "session/show_data.h"

/* For programs. */
static const char *phase_word(const struct call *call)
{
	static const char *const words[] = {
		[CALL_AT_ENTRY] = "entry", [CALL_INSIDE] = "inside",
		[CALL_SUSPENDED] = "suspended", [CALL_AT_EXIT] = "exit",
	};

	return words[call->phase];
}

static const char *phase_text(const struct call *call)
{
	switch (call->phase) {
	case CALL_AT_ENTRY:
		return "at its entry";
	case CALL_INSIDE:
		return "in the kernel";
	case CALL_SUSPENDED:
		return call->broken_off
		       ? "in the kernel; broken off by scdb, it goes on when "
		         "the thread does"
		       : "broken off by a signal";
	case CALL_AT_EXIT:
		return "at its exit";
	}
	return "?";
}

static void show_result(struct out *o, const struct call *call,
                        const struct decode_context *c)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	decode_result(c, &text);
	out_text(o, ROLE_PLAIN, "  result   ");
	out_str(o, "result", ROLE_NUMBER, text.data);
	out_hidden_int(o, "value", call->result);
	if (call->result != call->true_result &&
	    call->plan.fate == FATE_RUN) {
		struct decode_context truth = *c;

		truth.result = call->true_result;
		buf_reset(&text);
		decode_result(&truth, &text);
		out_text(o, ROLE_WARNING, " (the kernel gave ");
		out_str(o, "true_result", ROLE_WARNING, text.data);
		out_text(o, ROLE_WARNING, ")");
	}
	out_text(o, ROLE_PLAIN, "\n");
}

static void show_changed_args(struct out *o, const struct call *call,
                              const struct syscall_desc *desc)
{
	out_list_begin(o, "changed_args");
	for (unsigned i = 0; i < SYSCALL_ARGS; i++) {
		if (!(call->plan.changed_args & (1u << i)))
			continue;
		out_hidden_uint(o, "index", i);
		if (desc && i < desc->nargs)
			out_text(o, ROLE_WARNING, ", %s changed",
			         desc->args[i].name);
		else
			out_text(o, ROLE_WARNING, ", argument %u changed", i);
	}
	out_list_end(o);
}

static void show_plan(struct out *o, const struct call *call,
                      const struct decode_context *c)
{
	const struct call_plan *plan = &call->plan;
	bool skip = plan->fate == FATE_SKIP;

	if (call->phase == CALL_AT_EXIT)
		show_result(o, call, c);
	out_text(o, ROLE_PLAIN, "  decided  ");
	out_str(o, "decided", skip ? ROLE_WARNING : ROLE_PLAIN,
	        !skip ? "run" : plan->emulated ? "emulate" : "skip");
	if (plan->has_result) {
		struct decode_context planned = *c;
		AUTO_BUF struct buf text = { 0 };

		buf_init(&text);
		planned.result = plan->result;
		planned.phase = DECODE_EXIT;
		decode_result(&planned, &text);
		out_text(o, ROLE_PLAIN, skip ? " with " : " and fake ");
		out_str(o, "with", ROLE_NUMBER, text.data);
	}
	if (plan->has_nr)
		out_text(o, ROLE_WARNING, ", as another call");
	show_changed_args(o, call, c->call->desc);
	out_hidden_bool(o, "stop_at_exit", plan->stop_at_exit);
	if (plan->stop_at_exit)
		out_text(o, ROLE_PLAIN, ", stop at exit");
	out_text(o, ROLE_PLAIN, "\n");
}

/* Each argument on a line: name, raw, decoded without the usual bounds. */
static void show_args_whole(struct session *s, struct decode_context *c)
{
	static const struct out_column columns[] = {
		{ "name", "  ARGUMENT", false },
		{ "raw", "RAW", false },
		{ "value", "VALUE", false },
	};
	const struct syscall_desc *desc = c->call->desc;
	unsigned count = desc ? desc->nargs : SYSCALL_ARGS;

	if (!count)
		return;
	c->max_elements = (size_t)s->settings.syscall_limit;
	c->whole = true;
	out_table_begin(s->out, "args", columns, ARRAY_LEN(columns));
	for (unsigned i = 0; i < count; i++) {
		AUTO_BUF struct buf text = { 0 }, name = { 0 };

		buf_init(&text);
		buf_init(&name);
		/* The beginning alone of what is shown in hex below. */
		c->max_string = (size_t)(data_is_binary(s, c, i)
			? s->settings.string_limit : s->settings.syscall_limit);
		if (desc)
			decode_arg(c, i, &text);
		if (desc)
			buf_printf(&name, "  %s", desc->args[i].name);
		else
			buf_printf(&name, "  %u", i);
		out_row(s->out);
		out_str_shown(s->out, "name", ROLE_NAME, name.data + 2,
		              name.data);
		out_word(s->out, "raw", ROLE_ADDRESS, c->call->args[i],
		         "0x%llx", (unsigned long long)c->call->args[i]);
		if (!desc)
			buf_printf(&text, "0x%llx",
			           (unsigned long long)c->call->args[i]);
		out_str_shown(s->out, "value", ROLE_STRING, text.data,
		              desc ? text.data : "");
	}
	out_row(s->out);
	out_table_end(s->out);
}

struct error *show_call_whole(struct session *s, struct thread *t)
{
	struct call *call = call_current(t);
	struct syscall_view view;
	struct decode_context c;
	struct out *o = s->out;

	if (!call)
		return error_new(ERROR_USAGE,
		                 "the thread is not in a system call");
	call_effective(call, t, &view);
	call_decode_context(s, t, &view, &c);
	out_begin(o, "syscall");
	show_thread(s, t);
	out_text(o, ROLE_PLAIN, "is in ");
	out_str(o, "call", ROLE_NAME, view.name);
	out_text(o, ROLE_PLAIN, "\n  number   ");
	out_uint(o, "nr", ROLE_NUMBER, view.nr, "%llu",
	         (unsigned long long)view.nr);
	out_text(o, ROLE_PLAIN, " of ");
	out_str(o, "abi", ROLE_PLAIN, arch_abi(view.abi)->name);
	if (call->view.nr != view.nr) {
		out_text(o, ROLE_WARNING, " (the program asked for ");
		out_str(o, "asked_for", ROLE_WARNING, call->view.name);
		out_text(o, ROLE_WARNING, ")");
	}
	out_text(o, ROLE_PLAIN, "\n  phase    ");
	out_str_shown(o, "phase", ROLE_PLAIN, phase_word(call),
	              phase_text(call));
	out_text(o, ROLE_PLAIN, "\n");
	show_plan(o, call, &c);
	show_args_whole(s, &c);
	show_binary_data(s, &c);
	out_end(o);
	return NULL;
}
