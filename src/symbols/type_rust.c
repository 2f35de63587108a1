/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types as Rust writes them, and as gdb does for Rust. */
#include "symbols/type_rust.h"

#include <stdlib.h>
#include <string.h>

enum { RUST_MAX_DEPTH = 40, RUST_MAX_LEN = 20000 };

bool type_is_tuple(const struct type *t)
{
	return t->kind == TYPE_STRUCT && (!t->name || t->name[0] == '(');
}

/* Members are called __0, __1, ... */
bool type_is_tuple_struct(const struct type *t)
{
	size_t count;
	const struct type_member *m = type_members(t, &count);

	if (t->kind != TYPE_STRUCT || !count)
		return false;
	for (size_t i = 0; i < count; i++) {
		char *end;

		if (!m[i].name || strncmp(m[i].name, "__", 2) != 0 ||
		    strtoul(m[i].name + 2, &end, 10) != i || *end ||
		    end == m[i].name + 2)
			return false;
	}
	return true;
}

static const struct type_member *named(const struct type *t, const char *name)
{
	size_t count;
	const struct type_member *m = type_members(t, &count);

	for (size_t i = 0; i < count; i++)
		if (m[i].name && strcmp(m[i].name, name) == 0)
			return &m[i];
	return NULL;
}

bool type_is_slice(const struct type *t, const struct type_member **data,
                   const struct type_member **length)
{
	size_t count;

	t = type_strip(t);
	if (!t->is_rust || t->kind != TYPE_STRUCT || !t->name ||
	    t->name[0] != '&')
		return false;
	type_members(t, &count);
	*data = named(t, "data_ptr");
	*length = named(t, "length");
	return count == 2 && *data && *length &&
	       type_strip((*data)->type)->kind == TYPE_POINTER;
}

#define BASIC(n, k, s, sign) \
	{ .name = n, .kind = k, .size = s, .is_signed = sign, \
	  .is_rust = true, .no_tag = true }

static const struct type basic[] = {
	BASIC("i8", TYPE_INT, 1, true), BASIC("u8", TYPE_INT, 1, false),
	BASIC("i16", TYPE_INT, 2, true), BASIC("u16", TYPE_INT, 2, false),
	BASIC("i32", TYPE_INT, 4, true), BASIC("u32", TYPE_INT, 4, false),
	BASIC("i64", TYPE_INT, 8, true), BASIC("u64", TYPE_INT, 8, false),
	BASIC("i128", TYPE_INT, 16, true), BASIC("u128", TYPE_INT, 16, false),
	BASIC("isize", TYPE_INT, 8, true), BASIC("usize", TYPE_INT, 8, false),
	BASIC("isize", TYPE_INT, 4, true), BASIC("usize", TYPE_INT, 4, false),
	BASIC("f32", TYPE_FLOAT, 4, true), BASIC("f64", TYPE_FLOAT, 8, true),
	BASIC("bool", TYPE_BOOL, 1, false), BASIC("char", TYPE_CHAR, 4, false),
};

const struct type *rust_basic_type(const char *name, uint64_t word)
{
	for (size_t i = 0; i < ARRAY_LEN(basic); i++)
		if (strcmp(basic[i].name, name) == 0 &&
		    (strcmp(name + 1, "size") != 0 || basic[i].size == word))
			return &basic[i];
	return NULL;
}

static void put_name(const struct type *t, unsigned depth, struct buf *text);

/* "fn (i32, i32) -> i32" */
static void put_function(const struct type *t, unsigned depth,
                         struct buf *text)
{
	const struct type *result = type_target(t);
	size_t count;
	const struct type_member *m = type_members(t, &count);

	buf_puts(text, "fn (");
	for (size_t i = 0; i < count && text->len < RUST_MAX_LEN; i++) {
		buf_puts(text, i ? ", " : "");
		put_name(m[i].type, depth + 1, text);
	}
	buf_putc(text, ')');
	if (result->kind == TYPE_VOID)
		return;
	buf_puts(text, " -> ");
	put_name(result, depth + 1, text);
}

