/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/step_internal.h: what the files of stepping share. */
#ifndef SCDB_SESSION_STEP_INTERNAL_H
#define SCDB_SESSION_STEP_INTERNAL_H

#include "base/map.h"
#include "session/frames.h"
#include "session/internal.h"
#include "session/sites.h"
#include "session/step.h"

/* Which frame it is, however often its function is called: gdb's frame_id. */
struct step_frame {
	bool known;
	taddr cfa;
	taddr function;         /* where it begins */
	unsigned depth;         /* of inlined copies in the real function */
};

/* Where the thread is to come, and with which stack. */
struct step_place {
	taddr addr;
	taddr least_sp;         /* deeper in the stack it is another call */
	taddr cfa;              /* ... or only in this frame; 0: any */
	struct site *site;      /* the step's; NULL: none could be planted,
	                         * and every instruction is looked at */
	bool returns;           /* STEP_FINISH: with a value */
};

/* Why the thread runs to `resume`. */
enum step_aim {
	AIM_NONE,               /* it does not: it single-steps */
	AIM_RETURN,             /* of a function that is stepped over */
	AIM_BODY,               /* behind the prologue: the step ends there */
	AIM_HANDLER,            /* a handler runs first; then as before */
	AIM_BLOCK,              /* the branch at the end of a block */
};

struct step {
	/* What was planted stays until the step ends: other threads may just
	 * have run into it. */
	struct map sites;       /* by address */
	VEC(struct site *) planted;
	enum step_kind kind;
	bool over;
	uint64_t count;
	taddr low, high;        /* what is stepped through */
	struct step_frame frame;
	struct step_frame outer; /* the real function's */
	taddr started_in;       /* the real function at the start */
	bool from_linker;       /* it began there: no way to be skipped */
	const char *file;       /* the line stepped through; NULL: none */
	unsigned line;
	bool any_line;          /* inside a line that counts as none */
	enum step_aim aim;
	struct step_place resume;
	enum step_aim before;   /* what AIM_HANDLER interrupted */
	struct step_place before_resume;
	VEC(struct step_place) ends;
	/* A call was stepped into, and it is not decided yet what of. */
	bool called;
	taddr call_at, return_to, return_sp;
	VEC(struct step_place) jumps; /* non-local ones start there */
	bool jumps_planted;
	bool landing;           /* `resume` is where a non-local jump goes */
	bool branched;          /* STEP_BLOCK: the branch is being stepped */
	bool always;            /* ... which is taken */
	taddr next;             /* ... behind it */
	bool hardware;          /* the processor does what it can of that */
	bool by_branches;       /* ... and does now, up to RESUME at most where
	                         * AIM is AIM_BLOCK */
	struct map blocks;      /* step_block.c's, by address */
	VEC(taddr) block_at;
	const struct type *result; /* STEP_FINISH: NULL: none */
};

/* What is under way; NULL: nothing. */
static inline struct step *step_of(const struct thread *t)
{
	return thread_info(t)->plan.step;
}

/* What is to be shown of a step that has ended. */
struct step_end {
	pid_t tid;
	bool same_frame;        /* only the line */
	const struct type *result;
};

/* session/step_place.c */
/* The frame LEVEL of T, and of the real function around it. */
const struct frame *step_frame_at(struct session *s, struct thread *t,
                                  unsigned level);
struct step_frame step_frame_key(struct session *s, struct thread *t,
                                 const struct frame *f);
/* The frame of the function around F's inlined copy; F where it is none. */
const struct frame *step_frame_real(struct session *s, struct thread *t,
                                    const struct frame *f);
/* The one that called F's real function; NULL: none. */
const struct frame *step_frame_caller(struct session *s, struct thread *t,
                                      const struct frame *f);
bool step_frame_equal(const struct step_frame *a, const struct step_frame *b);
/* How many inlined copies T has not entered, at whose first instruction it is;
 * COUNT more of them it has now. */
unsigned step_not_entered(struct session *s, struct thread *t);
void step_go_in(struct session *s, struct thread *t, unsigned count);
/* The step's site at ADDR, planted if need be; NULL: that can't be. */
struct site *step_site(struct session *s, struct thread *t, taddr addr);
/* T runs to ADDR with the stack at LEAST_SP or above. */
void step_run_to(struct session *s, struct thread *t, enum step_aim aim,
                 taddr addr, taddr least_sp);
/* Whether T, with these, is at PLACE. */
bool step_place_reached(struct session *s, struct thread *t,
                        const struct step_place *place, taddr pc, taddr sp);
/* The dynamic linker, and tables of jumps through it. */
bool step_in_linker(struct session *s, struct thread *t, taddr pc);
bool step_get_pc(struct thread *t, taddr *pc, taddr *sp);
const struct arch *step_arch(struct thread *t);

/* session/step_line.c: STEP->low and so on for the line where T stands. */
/* *DONE: it was a step already: into an inlined copy. */
struct error *step_prepare(struct session *s, struct thread *t,
                           bool *done) MUST_CHECK;
/* At the end of the range, or of the line: on, or show. */
enum verdict step_line_at(struct session *s, struct thread *t, taddr pc,
                          taddr sp);

/* session/step_jump.c: longjmp, and exceptions. */
void step_jumps_plant(struct session *s, struct thread *t);
/* True: T is at one, and runs to where that goes. */
bool step_jump_at(struct session *s, struct thread *t, taddr pc);

/* session/step_block.c */
/* True: how T goes on is said, by MODE too; false: by one instruction. */
bool step_block_resume(struct session *s, struct thread *t, taddr pc,
                       enum resume_mode *mode);
void step_blocks_drop(struct step *step);
enum verdict step_block_at(const struct thread *t, taddr pc);

#endif
