/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * symbols/unwind.h: the frames of a stopped thread.
 *
 * A `struct backtrace` begins with a thread's registers and finds further
 * frames as they are asked for.  By .eh_frame and .debug_frame where they are;
 * through signal frames, the vDSO, and system calls; where code has no tables,
 * by the frame pointer, and at a function's first instruction by the return
 * address.  It ends at the outermost frame, at a corrupt stack (says why), and
 * in any case after UNWIND_MAX frames.  It does not change the tracee.
 */
#ifndef SCDB_SYMBOLS_UNWIND_H
#define SCDB_SYMBOLS_UNWIND_H

#include "arch/arch.h"
#include "symbols/debug.h"

enum { UNWIND_MAX = 100000 };

enum frame_kind {
	FRAME_NORMAL,
	FRAME_INLINE,         /* shares registers with the frame outside it */
	FRAME_TAIL,           /* its function jumped on: it has no place on the
	                       * stack, registers are its caller's */
	FRAME_SIGNAL,         /* the kernel's, around a handler's call */
	FRAME_DUMMY,          /* scdb's own, around a function that it called */
};

enum frame_source {
	FRAME_BY_REGISTERS,   /* the innermost */
	FRAME_BY_TABLES,
	FRAME_BY_FRAME_POINTER,
	FRAME_BY_STACK,       /* a return address that was found there */
};

struct frame {
	unsigned level;                 /* 0 is the innermost */
	enum frame_kind kind;
	enum frame_source source;
	taddr pc;
	taddr lookup_pc;                /* pc - 1 behind a call */
	taddr cfa;                      /* 0: not known */
	struct frame_regs regs;
	struct debug_function function; /* die.info NULL: no debug information */
	const struct module *module;    /* NULL: pc is in none */
	/* Where the source stands: the line of pc, or of the inlined call. */
	const char *file;
	unsigned line;
	/* Whether pc is no line's first: where it is, or where an inlined copy
	 * begins, gdb leaves the address out. */
	bool mid_line;
	struct backtrace *backtrace;
};

struct backtrace;

/* Reads further registers of the thread itself: vector and x87 ones. */
typedef bool (*unwind_read_reg)(void *ctx, unsigned reg,
                                uint8_t data[REG_MAX_BYTES], size_t *len);

/*
 * REGS are copied.  IMAGE is borrowed and must not be told of changes while
 * the backtrace lives.
 */
struct backtrace *backtrace_create(struct image *image,
                                   const struct arch *arch,
                                   const struct arch_regs *regs,
                                   unwind_read_reg read_reg, void *ctx);
/* B as if it had just been made of these: all its frames are gone.  A trace of
 * few frames asks for no memory then. */
void backtrace_begin(struct backtrace *b, struct image *image,
                     const struct arch *arch, const struct arch_regs *regs,
                     unwind_read_reg read_reg, void *ctx);
/* Finds thread-local storage; CTX is backtrace_create's. */
typedef struct error *(*unwind_tls)(void *ctx, const struct module *module,
                                    uint64_t offset, taddr *addr);
void backtrace_set_tls(struct backtrace *b, unwind_tls tls);
/* Where ENDS says so there is no caller for people: what variables ask of one
 * is not known, as in gdb. */
void backtrace_set_ends(struct backtrace *b,
                        bool (*ends)(void *ctx, const struct frame *f),
                        void *ctx);
/* Whether PC is where a function returns to that the debugger called; then REGS
 * are what the thread had before. */
void backtrace_set_dummies(struct backtrace *b,
                           bool (*dummy)(void *ctx, taddr pc,
                                         struct arch_regs *regs),
                           void *ctx);
/*
 * A thread at the first instruction of inlined copies has not entered them, for
 * people: COUNT of them it has.  Before the first frame is asked for.
 */
void backtrace_set_entered(struct backtrace *b, unsigned count);
/* How many it has still not entered. */
unsigned backtrace_not_entered(struct backtrace *b);
void backtrace_destroy(struct backtrace *b);
/* NULL: there are not so many.  Lives as long as the backtrace. */
const struct frame *backtrace_frame(struct backtrace *b, unsigned level);
/* Why there are no more, where that is not the outermost frame ("the frame
 * before is the same as this one (corrupt stack?)"); NULL: nothing to say. */
const char *backtrace_end_reason(const struct backtrace *b);
/* For variables of FRAME. */
const struct location_context *frame_context(const struct frame *f);
/* Register REG by DWARF number as it was in FRAME. */
bool frame_reg(const struct frame *f, unsigned reg, uint64_t *value);
/* F's registers in the kernel's layout, as far as they are known; others are
 * the thread's. */
void frame_arch_regs(const struct frame *f, struct arch_regs *regs);

#endif
