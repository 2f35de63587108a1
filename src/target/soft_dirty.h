/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/soft_dirty.h: which pages were written since all marks were cleared.
 *
 * The kernel may keep a soft-dirty bit a page (CONFIG_MEM_SOFT_DIRTY): clearing
 * write-protects the pages, and the next write sets the bit, whoever writes.
 * Bit 55 of /proc/PID/pagemap.  A mapping that is new has all its pages so.
 *
 * A bit that is clear says something only of private anonymous memory, and of
 * pages that are mapped there once: the kernel's page of zeroes, which may take
 * the place of one that was given back, has a clear bit too.
 */
#ifndef SCDB_TARGET_SOFT_DIRTY_H
#define SCDB_TARGET_SOFT_DIRTY_H

#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>
#include <sys/types.h>

enum { SOFT_DIRTY_WINDOW = 512 };

/* TID: any live thread.  Of all memory of its process; nothing of it runs. */
struct error *soft_dirty_clear(pid_t tid) MUST_CHECK;
/* Whether the page of ADDR has its bit; false too where that can't be told. */
bool soft_dirty_has(pid_t tid, taddr addr);
/* Whether two processes may have the same memory: vfork's, CLONE_VM's. */
bool soft_dirty_shares(pid_t one, pid_t other);

/* A part of a pagemap, read ahead. */
struct soft_dirty {
	taddr start;
	size_t count;             /* pages from START on */
	uint64_t entries[SOFT_DIRTY_WINDOW];
};

/*
 * Whether the page of ADDR is what it was when the bits were cleared; false
 * where that can't be told.  PAGEMAP is the file; it reads ahead up to END.
 */
bool soft_dirty_same(struct soft_dirty *d, int pagemap, taddr addr, taddr end);

#endif
