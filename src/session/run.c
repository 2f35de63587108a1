/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting, attaching, letting go, ending, and going on. */
#include "session/call_dummy.h"
#include "session/frames.h"
#include "session/internal.h"
#include "session/watch.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "target/core.h"
#include "target/procfs.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <wordexp.h>

struct error *session_need_process(const struct session *s)
{
	if (s->run == RUN_NONE || !s->target->processes.len)
		return error_new(ERROR_USAGE,
		                 "no process: use `run`, `starti` or "
		                 "`attach PID`");
	return NULL;
}

struct error *session_need_stopped(const struct session *s,
                                   struct thread **thread)
{
	TRY(session_need_process(s));
	if (s->run != RUN_STOPPED &&
	    !(s->current && session_is_stopped(s, s->current)))
		return error_new(ERROR_USAGE,
		                 "the %s is running: use `interrupt` first",
		                 s->settings.non_stop ? "thread" : "program");
	if (!s->current)
		return error_new(ERROR_USAGE,
		                 "no thread is selected: use `thread N`");
	if (s->current->state == THREAD_ZOMBIE)
		return error_new(ERROR_REFUSED,
		                 "thread %d has exited, its process lives on: "
		                 "use `thread N` to select another",
		                 (int)s->current->tid);
	if (s->current->state != THREAD_STOPPED)
		return error_new(ERROR_REFUSED,
		                 "thread %d can't be stopped now%s",
		                 (int)s->current->tid,
		                 s->current->in_vfork
		                 ? ": it waits in vfork for its child" : "");
	*thread = s->current;
	return NULL;
}

static struct error *need_not_running(const struct session *s)
{
	if (s->run == RUN_FOREGROUND || s->run == RUN_BACKGROUND)
		return error_new(ERROR_USAGE,
		                 "the program is running: use `interrupt` "
		                 "first");
	return NULL;
}

/* What was launched gets the terminal while it runs in the foreground. */
static void give_terminal(struct session *s)
{
	if (s->terminal_group && s->hooks.terminal_give)
		s->hooks.terminal_give(s->hooks.ctx, s->terminal_group);
}

/*
 * What its terminal stopped (Ctrl-Z) goes on in the foreground, as after a
 * shell's `fg`.
 */
static void wake_jobs(struct session *s)
{
	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			struct thread *t = p->threads.items[k];

			if (t->state != THREAD_STOPPED || !stop_is_job(t) ||
			    thread_info(t)->held ||
			    thread_info(t)->signal >= 0)
				continue;
			thread_info(t)->signal = SIGCONT;
			break;
		}
	}
}

static struct error *go(struct session *s, bool all, bool background)
{
	session_drop_actions(s);
	s->stop_breakpoint = 0;
	stop_choose(s, all);
	s->run = background ? RUN_BACKGROUND : RUN_FOREGROUND;
	if (!background) {
		give_terminal(s);
		wake_jobs(s);
	}
	stop_resume_all(s);
	return NULL;
}

struct error *session_go(struct session *s, bool background)
{
	displaced_pass(s->current);
	return go(s, false, background);
}

bool session_stand(struct session *s)
{
	if (s->run != RUN_BACKGROUND)
		return false;
	s->run = RUN_STOPPED;
	stop_all(s);
	return true;
}

/* What was stopped for a moment only. */
void session_go_on_behind(struct session *s)
{
	s->run = RUN_BACKGROUND;
	stop_resume_all(s);
	s->may_be_idle = true;
}

/* What T has to tell is more than a call, which may well be nobody's matter. */
static bool has_signal(const struct thread *t)
{
	return t->queued && !(t->stop.reasons & (STOP_ENTRY | STOP_EXIT));
}

