/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/near.h: waking a tracee on the processor that scdb runs on.
 *
 * A tracee and its tracer take turns. Left to itself the kernel wakes each on a
 * processor that is idle, where the other does not run: both change places at
 * every stop, and each time a processor is woken from its sleep. On one
 * processor a stop costs a fraction of that.
 *
 * So, in a stream of stops, scdb keeps itself to the processor that it is on,
 * and lets a tracee go on with its affinity narrowed to that one, which it gives
 * back as soon as the tracee is in line there: what the program may run on is
 * as it was, and the balancing of the kernel may move it. A program never sees
 * the narrow mask: it goes on so only outside calls, or in one that neither
 * tells masks nor hands them on, and all its calls stop.
 *
 * Where another thread may need a processor, where others want them all, where
 * the mask is not the one that scdb has, and where there is one processor only,
 * nothing is done.
 */
#ifndef SCDB_TARGET_NEAR_H
#define SCDB_TARGET_NEAR_H

#include <sched.h>
#include <stdbool.h>
#include <stddef.h>

struct target;
struct thread;

struct near {
	bool on;                    /* as the user has it */
	bool kept;                  /* scdb keeps to one processor ... */
	bool useless;               /* ... which can't be, or there is one */
	bool lined;                 /* who went on last waits there for scdb
	                             * to sleep */
	cpu_set_t own;              /* what scdb may run on ... */
	cpu_set_t given;            /* ... and how it is said */
	cpu_set_t here;             /* the one */
	size_t roaming;             /* running threads that may need one */
	unsigned tries, crossed;    /* ... and how often there were any */
	unsigned rest;              /* stops until it is tried again */
};

/* T is about to go on; true: near_after must be called when it has. */
bool near_before(struct thread *t);
void near_after(struct thread *t);
/* T goes on; it has stopped, or is no more. */
void near_goes(struct thread *t);
void near_rests(struct thread *t);
/* The stream pauses: scdb may run anywhere. */
void near_end(struct target *target);

#endif
