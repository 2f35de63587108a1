/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/field.h"

#include "ui/printable.h"
#include "ui/tui/page.h"

#include <string.h>

enum { ESCAPE = 27, DELETE = 0x7f };

void field_init(struct field *f)
{
	*f = (struct field){ 0 };
	buf_init(&f->text);
}

void field_deinit(struct field *f)
{
	buf_deinit(&f->text);
}

void field_set(struct field *f, const char *text)
{
	size_t len = strlen(text);

	buf_reset(&f->text);
	buf_add(&f->text, text, len < FIELD_MOST ? len : FIELD_MOST);
	f->point = f->text.len;
}

/* A byte that goes on with a character of UTF-8. */
static bool is_inside(const struct field *f, size_t at)
{
	return at < f->text.len &&
	       ((unsigned char)f->text.data[at] & 0xc0) == 0x80;
}

static size_t before(const struct field *f, size_t at)
{
	if (at)
		at--;
	while (at && is_inside(f, at))
		at--;
	return at;
}

static size_t behind(const struct field *f, size_t at)
{
	if (at < f->text.len)
		at++;
	while (is_inside(f, at))
		at++;
	return at;
}

static void cut(struct field *f, size_t from, size_t to)
{
	memmove(f->text.data + from, f->text.data + to, f->text.len - to);
	buf_truncate(&f->text, f->text.len - (to - from));
	f->point = from;
}

static void insert(struct field *f, char c)
{
	if (f->text.len >= FIELD_MOST)
		return;
	buf_putc(&f->text, c);
	memmove(f->text.data + f->point + 1, f->text.data + f->point,
	        f->text.len - 1 - f->point);
	f->text.data[f->point++] = c;
}

/* Blanks before the cursor, and the word before them. */
static size_t word_start(const struct field *f)
{
	size_t at = f->point;

	while (at && f->text.data[at - 1] == ' ')
		at--;
	while (at && f->text.data[at - 1] != ' ')
		at--;
	return at;
}

static enum field_end take_byte(struct field *f, unsigned char c)
{
	switch (c) {
	case '\r':
	case '\n': return FIELD_TAKEN;
	case ESCAPE:
	case 'c' & 31:
	case 'g' & 31: return FIELD_LEFT;
	case DELETE:
	case '\b': cut(f, before(f, f->point), f->point); break;
	case 'a' & 31: f->point = 0; break;
	case 'e' & 31: f->point = f->text.len; break;
	case 'b' & 31: f->point = before(f, f->point); break;
	case 'f' & 31: f->point = behind(f, f->point); break;
	case 'd' & 31: cut(f, f->point, behind(f, f->point)); break;
	case 'k' & 31: cut(f, f->point, f->text.len); break;
	case 'u' & 31: cut(f, 0, f->point); break;
	case 'w' & 31: cut(f, word_start(f), f->point); break;
	default:
		if (c >= ' ')
			insert(f, (char)c);
	}
	return FIELD_OPEN;
}

enum field_end field_key(struct field *f, const struct draw_input *input)
{
	static const char delete[] = "\033[3~";

	switch (input->key) {
	case DRAW_KEY_TEXT: return take_byte(f, (unsigned char)*input->bytes);
	case DRAW_KEY_LEFT: f->point = before(f, f->point); break;
	case DRAW_KEY_RIGHT: f->point = behind(f, f->point); break;
	case DRAW_KEY_HOME: f->point = 0; break;
	case DRAW_KEY_END: f->point = f->text.len; break;
	default:
		/* Backspace and Delete, as curses names them. */
		if (*input->bytes == DELETE || *input->bytes == '\b')
			return take_byte(f, DELETE);
		if (input->len == strlen(delete) &&
		    memcmp(input->bytes, delete, input->len) == 0)
			return take_byte(f, 'd' & 31);
	}
	return FIELD_OPEN;
}

void field_show(const struct field *f, unsigned width, struct buf *shown,
                unsigned *cursor)
{
	AUTO_BUF struct buf text = { 0 };
	size_t point, start = 0;
	unsigned columns;

	buf_init(&text);
	put_printable(&text, printable_utf8(), f->text.data, f->point, false);
	point = text.len;
	put_printable(&text, printable_utf8(), f->text.data + f->point,
	              f->text.len - f->point, false);
	/* The cursor takes a column, behind the end too. */
	while (start < point &&
	       page_columns(text.data + start, point - start) + 1 > width)
		start += page_character(text.data + start, text.len - start,
		                        &columns);
	*cursor = page_columns(text.data + start, point - start);
	buf_add(shown, text.data + start, text.len - start);
}
