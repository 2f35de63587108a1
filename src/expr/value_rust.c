/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rust's values as gdb shows them: Some(5), Point {x: 1, y: 2}, &[1, 2]. */
#include "expr/value_impl.h"

#include "base/alloc.h"
#include "symbols/type_rust.h"

#include <stdlib.h>
#include <string.h>

enum { SLICE_MOST = 65536, TEXT_BYTES = 65536 };

bool print_as_rust(const struct printer *p, const struct type *t)
{
	return p->style->language == VALUE_AS_RUST ||
	       (p->style->language == VALUE_AS_ITS_TYPE && t->is_rust);
}

static void put_value(struct printer *p, struct value *v, struct error *err)
{
	p->indent++;
	print_part(p, v, err);
	p->indent--;
}

static void put_line(struct printer *p, unsigned indent)
{
	buf_printf(p->text, "\n%*s", (int)(2 * indent), "");
}

/* LINES: each on its own where the style is so. */
static void put_members(struct printer *p, struct value *v, bool names,
                        bool lines)
{
	size_t count;
	const struct type_member *m = type_members(v->type, &count);
	bool first = true;

	lines = lines && p->style->pretty;
	for (size_t i = 0; i < count && p->text->len < p->most; i++) {
		AUTO_VALUE struct value *part = NULL;
		struct error *err;

		if (m[i].is_static)
			continue;
		buf_puts(p->text, first ? "" : lines ? "," : ", ");
		if (lines)
			put_line(p, p->indent + 1);
		first = false;
		if (names)
			buf_printf(p->text, "%s: ", m[i].name ? m[i].name : "");
		err = value_member(v, &m[i], &part);
		put_value(p, part, err);
	}
	if (lines)
		put_line(p, p->indent);
}

/* The variant that the discriminant chooses, or NULL. */
static const struct type_member *chosen(struct value *v, struct error **err)
{
	const struct type *t = type_strip(v->type);
	const struct type_member *d = type_discriminant(t), *other = NULL;
	size_t count;
	const struct type_member *m = type_members(t, &count);
	AUTO_VALUE struct value *value = NULL;
	const uint8_t *data;
	uint64_t size, mask, now;

	*err = NULL;
	if (!d)
		return count ? &m[0] : NULL;
	size = type_size(d->type);
	*err = value_member(v, d, &value);
	if (!*err)
		*err = value_bytes(value, &data);
	if (*err || !size || size > 16)
		return NULL;
	mask = size < 8 ? (1ull << size * 8) - 1 : UINT64_MAX;
	now = (uint64_t)value_load(data, size, false) & mask;
	for (size_t i = 0; i < count; i++) {
		if (!m[i].has_choice)
			other = &m[i];
		else if ((m[i].choice & mask) == now)
			return &m[i];
	}
	return other;
}

struct error *value_variant(struct value *v, struct value **variant)
{
	const struct type *t = type_strip(v->type);
	const struct type_member *m;
	struct error *err;

	*variant = NULL;
	if (t->kind != TYPE_VARIANT)
		return NULL;
	m = chosen(v, &err);
	return err || !m ? err : value_member(v, m, variant);
}

static struct error *print_variant(struct printer *p, struct value *v)
{
	AUTO_VALUE struct value *variant = NULL;
	const struct type *t = type_strip(v->type);
	bool tuple;
	size_t count;

	TRY(value_variant(v, &variant));
	if (!variant) {
		buf_printf(p->text, "%s {<No data fields>}",
		           t->name ? t->name : "");
		return NULL;
	}
	t = type_strip(variant->type);
	buf_puts(p->text, t->name ? t->name : "");
	type_members(t, &count);
	if (!count)
		return NULL;
	tuple = type_is_tuple_struct(t);
	buf_putc(p->text, tuple ? '(' : '{');
	put_members(p, variant, !tuple, false);
	buf_putc(p->text, tuple ? ')' : '}');
	return NULL;
}

