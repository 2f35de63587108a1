/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data of actions: for the memory behind an argument, or a field of it. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/words.h"

#include <string.h>

/* A name that some call of a set shall have. */
struct arg_ctx {
	const char *name;
	bool found, points;
	struct syscall_view view;    /* the first that has it, or the first */
	unsigned index;
};

static void look_for_arg(void *data, const struct syscall_desc *desc)
{
	struct arg_ctx *ctx = data;
	struct syscall_view view = { .abi = ABI_X86_64, .desc = desc };
	struct error *err;
	unsigned index;

	if (ctx->found && ctx->points)
		return;
	memcpy(view.name, desc->name, strnlen(desc->name,
	                                      sizeof(view.name) - 1));
	err = call_find_arg(&view, ctx->name, &index);
	if (!err || !ctx->view.desc) {
		ctx->view = view;
		ctx->index = err ? 0 : index;
	}
	if (!err) {
		ctx->found = true;
		ctx->points = call_arg_points(&view, index);
	}
	error_destroy(err);
}

static struct error *find_arg(const struct syscall_set *set, const char *name,
                              bool pointer, struct arg_ctx *ctx)
{
	unsigned index;

	*ctx = (struct arg_ctx){ .name = name };
	syscall_set_each(set, look_for_arg, ctx);
	/* Numbers that no table has take any argument. */
	if (!ctx->view.desc)
		ctx->found = ctx->points = true;
	if (!ctx->found)
		return call_find_arg(&ctx->view, name, &index);
	if (pointer && !ctx->points)
		return call_arg_is_number(&ctx->view, ctx->index);
	return NULL;
}

struct error *rule_arg_check(const struct syscall_set *set, const char *name,
                             bool pointer)
{
	struct arg_ctx ctx;

	return find_arg(set, name, pointer, &ctx);
}

/* Whether a call of a set has a field, and what it is. */
struct field_ctx {
	const char *arg, *path;
	bool found;
	struct arg_field field;
	struct buf names;            /* that there are instead */
};

static void add_field_name(void *data, const char *name)
{
	struct buf *names = data;

	buf_printf(names, "%s%s", names->len ? ", " : "", name);
}

static void look_for_field(void *data, const struct syscall_desc *desc)
{
	struct field_ctx *ctx = data;
	int index = syscall_arg_index(desc, ctx->arg);

	for (unsigned abi = 0; index >= 0 && !ctx->found && abi < ABI_COUNT;
	     abi++)
		ctx->found = decode_field_find(desc, (unsigned)index,
		                               (enum abi)abi, ctx->path,
		                               &ctx->field);
	if (index >= 0 && !ctx->found && !ctx->names.len)
		decode_field_each(desc, (unsigned)index, add_field_name,
		                  &ctx->names);
}

struct error *rule_field_parse(const struct syscall_set *set,
                               const char *name, struct rule_field *field)
{
	const char *dot = strchr(name, '.');
	struct field_ctx ctx = { 0 };

	field->arg = xstrndup(name, dot ? (size_t)(dot - name) : strlen(name));
	if (!dot)
		return NULL;
	field->path = xstrdup(dot + 1);
	TRY(rule_arg_check(set, field->arg, true));
	ctx.arg = field->arg;
	ctx.path = field->path;
	buf_init(&ctx.names);
	syscall_set_each(set, look_for_field, &ctx);
	field->is_text = ctx.field.is_text;
	field->written = ctx.field.written;
	if (!ctx.found) {
		struct error *err = error_new(ERROR_NOT_FOUND,
			"%s has no field \"%s\"%s%s", field->arg,
			field->path, ctx.names.len ? ": it has " : "",
			ctx.names.data);

		buf_deinit(&ctx.names);
		return err;
	}
	buf_deinit(&ctx.names);
	if (ctx.field.named)
		return error_new(ERROR_UNSUPPORTED, "%s is of the address "
		                 "that a message names, which can't be "
		                 "changed", field->path);
	return NULL;
}

void rule_field_deinit(struct rule_field *field)
{
	free(field->arg);
	free(field->path);
}

struct data_ctx {
	struct session *s;
	const struct syscall_set *set;
	struct arg_ctx arg;
	struct rule_data *data;
	bool late;
};

