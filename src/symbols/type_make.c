/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Structures that scdb makes: of registers, of signals. */
#include "symbols/internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct made {
	struct type type;      /* the first: a type is found again by it */
	struct type_member *members;
	size_t count;
};

static const struct type_member *made_members(const struct type *t,
                                              size_t *count)
{
	const struct made *made = (const struct made *)(const void *)t;

	*count = made->count;
	return made->members;
}

static const struct type_source source = { .members = made_members };

struct type *type_make(enum type_kind kind, const char *name, uint64_t size,
                       const struct type_member *members, size_t count)
{
	struct made *made = xcalloc(1, sizeof(*made));

	made->members = xcalloc(count + 1, sizeof(*members));
	memcpy(made->members, members, count * sizeof(*members));
	made->count = count;
	made->type = (struct type){
		.kind = kind, .name = name, .size = size,
		.source = (struct type_source *)(uintptr_t)&source,
	};
	return &made->type;
}

void type_unmake(struct type *t)
{
	struct made *made = (struct made *)(void *)t;

	if (!made)
		return;
	free(made->members);
	free(made);
}
