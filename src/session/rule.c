/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of rules: their numbers, their order, which are enabled. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"

struct rule *rule_new(void)
{
	struct rule *r = xcalloc(1, sizeof(*r));

	r->enabled = true;
	r->when = (struct rule_when){ .first = 1, .step = 1 };
	return r;
}

void rule_destroy(struct rule *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->acts.len; i++)
		rule_act_deinit(&r->acts.items[i]);
	vec_deinit(&r->acts);
	vec_deinit(&r->counts);
	syscall_set_destroy(r->set);
	expr_destroy(r->condition);
	free(r->text);
	free(r);
}

struct rule_table *rules_create(void)
{
	struct rule_table *table = xcalloc(1, sizeof(*table));

	table->index = rule_index_create();
	return table;
}

void rules_destroy(struct rule_table *table)
{
	if (!table)
		return;
	for (size_t i = 0; i < table->rules.len; i++)
		rule_destroy(table->rules.items[i]);
	vec_deinit(&table->rules);
	rule_index_destroy(table->index);
	for (size_t i = 0; i < table->layers.len; i++)
		free(table->layers.items[i]);
	vec_deinit(&table->layers);
	free(table);
}

struct error *rule_room(const struct session *s)
{
	if (s->rules->rules.len < RULES_MAX)
		return NULL;
	return error_new(ERROR_REFUSED, "no more than %d rules: delete some",
	                 RULES_MAX);
}

void rule_put(struct session *s, struct rule *r)
{
	r->number = ++s->rules->last;
	r->layer = rule_layer_find(s->rules, s->settings.rule_layer);
	vec_push(&s->rules->rules, r);
	s->rules->enabled++;
	rule_index_forget(s->rules->index);
	session_calls_changed(s);
}

struct rule *rule_find(const struct session *s, uint64_t number)
{
	const struct rule_table *table = s->rules;

	for (size_t i = 0; i < table->rules.len; i++)
		if (table->rules.items[i]->number == number)
			return table->rules.items[i];
	return NULL;
}

unsigned rule_number(const struct rule *r)
{
	return r->number;
}

const char *rule_text(const struct rule *r)
{
	return r->text;
}

const struct syscall_set *rule_set(const struct rule *r)
{
	return r->set;
}

bool rule_skips(const struct rule *r)
{
	for (size_t i = 0; i < r->acts.len; i++)
		if (r->acts.items[i].kind == ACT_SKIP ||
		    r->acts.items[i].kind == ACT_EMULATE)
			return true;
	return false;
}

unsigned rules_last(const struct session *s)
{
	return s->rules->last;
}

size_t rules_count(const struct session *s)
{
	return s->rules->rules.len;
}

struct rule *rules_at(const struct session *s, size_t place)
{
	return s->rules->rules.items[place];
}

static size_t place_of(const struct session *s, const struct rule *r)
{
	size_t at = 0;

	while (s->rules->rules.items[at] != r)
		at++;
	return at;
}

void rule_enable(struct session *s, struct rule *r, bool on)
{
	if (r->enabled == on)
		return;
	r->enabled = on;
	s->rules->enabled += on ? 1 : (size_t)-1;
	rule_index_forget(s->rules->index);
	session_calls_changed(s);
}

void rule_delete(struct session *s, struct rule *r)
{
	rule_enable(s, r, false);
	rule_index_forget(s->rules->index);
	vec_remove(&s->rules->rules, place_of(s, r));
	rule_destroy(r);
}

void rule_ignore(struct rule *r, uint64_t count)
{
	r->ignore = count;
}

void rule_move(struct session *s, struct rule *r, uint64_t place)
{
	struct rule_table *table = s->rules;
	size_t from = place_of(s, r), to = (size_t)(place - 1);

	if (place > table->rules.len)
		to = table->rules.len - 1;
	for (; from < to; from++)
		table->rules.items[from] = table->rules.items[from + 1];
	for (; from > to; from--)
		table->rules.items[from] = table->rules.items[from - 1];
	table->rules.items[to] = r;
	rule_index_forget(table->index);
}

bool rules_any(const struct session *s)
{
	return s->rules->enabled != 0;
}
