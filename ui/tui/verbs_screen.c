/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs about the screen as a whole, and who gets the keys. */
#include "ui/tui/verbs.h"

#include "ui/tui/report.h"

#include <string.h>

static struct error *do_off(struct tui *t)
{
	tui_turn_off(t);
	return NULL;
}

static struct error *do_switch(struct tui *t)
{
	return t->on ? do_off(t) : tui_turn_on(t);
}

static struct error *do_refresh(struct tui *t)
{
	t->redraw = true;
	return NULL;
}

/* The one in the next place of the layout. */
static enum pane_id next_pane(const struct tui *t)
{
	const struct layout *l = &t->layout;
	size_t at = 0;

	while (at < l->count &&
	       strcmp(l->panes[at].name, pane_name(t->focus)) != 0)
		at++;
	return pane_find(l->panes[(at + 1) % l->count].name);
}

static struct error *do_focus(struct tui *t, const char *name)
{
	enum pane_id id = pane_find(name);

	tui_unzoom(t);
	if (strcmp(name, "next") == 0 && t->on)
		id = next_pane(t);
	if (id == PANE_COUNT)
		return error_new(ERROR_NOT_FOUND, "there is no pane called "
		                 "\"%.40s\"", name);
	if (id != PANE_PROMPT && !t->on)
		return error_new(ERROR_USAGE, "the screen is off: `tui` turns "
		                 "it on");
	if (t->on && !tui_layout_find(&t->layout, pane_name(id)))
		return error_new(ERROR_NOT_FOUND, "the pane %s is not shown: "
		                 "`tui layout` chooses what is", name);
	tui_focus(t, id);
	return NULL;
}

static struct error *do_help(struct tui *t)
{
	tui_make_help(t);
	t->mode = TUI_HELP;
	return NULL;
}

static struct error *do_program(struct tui *t)
{
	t->gives_keys = true;
	tui_note(t, "the program gets the keys when it runs");
	if (t->session->run == RUN_FOREGROUND)
		tui_give_keys(t);
	return NULL;
}

static struct error *do_panes(struct tui *t)
{
	tui_report_panes(t);
	return NULL;
}

static struct error *do_keys(struct tui *t)
{
	tui_report_keys(t);
	return NULL;
}

static const struct verb verbs[] = {
	{ "switch", .plain = do_switch, .always = true },
	{ "on", .plain = tui_turn_on, .always = true },
	{ "off", .plain = do_off, .always = true },
	{ "refresh", .plain = do_refresh, .always = true },
	{ "focus", .with = do_focus, .always = true },
	{ "panes", .plain = do_panes, .always = true },
	{ "keys", .plain = do_keys, .always = true },
	{ "print", .with = tui_report_pane, .always = true },
	{ "help", .plain = do_help },
	{ "program", .plain = do_program },
};

const struct verb_table verbs_screen = { verbs, ARRAY_LEN(verbs) };
