/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/actions.h"

#include <string.h>

struct pane *tui_focused(struct tui *t)
{
	return &t->panes[t->focus];
}

const struct page *tui_page_of(struct tui *t, const struct pane *p)
{
	return p->id == PANE_OUTPUT ? program_screen_page(t->program)
	                            : &p->page;
}

static long page_rows(const struct view *v)
{
	return v->height > 1 ? (long)v->height - 1 : 1;
}

static void do_up(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	view_scroll(v, p, -1);
}

static void do_down(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	view_scroll(v, p, 1);
}

static void do_page_up(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	view_scroll(v, p, -page_rows(v));
}

static void do_page_down(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	view_scroll(v, p, page_rows(v));
}

static void do_half_up(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	view_scroll(v, p, -(page_rows(v) + 1) / 2);
}

static void do_half_down(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	view_scroll(v, p, (page_rows(v) + 1) / 2);
}

static void do_left(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	(void)p;
	view_sideways(v, -8);
}

static void do_right(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	(void)p;
	view_sideways(v, 8);
}

static void do_home(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	(void)p;
	view_home(v);
}

static void do_end(struct tui *t, struct view *v, const struct page *p)
{
	(void)t;
	view_end(v, p);
}

static void do_search(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	t->mode = TUI_SEARCH;
	buf_reset(&t->search);
}

static void do_next(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	tui_search(t, false);
}

static void do_previous(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	tui_search(t, true);
}

static void do_leave_pane(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	t->focus = PANE_PROMPT;
}

static void do_help(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	tui_make_help(t);
	t->mode = TUI_HELP;
}

static void do_next_pane(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	tui_next_pane(t);
}

static void do_program(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	t->gives_keys = true;
	t->note = "the program gets the keys when it runs";
	if (t->session->run == RUN_FOREGROUND)
		tui_give_keys(t);
}

static void do_break(struct tui *t, struct view *v, const struct page *p)
{
	static const char text[] = "break ";

	(void)v;
	(void)p;
	t->focus = PANE_PROMPT;
	prompt_key(t->prompt, text, strlen(text));
}

static void set_layout(struct tui *t, enum tui_layout layout)
{
	t->session->settings.tui_layout = layout;
	tui_place(t);
}

static void do_calls(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	set_layout(t, TUI_LAYOUT_CALLS);
}

static void do_code(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	set_layout(t, TUI_LAYOUT_CODE);
}

static void do_memory(struct tui *t, struct view *v, const struct page *p)
{
	(void)v;
	(void)p;
	set_layout(t, TUI_LAYOUT_MEMORY);
}

/* Everywhere; in the order in which help lists them. */
static const struct action everywhere[] = {
	{
		.key = DRAW_KEY_F1, .name = "F1", .label = "help",
		.help = "this list", .act = do_help,
	}, {
		.key = DRAW_KEY_F1 + 1, .name = "F2",
		.help = "show the system calls", .act = do_calls,
	}, {
		.key = DRAW_KEY_F1 + 2, .name = "F3", .help = "show the code",
		.act = do_code,
	}, {
		.key = DRAW_KEY_F1 + 3, .name = "F4", .help = "show the memory",
		.act = do_memory,
	}, {
		.key = DRAW_KEY_F1 + 4, .name = "F5", .label = "run",
		.help = "run the program, or let it go on",
		.command = "continue", .without = "run",
	}, {
		.key = DRAW_KEY_F1 + 5, .name = "F6", .label = "pane",
		.help = "give the keys to the next pane", .act = do_next_pane,
	}, {
		.key = DRAW_KEY_F1 + 6, .name = "F7", .label = "next call",
		.help = "go on to the entry or the exit of a system call",
		.command = "sysstep", .without = "starti",
	}, {
		.key = DRAW_KEY_F1 + 7, .name = "F8", .label = "skip",
		.help = "at its entry: do not run this call", .command = "skip",
	}, {
		.key = DRAW_KEY_F1 + 8, .name = "F9", .label = "break",
		.help = "set a breakpoint: type where, then Enter",
		.act = do_break,
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
		.act = do_program,
	}, {
		.key = DRAW_KEY_PAGE_UP, .name = "PgUp", .help = "scroll up",
		.act = do_page_up,
	}, {
		.key = DRAW_KEY_PAGE_DOWN, .name = "PgDn",
		.help = "scroll down", .act = do_page_down,
	},
};

