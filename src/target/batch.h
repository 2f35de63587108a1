/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/batch.h: many requests in one.
 *
 * Any number of reads and writes, of any sizes and in any order, of any
 * processes, and registers of any threads.  All reads of a process between two
 * writes are one request: a process_vm_readv takes IOV_MAX pieces.  A piece
 * that fails does not keep those behind it from being carried out: each says
 * how many bytes at its front were done, and why not the rest.
 *
 * Through the memory mask (planted breakpoints are hidden), but for raw items.
 * Nothing waits for ever: what a page's owner does not serve in time fails with
 * ETIMEDOUT (or EFAULT, where it need not be tried): target/memory.h.
 *
 *	struct target_batch b = { 0 };
 *	target_batch_read(&b, process, addr, data, len);
 *	target_batch_regs(&b, thread);
 *	if (target_batch_run(&b) < b.items.len) ...items[i].piece.errnum
 *	target_batch_deinit(&b);
 *
 * The batch owns its items; what they point to is the caller's.
 */
#ifndef SCDB_TARGET_BATCH_H
#define SCDB_TARGET_BATCH_H

#include "target/target.h"

enum batch_kind {
	BATCH_READ,
	BATCH_WRITE,
	BATCH_REGS,   /* target_regs(thread) costs nothing afterwards */
	BATCH_XSTATE, /* target_xstate likewise */
};

struct batch_item {
	enum batch_kind kind;
	bool raw;                   /* READ, WRITE: not through the mask */
	struct process *process;    /* READ, WRITE */
	struct thread *thread;      /* REGS, XSTATE: it must be stopped */
	struct memory_piece piece;  /* REGS, XSTATE: its errnum only */
};

struct target_batch {
	VEC(struct batch_item) items;
};

void target_batch_read(struct target_batch *b, struct process *process,
                       taddr addr, void *data, size_t len);
/* DATA is only read from. */
void target_batch_write(struct target_batch *b, struct process *process,
                        taddr addr, const void *data, size_t len);
void target_batch_regs(struct target_batch *b, struct thread *thread);
/* For what the above can't say. */
void target_batch_add(struct target_batch *b, struct batch_item item);
/*
 * Carries them out, as if one after the other.  Returns how many were done
 * whole.
 */
size_t target_batch_run(struct target_batch *b);
/* Zeroes are fine. */
void target_batch_deinit(struct target_batch *b);

/*
 * Why a piece failed, for a message: "is not mapped", "may not be accessed",
 * "waits for the program to serve it".  Looks at /proc, so not in a loop.
 */
const char *target_piece_reason(struct process *process,
                                const struct memory_piece *piece);

#endif
