/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Layers: the rules of a file stand between the program and whatever comes behind
 * them, as a kernel of their own would.  In each layer the first rule that
 * decides about a call does so, and what it made of the arguments is what the
 * layers behind it are asked with.
 */
#include "session/rule_internal.h"

#include "base/alloc.h"

#include <string.h>

unsigned rule_layer_find(struct rule_table *table, const char *name)
{
	if (!name || !*name)
		return 0;
	for (unsigned i = 0; i < table->layers.len; i++)
		if (strcmp(table->layers.items[i], name) == 0)
			return i + 1;
	vec_push(&table->layers, xstrdup(name));
	return (unsigned)table->layers.len;
}

const char *rule_layer_name(const struct rule_table *table,
                            const struct rule *r)
{
	return r->layer ? table->layers.items[r->layer - 1] : "";
}

bool rule_layer_decided(const struct rule_run *run, const struct rule *r)
{
	const struct thread_info *info = thread_info(run->t);

	for (size_t i = 0; i < info->changes.len; i++) {
		const struct rule_change *c = &info->changes.items[i];

		if (c->call == run->call->log_index && c->layer == r->layer)
			return true;
	}
	return false;
}

void rule_layer_keep(const struct rule_run *run, const struct rule *r,
                     const struct call_plan *before)
{
	const struct call_plan *now = &run->call->plan;
	struct rule_change c = { .call = run->call->log_index,
	                         .rule = r->number, .layer = r->layer };

	for (unsigned i = 0; i < SYSCALL_ARGS; i++) {
		unsigned bit = 1u << i;

		c.args[i] = now->args[i];
		if (now->changed_args & bit && (!(before->changed_args & bit) ||
		                                now->args[i] != before->args[i]))
			c.changed_args |= bit;
	}
	vec_push(&thread_info(run->t)->changes, c);
}

static bool stands_before(const struct rule_list *rules, size_t place,
                          unsigned number)
{
	for (size_t i = 0; i < place; i++)
		if (rules->items[i]->number == number)
			return true;
	return false;
}

bool rule_layer_view(const struct rule_run *run,
                     const struct rule_list *rules, size_t place,
                     struct syscall_view *view)
{
	const struct thread_info *info = thread_info(run->t);
	const struct rule *r = rules->items[place];
	struct syscall_made made = run->call->made;
	bool changed = false;

	/* Who only looks on, by hand, looks at the program. */
	if (!r->layer && !r->decides)
		return false;
	for (size_t i = 0; i < info->changes.len; i++) {
		const struct rule_change *c = &info->changes.items[i];

		if (c->call != run->call->log_index || c->layer == r->layer ||
		    !c->changed_args || !stands_before(rules, place, c->rule))
			continue;
		changed = true;
		for (unsigned k = 0; k < SYSCALL_ARGS; k++)
			if (c->changed_args & (1u << k))
				made.args[k] = c->args[k];
	}
	if (changed)
		syscall_resolve(&made, &run->t->process->memory, view);
	return changed;
}
