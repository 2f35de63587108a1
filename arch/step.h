/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arch/step.h: what whoever single-steps must know of an instruction before it
 * is done.
 */
#ifndef SCDB_ARCH_STEP_H
#define SCDB_ARCH_STEP_H

#include "arch/displaced.h"

/*
 * By its first eight bytes (in memory order): whether the instruction may be one
 * that arch_step_look has more to say of than "it is plain".  Quick, and wrong
 * only where it says that it may be.
 */
bool arch_step_matters(const struct arch *arch, uint64_t word);

struct arch_step {
	bool call;              /* a near call, behind which it goes on */
	bool syscall;           /* syscall, int 0x80; in 32-bit code sysenter */
	bool syscall_register;  /* ... which leaves the flags in r11 */
	bool pushes_flags;      /* and with them a single step's trap flag */
	uint8_t len;
};

/* The instruction at ADDRESS, of which N bytes are known.  Always fills in *OUT;
 * what is not understood is plain, its LEN 0. */
void arch_step_look(const struct arch *arch, const uint8_t *bytes, size_t n,
                    taddr address, struct arch_step *out);

#endif
