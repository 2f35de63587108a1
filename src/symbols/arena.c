/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many small things that go all at once. */
#include "symbols/arena.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_BLOCK = 16384 };

struct arena_block {
	struct arena_block *next;
	max_align_t data[];
};

static char *new_block(struct arena *a, size_t size)
{
	struct arena_block *block = xcalloc(1, sizeof(*block) + size);

	block->next = a->blocks;
	a->blocks = block;
	return (char *)block->data;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t align = _Alignof(max_align_t);
	void *data;

	size = (size + align - 1) / align * align;
	if (size > ARENA_BLOCK / 4)
		return new_block(a, size);
	if (size > a->left) {
		a->at = new_block(a, ARENA_BLOCK);
		a->left = ARENA_BLOCK;
	}
	data = a->at;
	a->at += size;
	a->left -= size;
	return data;
}

char *arena_strdup(struct arena *a, const char *s)
{
	size_t len = strlen(s) + 1;

	return memcpy(arena_alloc(a, len), s, len);
}

void arena_deinit(struct arena *a)
{
	struct arena_block *block = a->blocks;

	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	*a = (struct arena){ 0 };
}
