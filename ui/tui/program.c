/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/program.h"

#include "base/alloc.h"
#include "base/out.h"
#include "ui/printable.h"
#include "ui/tui/colors.h"
#include "ui/tui/draw.h"
#include "ui/tui/sequences.h"

#include <stdlib.h>
#include <string.h>
#include <vterm.h>

enum { HISTORY = 2000, PIECE = 4096, RECENT = 64 << 10 };

struct program_screen {
	VTerm *term;
	VTermScreen *screen;
	unsigned rows, columns;
	bool cursor_shown, utf8;
	struct page history;     /* lines that scrolled away */
	struct page page;        /* ... and what is seen */
	struct sequences sequences;
	struct buf recent;       /* what was given to TERM last */
	void (*reply)(void *ctx, const char *data, size_t len);
	void *ctx;
};

static void put_utf8(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_putc(b, (char)c);
	} else if (c < 0x800) {
		buf_putc(b, (char)(0xc0 | c >> 6));
		buf_putc(b, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		buf_putc(b, (char)(0xe0 | c >> 12));
		buf_putc(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_putc(b, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_putc(b, (char)(0xf0 | c >> 18));
		buf_putc(b, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_putc(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_putc(b, (char)(0x80 | (c & 0x3f)));
	}
}

/*
 * A cell has one character, and others that stand on it.  What acts on a
 * terminal, or has not the width that the cell has, is a question mark.
 */
static void put_cell(const struct program_screen *p, struct buf *b,
                     const VTermScreenCell *cell)
{
	size_t start = b->len;
	unsigned columns = 0, sum = 0;

	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		uint32_t c = cell->chars[i];

		if (c > 0x10ffff || utf8_is_unsafe(c) ||
		    (!p->utf8 && c >= 0x80)) {
			buf_truncate(b, start);
			break;
		}
		put_utf8(b, c);
	}
	if (!cell->chars[0])
		buf_putc(b, ' ');
	for (size_t at = start; at < b->len; sum += columns)
		at += page_character(b->data + at, b->len - at, &columns);
	if (sum == (unsigned)cell->width && b->len > start)
		return;
	buf_truncate(b, start);
	for (int i = 0; i < cell->width; i++)
		buf_putc(b, '?');
}

static int keep_line(int count, const VTermScreenCell *cells, void *ctx)
{
	struct program_screen *p = ctx;
	AUTO_BUF struct buf line = { 0 };

	buf_init(&line);
	for (int i = 0; i < count; i += cells[i].width > 1 ? 2 : 1)
		put_cell(p, &line, &cells[i]);
	while (line.len && line.data[line.len - 1] == ' ')
		buf_truncate(&line, line.len - 1);
	buf_putc(&line, '\n');
	page_put(&p->history, ROLE_PLAIN, line.data, line.len);
	return 1;
}

static int note_property(VTermProp property, VTermValue *value, void *ctx)
{
	struct program_screen *p = ctx;

	if (property == VTERM_PROP_CURSORVISIBLE)
		p->cursor_shown = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = {
	.settermprop = note_property,
	.sb_pushline = keep_line,
};

static void open_term(struct program_screen *p)
{
	page_reset(&p->history);
	p->cursor_shown = true;
	p->term = vterm_new((int)p->rows, (int)p->columns);
	vterm_set_utf8(p->term, p->utf8);
	p->screen = vterm_obtain_screen(p->term);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
}

struct program_screen *program_screen_create(
	void (*reply)(void *ctx, const char *data, size_t len), void *ctx)
{
	struct program_screen *p = xcalloc(1, sizeof(*p));

	*p = (struct program_screen){ .rows = 24, .columns = 80,
	                              .reply = reply, .ctx = ctx,
	                              .utf8 = printable_utf8() };
	p->sequences.plain = !p->utf8;
	page_init(&p->history, HISTORY);
	page_init(&p->page, 0);
	buf_init(&p->recent);
	open_term(p);
	return p;
}

void program_screen_destroy(struct program_screen *p)
{
	if (!p)
		return;
	vterm_free(p->term);
	page_deinit(&p->history);
	page_deinit(&p->page);
	buf_deinit(&p->recent);
	free(p);
}

/* What is recent, from FROM on; libvterm wants 4 times its length of stack. */
static void write_term(struct program_screen *p, size_t from)
{
	while (from < p->recent.len) {
		size_t n = p->recent.len - from;

		if (n > PIECE)
			n = PIECE;
		vterm_input_write(p->term, p->recent.data + from, n);
		from += n;
	}
}

/*
 * What was written last is written anew: after vterm_set_size libvterm 0.1.4
 * crashes at a cursor that was saved outside of what is left (ESC 8, ESC # 6),
 * and a wide character in one column too.
 */
bool program_screen_resize(struct program_screen *p, unsigned rows,
                           unsigned columns)
{
	char nobody[PIECE];

	if ((p->rows == rows && p->columns == columns) || rows < 2 ||
	    columns < 2)
		return false;
	p->rows = rows;
	p->columns = columns;
	vterm_free(p->term);
	open_term(p);
	write_term(p, 0);
	while (vterm_output_read(p->term, nobody, sizeof(nobody)))
		;
	return true;
}

/* What is left of it begins a line, where there are lines. */
static void shorten(struct buf *recent)
{
	const char *start, *end = recent->data + recent->len;
	const char *line;

	if (recent->len <= 2 * RECENT)
		return;
	start = end - RECENT;
	line = memchr(start, '\n', RECENT);
	if (line)
		start = line + 1;
	memmove(recent->data, start, (size_t)(end - start));
	buf_truncate(recent, (size_t)(end - start));
}

void program_screen_write(struct program_screen *p, const char *data,
                          size_t len)
{
	size_t old = p->recent.len, n;
	char answer[PIECE];

	sequences_pass(&p->sequences, data, len, &p->recent);
	write_term(p, old);
	shorten(&p->recent);
	while ((n = vterm_output_read(p->term, answer, sizeof(answer))))
		p->reply(p->ctx, answer, n);
}

static int color_of(const VTermColor *color)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(color) ||
	    VTERM_COLOR_IS_DEFAULT_BG(color))
		return -1;
	if (VTERM_COLOR_IS_RGB(color))
		return color_rgb(color->rgb.red, color->rgb.green,
		                 color->rgb.blue);
	return color->indexed.idx;
}

void program_screen_draw(const struct program_screen *p,
                         const struct layout_rect *area)
{
	AUTO_BUF struct buf text = { 0 };
	VTermScreenCell cell;
	VTermPos at;

	buf_init(&text);
	for (at.row = 0; at.row < (int)area->rows; at.row++) {
		int step = 1;

		for (at.col = 0; at.col < (int)area->columns; at.col += step) {
			if (!vterm_screen_get_cell(p->screen, at, &cell))
				break;
			step = cell.width > 1 ? 2 : 1;
			if (!cell.chars[0] && !cell.attrs.reverse &&
			    color_of(&cell.bg) < 0)
				continue;
			buf_reset(&text);
			put_cell(p, &text, &cell);
			draw_cell(area->row + (unsigned)at.row,
			          area->column + (unsigned)at.col,
			          &(struct draw_cell){
				.text = text.data,
				.foreground = color_of(&cell.fg),
				.background = color_of(&cell.bg),
				.bold = cell.attrs.bold,
				.underline = cell.attrs.underline != 0,
				.reverse = cell.attrs.reverse });
		}
	}
}

bool program_screen_cursor(const struct program_screen *p, unsigned *row,
                           unsigned *column)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(p->term), &at);
	*row = (unsigned)at.row;
	*column = (unsigned)at.col;
	return p->cursor_shown;
}

