/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/filter.h: seccomp filters of scdb's own, with which a process stops at
 * the calls that somebody wants and makes all others without a stop.
 *
 * A filter is put in by a remote call, for all threads of a process at once;
 * children inherit it, and an exec keeps it.  It can't be taken out again, but
 * another one can be added, and what any of them wants stops.  Calls that stop
 * fail with ENOSYS once nobody traces the process any more.
 *
 * The program's own filters come before: one that answers a call or kills for
 * it does so unseen.  So a call that is about to make one stops too
 * (filter_is_made_by), and who has one is followed by stops at all calls. Calls
 * by which memory comes to be served by the program stop (target/served.h).
 *
 * Filters are made here and not by libseccomp, as that of Debian 12 can't name
 * i386's and x32's calls from 453 on, nor any number that has no name.
 */
#ifndef SCDB_TARGET_FILTER_H
#define SCDB_TARGET_FILTER_H

#include "target/target.h"

#include <linux/filter.h>

enum {
	FILTER_MAX = 4096,       /* instructions of one: BPF_MAXINSNS */
	FILTER_DATA = 0x5cdb,    /* what tells our stops from the program's */
};

/*
 * The program that stops at CALLS, and where the process makes a filter of its
 * own.  Returns its length, or 0 where that is more than FILTER_MAX.
 */
size_t filter_build(const struct call_bits *calls,
                    struct sock_filter program[FILTER_MAX]);

/* How filters come in where the process may not add one as it is. */
enum filter_rights {
	FILTER_AS_IS,     /* refused without CAP_SYS_ADMIN or no_new_privs */
	FILTER_NO_GAINS,  /* then no_new_privs is set: process.filter.no_gains */
};

/*
 * Has the stopped THREAD's process stop at CALLS too.  An error that is not
 * ERROR_GONE will come again: process.filter is as before.
 */
struct error *target_filter_add(struct thread *thread,
                                const struct call_bits *calls,
                                enum filter_rights rights) MUST_CHECK;
/* Whether a process that scdb traces can gain rights by a set-uid program. */
bool target_keeps_gains(void);
/* Whether THREAD stands where a filter can be put in. */
bool target_filter_can_add(const struct thread *thread);

/* Seccomp as the program has it, without filters of scdb's. */
enum seccomp_mode { SECCOMP_NONE, SECCOMP_STRICT, SECCOMP_FILTERED };
struct proc_status;
enum seccomp_mode filter_mode(const struct process *process,
                              const struct proc_status *status);
/*
 * The same, asked of /proc; NONE where that can't tell.  That there is none is
 * asked once as long as all threads stop at the calls that make one.
 */
enum seccomp_mode target_seccomp(struct thread *thread);

/* CHILD, of which STATUS tells, was made by a thread of PARENT. */
void filter_inherit(struct process *child, const struct proc_status *status,
                    const struct process *parent);
/* Whether CALL gives its process a filter, or strict mode. */
bool filter_is_made_by(const struct target_call *call);

#endif
