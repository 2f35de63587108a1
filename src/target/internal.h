/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/internal.h: what the files of this room share. */
#ifndef SCDB_TARGET_INTERNAL_H
#define SCDB_TARGET_INTERNAL_H

#include "target/target.h"

/*
 * What every tracee is traced with.  EXITKILL is added for what was launched:
 * its descendants inherit it in the kernel.
 */
unsigned long target_options(bool launched);

/* A thread of PROCESS, in STARTING, known by its tid. */
struct thread *thread_create(struct process *process, pid_t tid);
struct process *process_create(struct target *target, pid_t pid,
                               bool launched);
/* Frees the thread; tells the session first. */
void thread_destroy(struct thread *thread);
void process_destroy(struct process *process);
/* Gives THREAD another tid: the exec of a thread that is not the leader. */
void thread_rename(struct thread *thread, pid_t tid);

/* Of a clock that only goes forward. */
int64_t now_ms(void);

void thread_set_state(struct thread *thread, enum thread_state state);
void thread_queue(struct thread *thread);

/* Whether more want to run than there are processors. */
bool target_is_crowded(const struct target *target);

/* The stopped T goes on as it last did: the stop was nobody's. */
void target_go_on(struct thread *t);

/* Tells the kernel of a pc that it does not know yet: before T goes on. */
void regs_flush(struct thread *thread);

/* Turns one wait status into a stop; returns its thread, or NULL where it was
 * nobody's or the thread is dying.  The stop is not queued. */
struct thread *wait_take(struct target *target, pid_t tid, int status);
/*
 * Waits for THREAD alone, at most LIMIT_MS, for inside-the-room sequences
 * (launch, remote calls).  *STATUS is taken in; false: time over or gone.
 */
bool wait_for(struct thread *thread, int limit_ms);

/* target/scratch.c: the memory is gone; it is to go. */
void scratch_forget(struct process *p);
void scratch_unmap(struct process *p);

/* target/debugreg.c */
/* The kernel has cleared them: exec. */
void debug_forget(struct thread *thread);
/* Fills in `debug_hits` of the stop by a SIGTRAP. */
void debug_at_trap(struct thread *thread);
/* Whether a trap of a register that T has set is still to be told. */
bool debug_is_pending(const struct thread *thread);
/* Before a detach: what stays set kills. */
void debug_clear(pid_t tid);

#endif
