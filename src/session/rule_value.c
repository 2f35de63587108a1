/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of actions: one, or a list of which each hit takes the next. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/words.h"

#include <string.h>

/* ERR is about what stands at ITEM of TEXT. */
static struct error *placed(const char *text, const char *item,
                            struct error *err)
{
	return error_at(err, (size_t)(item - text));
}

struct error *rule_each_item(const char *text, bool *cycles,
                             struct error *(*fn)(void *ctx, const char *item),
                             void *ctx)
{
	AUTO_FREE char *copy = xstrdup(text);
	char *start = words_skip(copy), *at = start + 1, *end;
	size_t count = 0;

	words_trim(copy);
	if (*start != '[')
		return placed(copy, start, fn(ctx, start));
	end = copy + strlen(copy) - 1;
	if (*end == '*') {
		*cycles = true;
		*end-- = '\0';
	}
	if (end <= start || *end != ']')
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
			return placed(copy, at, error_new(ERROR_USAGE,
				"an item of the list is missing"));
		if (++count > RULE_LIST_MAX)
			return placed(copy, at, error_new(ERROR_USAGE,
				"more than %d items", RULE_LIST_MAX));
		TRY(placed(copy, at, fn(ctx, at)));
		if (last)
			return NULL;
		at += strlen(at) + 1;
	}
}

size_t rule_next_item(size_t *next, size_t count, bool cycles)
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
	bool late;
};

static struct error *add_value(void *data, const char *text)
{
	struct value_ctx *ctx = data;
	struct rule_value v = { 0 };
	struct expr_value number;
	bool at_exit = false;

	if (strcmp(text, "len") == 0) {
		v.is_len = true;
	} else if (!call_errno_value(text, &v.number)) {
		TRY(session_place(session_compile_rule(ctx->s, text, ctx->set,
		                                      false, &v.expr,
		                                      &at_exit), text));
		ctx->late = ctx->late || at_exit;
		if (expr_is_constant(v.expr) &&
		    expr_type(v.expr) != EXPR_STRING) {
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
                                struct rule_values *values, bool *late)
{
	struct value_ctx ctx = { .s = s, .set = set, .values = values };

	if (!*text)
		return error_new(ERROR_USAGE, "a value is missing");
	TRY(rule_each_item(text, &values->cycles, add_value, &ctx));
	*late = *late || ctx.late;
	return NULL;
}

struct error *rule_value_any(struct session *s, struct thread *t,
                             struct rule_values *values, int64_t len,
                             struct expr_value *value)
{
	const struct rule_value *v = &values->items.items[
		rule_next_item(&values->next, values->items.len,
		               values->cycles)];

	*value = (struct expr_value){ .type = EXPR_INT,
	                              .i = v->is_len ? len : v->number };
	return v->expr ? session_evaluate(s, t, v->expr, value) : NULL;
}

struct error *rule_value_next(struct session *s, struct thread *t,
                              struct rule_values *values, int64_t len,
                              int64_t *value)
{
	struct expr_value result;

	TRY(rule_value_any(s, t, values, len, &result));
	if (result.type == EXPR_STRING)
		return error_new(ERROR_USAGE, "a string is no number");
	*value = result.i;
	return NULL;
}

void rule_values_deinit(struct rule_values *values)
{
	for (size_t i = 0; i < values->items.len; i++)
		expr_destroy(values->items.items[i].expr);
	vec_deinit(&values->items);
}
