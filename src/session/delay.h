/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/delay.h: threads that stand for a while, at a call's entry or exit,
 * and go on by themselves: nothing else waits for them.
 *
 * Such a thread is stopped, and due to run: `wakes` of its thread_info is when,
 * and a timer of the session's, which its loop watches, is set to the first of
 * all.  Threads are kept by id: they may be gone by then.
 */
#ifndef SCDB_SESSION_DELAY_H
#define SCDB_SESSION_DELAY_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct session;
struct thread;

/* T goes on NANOSECONDS later than it would, or than it was to already. */
struct error *delay_add(struct session *s, struct thread *t,
                        uint64_t nanoseconds) MUST_CHECK;
/* Whether T, which is about to go on, has to stand still; it will go on. */
bool delay_holds(struct session *s, struct thread *t);
void delays_destroy(struct session *s);

#endif
