/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xol/xol.h: stepping over instructions out of line, so that the breakpoint
 * on them stays where it is.
 *
 * A `struct xol` is an address space's: it owns the slots, areas of memory in
 * the tracee that may be executed and not written by it.  A `struct xol_site`
 * is one instruction, taken apart when a breakpoint is set on it; it may have a
 * slot, which all threads use at once, since nothing in it is a thread's own.
 * A `struct xol_step` is a thread's: what it is stepping over now.
 *
 *	IDLE --begin--> LOOSE    runs in a slot that jumps back: not stopped
 *	           |--> TRAPPING runs in a slot to an int3 behind it: where a
 *	           |             single step would leave its mark
 *	           |--> STEPPING single-steps in a slot
 *	           |--> CALLING  runs to the entry of a system call, in a slot
 *	           |--> IN_PLACE single-steps where it is, the breakpoint taken
 *	           |             out and all others stopped, by the caller
 *	           `--> IDLE     was emulated: it is done
 *	any --at_stop--> IDLE
 *
 * At each stop of a thread whose step is not IDLE xol_at_stop comes before
 * anything else looks at its registers: it makes them true.
 *
 * With LOOSE nobody tells when a slot was left: it is given to another
 * instruction only when every thread that went there has been seen elsewhere.
 *
 * Knows threads and memory by `struct xol_ops` alone.  Ownership: a site is its
 * creator's, and ends before its struct xol; so do steps (xol_forget).
 */
#ifndef SCDB_XOL_XOL_H
#define SCDB_XOL_XOL_H

#include "arch/displaced.h"
#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

/* What is asked of the tracee; THREAD is what was given with the request. */
struct xol_ops {
	/* The registers that MASK names (ARCH_REG_BIT). */
	bool (*get)(void *thread, uint32_t mask, struct arch_regs *regs);
	bool (*put)(void *thread, uint32_t mask, const struct arch_regs *regs);
	/* Memory as the program could reach it itself, never by force. */
	bool (*read)(void *thread, taddr addr, void *data, size_t len);
	bool (*write)(void *thread, taddr addr, const void *data, size_t len);
	/* Whether the thread has a shadow stack; a return address is put on it,
	 * or taken off if it is that (see struct displaced_world).  Any may be
	 * NULL. */
	bool (*has_shadow)(void *thread);
	bool (*shadow_push)(void *thread, taddr ret);
	bool (*shadow_pop)(void *thread, taddr ret);
	/* Memory that the program may execute and not write, by force. */
	bool (*write_code)(void *thread, taddr addr, const void *data,
	                   size_t len);
	/* LEN bytes to execute, within 2 GB of NEAR where that is possible. */
	struct error *(*map)(void *thread, taddr near, size_t len, taddr *addr);
	/* Whether the program can still execute what is at ADDR. */
	bool (*mapped)(void *thread, taddr addr);
	/* Whether a debug register of the thread watches memory. */
	bool (*watched)(void *thread);
};

/* How steps were done: for `info xol`. */
enum xol_way {
	XOL_EMULATED,
	XOL_JUMPED,       /* a slot that jumps back: no second stop */
	XOL_STEPPED,      /* a slot, and a single step */
	XOL_CALLED,       /* a system call from a slot */
	XOL_STEPPED_HERE, /* in place */
	XOL_ABORTED,      /* broken off before the instruction was done */
	XOL_WAY_COUNT,
};
const char *xol_way_name(enum xol_way way);

struct xol;
struct xol_slot;

struct xol_site {
	struct displaced insn;
	struct xol_slot *slot;    /* NULL: none now */
	uint64_t counts[XOL_WAY_COUNT];
};

enum xol_state {
	XOL_IDLE, XOL_LOOSE, XOL_TRAPPING, XOL_STEPPING, XOL_CALLING,
	XOL_IN_PLACE,
};

/* All zero: IDLE. */
struct xol_step {
	enum xol_state state;
	/* Copies: the site may go while a thread is on its way. */
	struct displaced insn;
	struct displaced_copy copy;
	struct displaced_saved saved;
	struct xol_slot *slot;
};

/* OPS are copied. */
struct xol *xol_create(const struct xol_ops *ops);
/* NULL is fine. */
void xol_destroy(struct xol *x);
/*
 * How many areas of slots there may be (64 at first; 0: all is stepped in
 * place); beyond that slots change hands.
 */
void xol_limit(struct xol *x, size_t areas);

/*
 * Takes the instruction at ADDR apart, of which N bytes are known.  Refused
 * with its bytes and the reason where it can't be stepped over.
 */
struct error *xol_site_init(struct xol_site *site, const struct arch *arch,
                            const uint8_t *bytes, size_t n,
                            taddr addr) MUST_CHECK;
void xol_site_deinit(struct xol_site *site);

/* How the thread is to be resumed. */
enum xol_go {
	XOL_GO_DONE,     /* it was emulated: pc is where it went */
	XOL_GO_RUN,      /* as you please */
	XOL_GO_TRAP,     /* as you please, but not by a single step: it stops */
	XOL_GO_STEP,     /* by a single step */
	XOL_GO_CALL,     /* to the entry of a call (PTRACE_SYSCALL) */
	XOL_GO_IN_PLACE, /* take the breakpoint out, stop all others, and step */
	XOL_GO_FAILED,   /* the thread is dying */
};
/*
 * THREAD stands at SITE's instruction and is to go on over it.  SINGLE: exactly
 * one instruction is to be seen, so it is not let run.
 */
enum xol_go xol_begin(struct xol *x, struct xol_site *site,
                      struct xol_step *step, void *thread, bool single);

enum xol_at {
	XOL_AT_ELSEWHERE, /* it was IDLE, or had left the slot by itself */
	XOL_AT_PAST,      /* the instruction is done */
	XOL_AT_START,     /* nothing is done: pc is the instruction's */
	XOL_AT_MORE,      /* a turn of a `rep` is: pc is the instruction's */
	XOL_AT_SPOILT,    /* done, but the stack still has the slot's address */
	XOL_AT_LOST,      /* the slot's memory is gone: nothing is done, and the
	                   * fault is scdb's */
};
/* What is known of a stop. */
struct xol_stop {
	bool trap;        /* SIGTRAP of a single step (TRAP_TRACE) ... */
	bool int3;        /* ... or of a breakpoint instruction (SI_KERNEL) */
	bool entry;       /* to a system call */
	bool fault;       /* SIGSEGV or SIGBUS, by the kernel, for ... */
	taddr fault_addr;
};
/*
 * THREAD has stopped with pc *PC, which becomes the true one.  *OWN: the stop
 * was the step's own: what it waited for.
 */
enum xol_at xol_at_stop(struct xol *x, struct xol_step *step, void *thread,
                        const struct xol_stop *stop, taddr *pc, bool *own);
/* The thread ended, or is let go with true registers. */
void xol_forget(struct xol_step *step);

/* For `info xol`. */
struct xol_area {
	taddr addr;
	size_t len;
	size_t used;              /* slots that belong to an instruction */
	size_t slots;
	bool lost;                /* the program unmapped it */
};
size_t xol_area_count(const struct xol *x);
struct xol_area xol_area_at(const struct xol *x, size_t index);
/* Where SITE's slot is; 0: it has none. */
taddr xol_site_slot(const struct xol_site *site);
/* How SITE is stepped over where nothing comes in between; before it has a
 * slot, as from one near by. */
enum xol_way xol_site_way(const struct xol_site *site);
void xol_counts(const struct xol *x, uint64_t counts[XOL_WAY_COUNT]);
/* Why an area could not be had, or NULL. */
const char *xol_trouble(const struct xol *x);

#endif
