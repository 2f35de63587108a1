/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/out_tee.h"

static struct out_tee *tee_of(struct out *o)
{
	return (struct out_tee *)((char *)o - offsetof(struct out_tee, out));
}

static void tee_begin(struct out *o, const char *record)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_begin(tee_of(o)->to[i], record);
}

static void tee_end(struct out *o)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_end(tee_of(o)->to[i]);
}

static void tee_list_begin(struct out *o, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_list_begin(tee_of(o)->to[i], name);
}

static void tee_list_end(struct out *o)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_list_end(tee_of(o)->to[i]);
}

static void tee_text(struct out *o, enum out_role role, const char *s,
                     size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++) {
		struct out *to = tee_of(o)->to[i];

		if (to->ops->text)
			to->ops->text(to, role, s, len);
	}
}

static void tee_field(struct out *o, const char *name, enum out_role role,
                      const struct out_value *value, const char *shown)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++) {
		struct out *to = tee_of(o)->to[i];

		to->ops->field(to, name, role, value, shown);
	}
}

static void tee_table_begin(struct out *o, const char *name,
                            const struct out_column *columns, size_t count)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_table_begin(tee_of(o)->to[i], name, columns, count);
}

static void tee_row(struct out *o)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_row(tee_of(o)->to[i]);
}

static void tee_table_end(struct out *o)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_table_end(tee_of(o)->to[i]);
}

static void tee_aside(struct out *o, const char *record, enum out_role role,
                      const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_aside(tee_of(o)->to[i], record, role, "%s", text);
}

static void tee_flush(struct out *o)
{
	for (size_t i = 0; i < ARRAY_LEN(tee_of(o)->to); i++)
		out_flush(tee_of(o)->to[i]);
}

static const struct out_ops tee_ops = {
	.begin = tee_begin,
	.end = tee_end,
	.list_begin = tee_list_begin,
	.list_end = tee_list_end,
	.text = tee_text,
	.field = tee_field,
	.table_begin = tee_table_begin,
	.row = tee_row,
	.table_end = tee_table_end,
	.aside = tee_aside,
	.flush = tee_flush,
};

void out_tee_init(struct out_tee *t, struct out *first, struct out *second)
{
	*t = (struct out_tee){ .out = { .ops = &tee_ops },
	                       .to = { first, second } };
	t->out.utf8 = first->utf8;
	out_tee_resize(t);
}

void out_tee_resize(struct out_tee *t)
{
	t->out.width = t->to[0]->width;
}