static void put_array(const struct type *t, unsigned depth, struct buf *text)
{
	buf_putc(text, '[');
	put_name(type_target(t), depth + 1, text);
	if (t->has_count)
		buf_printf(text, "; %llu", (unsigned long long)t->count);
	buf_putc(text, ']');
}

static void put_name(const struct type *t, unsigned depth, struct buf *text)
{
	if (depth > RUST_MAX_DEPTH || text->len > RUST_MAX_LEN) {
		buf_puts(text, "...");
		return;
	}
	switch (t->kind) {
	case TYPE_VOID:
		buf_puts(text, "()");
		break;
	case TYPE_POINTER:
		/* Whether it is a reference the file does not say for sure. */
		buf_puts(text, "*mut ");
		put_name(type_target(t), depth + 1, text);
		break;
	case TYPE_ARRAY:
		put_array(t, depth, text);
		break;
	case TYPE_FUNCTION:
		put_function(t, depth, text);
		break;
	default:
		if (t->is_rust && t->name)
			buf_puts(text, t->name);
		else if (t->is_rust)
			buf_puts(text, "{...}");
		else
			type_name(t, "", text);
	}
}

void rust_type_name(const struct type *t, struct buf *text)
{
	put_name(t, 0, text);
}

/* "(f64)", "{side: u32, at: Point}": what follows a variant's name. */
static void put_variant(const struct type *t, struct buf *text)
{
	size_t count;
	bool tuple = type_is_tuple_struct(t);
	const struct type_member *m = type_members(t, &count);

	if (!count)
		return;
	buf_putc(text, tuple ? '(' : '{');
	for (size_t i = 0; i < count && text->len < RUST_MAX_LEN; i++) {
		buf_puts(text, i ? ", " : "");
		if (!tuple)
			buf_printf(text, "%s: ", m[i].name ? m[i].name : "");
		put_name(m[i].type, 1, text);
	}
	buf_putc(text, tuple ? ')' : '}');
}

static void describe_members(const struct type *t, struct buf *text)
{
	size_t count;
	bool tuple = type_is_tuple_struct(t);
	const struct type_member *m = type_members(t, &count);

	if (!count)
		return;
	buf_puts(text, tuple ? " (\n" : " {\n");
	for (size_t i = 0; i < count; i++) {
		if (m[i].is_static)
			continue;
		buf_puts(text, "  ");
		if (t->kind == TYPE_VARIANT) {
			buf_puts(text, m[i].name ? m[i].name : "");
			put_variant(type_strip(m[i].type), text);
		} else {
			if (!tuple)
				buf_printf(text, "%s: ",
				           m[i].name ? m[i].name : "");
			put_name(m[i].type, 0, text);
		}
		buf_puts(text, ",\n");
	}
	buf_putc(text, tuple ? ')' : '}');
}

/* Its values without their enum's name. */
static void describe_enum(const struct type *t, struct buf *text)
{
	size_t count, len = t->name ? strlen(t->name) : 0;
	const struct type_enumerator *e = type_enumerators(t, &count);

	buf_printf(text, "enum %s%s{\n", t->name ? t->name : "",
	           len ? " " : "");
	for (size_t i = 0; i < count; i++) {
		const char *name = e[i].name;

		if (len && strncmp(name, t->name, len) == 0 &&
		    strncmp(name + len, "::", 2) == 0)
			name += len + 2;
		buf_printf(text, "  %s,\n", name);
	}
	buf_putc(text, '}');
}

void rust_type_describe(const struct type *t, struct buf *text)
{
	t = type_strip(t);
	if (t->kind == TYPE_ENUM) {
		describe_enum(t, text);
	} else if (!type_is_aggregate(t) || type_is_tuple(t)) {
		put_name(t, 0, text);
	} else {
		buf_puts(text, t->kind == TYPE_VARIANT ? "enum "
		               : t->kind == TYPE_UNION ? "union " : "struct ");
		buf_puts(text, t->name ? t->name : "");
		describe_members(t, text);
	}
}