/* The others go on with it; those that a signal stopped wait for `continue`. */
void session_run_dummy(struct session *s, struct thread *t)
{
	s->stop_breakpoint = 0;
	s->current = t;
	stop_choose(s, false);
	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++)
			if (p->threads.items[k] != t &&
			    has_signal(p->threads.items[k]))
				thread_info(p->threads.items[k])->held = true;
	}
	s->run = RUN_FOREGROUND;
	give_terminal(s);
	stop_resume_all(s);
	session_wait(s);
}

/* Launching. */

struct command_line {
	char *path;
	char **argv;      /* NULL-terminated; the strings are owned */
	unsigned execs;
};

static void command_line_deinit(struct command_line *c)
{
	free(c->path);
	for (size_t i = 0; c->argv && c->argv[i]; i++)
		free(c->argv[i]);
	free(c->argv);
}

static void set_argv(struct command_line *c, const char *first,
                     char *const *rest, size_t count)
{
	c->argv = xcalloc(count + 2, sizeof(*c->argv));
	c->argv[0] = xstrdup(first);
	for (size_t i = 0; i < count; i++)
		c->argv[i + 1] = xstrdup(rest[i]);
}

/* 'It'\''s': safe for a shell. */
static void put_shell_word(struct buf *b, const char *word)
{
	buf_putc(b, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_puts(b, "'\\''");
		else
			buf_putc(b, *word);
	}
	buf_putc(b, '\'');
}

static void through_shell(struct command_line *c, const char *program,
                          const char *args)
{
	AUTO_BUF struct buf line = { 0 };
	char *rest[2];

	buf_init(&line);
	buf_puts(&line, "exec ");
	put_shell_word(&line, c->path);
	buf_printf(&line, " %s", args);
	(void)program;
	rest[0] = (char *)(uintptr_t)"-c";
	rest[1] = line.data;
	set_argv(c, "sh", rest, 2);
	free(c->path);
	c->path = xstrdup("/bin/sh");
	c->execs = 2;
}

/*
 * Plain words and quotes need no shell (wordexp(3)); redirections and what
 * else only a shell understands do.  So do variables, globs and `~`: they are
 * those of the program's environment and directory, not of scdb's own.
 */
static struct error *split_args(struct command_line *c, const char *program,
                                const char *args)
{
	wordexp_t words = { 0 };
	int failed = strpbrk(args, "$`*?[~") ? WRDE_BADCHAR
		: wordexp(args, &words, WRDE_NOCMD);

	switch (failed) {
	case 0:
		set_argv(c, program, words.we_wordv, words.we_wordc);
		wordfree(&words);
		return NULL;
	case WRDE_BADCHAR:
	case WRDE_CMDSUB:
		through_shell(c, program, args);
		return NULL;
	case WRDE_NOSPACE:
		wordfree(&words);
		return error_no_memory();
	default:
		return error_new(ERROR_USAGE,
		                 "the arguments are not those of a shell: a "
		                 "quote is missing");
	}
}

static struct error *build_command_line(struct session *s,
                                        struct command_line *c)
{
	const struct program *p = &s->program;
	size_t count = 0;

	*c = (struct command_line){ .execs = 1 };
	if (!p->path)
		return error_new(ERROR_USAGE,
		                 "no program to run: start scdb with one");
	TRY(target_find_program(p->path, s->settings.cwd, &c->path));
	if (s->settings.args)
		return split_args(c, p->path, s->settings.args);
	while (p->args && p->args[count])
		count++;
	set_argv(c, p->path, p->args, count);
	return NULL;
}

static void on_child(void *ctx, pid_t pid)
{
	struct session *s = ctx;

	/* 0: nothing of it depends on who has scdb's terminal. */
	s->terminal_group = s->hooks.terminal_give && !s->foreign_tty
	                    ? pid : 0;
	if (s->run == RUN_FOREGROUND)
		give_terminal(s);
}

static void on_early_call(void *ctx, struct thread *t)
{
	trace_launching(ctx, t);
}

void session_drop_processes(struct session *s)
{
	struct target *target = s->target;

	session_drop_core(s);
	while (target->processes.len) {
		struct process *p = target->processes.items[0];

		error_destroy(p->launched ? session_kill(s, p)
		                          : session_detach(s, p));
	}
}

