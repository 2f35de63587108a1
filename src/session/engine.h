/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/engine.h: how system calls come to stop.
 *
 * ptrace     a thread of whose calls any are wanted stops at every one, twice.
 * seccomp    a filter in the kernel (target/filter.h) stops it at the entries of
 *            the calls that are wanted; at the exits of those whose exit is.
 *
 * sysemu     one whose calls are nearly all skipped stops at entries alone, of
 *            calls that the kernel does not make.
 *
 * What is wanted is gathered from the owners when the user goes on, and when he
 * changes it while threads run.  A process gets a filter, or one more, by the
 * first of its threads that goes on then.  Where that can't be, and for a thread
 * of which more must be seen, it is as with ptrace: so both may be in use at
 * once, and nobody but this file knows which.
 */
#ifndef SCDB_SESSION_ENGINE_H
#define SCDB_SESSION_ENGINE_H

#include "base/error.h"
#include "target/target.h"

struct session;
struct call;

/* What the owners want, of a session. */
struct engine_wants {
	struct call_bits calls;
	bool all;               /* every call, entry and exit */
	bool warned;            /* of no_new_privs */
	bool told;              /* that there is no filter, though asked for */
};

/* What is wanted may be other calls than before. */
void engine_gather(struct session *s);
/* T, of whose calls some are wanted, is about to go on: a filter may be due. */
void engine_prepare(struct session *s, struct thread *t);
/* How it goes on. */
enum resume_mode engine_mode(const struct session *s, const struct thread *t);
/* T is at an entry: one that gives the program a filter of its own? */
void engine_at_entry(struct session *s, struct thread *t);

/* A signal has come to T. */
void engine_at_signal(struct thread *t);

/* Why P can't be let go: its calls would fail.  NULL: it can. */
struct error *engine_check_leave(const struct process *p) MUST_CHECK;
/* The same of a setting by which processes leave scdb. */
struct error *engine_check_leaving(struct session *s,
                                   uint64_t value) MUST_CHECK;
struct error *engine_check_follow(struct session *s,
                                  uint64_t value) MUST_CHECK;
/* Which one `auto` comes to. */
const char *engine_note(struct session *s);
/* `info engine` */
void engine_show(struct session *s);

#endif
