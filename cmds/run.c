/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting, attaching, going on, letting go, ending; threads. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "target/procfs.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* What is being debugged makes room: attached processes live on. */
static struct error *end_all(struct session *s)
{
	struct target *target = s->target;

	for (size_t i = target->processes.len; i-- > 0;) {
		struct process *p = target->processes.items[i];

		if (!p->launched)
			TRY(session_detach(s, p));
	}
	while (target->processes.len)
		TRY(session_kill(s, target->processes.items[0]));
	return NULL;
}

static struct error *start(struct session *s, struct command_args *args,
                           bool entry)
{
	if (s->target->processes.len) {
		if (!command_confirm(s, "The program being debugged has been "
		                     "started already.\nStart it from the "
		                     "beginning?"))
			return error_new(ERROR_INTERRUPTED,
			                 "program not restarted");
		if (s->run == RUN_BACKGROUND)
			TRY(session_interrupt(s));
		TRY(end_all(s));
	}
	if (args->arg[0].given) {
		free(s->settings.args);
		s->settings.args = xstrdup(args->arg[0].text);
	}
	return session_launch(s, entry, args->background);
}

static struct error *run_run(struct session *s, struct command_args *args)
{
	return start(s, args, false);
}

static struct error *run_starti(struct session *s, struct command_args *args)
{
	return start(s, args, true);
}

static struct error *run_attach(struct session *s, struct command_args *args)
{
	return session_attach(s, (pid_t)args->arg[0].number);
}

/* The inferior that ARG names, or NULL for the current one. */
static struct error *find_process(const struct session *s,
                                  const struct command_arg *arg,
                                  struct process **process)
{
	*process = NULL;
	if (!arg->given)
		return NULL;
	for (size_t i = 0; i < s->target->processes.len; i++)
		if (s->target->processes.items[i]->number == arg->number) {
			*process = s->target->processes.items[i];
			return NULL;
		}
	return error_new(ERROR_NOT_FOUND, "there is no inferior %llu: see "
	                 "`info inferiors`", (unsigned long long)arg->number);
}

static struct error *run_detach(struct session *s, struct command_args *args)
{
	struct process *process;

	TRY(find_process(s, &args->arg[0], &process));
	return session_detach(s, process);
}

static struct error *run_kill(struct session *s, struct command_args *args)
{
	struct process *process;

	TRY(find_process(s, &args->arg[0], &process));
	if (!command_confirm(s, "Kill the program being debugged?"))
		return error_new(ERROR_INTERRUPTED, "not killed");
	return session_kill(s, process);
}

/* `continue N` passes over the catchpoint of this stop N - 1 times more. */
static struct error *set_ignore(struct session *s, uint64_t count)
{
	struct breakpoint *b = breakpoint_find(s, s->stop_breakpoint);

	if (!b)
		return error_new(ERROR_USAGE,
		                 "this stop was made by no catchpoint, so "
		                 "none can be passed over %llu times",
		                 (unsigned long long)count - 1);
	b->ignore = count - 1;
	if (b->ignore)
		out_message(s->out, "note", ROLE_PLAIN,
		            "Will ignore next %llu crossings of catchpoint "
		            "%u.", (unsigned long long)b->ignore, b->number);
	return NULL;
}

static struct error *run_continue(struct session *s,
                                  struct command_args *args)
{
	if (args->arg[0].given)
		TRY(set_ignore(s, args->arg[0].number));
	return session_continue(s, -1, args->background);
}

static struct error *run_signal(struct session *s, struct command_args *args)
{
	return session_continue(s, (int)args->arg[0].number,
	                        args->background);
}

static struct error *run_interrupt(struct session *s,
                                   struct command_args *args)
{
	(void)args;
	return session_interrupt(s);
}

/* Threads and processes. */

static struct error *run_thread(struct session *s, struct command_args *args)
{
	struct thread *thread = s->current;

	if (args->arg[0].given) {
		TRY(session_thread_find(s, args->arg[0].text, &thread));
		TRY(session_select(s, thread));
	} else if (!thread) {
		return error_new(ERROR_USAGE, "no thread is selected");
	}
	if (thread->state == THREAD_STOPPED && s->run == RUN_STOPPED) {
		show_stop(s, thread);
		return NULL;
	}
	show_thread(s, thread);
	out_text(s->out, ROLE_PLAIN, "(running)\n");
	return NULL;
}

static void thread_state(const struct session *s, const struct thread *t,
                         struct buf *text)
{
	const struct call *call = call_current(t);
	char name[16];

	if (t->state == THREAD_ZOMBIE || t->state == THREAD_GONE)
		buf_puts(text, "exited");
	else if (t->state != THREAD_STOPPED || s->run != RUN_STOPPED)
		buf_puts(text, t->in_vfork ? "waits in vfork" : "running");
	else if (call && call->phase == CALL_AT_ENTRY)
		buf_printf(text, "entry of %s", call->view.name);
	else if (call && call->phase == CALL_AT_EXIT)
		buf_printf(text, "exit of %s", call->view.name);
	else if (t->stop.reasons & STOP_SIGNAL)
		buf_printf(text, "signal %s",
		           signal_name(t->stop.signal, name));
	else if (t->stop.reasons & STOP_GROUP)
		buf_puts(text, "stopped by job control");
	else if (call)
		buf_printf(text, "in %s", call->view.name);
	else
		buf_puts(text, "stopped");
}

