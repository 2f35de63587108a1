/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *b)
{
	*b = (struct buf){ .data = xmalloc(64), .cap = 64 };
	b->data[0] = '\0';
}

void buf_init_in(struct buf *b, char *data, size_t size)
{
	*b = (struct buf){ .data = data, .cap = size, .lent = true };
	b->data[0] = '\0';
}

void buf_deinit(struct buf *b)
{
	if (!b->lent)
		free(b->data);
	*b = (struct buf){ 0 };
}

void buf_reset(struct buf *b)
{
	buf_truncate(b, 0);
}

void buf_swap(struct buf *a, struct buf *b)
{
	struct buf old = *a;

	*a = *b;
	*b = old;
}

void buf_truncate(struct buf *b, size_t len)
{
	if (len <= b->len) {
		b->len = len;
		b->data[len] = '\0';
	}
}

/* What it has goes to memory of its own. */
static void own(struct buf *b)
{
	char *data = xmalloc(b->cap);

	memcpy(data, b->data, b->len + 1);
	b->data = data;
	b->lent = false;
}

static void buf_reserve(struct buf *b, size_t more)
{
	size_t need = b->len + more + 1;

	if (need <= b->cap)
		return;
	while (b->cap < need)
		b->cap *= 2;
	if (b->lent)
		own(b);
	else
		b->data = xrealloc(b->data, b->cap);
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (!len)
		return;
	buf_reserve(b, len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_vprintf(struct buf *b, const char *fmt, va_list args)
{
	va_list again;
	int need;

	va_copy(again, args);
	need = vsnprintf(b->data + b->len, b->cap - b->len, fmt, args);
	if (need > 0 && (size_t)need >= b->cap - b->len) {
		buf_reserve(b, (size_t)need);
		need = vsnprintf(b->data + b->len, b->cap - b->len, fmt,
		                 again);
	}
	va_end(again);
	if (need > 0)
		b->len += (size_t)need;
	b->data[b->len] = '\0';
}

static void put_digits(struct buf *b, uint64_t value, unsigned base)
{
	static const char digits[] = "0123456789abcdef";
	char text[24];
	size_t at = sizeof(text);

	do {
		text[--at] = digits[value % base];
		value /= base;
	} while (value);
	buf_add(b, text + at, sizeof(text) - at);
}

void buf_put_decimal(struct buf *b, uint64_t value)
{
	put_digits(b, value, 10);
}

void buf_put_hex(struct buf *b, uint64_t value)
{
	put_digits(b, value, 16);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vprintf(b, fmt, args);
	va_end(args);
}

char *buf_take(struct buf *b)
{
	char *data;

	if (b->lent)
		own(b);
	data = b->data;
	buf_init(b);
	return data;
}

/* NEXT is the byte that will follow: an octal escape before a digit is full. */
static void put_octal(struct buf *b, unsigned char c, int next)
{
	if (next >= '0' && next <= '7')
		buf_printf(b, "\\%03o", c);
	else
		buf_printf(b, "\\%o", c);
}

void buf_put_c_escaped(struct buf *b, const void *data, size_t len)
{
	static const char letters[] = "tnvfr";
	static const char controls[] = "\t\n\v\f\r";
	const unsigned char *s = data;

	for (size_t i = 0; i < len; i++) {
		const char *at = s[i] ? strchr(controls, s[i]) : NULL;

		if (at) {
			buf_putc(b, '\\');
			buf_putc(b, letters[at - controls]);
		} else if (s[i] == '"' || s[i] == '\\') {
			buf_putc(b, '\\');
			buf_putc(b, (char)s[i]);
		} else if (s[i] >= 0x20 && s[i] < 0x7f) {
			buf_putc(b, (char)s[i]);
		} else {
			put_octal(b, s[i], i + 1 < len ? s[i + 1] : -1);
		}
	}
}

size_t utf8_decode(const void *text, size_t len, uint32_t *code)
{
	const unsigned char *s = text;
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3
	           : s[0] >= 0xc2 ? 2 : 0;
	uint32_t value;

	if (!n || n > len || s[0] > 0xf4)
		return 0;
	value = n == 1 ? s[0] : s[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (s[i] & 0x3f);
	}
	if (n > 1 && value < least[n])
		return 0;
	if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	*code = value;
	return n;
}

bool utf8_is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad ||
	       c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb) ||
	       (c >= 0xe0000 && c <= 0xe0fff);
}

void buf_put_printable(struct buf *b, const char *s, size_t len,
                       bool keep_lines)
{
	const unsigned char *u = (const unsigned char *)s;

	for (size_t i = 0; i < len;) {
		uint32_t code = 0;
		size_t n = utf8_decode(u + i, len - i, &code);

		if (keep_lines && (code == '\n' || code == '\t') && n) {
			buf_putc(b, s[i++]);
		} else if (n && !utf8_is_unsafe(code)) {
			buf_add(b, s + i, n);
			i += n;
		} else {
			for (size_t stop = i + (n ? n : 1); i < stop; i++)
				buf_printf(b, "\\%03o", u[i]);
		}
	}
}
