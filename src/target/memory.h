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
 * Many pieces are tried without asking first what is there, in a process of its
 * own (target/aside.h): what waits there for ever can be given up.
 *
 * A page of a userfaultfd range (`um` in VmFlags of /proc/PID/smaps) that was
 * not served yet is reported as unreadable: process_vm_readv would wait, killable
 * only, for a thread that scdb itself has stopped.
 */
#ifndef SCDB_TARGET_MEMORY_H
#define SCDB_TARGET_MEMORY_H

#include "target/target.h"

#include <limits.h>
#include <sys/uio.h>

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
/*
 * Reads pieces of which the caller knows, from the page tables, that most are
 * there, or can't keep anybody waiting: they are not looked up again.
 */
size_t memory_move_known(struct process *p, struct memory_piece *pieces,
                         size_t count);
/*
 * Reads what is to be shown of a call: all by one process_vm_readv where P serves
 * no pages of its own (target/served.h), else one by one as memory_move does.
 */
void memory_move_shown(struct process *p, struct memory_piece *pieces,
                       size_t count);
/* What of the LEN bytes at ADDR is scdb's own gives way to the program's. */
void memory_hide(const struct process *p, taddr addr, void *data, size_t len);
/* All of one range without force, or nothing: see target_read_plain. */
bool memory_move_plain(struct process *p, enum memory_way way,
                       const struct memory_span *s);
/*
 * A few pieces by one call, all or false: a single one by /proc/TID/mem, which
 * is quicker, more of them by process_vm_readv.
 */
bool memory_glance(struct thread *thread, const struct memory_piece *pieces,
                   size_t count);

/* target/memory_rush.c */
/* Pieces of one call. */
enum { MEMORY_BATCH = IOV_MAX };
bool memory_is_alive(const struct thread *t);
/* A thread through which the memory can be reached: a stopped one first. */
const struct thread *memory_thread(const struct process *p);
pid_t memory_tid(const struct process *p);
struct iovec memory_here(const struct memory_span *s);
struct iovec memory_there(const struct memory_span *s);
/* One call, through whichever thread it can be had: as process_vm_readv. */
ssize_t memory_vm_move(struct process *p, enum memory_way way,
                       const struct iovec *here, const struct iovec *there,
                       size_t count);
/* What of PIECE is not done. */
struct memory_span memory_piece_rest(const struct memory_piece *piece);
/* Spreads GOT bytes over the pieces; returns the first that is not whole. */
size_t memory_account(struct memory_piece *pieces, size_t count, size_t got);
/*
 * What these calls can do of the pieces, without a look at whether they may have
 * to wait: ASIDE, if so.  Goes on behind a piece that is not whole.
 */
void memory_rush(struct process *p, enum memory_way way,
                 struct memory_piece *pieces, size_t count, bool aside);

/* target/memory_wait.c */
/* Whether S has a part of a file that a process serves.  Looked for at most
 * every 50 ms, so that it costs nothing in a stream of stops. */
bool memory_may_wait(struct process *p, const struct memory_span *s);
/*
 * As pread of P's mem_fd, for what may wait: -1 with ETIMEDOUT where nobody
 * served it in time, and at once for all of that file until something changes.
 */
ssize_t memory_read_aside(struct process *p, const struct memory_span *s);
void memory_waits_destroy(struct process *p);

/* Fills in PROCESS->memory and says that nothing is open. */
void process_memory_init(struct process *process);
/*
 * Forgets what is open: at an exec (a descriptor of /proc/PID/mem belongs to
 * the memory that was) and at the end.
 */
void process_memory_reset(struct process *process);

#endif
