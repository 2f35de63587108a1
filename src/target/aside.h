/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/aside.h: what may wait for ever, done by somebody who can be killed.
 *
 * Reading a page that its owner must serve first (a userfaultfd, a file system
 * in user space) waits in the kernel until that comes or the reader dies: no
 * signal but SIGKILL ends it.  So a child that shares scdb's memory does it.
 */
#ifndef SCDB_TARGET_ASIDE_H
#define SCDB_TARGET_ASIDE_H

#include <stdbool.h>

struct aside {
	/*
	 * Runs in the child.  It may make system calls that need nothing but
	 * memory and descriptors, and touch what CTX says, and nothing else:
	 * no allocation, no stdio, no locks.
	 */
	void (*work)(void *ctx);
	void *ctx;
	/* Counted up by WORK, which has more time each time that it was. */
	volatile unsigned progress;
};

enum { ASIDE_PATIENCE_MS = 1000 };

/* True: WORK returned.  False: it was killed, or there can be no child. */
bool aside_run(struct aside *a);

#endif
