/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How calls come to stop. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "session/engine.h"

static struct error *run_info(struct session *s, struct command_args *args)
{
	(void)args;
	engine_show(s);
	return NULL;
}

static const struct command rows[] = {
	{
		.name = "info engine", .group = GROUP_SYSCALLS, .args = "",
		.summary = "how calls come to stop, and how many stops there "
			"were",
		.help = "For each process the engine that is in use, the "
			"filters that it has in the kernel, and what speaks "
			"against a filter. The stops are those that the "
			"kernel has told of since scdb began, also those "
			"that nobody was shown.",
		.example = "info engine",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info,
	},
};

const struct command_table commands_engine = { rows, ARRAY_LEN(rows) };
