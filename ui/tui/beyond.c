/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panes code and source behind the ends of their page. */
#include "ui/tui/beyond.h"

#include "base/alloc.h"
#include "cmds/command.h"
#include "session/frames.h"
#include "session/location.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* So far one key goes in code, which has to be decoded. */
enum { MOST_INSTRUCTIONS = 4096 };

typedef VEC(taddr) taddr_list;

static size_t height_of(const struct pane *p)
{
	return p->view.height ? p->view.height : 1;
}

/* The head of a list of source has an address. */
static bool is_source(const struct page_line *line)
{
	return line->number && !line->addr;
}

/* The numbers of the lines on P's page; false: it has none. */
static bool numbers_of(const struct pane *p, unsigned *first, unsigned *last)
{
	*first = *last = 0;
	for (size_t i = 0; i < p->page.lines.len; i++) {
		const struct page_line *line = &p->page.lines.items[i];

		if (!is_source(line))
			continue;
		if (!*first)
			*first = line->number;
		*last = line->number;
	}
	return *first;
}

/* The file of the line where the program stands, and how many lines it has. */
static struct error *find_source(struct session *s, struct pane_beyond *to)
{
	place_list places = { 0 };
	struct source_file *file;
	struct error *err;

	err = location_resolve(s, "*$pc", LOCATION_LIST, &places);
	if (!err && !places.items[0].has_line)
		err = error_new(ERROR_NOT_FOUND, "no line is known");
	if (!err)
		err = source_open(s, &places.items[0].line, &file);
	if (!err) {
		to->file = xstrdup(places.items[0].line.path);
		to->line = places.items[0].line.line;
		to->count = source_line_count(file);
	}
	vec_deinit(&places);
	return err;
}

/* OVER lines behind the page's end, or before its beginning. */
static bool find_lines(struct session *s, const struct pane *p, long over,
                       struct pane_beyond *to)
{
	long height = (long)height_of(p), top, lowest;
	unsigned first, last;
	struct error *err;

	if (!numbers_of(p, &first, &last))
		return false;
	err = find_source(s, to);
	if (err) {
		error_destroy(err);
		return false;
	}
	lowest = (long)to->count > height ? (long)to->count - height + 1 : 1;
	top = over < 0 ? (long)first + over : (long)last - height + 1 + over;
	if (top > lowest)
		top = lowest;
	to->first = top > 1 ? (unsigned)top : 1;
	return over < 0 ? first > 1 : last < to->count;
}

static void add_addresses(taddr_list *list, const struct page *page)
{
	for (size_t i = 0; i < page->lines.len; i++) {
		taddr addr = page->lines.items[i].addr;

		if (addr && (!list->len || addr > list->items[list->len - 1]))
			vec_push(list, addr);
	}
}

/* The addresses of COUNT instructions from ADDR on, or before it. */
static void decode(struct session *s, taddr addr, long count, taddr_list *list)
{
	struct out_page out;
	struct page page;
	char text[64];

	if (count > MOST_INSTRUCTIONS)
		count = MOST_INSTRUCTIONS;
	if (count < -MOST_INSTRUCTIONS)
		count = -MOST_INSTRUCTIONS;
	snprintf(text, sizeof(text), "x/%ldi 0x%" PRIx64, count, addr);
	page_init(&page, 0);
	out_page_init(&out, &page);
	/* Where memory ends there are fewer. */
	error_destroy(command_peek(s, text, &out.out));
	out_page_deinit(&out);
	page_end(&page);
	add_addresses(list, &page);
	page_deinit(&page);
}

/* The same of instructions; whether there are any. */
static bool find_code(struct session *s, const struct pane *p, long over,
                      struct pane_beyond *to)
{
	taddr_list list = { 0 };
	size_t on_page;
	bool found = false;

	add_addresses(&list, &p->page);
	on_page = list.len;
	if (on_page && over < 0) {
		taddr first = list.items[0];

		list.len = 0;
		decode(s, first, over, &list);
		found = list.len && list.items[0] < first;
		if (found)
			to->place = list.items[0];
	} else if (on_page) {
		size_t height = height_of(p);

		decode(s, list.items[on_page - 1], over + 1, &list);
		found = list.len > on_page;
		to->place = list.items[list.len > height ? list.len - height
		                                         : 0];
	}
	vec_deinit(&list);
	return found;
}

/* Has P's page be OVER lines further down; false: it stays. */
static bool go(struct tui *t, struct pane *p, long over)
{
	struct session *s = t->session;
	const struct frame *f;
	struct pane_beyond to = { 0 };

	if ((p->id != PANE_CODE && p->id != PANE_SOURCE) ||
	    tui_is_running(t) || !s->current)
		return false;
	f = session_frame(s);
	if (!f || !(p->id == PANE_CODE ? find_code(s, p, over, &to)
	                               : find_lines(s, p, over, &to))) {
		free(to.file);
		return false;
	}
	to.is_set = true;
	to.pc = f->pc;
	free(p->beyond.file);
	p->beyond = to;
	pane_update(p, s);
	return true;
}

/* The first or the last line that stands for code. */
static size_t find_end(const struct page *page, bool last)
{
	size_t count = page->lines.len, found = 0;

	for (size_t i = 0; i < count; i++) {
		const struct page_line *line = &page->lines.items[i];

		if (!line->addr && !line->number)
			continue;
		found = i;
		if (!last)
			break;
	}
	return found;
}

bool tui_beyond_select(struct tui *t, struct pane *p, long by)
{
	long last = (long)p->page.lines.len - 1;
	size_t line = 0;
	long to;

	view_selected(&p->view, &p->page, &line);
	to = (long)line + by;
	if (last < 0 || (to >= 0 && to <= last) ||
	    !go(t, p, to < 0 ? to : to - last))
		return false;
	view_select(&p->view, &p->page, find_end(&p->page, to > 0));
	return true;
}

bool tui_beyond_scroll(struct tui *t, struct pane *p, long rows)
{
	long count = (long)p->page.lines.len, lowest, to;

	if (!count)
		return false;
	view_settle(&p->view, &p->page);
	lowest = count - (long)height_of(p);
	if (lowest < 0)
		lowest = 0;
	to = (long)p->view.top + rows;
	if ((to >= 0 && to <= lowest) ||
	    !go(t, p, to < 0 ? to : to - lowest))
		return false;
	if (p->view.selected)
		view_select(&p->view, &p->page, find_end(&p->page, to > 0));
	else
		view_home(&p->view);
	return true;
}

static struct error *do_here(struct tui *t)
{
	struct pane *p;

	TRY(tui_chosen(t, &p));
	if (p->id != PANE_CODE && p->id != PANE_SOURCE)
		return error_new(ERROR_UNSUPPORTED, "the program stands "
		                 "nowhere in the pane %s", pane_name(p->id));
	if (!tui_is_running(t))
		pane_come_back(p, t->session);
	return NULL;
}

static const struct verb verbs[] = {
	{ "here", .plain = do_here },
};

const struct verb_table verbs_beyond = { verbs, ARRAY_LEN(verbs) };
