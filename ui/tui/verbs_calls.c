/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs about the panes of calls. */
#include "ui/tui/verbs.h"

#include "base/alloc.h"
#include "ui/tui/calls.h"

#include <stdio.h>
#include <string.h>

static struct error *do_filter(struct tui *t, const char *text)
{
	if (*text)
		return tui_filter(t, text);
	tui_filter_begin(t);
	return NULL;
}

/* Where the pane is not seen the prompt says it. */
static struct error *do_call(struct tui *t, const char *number)
{
	char command[64];

	if (!*number || tui_layout_find(&t->layout, pane_name(PANE_CALL)))
		return tui_open_call(t, number);
	snprintf(command, sizeof(command), "info syscall %.20s", number);
	return tui_submit(t, command);
}

static struct error *do_sort(struct tui *t, const char *by)
{
	static const char *const turn[] = { "calls", "time", "errors", "name" };
	const struct setting *setting;
	size_t at = 0;

	TRY(setting_find("trace-sort", &setting));
	if (strcmp(by, "next") == 0) {
		AUTO_FREE char *now = setting_text(t->session, setting);

		while (at < ARRAY_LEN(turn) && strcmp(turn[at], now) != 0)
			at++;
		by = turn[(at + 1) % ARRAY_LEN(turn)];
	}
	TRY(setting_set(t->session, setting, by));
	t->panes[PANE_COUNTERS].stale = true;
	tui_note(t, by);
	return NULL;
}

static const struct verb verbs[] = {
	{ "filter", .with = do_filter },
	{ "call", .with = do_call },
	{ "sort", .with = do_sort },
};

const struct verb_table verbs_calls = { verbs, ARRAY_LEN(verbs) };
