/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/verbs.h: what the screen can be told to do, by a key (ui/tui/actions.h)
 * and by the command `tui VERB`, which are the same.
 */
#ifndef SCDB_UI_TUI_VERBS_H
#define SCDB_UI_TUI_VERBS_H

#include "ui/tui/tui.h"

struct verb {
	const char *name;
	/* One of both: without words behind the name, and with them. */
	struct error *(*plain)(struct tui *t);
	struct error *(*with)(struct tui *t, const char *text);
	bool always;             /* while the screen is off too */
	bool moves;              /* works on any page, that of help too */
};

struct verb_table {
	const struct verb *verbs;
	size_t count;
};

/* Each has its file: ui/tui/verbs_move.c and its like. */
extern const struct verb_table verbs_screen, verbs_move, verbs_calls,
	verbs_layout, verbs_lines, verbs_edit, verbs_memory,
	verbs_beyond;

/* Whether what LINE, behind `tui`, says moves about in a page. */
bool tui_moves(const char *line);
/* The pane that has the keys, and the page that it shows. */
struct pane *tui_focused(struct tui *t);
const struct page *tui_page_of(struct tui *t, const struct pane *p);
/*
 * The pane that a verb is about: the one that has the keys or, where that is
 * the prompt, the one that had them last.  What it shows is what is true now.
 */
struct error *tui_chosen(struct tui *t, struct pane **pane) MUST_CHECK;
/* The same, and its selected line; where there is none it is an error. */
struct error *tui_selected(struct tui *t, struct pane **pane,
                           const struct page_line **line) MUST_CHECK;
/* All panes are shown again. */
void tui_unzoom(struct tui *t);
/* Gives P the keys. */
void tui_focus(struct tui *t, enum pane_id id);
/* LINE becomes the selected one of P, which is to be seen. */
void tui_select(struct tui *t, struct pane *p, size_t line);
/* verbs_lines.c: what Enter does in the panes of things that are listed. */
struct error *tui_open_line(struct tui *t, struct pane *p,
                            const struct page_line *line) MUST_CHECK;
/*
 * Runs COMMAND at the prompt, as if it was typed; or now, where the verb is
 * itself a command.
 */
struct error *tui_submit(struct tui *t, const char *command) MUST_CHECK;

#endif
