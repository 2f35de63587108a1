/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arch/displaced_internal.h: what the files of displaced instructions share. */
#ifndef SCDB_ARCH_DISPLACED_INTERNAL_H
#define SCDB_ARCH_DISPLACED_INTERNAL_H

#include "arch/displaced.h"

#include <Zydis/Zydis.h>

enum { FLAG_TF = 1 << 8, FLAG_VM = 1 << 17, FLAG_RF = 1 << 16,
       FLAG_AC = 1 << 18 };

void displaced_decoder(const struct arch *arch, ZydisDecoder *decoder);
/* By mnemonic and opcode alone.  *REASON: what it is, in words. */
enum insn_flow displaced_flow(const ZydisDecodedInstruction *z,
                              const char **reason);
/* Whether the byte is among the prefixes, with effect or without. */
bool displaced_has_prefix(const ZydisDecodedInstruction *z, uint8_t prefix);
/* A 66 that makes a near branch one of 16 bits, for some processors. */
bool displaced_short_pc(const ZydisDecodedInstruction *z);

bool displaced_in_vsyscall(taddr address);

/* displaced_simple.c: fills in what emulation needs; false: it is none that can
 * be emulated. */
bool displaced_simple(const ZydisDecodedInstruction *z,
                      const ZydisDecodedOperand *operands,
                      struct displaced *d);

/* The number of a general register, or of pc, of any width; -1: none. */
int displaced_reg_number(ZydisRegister reg);

static inline uint64_t displaced_reg(const struct arch_regs *regs, int number)
{
	return arch_word_get(regs, (unsigned)number * 8);
}

static inline void displaced_reg_set(struct arch_regs *regs, int number,
                                     uint64_t value)
{
	arch_word_set(regs, (unsigned)number * 8, value);
}

/* What addresses of D's tracee wrap at. */
static inline taddr displaced_wrap(const struct displaced *d, taddr at)
{
	return d->word == 8 ? at : (uint32_t)at;
}

#endif
