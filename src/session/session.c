/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/internal.h"
#include "session/loaded_files.h"
#include "session/break_place.h"
#include "session/call_dummy.h"
#include "session/delay.h"
#include "session/fields.h"
#include "session/paths.h"
#include "session/siginfo.h"
#include "session/sites.h"
#include "session/world.h"
#include "session/watch.h"
#include "session/snapshot.h"
#include "session/source.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

static void on_process_dies(struct process *p)
{
	sites_forget(p);
	breakpoints_process_dies(p->target->thread_dies_ctx, p);
	watch_process_dies(p->target->thread_dies_ctx, p);
	image_process_dies(p);
}

static bool on_child_leaves(struct process *p, void *ctx)
{
	return sites_child_leaves(ctx, p);
}

static void on_thread_dies(struct thread *t, void *ctx)
{
	struct session *s = ctx;

	breakpoints_thread_dies(s, t);
	plan_drop(s, t);
	if (s->current == t)
		s->current = NULL;
	if (t->user)
		displaced_forget(t);
	trace_leave(s, t);
	thread_info_destroy(t->user);
	t->user = NULL;
}

struct error *session_create(struct out *out, const struct session_hooks *hooks,
                             struct session **session)
{
	struct session *s = xcalloc(1, sizeof(*s));
	struct error *err = target_create(&s->target);

	if (err) {
		free(s);
		return err;
	}
	s->target->thread_dies = on_thread_dies;
	s->target->process_dies = on_process_dies;
	s->target->process_execs = sites_forget;
	s->target->child_leaves = on_child_leaves;
	s->target->thread_dies_ctx = s;
	s->symbols = symbols_create();
	s->sources = source_store_create();
	s->out = out;
	sigemptyset(&s->program.mask);
	if (hooks)
		s->hooks = *hooks;
	settings_init(&s->settings);
	s->log = call_log_create(s->settings.log_size);
	s->rules = rules_create();
	s->signals = signals_create();
	s->paths = paths_create();
	s->values = values_create();
	s->world = world_create(s);
	s->breaks = break_index_create();
	s->phases = CATCH_BOTH;
	s->signal_fd = -1;
	s->last_exit_status = s->shell_status = -1;
	s->solibs = xcalloc(1, sizeof(*s->solibs));
	*session = s;
	return NULL;
}

static void program_deinit(struct program *p)
{
	free(p->path);
	for (size_t i = 0; p->args && p->args[i]; i++)
		free(p->args[i]);
	free(p->args);
	for (size_t i = 0; p->env && p->env[i]; i++)
		free(p->env[i]);
	free(p->env);
	free(p->user);
}

void session_release(struct session *s, struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++) {
		struct thread *t = p->threads.items[i];

		dummy_pop_all(s, t);
		track_drop_plans(t);
		rules_drop(t);
		if (t->stop.reasons & (STOP_SIGNAL | STOP_TRAP) &&
		    !session_signal_action(s, t->stop.signal).pass)
			t->stop.signal = 0;
	}
	for (size_t i = 0; i < p->threads.len; i++)
		trace_leave(s, p->threads.items[i]);
	sites_release(p);
	target_detach(p);
}

/*
 * What was attached goes on as the program made it: every thread is stopped
 * first, so that broken-off calls are mended and no plan is left in a register.
 */
static void let_go(struct session *s)
{
	struct target *target = s->target;

	if (!target->processes.len)
		return;
	s->run = RUN_STOPPED;
	stop_all(s);
	while (target->processes.len) {
		struct process *p = target->processes.items[0];

		if (p->launched)
			target_kill(p);
		else
			session_release(s, p);
	}
}

void session_destroy(struct session *s)
{
	if (!s)
		return;
	let_go(s);
	while (s->breakpoints.len)
		breakpoint_delete(s, s->breakpoints.items[0]);
	trace_deinit(s);
	plan_clear(s);
	target_destroy(s->target);
	loaded_files_forget(s->solibs, NULL);
	free(s->solibs);
	for (size_t i = 0; i < s->offline.len; i++)
		image_destroy(s->offline.items[i]);
	vec_deinit(&s->offline);
	free(s->offline_path);
	source_store_destroy(s->sources);
	snapshots_destroy(s->snapshots);
	symbols_destroy(s->symbols);
	vec_deinit(&s->breakpoints);
	vec_deinit(&s->call_breakpoints);
	break_index_destroy(s->breaks);
	session_drop_actions(s);
	vec_deinit(&s->actions);
	for (size_t i = 0; i < s->strings.len; i++)
		free(s->strings.items[i]);
	vec_deinit(&s->strings);
	fields_destroy(s);
	paths_destroy(s->paths);
	vec_deinit(&s->releases);
	call_log_destroy(s->log);
	rules_destroy(s->rules);
	delays_destroy(s);
	signals_destroy(s->signals);
	free(s->step_end);
	free(s->block_probe);
	free(s->soft_probe);
	values_destroy(s->values);
	world_destroy(s->world);
	siginfo_types_destroy(s->siginfo);
	settings_deinit(&s->settings);
	program_deinit(&s->program);
	free(s);
}

void session_ask_again(struct session *s)
{
	struct target *target = s->target;

	for (size_t i = 0; i < target->processes.len; i++) {
		struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++)
			target_interrupt(p->threads.items[k]);
	}
}

void session_calls_changed(struct session *s)
{
	/* What stands asks again when it goes on. */
	if (s->run == RUN_STOPPED || s->run == RUN_NONE)
		return;
	engine_gather(s);
	if (s->run == RUN_BACKGROUND)
		session_ask_again(s);
}

char *session_next_action(struct session *s)
{
	char *line;

	if (!s->actions.len)
		return NULL;
	line = s->actions.items[0];
	vec_remove(&s->actions, 0);
	return line;
}

void session_drop_actions(struct session *s)
{
	for (size_t i = 0; i < s->actions.len; i++)
		free(s->actions.items[i]);
	s->actions.len = 0;
}

static struct thread *by_numbers(const struct session *s, unsigned process,
                                 unsigned thread)
{
	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++)
			if (p->number == process &&
			    p->threads.items[k]->number == thread &&
			    p->threads.items[k]->state != THREAD_GONE)
				return p->threads.items[k];
	}
	return NULL;
}

struct error *session_thread_find(const struct session *s, const char *label,
                                  struct thread **thread)
{
	unsigned process, number;
	int end = 0;
	struct thread *t = NULL;

	if (sscanf(label, "%9u.%9u%n", &process, &number, &end) == 2 &&
	    !label[end]) {
		t = by_numbers(s, process, number);
	} else if (sscanf(label, "%9u%n", &number, &end) == 1 && end &&
	           !label[end]) {
		process = s->current ? s->current->process->number : 1;
		t = by_numbers(s, process, number);
		if (!t)
			t = target_thread(s->target, (pid_t)number);
	} else {
		AUTO_BUF struct buf shown = { 0 };

		buf_init(&shown);
		buf_put_printable(&shown, label, strnlen(label, 40), false);
		return error_new(ERROR_USAGE,
		                 "a thread is named by its number (3, 2.1) or "
		                 "its thread id, not \"%s\"", shown.data);
	}
	if (!t)
		return error_new(ERROR_NOT_FOUND, "no thread %.40s: see "
		                 "`info threads`", label);
	*thread = t;
	return NULL;
}
