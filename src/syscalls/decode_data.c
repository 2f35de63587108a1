/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data as a person writes it, for the memory behind an argument. */
#include "syscalls/decode_parts.h"
#include "syscalls/decoders.h"

#include "base/alloc.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *skip_blanks(const char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static struct error *too_long(size_t limit)
{
	return error_new(ERROR_USAGE,
	                 "the data is longer than the %zu bytes it may have",
	                 limit);
}

static struct error *trailing(const char *s)
{
	s = skip_blanks(s);
	return *s ? error_new(ERROR_USAGE, "junk after the data: %.32s", s)
	          : NULL;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* ---- "a string\n" ---- */

/* One escape behind its backslash; NULL where it is none. */
static const char *read_escape(const char *s, uint8_t *byte)
{
	static const char letters[] = "abefnrtv\\\"'?";
	static const char bytes[] = "\a\b\033\f\n\r\t\v\\\"'?";
	const char *at;
	unsigned value = 0;
	int digits = 0;

	if (*s == 'x') {
		for (s++; digits < 2 && hex_digit(*s) >= 0; digits++, s++)
			value = value * 16 + (unsigned)hex_digit(*s);
		*byte = (uint8_t)value;
		return digits ? s : NULL;
	}
	for (; digits < 3 && *s >= '0' && *s <= '7'; digits++, s++)
		value = value * 8 + (unsigned)(*s - '0');
	if (digits) {
		*byte = (uint8_t)value;
		return value <= UINT8_MAX ? s : NULL;
	}
	at = *s ? strchr(letters, *s) : NULL;
	if (!at)
		return NULL;
	*byte = (uint8_t)bytes[at - letters];
	return s + 1;
}

static struct error *parse_string(const char *s, size_t limit, struct buf *out)
{
	uint8_t byte;

	for (s++; *s != '"';) {
		const char *escape = s;

		if (!*s)
			return error_new(ERROR_USAGE,
			                 "the string has no closing quote");
		if (*s == '\\') {
			s = read_escape(s + 1, &byte);
			if (!s)
				return error_new(ERROR_USAGE,
					"no such escape in a string: %.4s",
					escape);
		} else {
			byte = (uint8_t)*s++;
		}
		if (out->len >= limit)
			return too_long(limit);
		buf_add(out, &byte, 1);
	}
	return trailing(s + 1);
}

/* ---- x"00ff" ---- */

static struct error *parse_hex(const char *s, size_t limit, struct buf *out)
{
	uint8_t byte;

	for (s = skip_blanks(s + 2); *s != '"'; s = skip_blanks(s + 2)) {
		if (!*s)
			return error_new(ERROR_USAGE,
			                 "the hex bytes have no closing quote");
		if (hex_digit(s[0]) < 0 || hex_digit(s[1]) < 0)
			return error_new(ERROR_USAGE,
				"hex bytes are pairs of digits, not '%.2s'",
				s);
		byte = (uint8_t)(hex_digit(s[0]) << 4 | hex_digit(s[1]));
		if (out->len >= limit)
			return too_long(limit);
		buf_add(out, &byte, 1);
	}
	return trailing(s + 1);
}

/* ---- @FILE ---- */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static struct error *read_file(const char *path, size_t limit, struct buf *out)
{
	/* A FIFO must not be waited for. */
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC |
	                                O_NONBLOCK | O_NOCTTY);
	struct stat st;
	char data[4096];
	ssize_t got;

