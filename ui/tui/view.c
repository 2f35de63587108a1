/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/view.h"

#include <ctype.h>
#include <string.h>

/* Where the row of LINE that begins at START ends. */
static size_t row_end(const struct page_line *line, size_t start,
                      unsigned width)
{
	unsigned used = 0, columns;

	while (start < line->len) {
		size_t n = page_character(line->text + start,
		                          line->len - start, &columns);

		if (used + columns > width && used)
			break;
		used += columns;
		start += n;
	}
	return start;
}

static unsigned count_rows(const struct view *v, const struct page_line *line)
{
	unsigned rows = 1;
	size_t at;

	if (!v->wrap)
		return 1;
	at = row_end(line, 0, v->width);
	for (; at < line->len; rows++)
		at = row_end(line, at, v->width);
	return rows;
}

/* The index in P of the top line. */
static size_t top_index(const struct view *v, const struct page *p)
{
	return v->top > p->dropped ? (size_t)(v->top - p->dropped) : 0;
}

static void set_top(struct view *v, const struct page *p, size_t line,
                    unsigned row)
{
	v->top = p->dropped + line;
	v->row = row;
}

static void go_up(struct view *v, const struct page *p, unsigned long rows)
{
	size_t line = top_index(v, p);
	unsigned row = v->row;

	while (rows) {
		if (row >= rows) {
			row -= (unsigned)rows;
			break;
		}
		if (!line) {
			row = 0;
			break;
		}
		rows -= row + 1ul;
		row = count_rows(v, &p->lines.items[--line]) - 1;
	}
	set_top(v, p, line, row);
}

static void go_down(struct view *v, const struct page *p, unsigned long rows)
{
	size_t line = top_index(v, p);
	unsigned row = v->row;

	while (rows && line < p->lines.len) {
		unsigned left = count_rows(v, &p->lines.items[line]) - row;

		if (rows < left) {
			row += (unsigned)rows;
			break;
		}
		rows -= left;
		row = 0;
		line++;
	}
	set_top(v, p, line, row);
}

/* As far down as the page goes with the view full. */
static void last_top(const struct view *v, const struct page *p,
                     struct view *last)
{
	*last = *v;
	set_top(last, p, p->lines.len, 0);
	go_up(last, p, v->height);
}

static bool is_below(const struct view *v, const struct view *other)
{
	return v->top > other->top ||
	       (v->top == other->top && v->row > other->row);
}

void view_settle(struct view *v, const struct page *p)
{
	struct view last;

	if (v->wrap)
		v->left = 0;
	if (v->top < p->dropped)
		set_top(v, p, 0, 0);
	last_top(v, p, &last);
	if (v->follow || is_below(v, &last)) {
		v->top = last.top;
		v->row = last.row;
	} else if (top_index(v, p) < p->lines.len) {
		/* It may be wider now. */
		unsigned rows = count_rows(v, &p->lines.items[top_index(v, p)]);

		if (v->row >= rows)
			v->row = rows - 1;
	}
}

/* What is selected went along with the view, and is to be seen. */
static void drag_selected(struct view *v, const struct page *p, size_t line,
                          uint64_t top, long rows)
{
	size_t last = p->lines.len - 1;

	if (v->top != top)
		line = v->top > top || line > top - v->top
		       ? (size_t)(line + v->top - top) : 0;
	else if (rows < 0)
		line = line > (unsigned long)-rows ? line + (size_t)rows : 0;
	else
		line += (size_t)rows;
	if (line > last)
		line = last;
	v->selected = p->dropped + line + 1;
	view_reveal(v, p, line);
	v->follow = line == last;
}

void view_scroll(struct view *v, const struct page *p, long rows)
{
	struct view last;
	uint64_t top;
	size_t line;
	bool selected;

	view_settle(v, p);
	top = v->top;
	selected = view_selected(v, p, &line);
	v->follow = false;
	if (rows < 0)
		go_up(v, p, (unsigned long)-rows);
	else
		go_down(v, p, (unsigned long)rows);
	last_top(v, p, &last);
	/* Who scrolls to the end wants to see what comes. */
	v->follow = rows > 0 && !is_below(&last, v);
	view_settle(v, p);
	if (selected)
		drag_selected(v, p, line, top, rows);
}

void view_home(struct view *v)
{
	v->follow = false;
	v->top = 0;
	v->row = v->left = 0;
}

void view_end(struct view *v, const struct page *p)
{
	v->follow = true;
	view_settle(v, p);
}

void view_sideways(struct view *v, long columns)
{
	if (columns < 0 && v->left < (unsigned long)-columns)
		v->left = 0;
	else
		v->left = (unsigned)((long)v->left + columns);
}

void view_show(struct view *v, const struct page *p, size_t line)
{
	size_t top;

	v->follow = false;
	view_settle(v, p);
	top = top_index(v, p);
	if (line < top || line >= top + v->height)
		set_top(v, p, line > v->height / 3 ? line - v->height / 3 : 0,
		        0);
	view_settle(v, p);
}

void view_reveal(struct view *v, const struct page *p, size_t line)
{
	size_t top;
	struct view lowest;

	v->follow = false;
	view_settle(v, p);
	top = top_index(v, p);
	lowest = *v;
	set_top(&lowest, p, line + 1, 0);
	go_up(&lowest, p, v->height);
	if (line <= top)
		set_top(v, p, line, line == top ? v->row : 0);
	if (is_below(&lowest, v))
		set_top(v, p, top_index(&lowest, p), lowest.row);
	/* One that is longer than the view is seen from its beginning. */
	if (top_index(v, p) == line)
		v->row = 0;
	view_settle(v, p);
}

static bool has_text(const char *line, const char *text)
{
	for (const char *c = text; *c; c++)
		if (isupper((unsigned char)*c))
			return strstr(line, text);
	return strcasestr(line, text);
}

bool view_search(struct view *v, const struct page *p, const char *text,
                 bool backward)
{
	size_t count = p->lines.len, from = top_index(v, p);

	if (!backward)
		from += count - 1;
	if (v->found > p->dropped)
		from = (size_t)(v->found - 1 - p->dropped);
	view_selected(v, p, &from);
	for (size_t i = 1; i <= count; i++) {
		size_t at = (from + (backward ? 2 * count - i : i)) % count;

		if (!has_text(p->lines.items[at].text, text))
			continue;
		v->found = p->dropped + at + 1;
		view_show(v, p, at);
		if (v->selected)
			view_select(v, p, at);
		return true;
	}
	v->found = 0;
	return false;
}

/* LEFT columns of LINE are passed over. */
static size_t skip_columns(const struct page_line *line, unsigned left)
{
	size_t at = 0;
	unsigned used = 0, columns;

	while (at < line->len && used < left) {
		at += page_character(line->text + at, line->len - at,
		                     &columns);
		used += columns;
	}
	return at;
}

size_t view_rows(const struct view *v, const struct page *p,
                 struct view_row *rows, size_t most)
{
	size_t line = top_index(v, p), count = 0, start = 0;

	if (line < p->lines.len)
		for (unsigned i = 0; i < v->row; i++)
			start = row_end(&p->lines.items[line], start,
			                v->width);
	for (; line < p->lines.len && count < most; line++) {
		const struct page_line *l = &p->lines.items[line];

		if (!v->wrap)
			start = skip_columns(l, v->left);
		do {
			size_t end = row_end(l, start, v->width);

			rows[count++] = (struct view_row){ l, start, end };
			start = end;
		} while (v->wrap && start < l->len && count < most);
		start = 0;
	}
	return count;
}
