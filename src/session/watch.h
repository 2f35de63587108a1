/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/watch.h: watchpoints, and breakpoints in debug registers.
 *
 * A watchpoint knows what memory its expression is read from in each process,
 * and what it was there the last time.  The debug registers watch that memory;
 * where they can't (too much of it, or registers), the threads are stepped from
 * instruction to instruction.  What the kernel writes traps nowhere: values are
 * compared at the exit of each call too.
 *
 *	session/watch.c          made, listed, saved
 *	session/watch_value.c    what an expression is, and what it is read from
 *	session/watch_plan.c     who gets which debug register
 *	session/watch_check.c    what is said of a stop
 *	session/hbreak.c         breakpoints in debug registers
 */
#ifndef SCDB_SESSION_WATCH_H
#define SCDB_SESSION_WATCH_H

#include "arch/debug.h"
#include "session/breakpoint.h"
#include "session/session.h"

enum watch_kind { WATCH_WRITE, WATCH_READ, WATCH_ACCESS };

struct site;
struct value;

/* What it is in one process; NULL: in the program's file, before it runs. */
struct watch_place {
	struct process *process;
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];
	size_t count;
	bool planned;            /* the registers have all of them */
	bool fixed;              /* it is always at ADDR, of TYPE */
	taddr addr;
	const struct type *type;
	struct value *old;       /* NULL: it can't be read */
};

struct watch_part {
	enum watch_kind kind;
	bool location;           /* -l: the memory, whatever the names mean */
	bool software;           /* the debug registers had no room for it */
	bool registers;          /* ... and never will: it is in registers */
	char *text;              /* the expression */
	struct expr *expr;
	VEC(struct watch_place) places;
	/* Of a local variable: it goes with its frame. */
	bool local;
	pid_t tid;
	taddr cfa;
	struct site *scope;      /* where the frame's function returns to */
};

struct watch_request {
	enum watch_kind kind;
	bool location;
	const char *text;        /* the expression alone */
	const char *condition;   /* or NULL */
	const char *thread;      /* a label, or NULL */
};
struct error *watch_add(struct session *s, const struct watch_request *w,
                        struct breakpoint **b) MUST_CHECK;
/* "Hardware watchpoint 2: x" */
void watch_announce(struct session *s, const struct breakpoint *b);
bool watch_is(const struct breakpoint *b);
/* Bytes of a pointer where B has debug registers; 0: it has none. */
unsigned watch_word(const struct breakpoint *b);

/* What processes do. */
void watch_process_new(struct session *s, struct process *p);
void watch_process_forked(struct session *s, struct process *p);
void watch_process_dies(struct session *s, struct process *p);
/* Whether T is to be stepped. */
bool watch_steps(const struct session *s, const struct thread *t);
/* How: a call's instruction is not stepped, its entry would not be seen. */
enum resume_mode watch_step_mode(struct thread *t);

/* Stops: of a debug register, or of a step; at a call's exit; at a site. */
void watch_at_stop(struct session *s, struct thread *t,
                   struct catch_verdict *verdict);
void watch_at_exit(struct session *s, struct thread *t,
                   struct catch_verdict *verdict);
void watch_at_site(struct session *s, struct thread *t, taddr addr,
                   struct catch_verdict *verdict);

/* Of these files alone. */

struct watch_part *watch_part_of(const struct breakpoint *b);
const char *watch_title(const struct watch_part *w);
struct watch_place *watch_place_in(struct watch_part *w,
                                   const struct process *p);
void watch_place_deinit(struct watch_place *place);
/*
 * Breakpoints of session/break.c that stand in debug registers: hbreak.c.
 * Slots that B has in P, if it is one; SIZE_MAX: more than there are.
 */
size_t hbreak_slots(const struct breakpoint *b, const struct process *p,
                    struct arch_debug_slot slots[ARCH_DEBUG_SLOTS]);
/* B's places in P could not be had, because; NULL: they were. */
void hbreak_refused(const struct breakpoint *b, const struct process *p,
                    const char *why);
bool hbreak_is(const struct breakpoint *b);
/* Gives P's registers out anew. */
void watch_plan(struct session *s, struct process *p);
void watch_plan_all(struct session *s);
/* "breakpoint 2 and watchpoints 3 and 4": who has P's registers; how many. */
size_t watch_holders(struct session *s, const struct process *p,
                     struct buf *text);
/* What is stepped for though the registers have it now is told, and is a
 * hardware watchpoint. */
void watch_promote(struct session *s);
/* Whether SLOTS could be had too in P (NULL: the program's file). */
bool watch_would_fit(struct session *s, const struct process *p,
                     const struct arch_debug_slot *slots, size_t count);
/*
 * Evaluates W for T (NULL: nothing runs) and fills in PLACE; *REGISTERS,
 * *LOCAL: what the value depends on beside memory.
 */
struct error *watch_look(struct session *s, struct thread *t,
                         struct watch_part *w, struct watch_place *place,
                         bool *registers, bool *local) MUST_CHECK;
/* What it is now, new; NULL: it can't be read.  The place's slots follow. */
struct value *watch_value(struct session *s, struct thread *t,
                          struct watch_part *w, struct watch_place *place);
char *watch_text(struct session *s, struct value *v);
/* True: another value than before. */
bool watch_differs(struct value *before, struct value *now);

#endif
