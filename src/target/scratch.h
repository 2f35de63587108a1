/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/scratch.h: memory of scdb's own in a tracee, for texts that calls are
 * given.  It is mapped on first need and handed out in pieces, each to a thread
 * for as long as the call lasts that it is for.
 */
#ifndef SCDB_TARGET_SCRATCH_H
#define SCDB_TARGET_SCRATCH_H

#include "base/error.h"
#include "base/types.h"
#include "base/vec.h"

#include <stddef.h>
#include <sys/types.h>

struct process;
struct thread;

enum { TARGET_SCRATCH = 1 << 16 };

struct scratch_piece {
	pid_t tid;                  /* whose it is */
	size_t at, len;
};
struct scratch {
	taddr addr;                 /* 0: it was not needed yet */
	VEC(struct scratch_piece) pieces;
};

/*
 * Room for LEN bytes in memory of the tracee that scdb owns, made on first need
 * by a remote mmap: THREAD's until it is released.  ERROR_REFUSED where there is
 * none.
 */
struct error *target_scratch(struct thread *thread, size_t len,
                             taddr *addr) MUST_CHECK;
/* What THREAD got is free again. */
void target_scratch_release(struct thread *thread);
/* Where that memory is, TARGET_SCRATCH bytes; 0: there is none. */
taddr target_scratch_at(struct process *process);

#endif
