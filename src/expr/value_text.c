/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters and strings, as gdb shows them. */
#include "expr/value_impl.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 65536 }; /* elements, where there is no limit */

bool type_is_text(const struct type *t, const char **prefix)
{
	static const struct {
		const char *name, *prefix;
	} names[] = {
		{ "wchar_t", "L" }, { "char16_t", "u" }, { "char32_t", "U" },
		{ "char8_t", "u8" },
	};

	for (unsigned depth = 0; depth < 32; depth++) {
		for (size_t i = 0; t->name && i < ARRAY_LEN(names); i++)
			if (strcmp(t->name, names[i].name) == 0) {
				*prefix = names[i].prefix;
				return true;
			}
		if (t->kind != TYPE_TYPEDEF && t->kind != TYPE_CONST &&
		    t->kind != TYPE_VOLATILE && t->kind != TYPE_RESTRICT &&
		    t->kind != TYPE_ATOMIC)
			break;
		t = type_target(t);
	}
	*prefix = t->size == 1 ? "" : t->size == 2 ? "u" : "U";
	return t->kind == TYPE_CHAR && !t->is_rust &&
	       (t->size == 1 || t->size == 2 || t->size == 4);
}

static uint32_t element_at(const uint8_t *data, size_t size, size_t i)
{
	return (uint32_t)value_load(data + i * size, size, false);
}

static void put_char(struct buf *text, uint32_t c, char quote)
{
	static const char letters[] = "abtnvfr";

	if (c >= 7 && c <= 13) {
		buf_printf(text, "\\%c", letters[c - 7]);
	} else if (c == '\\' || (quote && c == (uint32_t)quote)) {
		buf_printf(text, "\\%c", (char)c);
	} else if (c >= 32 && c < 127) {
		buf_putc(text, (char)c);
	} else if (c <= 0777) {
		buf_printf(text, "\\%03o", c);
	} else {
		buf_printf(text, "\\x%x", c);
	}
}

void print_text_char(struct buf *text, uint8_t c)
{
	put_char(text, c, '"');
}

static size_t run_at(const uint8_t *data, size_t size, size_t i, size_t count)
{
	size_t run = 1;

	while (i + run < count &&
	       memcmp(data + i * size, data + (i + run) * size, size) == 0)
		run++;
	return run;
}

/*
 * Appends the character of COUNT elements of SIZE bytes that is not ASCII, where
 * it is one that can be shown and does nothing to the terminal; how many
 * elements it has; 0: none.
 */
static size_t put_wide_char(struct printer *p, const uint8_t *data,
                            size_t size, size_t count)
{
	uint32_t c = element_at(data, size, 0);
	char bytes[4];
	size_t n;

	if (!p->style || !p->style->utf8 || c < 0x80 || !count)
		return 0;
	if (size == 1) {
		n = utf8_decode(data, count, &c);
		if (!n || utf8_is_unsafe(c))
			return 0;
		buf_add(p->text, data, n);
		return n;
	}
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000) || utf8_is_unsafe(c))
		return 0;
	n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n; --i; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3f));
	bytes[0] = (char)((0xf00u >> n & 0xff) | c);
	buf_add(p->text, bytes, n);
	return 1;
}

/* PREFIX NULL: one character, without quotes, as within '...'. */
void print_string(struct printer *p, const char *prefix, const uint8_t *data,
                  size_t size, size_t count, bool cut)
{
	size_t most = p->style && p->style->elements ? p->style->elements
	                                             : SIZE_MAX;
	unsigned repeats = p->style ? p->style->repeats : 0;
	size_t shown = 0, i = 0, run;
	bool quoted = false;

	if (!prefix) {
		put_char(p->text, element_at(data, size, 0), 0);
		return;
	}
	if (!count)
		buf_printf(p->text, "%s\"\"", prefix);
	for (; i < count && shown < most; i += run) {
		uint32_t c = element_at(data, size, i);

		run = run_at(data, size, i, count);
		shown += run;
		if (repeats && run > repeats) {
			buf_puts(p->text, quoted ? "\", " : i ? ", " : "");
			quoted = false;
			print_char(p->text, prefix, c);
			buf_printf(p->text, " <repeats %zu times>", run);
			continue;
		}
		if (!quoted)
			buf_printf(p->text, "%s%s\"", i ? ", " : "", prefix);
		quoted = true;
		for (size_t n = 0; n < run; n++) {
			size_t used = put_wide_char(p, data + (i + n) * size,
			                            size, count - i - n);

			if (used) {
				run = n + used;
				break;
			}
			put_char(p->text, c, '"');
		}
	}
	if (quoted)
		buf_putc(p->text, '"');
	if (i < count || cut)
		buf_puts(p->text, "...");
}

/*
 * Up to MOST elements of SIZE bytes before a NUL; *ENDED: there was one.
 * *BAD_AT is the first address that can't be read; 0: none was met.
 */
static size_t read_elements(const struct memory *m, taddr at, size_t size,
                            size_t most, struct buf *data, bool *ended,
                            taddr *bad_at)
{
	static const uint8_t nul[4] = { 0 };
	uint8_t chunk[256];
	size_t count = 0;

	*ended = false;
	*bad_at = 0;
	while (count < most && !*ended && !*bad_at) {
		/* Up to the edge of a page, as those behind may be missing. */
		size_t room = 4096 - at % 4096;
		size_t got;

		room = room > sizeof(chunk) ? sizeof(chunk) : room;
		room = room < size ? size : room - room % size;
		got = m->read ? memory_read(m, at, chunk, room) : 0;
		if (got < room)
			*bad_at = at + got - got % size;
		for (size_t i = 0; i + size <= got && count < most; i += size) {
			if (memcmp(chunk + i, nul, size) == 0) {
				*ended = true;
				break;
			}
			buf_add(data, chunk + i, size);
			count++;
		}
		at += room;
	}
	if (*ended)
		*bad_at = 0;
	return count;
}

void print_string_at(struct printer *p, const struct type *element, taddr at,
                     bool blank)
{
	AUTO_BUF struct buf data = { 0 };
	size_t size = type_size(element), count, most;
	uint8_t next[4] = { 1 };
	const char *prefix;
	bool ended;
	taddr bad_at;

	buf_init(&data);
	type_is_text(element, &prefix);
	most = p->style->elements ? p->style->elements : TEXT_MOST;
	count = read_elements(&p->world->memory, at, size, most, &data, &ended,
	                      &bad_at);
	/* One that is exactly as long as the limit is whole. */
	if (count == most && !ended && p->world->memory.read &&
	    memory_read(&p->world->memory, at + count * size, next, size) ==
	    size)
		ended = element_at(next, size, 0) == 0;
	if (blank)
		buf_putc(p->text, ' ');
	if (count || !bad_at)
		print_string(p, prefix, (const uint8_t *)data.data, size,
		             count, !ended && !bad_at);
	if (bad_at)
		buf_printf(p->text, "<error: Cannot access memory at address "
		           "0x%llx>", (unsigned long long)bad_at);
}
