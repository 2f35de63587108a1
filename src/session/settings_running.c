/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: how programs run, and where they stop. */
#include "session/internal.h"

#include "session/loaded_files.h"
#include "session/settings.h"
#include "session/step.h"

static void follow_cpu_changed(struct session *s)
{
	s->target->poll = s->settings.follow_cpu == FOLLOW_CPU_POLL ||
	                  (s->settings.follow_cpu == FOLLOW_CPU_NEAR &&
	                   target_has_processors());
	s->target->near.on = s->settings.follow_cpu == FOLLOW_CPU_NEAR;
}

/* Children that nobody wants are let go before anybody sees them. */
static void follow_changed(struct session *s)
{
	s->target->follow_children = !s->settings.detach_on_fork ||
	                             s->settings.follow_fork == FOLLOW_CHILD;
}

/* Threads that run in the background go by it from now on. */
static void engine_changed(struct session *s)
{
	session_calls_changed(s);
}

/* What a program has found it has. */
static void vdso_changed(struct session *s)
{
	if (s->target->processes.len && !session_core(s))
		out_message(s->out, "note", ROLE_PLAIN, "Programs that run "
		            "already stay as they are.");
}

static const char *const dprintf_words[] = { "gdb", NULL };
static const char *const engine_words[] = {
	[ENGINE_AUTO] = "auto", [ENGINE_PTRACE] = "ptrace",
	[ENGINE_SECCOMP] = "seccomp", NULL,
};
static const char *const follow_cpu_words[] = {
	[FOLLOW_CPU_OFF] = "off", [FOLLOW_CPU_POLL] = "poll",
	[FOLLOW_CPU_NEAR] = "near", NULL,
};
static const char *const follow_fork_words[] = {
	[FOLLOW_PARENT] = "parent", [FOLLOW_CHILD] = "child",
	[FOLLOW_BOTH] = "both", NULL,
};
static const char *const locking_words[] = {
	[LOCK_OFF] = "off", [LOCK_ON] = "on", [LOCK_STEP] = "step", NULL,
};
static const char *const block_words[] = {
	[BLOCK_AUTO] = "auto", [BLOCK_HARDWARE] = "hardware",
	[BLOCK_SOFTWARE] = "software", NULL,
};
static const char *const pending_words[] = {
	[PENDING_AUTO] = "auto", [PENDING_ON] = "on", [PENDING_OFF] = "off",
	NULL,
};
static const char *const tty_words[] = { "pty", NULL };

