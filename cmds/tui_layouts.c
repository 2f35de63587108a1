/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full screen's panes: which there are, where, and how big. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <string.h>

struct listing {
	struct session *s;
	const char *current;
	bool found;
};

static void layout_row(struct listing *l, bool current, const char *name,
                       const char *text)
{
	struct out *o = l->s->out;

	out_row(o);
	out_bool(o, "current", current, current ? "*" : " ");
	out_str(o, "name", ROLE_NAME, name);
	out_str(o, "layout", ROLE_PLAIN, text);
}

static void list_one(void *ctx, const char *name, const char *text)
{
	struct listing *l = ctx;
	bool current = strcmp(name, l->current) == 0;

	l->found = l->found || current;
	layout_row(l, current, name, text);
}

static struct error *list_layouts(struct session *s, const char *current)
{
	static const struct out_column columns[] = {
		{ "current", " ", false }, { "name", "Name", false },
		{ "layout", "Layout", false },
	};
	struct listing l = { .s = s, .current = current };

	out_table_begin(s->out, "layouts", columns, ARRAY_LEN(columns));
	if (s->hooks.screen_list)
		s->hooks.screen_list(s->hooks.ctx, SCREEN_LIST_LAYOUTS, list_one,
		                     &l);
	if (!l.found)
		layout_row(&l, true, "", current);
	out_table_end(s->out);
	return NULL;
}

static struct error *run_layout(struct session *s, struct command_args *args)
{
	AUTO_FREE char *current = NULL;
	const struct setting *setting;

	TRY(setting_find("tui-layout", &setting));
	if (args->arg[0].given)
		return setting_set(s, setting, args->arg[0].text);
	current = setting_text(s, setting);
	return list_layouts(s, current);
}

static struct error *run_height(struct session *s, struct command_args *args)
{
	AUTO_FREE char *line = xasprintf("window height %s", args->line);

	return screen_ask(s, line);
}

static struct error *run_width(struct session *s, struct command_args *args)
{
	AUTO_FREE char *line = xasprintf("window width %s", args->line);

	return screen_ask(s, line);
}

#define LAYOUT_COMMAND \
	.group = GROUP_TOOL, .args = "[layout:layout]", \
	.summary = "choose the panes of the full screen", \
	.help = "LAYOUT is calls, code, memory, overview, one of your own, or " \
		"panes as in rows(columns(calls:3 call:2) prompt): the " \
		"setting tui-layout. Without it, lists them.", \
	.run = run_layout

#define SIZE_HELP \
	"N lines, or +N or -N for so many more or fewer, which the panes " \
	"beside it give or get. The setting tui-layout changes by that; `tui " \
	"new-layout` keeps it under a name."

static const struct command table[] = {
	{
		.name = "tui layout", LAYOUT_COMMAND,
		.example = "tui layout code",
	}, {
		.name = "layout", LAYOUT_COMMAND,
		.example = "layout overview",
	}, {
		.name = "tui new-layout", .group = GROUP_TOOL,
		.args = "name:word [layout:rest]",
		.summary = "keep a layout of the full screen under a name",
		.help = "LAYOUT is as `tui layout` takes it; without it, what "
			"is there now is kept. It goes into the setting "
			"tui-custom-layouts; `save settings` keeps that for "
			"the next time.",
		.example = "tui new-layout wide columns(calls:2 prompt)",
		.run = screen_run,
	}, {
		.name = "tui delete-layout", .group = GROUP_TOOL,
		.args = "name:word",
		.summary = "forget a layout of your own",
		.example = "tui new-layout wide columns(calls:2 prompt)\n"
			"tui delete-layout wide",
		.run = screen_run,
	}, {
		.name = "tui zoom", .group = GROUP_TOOL, .args = "",
		.summary = "give the whole screen to the pane that gets the "
			"keys, or take it back",
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui window", .group = GROUP_TOOL, .args = "",
		.flags = CMD_PREFIX,
		.summary = "change the sizes of panes",
		.example = "tui off",
	}, {
		.name = "tui window height", .group = GROUP_TOOL,
		.args = "pane:pane n:rest",
		.summary = "make a pane of the full screen so many lines high",
		.help = SIZE_HELP,
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "tui window width", .group = GROUP_TOOL,
		.args = "pane:pane n:rest",
		.summary = "make a pane of the full screen so many columns "
			"wide",
		.help = SIZE_HELP,
		.example = "tui off",
		.run = screen_run,
	}, {
		.name = "winheight", .aliases = "wh", .group = GROUP_TOOL,
		.args = "pane:pane n:rest",
		.summary = "make a pane of the full screen so many lines high",
		.help = "The same as `tui window height`.",
		.example = "tui off",
		.run = run_height,
	}, {
		.name = "winwidth", .group = GROUP_TOOL,
		.args = "pane:pane n:rest",
		.summary = "make a pane of the full screen so many columns "
			"wide",
		.help = "The same as `tui window width`.",
		.example = "tui off",
		.run = run_width,
	},
};

const struct command_table commands_tui_layouts = { table, ARRAY_LEN(table) };
