/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/excursion.h: a stopped thread runs a function of its program, or a bit
 * of code, and comes back to where it was.
 */
#ifndef SCDB_TARGET_EXCURSION_H
#define SCDB_TARGET_EXCURSION_H

#include "target/target.h"

/*
 * Runs the stopped THREAD, alone, from REGS and STATE (NULL: as it is) until it
 * faults at RETURN_TO with its stack above SP: there a function that was called
 * has come back.  AFTER and AFTER_STATE are what it had then; all of the thread
 * is put back as it was, the call in progress included.  Errors say what
 * happened instead: a signal that PASSES says false of, the thread's end, or
 * STOP_WAITING, which is asked every 10 ms.
 */
struct target_excursion {
	struct arch_regs regs;
	const struct arch_xstate *state;
	taddr return_to;
	taddr sp;
	bool (*passes)(void *ctx, int signal);
	bool (*stop_waiting)(void *ctx);
	void *ctx;
};
struct error *target_excurse(struct thread *thread,
                             const struct target_excursion *e,
                             struct arch_regs *after,
                             struct arch_xstate *after_state) MUST_CHECK;

/*
 * An excursion that the caller carries out: after its begin the stopped THREAD
 * goes on from E->regs as any other does, until it is back.  The end, from
 * anywhere else too, puts the thread back as it was; it and the drop destroy
 * DETOUR (and the drop alone takes NULL).  PASSES and STOP_WAITING of E are
 * not looked at.
 */
struct target_detour;
struct error *target_detour_begin(struct thread *thread,
                                  const struct target_excursion *e,
                                  struct target_detour **detour) MUST_CHECK;
/* Whether THREAD's stop is the function's return. */
bool target_detour_is_back(struct thread *thread,
                           const struct target_detour *detour);
struct error *target_detour_end(struct thread *thread,
                                struct target_detour *detour) MUST_CHECK;
void target_detour_drop(struct target_detour *detour);
/* What the thread had before, and where the function returns to. */
void target_detour_before(const struct target_detour *detour,
                          struct arch_regs *regs, taddr *return_to);

#endif
