/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/out.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void out_begin(struct out *o, const char *record)
{
	if (o->ops->begin)
		o->ops->begin(o, record);
}

void out_end(struct out *o)
{
	if (o->ops->end)
		o->ops->end(o);
}

void out_list_begin(struct out *o, const char *name)
{
	if (o->ops->list_begin)
		o->ops->list_begin(o, name);
}

void out_list_end(struct out *o)
{
	if (o->ops->list_end)
		o->ops->list_end(o);
}

void out_text(struct out *o, enum out_role role, const char *fmt, ...)
{
	AUTO_BUF struct buf text = { 0 };
	va_list args;

	if (!o->ops->text)
		return;
	buf_init(&text);
	va_start(args, fmt);
	buf_vprintf(&text, fmt, args);
	va_end(args);
	o->ops->text(o, role, text.data, text.len);
}

void out_name(struct out *o, enum out_role role, const char *name)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	buf_put_printable(&text, name, strlen(name), false);
	out_text(o, role, "%s", text.data);
}

static void number(struct out *o, const char *name, enum out_role role,
                   const struct out_value *v, const char *fmt, va_list args)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	buf_vprintf(&text, fmt, args);
	o->ops->field(o, name, role, v, text.data);
}

void out_int(struct out *o, const char *name, enum out_role role,
             int64_t value, const char *fmt, ...)
{
	const struct out_value v = { .kind = OUT_INT, .i = value };
	va_list args;

	va_start(args, fmt);
	number(o, name, role, &v, fmt, args);
	va_end(args);
}

void out_uint(struct out *o, const char *name, enum out_role role,
              uint64_t value, const char *fmt, ...)
{
	const struct out_value v = { .kind = OUT_UINT, .u = value };
	va_list args;

	va_start(args, fmt);
	number(o, name, role, &v, fmt, args);
	va_end(args);
}

void out_word(struct out *o, const char *name, enum out_role role,
              uint64_t value, const char *fmt, ...)
{
	const struct out_value v = { .kind = OUT_WORD, .u = value };
	va_list args;

	va_start(args, fmt);
	number(o, name, role, &v, fmt, args);
	va_end(args);
}

static struct out_value string_value(const char *s)
{
	if (!s)
		return (struct out_value){ .kind = OUT_NULL };
	return (struct out_value){ .kind = OUT_STRING,
	                           .s = { s, strlen(s) } };
}

void out_str(struct out *o, const char *name, enum out_role role,
             const char *value)
{
	out_str_shown(o, name, role, value, value ? value : "");
}

void out_str_shown(struct out *o, const char *name, enum out_role role,
                   const char *value, const char *shown)
{
	struct out_value v = string_value(value);

	o->ops->field(o, name, role, &v, shown);
}

void out_bytes(struct out *o, const char *name, enum out_role role,
               const char *data, size_t len)
{
	struct out_value v = { .kind = OUT_STRING, .s = { data, len } };

	o->ops->field(o, name, role, &v, NULL);
	if (o->ops->text)
		o->ops->text(o, role, data, len);
}

void out_bool(struct out *o, const char *name, bool value, const char *shown)
{
	struct out_value v = { .kind = OUT_BOOL, .b = value };

	o->ops->field(o, name, ROLE_PLAIN, &v, shown);
}

void out_hidden_int(struct out *o, const char *name, int64_t value)
{
	struct out_value v = { .kind = OUT_INT, .i = value };

	o->ops->field(o, name, ROLE_PLAIN, &v, NULL);
}

void out_hidden_uint(struct out *o, const char *name, uint64_t value)
{
	struct out_value v = { .kind = OUT_UINT, .u = value };

	o->ops->field(o, name, ROLE_PLAIN, &v, NULL);
}

void out_hidden_word(struct out *o, const char *name, uint64_t value)
{
	struct out_value v = { .kind = OUT_WORD, .u = value };

	o->ops->field(o, name, ROLE_PLAIN, &v, NULL);
}

void out_hidden_bool(struct out *o, const char *name, bool value)
{
	out_bool(o, name, value, NULL);
}

