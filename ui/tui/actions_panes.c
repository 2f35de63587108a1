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
	}, {
		.key = DRAW_KEY_TEXT, .letter = '.', .name = ".",
		.help = "back to where the program stands", .tui = "here",
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

static const struct action in_call[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = 'r', .name = "r", .label = "run",
		.help = "let the call run, up to its exit",
		.command = "sysfinish",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 's', .name = "s",
		.label = "skip",
		.help = "don't run it; what it returns is asked for",
		.tui = "ask skip",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'e', .name = "e",
		.label = "emulate",
		.help = "... and what it writes: 5 buf=\"hello\"",
		.tui = "ask emulate",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'f', .name = "f",
		.label = "fake",
		.help = "let it run, and return something else",
		.tui = "ask fake",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '\r', .name = "Enter",
		.label = "edit",
		.help = "change the number, an argument, the result",
		.tui = "edit",
	},
};

static const struct action in_registers[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = 'v', .name = "v",
		.label = "group",
		.help = "general, vector, float, system or all registers",
		.tui = "registers",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '\r', .name = "Enter",
		.label = "edit", .help = "change the register", .tui = "edit",
	},
};

static const struct action in_memory[] = {
	{
		.key = DRAW_KEY_LEFT, .letter = 'h', .name = "Left h",
		.help = "the value before", .tui = "cell -1",
	}, {
		.key = DRAW_KEY_RIGHT, .letter = 'l', .name = "Right l",
		.help = "the next value", .tui = "cell +1",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '\r', .name = "Enter",
		.label = "edit", .help = "change the value", .tui = "edit",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '=', .name = "=",
		.label = "follow",
		.help = "what is shown: a register, an expression",
		.tui = "follow",
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
	[PANE_CALL] = { "In the pane call", in_call, ARRAY_LEN(in_call) },
	[PANE_REGISTERS] = { "In the pane registers", in_registers,
	                     ARRAY_LEN(in_registers) },
	[PANE_MEMORY] = { "In the pane memory", in_memory,
	                  ARRAY_LEN(in_memory) },
};

const struct action_table *action_table_of(enum pane_id id)
{
	return tables[id].count ? &tables[id] : NULL;
}
