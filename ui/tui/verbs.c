/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs are found here, and what they share. */
#include "ui/tui/verbs.h"

#include "cmds/command.h"

#include <string.h>

static const struct verb_table *const tables[] = {
	&verbs_screen, &verbs_move, &verbs_calls, &verbs_layout, &verbs_lines,
	&verbs_edit, &verbs_memory, &verbs_beyond,
};

/* TEXT is what stands behind the verb. */
static const struct verb *find(const char *line, const char **text)
{
	size_t len = strcspn(line, " ");

	*text = line + len + strspn(line + len, " ");
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		for (size_t k = 0; k < tables[i]->count; k++) {
			const struct verb *v = &tables[i]->verbs[k];

			if (strlen(v->name) == len &&
			    memcmp(v->name, line, len) == 0)
				return v;
		}
	return NULL;
}

bool tui_moves(const char *line)
{
	const char *text;
	const struct verb *v = find(line, &text);

	return v && v->moves;
}

struct error *tui_do(struct tui *t, const char *line)
{
	const char *text;
	const struct verb *v = find(line, &text);

	if (!v)
		return error_new(ERROR_NOT_FOUND, "the screen has no `%.40s`",
		                 line);
	if (!v->always && !t->on)
		return error_new(ERROR_USAGE, "the screen is off: `tui` turns "
		                 "it on");
	return v->with ? v->with(t, text) : v->plain(t);
}

struct error *tui_command(struct tui *t, const char *line)
{
	bool before = t->commanded;
	struct error *err;

	t->commanded = true;
	err = tui_do(t, line);
	t->commanded = before;
	return err;
}

struct pane *tui_focused(struct tui *t)
{
	return &t->panes[t->focus];
}

const struct page *tui_page_of(struct tui *t, const struct pane *p)
{
	return p->id == PANE_OUTPUT ? program_screen_page(t->program)
	                            : &p->page;
}

struct error *tui_chosen(struct tui *t, struct pane **pane)
{
	enum pane_id id = t->focus == PANE_PROMPT ? t->chosen : t->focus;

	if (id == PANE_PROMPT || !tui_layout_find(&t->layout, pane_name(id)))
		return error_new(ERROR_USAGE, "no pane was chosen: `tui focus "
		                 "PANE` does that");
	tui_update_pane(t, &t->panes[id]);
	*pane = &t->panes[id];
	return NULL;
}

struct error *tui_selected(struct tui *t, struct pane **pane,
                           const struct page_line **line)
{
	const struct page *page;
	size_t at;

	TRY(tui_chosen(t, pane));
	page = tui_page_of(t, *pane);
	view_begin(&(*pane)->view, page);
	if (!view_selected(&(*pane)->view, page, &at))
		return error_new(ERROR_NOT_FOUND, "the pane %s has no line "
		                 "that could be selected",
		                 pane_name((*pane)->id));
	*line = &page->lines.items[at];
	return NULL;
}

void tui_focus(struct tui *t, enum pane_id id)
{
	/* As in tmux: who goes elsewhere wants to see that. */
	if (id != t->focus)
		tui_unzoom(t);
	t->focus = id;
	if (id != PANE_PROMPT)
		t->chosen = id;
}

void tui_select(struct tui *t, struct pane *p, size_t line)
{
	view_select(&p->view, tui_page_of(t, p), line);
}

struct error *tui_submit(struct tui *t, const char *command)
{
	if (t->commanded)
		return command_execute(t->session, command);
	if (prompt_submit(t->prompt, command, t->mode == TUI_EDIT))
		return NULL;
	return error_new(ERROR_USAGE, t->prompt->reading ? "answer first"
	                                                 : "the program runs");
}
