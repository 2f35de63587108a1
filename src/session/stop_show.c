/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything stops, and somebody is shown to the user. */
#include "session/internal.h"
#include "session/step.h"

/* Whether some thread goes on by itself. */
static bool anything_runs(const struct session *s)
{
	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			const struct thread *t = p->threads.items[k];

			if (t->state != THREAD_ZOMBIE &&
			    t->state != THREAD_GONE &&
			    !(t->state == THREAD_STOPPED &&
			      thread_info(t)->held))
				return true;
		}
	}
	return false;
}

void stop_all(struct session *s)
{
	VEC(struct stop *) stops = { 0 };
	struct stop *stop;

	target_stop_all(s->target, 2000);
	while ((stop = target_next(s->target)))
		vec_push(&stops, stop);
	for (size_t i = 0; i < stops.len; i++) {
		struct thread *t = stops.items[i]->thread;

		if (!(t->stop.reasons & (STOP_EXITED | STOP_KILLED))) {
			if (stop_has_news(s, t))
				target_requeue(t);
		} else if (t->stop.reasons & STOP_LAST) {
			target_requeue(t);
		} else {
			target_forget(t);
		}
	}
	vec_deinit(&stops);
}

/* Somebody to show where nobody asked for this stop. */
static struct thread *someone(const struct session *s)
{
	if (s->current && s->current->state == THREAD_STOPPED)
		return s->current;
	for (size_t i = 0; i < s->target->processes.len; i++) {
		struct thread *t =
			process_stopped_thread(s->target->processes.items[i]);

		if (t)
			return t;
	}
	return NULL;
}

static void show(struct session *s, struct thread *t)
{
	pid_t tid = t->tid;

	thread_info(t)->shown = s->showing = true;
	s->stops_shown++;
	if (s->before_stop)
		s->before_stop(s);
	/* The hook may have ended it. */
	if (target_thread(s->target, tid) == t && session_is_stopped(s, t)) {
		trace_before_stop(s);
		output_begin(s);
		if (!step_show(s, t))
			show_stop(s, t);
		if (s->after_stop)
			s->after_stop(s);
		output_end(s);
	}
	step_shown(s);
	s->showing = false;
}

static void show_someone(struct session *s)
{
	struct thread *t;

	if (stop_take_deaths(s))
		return;
	t = someone(s);
	if (!t)
		return;
	s->current = t;
	show(s, t);
}

/* Nothing runs any more, and nothing is stepped. */
static void halt(struct session *s)
{
	enum run_state before = s->run;

	s->run = RUN_STOPPED;
	stop_all(s);
	s->run = before;
	stop_take_terminal(s);
	s->run = RUN_STOPPED;
	plan_clear(s);
}

/*
 * `non-stop`: only T stands.  Whoever types goes on with the thread that he
 * looks at, unless he waits for this one, or its `commands` are to be run.
 */
static void hold_and_show(struct session *s, struct thread *t, bool silent)
{
	thread_info(t)->held = true;
	thread_info(t)->asked = false;
	if (s->run == RUN_FOREGROUND || !s->current || s->actions.len ||
	    !session_is_stopped(s, s->current))
		s->current = t;
	plan_drop(s, t);
	stop_take_terminal(s);
	s->run = anything_runs(s) ? RUN_BACKGROUND : RUN_STOPPED;
	if (silent)
		thread_info(t)->shown = true;
	else
		show(s, t);
}

static void stop_and_show(struct session *s, struct thread *t, bool silent)
{
	if (s->settings.non_stop) {
		hold_and_show(s, t, silent);
		return;
	}
	s->current = t;
	halt(s);
	if (s->current != t || t->state == THREAD_GONE) {
		/* Another thread's exec or exit, or SIGKILL, was quicker. */
		s->stop_breakpoint = 0;
		session_drop_actions(s);
		show_someone(s);
	} else if (silent) {
		thread_info(t)->shown = true;
	} else {
		show(s, t);
	}
}

void stop_all_and_show(struct session *s, struct thread *t, bool silent)
{
	stop_and_show(s, t, silent);
	breakpoints_reap(s);
}

static void ask(struct thread *t)
{
	if (t->state != THREAD_RUNNING && t->state != THREAD_LISTENING)
		return;
	thread_info(t)->asked = true;
	target_interrupt(t);
}

static void ask_all(struct session *s)
{
	for (size_t i = 0; i < s->target->processes.len; i++) {
		struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++)
			ask(p->threads.items[k]);
	}
}

bool stop_when_idle(struct session *s)
{
	s->may_be_idle = false;
	if (!s->target->processes.len || anything_runs(s))
		return false;
	s->stop_breakpoint = 0;
	halt(s);
	show_someone(s);
	return true;
}

void stop_break_off(struct session *s, bool all)
{
	if (s->settings.non_stop) {
		if (!all && s->current && !session_is_stopped(s, s->current))
			ask(s->current);
		else
			ask_all(s);
		return;
	}
	s->stop_breakpoint = 0;
	halt(s);
	show_someone(s);
}