void out_hidden_str(struct out *o, const char *name, const char *value)
{
	out_str_shown(o, name, ROLE_PLAIN, value, NULL);
}

void out_table_begin(struct out *o, const char *name,
                     const struct out_column *columns, size_t count)
{
	o->ops->table_begin(o, name, columns, count);
}

void out_row(struct out *o)
{
	o->ops->row(o);
}

void out_table_end(struct out *o)
{
	o->ops->table_end(o);
}

void out_flush(struct out *o)
{
	if (o->ops->flush)
		o->ops->flush(o);
}

void out_message(struct out *o, const char *record, enum out_role role,
                 const char *fmt, ...)
{
	AUTO_BUF struct buf text = { 0 };
	va_list args;

	buf_init(&text);
	va_start(args, fmt);
	buf_vprintf(&text, fmt, args);
	va_end(args);
	out_begin(o, record);
	out_str(o, "message", role, text.data);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

void out_aside(struct out *o, const char *record, enum out_role role,
               const char *fmt, ...)
{
	AUTO_BUF struct buf text = { 0 };
	va_list args;

	buf_init(&text);
	va_start(args, fmt);
	buf_vprintf(&text, fmt, args);
	va_end(args);
	if (o->ops->aside)
		o->ops->aside(o, record, role, text.data);
	else
		out_message(o, record, role, "%s", text.data);
}

void out_error(struct out *o, const struct error *err)
{
	static const char *const kinds[] = {
		[ERROR_USAGE] = "usage",
		[ERROR_NOT_FOUND] = "not-found",
		[ERROR_GONE] = "gone",
		[ERROR_FAULT] = "fault",
		[ERROR_REFUSED] = "refused",
		[ERROR_UNSUPPORTED] = "unsupported",
		[ERROR_INTERRUPTED] = "interrupted",
		[ERROR_NO_MEMORY] = "no-memory",
	};

	out_begin(o, "error");
	out_str(o, "message", ROLE_ERROR, err->message);
	out_text(o, ROLE_PLAIN, "\n");
	out_hidden_str(o, "kind", kinds[err->kind]);
	if (err->column)
		out_hidden_uint(o, "column", err->column);
	out_end(o);
}

/* The capture backend. */

static struct out_capture *capture_of(struct out *o)
{
	return (struct out_capture *)((char *)o -
	                              offsetof(struct out_capture, out));
}

static void capture_emit(void *ctx, enum out_role role, const char *s,
                         size_t len)
{
	struct out_capture *c = ctx;

	(void)role;
	buf_put_printable(&c->text, s, len, true);
}

static void capture_text(struct out *o, enum out_role role, const char *s,
                         size_t len)
{
	capture_emit(capture_of(o), role, s, len);
}

static void capture_field(struct out *o, const char *name, enum out_role role,
                          const struct out_value *value, const char *shown)
{
	struct out_capture *c = capture_of(o);

	(void)name;
	(void)value;
	if (!shown)
		return;
	if (c->grid)
		out_grid_cell(c->grid, role, shown);
	else
		buf_put_printable(&c->text, shown, strlen(shown), false);
}

static void capture_table_begin(struct out *o, const char *name,
                                const struct out_column *columns,
                                size_t count)
{
	(void)name;
	capture_of(o)->grid = out_grid_create(columns, count);
}

static void capture_row(struct out *o)
{
	out_grid_row(capture_of(o)->grid);
}

static void capture_table_end(struct out *o)
{
	struct out_capture *c = capture_of(o);

	out_grid_render(c->grid, capture_emit, c);
	out_grid_destroy(c->grid);
	c->grid = NULL;
}

static const struct out_ops capture_ops = {
	.text = capture_text,
	.field = capture_field,
	.table_begin = capture_table_begin,
	.row = capture_row,
	.table_end = capture_table_end,
};

void out_capture_init(struct out_capture *c)
{
	*c = (struct out_capture){ .out = { .ops = &capture_ops } };
	buf_init(&c->text);
}

void out_capture_deinit(struct out_capture *c)
{
	out_grid_destroy(c->grid);
	buf_deinit(&c->text);
}
