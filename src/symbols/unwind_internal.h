/* SPDX-License-Identifier: GPL-3.0-or-later */
/* symbols/unwind_internal.h: what the parts of the unwinder share. */
#ifndef SCDB_SYMBOLS_UNWIND_INTERNAL_H
#define SCDB_SYMBOLS_UNWIND_INTERNAL_H

#include "base/map.h"
#include "symbols/internal.h"
#include "symbols/unwind.h"

enum step_result {
	STEP_CALLER,          /* there is one, in `regs` */
	STEP_UNKNOWN,         /* this way of looking can't say */
	STEP_OUTERMOST,
	STEP_FAULT,           /* memory at `fault` can't be read */
};

/* From one physical frame to its caller. */
struct step {
	enum step_result result;
	enum frame_source source; /* how the caller was found */
	bool signal;              /* this frame is the kernel's for a handler */
	bool dummy;               /* ... or the debugger's own */
	taddr cfa;                /* of this frame; 0: not known */
	taddr fault;
	struct frame_regs regs;   /* the caller's */
};

struct range {
	taddr start, end;
};

/* A frame, and what hangs on it. */
struct node {
	struct frame frame;
	struct location_context context;
	struct step *step;        /* shared by a function's inlined copies */
	struct step own;          /* what it points to, of the outermost */
	bool last_of_step;        /* the real function: its caller is next */
};

enum { TAIL_MAX = 32 };

/* What tail_calls said: deep stacks ask the same again and again. */
struct tail_answer {
	taddr return_pc, callee;
	size_t count;
	taddr pcs[TAIL_MAX];
};

struct backtrace {
	struct image *image;
	const struct arch *arch;
	struct arch_regs regs;
	unwind_read_reg read_reg;
	void *read_ctx;
	struct error *(*tls)(void *ctx, const struct module *module,
	                     uint64_t offset, taddr *addr);
	bool (*ends)(void *ctx, const struct frame *f);
	void *ends_ctx;
	bool (*dummy)(void *ctx, taddr pc, struct arch_regs *regs);
	void *dummy_ctx;
	unsigned entered;         /* inlined copies at the first instruction */
	unsigned not_entered;     /* ... that are no frames */
	VEC(struct node *) nodes;
	size_t made;              /* nodes that are there, used or not */
	struct map seen;          /* frames by their identity: no cycles */
	struct map tails;         /* of tail_answers, by both their ends */
	VEC(struct tail_answer *) tail_answers;
	size_t answers_made;      /* ... that are there, used or not */
	bool ended;
	char reason[80];          /* "": nothing to say */
	bool ranges_read;
	VEC(struct range) executable;
};

/* What a way of stepping starts from. */
struct stand {
	struct backtrace *b;
	const struct module *module; /* of lookup_pc; NULL: none */
	taddr pc, lookup_pc;
	bool exact;               /* it was interrupted there: pc may be any
	                           * instruction, not only behind a call */
	const struct frame_regs *regs;
};

/* unwind_cfi.c: by tables.  STEP_UNKNOWN: there are none for that place. */
void step_by_tables(const struct stand *at, struct step *step);
/* unwind_guess.c: without. */
void step_by_guess(const struct stand *at, struct step *step);

/* unwind_eval.c: the operations that libdw makes of a CFI rule. */
enum cfi_kind { CFI_ADDRESS, CFI_VALUE, CFI_REGISTER, CFI_BAD, CFI_FAULT };
struct cfi_result {
	enum cfi_kind kind;
	uint64_t value;
};
struct cfi_machine {
	const struct memory *memory;
	uint8_t word;
	const struct frame_regs *regs;
	taddr cfa;
};
void cfi_evaluate(const struct cfi_machine *m, const Dwarf_Op *ops,
                  size_t count, struct cfi_result *result);

/*
 * dwarf_tail.c: where functions stood that jumped on, between the call that
 * returns to RETURN_PC and the function that begins at CALLEE; the innermost
 * first, each behind its jump.
 */
size_t tail_calls(struct image *image, taddr return_pc, taddr callee,
                  taddr pcs[TAIL_MAX]);

/* Reads a word of the tracee. */
bool unwind_read(const struct backtrace *b, taddr addr, uint64_t *value);
static inline bool regs_known(const struct frame_regs *regs, unsigned reg)
{
	return reg < FRAME_REGS && (regs->known >> reg & 1);
}
/* VALUE, without a place in memory. */
void regs_put(struct frame_regs *regs, unsigned reg, uint64_t value);
/* ... which was read from ADDR. */
void regs_put_saved(struct frame_regs *regs, unsigned reg, uint64_t value,
                    taddr addr);

#endif
