/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/pagemap.h: which pages of a process are there, without reading any.
 *
 * By PAGEMAP_SCAN where the kernel has it (Linux 6.7; found by trying), which
 * passes over untouched memory by whole page tables: microseconds for GBs.
 * Else by reading /proc/TID/pagemap, eight bytes a page.
 *
 * "Not there" means zero only in private anonymous memory that no userfaultfd
 * serves: a page of a file, or of shared memory, may hold data all the same.
 * target/stream.h knows the difference.
 */
#ifndef SCDB_TARGET_PAGEMAP_H
#define SCDB_TARGET_PAGEMAP_H

#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>
#include <sys/types.h>

enum page_flags {
	PAGE_IS_THERE = 1 << 0,     /* in memory, and mapped */
	PAGE_IS_SWAPPED = 1 << 1,   /* (or on its way to another node) */
	PAGE_IS_OF_FILE = 1 << 2,   /* a file's or shared; only with the above */
	PAGE_IS_ZERO = 1 << 3,      /* the kernel's page of zeroes (where it can
	                             * be told: with PAGEMAP_SCAN) */
	PAGE_IS_IN_HUGE = 1 << 4,   /* part of a huge one (likewise) */
	PAGE_IS_GUARD = 1 << 5,     /* MADV_GUARD_INSTALL (Linux 6.15) */
};

/* Pages that have all the same flags; 0: not there, or nothing is mapped. */
struct page_run {
	taddr start, end;
	unsigned flags;
};

enum { PAGEMAP_RUNS = 256, PAGEMAP_ENTRIES = 4096 };

struct pagemap {
	int fd;
	bool scans;                 /* by PAGEMAP_SCAN */
	bool knows_guards;
	/* What was found and not yet asked for, from KNOWN to KNOWN_END. */
	taddr known, known_end;
	struct page_run runs[PAGEMAP_RUNS];
	size_t count, next;
	uint64_t *entries;          /* without PAGEMAP_SCAN */
};

/* TID: any live thread.  Big; not for a stack that is short. */
struct error *pagemap_open(struct pagemap *m, pid_t tid) MUST_CHECK;
/* Also of one that is { .fd = -1 }. */
void pagemap_close(struct pagemap *m);
/* Reads entries, whatever the kernel has: for tests. */
void pagemap_by_entries(struct pagemap *m);
/*
 * The run that begins at START (of a page) and ends before or at END.  Quickest
 * when asked with ascending addresses, and the same END.  Ask of what is mapped.
 * ERROR_GONE: so is the process.
 */
struct error *pagemap_next(struct pagemap *m, taddr start, taddr end,
                           struct page_run *run) MUST_CHECK;

#endif
