/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which breakpoints have places at an address. */
#include "session/break_place.h"

#include "base/alloc.h"

#include <stdlib.h>

struct break_index *break_index_create(void)
{
	struct break_index *index = xcalloc(1, sizeof(*index));

	map_init(&index->by_addr);
	return index;
}

void break_index_destroy(struct break_index *index)
{
	vec_deinit(&index->linkers);
	map_deinit(&index->by_addr);
	free(index);
}

void break_index_add(struct break_index *index, taddr addr, unsigned number)
{
	struct break_here *here = map_get(&index->by_addr, addr);
	size_t at;

	if (!here) {
		here = xcalloc(1, sizeof(*here));
		map_put(&index->by_addr, addr, here);
	}
	for (size_t i = 0; i < here->numbers.len; i++)
		if (here->numbers.items[i] == number)
			return;
	vec_push(&here->numbers, number);
	for (at = here->numbers.len - 1;
	     at && here->numbers.items[at - 1] > number; at--)
		here->numbers.items[at] = here->numbers.items[at - 1];
	here->numbers.items[at] = number;
}

void break_index_remove(struct break_index *index, taddr addr, unsigned number)
{
	struct break_here *here = map_get(&index->by_addr, addr);

	for (size_t i = here ? here->numbers.len : 0; i-- > 0;)
		if (here->numbers.items[i] == number)
			vec_remove(&here->numbers, i);
	if (!here || here->numbers.len)
		return;
	map_remove(&index->by_addr, addr);
	vec_deinit(&here->numbers);
	free(here);
}