static struct error *add_expr(struct data_ctx *ctx, const char *text,
                              struct rule_datum *datum)
{
	struct expr *expr;
	bool late = false;

	TRY(session_place(session_compile_rule(ctx->s, text, ctx->set, false,
	                                      &expr, &late), text));
	ctx->late = ctx->late || late;
	vec_push(&datum->exprs, expr);
	return NULL;
}

/* "{A, B}" */
static struct error *add_list(struct data_ctx *ctx, const char *text,
                              struct rule_datum *datum)
{
	AUTO_FREE char *copy = xstrdup(text + 1);
	char *at = copy;
	struct error *err;

	words_trim(copy);
	if (!*copy || copy[strlen(copy) - 1] != '}')
		return error_new(ERROR_USAGE, "numbers need a closing brace");
	copy[strlen(copy) - 1] = '\0';
	datum->is_list = true;
	for (;;) {
		size_t len = words_extent(at, ",");
		bool last = !at[len];

		at[len] = '\0';
		err = add_expr(ctx, at, datum);
		if (err)
			return error_at(err, (size_t)(at - copy) + 1);
		if (last)
			return NULL;
		at += len + 1;
	}
}

static struct error *not_for_field(const struct rule_field *field)
{
	return error_new(ERROR_USAGE, "%s.%s takes a %s", field->arg,
	                 field->path, field->is_text ? "text" : "number");
}

/* Of what has types the kind is known when it is asked. */
static struct error *check_kind(const struct data_ctx *ctx,
                                const struct rule_datum *datum)
{
	const struct expr *expr = datum->exprs.items[0];

	if (!ctx->data->field.path || expr_is_typed(expr) ||
	    (expr_type(expr) == EXPR_STRING) == ctx->data->field.is_text)
		return NULL;
	return not_for_field(&ctx->data->field);
}

/* A field's text, or data of any kind, that is always the same. */
static struct error *check_literal(const struct data_ctx *ctx,
                                   const char *text)
{
	const struct syscall_view none = { .abi = ABI_X86_64 };
	bool is_field = ctx->data->field.path != NULL;
	uint8_t *bytes;
	size_t len;

	if (is_field && (!ctx->data->field.is_text || *text == '{'))
		return not_for_field(&ctx->data->field);
	TRY(decode_data_parse(is_field ? &none : &ctx->arg.view,
	                      ctx->arg.index, text, RULE_DATA_MAX, &bytes,
	                      &len));
	free(bytes);
	return NULL;
}

static struct error *add_data(void *data, const char *text)
{
	struct data_ctx *ctx = data;
	struct rule_datum *datum;
	struct error *err = NULL, *other = NULL;

	vec_push(&ctx->data->items, (struct rule_datum){ 0 });
	datum = &ctx->data->items.items[ctx->data->items.len - 1];
	if (!call_is_data(text)) {
		TRY(add_expr(ctx, text, datum));
		return check_kind(ctx, datum);
	}
	err = check_literal(ctx, text);
	if (!err)
		datum->text = xstrdup(text);
	if (!err || *text != '{' || ctx->data->field.path)
		return err;
	/* With expressions in it. */
	other = add_list(ctx, text, datum);
	if (other && !other->column) {
		error_destroy(other);
		return err;
	}
	error_destroy(err);
	return other;
}

struct error *rule_data_parse(struct session *s, const char *text,
                              const struct syscall_set *set,
                              struct rule_data *data, bool *late)
{
	struct data_ctx ctx = { .s = s, .set = set, .data = data };

	if (!*text)
		return error_new(ERROR_USAGE, "the data is missing");
	TRY(find_arg(set, data->field.arg, true, &ctx.arg));
	TRY(rule_each_item(text, &data->cycles, add_data, &ctx));
	*late = *late || ctx.late;
	return NULL;
}

/* VALUE as call_data_parse takes it, behind what TEXT has. */
static void put_value(const struct expr_value *value, struct buf *text)
{
	if (value->type != EXPR_STRING) {
		buf_printf(text, value->type == EXPR_INT ? "%lld" : "%llu",
		           (unsigned long long)value->u);
		return;
	}
	buf_putc(text, '"');
	for (size_t i = 0; i < value->s.len; i++)
		buf_printf(text, "\\%03o", (unsigned char)value->s.data[i]);
	buf_putc(text, '"');
}

