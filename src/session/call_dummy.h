/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/call_dummy.h: functions of the program that scdb called and that have
 * not come back.
 *
 * Each is a dummy of its thread, the newest last.  It is made when the function
 * is called; where that stops before it has returned the dummy stays, as a frame
 * of its own in backtraces, until the function returns (then the thread is put
 * back as it was, and shown), `return` reaches it, or the process is let go.
 */
#ifndef SCDB_SESSION_CALL_DUMMY_H
#define SCDB_SESSION_CALL_DUMMY_H

#include "session/internal.h"
#include "target/excursion.h"

/* What a function left where it returned. */
struct dummy_result {
	bool returned;
	struct arch_regs regs;
	struct arch_xstate state;
};

/* The stopped T is to run as E says. */
struct error *dummy_push(struct thread *t,
                         const struct target_excursion *e) MUST_CHECK;
/* RESULT is filled in at the return of the newest; NULL: nobody waits. */
void dummy_await(struct thread *t, struct dummy_result *result);
/*
 * Whether T's stop is the return of its newest: then it was put back, everything
 * stopped, and T shown if nobody waited.  T may be freed.
 */
bool dummy_at_stop(struct session *s, struct thread *t);
/* T is at the dummy with this place to return to: it is put back. */
struct error *dummy_pop(struct thread *t, taddr return_to) MUST_CHECK;
/* All that T still is in: of none of them does anything remain. */
void dummy_pop_all(struct session *s, struct thread *t);
/* They are of a program that is no more. */
void dummy_forget(struct thread_info *info);
/* For backtraces: T's registers behind the dummy that PC is the return to. */
bool dummy_frame(const struct thread *t, taddr pc, struct arch_regs *regs);

/*
 * session/run.c: T, and what the settings let go on with it, until a stop is
 * shown or T's newest dummy has returned.
 */
void session_run_dummy(struct session *s, struct thread *t);

#endif
