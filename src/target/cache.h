/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/cache.h: what was read of stopped processes, so that it need not be
 * read again a moment later.
 *
 * Two things.  While the cache is open (for the length of one command) a short
 * read takes its whole page, and what is read next from that page costs no
 * system call.  And what was gathered, by one request, stands until it is
 * dropped.  Both end at once when scdb writes to any memory or lets any thread
 * go on; pages are not kept while any thread runs.
 *
 * target_read, target_read_plain's callers apart, and a process's `memory` ask
 * it; the _raw functions, pieces and streams do not.  It holds what the memory
 * mask lets through.
 */
#ifndef SCDB_TARGET_CACHE_H
#define SCDB_TARGET_CACHE_H

#include "target/target.h"

/* Whatever pages it had are forgotten, at the beginning and the end. */
void target_cache_open(struct target *target);
void target_cache_close(struct target *target);

/* What is to be had of P's memory: one request reads all of it. */
struct cache_wanted {
	taddr addr;
	size_t len;
};
enum { CACHE_GATHER_MAX = 16 << 20 };
/* WANTED is put in order.  Beyond CACHE_GATHER_MAX bytes the rest is left out.
 * Returns how many pieces were read: neighbours are one. */
size_t target_cache_gather(struct process *p, struct cache_wanted *wanted,
                           size_t count);
void target_cache_drop(struct target *target);

/* target/memory.c: all LEN bytes, or false: it has to be read. */
bool target_cache_read(struct process *p, taddr addr, void *data, size_t len);
void target_cache_destroy(struct target *target);

#endif
