/* SPDX-License-Identifier: GPL-3.0-or-later */
/* symbols/arena.h: many small things that go all at once. */
#ifndef SCDB_SYMBOLS_ARENA_H
#define SCDB_SYMBOLS_ARENA_H

#include "base/types.h"

#include <stddef.h>

struct arena_block;

/* All zero is an empty one. */
struct arena {
	struct arena_block *blocks;
	char *at;
	size_t left;
};

/* Zeroed, aligned for anything; never NULL. */
void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
void arena_deinit(struct arena *a);

#endif
