/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/memory.h: somebody's memory, to read.  `target` fills one in for a
 * tracee, a test for an array; `syscalls` and `symbols` only know this.
 */
#ifndef SCDB_BASE_MEMORY_H
#define SCDB_BASE_MEMORY_H

#include "base/types.h"

#include <sys/types.h>

struct memory {
	/*
	 * Reads up to LEN bytes at ADDR; returns how many at the front could
	 * be read, from 0 to LEN.
	 */
	size_t (*read)(void *ctx, taddr addr, void *data, size_t len);
	void *ctx;
};

size_t memory_read(const struct memory *m, taddr addr, void *data, size_t len);
/*
 * Reads a string of at most MAX - 1 bytes and its NUL into DATA, page by page
 * so that what follows the string need not be readable.  Returns its length;
 * -1 where not even its first byte can be read (DATA is "" then).  *CUT is set
 * where no NUL was found in MAX - 1 bytes or before unreadable memory.
 */
ssize_t memory_read_string(const struct memory *m, taddr addr, char *data,
                           size_t max, _Bool *cut);

#endif
