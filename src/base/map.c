/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/map.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct map_slot {
	uint64_t key;
	void *value;    /* NULL: free, or removed */
	bool removed;
};

void map_init(struct map *m)
{
	*m = (struct map){ 0 };
}

void map_deinit(struct map *m)
{
	free(m->slots);
	map_init(m);
}

void map_clear(struct map *m)
{
	if (m->used)
		memset(m->slots, 0, m->cap * sizeof(*m->slots));
	m->len = m->used = 0;
}

/* The finaliser of MurmurHash3's 64-bit variant: mixes all bits. */
static size_t hash(uint64_t key)
{
	key ^= key >> 33;
	key *= 0xff51afd7ed558ccdull;
	key ^= key >> 33;
	key *= 0xc4ceb9fe1a85ec53ull;
	return (size_t)(key ^ key >> 33);
}

/* The slot of KEY, or the first one where it could be put. */
static struct map_slot *find(const struct map *m, uint64_t key)
{
	struct map_slot *grave = NULL;

	for (size_t i = hash(key);; i++) {
		struct map_slot *slot = &m->slots[i & (m->cap - 1)];

		if (slot->value && slot->key == key)
			return slot;
		if (!slot->value && !slot->removed)
			return grave ? grave : slot;
		if (slot->removed && !grave)
			grave = slot;
	}
}

static void grow(struct map *m)
{
	struct map old = *m;

	m->cap = old.len * 4 < 16 ? 16 : old.cap * (old.len * 2 > old.cap
	                                            ? 2 : 1);
	m->slots = xcalloc(m->cap, sizeof(*m->slots));
	m->len = m->used = 0;
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].value)
			map_put(m, old.slots[i].key, old.slots[i].value);
	free(old.slots);
}

void *map_get(const struct map *m, uint64_t key)
{
	return m->cap ? find(m, key)->value : NULL;
}

void map_put(struct map *m, uint64_t key, void *value)
{
	struct map_slot *slot;

	assert(value);
	if ((m->used + 1) * 4 > m->cap * 3)
		grow(m);
	slot = find(m, key);
	if (!slot->value) {
		m->len++;
		if (!slot->removed)
			m->used++;
	}
	*slot = (struct map_slot){ .key = key, .value = value };
}

void *map_remove(struct map *m, uint64_t key)
{
	struct map_slot *slot = m->cap ? find(m, key) : NULL;
	void *value = slot ? slot->value : NULL;

	if (value) {
		*slot = (struct map_slot){ .removed = true };
		m->len--;
	}
	/* Or each search would go on over what all those left behind. */
	if (m->used - m->len > m->cap / 2)
		grow(m);
	return value;
}
