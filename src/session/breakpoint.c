/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbered row of what the user set up, and what all kinds share. */
#include "session/breakpoint.h"

#include "session/frames.h"
#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"

#include <string.h>

struct breakpoint *breakpoint_add(struct session *s,
                                  const struct breakpoint_kind *kind,
                                  void *part)
{
	struct breakpoint *b = xcalloc(1, sizeof(*b));

	b->number = ++s->last_breakpoint;
	b->kind = kind;
	b->part = part;
	b->enabled = true;
	vec_push(&s->breakpoints, b);
	if (kind->modules_changed)
		breakpoints_watch_linkers(s);
	if (kind->stops_at_calls) {
		vec_push(&s->call_breakpoints, b);
		session_calls_changed(s);
	}
	return b;
}

/* Where NUMBER is, or would be. */
static size_t position(const struct session *s, unsigned number)
{
	size_t low = 0, high = s->breakpoints.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->breakpoints.items[middle]->number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct breakpoint *breakpoint_find(const struct session *s, unsigned number)
{
	size_t at = position(s, number);

	return at < s->breakpoints.len &&
	       s->breakpoints.items[at]->number == number
	       ? s->breakpoints.items[at] : NULL;
}

static void drop_commands(struct breakpoint *b)
{
	for (size_t i = 0; i < b->commands.len; i++)
		free(b->commands.items[i]);
	vec_deinit(&b->commands);
}

void breakpoint_delete(struct session *s, struct breakpoint *b)
{
	bool calls = b->kind->stops_at_calls;
	bool last = s->breakpoints.len == 1;

	vec_remove(&s->breakpoints, position(s, b->number));
	for (size_t i = s->call_breakpoints.len; calls && i-- > 0;)
		if (s->call_breakpoints.items[i] == b)
			vec_remove(&s->call_breakpoints, i);
	b->kind->destroy(s, b);
	expr_destroy(b->condition);
	drop_commands(b);
	free(b->thread);
	free(b->condition_text);
	free(b);
	if (calls)
		session_calls_changed(s);
	if (last)
		breakpoints_watch_linkers(s);
}

void breakpoint_enable(struct session *s, struct breakpoint *b, bool on)
{
	if (b->enabled == on)
		return;
	b->enabled = on;
	if (b->kind->changed)
		b->kind->changed(s, b);
	if (b->kind->stops_at_calls)
		session_calls_changed(s);
}

struct error *breakpoint_set_condition(struct session *s, struct breakpoint *b,
                                       const char *condition, bool force)
{
	struct expr *expr = NULL;

	if (condition)
		TRY(b->kind->compile(s, b, condition, force, &expr));
	expr_destroy(b->condition);
	b->condition = expr;
	free(b->condition_text);
	b->condition_text = condition && !expr ? xstrdup(condition) : NULL;
	b->complained = false;
	b->conditions++;
	return NULL;
}

void breakpoint_set_commands(struct breakpoint *b, char **lines, size_t count)
{
	drop_commands(b);
	for (size_t i = 0; i < count; i++)
		vec_push(&b->commands, lines[i]);
}

/* Hits. */

static void complain(struct session *s, struct breakpoint *b,
                     const struct error *err)
{
	if (b->complained && !b->kind->failure_stops)
		return;
	b->complained = true;
	output_begin(s);
	if (b->kind->failure_stops)
		out_message(s->out, "warning", ROLE_WARNING,
		            "Error in testing condition for %s %u: %s",
		            b->kind->noun, b->number, err->message);
	else
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: the condition of %s %u failed, which "
		            "counts as false: %s (said once)", b->kind->noun,
		            b->number, err->message);
	output_end(s);
}

/* What could not be understood before. */
static struct error *compile_late(struct session *s, struct thread *t,
                                  struct breakpoint *b, bool *truth)
{
	AUTO_FREE char *text = xstrdup(b->condition_text);

	TRY(breakpoint_set_condition(s, b, text, false));
	return session_evaluate_bool(s, t, b->condition, truth);
}

static bool holds(struct session *s, struct thread *t, struct breakpoint *b)
{
	struct error *err;
	bool truth = false;

	if (!b->condition && !b->condition_text)
		return true;
	frames_unselect(t);
	s->examined = t;
	err = b->condition
		? session_evaluate_bool(s, t, b->condition, &truth)
		: compile_late(s, t, b, &truth);
	s->examined = NULL;
	if (!err)
		return truth;
	truth = b->kind->failure_stops;
	if (truth || err->kind != ERROR_NOT_FOUND)
		complain(s, b, err);
	error_destroy(err);
	return truth;
}

