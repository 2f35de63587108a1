/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs about the layout: chosen, changed, kept by name, one pane alone. */
#include "ui/tui/verbs.h"

#include "ui/tui/layouts.h"

#include "base/alloc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *word_behind(const char *text)
{
	text += strcspn(text, " ");
	return text + strspn(text, " ");
}

/* What is placed; the settings were checked. */
static struct error *current_text(const struct tui *t, struct buf *text)
{
	const struct settings *set = &t->session->settings;
	struct error *err = layouts_find(set->tui_custom_layouts,
	                                 set->tui_layout, text);

	/* One of the user's own that is gone. */
	if (err) {
		error_destroy(err);
		return layouts_find(NULL, NULL, text);
	}
	return NULL;
}

void tui_choose_layout(const struct tui *t, struct layout_rect area,
                       struct layout *layout)
{
	AUTO_BUF struct buf text = { 0 };
	struct error *err;

	buf_init(&text);
	err = current_text(t, &text);
	if (!err)
		err = tui_layout_place(text.data, area, layout);
	error_destroy(err);
	if (!t->zoomed || !tui_layout_find(layout, pane_name(t->focus)))
		return;
	layout->count = 1;
	layout->panes[0] = (struct layout_pane){ .rect = area };
	strcpy(layout->panes[0].name, pane_name(t->focus));
}

static struct error *set(struct tui *t, const char *name, const char *value)
{
	const struct setting *setting;

	TRY(setting_find(name, &setting));
	return setting_set(t->session, setting, value);
}

static struct error *do_layout(struct tui *t, const char *name)
{
	t->zoomed = false;
	TRY(set(t, "tui-layout", name));
	if (t->on)
		tui_place(t);
	return NULL;
}

/* "PANE N", "PANE +N", "PANE -N"; without PANE: the one that has the keys. */
static struct error *parse_size(const struct tui *t, const char *text,
                                bool rows, char name[LAYOUT_NAME], long *by)
{
	bool named = isalpha((unsigned char)*text);
	size_t len = named ? strcspn(text, " ") : 0;
	const char *number = named ? word_behind(text) : text;
	const struct layout_pane *pane;
	char *end;

	if (named)
		snprintf(name, LAYOUT_NAME, "%.*s", (int)len, text);
	else
		snprintf(name, LAYOUT_NAME, "%s", pane_name(t->focus));
	pane = tui_layout_find(&t->layout, name);
	if (!pane)
		return error_new(ERROR_NOT_FOUND, "the pane %s is not shown",
		                 name);
	*by = strtol(number, &end, 10);
	if (end == number || *end || *by > 1000 || *by < -1000)
		return error_new(ERROR_USAGE, "say how many: 12, +3 or -3");
	if (isdigit((unsigned char)*number))
		*by -= (long)(rows ? pane->rect.rows : pane->rect.columns);
	return NULL;
}

static struct error *resize(struct tui *t, const char *text, bool rows)
{
	AUTO_BUF struct buf now = { 0 }, made = { 0 };
	char name[LAYOUT_NAME];
	long by = 0;

	buf_init(&now);
	buf_init(&made);
	TRY(parse_size(t, text, rows, name, &by));
	TRY(current_text(t, &now));
	TRY(tui_layout_resize(now.data, tui_area(t), name, rows, by, &made));
	return do_layout(t, made.data);
}

/* "height PANE N", "width PANE N". */
static struct error *do_window(struct tui *t, const char *text)
{
	bool rows = strncmp(text, "height ", 7) == 0;

	return resize(t, word_behind(text), rows);
}

/* "NAME", which keeps what is seen, or "NAME LAYOUT". */
static struct error *do_new_layout(struct tui *t, const char *text)
{
	const char *own = t->session->settings.tui_custom_layouts;
	AUTO_FREE char *name = xstrndup(text, strcspn(text, " "));
	AUTO_BUF struct buf now = { 0 }, made = { 0 };
	const char *layout = word_behind(text);

	buf_init(&now);
	buf_init(&made);
	TRY(current_text(t, &now));
	TRY(layouts_change(own, name, *layout ? layout : now.data, &made));
	TRY(set(t, "tui-custom-layouts", made.data));
	return *layout ? NULL : set(t, "tui-layout", name);
}

static struct error *do_delete_layout(struct tui *t, const char *name)
{
	const char *own = t->session->settings.tui_custom_layouts;
	AUTO_BUF struct buf made = { 0 };

	buf_init(&made);
	TRY(layouts_change(own, name, NULL, &made));
	return set(t, "tui-custom-layouts", made.data);
}

void tui_unzoom(struct tui *t)
{
	if (!t->zoomed)
		return;
	t->zoomed = false;
	tui_place(t);
}

static struct error *do_zoom(struct tui *t)
{
	t->zoomed = !t->zoomed;
	tui_place(t);
	return NULL;
}

/* Of settings, before they are changed. */

static struct error *do_check_layout(struct tui *t, const char *text)
{
	AUTO_BUF struct buf found = { 0 };

	buf_init(&found);
	return layouts_find(t->session->settings.tui_custom_layouts, text,
	                    &found);
}

static struct error *do_check_layouts(struct tui *t, const char *text)
{
	(void)t;
	return layouts_check_own(text);
}

static const struct verb verbs[] = {
	{ "layout", .with = do_layout, .always = true },
	{ "new-layout", .with = do_new_layout, .always = true },
	{ "delete-layout", .with = do_delete_layout, .always = true },
	{ "window", .with = do_window },
	{ "zoom", .plain = do_zoom },
	{ "check-layout", .with = do_check_layout, .always = true },
	{ "check-layouts", .with = do_check_layouts, .always = true },
};

const struct verb_table verbs_layout = { verbs, ARRAY_LEN(verbs) };

void tui_list(const struct tui *t, enum screen_list list,
              void (*fn)(void *arg, const char *name, const char *text),
              void *arg)
{
	if (list == SCREEN_LIST_LAYOUTS) {
		layouts_each(t->session->settings.tui_custom_layouts, fn, arg);
		return;
	}
	for (enum pane_id id = 0; id < PANE_STATUS; id++)
		fn(arg, pane_name(id), "");
}
