/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full screen, which is the user interface's: session_hooks has it. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include <string.h>

struct error *screen_ask(struct session *s, const char *line)
{
	if (s->hooks.screen)
		return s->hooks.screen(s->hooks.ctx, line);
	return error_new(ERROR_UNSUPPORTED, "there is no screen here");
}

struct error *screen_run(struct session *s, struct command_args *args)
{
	AUTO_BUF struct buf line = { 0 };

	buf_init(&line);
	buf_puts(&line, args->command->name + strlen("tui "));
	if (*args->line)
		buf_printf(&line, " %s", args->line);
	return screen_ask(s, line.data);
}

static struct error *run_tui(struct session *s, struct command_args *args)
{
	(void)args;
	return screen_ask(s, "switch");
}

static const struct command table[] = {
	{
		.name = "tui", .group = GROUP_TOOL, .args = "",
		.flags = CMD_PREFIX,
		.summary = "turn the full screen on, or off again",
		.help = "It shows calls, registers, code, memory and what the "
			"program writes at a glance, above the prompt. F1 "
			"there lists the keys. It needs a terminal.",
		.example = "tui off",
		.run = run_tui,
	}, {
		.name = "tui on", .aliases = "enable", .group = GROUP_TOOL,
		.args = "",
		.summary = "turn the full screen on",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui off", .aliases = "disable", .group = GROUP_TOOL,
		.args = "",
		.summary = "turn the full screen off",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui focus", .group = GROUP_TOOL, .args = "pane:pane",
		.summary = "choose the pane of the full screen that gets the "
			"keys",
		.help = "PANE is what its title says; `prompt` is the one "
			"where commands are typed. F6 goes from pane to pane.",
		.example = "tui focus prompt",
		.run = screen_run,
	}, {
		.name = "tui search", .group = GROUP_TOOL, .args = "text:rest",
		.summary = "find text in the pane that gets the keys",
		.help = "As / there; small letters mean capitals too. Where "
			"the prompt gets the keys it is the pane that got them "
			"before, here and in all that moves in a pane.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui next", .group = GROUP_TOOL, .args = "",
		.summary = "find the same text again, further down",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui previous", .group = GROUP_TOOL, .args = "",
		.summary = "find the same text again, further up",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui select", .group = GROUP_TOOL, .args = "line:rest",
		.summary = "select a line of the pane that gets the keys",
		.help = "LINE is its number, +N or -N from the one that is "
			"selected, first, last, or a text that it has.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui open", .group = GROUP_TOOL, .args = "",
		.summary = "show more of the selected line, or go there",
		.help = "As Enter does in the pane.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui edit", .group = GROUP_TOOL, .args = "[value:rest]",
		.summary = "change what stands in the selected line",
		.help = "A register, a value in memory, or of the call its "
			"number, an argument, its result. Without VALUE it is "
			"typed in the pane, as Enter does there.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui ask", .group = GROUP_TOOL, .args = "command:rest",
		.summary = "type the rest of a command in the pane",
		.help = "As s, e and f do in the pane `call`: there it is "
			"`skip`, `emulate` and `fake`.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui cell", .group = GROUP_TOOL, .args = "by:word",
		.summary = "go to the next value in the pane of memory",
		.help = "BY is +1, or -1 for the one before.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui follow", .group = GROUP_TOOL,
		.args = "[what:rest]",
		.summary = "choose the memory that its pane shows",
		.help = "WHAT is what may stand behind `x`; without /FMT the "
			"format stays: `tui follow $rsi`. It is worked out "
			"at each stop anew, and is the setting tui-memory.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui registers", .group = GROUP_TOOL,
		.args = "[group:rest]",
		.summary = "choose the registers that their pane shows",
		.help = "GROUP is what may stand behind `info registers`: the "
			"setting tui-registers. Without it the next of "
			"general, vector, float, system and all.",
		.example = "tui registers vector\ntui registers general",
		.run = screen_run,
	}, {
		.name = "tui scroll", .group = GROUP_TOOL, .args = "rows:word",
		.summary = "scroll the pane that gets the keys",
		.help = "ROWS is a number, page or half; behind a - it goes "
			"up.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui sideways", .group = GROUP_TOOL,
		.args = "columns:word",
		.summary = "show what is further right in a pane",
		.help = "Behind a - it goes to the left.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui help", .group = GROUP_TOOL, .args = "",
		.summary = "list the keys of the full screen",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui program", .group = GROUP_TOOL, .args = "",
		.summary = "give the program the keys while it runs",
		.help = "As F12, which also takes them back.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui break", .group = GROUP_TOOL, .args = "",
		.summary = "set a breakpoint where the code stands, or type one",
		.help = "As F9: in a layout with code, in the line where the "
			"program stands, or takes it away; else a command is "
			"begun.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui here", .group = GROUP_TOOL, .args = "",
		.summary = "show again where the program stands",
		.help = "As . does in the panes `code` and `source`, which "
			"were scrolled away from there.",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui refresh", .group = GROUP_TOOL, .args = "",
		.summary = "draw the full screen anew",
		.example = "tui refresh",
		.run = screen_run,
	},
};

const struct command_table commands_tui = { table, ARRAY_LEN(table) };
