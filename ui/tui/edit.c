/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/edit.h"

#include "base/alloc.h"
#include "ui/tui/verbs.h"

#include <stdlib.h>
#include <string.h>

void edit_init(struct edit *e)
{
	*e = (struct edit){ 0 };
	field_init(&e->field);
}

void edit_deinit(struct edit *e)
{
	field_deinit(&e->field);
	free(e->label);
	free(e->command);
	*e = (struct edit){ 0 };
}

struct error *edit_open(struct tui *t, const char *label, const char *command,
                        const char *old)
{
	struct edit *e = &t->edit;
	struct pane *p;

	TRY(tui_chosen(t, &p));
	if (tui_is_running(t))
		return error_new(ERROR_USAGE, "the program runs");
	view_begin(&p->view, &p->page);
	tui_focus(t, p->id);
	free(e->label);
	free(e->command);
	e->label = xstrdup(label);
	e->command = xstrdup(command);
	e->given = false;
	e->stop = t->session->stops_shown;
	field_set(&e->field, old);
	t->mode = TUI_EDIT;
	return NULL;
}

void edit_close(struct tui *t)
{
	t->edit.given = false;
	if (t->mode == TUI_EDIT)
		t->mode = TUI_NORMAL;
}

static void give(struct tui *t)
{
	AUTO_FREE char *line = xasprintf("%s%s", t->edit.command,
	                                 t->edit.field.text.data);
	struct error *err = tui_submit(t, line);

	if (err)
		tui_note(t, err->message);
	else
		t->edit.given = true;
	error_destroy(err);
}

void edit_key(struct tui *t, const struct draw_input *input)
{
	tui_note(t, NULL);
	switch (field_key(&t->edit.field, input)) {
	case FIELD_OPEN: break;
	case FIELD_TAKEN: give(t); break;
	case FIELD_LEFT: edit_close(t); break;
	}
}

void edit_look(struct tui *t)
{
	struct edit *e = &t->edit;
	const char *failed = t->prompt->failed;

	/* What the command asks for is not its end. */
	if (t->mode != TUI_EDIT || t->prompt->nested)
		return;
	if (e->given && failed && e->stop == t->session->stops_shown)
		tui_note(t, failed);
	else if (e->given)
		edit_close(t);
	e->given = false;
	if (t->mode == TUI_EDIT && e->stop != t->session->stops_shown) {
		edit_close(t);
		tui_note(t, "the program went on: what was edited is gone");
	}
}

void edit_draw(const struct tui *t, unsigned row, unsigned column, unsigned width)
{
	AUTO_BUF struct buf shown = { 0 };
	unsigned used, cursor;

	buf_init(&shown);
	/* Half of a narrow pane is for the field. */
	used = draw_text(row, column, width / 2, LOOK_FOCUSED, t->edit.label);
	field_show(&t->edit.field, width - used, &shown, &cursor);
	draw_line(row, column + used, width - used, LOOK_CHOSEN, shown.data);
	draw_cursor(row, column + used + cursor, true);
}
