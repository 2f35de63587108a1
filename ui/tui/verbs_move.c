/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs that move about in a pane, and open what stands in its lines. */
#include "ui/tui/beyond.h"
#include "ui/tui/calls.h"
#include "ui/tui/memory.h"

#include <stdlib.h>
#include <string.h>

/* What moves: a page and what is seen of it. */
struct place {
	struct view *view;
	const struct page *page;
	struct pane *pane;       /* NULL: it is help */
};

/* Help, where it is shown; else the pane that has the keys, or had them. */
static struct place find_place(struct tui *t)
{
	struct pane *p = tui_focused(t);
	struct error *err;

	if (t->mode == TUI_HELP)
		return (struct place){ &t->help_view, &t->help, NULL };
	/* What the prompt said can be scrolled, if nothing else can. */
	err = tui_chosen(t, &p);
	error_destroy(err);
	return (struct place){ &p->view, tui_page_of(t, p), p };
}

/* Memory goes on behind its page. */
static bool is_memory(const struct place *at)
{
	return at->pane && at->pane->id == PANE_MEMORY;
}

static struct error *take_number(const char *text, long *number)
{
	char *end;

	*number = strtol(text, &end, 10);
	if (end == text || *end || *number > 1000000 || *number < -1000000)
		return error_new(ERROR_USAGE, "\"%.40s\" is no number of lines",
		                 text);
	return NULL;
}

static struct error *do_scroll(struct tui *t, const char *text)
{
	struct pane *focused = tui_focused(t);
	struct place at = find_place(t);
	long page, rows;
	bool up = *text == '-';

	/* Page Up at the prompt is about what the prompt said. */
	if (t->mode != TUI_HELP)
		at = (struct place){ &focused->view, tui_page_of(t, focused),
		                     focused };
	page = at.view->height > 1 ? (long)at.view->height - 1 : 1;
	if (strcmp(text + up, "page") == 0)
		rows = up ? -page : page;
	else if (strcmp(text + up, "half") == 0)
		rows = (up ? -1 : 1) * ((page + 1) / 2);
	else
		TRY(take_number(text, &rows));
	if (is_memory(&at))
		tui_memory_select(t, at.pane, rows);
	else if (!at.pane || !tui_beyond_scroll(t, at.pane, rows))
		view_scroll(at.view, at.page, rows);
	return NULL;
}

static struct error *do_sideways(struct tui *t, const char *text)
{
	long columns;

	TRY(take_number(text, &columns));
	view_sideways(find_place(t).view, columns);
	return NULL;
}

/* Where nothing can be selected the view moves. */
static void scroll_to(const struct place *at, const char *text, long by)
{
	if (by)
		view_scroll(at->view, at->page, by);
	else if (strcmp(text, "last") == 0)
		view_end(at->view, at->page);
	else
		view_home(at->view);
}

static void select_by(const struct place *at, long by)
{
	size_t line = 0, last = at->page->lines.len - 1;

	view_selected(at->view, at->page, &line);
	if (by < 0)
		line = line > (unsigned long)-by ? line + (size_t)by : 0;
	else
		line = last - line > (unsigned long)by ? line + (size_t)by
		                                       : last;
	view_select(at->view, at->page, line);
}

/* The text of a line, or its number. */
static struct error *select_line(const struct place *at, const char *text)
{
	size_t len = strspn(text, "0123456789");
	unsigned long line;

	if (!*text)
		return error_new(ERROR_USAGE, "which line?");
	if (text[len]) {
		if (view_search(at->view, at->page, text, false))
			return NULL;
		return error_new(ERROR_NOT_FOUND, "no line has \"%.60s\"",
		                 text);
	}
	line = strtoul(text, NULL, 10);
	if (!line || line > at->page->lines.len)
		return error_new(ERROR_NOT_FOUND, "there are %zu lines",
		                 at->page->lines.len);
	view_select(at->view, at->page, line - 1);
	return NULL;
}

static struct error *do_select(struct tui *t, const char *text)
{
	struct place at = find_place(t);
	long by = 0;

	if (*text == '-' || *text == '+')
		TRY(take_number(text, &by));
	if (!at.view->selects || !at.page->lines.len) {
		scroll_to(&at, text, by);
		return NULL;
	}
	view_begin(at.view, at.page);
	if (by && is_memory(&at))
		tui_memory_select(t, at.pane, by);
	else if (by && at.pane && tui_beyond_select(t, at.pane, by))
		return NULL;
	else if (by)
		select_by(&at, by);
	else if (strcmp(text, "first") == 0)
		view_select(at.view, at.page, 0);
	else if (strcmp(text, "last") == 0)
		view_select(at.view, at.page, at.page->lines.len - 1);
	else
		return select_line(&at, text);
	return NULL;
}

/* Searching. */

static struct error *search(struct tui *t, bool backward)
{
	struct place at = find_place(t);

	if (!t->search.len)
		return error_new(ERROR_USAGE, "nothing was searched for yet");
	view_begin(at.view, at.page);
	if (!view_search(at.view, at.page, t->search.data, backward))
		return error_new(ERROR_NOT_FOUND, "not found");
	return NULL;
}

static struct error *do_next(struct tui *t)
{
	return search(t, false);
}

static struct error *do_previous(struct tui *t)
{
	return search(t, true);
}

/* Without TEXT it is asked for. */
static struct error *do_search(struct tui *t, const char *text)
{
	buf_reset(&t->search);
	buf_puts(&t->search, text);
	if (*text)
		return search(t, false);
	t->mode = TUI_SEARCH;
	return NULL;
}

/* What Enter does. */

typedef struct error *(*opener)(struct tui *t, struct pane *p,
                                const struct page_line *line);

/* What can be changed is changed in place. */
static struct error *open_field(struct tui *t, struct pane *p,
                                const struct page_line *line)
{
	(void)p;
	(void)line;
	return tui_do(t, "edit");
}

/* A pane's line is opened by its row here. */
static const opener openers[PANE_COUNT] = {
	[PANE_CALLS] = tui_open_logged,
	[PANE_CALL] = open_field, [PANE_REGISTERS] = open_field,
	[PANE_MEMORY] = open_field,
};

static struct error *do_open(struct tui *t)
{
	const struct page_line *line;
	struct pane *p;

	TRY(tui_selected(t, &p, &line));
	if (openers[p->id])
		return openers[p->id](t, p, line);
	return tui_open_line(t, p, line);
}

static const struct verb verbs[] = {
	{ "select", .with = do_select, .moves = true },
	{ "scroll", .with = do_scroll, .moves = true },
	{ "sideways", .with = do_sideways, .moves = true },
	{ "search", .with = do_search },
	{ "next", .plain = do_next },
	{ "previous", .plain = do_previous },
	{ "open", .plain = do_open },
};

const struct verb_table verbs_move = { verbs, ARRAY_LEN(verbs) };
