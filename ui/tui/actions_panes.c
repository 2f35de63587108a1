/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys that one pane alone has. */
#include "ui/tui/actions.h"

static const struct action in_calls[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = 'f', .name = "f",
		.help = "filter as you type: a SET, if COND, or both",
		.tui = "filter",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 27, .name = "Esc",
		.help = "the pane call has the current call again",
		.tui = "call",
	},
};

static const struct action in_counters[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = 's', .name = "s",
		.help = "sort by calls, time, errors, name in turn",
		.tui = "sort next",
	},
};

static const struct action in_code[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = ' ', .name = "Space F9",
		.help = "set a breakpoint in this line, or take it away",
		.tui = "toggle",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'u', .name = "u",
		.help = "run the program to this line", .tui = "advance",
	},
};

static const struct action in_breakpoints[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = 'e', .name = "Enter e",
		.help = "disable the breakpoint, or enable it",
		.tui = "toggle",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'd', .name = "d",
		.help = "delete the breakpoint", .tui = "delete",
	},
};

static const struct action_table tables[PANE_COUNT] = {
	[PANE_CALLS] = { "In the pane calls", in_calls, ARRAY_LEN(in_calls) },
	[PANE_CODE] = { "In the panes code and source", in_code,
	                ARRAY_LEN(in_code) },
	[PANE_SOURCE] = { NULL, in_code, ARRAY_LEN(in_code) },
	[PANE_BREAKPOINTS] = { "In the pane breakpoints", in_breakpoints,
	                       ARRAY_LEN(in_breakpoints) },
	[PANE_COUNTERS] = { "In the pane counters", in_counters,
	                    ARRAY_LEN(in_counters) },
};

const struct action_table *action_table_of(enum pane_id id)
{
	return tables[id].count ? &tables[id] : NULL;
}
