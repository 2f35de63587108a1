/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pane of memory: a cursor on one of its values, and addresses that move. */
#include "ui/tui/memory.h"

#include "base/alloc.h"

#include <string.h>

/* Bytes of a unit, as a format's letter has it; 0: it says none. */
static uint64_t unit_size(const char *format)
{
	static const char letters[] = "bhwg";

	for (format += *format == '/'; *format && *format != ' '; format++) {
		const char *at = strchr(letters, *format);

		if (at)
			return 1u << (at - letters);
	}
	return 0;
}

uint64_t tui_memory_row(const struct tui *t)
{
	const struct page *page = &t->panes[PANE_MEMORY].page;
	const char *what = t->session->settings.tui_memory;
	const struct page_line *lines = page->lines.items;

	if (!page->lines.len || !lines[0].cell_count || !lines[0].addr)
		return 0;
	if (page->lines.len > 1 && lines[1].addr > lines[0].addr)
		return lines[1].addr - lines[0].addr;
	return lines[0].cell_count * unit_size(what ? what : "/g");
}

void tui_memory_select(struct tui *t, struct pane *p, long by)
{
	uint64_t row = tui_memory_row(t);
	long last = (long)p->page.lines.len - 1, to;
	size_t line = 0;

	if (last < 0)
		return;
	view_begin(&p->view, &p->page);
	view_selected(&p->view, &p->page, &line);
	to = (long)line + by;
	if (row && (to < 0 || to > last)) {
		p->shift += (int64_t)row * (to < 0 ? to : to - last);
		pane_update(p, t->session);
		last = (long)p->page.lines.len - 1;
	}
	if (last >= 0)
		view_select(&p->view, &p->page,
		            to < 0 ? 0 : (size_t)(to > last ? last : to));
}

static struct error *take_memory(struct tui *t, struct pane **p,
                                 const struct page_line **line)
{
	TRY(tui_selected(t, p, line));
	if ((*p)->id != PANE_MEMORY || !(*line)->cell_count)
		return error_new(ERROR_USAGE, "only the pane memory has values "
		                 "side by side");
	return NULL;
}

/* +1 or -1: at a line's ends it goes on in the next. */
static struct error *do_cell(struct tui *t, const char *text)
{
	bool back = *text == '-';
	const struct page_line *line;
	struct view *v;
	struct pane *p;

	TRY(take_memory(t, &p, &line));
	v = &p->view;
	if (v->cell >= line->cell_count)
		v->cell = line->cell_count - 1;
	if (back ? v->cell > 0 : v->cell + 1 < line->cell_count) {
		v->cell = back ? v->cell - 1 : v->cell + 1;
		return NULL;
	}
	v->cell = back ? line->cell_count - 1 : 0;
	tui_memory_select(t, p, back ? -1 : 1);
	return NULL;
}

/* What stands before what is followed: the format. */
static size_t format_length(const char *what)
{
	return *what == '/' ? strcspn(what, " ") : 0;
}

/* The setting with WHAT, whose format stays where it says none. */
static struct error *do_follow(struct tui *t, const char *what)
{
	const char *old = t->session->settings.tui_memory;
	AUTO_FREE char *format = NULL, *line = NULL;
	size_t len;

	old = old && *old ? old : PANE_MEMORY_DEFAULT;
	len = format_length(old);
	if (!*what)
		return edit_open(t, "x", "set tui-memory ", old);
	format = *what == '/' ? xstrdup("")
	                      : xasprintf("%.*s ", (int)len, old);
	line = xasprintf("set tui-memory %s%s", format, what);
	return tui_submit(t, line);
}

static const struct verb verbs[] = {
	{ "cell", .with = do_cell },
	{ "follow", .with = do_follow },
};

const struct verb_table verbs_memory = { verbs, ARRAY_LEN(verbs) };
