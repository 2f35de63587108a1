/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/actions.h: the keys of the screen as a table: what each is called, what
 * help says of it, and what it does.
 */
#ifndef SCDB_UI_TUI_ACTIONS_H
#define SCDB_UI_TUI_ACTIONS_H

#include "ui/tui/tui.h"

/* One key. */
struct action {
	enum draw_key key;
	char letter;            /* that does the same; 0: none */
	const char *name;       /* as people call it */
	const char *label;      /* in the last line; NULL: not there */
	const char *help;
	const char *command;    /* NULL: ACT does it */
	const char *without;    /* where no program runs; NULL: the same */
	void (*act)(struct tui *t, struct view *v, const struct page *p);
};

/* Which keys there are: everywhere, behind Ctrl-X, in panes but the prompt. */
enum action_where { ACTIONS_EVERYWHERE, ACTIONS_PREFIXED, ACTIONS_IN_PANES };

/* NULL: INPUT has no meaning there. */
const struct action *action_find(enum action_where where,
                                 const struct draw_input *input);
/* Whether it scrolls, so that it works on any page. */
bool action_scrolls(const struct action *action);
/* The pane that has the keys, and the page that it shows. */
struct pane *tui_focused(struct tui *t);
const struct page *tui_page_of(struct tui *t, const struct pane *p);

#endif
