/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/memory.h: what the rest of the room needs of target/memory.c.
 *
 * A process's memory is reached through any live thread of it (a leader that
 * exited has none): a short range by /proc/TID/mem; many pieces, or a long
 * range, by process_vm_readv/writev, as far as their pages are there, and what
 * those refuse (no access, or a write to a private read-only page) by
 * /proc/TID/mem again; PTRACE_PEEKDATA/POKEDATA of a stopped thread where the
 * kernel forbids that too.
 *
 * Writes are forced, as a debugger's are: they reach read-only private pages,
 * and break their sharing with the file.  Shared read-only mappings and the
 * vsyscall page stay as they are (EFAULT).
 *
 * A page of a userfaultfd range (`um` in VmFlags of /proc/PID/smaps) that was
 * not served yet is reported as unreadable: process_vm_readv would wait, killable
 * only, for a thread that scdb itself has stopped.
 */
#ifndef SCDB_TARGET_MEMORY_H
#define SCDB_TARGET_MEMORY_H

#include "target/target.h"

/* target/memory_move.c: how bytes get here and there. */
enum memory_way { MEMORY_READ, MEMORY_WRITE };

/* One range; DATA is only read from where it is written. */
struct memory_span {
	taddr addr;
	unsigned char *data;
	size_t len;
};

/*
 * One range.  A short one, what each stop reads, goes through /proc/TID/mem at
 * once: one call, quicker than process_vm_readv.  Long ones are twice as quick
 * by that.  Returns the bytes at the front; *ERRNUM why not all.
 */
size_t memory_move(struct process *p, enum memory_way way,
                   struct memory_span s, int *errnum);
/* Any number; fills in what was done, and returns how many were whole. */
size_t memory_move_pieces(struct process *p, enum memory_way way,
                          struct memory_piece *pieces, size_t count);
/* All of one range without force, or nothing: see target_read_plain. */
bool memory_move_plain(struct process *p, enum memory_way way,
                       const struct memory_span *s);
/*
 * A few pieces by one call, all or false: a single one by /proc/TID/mem, which
 * is quicker, more of them by process_vm_readv.
 */
bool memory_glance(struct thread *thread, const struct memory_piece *pieces,
                   size_t count);

/* Fills in PROCESS->memory and says that nothing is open. */
void process_memory_init(struct process *process);
/*
 * Forgets what is open: at an exec (a descriptor of /proc/PID/mem belongs to
 * the memory that was) and at the end.
 */
void process_memory_reset(struct process *process);

#endif
