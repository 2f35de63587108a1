/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/sequences.h"

#include <string.h>
#include <wchar.h>

enum {
	CAN = 0x18, SUB = 0x1a, ESC = 0x1b, DEL = 0x7f,
	PARAMETERS = 16, DIGITS = 4, REPEATS = 500, MARKS = 5,
};

static bool is_from(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

/* Characters. */

static void pass_text(struct sequences *s, const char *text, size_t len,
                      struct buf *to)
{
	memcpy(s->last, text, len);
	s->last_len = len;
	s->marks = 0;
	buf_add(to, text, len);
}

/* What is no character. */
static void pass_wrong(struct sequences *s, struct buf *to)
{
	const char *instead = s->plain ? "?" : "\xef\xbf\xbd";

	pass_text(s, instead, strlen(instead), to);
}

/* Whether libvterm takes this mark for a wide character, too. */
static bool is_misjudged(uint32_t c)
{
	return is_from(c, 0x302a, 0x302f) || c == 0x3099 || c == 0x309a;
}

static void pass_character(struct sequences *s, uint32_t c, struct buf *to)
{
	if (is_from(c, 0x80, 0x9f))
		pass_wrong(s, to);
	else if (is_misjudged(c))
		;
	else if (wcwidth((wchar_t)c) != 0)
		pass_text(s, s->part, s->part_len, to);
	else if (s->marks++ < MARKS)
		buf_add(to, s->part, s->part_len);
	s->part_len = 0;
}

/* How many bytes begin with this one; 0: none. */
static size_t expected(unsigned char c)
{
	return c < 0x80 ? 1 : is_from(c, 0xc2, 0xdf) ? 2
	       : is_from(c, 0xe0, 0xef) ? 3 : is_from(c, 0xf0, 0xf4) ? 4 : 0;
}

/* What was begun is not a character. */
static void drop_part(struct sequences *s, struct buf *to)
{
	if (s->part_len)
		pass_wrong(s, to);
	s->part_len = 0;
}

static void take_byte(struct sequences *s, char c, struct buf *to)
{
	bool first = !is_from((unsigned char)c, 0x80, 0xbf);
	uint32_t code;

	if (first || s->plain || !s->part_len)
		drop_part(s, to);
	if (s->plain && is_from((unsigned char)c, 0x80, 0x9f)) {
		pass_wrong(s, to);
		return;
	}
	if (s->plain) {
		pass_text(s, &c, 1, to);
		return;
	}
	s->part[s->part_len++] = c;
	if (s->part_len < expected((unsigned char)*s->part))
		return;
	if (utf8_decode(s->part, s->part_len, &code) == s->part_len)
		pass_character(s, code, to);
	else
		drop_part(s, to);
}

/* Sequences. */

static void begin(struct sequences *s, enum sequence_state state)
{
	s->state = state;
	s->len = 0;
}

static void keep(struct sequences *s, char c)
{
	if (s->len < SEQUENCE_MOST)
		s->text[s->len] = c;
	s->len++;
}

/* REP (ECMA-48, 8.3.103) */
static void repeat(const struct sequences *s, struct buf *to)
{
	unsigned count = 0;

	for (const char *c = s->text; is_from((unsigned char)*c, '0', '9'); c++)
		count = count < REPEATS ? count * 10 + (unsigned)(*c - '0')
		                        : REPEATS;
	for (unsigned i = 0; i < (count ? count : 1) && i < REPEATS; i++)
		buf_add(to, s->last, s->last_len);
}

/* Few parameters, of few digits. */
static bool is_small(const char *text)
{
	unsigned parameters = 1, digits = 0;

	for (; *text; text++) {
		parameters += *text == ';' || *text == ':';
		digits = is_from((unsigned char)*text, '0', '9') ? digits + 1
		                                                 : 0;
		if (digits > DIGITS || parameters > PARAMETERS)
			return false;
	}
	return true;
}

/* Behind ESC [ */
static void end_control(struct sequences *s, struct buf *to)
{
	const char *text = s->text;
	char last;

	s->state = SEQUENCE_NONE;
	if (s->len > SEQUENCE_MOST)
		return;
	s->text[s->len] = '\0';
	last = text[s->len - 1];
	if (last == 'b')
		repeat(s, to);
	/* Without margins at the sides these save and restore the cursor. */
	else if (last == 's' || last == 'u')
		buf_puts(to, s->len > 1 ? "" : last == 's' ? "\0337" : "\0338");
	else if (is_small(text) && strcmp(text, "?69h") != 0)
		buf_printf(to, "\033[%s", text);
}

static void end_escape(struct sequences *s, struct buf *to)
{
	s->state = SEQUENCE_NONE;
	/* What is longer is not known; lines of double width are not shown. */
	if (s->len > 2 || (*s->text == '#' && s->text[1] != '8'))
		return;
	buf_putc(to, ESC);
	buf_add(to, s->text, s->len);
}

static void in_escape(struct sequences *s, char c, struct buf *to)
{
	if (!s->len && c == '[') {
		begin(s, SEQUENCE_CONTROL);
	} else if (!s->len && strchr("P]X^_", c)) {
		begin(s, SEQUENCE_STRING);
	} else {
		keep(s, c);
		if (c >= '0')
			end_escape(s, to);
	}
}

static void in_control(struct sequences *s, char c, struct buf *to)
{
	keep(s, c);
	if (c >= '@')
		end_control(s, to);
}

/* These act within sequences too, or end them. */
static void take_control(struct sequences *s, char c, struct buf *to)
{
	drop_part(s, to);
	if (c == ESC)
		begin(s, SEQUENCE_ESCAPE);
	else if (c == CAN || c == SUB ||
	         (c == '\a' && s->state == SEQUENCE_STRING))
		begin(s, SEQUENCE_NONE);
	else if (c && s->state != SEQUENCE_STRING)
		buf_putc(to, c);
}

static void take(struct sequences *s, char c, struct buf *to)
{
	bool ascii = is_from((unsigned char)c, ' ', '~');

	if ((unsigned char)c < ' ') {
		take_control(s, c, to);
	} else if (s->state == SEQUENCE_STRING || c == DEL) {
		; /* shows nothing */
	} else if (s->state == SEQUENCE_ESCAPE && ascii) {
		in_escape(s, c, to);
	} else if (s->state == SEQUENCE_CONTROL && ascii) {
		in_control(s, c, to);
	} else {
		s->state = SEQUENCE_NONE;
		take_byte(s, c, to);
	}
}

void sequences_pass(struct sequences *s, const char *data, size_t len,
                    struct buf *to)
{
	for (size_t i = 0; i < len; i++)
		take(s, data[i], to);
}
