/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/step.h: going on by instructions, lines, blocks and functions.
 *
 * A step is a thread's, its plan (PLAN_STEP, session/plan.c) as long as it lasts.
 * It ends when it has got where it should, and when anything else stops the
 * thread.  With non-stop several threads may have one at once.
 *
 *	session_step...  -> step_resume: single-steps, or plants a site where the
 *	     ^              thread must come back (behind a call) and lets it run
 *	     |                  |
 *	     +-- step_at_stop <-+   (session/step_line.c decides: on, or show)
 *
 * Internal sites are the step's, and go with it: they count for its thread alone
 * and, by the stack pointer, for the right one of a function's frames.
 */
#ifndef SCDB_SESSION_STEP_H
#define SCDB_SESSION_STEP_H

#include "session/session.h"

enum step_kind {
	STEP_INSN,      /* stepi, nexti */
	STEP_LINE,      /* step, next */
	STEP_UNTIL,     /* next, but never back */
	STEP_BLOCK,     /* blockstep */
	STEP_FINISH,    /* to the caller */
	STEP_ADVANCE,   /* to a place: advance, until LOCATION */
};

/*
 * Steps the current thread COUNT times (INSN, LINE, UNTIL, BLOCK); OVER: calls
 * are run through.
 */
struct error *session_step(struct session *s, enum step_kind kind, bool over,
                           uint64_t count, bool background) MUST_CHECK;
/* To where the selected frame's function returns. */
struct error *session_finish(struct session *s, bool background) MUST_CHECK;
/*
 * To what TEXT says, or the return of the selected frame's function; SAME: only
 * in the very same frame.
 */
struct error *session_advance(struct session *s, const char *text, bool same,
                              bool background) MUST_CHECK;

/*
 * Block steps, session/step_method.c: whether the processor does them; why
 * `set block-step-method` can't be METHOD; what to say beside it, or NULL.
 */
bool step_by_hardware(struct session *s);
struct error *step_method_check(struct session *s, uint64_t method) MUST_CHECK;
const char *step_method_note(struct session *s);

/* For session/stop.c and its like. */
/* NULL is fine. */
void step_destroy(struct session *s, struct step *step);
/* Whether T is being stepped. */
bool step_is_of(const struct thread *t);
/* Whether scheduler-locking's `step` is about what the current thread does. */
bool step_locks(const struct session *s);
/* First of all at a stop: the trap of a step is scdb's own. */
void step_enter(struct session *s, struct thread *t);
/* T stands where a step, or a site, brought it. */
enum verdict step_at_stop(struct session *s, struct thread *t);
/* T is at the exit of a call. */
enum verdict step_at_call(struct session *s, struct thread *t,
                          const struct call *call);
/*
 * T, which is being stepped, is to go on: changes MODE.  SIGNAL goes with it,
 * SEEN: the user saw it.
 */
void step_resume(struct session *s, struct thread *t, int signal, bool seen,
                 enum resume_mode *mode);
/* The stop of T that is about to be shown is the end of a step: shows it. */
bool step_show(struct session *s, struct thread *t);
/* The stop was shown. */
void step_shown(struct session *s);

#endif
