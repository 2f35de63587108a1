/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the full screen does with the thing that the selected line is about. */
#include "cmds/internal.h"
#include "cmds/tables.h"

static const struct command table[] = {
	{
		.name = "tui toggle", .group = GROUP_TOOL, .args = "",
		.summary = "disable or enable the breakpoint in the selected "
			"line",
		.help = "In the panes code and source: set one there, or take "
			"it away.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui delete", .group = GROUP_TOOL, .args = "",
		.summary = "delete the breakpoint in the selected line",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui advance", .group = GROUP_TOOL, .args = "",
		.flags = CMD_NEEDS_STOPPED | CMD_RUNS,
		.summary = "run the program to the selected line of code",
		.help = "In the panes code and source; as `advance` does.",
		.example = "tui off",
		.run = screen_run,
	},
};

const struct command_table commands_tui_lines = { table, ARRAY_LEN(table) };
