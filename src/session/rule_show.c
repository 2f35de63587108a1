/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `info rules`, and rules as a file that `source` reads back. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "session/scope_internal.h"

#include <string.h>

#define NAME_BYTES "abcdefghijklmnopqrstuvwxyz" \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

static void put_literal(struct buf *text, const char *data, size_t len)
{
	buf_putc(text, '"');
	buf_put_c_escaped(text, data, len);
	buf_putc(text, '"');
}

static bool chosen(unsigned number, const uint64_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return count == 0;
}

static void list_one(struct out *o, const struct rule *r,
                     const char *layer)
{
	out_begin(o, "rule");
	out_uint(o, "number", ROLE_NUMBER, r->number, "%-7u ", r->number);
	out_bool(o, "enabled", r->enabled, r->enabled ? "y   " : "n   ");
	out_uint(o, "hits", ROLE_NUMBER, r->hits, "%7llu ",
	         (unsigned long long)r->hits);
	out_uint(o, "failures", r->failures ? ROLE_WARNING : ROLE_NUMBER,
	         r->failures, "%8llu  ", (unsigned long long)r->failures);
	out_str(o, "text", ROLE_NAME, r->text);
	out_hidden_str(o, "layer", layer);
	out_hidden_str(o, "calls", syscall_set_text(r->set));
	out_hidden_bool(o, "decides", r->decides);
	out_hidden_uint(o, "ignore", r->ignore);
	if (r->ignore)
		out_text(o, ROLE_PLAIN, "\n        ignore next %llu hits",
		         (unsigned long long)r->ignore);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

void rules_list(struct session *s, const uint64_t *numbers, size_t count)
{
	const char *name;
	unsigned layer = 0;

	if (!s->rules->rules.len) {
		out_message(s->out, "note", ROLE_PLAIN, "No rules.");
		return;
	}
	out_text(s->out, ROLE_HEADING,
	         "Num     Enb    Hits Failures  Rule\n");
	for (size_t i = 0; i < s->rules->rules.len; i++) {
		const struct rule *r = s->rules->rules.items[i];

		if (!chosen(r->number, numbers, count))
			continue;
		name = rule_layer_name(s->rules, r);
		if (r->layer != layer)
			out_text(s->out, ROLE_HEADING, "%s%s:\n",
			         r->layer ? "Of " : "By hand", name);
		layer = r->layer;
		list_one(s->out, r, name);
	}
}

/* `set $NAME = VALUE`; what is neither number nor text can't be saved. */
static void save_variable(struct buf *text, const struct variable *v)
{
	const struct type *t = type_strip(value_type(variable_value(v)));
	AUTO_BUF struct buf value = { 0 };
	struct expr_value plain;
	struct error *err;

	buf_init(&value);
	if (scope_plain_value(variable_value(v), &plain)) {
		if (plain.type != EXPR_STRING)
			buf_printf(&value, plain.type == EXPR_INT ? "%lld"
			           : "%llu", (unsigned long long)plain.u);
		else
			put_literal(&value, plain.s.data, plain.s.len);
	} else if (t->kind == TYPE_FLOAT) {
		err = value_print_bare(variable_value(v), &value_style_default,
		                       &value);
		error_destroy(err);
	}
	if (value.len)
		buf_printf(text, "set $%s = %s\n", variable_name(v),
		           value.data);
}

/* What rules ask for by `$NAME` must be there before they are made. */
static void save_variables(const struct session *s, struct buf *text)
{
	VEC(const struct variable *) saved = { 0 };

	for (size_t i = 0; i < s->rules->rules.len; i++) {
		const char *at = s->rules->rules.items[i]->text;

		while ((at = strchr(at, '$')) != NULL) {
			size_t len = strspn(++at, NAME_BYTES), k = 0;
			AUTO_FREE char *name = xstrndup(at, len);
			const struct variable *v = variable_find(s, name);

			while (k < saved.len && saved.items[k] != v)
				k++;
			if (v && k == saved.len) {
				vec_push(&saved, v);
				save_variable(text, v);
			}
		}
	}
	vec_deinit(&saved);
}

void rules_save(const struct session *s, struct buf *text)
{
	unsigned layer = 0;

	save_variables(s, text);
	for (size_t i = 0; i < s->rules->rules.len; i++) {
		const struct rule *r = s->rules->rules.items[i];

		if (r->layer != layer)
			buf_printf(text, "set rule-layer %s\n",
			           rule_layer_name(s->rules, r));
		layer = r->layer;
		buf_printf(text, "%s\n", r->text);
		if (r->ignore)
			buf_printf(text, "ignore rule $rulenum %llu\n",
			           (unsigned long long)r->ignore);
		if (!r->enabled)
			buf_puts(text, "disable rule $rulenum\n");
	}
	if (layer)
		buf_puts(text, "set rule-layer\n");
}
