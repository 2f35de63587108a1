/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full screen, which is the user interface's: session_hooks has it. */
#include "cmds/internal.h"
#include "cmds/tables.h"

struct error *screen_ask(struct session *s, enum screen_act act,
                         const char *text)
{
	if (s->hooks.screen)
		return s->hooks.screen(s->hooks.ctx, act, text);
	return error_new(ERROR_UNSUPPORTED, "there is no screen here");
}

static struct error *run_tui(struct session *s, struct command_args *args)
{
	(void)args;
	return screen_ask(s, SCREEN_SWITCH, NULL);
}

static struct error *run_on(struct session *s, struct command_args *args)
{
	(void)args;
	return screen_ask(s, SCREEN_ON, NULL);
}

static struct error *run_off(struct session *s, struct command_args *args)
{
	(void)args;
	return screen_ask(s, SCREEN_OFF, NULL);
}

static struct error *run_refresh(struct session *s, struct command_args *args)
{
	(void)args;
	return screen_ask(s, SCREEN_REFRESH, NULL);
}

static struct error *run_focus(struct session *s, struct command_args *args)
{
	return screen_ask(s, SCREEN_FOCUS, args->arg[0].text);
}

static struct error *run_search(struct session *s, struct command_args *args)
{
	return screen_ask(s, SCREEN_SEARCH, args->arg[0].text);
}

static struct error *run_layout(struct session *s, struct command_args *args)
{
	const struct setting *setting;

	TRY(setting_find("tui-layout", &setting));
	return setting_set(s, setting, args->arg[0].text);
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
		.run = run_on,
	}, {
		.name = "tui off", .aliases = "disable", .group = GROUP_TOOL,
		.args = "",
		.summary = "turn the full screen off",
		.example = "tui off",
		.run = run_off,
	}, {
		.name = "tui layout", .group = GROUP_TOOL, .args = "name:word",
		.summary = "choose the panes of the full screen",
		.help = "NAME is calls, code, memory or overview: the setting "
			"tui-layout.",
		.example = "tui layout code",
		.run = run_layout,
	}, {
		.name = "tui focus", .group = GROUP_TOOL, .args = "pane:word",
		.summary = "choose the pane of the full screen that gets the "
			"keys",
		.help = "PANE is what its title says; `prompt` is the one "
			"where commands are typed. F6 goes from pane to pane.",
		.example = "tui focus prompt",
		.run = run_focus,
	}, {
		.name = "tui search", .group = GROUP_TOOL, .args = "text:rest",
		.summary = "find text in the pane that gets the keys",
		.help = "As / there; small letters mean capitals too.",
		.example = "tui off",
		.run = run_search,
	}, {
		.name = "tui refresh", .group = GROUP_TOOL, .args = "",
		.summary = "draw the full screen anew",
		.example = "tui refresh",
		.run = run_refresh,
	},
};

const struct command_table commands_tui = { table, ARRAY_LEN(table) };