static void copy_history(struct program_screen *p)
{
	page_reset(&p->page);
	for (size_t i = 0; i < p->history.lines.len; i++) {
		const struct page_line *line = &p->history.lines.items[i];

		page_put(&p->page, ROLE_PLAIN, line->text, line->len);
		page_put(&p->page, ROLE_PLAIN, "\n", 1);
	}
}

const struct page *program_screen_page(struct program_screen *p)
{
	AUTO_BUF struct buf text = { 0 };
	VTermScreenCell cell;
	VTermPos at;

	buf_init(&text);
	copy_history(p);
	for (at.row = 0; at.row < (int)p->rows; at.row++) {
		size_t end = text.len;

		for (at.col = 0; at.col < (int)p->columns;
		     at.col += cell.width > 1 ? 2 : 1) {
			if (!vterm_screen_get_cell(p->screen, at, &cell))
				break;
			put_cell(p, &text, &cell);
			if (cell.chars[0])
				end = text.len;
		}
		buf_truncate(&text, end);
		buf_putc(&text, '\n');
	}
	while (text.len > 1 && text.data[text.len - 1] == '\n' &&
	       text.data[text.len - 2] == '\n')
		buf_truncate(&text, text.len - 1);
	page_put(&p->page, ROLE_PLAIN, text.data, text.len);
	return &p->page;
}
