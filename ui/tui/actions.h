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
	bool always;            /* ... even if that is short */
	const char *help;
	/* One of both. */
	const char *tui;        /* what stands behind `tui`: ui/tui/verbs.h */
	const char *command;    /* run at the prompt */
	const char *without;    /* where no program runs; NULL: the same */
};

struct action_table {
	const char *title;      /* of its part of the help; NULL: none */
	const struct action *actions;
	size_t count;
};

/* Which keys there are: everywhere, behind Ctrl-X, in panes but the prompt. */
enum action_where {
	ACTIONS_EVERYWHERE, ACTIONS_PREFIXED, ACTIONS_IN_PANES, ACTIONS_COUNT,
};

/* NULL: INPUT has no meaning there. */
const struct action *action_find(enum action_where where, enum pane_id focus,
                                 const struct draw_input *input);
/* The one that stands in COLUMN of tui_key_line's; NULL: none. */
const struct action *action_in_key_line(const struct tui *t, unsigned column);
const struct action_table *action_table_at(enum action_where where);
/*
 * ui/tui/actions_panes.c: the keys of one pane alone, which come before those
 * of all panes; NULL: it has none.
 */
const struct action_table *action_table_of(enum pane_id id);

#endif
