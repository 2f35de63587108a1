/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which rules a call is to be asked of, by its number: a list for each number,
 * in the rules' order, made when a call of that number comes first; and the
 * numbers of all together.  Any change of the rules makes both stale.
 */
#include "session/rule_internal.h"

struct rule_index {
	struct rule_list lists[ABI_COUNT][CALL_BITS];
	bool made[ABI_COUNT][CALL_BITS];
	struct call_bits wanted;      /* of the enabled rules */
	bool wanted_known;
	bool stale;                   /* nothing of it is known */
};

struct rule_index *rule_index_create(void)
{
	struct rule_index *index = xcalloc(1, sizeof(*index));

	index->stale = true;
	return index;
}

void rule_index_forget(struct rule_index *index)
{
	if (index->stale)
		return;
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		for (unsigned nr = 0; nr < CALL_BITS; nr++) {
			vec_deinit(&index->lists[abi][nr]);
			index->made[abi][nr] = false;
		}
	}
	index->wanted_known = false;
	index->stale = true;
}

void rule_index_destroy(struct rule_index *index)
{
	if (index)
		rule_index_forget(index);
	free(index);
}

const struct rule_list *rules_of_call(const struct rule_table *table,
                                      const struct syscall_view *view)
{
	struct rule_index *index = table->index;
	struct rule_list *list;

	if (view->nr >= CALL_BITS)
		return &table->rules;
	list = &index->lists[view->abi][view->nr];
	if (index->made[view->abi][view->nr])
		return list;
	for (size_t i = 0; i < table->rules.len; i++) {
		struct rule *r = table->rules.items[i];

		if (r->enabled &&
		    syscall_set_has_number(r->set, view->abi, view->nr))
			vec_push(list, r);
	}
	index->made[view->abi][view->nr] = true;
	index->stale = false;
	return list;
}

void rules_wanted(const struct session *s, struct call_bits *calls)
{
	const struct rule_table *table = s->rules;
	struct rule_index *index = table->index;

	if (!index->wanted_known) {
		index->wanted = (struct call_bits){ 0 };
		for (size_t i = 0; i < table->rules.len; i++)
			if (table->rules.items[i]->enabled)
				syscall_set_numbers(table->rules.items[i]->set,
				                    &index->wanted);
		index->wanted_known = true;
		index->stale = false;
	}
	call_bits_add(calls, &index->wanted);
}
