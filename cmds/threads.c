/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads and processes: listed, chosen, asked in turn. */
#include "cmds/internal.h"
#include "cmds/tables.h"
#include "cmds/thread_tree.h"

#include "base/alloc.h"
#include "target/core.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static struct error *show_current(struct session *s)
{
	struct thread *thread = s->current;

	if (session_is_stopped(s, thread)) {
		show_stop(s, thread);
		return NULL;
	}
	out_begin(s->out, "thread");
	show_thread(s, thread);
	out_text(s->out, ROLE_PLAIN, "(");
	out_str(s->out, "state", ROLE_PLAIN, "running");
	out_text(s->out, ROLE_PLAIN, ")\n");
	out_end(s->out);
	return NULL;
}

static struct error *run_thread(struct session *s, struct command_args *args)
{
	struct thread *thread = s->current;

	if (args->arg[0].given) {
		TRY(session_thread_find(s, args->arg[0].text, &thread));
		TRY(session_select(s, thread));
	} else if (!thread) {
		return error_new(ERROR_USAGE, "no thread is selected");
	}
	return show_current(s);
}

static void thread_state(const struct session *s, const struct thread *t,
                         struct buf *text)
{
	const struct call *call = call_current(t);
	char name[16];

	if (t->state == THREAD_ZOMBIE || t->state == THREAD_GONE)
		buf_puts(text, "exited");
	else if (!session_is_stopped(s, t))
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

static void thread_cells(struct session *s, const struct thread *t,
                         const char *lines)
{
	AUTO_BUF struct buf state = { 0 };
	AUTO_FREE char *shown = NULL;
	char label[24], comm[64];

	buf_init(&state);
	thread_state(s, t, &state);
	session_thread_label(s, t, label);
	session_thread_name(t, comm);
	shown = xasprintf("%s%s", lines, comm);
	out_row(s->out);
	out_bool(s->out, "current", t == s->current,
	         t == s->current ? "*" : " ");
	out_str(s->out, "id", ROLE_NUMBER, label);
	out_int(s->out, "tid", ROLE_PLAIN, t->tid, "%d", (int)t->tid);
	out_str_shown(s->out, "comm", ROLE_STRING, comm, shown);
	out_str(s->out, "state", ROLE_PLAIN, state.data);
}

static void tree_row(struct session *s, const struct thread *t,
                     const char *lines)
{
	const struct process *parent = thread_tree_parent(s->target,
	                                                  t->process);

	thread_cells(s, t, lines);
	out_hidden_int(s->out, "pid", t->process->pid);
	if (parent)
		out_hidden_int(s->out, "parent", parent->pid);
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
	bool tree = args->options;

	if (!target->processes.len) {
		out_message(s->out, "note", ROLE_PLAIN, "No threads.");
		return NULL;
	}
	out_table_begin(s->out, "threads", columns, ARRAY_LEN(columns));
	if (tree)
		thread_tree_each(s, tree_row);
	for (size_t i = 0; !tree && i < target->processes.len; i++) {
		const struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++)
			thread_cells(s, p->threads.items[k], "");
	}
	out_table_end(s->out);
	return NULL;
}

