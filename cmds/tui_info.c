/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the full screen has, printed. */
#include "cmds/internal.h"
#include "cmds/tables.h"

static struct error *run_panes(struct session *s, struct command_args *args)
{
	(void)args;
	return screen_ask(s, "panes");
}

static const struct command table[] = {
	{
		.name = "info win", .aliases = "panes", .group = GROUP_TOOL,
		.args = "",
		.summary = "list the panes of the full screen",
		.help = "Lines and columns are those that a pane has now, - "
			"where it is not shown. Shows: the command that it "
			"runs.",
		.example = "info win",
		.run = run_panes,
	}, {
		.name = "tui keys", .group = GROUP_TOOL, .args = "",
		.summary = "list the keys of the full screen",
		.help = "Where: everywhere, in all panes but the prompt's, or "
			"in one pane. Is: the command that does the same.",
		.example = "tui keys",
		.run = screen_run,
	}, {
		.name = "tui print", .group = GROUP_TOOL, .args = "pane:pane",
		.summary = "print all that a pane of the full screen holds",
		.help = "Also the lines that have no room there. `info win` "
			"lists the panes.",
		.example = "tui print breakpoints",
		.run = screen_run,
	},
};

const struct command_table commands_tui_info = { table, ARRAY_LEN(table) };
