/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file's symbols by name.  The first question is answered by a pass over the
 * names, which takes a tenth of what an index takes to build; the second builds
 * the index.
 */
#include "symbols/symtab.h"

#include <stdlib.h>
#include <string.h>

/* Where the '@' of NAME@VERSION is; a name does not begin with one. */
size_t name_bare_len(const char *name)
{
	return name[0] ? 1 + strcspn(name + 1, "@") : 0;
}

/*
 * Of longer names the rest does not count: a hostile table may give a million
 * symbols one name of a gigabyte.
 */
enum { HASHED_BYTES = 1024 };

static uint32_t hash_add(uint32_t hash, uint8_t byte)
{
	return (hash ^ byte) * 0x01000193u;
}

/* FNV-1a, up to the version. */
static uint32_t hash_name(const char *name)
{
	uint32_t hash = 0x811c9dc5u;

	for (size_t i = 0; i < HASHED_BYTES && name[i] &&
	     (name[i] != '@' || !i); i++)
		hash = hash_add(hash, (uint8_t)name[i]);
	return hash;
}

static uint32_t hash_bytes(const char *name, size_t len)
{
	uint32_t hash = 0x811c9dc5u;

	for (size_t i = 0; i < len && i < HASHED_BYTES; i++)
		hash = hash_add(hash, (uint8_t)name[i]);
	return hash;
}

static bool is_called(const char *full, const char *name, size_t len)
{
	return full[0] == name[0] && strncmp(full, name, len) == 0 &&
	       (!full[len] || full[len] == '@');
}

/* False: there is no memory for it. */
static bool build(struct file_symbols *s)
{
	uint32_t heads = 256;
	struct raw_symbol raw;

	while (heads < s->count && heads < 1u << 30)
		heads *= 2;
	s->heads = calloc(heads, sizeof(*s->heads));
	s->next = malloc(s->count * sizeof(*s->next));
	s->hashes = malloc(s->count * sizeof(*s->hashes));
	if (!s->heads || !s->next || !s->hashes) {
		free(s->heads);
		free(s->next);
		free(s->hashes);
		s->heads = s->next = s->hashes = NULL;
		return false;
	}
	s->mask = heads - 1;
	/* From the end, so that chains have the tables' order. */
	for (uint32_t i = s->count; i-- > 0;) {
		uint32_t *head;

		if (!symbol_raw(s, i, &raw) || !symbol_is_defined(&raw))
			continue;
		s->hashes[i] = hash_name(raw.name);
		head = &s->heads[s->hashes[i] & s->mask];
		s->next[i] = *head;
		*head = i + 1;
	}
	return true;
}

static void find_by_pass(struct file_symbols *s, const char *name, size_t len,
                         bool (*fn)(void *ctx, uint32_t number), void *ctx)
{
	struct raw_symbol raw;

	for (uint32_t i = 0; i < s->count; i++)
		if (symbol_raw(s, i, &raw) && is_called(raw.name, name, len) &&
		    symbol_is_defined(&raw) && !fn(ctx, i))
			return;
}

void names_find(struct file_symbols *s, const char *name, size_t len,
                bool (*fn)(void *ctx, uint32_t number), void *ctx)
{
	uint32_t hash, at;
	struct raw_symbol raw;

	if (!len || !s->count)
		return;
	if (!s->heads && (!s->asked++ || !build(s))) {
		find_by_pass(s, name, len, fn, ctx);
		return;
	}
	hash = hash_bytes(name, len);
	for (at = s->heads[hash & s->mask]; at; at = s->next[at - 1])
		if (s->hashes[at - 1] == hash &&
		    symbol_raw(s, at - 1, &raw) &&
		    is_called(raw.name, name, len) && !fn(ctx, at - 1))
			return;
}
