/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that change what stands in a pane. */
#include "ui/tui/verbs.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Of the selected line; without VALUE it is asked for. */
static struct error *do_edit(struct tui *t, const char *value)
{
	const struct page_line *line;
	struct edit_target to;
	struct error *err;
	struct pane *p;

	TRY(tui_selected(t, &p, &line));
	TRY(edit_find(t, p, line, &to));
	if (*value) {
		AUTO_FREE char *text = xasprintf("%s%s", to.command, value);

		err = tui_submit(t, text);
	} else {
		err = edit_open(t, to.label, to.command, to.old);
	}
	free(to.label);
	free(to.command);
	free(to.old);
	return err;
}

/* What COMMAND is to be about, typed in a field of the pane. */
static struct error *do_ask(struct tui *t, const char *command)
{
	AUTO_FREE char *before = xasprintf("%s ", command);

	if (!*command)
		return error_new(ERROR_USAGE, "which command?");
	return edit_open(t, before, before, "");
}

/* The next group of registers, or GROUP. */
static struct error *do_registers(struct tui *t, const char *group)
{
	static const char *const groups[] = { "general", "vector", "float",
	                                      "system", "all" };
	const char *now = t->session->settings.tui_registers;
	const struct setting *setting;
	size_t at = 0;

	while (!*group && at < ARRAY_LEN(groups) && now &&
	       strcmp(groups[at], now) != 0)
		at++;
	if (!*group)
		group = groups[(at + 1) % ARRAY_LEN(groups)];
	TRY(setting_find("tui-registers", &setting));
	TRY(setting_set(t->session, setting, group));
	t->panes[PANE_REGISTERS].stale = true;
	return NULL;
}

static const struct verb verbs[] = {
	{ "edit", .with = do_edit },
	{ "ask", .with = do_ask },
	{ "registers", .with = do_registers, .always = true },
};

const struct verb_table verbs_edit = { verbs, ARRAY_LEN(verbs) };
