/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting, attaching, going on, letting go, ending. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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
	if (s->target->processes.len && !session_core(s)) {
		if (!command_confirm(s, "The program being debugged has been "
		                     "started already.\nStart it from the "
		                     "beginning?"))
			return error_new(ERROR_INTERRUPTED,
			                 "program not restarted");
		if (s->run == RUN_BACKGROUND)
			TRY(session_interrupt(s, true));
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

static struct error *run_start(struct session *s, struct command_args *args)
{
	static const struct break_request at_main = {
		.location = "main", .temporary = true,
	};
	struct breakpoint *b;

	TRY(break_add(s, &at_main, &b));
	break_announce(s, b);
	return start(s, args, false);
}

static struct error *run_attach(struct session *s, struct command_args *args)
{
	return session_attach(s, (pid_t)args->arg[0].number);
}

struct error *command_process(const struct session *s,
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

	TRY(command_process(s, &args->arg[0], &process));
	if (session_core(s)) {
		command_drop_core(s);
		return NULL;
	}
	if (!process && s->current)
		process = s->current->process;
	if (process && !(args->options & 1))
		TRY(engine_check_leave(process));
	return session_detach(s, process);
}

static struct error *run_kill(struct session *s, struct command_args *args)
{
	struct process *process;

	TRY(command_process(s, &args->arg[0], &process));
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
		                 "this stop was made by no breakpoint, so "
		                 "none can be passed over %llu times",
		                 (unsigned long long)count - 1);
	b->ignore = count - 1;
	if (b->ignore)
		out_message(s->out, "note", ROLE_PLAIN,
		            "Will ignore next %llu crossings of %s %u.",
		            (unsigned long long)b->ignore, b->kind->noun,
		            b->number);
	return NULL;
}

static struct error *run_continue(struct session *s,
                                  struct command_args *args)
{
	if (args->arg[0].given)
		TRY(set_ignore(s, args->arg[0].number));
	return session_continue(s, -1, args->options & 1, args->background);
}

static struct error *run_signal(struct session *s, struct command_args *args)
{
	return session_continue(s, (int)args->arg[0].number, false,
	                        args->background);
}

static struct error *run_interrupt(struct session *s,
                                   struct command_args *args)
{
	return session_interrupt(s, args->options & 1);
}

/* The program that `run` starts from now on. */
static struct error *run_file(struct session *s, struct command_args *args)
{
	AUTO_FREE char *path = NULL, *found = NULL;

	if (args->arg[0].given) {
		path = command_path(args->arg[0].text);
		TRY(target_find_program(path, s->settings.cwd, &found));
		if (access(found, X_OK) < 0)
			return error_errno(errno, "%s", args->arg[0].text);
	}
	free(s->program.path);
	s->program.path = path;
	path = NULL;
	session_core_program(s);
	breakpoints_program_changed(s);
	if (!s->program.path)
		out_message(s->out, "note", ROLE_PLAIN, "No program now.");
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
		.example = "run -n /etc/hosts",
		.run = run_run,
	}, {
		.name = "start", .group = GROUP_RUNNING,
		.args = "[args:shell]", .flags = CMD_RUNS | CMD_BACKGROUND,
		.summary = "start the program and stop in main",
		.help = "A temporary breakpoint is set there.",
		.example = "file ./hello\n"
			"start",
		.run = run_start,
	}, {
		.name = "starti", .group = GROUP_RUNNING,
		.args = "[args:shell]", .flags = CMD_RUNS,
		.summary = "start the program and stop at its first "
			"instruction",
		.example = "starti",
		.run = run_starti,
	}, {
		.name = "attach", .group = GROUP_RUNNING, .args = "pid:pid",
		.summary = "trace a process that runs, all its threads",
		.example = "attach 4711",
		.run = run_attach,
	}, {
		.name = "detach", .group = GROUP_RUNNING,
		.args = "[-f] [inferior:inferior]",
		.flags = CMD_NEEDS_PROCESS,
		.summary = "let a process go, which then runs on untraced",
		.help = "The current one, or that of `info inferiors` with "
			"this number. One with a filter of scdb's goes only "
			"with -f: calls that the filter stops fail then.",
		.example = "detach",
		.example_at = EXAMPLE_AT_START,
		.run = run_detach,
	}, {
		.name = "kill", .aliases = "k", .group = GROUP_RUNNING,
		.args = "[inferior:inferior]", .flags = CMD_NEEDS_LIVE,
		.summary = "end a process",
		.example = "kill",
		.example_at = EXAMPLE_AT_START,
		.run = run_kill,
	}, {
		.name = "continue", .aliases = "c cont fg",
		.group = GROUP_RUNNING, .args = "[-a] [n:count]",
		.flags = CMD_NEEDS_PROCESS | CMD_REPEATS | CMD_RUNS |
			CMD_BACKGROUND,
		.summary = "let the program run on",
		.help = "With N the catchpoint of this stop is passed over "
			"N-1 times. With & the prompt comes back at once.",
		.example = "continue",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_continue,
	}, {
		.name = "interrupt", .group = GROUP_RUNNING, .args = "[-a]",
		.flags = CMD_NEEDS_LIVE,
		.summary = "stop what runs in the background",
		.example = "interrupt",
		.example_at = EXAMPLE_AT_RUNNING,
		.run = run_interrupt,
	}, {
		.name = "signal", .group = GROUP_RUNNING,
		.args = "signal:signal",
		.flags = CMD_NEEDS_STOPPED | CMD_RUNS | CMD_BACKGROUND,
		.summary = "go on, and give this thread a signal",
		.help = "`signal 0` takes away the one that it stopped with.",
		.example = "signal 0",
		.example_at = EXAMPLE_AT_SIGNAL,
		.run = run_signal,
	}, {
		.name = "file", .group = GROUP_RUNNING, .args = "[program:file]",
		.summary = "choose the program that `run` starts, or none",
		.help = "What runs stays as it is; the arguments stay too. Of a "
			"core that is looked at it is the program, if its "
			"build-id is that.",
		.example = "file /bin/true",
		.run = run_file,
	},
};

const struct command_table commands_run = { table, ARRAY_LEN(table) };