/* A character of UTF-8 at DATA: its length; 0: it is none, or unfit. */
static size_t utf8_len(const uint8_t *data, size_t left)
{
	size_t len = *data >= 0xf0 ? 4 : *data >= 0xe0 ? 3 : 2;
	uint32_t c = *data & (0x7f >> len);

	if (*data < 0xc2 || *data > 0xf4 || left < len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((data[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (data[i] & 0x3f);
	}
	return c < 0xa0 || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff ||
	       (len == 3 && c < 0x800) || (len == 4 && c < 0x10000) ? 0 : len;
}

/* One element of a string: its bytes as they are, or an escape. */
static void put_text_char(struct printer *p, const uint8_t *data, size_t len)
{
	if (len > 1)
		buf_add(p->text, (const char *)data, len);
	else
		print_text_char(p->text, *data);
}

static size_t char_len(const uint8_t *data, size_t left)
{
	size_t len = *data < 0x80 ? 1 : utf8_len(data, left);

	return len ? len : 1;
}

static size_t repeats(const uint8_t *data, size_t left, size_t len)
{
	size_t run = 1;

	while ((run + 1) * len <= left &&
	       memcmp(data, data + run * len, len) == 0)
		run++;
	return run;
}

static void put_text(struct printer *p, const uint8_t *data, size_t len,
                     bool cut)
{
	size_t most = p->style->elements ? p->style->elements : SIZE_MAX;
	size_t shown = 0, i = 0;
	bool quoted = false;

	while (i < len && shown < most) {
		size_t one = char_len(data + i, len - i);
		size_t run = repeats(data + i, len - i, one);
		bool many = p->style->repeats && run > p->style->repeats;

		if (many && quoted)
			buf_putc(p->text, '"');
		if (i && (many || !quoted))
			buf_puts(p->text, ", ");
		if (!many && !quoted)
			buf_putc(p->text, '"');
		quoted = !many;
		if (many)
			buf_putc(p->text, '\'');
		for (size_t n = 0; n < (many ? 1 : run) && shown + n < most; n++)
			put_text_char(p, data + i, one);
		if (many)
			buf_printf(p->text, "' <repeats %zu times>", run);
		shown += many ? p->style->repeats : run;
		i += run * one;
	}
	if (!len)
		buf_putc(p->text, '"');
	if (quoted || !len)
		buf_putc(p->text, '"');
	if (i < len || shown > most || cut)
		buf_puts(p->text, "...");
}

struct error *value_slice(struct value *v, struct value **array)
{
	AUTO_VALUE struct value *pointer = NULL, *count = NULL;
	const struct type_member *data, *length;
	const struct type *element;
	uint64_t most;
	taddr at;
	wide n;

	*array = NULL;
	if (!type_is_slice(v->type, &data, &length))
		return NULL;
	TRY(value_member(v, data, &pointer));
	TRY(value_member(v, length, &count));
	TRY(value_wide(count, &n));
	TRY(value_as_address(pointer, &at));
	element = type_target(type_strip(pointer->type));
	most = type_size(element) ? VALUE_MAX_BYTES / type_size(element)
	                          : SLICE_MOST;
	*array = value_in_memory(v->world, type_array_of(v->world->pool,
	                         element, n > most ? most : (uint64_t)n), at);
	return NULL;
}

struct error *value_indexed(struct value *v, int64_t index,
                            struct value **part)
{
	AUTO_VALUE struct value *array = NULL;
	enum type_kind kind = type_strip(v->type)->kind;
	const struct type *t;

	*part = NULL;
	TRY(value_slice(v, &array));
	if (!array && kind != TYPE_ARRAY && kind != TYPE_VECTOR)
		return NULL;
	t = type_strip(array ? array->type : v->type);
	if (t->is_rust && t->has_count &&
	    (index < 0 || (uint64_t)index >= t->count))
		return error_new(ERROR_USAGE, "index greater than length");
	return value_element(array ? array : v, index, part);
}

/* &str and &[T]: what is pointed at. */
static struct error *print_slice(struct printer *p, struct value *v)
{
	AUTO_VALUE struct value *array = NULL;
	const char *name = type_strip(v->type)->name;
	const struct type *t;
	const uint8_t *data;

	TRY(value_slice(v, &array));
	t = type_strip(array->type);
	if (strcmp(name, "&str") == 0) {
		if (t->count)
			TRY(value_bytes(array, &data));
		put_text(p, t->count ? data : NULL, t->count, false);
		return NULL;
	}
	buf_printf(p->text, "%s ", name);
	return print_value(p, array);
}

struct error *print_rust_struct(struct printer *p, struct value *v)
{
	const struct type *t = type_strip(v->type);
	const struct type_member *data, *length;
	bool tuple, bare = type_is_tuple(t);
	const uint8_t *bytes;
	size_t count;

	if (v->place == VALUE_IN_MEMORY && type_size(t) &&
	    type_size(t) <= VALUE_MAX_BYTES)
		TRY(value_bytes(v, &bytes));
	if (t->kind == TYPE_VARIANT)
		return print_variant(p, v);
	if (type_is_slice(t, &data, &length))
		return print_slice(p, v);
	type_members(t, &count);
	if (!bare && t->name)
		buf_puts(p->text, t->name);
	if (!count && !bare)
		return NULL;
	tuple = bare || type_is_tuple_struct(t);
	if (!bare && t->name)
		buf_putc(p->text, ' ');
	buf_putc(p->text, tuple ? '(' : '{');
	put_members(p, v, !tuple, true);
	buf_putc(p->text, tuple ? ')' : '}');
	return NULL;
}

/* 97 'a', 233 '\xe9', 128512 '\u{01f600}' */
void print_rust_char(struct buf *text, uint32_t c)
{
	static const struct { char c, escape; } escapes[] = {
		{ '\\', '\\' }, { '\'', '\'' }, { '\n', 'n' }, { '\r', 'r' },
		{ '\t', 't' }, { '\0', '0' },
	};

	buf_printf(text, "%lu '", (unsigned long)c);
	for (size_t i = 0; i < ARRAY_LEN(escapes); i++)
		if (c == (uint32_t)escapes[i].c) {
			buf_printf(text, "\\%c'", escapes[i].escape);
			return;
		}
	if (c >= 32 && c < 127)
		buf_putc(text, (char)c);
	else if (c <= 255)
		buf_printf(text, "\\x%02x", c);
	else
		buf_printf(text, "\\u{%06x}", c);
	buf_putc(text, '\'');
}