void run_program_begins(struct session *s, struct thread *t)
{
	struct error *err;

	if (s->settings.vdso)
		return;
	err = target_hide_vdso(t, process_word(t->process));
	if (err && err->kind != ERROR_GONE)
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: process %d keeps its vDSO: %s",
		            (int)t->process->pid, err->message);
	error_destroy(err);
}

static struct error *launch(struct session *s, struct command_line *c,
                            struct program_tty *tty, struct process **process)
{
	struct launch l = {
		.path = c->path,
		.argv = c->argv,
		.envp = s->program.env ? s->program.env : environ,
		.cwd = s->settings.cwd,
		.user = s->program.user,
		.execs = c->execs,
		.own_group = s->hooks.terminal_give != NULL,
		.stdout_fd = s->program.to_stderr ? STDERR_FILENO : -1,
		.tty_fd = tty->fd,
		.tty_refused = &tty->refused,
		.mask = &s->program.mask,
		.no_randomization = s->settings.disable_randomization,
		.before_exec = on_child,
		.at_entry = trace_any(s) ? on_early_call : NULL,
		.ctx = s,
	};

	s->foreign_tty = tty->fd >= 0 && !tty->pty;
	TRY(target_launch(s->target, &l, process));
	trace_launched(s, (*process)->threads.items[0]);
	run_program_begins(s, (*process)->threads.items[0]);
	return NULL;
}

struct error *session_launch(struct session *s, bool entry, bool background)
{
	CLEANUP(command_line_deinit) struct command_line c;
	CLEANUP(tty_close) struct program_tty tty = { .fd = -1 };
	struct process *p;
	struct error *err;

	TRY(need_not_running(s));
	TRY(build_command_line(s, &c));
	TRY(tty_open(s, &tty));
	session_drop_processes(s);
	s->run = background ? RUN_BACKGROUND : RUN_FOREGROUND;
	err = launch(s, &c, &tty, &p);
	tty_warn(s, &tty);
	if (err) {
		if (!background && s->hooks.terminal_take)
			s->hooks.terminal_take(s->hooks.ctx);
		s->run = RUN_NONE;
		s->terminal_group = 0;
		return err;
	}
	s->current = p->threads.items[0];
	thread_name_refresh(s->current);
	breakpoints_process_new(s, p);
	watch_process_new(s, p);
	if (entry)
		stop_all_and_show(s, s->current, false);
	else
		stop_resume_all(s);
	return NULL;
}

/* A core is closed by that, but only if it is done. */
static struct error *attach_beside(struct session *s, pid_t pid,
                                   struct process **p)
{
	struct process *core = session_core(s);
	struct error *err;

	/* It may be the core of this very process. */
	if (core)
		target_set_aside(core);
	err = target_attach(s->target, pid, p);
	if (core && err)
		target_put_back(core);
	else if (core)
		target_detach(core);
	return err;
}

struct error *session_attach(struct session *s, pid_t pid)
{
	bool others = s->run == RUN_BACKGROUND;
	struct process *p;
	struct thread *t;

	if (!s->settings.non_stop)
		TRY(need_not_running(s));
	TRY(attach_beside(s, pid, &p));
	s->run = RUN_STOPPED;
	stop_all(s);
	t = process_leader(p);
	if (!t || t->state != THREAD_STOPPED)
		t = process_stopped_thread(p);
	s->current = t ? t : p->threads.items[0];
	for (size_t i = 0; i < p->threads.len; i++)
		thread_info(p->threads.items[i])->held = true;
	breakpoints_process_new(s, p);
	watch_process_new(s, p);
	output_begin(s);
	show_stop(s, s->current);
	if (!s->settings.vdso)
		out_message(s->out, "note", ROLE_PLAIN, "It keeps its vDSO: "
		            "calls that that answers are not seen.");
	output_end(s);
	if (others)
		session_go_on_behind(s);
	return NULL;
}

