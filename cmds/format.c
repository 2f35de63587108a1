/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmds/format.h"

#include "base/alloc.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COUNT = 1 << 20 };

struct error *format_parse(const char *text, struct format *format)
{
	struct format f = { 0 };

	if (*text == '-' && isdigit((unsigned char)text[1])) {
		f.back = true;
		text++;
	}
	if (isdigit((unsigned char)*text)) {
		char *end;

		errno = 0;
		f.count = strtoull(text, &end, 10);
		if (errno || f.count > MAX_COUNT)
			return error_new(ERROR_USAGE,
			                 "a count of at most %d, please",
			                 (int)MAX_COUNT);
		if (!f.count)
			return error_new(ERROR_USAGE, "a count of 0 shows "
			                 "nothing");
		text = end;
	}
	for (; *text; text++) {
		if (strchr("bhwg", *text))
			f.unit = *text;
		else if (strchr("xduotcasfzi", *text))
			f.letter = *text;
		else if (*text == 'r')
			continue; /* raw: there are no pretty-printers */
		else if (isgraph((unsigned char)*text))
			return error_new(ERROR_USAGE, "undefined output "
			                 "format \"%c\": x d u o t c a f s i z, "
			                 "and units b h w g", *text);
		else
			return error_new(ERROR_USAGE,
			                 "undefined output format");
	}
	*format = f;
	return NULL;
}

unsigned format_unit_size(char unit)
{
	switch (unit) {
	case 'b':
		return 1;
	case 'h':
		return 2;
	case 'g':
		return 8;
	default:
		return 4;
	}
}

static int64_t sign_extend(uint64_t value, unsigned size)
{
	unsigned shift = 64 - 8 * size;

	return (int64_t)(value << shift) >> shift;
}

static void put_binary(struct buf *out, uint64_t value, unsigned size,
                       bool padded)
{
	bool seen = padded;

	for (unsigned bit = 8 * size; bit-- > 0;) {
		bool set = value >> bit & 1;

		seen = seen || set || !bit;
		if (seen)
			buf_putc(out, set ? '1' : '0');
	}
}

/* The lowest byte, as gdb has it. */
static void put_char(struct buf *out, uint64_t value)
{
	char c = (char)value;

	buf_printf(out, "%lld '", (long long)sign_extend(value, 1));
	if (c == '\'')
		buf_puts(out, "\\'");
	else if (c == '"')
		buf_putc(out, c);
	else if (isprint((unsigned char)c) && c != '\\')
		buf_putc(out, c);
	else if (strchr("\t\n\v\f\r\\", c) && c)
		buf_put_c_escaped(out, &c, 1);
	else
		buf_printf(out, "\\%03o", (unsigned char)c);
	buf_putc(out, '\'');
}

void format_integer(struct buf *out, uint64_t value, unsigned size,
                    char letter, bool padded)
{
	unsigned long long v;

	if (size < 8)
		value &= (1ull << (8 * size)) - 1;
	v = value;
	switch (letter) {
	case 'x':
		buf_printf(out, "0x%0*llx", padded ? (int)size * 2 : 1, v);
		break;
	case 'z':
		buf_printf(out, "0x%0*llx", (int)size * 2, v);
		break;
	case 'a':
		buf_printf(out, "0x%llx", v);
		break;
	case 'o':
		buf_printf(out, v ? "0%llo" : "%llo", v);
		break;
	case 't':
		put_binary(out, value, size, padded);
		break;
	case 'u':
		buf_printf(out, "%llu", v);
		break;
	case 'c':
		put_char(out, value);
		break;
	default:
		buf_printf(out, "%lld", (long long)sign_extend(value, size));
	}
}

void format_string(struct buf *out, const char *data, size_t len, bool cut)
{
	buf_putc(out, '"');
	buf_put_c_escaped(out, data, len);
	buf_puts(out, cut ? "\"..." : "\"");
}
