/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/displaced.h: threads that run into planted breakpoints, and how they
 * get over them: what session/stop.c needs of it.
 *
 *	stop -> displaced_enter -> (displaced_hit: the owners) -> displaced_leave
 *
 * A thread that was seen at a site, and goes on from there, goes over it; one
 * that comes there anew runs into it.
 */
#ifndef SCDB_SESSION_DISPLACED_H
#define SCDB_SESSION_DISPLACED_H

#include "target/target.h"

struct session;

/*
 * First of all at a stop, once: makes the registers true, and turns scdb's own
 * traps into STOP_STEPPED.  Does nothing at the second time.
 */
void displaced_enter(struct session *s, struct thread *t);
/* Whether T has just run into the site at *ADDR; told once. */
bool displaced_hit(struct thread *t, taddr *addr);
/* A single step brought T to PC: it has run into a site that is there. */
void displaced_land(struct thread *t, taddr pc);
/* The user was shown T where it stands: it goes on over a site there. */
void displaced_pass(struct thread *t);
/*
 * Last of all before T is resumed by *MODE with SIGNAL; may change *MODE.
 * False: it was resumed already.
 */
bool displaced_leave(struct session *s, struct thread *t, int signal,
                     enum resume_mode *mode);
/* T ends, or its memory is another. */
void displaced_forget(struct thread *t);

#endif
