/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Core files, to be looked at like a process that stands. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "target/core.h"

/* What is debugged makes room, as for `run`. */
static struct error *ask(struct session *s)
{
	if (!s->target->processes.len || session_core(s))
		return NULL;
	if (!command_confirm(s, "A program is being debugged already. What "
	                     "was started will be killed, the rest let go. "
	                     "Look at a core instead?"))
		return error_new(ERROR_INTERRUPTED, "core not opened");
	return s->run == RUN_BACKGROUND ? session_interrupt(s, true) : NULL;
}

struct error *command_core(struct session *s, const char *file)
{
	AUTO_FREE char *path = command_path(file);

	TRY(ask(s));
	return session_open_core(s, path);
}

void command_drop_core(struct session *s)
{
	session_drop_core(s);
	out_message(s->out, "note", ROLE_PLAIN, "No core file now.");
}

bool command_on_core(const struct session *s, const struct command_args *args)
{
	return !args->arg[0].given && s->current && s->current->process->core;
}

static void text_line(struct session *s, const char *name, const char *value)
{
	out_text(s->out, ROLE_PLAIN, "%-10s", name);
	out_str(s->out, name, ROLE_STRING, value);
	out_text(s->out, ROLE_PLAIN, "\n");
}

static void number_line(struct session *s, const char *name, int64_t value)
{
	out_text(s->out, ROLE_PLAIN, "%-10s", name);
	out_int(s->out, name, ROLE_NUMBER, value, "%lld", (long long)value);
	out_text(s->out, ROLE_PLAIN, "\n");
}

/* What the core says of what /proc would. */
struct error *core_info_proc(struct session *s)
{
	const struct process *p = s->current->process;
	const char *program = core_program(p->core);
	struct proc_status status;

	core_status(p->core, &status);
	out_begin(s->out, "core-info");
	number_line(s, "process", p->pid);
	text_line(s, "name", core_name(p->core));
	text_line(s, "cmdline", core_command(p->core));
	text_line(s, "exe", program ? program : "");
	text_line(s, "state", (char[]){ status.state, '\0' });
	number_line(s, "parent", status.parent);
	number_line(s, "threads", status.threads);
	number_line(s, "uid", status.uid[0]);
	number_line(s, "gid", status.gid[0]);
	text_line(s, "core", core_path(p->core));
	out_end(s->out);
	return NULL;
}

static const char *origin_text(enum core_origin origin)
{
	switch (origin) {
	case CORE_DUMPED:
		return "core";
	case CORE_MAPPED:
		return "file";
	case CORE_ZEROED:
		return "zeros";
	case CORE_LACKING:
		break;
	}
	return "none";
}

/* Where a mapping's content is: at its beginning, and at its end if elsewhere:
 * the kernel dumps the first page of some files alone. */
static void show_origin(struct session *s, struct core *core,
                        const struct proc_map *map)
{
	const char *first = origin_text(core_origin(core, map->start));
	const char *last = origin_text(core_origin(core, map->end - 1));
	AUTO_FREE char *both = first == last ? xstrdup(first)
	                                     : xasprintf("%s, %s", first, last);

	out_str(s->out, "content", ROLE_PLAIN, both);
}

struct error *core_info_mappings(struct session *s)
{
	static const struct out_column columns[] = {
		{ "start", "Start Addr", true },
		{ "end", "End Addr", true },
		{ "size", "Size", true },
		{ "offset", "Offset", true },
		{ "perms", "Perms", false },
		{ "content", "Content", false },
		{ "name", "objfile", false },
	};
	struct core *core = s->current->process->core;
	proc_map_vec maps = { 0 };

	TRY(core_maps(core, &maps));
	out_table_begin(s->out, "core-mappings", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < maps.len; i++) {
		const struct proc_map *m = &maps.items[i];

		out_row(s->out);
		out_word(s->out, "start", ROLE_ADDRESS, m->start, "0x%llx",
		         (unsigned long long)m->start);
		out_word(s->out, "end", ROLE_ADDRESS, m->end, "0x%llx",
		         (unsigned long long)m->end);
		out_uint(s->out, "size", ROLE_NUMBER, m->end - m->start,
		         "0x%llx", (unsigned long long)(m->end - m->start));
		out_uint(s->out, "offset", ROLE_NUMBER, m->offset, "0x%llx",
		         (unsigned long long)m->offset);
		out_str(s->out, "perms", ROLE_PLAIN, m->perms);
		show_origin(s, core, m);
		out_str(s->out, "name", ROLE_STRING, m->name);
	}
	out_table_end(s->out);
	proc_maps_deinit(&maps);
	return NULL;
}

void core_show_file(struct session *s, const struct process *p)
{
	out_text(s->out, ROLE_PLAIN, "Local core dump file:\n\t`");
	out_str(s->out, "core", ROLE_STRING, core_path(p->core));
	out_text(s->out, ROLE_PLAIN, "'.\n");
	out_hidden_int(s->out, "pid", p->pid);
}

static struct error *run_core_file(struct session *s,
                                   struct command_args *args)
{
	if (args->arg[0].given)
		return command_core(s, args->arg[0].text);
	command_drop_core(s);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "core-file", .aliases = "core", .group = GROUP_RUNNING,
		.args = "[file:file]",
		.summary = "look at a core file, or at none any more",
		.help = "All that needs no running process works on it as on "
			"one that stands. `detach` closes it too. The program "
			"is the one that was chosen with `file` or on the "
			"command line, else the one that the core names. "
			"Memory that is not in the core is read from the files "
			"that were mapped, if they are still the same.",
		.example = "core-file",
		.run = run_core_file,
	},
};

const struct command_table commands_core = { table, ARRAY_LEN(table) };
