/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arch/call_bits.h: a set of system calls by number, one bit each: what a
 * filter in the kernel can tell calls apart by.
 */
#ifndef SCDB_ARCH_CALL_BITS_H
#define SCDB_ARCH_CALL_BITS_H

#include "arch/arch.h"

#include <stdbool.h>
#include <stdint.h>

/* No ABI has a call whose number (x32's without its bit) is as high. */
enum { CALL_BITS = 1024 };

struct call_bits {
	uint64_t words[ABI_COUNT][CALL_BITS / 64];
	bool rest[ABI_COUNT];   /* all numbers from CALL_BITS on */
};

/* NR without x32's bit. */
bool call_bits_has(const struct call_bits *bits, enum abi abi, uint64_t nr);
void call_bits_set(struct call_bits *bits, enum abi abi, uint64_t nr);
void call_bits_add(struct call_bits *bits, const struct call_bits *more);
/* Takes out of BITS what is in LESS. */
void call_bits_remove(struct call_bits *bits, const struct call_bits *less);
bool call_bits_empty(const struct call_bits *bits);
/* Whether all of PART is in BITS. */
bool call_bits_cover(const struct call_bits *bits,
                     const struct call_bits *part);

#endif
