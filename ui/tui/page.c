/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/page.h"

#include "base/alloc.h"

#include <string.h>
#include <wchar.h>

enum { TAB = 8, MAX_LINE = 16384 };

void page_init(struct page *p, size_t most)
{
	*p = (struct page){ .most = most };
	buf_init(&p->text);
	buf_init(&p->roles);
}

static void drop_lines(struct page *p, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(p->lines.items[i].text);
		free(p->lines.items[i].cells);
	}
	p->lines.len -= count;
	memmove(p->lines.items, p->lines.items + count,
	        p->lines.len * sizeof(*p->lines.items));
}

static void begin_line(struct page *p)
{
	buf_reset(&p->text);
	buf_reset(&p->roles);
	p->column = 0;
	p->addr = 0;
	p->number = 0;
	p->id = 0;
	p->current = false;
	p->cells.len = 0;
}

void page_reset(struct page *p)
{
	if (p->lines.len)
		drop_lines(p, p->lines.len);
	p->dropped = 0;
	free(p->file);
	p->file = NULL;
	begin_line(p);
}

void page_deinit(struct page *p)
{
	page_reset(p);
	vec_deinit(&p->lines);
	vec_deinit(&p->cells);
	buf_deinit(&p->text);
	buf_deinit(&p->roles);
}

size_t page_character(const char *text, size_t len, unsigned *columns)
{
	mbstate_t state = { 0 };
	wchar_t wide;
	size_t n = mbrtowc(&wide, text, len, &state);
	int width;

	*columns = 1;
	if (n == 0 || n > len)
		return 1;
	width = wcwidth(wide);
	if (width >= 0)
		*columns = (unsigned)width;
	return n;
}

unsigned page_columns(const char *text, size_t len)
{
	unsigned sum = 0, columns;

	for (size_t at = 0; at < len; sum += columns)
		at += page_character(text + at, len - at, &columns);
	return sum;
}

size_t page_fit(const char *text, size_t len, unsigned width, unsigned *used)
{
	size_t at = 0;

	*used = 0;
	while (at < len) {
		unsigned columns;
		size_t n = page_character(text + at, len - at, &columns);

		if (columns > width - *used)
			break;
		at += n;
		*used += columns;
	}
	return at;
}

static void push_line(struct page *p)
{
	size_t len = p->text.len;
	struct page_line line = {
		.text = xcalloc(1, 2 * len + 2),
		.len = len, .addr = p->addr, .number = p->number,
		.id = p->id, .current = p->current,
		.cells = p->cells.items, .cell_count = p->cells.len,
	};

	memcpy(line.text, p->text.data, len);
	line.roles = (uint8_t *)line.text + len + 1;
	memcpy(line.roles, p->roles.data, len);
	/* Many at once: each time all that stay are moved. */
	if (p->most && p->lines.len >= p->most + p->most / 8) {
		size_t old = p->lines.len - p->most;

		drop_lines(p, old);
		p->dropped += old;
	}
	vec_push(&p->lines, line);
	/* The line has them now. */
	memset(&p->cells, 0, sizeof(p->cells));
	begin_line(p);
}

static void put_one(struct page *p, uint8_t role, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_putc(&p->text, s[i]);
		buf_putc(&p->roles, (char)role);
	}
}

void page_put(struct page *p, uint8_t role, const char *s, size_t len)
{
	while (len) {
		unsigned columns = 1;
		size_t n = 1;

		if (*s == '\n') {
			push_line(p);
		} else if (p->text.len >= MAX_LINE) {
			; /* nobody will read on so far */
		} else if (*s == '\t') {
			do
				put_one(p, role, " ", 1);
			while (++p->column % TAB);
		} else {
			n = page_character(s, len, &columns);
			put_one(p, role, s, n);
			p->column += columns;
		}
		s += n;
		len -= n;
	}
}

void page_cell(struct page *p, size_t len)
{
	vec_push(&p->cells, (struct page_cell){ len, p->text.len });
}

void page_end(struct page *p)
{
	if (p->text.len)
		push_line(p);
}

bool page_line_is(const struct page_line *a, const struct page_line *b)
{
	return (a->addr || a->number || a->id) && a->addr == b->addr &&
	       a->number == b->number && a->id == b->id;
}

bool page_same(const struct page *a, const struct page *b)
{
	if (a->lines.len != b->lines.len)
		return false;
	for (size_t i = 0; i < a->lines.len; i++) {
		const struct page_line *x = &a->lines.items[i];
		const struct page_line *y = &b->lines.items[i];

		if (x->len != y->len || x->addr != y->addr ||
		    x->number != y->number || memcmp(x->text, y->text, x->len))
			return false;
	}
	return true;
}

/* Marks words of LINE; they are counted from its start. */
static void mark_line(struct page_line *line, const struct page_line *before)
{
	const char *blanks = " ";
	const char *at = line->text, *was = before->text;

	for (;;) {
		size_t len, was_len;

		at += strspn(at, blanks);
		was += strspn(was, blanks);
		len = strcspn(at, blanks);
		was_len = strcspn(was, blanks);
		if (!len)
			return;
		if (len != was_len || memcmp(at, was, len))
			for (size_t i = 0; i < len; i++)
				line->roles[(size_t)(at - line->text) + i] |=
					PAGE_CHANGED;
		at += len;
		was += was_len;
	}
}

void page_mark_changes(struct page *p, const struct page *before)
{
	for (size_t i = 0; i < p->lines.len; i++) {
		struct page_line *line = &p->lines.items[i];

		for (size_t k = 0; k < line->len; k++)
			line->roles[k] &= PAGE_ROLE;
		if (i < before->lines.len)
			mark_line(line, &before->lines.items[i]);
	}
}

void page_text(const struct page *p, struct buf *text)
{
	for (size_t i = 0; i < p->lines.len; i++) {
		buf_add(text, p->lines.items[i].text, p->lines.items[i].len);
		buf_putc(text, '\n');
	}
}
