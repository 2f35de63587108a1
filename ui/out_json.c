/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/out_json.h"

#include "base/alloc.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Beyond it a reader that takes numbers for doubles would round. */
static const int64_t most_exact = (INT64_C(1) << 53) - 1;

static struct out_json *json_of(struct out *o)
{
	return (struct out_json *)((char *)o - offsetof(struct out_json, out));
}

static void write_line(struct out_json *j)
{
	size_t done = 0;

	if (j->to)
		buf_add(j->to, j->line.data, j->line.len);
	while (!j->to && done < j->line.len && !j->failed) {
		ssize_t n = write(j->fd, j->line.data + done,
		                  j->line.len - done);

		if (n > 0) {
			done += (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			struct pollfd p = { j->fd, POLLOUT, 0 };

			poll(&p, 1, -1);
		} else if (n < 0 && errno != EINTR) {
			j->failed = true;
			if (j->on_failure)
				j->on_failure(j->ctx);
		}
	}
	buf_reset(&j->line);
}

/* DEL is the one control that jansson leaves as it is. */
static int add_text(const char *data, size_t len, void *ctx)
{
	struct buf *line = ctx;

	for (const char *del; (del = memchr(data, 0x7f, len));) {
		size_t before = (size_t)(del - data);

		buf_add(line, data, before);
		buf_puts(line, "\\u007f");
		data += before + 1;
		len -= before + 1;
	}
	buf_add(line, data, len);
	return 0;
}

/* Nothing but ASCII, so that no terminal can be driven by it. */
static void finish(struct out_json *j, json_t *record)
{
	json_dump_callback(record, add_text, &j->line,
	                   JSON_COMPACT | JSON_ENSURE_ASCII);
	buf_putc(&j->line, '\n');
	json_decref(record);
	write_line(j);
}

/* Values. */

static json_t *integer(int64_t value)
{
	char text[24];

	if (value >= -most_exact && value <= most_exact)
		return json_integer(value);
	snprintf(text, sizeof(text), "%lld", (long long)value);
	return json_string(text);
}

static json_t *unsigned_integer(uint64_t value)
{
	char text[24];

	if (value <= (uint64_t)most_exact)
		return json_integer((json_int_t)value);
	snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
	return json_string(text);
}

static json_t *word(uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%llx", (unsigned long long)value);
	return json_string(text);
}

/* Bytes that are not UTF-8: as a terminal would show them, and in hex. */
static json_t *string(const char *data, size_t len)
{
	json_t *value = json_stringn(data, len);
	AUTO_BUF struct buf text = { 0 }, bytes = { 0 };

	if (value)
		return value;
	buf_init(&text);
	buf_init(&bytes);
	buf_put_printable(&text, data, len, false);
	for (size_t i = 0; i < len; i++)
		buf_printf(&bytes, "%02x", (unsigned char)data[i]);
	value = json_object();
	json_object_set_new(value, "text", json_string(text.data));
	json_object_set_new(value, "bytes", json_string(bytes.data));
	return value;
}

static json_t *json_value(const struct out_value *value)
{
	switch (value->kind) {
	case OUT_STRING:
		return string(value->s.data, value->s.len);
	case OUT_INT:
		return integer(value->i);
	case OUT_UINT:
		return unsigned_integer(value->u);
	case OUT_WORD:
		return word(value->u);
	case OUT_BOOL:
		return json_boolean(value->b);
	case OUT_NULL:
		break;
	}
	return json_null();
}

/* Structure. */

/* VALUE goes into what is open; no object has two members of one name. */
static void add(struct out_json *j, const char *name, json_t *value)
{
	json_t *parent;

	assert(j->depth);
	parent = j->open[j->depth - 1];
	if (json_is_array(parent)) {
		json_array_append_new(parent, value);
		return;
	}
	assert(!json_object_get(parent, name));
	json_object_set_new(parent, name, value);
}

static void open_record(struct out_json *j, const char *name, json_t *value)
{
	assert(j->depth < OUT_JSON_NESTING && !j->in_table);
	if (j->depth)
		add(j, name, value);
	else
		json_object_set_new(value, "type", json_string(name));
	j->open[j->depth++] = value;
}

static void close_record(struct out_json *j)
{
	assert(j->depth);
	if (--j->depth == 0)
		finish(j, j->open[0]);
}

static void json_begin(struct out *o, const char *record)
{
	open_record(json_of(o), record, json_object());
}

static void json_end(struct out *o)
{
	close_record(json_of(o));
}

static void json_list_begin(struct out *o, const char *name)
{
	assert(json_of(o)->depth);
	open_record(json_of(o), name, json_array());
}

static void json_table_begin(struct out *o, const char *name,
                             const struct out_column *columns, size_t count)
{
	struct out_json *j = json_of(o);

	(void)columns;
	(void)count;
	j->table_is_record = !j->depth;
	if (j->table_is_record) {
		json_begin(o, name);
		name = "rows";
	}
	json_list_begin(o, name);
	j->in_table = true;
	j->row = NULL;
}

/* It begins with its first field: a row may be announced and left empty. */
static void json_row(struct out *o)
{
	json_of(o)->row = NULL;
}

static void json_table_end(struct out *o)
{
	struct out_json *j = json_of(o);

	j->in_table = false;
	j->row = NULL;
	close_record(j);
	if (j->table_is_record)
		close_record(j);
}

static void json_field(struct out *o, const char *name, enum out_role role,
                       const struct out_value *value, const char *shown)
{
	struct out_json *j = json_of(o);

	(void)role;
	(void)shown;
	if (!j->in_table) {
		add(j, name, json_value(value));
		return;
	}
	if (!j->row) {
		j->row = json_object();
		json_array_append_new(j->open[j->depth - 1], j->row);
	}
	assert(!json_object_get(j->row, name));
	json_object_set_new(j->row, name, json_value(value));
}

/* What is open stays so: this one has a line of its own. */
static void json_aside(struct out *o, const char *record, enum out_role role,
                       const char *text)
{
	struct out_json *j = json_of(o);
	json_t *value = json_object();

	(void)role;
	json_object_set_new(value, "type", json_string(record));
	json_object_set_new(value, "message", string(text, strlen(text)));
	finish(j, value);
}

static const struct out_ops json_ops = {
	.begin = json_begin,
	.end = json_end,
	.list_begin = json_list_begin,
	.list_end = json_end,
	.field = json_field,
	.table_begin = json_table_begin,
	.row = json_row,
	.table_end = json_table_end,
	.aside = json_aside,
};

void out_json_init(struct out_json *j, int fd)
{
	*j = (struct out_json){ .out = { .ops = &json_ops }, .fd = fd };
	json_set_alloc_funcs(xmalloc, free);
	buf_init(&j->line);
}

void out_json_deinit(struct out_json *j)
{
	if (j->depth)
		json_decref(j->open[0]);
	buf_deinit(&j->line);
}

struct out *out_json_create(struct buf *to)
{
	struct out_json *j = xcalloc(1, sizeof(*j));

	out_json_init(j, -1);
	j->to = to;
	return &j->out;
}

void out_json_destroy(struct out *o)
{
	out_json_deinit(json_of(o));
	free(json_of(o));
}

void out_json_greet(struct out *o, const char *version)
{
	out_begin(o, "scdb");
	out_hidden_str(o, "version", version);
	out_hidden_int(o, "schema", OUT_JSON_SCHEMA);
	out_end(o);
}
