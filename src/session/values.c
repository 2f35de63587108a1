/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `$name` that the user made, and the numbered values that `print` showed. */
#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"

#include <string.h>

enum { MOST_KEPT = 10000 };

struct variable {
	char *name;
	struct value *value;
};

struct value_store {
	VEC(struct variable *) variables;  /* never taken out again */
	VEC(struct value *) kept;
	uint64_t dropped;                  /* before the first one kept */
};

struct value_store *values_create(void)
{
	return xcalloc(1, sizeof(struct value_store));
}

void values_destroy(struct value_store *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->variables.len; i++) {
		value_unref(v->variables.items[i]->value);
		free(v->variables.items[i]->name);
		free(v->variables.items[i]);
	}
	for (size_t i = 0; i < v->kept.len; i++)
		value_unref(v->kept.items[i]);
	vec_deinit(&v->variables);
	vec_deinit(&v->kept);
	free(v);
}

const struct variable *variable_find(const struct session *s,
                                     const char *name)
{
	for (size_t i = 0; i < s->values->variables.len; i++)
		if (strcmp(s->values->variables.items[i]->name, name) == 0)
			return s->values->variables.items[i];
	return NULL;
}

struct value *variable_value(const struct variable *v)
{
	return v->value;
}

const char *variable_name(const struct variable *v)
{
	return v->name;
}

void session_variable_set(struct session *s, const char *name,
                          struct value *value)
{
	struct variable *v =
		(struct variable *)(uintptr_t)variable_find(s, name);
	/* A copy: what stands in memory may change later. */
	struct value *made = value_of_variable(value, name);

	if (!v) {
		v = xcalloc(1, sizeof(*v));
		v->name = xstrdup(name);
		vec_push(&s->values->variables, v);
	}
	value_unref(v->value);
	v->value = made;
}

bool session_variable_is_set(const struct session *s, const char *name)
{
	return variable_find(s, name) != NULL;
}

void session_variables_each(const struct session *s,
                            void (*fn)(void *ctx, const char *name,
                                       struct value *value),
                            void *ctx)
{
	for (size_t i = 0; i < s->values->variables.len; i++)
		fn(ctx, s->values->variables.items[i]->name,
		   s->values->variables.items[i]->value);
}

uint64_t session_value_keep(struct session *s, struct value *value)
{
	struct value_store *v = s->values;

	if (v->kept.len == MOST_KEPT) {
		value_unref(v->kept.items[0]);
		vec_remove(&v->kept, 0);
		v->dropped++;
	}
	vec_push(&v->kept, value_keep(value));
	return v->dropped + v->kept.len;
}

uint64_t session_value_last(const struct session *s)
{
	return s->values->dropped + s->values->kept.len;
}

struct value *session_value_at(const struct session *s, uint64_t number)
{
	const struct value_store *v = s->values;

	return number - 1 - v->dropped < v->kept.len
	       ? v->kept.items[number - 1 - v->dropped] : NULL;
}

/* NAME is what stands behind the first `$`: "", "$", "$2", "7". */
struct error *value_by_name(const struct session *s, const char *name,
                            bool *known, struct value **value)
{
	const struct value_store *v = s->values;
	uint64_t last = v->dropped + v->kept.len, number, back;
	struct expr_value parsed = { .u = 0 };
	bool relative = *name == '$';
	const char *digits = name + relative;

	*known = strspn(digits, "0123456789") == strlen(digits);
	if (!*known)
		return NULL;
	if (*digits)
		TRY(expr_parse_integer(digits, &parsed));
	back = *digits ? parsed.u : relative;
	number = *digits && !relative ? parsed.u : last - back;
	if (number - 1 - v->dropped >= v->kept.len)
		return error_new(ERROR_NOT_FOUND, "%sthere is no value $%s",
		                 last ? "" : "nothing was printed yet: ", name);
	*value = v->kept.items[number - 1 - v->dropped];
	return NULL;
}