/* `silent` as the first of its commands, as in gdb. */
bool breakpoint_is_silent(const struct breakpoint *b)
{
	return b->commands.len && strcmp(b->commands.items[0], "silent") == 0;
}

static void queue_commands(struct session *s, const struct breakpoint *b)
{
	for (size_t i = breakpoint_is_silent(b); i < b->commands.len; i++)
		vec_push(&s->actions, xstrdup(b->commands.items[i]));
}

/* What is left of it after this stop. */
static void dispose(struct session *s, struct breakpoint *b)
{
	if (b->disposition == DISPOSITION_DELETE) {
		b->doomed = true;
		s->any_doomed = true;
		breakpoint_enable(s, b, false);
	} else if (b->disposition == DISPOSITION_DISABLE &&
	           (!b->count || !--b->count)) {
		breakpoint_enable(s, b, false);
	}
}

void breakpoint_stops(struct session *s, struct breakpoint *b,
                      struct catch_verdict *verdict)
{
	bool silent = breakpoint_is_silent(b);

	if (!verdict->stop)
		verdict->number = b->number;
	if (!verdict->stop && !b->kind->does_commands)
		s->hit_breakpoint = b->number;
	if (!verdict->stop && !b->kind->does_commands)
		s->hit_place = 1;
	if (!verdict->shown && b->kind->show_stop)
		verdict->shown = b->number;
	verdict->silent = silent && (!verdict->stop || verdict->silent);
	verdict->stop = true;
	if (!b->kind->does_commands)
		queue_commands(s, b);
	dispose(s, b);
}

bool breakpoint_hit(struct session *s, struct thread *t, struct breakpoint *b,
                    struct catch_verdict *verdict)
{
	if (!b->enabled || (b->tid && b->tid != t->tid) || !holds(s, t, b))
		return false;
	b->hits++;
	if (b->ignore) {
		b->ignore--;
		return false;
	}
	breakpoint_stops(s, b, verdict);
	return true;
}

void breakpoints_reap(struct session *s)
{
	if (!s->any_doomed)
		return;
	s->any_doomed = false;
	for (size_t i = s->breakpoints.len; i-- > 0;)
		if (s->breakpoints.items[i]->doomed)
			breakpoint_delete(s, s->breakpoints.items[i]);
}

/* Saved. */

static void save_state(const struct breakpoint *b, struct buf *text)
{
	if (b->disposition == DISPOSITION_DELETE && b->kind->never_temporary)
		buf_puts(text, "enable delete $bpnum\n");
	if (b->disposition == DISPOSITION_DISABLE && b->count > 1)
		buf_printf(text, "enable count %llu $bpnum\n",
		           (unsigned long long)b->count);
	else if (b->disposition == DISPOSITION_DISABLE)
		buf_puts(text, "enable once $bpnum\n");
	if (!b->enabled)
		buf_puts(text, "disable $bpnum\n");
	if (b->kind->save_places)
		b->kind->save_places(b, text);
}

static void save_condition(const struct breakpoint *b, struct buf *text)
{
	const char *condition = b->condition ? expr_text(b->condition)
	                                     : b->condition_text;

	if (condition && b->kind->condition_apart)
		buf_printf(text, "\ncondition%s $bpnum %s\n",
		           b->condition ? "" : " -force", condition);
	else if (condition)
		buf_printf(text, "%s if %s\n",
		           b->condition ? "" : " -force-condition", condition);
	else
		buf_puts(text, "\n");
}

void breakpoint_save(const struct breakpoint *b, struct buf *text)
{
	b->kind->save(b, text);
	save_condition(b, text);
	if (b->ignore)
		buf_printf(text, "ignore $bpnum %llu\n",
		           (unsigned long long)b->ignore);
	if (b->commands.len)
		buf_puts(text, "commands\n");
	for (size_t i = 0; i < b->commands.len; i++)
		buf_printf(text, "  %s\n", b->commands.items[i]);
	if (b->commands.len)
		buf_puts(text, "end\n");
	save_state(b, text);
}