static void process_row(struct session *s, const struct process *p)
{
	bool current = s->current && s->current->process == p;
	char exe[PATH_MAX];

	if (p->core)
		snprintf(exe, sizeof(exe), "%s", core_program(p->core)
		         ? core_program(p->core) : "");
	else
		proc_exe(p->pid, exe, sizeof(exe));
	out_row(s->out);
	out_bool(s->out, "current", current, current ? "*" : " ");
	out_uint(s->out, "number", ROLE_NUMBER, p->number, "%u", p->number);
	out_int(s->out, "pid", ROLE_PLAIN, p->pid, "process %d", (int)p->pid);
	out_uint(s->out, "threads", ROLE_PLAIN, p->threads.len, "%zu",
	         p->threads.len);
	out_str(s->out, "origin", ROLE_PLAIN,
	        p->core ? "core" : p->parent ? "followed" :
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

/* `thread apply` */

struct apply {
	pid_vec tids;
	bool quiet, ignore, tell;   /* -q; -s; -c */
	const char *command;
};

static void add_process(struct apply *a, const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state != THREAD_GONE)
			vec_push(&a->tids, p->threads.items[i]->tid);
}

static void add_all(const struct session *s, struct apply *a)
{
	for (size_t i = 0; i < s->target->processes.len; i++)
		add_process(a, s->target->processes.items[i]);
}

static void reverse(pid_vec *tids)
{
	for (size_t i = 0; i < tids->len / 2; i++) {
		pid_t tid = tids->items[i];

		tids->items[i] = tids->items[tids->len - 1 - i];
		tids->items[tids->len - 1 - i] = tid;
	}
}

/* One word of the list: 3, 2.1, 4-6. */
static struct error *add_word(const struct session *s, struct apply *a,
                              char *word)
{
	char *dash = strchr(word, '-');
	uint64_t first, last;
	struct thread *t;

	if (!dash) {
		TRY(session_thread_find(s, word, &t));
		vec_push(&a->tids, t->tid);
		return NULL;
	}
	*dash = '\0';
	TRY(parse_number(word, "thread's number", 1, 1000000, &first));
	TRY(parse_number(dash + 1, "range's end", first, 1000000, &last));
	for (uint64_t i = first; i <= last; i++) {
		char label[24];

		snprintf(label, sizeof(label), "%llu", (unsigned long long)i);
		TRY(session_thread_find(s, label, &t));
		vec_push(&a->tids, t->tid);
	}
	return NULL;
}

static bool take_word(const char **text, const char *word)
{
	size_t len = strcspn(*text, " \t");

	if (strlen(word) != len || strncmp(*text, word, len) != 0)
		return false;
	*text = skip_blanks(*text + len);
	return true;
}

static struct error *parse_apply(const struct session *s, const char *text,
                                 struct apply *a)
{
	bool all = take_word(&text, "all"), ascending = false;

	if (all)
		add_all(s, a);
	while (!all && isdigit((unsigned char)*text)) {
		size_t len = strcspn(text, " \t,");
		AUTO_FREE char *word = xstrndup(text, len);

		TRY(add_word(s, a, word));
		text = skip_blanks(text + len + (text[len] == ','));
	}
	for (;;) {
		if (take_word(&text, "-ascending"))
			ascending = true;
		else if (take_word(&text, "-q"))
			a->quiet = true;
		else if (take_word(&text, "-s"))
			a->ignore = true;
		else if (take_word(&text, "-c"))
			a->tell = true;
		else
			break;
	}
	if (!a->tids.len && !all)
		return error_new(ERROR_USAGE, "say `all` or which threads, as "
		                 "in thread apply 1 3-5 info syscall");
	if (!*text)
		return error_new(ERROR_USAGE, "a command is missing");
	/* As in gdb. */
	if (all && !ascending)
		reverse(&a->tids);
	a->command = text;
	return NULL;
}

static struct error *apply_one(struct session *s, const struct apply *a,
                               struct thread *t)
{
	struct error *err;

	s->current = t;
	if (!a->quiet) {
		out_begin(s->out, "thread");
		out_text(s->out, ROLE_PLAIN, "\n");
		show_thread(s, t);
		out_hidden_str(s->out, "state", session_is_stopped(s, t)
		               ? "stopped" : "running");
		out_text(s->out, ROLE_PLAIN, "\n");
		out_end(s->out);
	}
	err = command_execute(s, a->command);
	if (err && a->tell) {
		command_report(s, err);
		return NULL;
	}
	if (err && a->ignore) {
		error_destroy(err);
		return NULL;
	}
	return err;
}

static struct error *run_apply(struct session *s, struct command_args *args)
{
	pid_t before = s->current ? s->current->tid : 0;
	struct apply a = { .command = NULL };
	struct error *err = parse_apply(s, args->arg[0].text, &a);

	for (size_t i = 0; !err && i < a.tids.len && !s->quit; i++) {
		struct thread *t = target_thread(s->target, a.tids.items[i]);

		if (t)
			err = apply_one(s, &a, t);
	}
	if (a.command && target_thread(s->target, before))
		s->current = target_thread(s->target, before);
	vec_deinit(&a.tids);
	return err;
}

static struct error *run_inferior(struct session *s,
                                  struct command_args *args)
{
	struct process *p = s->current ? s->current->process : NULL;
	struct thread *t = s->current;

	if (args->arg[0].given) {
		TRY(command_process(s, &args->arg[0], &p));
		t = process_stopped_thread(p);
		if (!t && p->threads.len)
			t = p->threads.items[0];
	}
	if (!t)
		return error_new(ERROR_USAGE, "no inferior is selected");
	TRY(session_select(s, t));
	return show_current(s);
}

static const struct command table[] = {
	{
		.name = "thread", .aliases = "t", .group = GROUP_RUNNING,
		.args = "[thread:thread]",
		.flags = CMD_NEEDS_PROCESS | CMD_PREFIX,
		.summary = "show the current thread, or choose another",
		.help = "THREAD is a number of `info threads` (3, or 2.1 where "
			"there are several inferiors) or a thread id.",
		.example = "thread 1",
		.example_at = EXAMPLE_AT_START,
		.run = run_thread,
	}, {
		.name = "info threads", .group = GROUP_RUNNING, .args = "[-t]",
		.summary = "list the threads and where they are",
		.help = "-t: as a tree. A process stands as its first thread; "
			"below are its other threads, and the processes that "
			"it made.",
		.example = "info threads -t",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_threads,
	}, {
		.name = "info inferiors", .group = GROUP_RUNNING, .args = "",
		.summary = "list the processes",
		.example = "info inferiors",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_inferiors,
	}, {
		.name = "thread apply", .group = GROUP_RUNNING,
		.args = "threads-and-command:apply",
		.flags = CMD_NEEDS_PROCESS,
		.summary = "run a command for some threads, or all, in turn",
		.help = "thread apply all [-ascending] [-q] [-c|-s] COMMAND, "
			"or thread apply 1 3-5 2.1 COMMAND. all begins with "
			"the newest thread. -q shows no heads; an error ends "
			"it, unless -c shows it or -s drops it.",
		.example = "thread apply all info syscall",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_apply,
	}, {
		.name = "inferior", .group = GROUP_RUNNING,
		.args = "[inferior:inferior]", .flags = CMD_NEEDS_PROCESS,
		.summary = "show the current process, or choose another",
		.help = "INFERIOR is a number of `info inferiors`.",
		.example = "inferior 1",
		.example_at = EXAMPLE_AT_START,
		.run = run_inferior,
	},
};

const struct command_table commands_threads = { table, ARRAY_LEN(table) };
