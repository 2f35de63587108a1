/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/mend.h: calls that tracing itself broke off.
 *
 * Some calls return EINTR when anything wakes them (epoll_wait, semop,
 * sigtimedwait, io_getevents: signal(7), "Interruption of system calls"), a
 * PTRACE_INTERRUPT and a signal that the program ignores included, which
 * without a tracer would not have woken it.  Such a call is made again.
 */
#ifndef SCDB_TARGET_MEND_H
#define SCDB_TARGET_MEND_H

#include "target/target.h"

/*
 * At a stop just taken.  At an exit stop the result that is told becomes
 * -ERESTARTNOINTR: the call has not ended.
 */
void mend_at_stop(struct thread *t);
/*
 * T, at a stop by a signal, goes on without it (SIGNAL 0), or with it.  Without
 * it nothing has broken its call off; with it the call returns EINTR, though
 * it had been mended before the signal came.
 */
void mend_at_signal(struct thread *t, int signal);
/* T is let go: signals that are on their way to it count too. */
void mend_at_detach(struct thread *t, int signal);

#endif