	if (fd < 0 || fstat(fd, &st) < 0)
		return error_errno(errno, "%s", path);
	if (!S_ISREG(st.st_mode))
		return error_new(ERROR_USAGE, "%s is not a regular file", path);
	while ((got = read(fd, data, sizeof(data))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(errno, "%s", path);
		if ((size_t)got > limit - out->len)
			return error_new(ERROR_USAGE,
				"%s is longer than the %zu bytes it may have",
				path, limit);
		buf_add(out, data, (size_t)got);
	}
	return NULL;
}

/* ---- {3, 4, -1} ---- */

/* A number or a constant's name; END is behind it. */
static struct error *read_number(const char *s, const char **end,
                                 int64_t *value, bool *negative)
{
	size_t len = strcspn(s, ",} \t\n");
	char word[64];
	char *stop;

	if (!len || len >= sizeof(word))
		return error_new(ERROR_USAGE,
		                 "a number is missing: %.32s", s);
	memcpy(word, s, len);
	word[len] = '\0';
	*end = s + len;
	*negative = word[0] == '-';
	errno = 0;
	if (*negative)
		*value = strtoll(word, &stop, 0);
	else
		*value = (int64_t)strtoull(word, &stop, 0);
	if (errno == ERANGE)
		return error_new(ERROR_USAGE, "%s is out of range", word);
	if (stop != word && !*stop)
		return NULL;
	if (!constant_value(word, value))
		return error_new(ERROR_USAGE, "%s is no number", word);
	*negative = *value < 0;
	return NULL;
}

/* As a signed or as an unsigned number. */
static bool fits(int64_t value, bool negative, size_t size)
{
	unsigned bits = (unsigned)size * 8;

	if (bits == 64)
		return true;
	return negative ? value >= -(1ll << (bits - 1))
	                : (uint64_t)value < 1ull << bits;
}

static struct error *parse_numbers(const char *s, size_t size, size_t limit,
                                   struct buf *out)
{
	int64_t value = 0;
	bool negative = false;

	for (s = skip_blanks(s + 1); *s != '}';) {
		uint8_t bytes[8];

		TRY(read_number(s, &s, &value, &negative));
		if (!fits(value, negative, size))
			return error_new(ERROR_USAGE,
				"%lld does not fit into %zu byte%s",
				(long long)value, size, size == 1 ? "" : "s");
		if (limit < size || out->len > limit - size)
			return too_long(limit);
		for (size_t i = 0; i < size; i++)
			bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
		buf_add(out, bytes, size);
		s = skip_blanks(s);
		if (*s == ',')
			s = skip_blanks(s + 1);
		else if (*s != '}')
			return error_new(ERROR_USAGE, "numbers need commas "
			                 "and a closing brace");
	}
	return trailing(s + 1);
}

/* Bytes of the integers that an argument points at. */
static size_t element_of(const struct syscall_view *call, unsigned index)
{
	const struct syscall_arg *arg;
	size_t size = 0;

	if (!call->desc || index >= call->desc->nargs ||
	    !call->desc->args[index].type)
		return 4;
	arg = &call->desc->args[index];
	if (arg->type->element == ELEMENT_WORD)
		size = decode_long_size(call->abi);
	else if (!strcmp(arg->type->name, "array"))
		size = decode_element_size(arg->params[0], call->abi);
	else
		size = arg->type->element;
	/* Of structs that have no size of an integer. */
	return size == 1 || size == 2 || size == 4 || size == 8 ? size : 4;
}

static bool is_string(const struct syscall_view *call, unsigned index)
{
	return call->desc && index < call->desc->nargs &&
	       decode_arg_shape(&call->desc->args[index]) == SHAPE_STRING;
}

struct error *decode_data_parse(const struct syscall_view *call,
                                unsigned index, const char *data,
                                size_t limit, uint8_t **bytes, size_t *len)
{
	AUTO_BUF struct buf out;
	const char *s = skip_blanks(data);
	size_t size;

	buf_init(&out);
	if (*s == '"') {
		TRY(parse_string(s, limit, &out));
		if (is_string(call, index)) {
			if (out.len >= limit)
				return too_long(limit);
			buf_putc(&out, '\0');
		}
	} else if (*s == 'x' && s[1] == '"') {
		TRY(parse_hex(s, limit, &out));
	} else if (*s == '@') {
		TRY(read_file(s + 1, limit, &out));
	} else if (*s == '{') {
		TRY(parse_numbers(s, element_of(call, index), limit, &out));
	} else {
		return error_new(ERROR_USAGE, "data is \"TEXT\", x\"HEX\", "
		                 "@FILE or {NUMBER,...}");
	}
	size = out.len;
	*bytes = (uint8_t *)buf_take(&out);
	*len = size;
	return NULL;
}
