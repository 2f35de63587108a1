/* SPDX-License-Identifier: GPL-3.0-or-later */
/* generate-core-file: processes as core files. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "session/coredump.h"

static void show_lacks(struct out *o, const struct coredump_result *r)
{
	if (r->missing)
		out_message(o, "warning", ROLE_WARNING,
		            "warning: %zu thread%s could not be stopped, and %s not in "
		            "the core file", r->missing,
		            r->missing > 1 ? "s" : "",
		            r->missing > 1 ? "are" : "is");
	if (r->unreadable)
		out_message(o, "warning", ROLE_WARNING,
		            "warning: %llu bytes are zeros in the core file: "
		            "what is at 0x%llx %s", (unsigned long long)r->unreadable,
		            (unsigned long long)r->unreadable_at, r->reason);
	if (r->left_out)
		out_message(o, "warning", ROLE_WARNING,
		            "warning: %llu bytes are not in the core file: a "
		            "32-bit one holds 4 GB", (unsigned long long)r->left_out);
}

static struct error *write_core(struct session *s, struct process *p,
                                const char *path)
{
	struct coredump_result r = { 0 };

	TRY(session_coredump(s, p, path, &r));
	show_lacks(s->out, &r);
	out_begin(s->out, "saved-core");
	out_text(s->out, ROLE_PLAIN, "Saved corefile ");
	out_str(s->out, "file", ROLE_STRING, path);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_hidden_int(s->out, "pid", p->pid);
	out_hidden_uint(s->out, "threads", r.threads);
	out_hidden_uint(s->out, "size", r.size);
	out_hidden_uint(s->out, "written", r.written);
	out_end(s->out);
	return NULL;
}

/* One that fails keeps no other from being written; the last error is told. */
static struct error *write_all(struct session *s, const char *prefix)
{
	struct error *last = NULL;
	VEC(pid_t) pids = { 0 };

	for (size_t i = 0; i < s->target->processes.len; i++)
		vec_push(&pids, s->target->processes.items[i]->pid);
	for (size_t i = 0; i < pids.len; i++) {
		AUTO_FREE char *path = xasprintf("%s.%d", prefix,
		                                 (int)pids.items[i]);
		struct process *p = target_process(s->target, pids.items[i]);
		struct error *err = p ? write_core(s, p, path) : NULL;

		if (!err)
			continue;
		if (last)
			command_report(s, last);
		last = error_prefix(err, "process %d", (int)pids.items[i]);
		if (last->kind == ERROR_INTERRUPTED)
			break;
	}
	vec_deinit(&pids);
	return last;
}

static struct error *run_gcore(struct session *s, struct command_args *args)
{
	AUTO_FREE char *path = args->arg[0].given
	                       ? command_path(args->arg[0].text) : NULL;

	/* `./-x` is a file all the same. */
	if (path && path[0] == '-')
		return error_new(ERROR_USAGE, "unknown option \"%s\": there is "
		                 "--all", path);
	if (args->options & 1)
		return write_all(s, path ? path : "core");
	if (!s->current)
		return error_new(ERROR_USAGE,
		                 "no thread is selected: use `thread N`");
	if (!path)
		path = xasprintf("core.%d", (int)s->current->process->pid);
	return write_core(s, s->current->process, path);
}

static const struct command table[] = {
	{
		.name = "generate-core-file", .aliases = "gcore",
		.group = GROUP_LOOKING, .args = "[-a] [file:file]",
		.flags = CMD_NEEDS_LIVE,
		.summary = "write a core file of the process",
		.help = "FILE is core.PID where none is given. -a (or --all) "
			"writes one of every process: FILE.PID, or core.PID. "
			"Debuggers open it as they open the kernel's: it has "
			"all threads' registers and the memory that the "
			"process's coredump_filter names (`show "
			"use-coredump-filter`, `show "
			"dump-excluded-mappings`). What nobody touched yet is "
			"a hole in the file; breakpoints and what else is "
			"scdb's own in the process are not in it. What runs "
			"is stopped for the while. An existing FILE is "
			"replaced when all is written, and a symbolic link is "
			"refused.",
		.example = "generate-core-file cat.core\n"
			"gcore --all",
		.example_at = EXAMPLE_AT_START,
		.run = run_gcore,
	},
};

const struct command_table commands_gcore = { table, ARRAY_LEN(table) };
