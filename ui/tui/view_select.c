/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The selected line of a view. */
#include "ui/tui/view.h"

#include "base/out.h"

enum { MOST_ROWS = 512 };

bool view_selected(const struct view *v, const struct page *p, size_t *line)
{
	size_t count = p->lines.len;

	if (!v->selects || !v->selected || !count)
		return false;
	if (v->follow)
		*line = count - 1;
	else if (v->selected <= p->dropped)
		*line = 0;
	else
		*line = (size_t)(v->selected - 1 - p->dropped);
	if (*line >= count)
		*line = count - 1;
	return true;
}

void view_select(struct view *v, const struct page *p, size_t line)
{
	v->selected = p->dropped + line + 1;
	view_reveal(v, p, line);
	/* Who selects the last line wants to see what comes. */
	v->follow = line + 1 >= p->lines.len;
}

static bool is_heading(const struct page_line *line)
{
	return line->len && (line->roles[0] & PAGE_ROLE) == ROLE_HEADING;
}

void view_begin(struct view *v, const struct page *p)
{
	size_t count = p->lines.len, line = 0;

	if (!v->selects || v->selected || !count)
		return;
	if (v->follow) {
		v->selected = p->dropped + count;
		return;
	}
	while (line < count && !p->lines.items[line].current)
		line++;
	if (line == count)
		for (line = 0; line + 1 < count; line++)
			if (!is_heading(&p->lines.items[line]))
				break;
	v->selected = p->dropped + line + 1;
}

bool view_line_at(const struct view *v, const struct page *p, unsigned row,
                  size_t *line)
{
	struct view_row rows[MOST_ROWS];
	struct view settled = *v;
	size_t count;

	view_settle(&settled, p);
	count = view_rows(&settled, p, rows,
	                  v->height < MOST_ROWS ? v->height : MOST_ROWS);
	if (row >= count)
		return false;
	*line = (size_t)(rows[row].line - p->lines.items);
	return true;
}

/* Where line AT of BEFORE is in AFTER: as near as possible. */
static size_t find_again(const struct page *before, const struct page *after,
                         size_t at)
{
	const struct page_line *was = &before->lines.items[at];
	size_t count = after->lines.len, best = at;
	bool found = false;

	for (size_t i = 0; i < count; i++) {
		size_t far = i > at ? i - at : at - i;
		size_t best_far = best > at ? best - at : at - best;

		if ((found && far >= best_far) ||
		    !page_line_is(was, &after->lines.items[i]))
			continue;
		found = true;
		best = i;
	}
	return best;
}

void view_carry(struct view *v, const struct page *before,
                const struct page *after)
{
	bool selected;
	size_t line, now;

	if (v->follow || !before->lines.len || !after->lines.len)
		return;
	selected = view_selected(v, before, &line);
	if (!selected)
		line = v->top > before->dropped
		       ? (size_t)(v->top - before->dropped) : 0;
	if (line >= before->lines.len)
		return;
	/* It stays in its row. */
	now = find_again(before, after, line);
	if (selected)
		v->selected = after->dropped + now + 1;
	v->top += after->dropped + now;
	v->top -= v->top < before->dropped + line ? v->top
	                                          : before->dropped + line;
}
