/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Core files, to be looked at like a process that stands. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

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
