/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes and goes, in a line each: processes, threads, group stops. */
#include "session/internal.h"

#include "target/procfs.h"

#include <string.h>

void show_group_stop(struct session *s, const struct thread *t)
{
	size_t first = 0;
	char name[16];

	while (t->process->threads.items[first]->state == THREAD_ZOMBIE)
		first++;
	/* Once a process, not once a thread, nor again where it was asked. */
	if (t != t->process->threads.items[first] || t->was_listening)
		return;
	output_begin(s);
	out_begin(s->out, "group-stop");
	show_thread(s, t);
	out_text(s->out, ROLE_PLAIN, "is stopped by ");
	out_str(s->out, "signal", ROLE_WARNING,
	        signal_name(t->stop.signal, name));
	out_text(s->out, ROLE_PLAIN, "; SIGCONT lets it go on\n");
	out_end(s->out);
	output_end(s);
}

void show_process_born(struct session *s, const struct process *p)
{
	if (!s->settings.print_events)
		return;
	output_begin(s);
	out_begin(s->out, "process");
	out_hidden_uint(s->out, "inferior", p->number);
	show_thread(s, p->threads.items[0]);
	out_text(s->out, ROLE_DIM, "is new, made by ");
	out_int(s->out, "parent", ROLE_DIM, p->parent, "%d", (int)p->parent);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	output_end(s);
}

void show_exec(struct session *s, const struct thread *t)
{
	AUTO_BUF struct buf line = { 0 };

	if (!s->settings.print_events)
		return;
	buf_init(&line);
	proc_cmdline(t->process->pid, &line);
	buf_truncate(&line, 200);
	output_begin(s);
	out_begin(s->out, "exec");
	show_thread(s, t);
	out_text(s->out, ROLE_DIM, "runs ");
	out_str(s->out, "command", ROLE_DIM, line.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	output_end(s);
}

void show_death(struct session *s, const struct stop *stop)
{
	struct out *o = s->out;
	char name[16];

	if (!s->settings.print_events && stop->thread->process->parent)
		return;
	output_begin(s);
	out_begin(o, "exit");
	show_thread_known(s, stop->thread);
	if (stop->reasons & STOP_EXITED) {
		out_text(o, ROLE_PLAIN, "exited with status ");
		out_int(o, "status",
		        stop->exit_status ? ROLE_ERROR : ROLE_GOOD,
		        stop->exit_status, "%d", stop->exit_status);
	} else {
		out_text(o, ROLE_PLAIN, "was killed by ");
		out_str(o, "signal", ROLE_ERROR,
		        signal_name(stop->signal, name));
		out_text(o, ROLE_PLAIN, " (");
		out_str(o, "description", ROLE_PLAIN, strsignal(stop->signal));
		out_text(o, ROLE_PLAIN, ")");
		out_bool(o, "core_dumped", stop->core_dumped,
		         stop->core_dumped ? ", core dumped" : "");
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	output_end(s);
}

void show_detached(struct session *s, pid_t pid, enum out_role role)
{
	out_begin(s->out, "detached");
	out_text(s->out, role, "detached from process ");
	out_int(s->out, "pid", role, pid, "%d", (int)pid);
	out_text(s->out, role, "\n");
	out_end(s->out);
}

void show_killed(struct session *s, pid_t pid)
{
	out_begin(s->out, "killed");
	out_text(s->out, ROLE_PLAIN, "process ");
	out_int(s->out, "pid", ROLE_PLAIN, pid, "%d", (int)pid);
	out_text(s->out, ROLE_PLAIN, " was killed\n");
	out_end(s->out);
}