/* Behind Ctrl-X, as in gdb's screen. */
static const struct action prefixed[] = {
	{
		.key = DRAW_KEY_TEXT, .letter = 'o', .name = "Ctrl-X o",
		.help = "give the keys to the next pane", .act = do_next_pane,
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
		.help = "scroll up by a line", .act = do_up,
	}, {
		.key = DRAW_KEY_DOWN, .letter = 'j', .name = "Down j",
		.help = "scroll down by a line", .act = do_down,
	}, {
		.key = DRAW_KEY_LEFT, .letter = 'h', .name = "Left h",
		.help = "to the left", .act = do_left,
	}, {
		.key = DRAW_KEY_RIGHT, .letter = 'l', .name = "Right l",
		.help = "to the right", .act = do_right,
	}, {
		.key = DRAW_KEY_HOME, .letter = 'g', .name = "Home g",
		.help = "to the beginning", .act = do_home,
	}, {
		.key = DRAW_KEY_END, .letter = 'G', .name = "End G",
		.help = "to the end, and follow it", .act = do_end,
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'u' & 31, .name = "Ctrl-U",
		.help = "scroll up by half", .act = do_half_up,
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'd' & 31, .name = "Ctrl-D",
		.help = "scroll down by half", .act = do_half_down,
	}, {
		.key = DRAW_KEY_TEXT, .letter = '/', .name = "/",
		.help = "search", .act = do_search,
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'n', .name = "n",
		.help = "the next that was searched for", .act = do_next,
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'N', .name = "N",
		.help = "the one before", .act = do_previous,
	}, {
		.key = DRAW_KEY_TEXT, .letter = '?', .name = "?",
		.help = "this list", .act = do_help,
	}, {
		.key = DRAW_KEY_TEXT, .letter = 'q', .name = "q",
		.help = "back to the prompt", .act = do_leave_pane,
	},
};

static const struct {
	const char *title;
	const struct action *actions;
	size_t count;
} tables[] = {
	[ACTIONS_EVERYWHERE] = { "Everywhere", everywhere,
	                         ARRAY_LEN(everywhere) },
	[ACTIONS_PREFIXED] = { "", prefixed, ARRAY_LEN(prefixed) },
	[ACTIONS_IN_PANES] = { "In a pane that has the keys", in_panes,
	                       ARRAY_LEN(in_panes) },
};

static void put_keys(struct tui *t, const char *title, const struct action *keys,
                     size_t count)
{
	struct out_page out;

	out_page_init(&out, &t->help);
	out_text(&out.out, ROLE_HEADING, "%s\n", title);
	for (size_t i = 0; i < count; i++) {
		out_text(&out.out, ROLE_NAME, "  %-9s", keys[i].name);
		out_text(&out.out, ROLE_PLAIN, " %s\n", keys[i].help);
	}
	out_page_deinit(&out);
}

void tui_make_help(struct tui *t)
{
	static const char more[] =
		"\nAt the prompt commands are typed: `help` lists them, TAB "
		"completes them,\n`quit` or Ctrl-D ends scdb. The mouse "
		"chooses a pane, its wheel scrolls.\n";

	if (t->help_made)
		return;
	t->help_made = true;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		put_keys(t, tables[i].title, tables[i].actions,
		         tables[i].count);
	page_put(&t->help, ROLE_PLAIN, more, strlen(more));
}

void tui_key_line(const struct tui *t, struct buf *line)
{
	for (size_t i = 0; i < ARRAY_LEN(everywhere); i++) {
		const struct action *k = &everywhere[i];

		if (!k->label || line->len + strlen(k->name) +
		    strlen(k->label) + 2 > t->columns)
			continue;
		buf_printf(line, "%s%s %s", line->len ? " " : "", k->name,
		           k->label);
	}
	if (line->len + 9 <= t->columns)
		buf_puts(line, " ^D quit");
}

void tui_next_pane(struct tui *t)
{
	const struct layout *l = &t->layout;
	size_t at = 0;

	while (at < l->count &&
	       strcmp(l->panes[at].name, pane_name(t->focus)) != 0)
		at++;
	t->focus = pane_find(l->panes[(at + 1) % l->count].name);
}

void tui_search(struct tui *t, bool backward)
{
	struct pane *p = tui_focused(t);

	t->note = NULL;
	if (!t->search.len)
		t->note = "nothing was searched for yet";
	else if (!view_search(&p->view, tui_page_of(t, p), t->search.data,
	                      backward))
		t->note = "not found";
}


const struct action *action_find(enum action_where where,
                                 const struct draw_input *input)
{
	bool text = input->key == DRAW_KEY_TEXT;

	for (size_t i = 0; i < tables[where].count; i++) {
		const struct action *a = &tables[where].actions[i];

		if (text ? a->letter && a->letter == *input->bytes
		         : a->key == input->key)
			return a;
	}
	return NULL;
}

bool action_scrolls(const struct action *a)
{
	return a->act == do_up || a->act == do_down ||
	       a->act == do_page_up || a->act == do_page_down ||
	       a->act == do_half_up || a->act == do_half_down ||
	       a->act == do_home || a->act == do_end;
}