/* DATUM as literal data. */
static struct error *put_datum(const struct rule_run *run,
                               const struct rule_datum *datum,
                               struct buf *text)
{
	struct expr_value value;

	if (datum->text) {
		buf_puts(text, datum->text);
		return NULL;
	}
	for (size_t i = 0; i < datum->exprs.len; i++) {
		TRY(session_evaluate(run->s, run->t, datum->exprs.items[i],
		                     &value));
		if (datum->is_list && value.type == EXPR_STRING)
			return error_new(ERROR_USAGE, "a string is no number");
		if (value.type != EXPR_STRING)
			buf_putc(text, i ? ',' : '{');
		put_value(&value, text);
	}
	if (datum->is_list || value.type != EXPR_STRING)
		buf_putc(text, '}');
	return NULL;
}

/* DATUM as what a field shall be. */
static struct error *field_value(const struct rule_run *run,
                                 const struct rule_datum *datum,
                                 struct field_value *value)
{
	const struct syscall_view none = { .abi = ABI_X86_64 };
	struct expr_value got = { .type = EXPR_STRING };
	AUTO_FREE uint8_t *bytes = NULL;

	if (datum->text) {
		TRY(decode_data_parse(&none, 0, datum->text, RULE_DATA_MAX,
		                      &bytes, &got.s.len));
		got.s.data = (const char *)bytes;
	} else {
		TRY(session_evaluate(run->s, run->t, datum->exprs.items[0],
		                     &got));
	}
	*value = (struct field_value){ 0 };
	value->is_text = got.type == EXPR_STRING;
	if (!value->is_text) {
		value->number = got.u;
		return NULL;
	}
	if (got.s.len >= sizeof(value->text))
		return error_new(ERROR_USAGE, "%zu bytes are too many for a "
		                 "field", got.s.len);
	memcpy(value->text, got.s.data, got.s.len);
	value->len = got.s.len;
	return NULL;
}

static struct error *field_data(const struct rule_run *run,
                                const struct rule_data *d, unsigned index,
                                const struct rule_datum *datum,
                                struct call_data *data)
{
	const struct syscall_view *view = &run->call->view;
	struct field_value value;
	struct arg_field field;

	if (!decode_field_find(view->desc, index, view->abi, d->field.path,
	                       &field))
		return error_new(ERROR_NOT_FOUND, "%s of %s has no %s",
		                 d->field.arg, view->name, d->field.path);
	if (!view->args[index])
		return error_new(ERROR_USAGE, "%s is NULL: it has no %s",
		                 d->field.arg, d->field.path);
	TRY(field_value(run, datum, &value));
	data->addr = view->args[index] + field.offset;
	data->offset = field.offset;
	data->bytes = xcalloc(1, sizeof(value.text));
	return decode_field_write(view, &field, &run->t->process->memory,
	                          &value, data->bytes, &data->len);
}

struct error *rule_data_make(const struct rule_run *run, struct rule_data *d,
                             bool in_place, struct call_data *data)
{
	const struct syscall_view *view = &run->call->view;
	const struct rule_datum *datum = &d->items.items[
		rule_next_item(&d->next, d->items.len, d->cycles)];
	AUTO_BUF struct buf text = { 0 };
	unsigned index;

	buf_init(&text);
	TRY(call_find_arg(view, d->field.arg, &index));
	if (d->field.path)
		return field_data(run, d, index, datum, data);
	TRY(put_datum(run, datum, &text));
	if (in_place)
		return call_data_parse(view, index, text.data, data);
	if (!call_arg_points(view, index))
		return call_arg_is_number(view, index);
	return decode_data_parse(view, index, text.data, RULE_DATA_MAX,
	                         &data->bytes, &data->len);
}

void rule_data_deinit(struct rule_data *data)
{
	for (size_t i = 0; i < data->items.len; i++) {
		struct rule_datum *datum = &data->items.items[i];

		free(datum->text);
		for (size_t k = 0; k < datum->exprs.len; k++)
			expr_destroy(datum->exprs.items[k]);
		vec_deinit(&datum->exprs);
	}
	vec_deinit(&data->items);
	rule_field_deinit(&data->field);
}