static void thread_row(struct session *s, const struct thread *t)
{
	AUTO_BUF struct buf state = { 0 };
	char label[24], comm[64];

	buf_init(&state);
	thread_state(s, t, &state);
	session_thread_label(s, t, label);
	proc_comm(t->tid, comm);
	out_row(s->out);
	out_bool(s->out, "current", t == s->current,
	         t == s->current ? "*" : " ");
	out_str(s->out, "id", ROLE_NUMBER, label);
	out_int(s->out, "tid", ROLE_PLAIN, t->tid, "%d", (int)t->tid);
	out_str(s->out, "comm", ROLE_STRING, comm);
	out_str(s->out, "state", ROLE_PLAIN, state.data);
}

static struct error *run_info_threads(struct session *s,
                                      struct command_args *args)
{
	static const struct out_column columns[] = {
		{ "current", " ", false },  { "id", "Id", false },
		{ "tid", "Tid", false },    { "comm", "Name", false },
		{ "state", "State", false },
	};
	struct target *target = s->target;

	(void)args;
	if (!target->processes.len) {
		out_message(s->out, "note", ROLE_PLAIN, "No threads.");
		return NULL;
	}
	out_table_begin(s->out, "threads", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < target->processes.len; i++) {
		const struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++)
			thread_row(s, p->threads.items[k]);
	}
	out_table_end(s->out);
	return NULL;
}

static void process_row(struct session *s, const struct process *p)
{
	bool current = s->current && s->current->process == p;
	char exe[PATH_MAX];

	proc_exe(p->pid, exe, sizeof(exe));
	out_row(s->out);
	out_bool(s->out, "current", current, current ? "*" : " ");
	out_uint(s->out, "number", ROLE_NUMBER, p->number, "%u", p->number);
	out_int(s->out, "pid", ROLE_PLAIN, p->pid, "process %d", (int)p->pid);
	out_uint(s->out, "threads", ROLE_PLAIN, p->threads.len, "%zu",
	         p->threads.len);
	out_str(s->out, "origin", ROLE_PLAIN,
	        p->parent ? "followed" :
	        p->launched ? "launched" : "attached");
	out_str(s->out, "executable", ROLE_STRING, exe);
}

static struct error *run_info_inferiors(struct session *s,
                                        struct command_args *args)
{
	static const struct out_column columns[] = {
		{ "current", " ", false },
		{ "number", "Num", false },
		{ "pid", "Description", false },
		{ "threads", "Threads", true },
		{ "origin", "Origin", false },
		{ "executable", "Executable", false },
	};
	struct target *target = s->target;

	(void)args;
	if (!target->processes.len) {
		out_message(s->out, "note", ROLE_PLAIN, "No inferiors.");
		return NULL;
	}
	out_table_begin(s->out, "inferiors", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < target->processes.len; i++)
		process_row(s, target->processes.items[i]);
	out_table_end(s->out);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "run", .aliases = "r", .group = GROUP_RUNNING,
		.args = "[args:shell]", .flags = CMD_RUNS | CMD_BACKGROUND,
		.summary = "start the program",
		.help = "Arguments given here stay for the next time. They "
			"are words as of a shell; a shell itself runs the "
			"program only where they hold redirections, "
			"variables or globs.",
		.run = run_run,
	}, {
		.name = "starti", .group = GROUP_RUNNING,
		.args = "[args:shell]", .flags = CMD_RUNS,
		.summary = "start the program and stop at its first "
			"instruction",
		.run = run_starti,
	}, {
		.name = "attach", .group = GROUP_RUNNING, .args = "pid:pid",
		.summary = "trace a process that runs, all its threads",
		.run = run_attach,
	}, {
		.name = "detach", .group = GROUP_RUNNING,
		.args = "[inferior:inferior]", .flags = CMD_NEEDS_PROCESS,
		.summary = "let a process go, which then runs on untraced",
		.help = "The current one, or that of `info inferiors` with "
			"this number.",
		.run = run_detach,
	}, {
		.name = "kill", .aliases = "k", .group = GROUP_RUNNING,
		.args = "[inferior:inferior]", .flags = CMD_NEEDS_PROCESS,
		.summary = "end a process",
		.run = run_kill,
	}, {
		.name = "continue", .aliases = "c cont fg",
		.group = GROUP_RUNNING, .args = "[n:count]",
		.flags = CMD_NEEDS_PROCESS | CMD_REPEATS | CMD_RUNS |
			CMD_BACKGROUND,
		.summary = "let the program run on",
		.help = "With N the catchpoint of this stop is passed over "
			"N-1 times. With & the prompt comes back at once.",
		.run = run_continue,
	}, {
		.name = "interrupt", .group = GROUP_RUNNING, .args = "",
		.flags = CMD_NEEDS_PROCESS,
		.summary = "stop what runs in the background",
		.run = run_interrupt,
	}, {
		.name = "signal", .group = GROUP_RUNNING,
		.args = "signal:signal",
		.flags = CMD_NEEDS_STOPPED | CMD_RUNS | CMD_BACKGROUND,
		.summary = "go on, and give this thread a signal",
		.help = "`signal 0` takes away the one that it stopped with.",
		.run = run_signal,
	}, {
		.name = "thread", .aliases = "t", .group = GROUP_RUNNING,
		.args = "[thread:thread]", .flags = CMD_NEEDS_PROCESS,
		.summary = "show the current thread, or choose another",
		.help = "THREAD is a number of `info threads` (3, or 2.1 where "
			"there are several inferiors) or a thread id.",
		.run = run_thread,
	}, {
		.name = "info threads", .group = GROUP_RUNNING, .args = "",
		.summary = "list the threads and where they are",
		.run = run_info_threads,
	}, {
		.name = "info inferiors", .group = GROUP_RUNNING, .args = "",
		.summary = "list the processes",
		.run = run_info_inferiors,
	},
};

const struct command_table commands_run = { table, ARRAY_LEN(table) };
