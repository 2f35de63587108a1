/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and data of actions: one, or a list of which each hit takes one. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/words.h"

#include <string.h>

/*
 * "[a, b]", perhaps with `*` behind it, calls FN with each; anything else is one
 * alone.
 */
static struct error *each_item(const char *text, bool *cycles,
                               struct error *(*fn)(void *ctx,
                                                   const char *item),
                               void *ctx)
{
	AUTO_FREE char *copy = xstrdup(words_skip(text));
	char *at = copy + 1, *end;
	size_t count = 0;

	words_trim(copy);
	if (*copy != '[')
		return fn(ctx, copy);
	end = copy + strlen(copy) - 1;
	if (*end == '*') {
		*cycles = true;
		*end-- = '\0';
	}
	if (end <= copy || *end != ']')
		return error_new(ERROR_USAGE, "a list is [A, B] or [A, B]*, "
		                 "not \"%s\"", text);
	*end = '\0';
	for (;;) {
		size_t len = words_extent(at, ",");
		bool last = !at[len];

		at[len] = '\0';
		at = words_skip(at);
		words_trim(at);
		if (!*at)
			return error_new(ERROR_USAGE,
			                 "an item of the list is missing");
		if (++count > RULE_LIST_MAX)
			return error_new(ERROR_USAGE, "more than %d items",
			                 RULE_LIST_MAX);
		TRY(fn(ctx, at));
		if (last)
			return NULL;
		at += strlen(at) + 1;
	}
}

/* Which item it is this time: the last one stays, or it begins again. */
static size_t step(size_t *next, size_t count, bool cycles)
{
	size_t at = *next;

	if (at + 1 < count)
		*next = at + 1;
	else if (cycles)
		*next = 0;
	return at;
}

struct value_ctx {
	struct session *s;
	const struct syscall_set *set;
	struct rule_values *values;
};

static struct error *add_value(void *data, const char *text)
{
	struct value_ctx *ctx = data;
	struct rule_value v = { 0 };
	struct expr_value number;
	bool at_exit;

	if (strcmp(text, "len") == 0) {
		v.is_len = true;
	} else if (!call_errno_value(text, &v.number)) {
		TRY(session_compile_rule(ctx->s, text, ctx->set, false,
		                         &v.expr, &at_exit));
		if (expr_is_constant(v.expr)) {
			struct error *err = expr_eval_number(v.expr, NULL,
			                                     &number);

			expr_destroy(v.expr);
			v.expr = NULL;
			if (err)
				return err;
			v.number = number.i;
		}
	}
	vec_push(&ctx->values->items, v);
	return NULL;
}

struct error *rule_values_parse(struct session *s, const char *text,
                                const struct syscall_set *set,
                                struct rule_values *values)
{
	struct value_ctx ctx = { s, set, values };

	if (!*text)
		return error_new(ERROR_USAGE, "a value is missing");
	return each_item(text, &values->cycles, add_value, &ctx);
}

struct error *rule_value_next(struct session *s, struct thread *t,
                              struct rule_values *values, int64_t len,
                              int64_t *value)
{
	const struct rule_value *v = &values->items.items[
		step(&values->next, values->items.len, values->cycles)];
	struct expr_value result;

	*value = v->is_len ? len : v->number;
	if (!v->expr)
		return NULL;
	TRY(session_evaluate(s, t, v->expr, &result));
	if (result.type == EXPR_STRING)
		return error_new(ERROR_USAGE, "\"%s\" is a string, no number",
		                 expr_text(v->expr));
	*value = result.i;
	return NULL;
}

void rule_values_deinit(struct rule_values *values)
{
	for (size_t i = 0; i < values->items.len; i++)
		expr_destroy(values->items.items[i].expr);
	vec_deinit(&values->items);
}

/* Data. */

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

struct data_ctx {
	struct arg_ctx arg;
	struct rule_data *data;
};

static struct error *add_data(void *ctx_data, const char *text)
{
	struct data_ctx *ctx = ctx_data;
	uint8_t *bytes;
	size_t len;

	TRY(decode_data_parse(&ctx->arg.view, ctx->arg.index, text,
	                      RULE_DATA_MAX, &bytes, &len));
	free(bytes);
	vec_push(&ctx->data->items, xstrdup(text));
	return NULL;
}

struct error *rule_data_parse(const char *text, const struct syscall_set *set,
                              struct rule_data *data)
{
	struct data_ctx ctx = { .data = data };

	TRY(find_arg(set, data->arg, true, &ctx.arg));
	return each_item(text, &data->cycles, add_data, &ctx);
}

const char *rule_data_next(struct rule_data *data)
{
	return data->items.items[step(&data->next, data->items.len,
	                              data->cycles)];
}

void rule_data_deinit(struct rule_data *data)
{
	for (size_t i = 0; i < data->items.len; i++)
		free(data->items.items[i]);
	vec_deinit(&data->items);
	free(data->arg);
}
