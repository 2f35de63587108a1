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

#endif
