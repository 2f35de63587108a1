/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/call_layout.h: where a function's arguments go and its result comes
 * from, by the System V ABIs: x86-64 (psABI, 3.2.3), i386's cdecl.
 */
#ifndef SCDB_SESSION_CALL_LAYOUT_H
#define SCDB_SESSION_CALL_LAYOUT_H

#include "arch/arch.h"
#include "symbols/type.h"

/* Of each eight bytes of a value. */
enum pass { PASS_NONE, PASS_INTEGER, PASS_SSE, PASS_X87, PASS_MEMORY };
struct passing {
	enum pass pass[2];    /* MEMORY or X87 of the whole stands in [0] */
	unsigned eights;      /* 1 or 2 */
};
struct passing call_classify(const struct type *t);

/* What is being put together. */
struct call_frame {
	const struct arch *arch;
	struct arch_regs regs;
	struct arch_xstate *state;
	unsigned integers, vectors;   /* registers used */
	uint8_t stack[4096];          /* arguments in memory */
	size_t used;
};
/* Adds an argument of type T; false: there is no room. */
bool call_add(struct call_frame *f, const struct type *t, const uint8_t *data,
              size_t size);
/* Whether a result of type T is written to memory that the caller gives. */
bool call_result_in_memory(const struct arch *arch, const struct type *t);
/* The result, of at most 16 bytes, from what was left in registers. */
void call_result(const struct arch *arch, const struct type *t,
                 const struct arch_regs *regs,
                 const struct arch_xstate *state, uint8_t data[16]);

#endif
