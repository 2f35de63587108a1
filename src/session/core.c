/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A core file as what is looked at: loaded, shown, dropped. */
#include "session/frames.h"
#include "session/internal.h"
#include "session/source.h"

#include "base/alloc.h"
#include "target/core.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct error *session_need_live(const struct session *s)
{
	TRY(session_need_process(s));
	return s->current && s->current->process->core ? core_refusal() : NULL;
}

struct process *session_core(const struct session *s)
{
	for (size_t i = 0; i < s->target->processes.len; i++)
		if (s->target->processes.items[i]->core)
			return s->target->processes.items[i];
	return NULL;
}

void session_drop_core(struct session *s)
{
	struct process *p = session_core(s);

	if (!p)
		return;
	target_detach(p);
	if (s->target->processes.len)
		return;
	s->run = RUN_NONE;
	s->current = NULL;
}

void session_thread_name(const struct thread *t, char name[64])
{
	if (!t->process->core)
		proc_comm(t->tid, name);
	else
		snprintf(name, 64, "%s",
		         core_thread_name(t->process->core, t)[0]
		         ? core_thread_name(t->process->core, t) : "?");
}

static void warn(struct session *s, const char *text, const char *name)
{
	out_message(s->out, "warning", ROLE_WARNING, "warning: %s: %s", name,
	            text);
}

/* The program that the core itself names. */
static void find_program(struct session *s, struct core *core)
{
	const char *name = core_program(core);

	if (!name || name[0] != '/')
		return;
	switch (core_match_program(core, name)) {
	case CORE_SAME:
	case CORE_UNKNOWN:
		s->program.path = xstrdup(name);
		break;
	case CORE_UNREADABLE:
		warn(s, "the program that the core is of can't be read: name "
		     "it with `file` or on the command line", name);
		break;
	case CORE_OTHER:
		warn(s, "the program was changed after the core was made",
		     name);
		break;
	}
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The one that the user named. */
static void check_program(struct session *s, struct core *core)
{
	AUTO_FREE char *path = NULL;
	const char *name = core_program(core);
	struct error *err = target_find_program(s->program.path,
	                                        s->settings.cwd, &path);

	if (err) {
		error_destroy(err);
		return;
	}
	switch (core_match_program(core, path)) {
	case CORE_OTHER:
		warn(s, "core file may not match specified executable file",
		     path);
		break;
	case CORE_UNKNOWN:
		if (name && strcmp(last_part(name), last_part(path)) != 0)
			warn(s, "core file may not match specified executable "
			     "file", path);
		core_set_program(core, path);
		break;
	case CORE_SAME:
		core_set_program(core, path);
		break;
	case CORE_UNREADABLE:
		break;
	}
}

void session_core_program(struct session *s)
{
	struct process *p = session_core(s);

	if (!p || !s->program.path)
		return;
	check_program(s, p->core);
	image_process_ran(p, true);
	/* Backtraces were made of what the symbols had said. */
	p->writes++;
}

enum { MOST_WARNINGS = 8 };

struct changed {
	struct session *s;
	const char *program;    /* of which all was said already */
	size_t count;
};

static void warn_of_changed(void *ctx, const char *name, bool gone)
{
	struct changed *c = ctx;

	if (c->program && strcmp(c->program, name) == 0)
		return;
	if (c->count++ >= MOST_WARNINGS)
		return;
	warn(c->s, gone ? "was mapped, and can't be read now"
	     : "is not the file that was mapped", name);
}

static void check_files(struct session *s, struct core *core)
{
	struct changed c = { .s = s, .program = core_program(core) };

	core_each_changed(core, warn_of_changed, &c);
	if (c.count > MOST_WARNINGS)
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: %zu more files can't be used",
		            c.count - MOST_WARNINGS);
	if (core_missing(core))
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: %s is cut off: %llu bytes are not there",
		            core_path(core),
		            (unsigned long long)core_missing(core));
}

static bool tells_address(const struct stop *stop)
{
	switch (stop->signal) {
	case SIGSEGV:
	case SIGBUS:
	case SIGILL:
	case SIGFPE:
		return stop->siginfo.si_code > 0;
	default:
		return false;
	}
}

static void show_signal_of(struct session *s, const struct thread *t)
{
	struct out *o = s->out;
	int signum = core_signal(t->process->core);
	char name[16];

	if (!signum)
		return;
	out_text(o, ROLE_PLAIN, "Program terminated with signal ");
	out_str(o, "signal", ROLE_WARNING, signal_name(signum, name));
	out_text(o, ROLE_PLAIN, ", ");
	out_str(o, "description", ROLE_PLAIN, strsignal(signum));
	out_text(o, ROLE_PLAIN, ".\n");
	if (!tells_address(&t->stop))
		return;
	out_text(o, ROLE_PLAIN, "The address was ");
	out_word(o, "si_addr", ROLE_ADDRESS,
	         (uintptr_t)t->stop.siginfo.si_addr, "0x%llx",
	         (unsigned long long)(uintptr_t)t->stop.siginfo.si_addr);
	out_text(o, ROLE_PLAIN, ".\n");
}

static void show_core(struct session *s, const struct process *p)
{
	struct out *o = s->out;
	const char *command = core_command(p->core);

	out_begin(o, "core");
	out_hidden_str(o, "file", core_path(p->core));
	out_hidden_int(o, "pid", p->pid);
	out_hidden_uint(o, "threads", p->threads.len);
	if (command[0]) {
		out_text(o, ROLE_PLAIN, "Core was generated by `");
		out_str(o, "command", ROLE_STRING, command);
		out_text(o, ROLE_PLAIN, "'.\n");
	}
	show_signal_of(s, s->current);
	out_end(o);
}

static void show_place(struct session *s, struct thread *t)
{
	const struct frame *f = session_frame_at(s, t, 0);
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	if (f)
		show_frame(s, t, f, false);
	if (!err)
		source_show_stop(s, t, arch_pc(regs));
	error_destroy(err);
	if (t->process->threads.len < 2)
		return;
	out_begin(s->out, "current-thread");
	out_text(s->out, ROLE_PLAIN, "[Current thread is ");
	out_uint(s->out, "thread", ROLE_NUMBER, t->number, "%u", t->number);
	out_text(s->out, ROLE_PLAIN, " (LWP ");
	out_int(s->out, "tid", ROLE_PLAIN, t->tid, "%d", (int)t->tid);
	out_text(s->out, ROLE_PLAIN, ")]\n");
	out_end(s->out);
}

struct error *session_open_core(struct session *s, const char *path)
{
	struct core *core;
	struct process *p;

	if (s->run == RUN_FOREGROUND || s->run == RUN_BACKGROUND)
		return error_new(ERROR_USAGE, "the program is running: use "
		                 "`interrupt` first");
	TRY(core_open(path, &core));
	session_drop_processes(s);
	p = target_add_core(s->target, core);
	s->run = RUN_STOPPED;
	s->current = p->threads.items[0];
	s->stop_breakpoint = 0;
	for (size_t i = 0; i < p->threads.len; i++)
		thread_info(p->threads.items[i])->held = true;
	if (s->program.path)
		check_program(s, core);
	else
		find_program(s, core);
	check_files(s, core);
	breakpoints_process_new(s, p);
	show_core(s, p);
	show_place(s, s->current);
	if (s->after_stop)
		s->after_stop(s);
	return NULL;
}
