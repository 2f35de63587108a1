/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen from its parts: panes, the line being typed, status, keys. */
#include "ui/tui/calls.h"
#include "ui/tui/hint.h"

#include "base/alloc.h"
#include "ui/printable.h"

#include <string.h>

enum { BARS = 2, MOST_ROWS = 512, MOST_MORE = 30 };

static struct layout_rect inside(const struct layout_rect *rect)
{
	return (struct layout_rect){ rect->row + 1, rect->column,
	                             rect->rows - 1, rect->columns };
}

static void place_pane(struct tui *t, struct pane *p)
{
	const struct layout_pane *place = tui_layout_find(&t->layout,
	                                              pane_name(p->id));
	struct layout_rect in;

	p->stale = true;
	if (!place)
		return;
	in = inside(&place->rect);
	p->view.width = in.columns - pane_margin(p);
	p->view.height = in.rows;
	if (p->id == PANE_OUTPUT &&
	    program_screen_resize(t->program, in.rows, in.columns))
		pty_set_size(t->pty, in.rows, in.columns);
}

static bool is_too_small(const struct tui *t)
{
	return t->rows < TUI_MIN_ROWS || t->columns < TUI_MIN_COLUMNS;
}

struct layout_rect tui_area(const struct tui *t)
{
	return (struct layout_rect){ 0, 0, t->rows - BARS, t->columns };
}

void tui_place(struct tui *t)
{
	if (is_too_small(t))
		return;
	t->layout_of = t->session->settings.tui_changes;
	tui_choose_layout(t, tui_area(t), &t->layout);
	for (size_t i = 0; i < PANE_COUNT; i++)
		place_pane(t, &t->panes[i]);
	t->help_view.width = t->columns;
	t->help_view.wrap = true;
	t->help_view.height = t->rows - BARS - 1;
	t->panes[PANE_PROMPT].view.wrap = true;
	t->out.out.width = t->panes[PANE_PROMPT].view.width;
	if (!tui_layout_find(&t->layout, pane_name(t->focus)))
		t->focus = PANE_PROMPT;
	tui_watch(t);
}

/* Pages. */

static enum draw_look look_of(const struct tui *t, const struct pane *p,
                              const struct view *v, const struct page *page,
                              const struct page_line *line)
{
	size_t at = (size_t)(line - page->lines.items), selected;

	if (view_selected(v, page, &selected) && selected == at)
		return p->id == t->focus ? LOOK_SELECTED : LOOK_CHOSEN;
	return v->found == page->dropped + at + 1 ? LOOK_FOUND : LOOK_PLAIN;
}

/* The value of LINE that has the cursor, in a row that begins at COLUMN. */
static void draw_cell_mark(const struct view *v, const struct page_line *line,
                           unsigned row, unsigned column)
{
	size_t cell = v->cell < line->cell_count ? v->cell
	                                         : line->cell_count - 1;
	size_t start = line->cells[cell].start, end = line->cells[cell].end;
	unsigned before = page_columns(line->text, start);
	AUTO_FREE char *text = xstrndup(line->text + start, end - start);

	if (before >= v->left && before - v->left < v->width)
		draw_text(row, column + before - v->left,
		          v->width - (before - v->left), LOOK_CURSOR, text);
}

/* What stands over the first row of the selected line: a field, a cursor. */
static void draw_selected(const struct tui *t, const struct pane *p,
                          const struct view_row *rows, size_t count,
                          size_t selected, const struct layout_rect *area)
{
	const struct page_line *line = &p->page.lines.items[selected];
	unsigned column = area->column + pane_margin(p);
	size_t at = 0;

	while (at < count && rows[at].line != line)
		at++;
	if (at == count)
		return;
	if (t->mode == TUI_EDIT)
		edit_draw(t, area->row + (unsigned)at, column, p->view.width);
	else if (line->cell_count)
		draw_cell_mark(&p->view, line, area->row + (unsigned)at,
		               column);
}

/* AREA is as high as V. */
static void draw_page(const struct tui *t, const struct pane *p,
                      const struct page *page, struct view *v,
                      const struct layout_rect *area)
{
	struct view_row rows[MOST_ROWS];
	size_t selected;
	unsigned margin = p ? pane_margin(p) : 0;
	size_t count;

	view_settle(v, page);
	if (p && p->id == t->focus)
		view_begin(v, page);
	count = view_rows(v, page, rows,
	                  v->height < MOST_ROWS ? v->height : MOST_ROWS);
	for (size_t i = 0; i < count; i++) {
		unsigned row = area->row + (unsigned)i;
		char mark[4];

		if (margin) {
			pane_mark(p, t->session, rows[i].line, mark);
			draw_text(row, area->column, margin, LOOK_MARK, mark);
		}
		draw_row(row, area->column + margin, v->width, &rows[i],
		         look_of(t, p, v, page, rows[i].line));
	}
	if (p && p->id == t->focus && view_selected(v, page, &selected))
		draw_selected(t, p, rows, count, selected, area);
}

