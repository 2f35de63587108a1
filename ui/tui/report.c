/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/report.h"

#include "ui/tui/actions.h"
#include "ui/tui/verbs.h"

static void put_size(struct out *o, const char *name, bool shown,
                     unsigned size)
{
	if (shown)
		out_uint(o, name, ROLE_NUMBER, size, "%u", size);
	else
		out_str_shown(o, name, ROLE_DIM, NULL, "-");
}

static void put_pane(struct tui *t, enum pane_id id)
{
	struct out *o = t->session->out;
	const struct layout_pane *place =
		t->on ? tui_layout_find(&t->layout, pane_name(id)) : NULL;
	bool focused = place && id == t->focus;
	char command[PANE_COMMAND];

	out_row(o);
	out_str(o, "name", ROLE_NAME, pane_name(id));
	put_size(o, "lines", place, place ? place->rect.rows : 0);
	put_size(o, "columns", place, place ? place->rect.columns : 0);
	out_bool(o, "focus", focused, focused ? "(has focus)" : "");
	pane_command(&t->panes[id], t->session, command);
	out_str(o, "command", ROLE_PLAIN, command);
}

void tui_report_panes(struct tui *t)
{
	static const struct out_column columns[] = {
		{ "name", "Name", false }, { "lines", "Lines", true },
		{ "columns", "Columns", true },
		{ "focus", "Focus", false },
		{ "command", "Shows", false },
	};
	struct out *o = t->session->out;

	out_begin(o, "panes");
	out_table_begin(o, "panes", columns, ARRAY_LEN(columns));
	for (enum pane_id id = 0; id < PANE_COUNT; id++)
		put_pane(t, id);
	out_table_end(o);
	out_end(o);
}

/* WHERE: the pane that alone has them, or several. */
static void put_keys(struct out *o, const char *where,
                     const struct action_table *keys)
{
	for (size_t i = 0; keys && i < keys->count; i++) {
		const struct action *k = &keys->actions[i];
		AUTO_BUF struct buf does = { 0 };

		buf_init(&does);
		buf_printf(&does, "%s%s", k->tui ? "tui " : "",
		           k->tui ? k->tui : k->command);
		out_row(o);
		out_str(o, "key", ROLE_NAME, k->name);
		out_str(o, "where", ROLE_PLAIN, where);
		out_str(o, "command", ROLE_PLAIN, does.data);
		out_str(o, "help", ROLE_DIM, k->help);
	}
}

void tui_report_keys(struct tui *t)
{
	static const struct out_column columns[] = {
		{ "key", "Key", false }, { "where", "Where", false },
		{ "command", "Is", false }, { "help", "Does", false },
	};
	static const char *const where[ACTIONS_COUNT] = {
		[ACTIONS_EVERYWHERE] = "everywhere",
		[ACTIONS_PREFIXED] = "everywhere",
		[ACTIONS_IN_PANES] = "panes",
	};
	struct out *o = t->session->out;

	out_begin(o, "keys");
	out_table_begin(o, "keys", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < ACTIONS_COUNT; i++)
		put_keys(o, where[i], action_table_at(i));
	for (enum pane_id id = 0; id < PANE_COUNT; id++)
		put_keys(o, pane_name(id), action_table_of(id));
	out_table_end(o);
	out_end(o);
}

static void put_line(struct out *o, const struct page_line *line)
{
	size_t end;

	out_hidden_str(o, "line", line->text);
	for (size_t at = 0; at < line->len; at = end) {
		uint8_t role = line->roles[at];

		for (end = at; end < line->len && line->roles[end] == role;)
			end++;
		out_text(o, role & PAGE_ROLE, "%.*s", (int)(end - at),
		         line->text + at);
	}
	out_text(o, ROLE_PLAIN, "\n");
}

/* Of the prompt's pane, to which this is written, those before. */
static void put_page(struct out *o, const struct page *page)
{
	size_t count = page->lines.len;

	out_list_begin(o, "lines");
	for (size_t i = 0; i < count && i < page->lines.len; i++)
		put_line(o, &page->lines.items[i]);
	out_list_end(o);
}

struct error *tui_report_pane(struct tui *t, const char *name)
{
	struct out *o = t->session->out;
	enum pane_id id = pane_find(name);

	if (id == PANE_COUNT)
		return error_new(ERROR_NOT_FOUND, "there is no pane called "
		                 "\"%.40s\"", name);
	if (!tui_is_running(t) || pane_is_live(id))
		pane_update(&t->panes[id], t->session);
	out_begin(o, "pane");
	out_hidden_str(o, "name", pane_name(id));
	put_page(o, tui_page_of(t, &t->panes[id]));
	out_end(o);
	return NULL;
}