static struct error *choose_process(struct session *s, struct process **p)
{
	TRY(session_need_process(s));
	if (!*p && !s->current)
		return error_new(ERROR_USAGE, "no thread is selected");
	if (!*p)
		*p = s->current->process;
	return NULL;
}

/* After a process went: is there another one to look at? */
static void reselect(struct session *s)
{
	struct target *target = s->target;

	breakpoints_reap(s);
	if (!target->processes.len) {
		s->run = RUN_NONE;
		s->current = NULL;
		s->terminal_group = 0;
		plan_clear(s);
	} else if (!s->current) {
		struct process *p = target->processes.items[0];

		s->current = process_stopped_thread(p);
		if (!s->current && p->threads.len)
			s->current = p->threads.items[0];
	}
}

struct error *session_detach(struct session *s, struct process *p)
{
	enum run_state before;
	pid_t pid;

	TRY(choose_process(s, &p));
	before = s->run;
	if (before != RUN_STOPPED) {
		s->run = RUN_STOPPED;
		stop_all(s);
	}
	pid = p->pid;
	session_release(s, p);
	show_detached(s, pid, ROLE_PLAIN);
	reselect(s);
	if (before == RUN_BACKGROUND && s->target->processes.len)
		session_go_on_behind(s);
	return NULL;
}

struct error *session_kill(struct session *s, struct process *p)
{
	pid_t pid;

	TRY(choose_process(s, &p));
	pid = p->pid;
	target_kill(p);
	show_killed(s, pid);
	reselect(s);
	s->may_be_idle = s->run == RUN_BACKGROUND;
	return NULL;
}

struct error *session_continue(struct session *s, int signal, bool all,
                               bool background)
{
	struct thread *t;

	/* Nobody need be stopped: all may wait in vfork for their children. */
	TRY(session_need_live(s));
	if (!s->settings.non_stop)
		TRY(need_not_running(s));
	else if (!all)
		TRY(session_need_stopped(s, &t));
	if (signal >= 0) {
		TRY(session_need_stopped(s, &t));
		thread_info(t)->signal = signal;
	}
	return go(s, all, background);
}

struct error *session_sysstep(struct session *s, uint64_t count)
{
	struct thread *t;

	TRY(session_need_stopped(s, &t));
	if (!count)
		return NULL;
	*plan_begin(s, t) = (struct plan){ .kind = PLAN_SYSSTEP,
	                                   .count = count };
	return go(s, false, false);
}

struct error *session_sysuntil(struct session *s, struct syscall_set *set,
                               struct expr *condition)
{
	struct thread *t;
	struct error *err = session_need_stopped(s, &t);
	struct plan *plan;

	if (err) {
		syscall_set_destroy(set);
		expr_destroy(condition);
		return err;
	}
	plan = plan_begin(s, t);
	if (!s->settings.non_stop)
		plan = &s->plan;
	*plan = (struct plan){ .kind = PLAN_SYSUNTIL, .set = set,
	                       .condition = condition };
	return go(s, false, false);
}

struct error *session_sysfinish(struct session *s)
{
	struct thread *t;
	struct call *call;

	TRY(session_need_stopped(s, &t));
	call = call_current(t);
	if (!call)
		return error_new(ERROR_USAGE,
		                 "the thread is not in a system call");
	if (call->phase == CALL_AT_EXIT)
		return error_new(ERROR_USAGE,
		                 "the thread is at its call's exit already");
	*plan_begin(s, t) = (struct plan){ .kind = PLAN_SYSFINISH,
	                                   .call = call->log_index };
	call->plan.stop_at_exit = true;
	return go(s, false, false);
}

struct error *session_select(struct session *s, struct thread *t)
{
	if (t->state == THREAD_GONE)
		return error_new(ERROR_GONE, "thread %d is gone", (int)t->tid);
	s->current = t;
	frames_unselect(t);
	return NULL;
}
