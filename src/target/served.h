/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/served.h: processes that may serve pages of their own.
 *
 * process_vm_readv is the one way to read several places by one call, but waits,
 * for ever and killable only, for a page that the tracee itself is to serve by a
 * userfaultfd(2): nobody else can, as such a descriptor is for the memory of
 * whoever made it. It is made by that call, or by an ioctl on /dev/userfaultfd,
 * and memory that comes with an exec has none. So a process whose calls have all
 * been seen since then, and had none of those, has no such pages: all calls stop
 * there, or filters of scdb's stop at these (target/filter.h). Memory may be
 * shared between processes: one such call, by any tracee, and none is trusted.
 *
 * Of a process that ran unseen (attached, or traced later) the kernel tells in
 * smaps which pages are served, and whether it has such a descriptor.
 */
#ifndef SCDB_TARGET_SERVED_H
#define SCDB_TARGET_SERVED_H

#include "target/target.h"

/* The calls that make one: the second has REQUEST as its second argument. */
enum { SERVED_REQUEST = 0xaa00 };   /* USERFAULTFD_IOC_NEW */
struct served_calls {
	uint32_t userfaultfd, ioctl;
};
extern const struct served_calls served_calls[ABI_COUNT];

/* Whether CALL asks for a userfaultfd. */
bool served_begins(const struct target_call *call);
/* T is about to go on, in last_mode. */
void served_goes_on(struct thread *t);
/* An exec: its memory is new. */
void served_new_memory(struct process *p);
/* Whether P is known not to serve pages of its own. */
bool served_never(struct process *p);

#endif
