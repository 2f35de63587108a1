/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catchpoints on system calls: who wants this stop of this call. */
#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"

#include <string.h>

bool catch_any(const struct session *s)
{
	for (size_t i = 0; i < s->breakpoints.len; i++)
		if (s->breakpoints.items[i]->enabled)
			return true;
	return false;
}

/* A condition that can't be evaluated lets the call run, and says so once. */
static void complain(struct session *s, struct breakpoint *b,
                     const struct error *err)
{
	if (b->complained)
		return;
	b->complained = true;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "warning: the condition of catchpoint %u failed, which "
	            "counts as false: %s (said once)", b->number,
	            err->message);
	output_end(s);
}

static bool holds(struct session *s, struct thread *t, struct breakpoint *b)
{
	struct expr_value value;
	struct error *err;

	if (!b->condition)
		return true;
	err = session_evaluate(s, t, b->condition, &value);
	if (err) {
		if (err->kind != ERROR_NOT_FOUND)
			complain(s, b, err);
		error_destroy(err);
		return false;
	}
	return value.u != 0;
}

/* `silent` as the first of its commands, as in gdb. */
static bool is_silent(const struct breakpoint *b)
{
	return b->commands.len && strcmp(b->commands.items[0], "silent") == 0;
}

static void queue_commands(struct session *s, const struct breakpoint *b)
{
	for (size_t i = is_silent(b); i < b->commands.len; i++)
		vec_push(&s->actions, xstrdup(b->commands.items[i]));
}

void catch_at_call(struct session *s, struct thread *t, struct call *call,
                   struct catch_verdict *verdict)
{
	enum catch_phases phase = call->phase == CALL_AT_ENTRY ? CATCH_ENTRY
	                                                       : CATCH_EXIT;
	bool loud = false;

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];

		if (!b->enabled || !(b->phases & phase) ||
		    !syscall_set_has(b->calls, &call->view) || !holds(s, t, b))
			continue;
		b->hits++;
		if (b->ignore) {
			b->ignore--;
			continue;
		}
		if (!verdict->stop)
			verdict->number = b->number;
		verdict->stop = true;
		loud = loud || !is_silent(b);
		queue_commands(s, b);
		if (b->temporary) {
			breakpoint_delete(s, b);
			i--;
		}
	}
	verdict->silent = verdict->stop && !loud;
}
