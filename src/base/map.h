/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/map.h: a hash map from 64-bit keys to pointers, which it does not own.
 */
#ifndef SCDB_BASE_MAP_H
#define SCDB_BASE_MAP_H

#include "base/types.h"

struct map_slot;

struct map {
	struct map_slot *slots;
	size_t cap;   /* a power of two, or 0 */
	size_t len;   /* live entries */
	size_t used;  /* live and removed entries */
};

void map_init(struct map *m);
void map_deinit(struct map *m);
/* Empty, with the room that it has. */
void map_clear(struct map *m);
/* NULL where KEY is not there. */
void *map_get(const struct map *m, uint64_t key);
/* Replaces what was there.  VALUE must not be NULL. */
void map_put(struct map *m, uint64_t key, void *value);
/* Returns what was there, or NULL. */
void *map_remove(struct map *m, uint64_t key);

#endif