/* Ascending by name. */
static const struct setting rows[] = {
	{
		.name = "args", .type = SETTING_STRING, .paths = true,
		.of_program = true,
		.offset = AT(args),
		.summary = "arguments that `run` gives the program",
		.help = "Empty: those of scdb's command line. `run` with "
			"arguments sets this.",
		.example = "set args -n /etc/hosts",
	}, {
		.name = "block-step-method", .type = SETTING_ENUM,
		.offset = AT(block_method), .words = block_words,
		.initial = BLOCK_AUTO, .check = step_method_check,
		.note = step_method_note,
		.summary = "whether the processor finds the branches for "
			"`blockstep`",
		.help = "auto: where a test shows that it does. Both ways stop "
			"at the same places.",
		.example = "set block-step-method software",
	}, {
		.name = "breakpoint-pending", .type = SETTING_ENUM,
		.offset = AT(pending), .words = pending_words,
		.initial = PENDING_AUTO,
		.summary = "whether breakpoints wait for places not there yet",
		.help = "auto: asks, and where nobody can be asked they do "
			"not.",
		.example = "set breakpoint-pending on",
	}, {
		.name = "cwd", .type = SETTING_STRING, .paths = true,
		.of_program = true,
		.offset = AT(cwd),
		.summary = "working directory of programs that are run",
		.help = "Empty: scdb's own.",
		.example = "set cwd /tmp",
	}, {
		.name = "detach-on-fork", .type = SETTING_BOOL,
		.offset = AT(detach_on_fork), .initial = 0,
		.summary = "whether, after a fork, the process that is not "
			"followed is let go",
		.help = "off: it stays; where follow-fork-mode is parent or "
			"child it stands still until you go on. --no-follow "
			"turns this on.",
		.example = "set detach-on-fork on",
		.check = engine_check_leaving,
		.changed = follow_changed,
	}, {
		.name = "disable-randomization", .type = SETTING_BOOL,
		.offset = AT(disable_randomization), .initial = 0,
		.summary = "whether programs run without address-space "
			"randomisation",
		.example = "set disable-randomization on",
	}, {
		.name = "dprintf-style", .type = SETTING_ENUM,
		.offset = AT(dprintf_style), .words = dprintf_words,
		.initial = 0,
		.summary = "who writes what a dprintf says",
		.help = "gdb: the debugger, here scdb. gdb's other styles, "
			"call and agent, have the program write; use "
			"`commands` with `call` for that.",
		.example = "set dprintf-style gdb",
	}, {
		.name = "engine", .type = SETTING_ENUM,
		.offset = AT(engine), .words = engine_words,
		.initial = ENGINE_AUTO, .note = engine_note,
		.changed = engine_changed,
		.summary = "how calls come to stop",
		.help = "ptrace: every call of a thread stops twice where any "
			"is wanted. seccomp: a filter in the kernel lets all "
			"pass but those; for programs that scdb starts. auto: "
			"seccomp with --batch, where no command says "
			"`detach`, else ptrace. A filter stays: see Engines "
			"in the manual.",
		.example = "set engine seccomp",
	}, {
		.name = "follow-cpu", .type = SETTING_ENUM,
		.offset = AT(follow_cpu), .words = follow_cpu_words,
		.initial = FOLLOW_CPU_POLL,
		.summary = "how a stream of stops is waited for",
		.help = "poll: ask again for a moment before sleeping, which "
			"is faster; not while stops don't come so soon, or "
			"others want the processor. off: sleep at once. near: "
			"have a launched program whose calls all stop go on "
			"where scdb runs, as long as one thread of it alone "
			"needs a processor; else as poll. What it may run on "
			"is not changed for it to see.",
		.example = "set follow-cpu off",
		.changed = follow_cpu_changed,
	}, {
		.name = "follow-fork-mode", .type = SETTING_ENUM,
		.offset = AT(follow_fork), .words = follow_fork_words,
		.initial = FOLLOW_BOTH,
		.summary = "which process is followed after a fork",
		.help = "both: the one that forks and its child run on, both "
			"traced. parent, child: that one; what becomes of the "
			"other says detach-on-fork.",
		.example = "set follow-fork-mode child\n"
			"set detach-on-fork on",
		.check = engine_check_follow, .changed = follow_changed,
	}, {
		.name = "inferior-tty", .type = SETTING_STRING, .paths = true,
		.of_program = true,
		.words = tty_words,
		.offset = AT(inferior_tty),
		.summary = "the terminal of programs that are run",
		.help = "Empty: scdb's own, which they have while they run in "
			"the foreground. FILE: that terminal. pty: one that "
			"scdb makes; keys go there while the program runs in "
			"the foreground, and what it writes is shown above "
			"the prompt.",
		.example = "set inferior-tty pty",
	}, {
		.name = "non-stop", .type = SETTING_BOOL,
		.offset = AT(non_stop), .initial = 0,
		.summary = "whether a stop that is shown stops one thread and "
			"not all",
		.help = "on: the others run on; `continue` lets the current "
			"thread go on, `continue -a` all; `interrupt` stops "
			"the current one, `interrupt -a` all.",
		.example = "set non-stop on",
	}, {
		.name = "schedule-multiple", .type = SETTING_BOOL,
		.offset = AT(schedule_multiple), .initial = 1,
		.summary = "whether going on lets all processes go on, and "
			"not the current one alone",
		.example = "set schedule-multiple off",
	}, {
		.name = "scheduler-locking", .type = SETTING_ENUM,
		.offset = AT(scheduler_locking), .words = locking_words,
		.initial = LOCK_OFF,
		.summary = "whether going on lets the current thread alone go "
			"on",
		.help = "step: only where it is stepped (step, next, stepi, "
			"nexti, blockstep, sysstep, sysuntil, sysfinish).",
		.example = "set scheduler-locking step",
	}, {
		.name = "step-mode", .type = SETTING_BOOL,
		.offset = AT(step_mode), .initial = 0,
		.summary = "whether `step` stops in functions without line "
			"information",
		.help = "off: it runs through them, as `next` does.",
		.example = "set step-mode on",
	}, {
		.name = "stop-on-solib-events", .type = SETTING_BOOL,
		.offset = AT(stop_on_solib_events), .initial = 0,
		.changed = solib_events_changed,
		.summary = "whether the program stops where its dynamic linker "
			"tells of libraries",
		.help = "Each time, also where none came or went; `catch load` "
			"and `catch unload` stop only for those.",
		.example = "set stop-on-solib-events on",
	}, {
		.name = "unwindonsignal", .type = SETTING_BOOL,
		.offset = AT(unwind_on_signal), .initial = 0,
		.summary = "whether a signal in a function that was called "
			"from scdb ends the call",
		.help = "on: the thread is put back as it was before the call. "
			"off: it stands where the signal came, with the call "
			"below it in backtraces; `return` leaves it.",
		.example = "set unwindonsignal on",
	}, {
		.name = "vdso", .type = SETTING_BOOL,
		.offset = AT(vdso), .initial = 1,
		.changed = vdso_changed,
		.summary = "whether programs find the vDSO, which answers "
			"calls without the kernel",
		.help = "Off: it is hidden from programs that are run, and "
			"from those that they run, so that clock_gettime, "
			"gettimeofday, time and getcpu are calls which stop, "
			"and rules see. A program that runs already keeps "
			"it.",
		.example = "set vdso off",
	}, {
		.name = "yield-to-tracer", .type = SETTING_BOOL,
		.offset = AT(yield_to_tracer), .initial = 0,
		.summary = "whether a process that the program wants to trace "
			"itself is let go",
		.help = "Only one can trace a process: where scdb follows the "
			"children of a debugger, the debugger gets EPERM. on: "
			"such a child leaves scdb just before the ptrace "
			"call.",
		.example = "set yield-to-tracer on",
		.check = engine_check_leaving,
	},
};

const struct setting_rows settings_of_running = { rows, ARRAY_LEN(rows) };