/* The name, what it was told to show, and what part is seen where not all is. */
static void title(const struct pane *p, const struct page *page,
                  struct buf *text)
{
	const struct view *v = &p->view;
	size_t count = page->lines.len, first, last;
	const char *more = p->more ? p->more : "";
	unsigned columns;

	buf_puts(text, pane_name(p->id));
	if (*more)
		buf_putc(text, ' ');
	buf_add(text, more, page_fit(more, strlen(more), MOST_MORE, &columns));
	if (v->follow || count <= v->height)
		return;
	first = v->top > page->dropped ? (size_t)(v->top - page->dropped) : 0;
	last = first + v->height < count ? first + v->height : count;
	buf_printf(text, " %zu-%zu/%zu", first + 1, last, count);
}

/* The prompt. */

struct typed {
	struct page page;
	size_t point;          /* bytes before the cursor */
};

static void make_typed(struct typed *typed, const struct prompt_line *line)
{
	AUTO_BUF struct buf text = { 0 };
	bool utf8 = printable_utf8();

	buf_init(&text);
	put_printable(&text, utf8, line->prompt, strlen(line->prompt), false);
	put_printable(&text, utf8, line->text, line->point, false);
	typed->point = text.len;
	put_printable(&text, utf8, line->text + line->point,
	              strlen(line->text + line->point), false);
	/* The cursor may stand behind the end. */
	buf_putc(&text, ' ');
	page_init(&typed->page, 0);
	page_put(&typed->page, ROLE_PLAIN, text.data, text.len);
	page_end(&typed->page);
}

/* Into the last rows of AREA, which become fewer by them. */
static void draw_typed(struct tui *t, const struct typed *typed,
                       struct layout_rect *area)
{
	struct view v = { .width = area->columns, .height = area->rows,
	                  .wrap = true };
	struct view_row rows[MOST_ROWS];
	size_t count, cursor = 0, first;

	count = view_rows(&v, &typed->page, rows, MOST_ROWS);
	for (size_t i = 0; i < count; i++)
		if (typed->point >= rows[i].start)
			cursor = i;
	/* Where there are too many, those with the cursor. */
	first = cursor + 1 > area->rows ? cursor + 1 - area->rows : 0;
	if (count - first > area->rows)
		count = first + area->rows;
	area->rows -= (unsigned)(count - first);
	for (size_t i = first; i < count; i++)
		draw_row(area->row + area->rows + (unsigned)(i - first),
		         area->column, area->columns, &rows[i], LOOK_PLAIN);
	if (t->focus == PANE_PROMPT && t->mode == TUI_NORMAL)
		draw_cursor(area->row + area->rows +
		            (unsigned)(cursor - first), area->column +
		            page_columns(rows[cursor].line->text +
		                       rows[cursor].start,
		                       typed->point - rows[cursor].start),
		            true);
}

/* What is typed stands right below what was said. */
static void draw_prompt(struct tui *t, struct pane *p,
                        const struct layout_rect *rect)
{
	struct layout_rect area = inside(rect);
	struct prompt_line line;
	struct typed typed;
	bool typing = prompt_line(t->prompt, &line);
	unsigned blank;

	p->view.height = area.rows;
	if (typing) {
		struct layout_rect rest = area;

		page_end(&p->page);
		make_typed(&typed, &line);
		/* How many rows it takes is known when it was drawn. */
		draw_typed(t, &typed, &rest);
		p->view.height = rest.rows;
	}
	blank = p->view.height > p->page.lines.len && p->view.follow
	        ? p->view.height - (unsigned)p->page.lines.len : 0;
	area.row += blank;
	p->view.height -= blank;
	draw_page(t, p, &p->page, &p->view, &area);
	p->view.height += blank;
	if (typing)
		page_deinit(&typed.page);
}

/* The program's screen, or what scrolled out of it. */
static void draw_output(struct tui *t, struct pane *p,
                        const struct layout_rect *rect)
{
	struct layout_rect area = inside(rect);
	unsigned row, column;

	if (!p->view.follow) {
		draw_page(t, p, program_screen_page(t->program), &p->view,
		          &area);
		return;
	}
	program_screen_draw(t->program, &area);
	if (t->mode == TUI_PROGRAM &&
	    program_screen_cursor(t->program, &row, &column))
		draw_cursor(area.row + row, area.column + column, true);
}

