/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/memory.h: somebody's memory, to read.  `target` fills one in for a
 * tracee, a test for an array; `syscalls` and `symbols` only know this.
 */
#ifndef SCDB_BASE_MEMORY_H
#define SCDB_BASE_MEMORY_H

#include "base/types.h"

#include <stdbool.h>
#include <sys/types.h>

/* One of several reads. */
struct memory_want {
	taddr addr;
	void *data;
	size_t len;
	size_t got;                 /* bytes at the front that could be read */
};

struct memory_place {
	taddr addr;
	size_t len;
};

struct memory {
	/*
	 * Reads up to LEN bytes at ADDR; returns how many at the front could
	 * be read, from 0 to LEN.
	 */
	size_t (*read)(void *ctx, taddr addr, void *data, size_t len);
	/* Several at once; NULL: one after the other. */
	void (*read_many)(void *ctx, struct memory_want *wants, size_t count);
	/* What is about to be read, by whoever keeps it; NULL: nobody does. */
	void (*foresee)(void *ctx, const struct memory_place *places,
	                size_t count);
	void *ctx;
};

size_t memory_read(const struct memory *m, taddr addr, void *data, size_t len);
void memory_read_many(const struct memory *m, struct memory_want *wants,
                      size_t count);
/* Whether foreseeing anything is of use. */
bool memory_foresees(const struct memory *m);
/* A hint: reads of these places come next, and may cost one call together. */
void memory_foresee(const struct memory *m, const struct memory_place *places,
                    size_t count);
/*
 * Reads a string of at most MAX - 1 bytes and its NUL into DATA, page by page
 * so that what follows the string need not be readable.  Returns its length;
 * -1 where not even its first byte can be read (DATA is "" then).  *CUT is set
 * where no NUL was found in MAX - 1 bytes or before unreadable memory.
 */
ssize_t memory_read_string(const struct memory *m, taddr addr, char *data,
                           size_t max, _Bool *cut);

#endif
