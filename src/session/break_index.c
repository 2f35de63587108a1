/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which breakpoints have places at an address, or on a line. */
#include "session/break_place.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

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

static void add_mark(struct break_mark *mark, const struct breakpoint *b,
                     const struct break_place *place)
{
	bool hit = b->hits || mark->text[0] == 'B';
	bool on = (b->enabled && place->enabled) || mark->text[1] == '+';

	*mark = (struct break_mark){ { hit ? 'B' : 'b', on ? '+' : '-' } };
}

/* PATH is FILE, or ends with it. */
static bool is_file(const char *path, const char *file)
{
	size_t len = strlen(path), file_len = strlen(file);

	return len >= file_len && strcmp(path + len - file_len, file) == 0 &&
	       (len == file_len || path[len - file_len - 1] == '/');
}

static bool is_on_line(const struct break_place *place, const char *file,
                       unsigned line)
{
	return place->file && place->line == line &&
	       (is_file(file, place->file) || is_file(place->file, file));
}

/* FILE NULL: at ADDR. */
static struct break_mark find_mark(const struct session *s, taddr addr,
                                   const char *file, unsigned line)
{
	struct break_mark mark = { "" };

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];
		const struct break_part *part = b->part;

		if (b->kind != &break_kind && b->kind != &hbreak_kind &&
		    b->kind != &dprintf_kind)
			continue;
		for (size_t k = 0; k < part->places.len; k++) {
			const struct break_place *place = &part->places.items[k];

			if (file ? is_on_line(place, file, line)
			         : place->addr == addr)
				add_mark(&mark, b, place);
		}
	}
	return mark;
}

struct break_mark break_mark_at(const struct session *s, taddr addr)
{
	return find_mark(s, addr, NULL, 0);
}

struct break_mark break_mark_line(const struct session *s, const char *file,
                                  unsigned line)
{
	return find_mark(s, 0, file, line);
}
