/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/actions.h"

#include <string.h>

/* Everywhere; in the order in which help lists them. */
static const struct action everywhere[] = {
	{
		.key = DRAW_KEY_F1, .name = "F1", .label = "help",
		.always = true,
		.help = "this list", .tui = "help",
	}, {
		.key = DRAW_KEY_F1 + 1, .name = "F2",
		.help = "show the system calls", .tui = "layout calls",
	}, {
		.key = DRAW_KEY_F1 + 2, .name = "F3", .help = "show the code",
		.tui = "layout code",
	}, {
		.key = DRAW_KEY_F1 + 3, .name = "F4", .help = "show the memory",
		.tui = "layout memory",
	}, {
		.key = DRAW_KEY_F1 + 4, .name = "F5", .label = "run",
		.help = "run the program, or let it go on",
		.command = "continue", .without = "run",
	}, {
		.key = DRAW_KEY_F1 + 5, .name = "F6", .label = "pane",
		.help = "give the keys to the next pane", .tui = "focus next",
	}, {
		.key = DRAW_KEY_F1 + 6, .name = "F7", .label = "next call",
		.always = true,
		.help = "go on to the entry or the exit of a system call",
		.command = "sysstep", .without = "starti",
	}, {
		.key = DRAW_KEY_F1 + 7, .name = "F8", .label = "skip",
		.always = true,
		.help = "at its entry: do not run this call", .command = "skip",
	}, {
		.key = DRAW_KEY_F1 + 8, .name = "F9", .label = "break",
		.help = "break where the code stands, or type where",
		.tui = "break",
	}, {
		.key = DRAW_KEY_F1 + 9, .name = "F10", .label = "next",
		.help = "go on to the next line, over functions",
		.command = "next", .without = "start",
	}, {
		.key = DRAW_KEY_F1 + 10, .name = "F11", .label = "step",
		.help = "go on to the next line, into functions",
		.command = "step", .without = "start",
	}, {
		.key = DRAW_KEY_F1 + 11, .name = "F12",
		.help = "give the keys to the program; F12 takes them back",
		.tui = "program",
	}, {
		.key = DRAW_KEY_PAGE_UP, .name = "PgUp", .help = "scroll up",
		.tui = "scroll -page",
	}, {
		.key = DRAW_KEY_PAGE_DOWN, .name = "PgDn",
		.help = "scroll down", .tui = "scroll page",
	},
};

/* Behind Ctrl-X, as in gdb's screen. */
static const struct action prefixed[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = 'o', .name = "Ctrl-X o",
		.help = "give the keys to the next pane", .tui = "focus next",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'a', .name = "Ctrl-X a",
		.help = "leave the screen; `tui` comes back",
		.command = "tui off",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'i', .name = "Ctrl-X i",
		.help = "go on by one instruction", .command = "stepi",
		.without = "starti",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'f', .name = "Ctrl-X f",
		.help = "go on until this function returns",
		.command = "finish",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'e', .name = "Ctrl-X e",
		.help = "go on to the exit of this call",
		.command = "sysfinish",
	},
};

/* Where a pane, but not the prompt, has the keys. */
static const struct action in_panes[] = {
	{
		.key = DRAW_KEY_UP, .letter = 'k', .name = "Up k",
		.help = "select the line above", .tui = "select -1",
	}, {
		.key = DRAW_KEY_DOWN, .letter = 'j', .name = "Down j",
		.help = "select the line below", .tui = "select +1",
	}, {
		.key = DRAW_KEY_LEFT, .letter = 'h', .name = "Left h",
		.help = "to the left", .tui = "sideways -8",
	}, {
		.key = DRAW_KEY_RIGHT, .letter = 'l', .name = "Right l",
		.help = "to the right", .tui = "sideways 8",
	}, {
		.key = DRAW_KEY_HOME, .letter = 'g', .name = "Home g",
		.help = "to the first line", .tui = "select first",
	}, {
		.key = DRAW_KEY_END, .letter = 'G', .name = "End G",
		.help = "to the last line, and follow it", .tui = "select last",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '\r', .name = "Enter",
		.help = "open the selected line", .tui = "open",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'u' & 31, .name = "Ctrl-U",
		.help = "scroll up by half", .tui = "scroll -half",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'd' & 31, .name = "Ctrl-D",
		.help = "scroll down by half", .tui = "scroll half",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '/', .name = "/",
		.help = "search", .tui = "search",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'n', .name = "n",
		.help = "the next that was searched for", .tui = "next",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'N', .name = "N",
		.help = "the one before", .tui = "previous",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'z', .name = "z",
		.help = "this pane alone, or all again", .tui = "zoom",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '+', .name = "+",
		.help = "a line more for this pane", .tui = "window height +1",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '-', .name = "-",
		.help = "a line fewer", .tui = "window height -1",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '>', .name = ">",
		.help = "a column more", .tui = "window width +1",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '<', .name = "<",
		.help = "a column fewer", .tui = "window width -1",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '?', .name = "?",
		.help = "this list", .tui = "help",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'q', .name = "q",
		.help = "back to the prompt", .tui = "focus prompt",
	}, {
		.key = DRAW_KEY_TEXT, .letter = 27, .name = "Esc",
		.help = "back to the prompt", .tui = "focus prompt",
	}, {
		.key = DRAW_KEY_TEXT, .letter = '\t', .name = "Tab",
		.help = "give the keys to the next pane", .tui = "focus next",
	},
};

