/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls that the full screen shows. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <string.h>

static struct error *run_watch(struct session *s, struct command_args *args)
{
	const struct setting *setting;
	AUTO_FREE char *now = NULL;

	TRY(setting_find("tui-watch", &setting));
	if (args->arg[0].given)
		return setting_set(s, setting, args->arg[0].text);
	now = setting_text(s, setting);
	out_begin(s->out, "tui_watch");
	out_text(s->out, ROLE_PLAIN, "The screen watches ");
	out_str_shown(s->out, "calls", ROLE_NAME, *now ? now : "all",
	              !*now ? "all calls"
	              : strcmp(now, "off") == 0 ? "no calls" : now);
	out_text(s->out, ROLE_PLAIN, ".\n");
	out_end(s->out);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "tui watch", .group = GROUP_TOOL,
		.args = "[calls:rest]",
		.summary = "say which calls the full screen wants to see go by",
		.help = "A SET as in `help catch syscall`, or off: the setting "
			"tui-watch. Each of them stops in the kernel for a "
			"moment; with off the program runs free of that.",
		.example = "tui watch %file",
		.run = run_watch,
	}, {
		.name = "tui filter", .group = GROUP_TOOL,
		.args = "[what:rest]",
		.summary = "choose the calls that the pane `calls` shows",
		.help = "SET, if COND or both, as `info syscalls` takes them; "
			"all: all. Alone it asks, as f does there.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui call", .group = GROUP_TOOL, .args = "[n:count]",
		.summary = "show a call of the log whole in the pane `call`",
		.help = "N is its number in the pane `calls`: `info syscall "
			"N`. Alone: the current call again.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui sort", .group = GROUP_TOOL, .args = "by:word",
		.summary = "sort the pane `counters`",
		.help = "BY is what `set trace-sort` takes, or next: calls, "
			"time, errors and name in turn.",
		.example = "tui off",
		.run = screen_run,
	},
};

const struct command_table commands_tui_calls = { table, ARRAY_LEN(table) };