static void draw_pane(struct tui *t, const struct layout_pane *place)
{
	struct pane *p = &t->panes[pane_find(place->name)];
	const struct page *page = &p->page;
	struct layout_rect area = inside(&place->rect);
	AUTO_BUF struct buf text = { 0 };

	if (p->id == PANE_PROMPT) {
		draw_prompt(t, p, &place->rect);
	} else if (p->id == PANE_OUTPUT) {
		draw_output(t, p, &place->rect);
		if (!p->view.follow)
			page = program_screen_page(t->program);
	} else {
		draw_page(t, p, page, &p->view, &area);
	}
	buf_init(&text);
	title(p, page, &text);
	draw_title(&place->rect, text.data, p->id == t->focus);
	draw_side(&place->rect);
}

/* The two lines below. */

/* What is to be run, as one would type it. */
static void say_waiting(const struct session *s, struct buf *text)
{
	put_printable(text, printable_utf8(), s->program.path,
	              strlen(s->program.path), false);
	buf_puts(text, " is not running");
}

static void say_state(const struct tui *t, struct buf *text)
{
	const struct session *s = t->session;
	const struct page *status = &t->panes[PANE_STATUS].page;

	if (t->mode == TUI_SEARCH)
		buf_printf(text, "/%s", t->search.data);
	else if (t->mode == TUI_FILTER)
		buf_printf(text, "filter: %s", t->filter.data);
	else if (t->mode == TUI_PROGRAM)
		buf_puts(text, "keys go to the program; F12 ends that");
	else if (t->note)
		put_printable(text, printable_utf8(), t->note, strlen(t->note),
		              false);
	else if (t->progress)
		put_printable(text, printable_utf8(), t->progress,
		              strlen(t->progress), false);
	else if (s->run == RUN_FOREGROUND)
		buf_puts(text, "running; Ctrl-C stops it");
	else if (s->run == RUN_BACKGROUND)
		buf_puts(text, "running in the background");
	else if (s->run == RUN_NONE && s->program.path)
		say_waiting(s, text);
	else if (status->lines.len)
		buf_puts(text, status->lines.items[0].text);
}

/* What can be done has its room first: what is so stands elsewhere too. */
static void draw_status(const struct tui *t, unsigned row, const char *state)
{
	const char *hint = tui_hint(t);
	unsigned wide = page_columns(hint, strlen(hint));
	unsigned at = t->columns - (wide < t->columns ? wide : t->columns);
	unsigned width = *hint && at ? at - 1 : at;

	draw_line(row, 0, t->columns, LOOK_BAR, "");
	draw_text(row, 0, width, LOOK_BAR, state);
	if (width && page_columns(state, strlen(state)) > width)
		draw_text(row, width - 1, 1, LOOK_BAR,
		          printable_utf8() ? "…" : "~");
	draw_text(row, at, t->columns - at,
	          t->mode == TUI_FILTER && t->note ? LOOK_MARK : LOOK_BAR,
	          hint);
}

static void draw_bars(struct tui *t)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	say_state(t, &text);
	draw_status(t, t->rows - 2, text.len ? text.data : "");
	if (t->mode == TUI_SEARCH || t->mode == TUI_FILTER)
		draw_cursor(t->rows - 2, page_columns(text.data, text.len), true);
	buf_reset(&text);
	tui_key_line(t, &text);
	draw_line(t->rows - 1, 0, t->columns, LOOK_PLAIN, text.data);
}

static void draw_help(struct tui *t)
{
	const struct layout_rect all = { 0, 0, t->rows - BARS, t->columns };
	struct layout_rect area = inside(&all);

	draw_page(t, NULL, &t->help, &t->help_view, &area);
	draw_title(&all, "help: the arrows scroll, q ends it", true);
}

void tui_draw(struct tui *t)
{
	if (!tui_is_shown(t))
		return;
	draw_begin();
	if (is_too_small(t)) {
		draw_text(0, 0, t->columns, LOOK_PLAIN,
		          "terminal too small (40x10)");
		draw_end(t->redraw);
		t->redraw = false;
		return;
	}
	draw_cursor(t->rows - 1, 0, false);
	if (t->mode == TUI_HELP)
		draw_help(t);
	for (size_t i = 0; i < t->layout.count && t->mode != TUI_HELP; i++)
		draw_pane(t, &t->layout.panes[i]);
	draw_bars(t);
	draw_end(t->redraw);
	t->redraw = false;
}