static const struct action_table tables[] = {
	[ACTIONS_EVERYWHERE] = { "Everywhere", everywhere,
	                         ARRAY_LEN(everywhere) },
	[ACTIONS_PREFIXED] = { "", prefixed, ARRAY_LEN(prefixed) },
	[ACTIONS_IN_PANES] = { "In a pane that has the keys", in_panes,
	                       ARRAY_LEN(in_panes) },
};

static void put_keys(struct tui *t, const struct action_table *keys)
{
	struct out_page out;

	out_page_init(&out, &t->help);
	out_text(&out.out, ROLE_HEADING, "%s\n", keys->title);
	for (size_t i = 0; i < keys->count; i++) {
		out_text(&out.out, ROLE_NAME, "  %-9s", keys->actions[i].name);
		out_text(&out.out, ROLE_PLAIN, " %s\n", keys->actions[i].help);
	}
	out_page_deinit(&out);
}

void tui_make_help(struct tui *t)
{
	static const char more[] =
		"\nAt the prompt commands are typed: `help` lists them, TAB "
		"completes them,\n`quit` or Ctrl-D ends scdb. The mouse "
		"chooses a line of a pane, its wheel scrolls.\n";

	if (t->help_made)
		return;
	t->help_made = true;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		put_keys(t, &tables[i]);
	for (enum pane_id id = 0; id < PANE_COUNT; id++)
		if (action_table_of(id) && action_table_of(id)->title)
			put_keys(t, action_table_of(id));
	page_put(&t->help, ROLE_PLAIN, more, strlen(more));
}

static const char quit[] = "^D quit";

/* How much of the last line it takes, with a blank. */
static size_t label_width(const struct action *k)
{
	return strlen(k->name) + 1 + strlen(k->label) + 1;
}

/* What of the last line is taken whatever else has room. */
static size_t always_width(void)
{
	size_t used = strlen(quit);

	for (size_t i = 0; i < ARRAY_LEN(everywhere); i++)
		if (everywhere[i].label && everywhere[i].always)
			used += label_width(&everywhere[i]);
	return used;
}

/* Whether K has room; then it is counted in *USED. */
static bool is_labelled(const struct tui *t, const struct action *k,
                        size_t *used)
{
	if (!k->label || k->always)
		return k->label;
	if (*used + label_width(k) > t->columns)
		return false;
	*used += label_width(k);
	return true;
}

/* The action *AT of those that may be in the line; *AT becomes the next. */
static const struct action *next_label(const struct tui *t, size_t *at,
                                       size_t *used)
{
	/* What only this pane has is what one looks for. */
	const struct action_table *own = action_table_of(t->focus);
	size_t first = own ? own->count : 0;

	while (*at < first + ARRAY_LEN(everywhere)) {
		const struct action *k = *at < first ? &own->actions[*at]
		                         : &everywhere[*at - first];

		++*at;
		if (is_labelled(t, k, used))
			return k;
	}
	return NULL;
}

const struct action *action_in_key_line(const struct tui *t, unsigned column)
{
	size_t used = always_width(), end = 0, at = 0;
	const struct action *k;

	while ((k = next_label(t, &at, &used))) {
		end += label_width(k);
		if (column < end)
			return k;
	}
	return NULL;
}

void tui_key_line(const struct tui *t, struct buf *line)
{
	size_t used = always_width(), at = 0;
	const struct action *k;

	while ((k = next_label(t, &at, &used)))
		buf_printf(line, "%s %s ", k->name, k->label);
	buf_puts(line, quit);
}

const struct action_table *action_table_at(enum action_where where)
{
	return &tables[where];
}

static const struct action *find_in(const struct action_table *table,
                                    const struct draw_input *input)
{
	bool text = input->key == DRAW_KEY_TEXT;

	for (size_t i = 0; table && i < table->count; i++) {
		const struct action *a = &table->actions[i];

		if (text ? a->letter && a->letter == *input->bytes
		         : a->key == input->key)
			return a;
	}
	return NULL;
}

const struct action *action_find(enum action_where where, enum pane_id focus,
                                 const struct draw_input *input)
{
	const struct action *own = NULL;

	if (where == ACTIONS_IN_PANES)
		own = find_in(action_table_of(focus), input);
	return own ? own : find_in(&tables[where], input);
}
