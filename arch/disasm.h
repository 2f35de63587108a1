/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arch/disasm.h: instructions as text, in the form that gdb and objdump give
 * them.
 *
 * Zydis takes the bytes apart; names and operands are written here, since what
 * libraries write has lost what that form needs: a displacement of 0 that is
 * there, prefixes without effect, how wide an immediate is.
 */
#ifndef SCDB_ARCH_DISASM_H
#define SCDB_ARCH_DISASM_H

#include "arch/arch.h"

enum disasm_syntax { DISASM_ATT, DISASM_INTEL };

enum { DISASM_MAX_BYTES = 15 };

struct insn_text {
	char mnemonic[64];      /* with its prefixes: "rep stos" */
	char operands[128];     /* without a target: "%rax,%rbx"; or "" */
	uint8_t len;            /* bytes; 1 for what is none */
	bool bad;               /* no instruction: mnemonic is "(bad)" */
	bool is_branch;         /* jumps or calls */
	bool has_target;        /* ... to TARGET, its only operand */
	bool has_address;       /* an operand is memory at ADDRESS, told
	                         * relative to pc: a remark belongs behind */
	taddr target, address;
};

/*
 * The instruction at PC of which BYTES are LEN.  With fewer bytes than it needs
 * it is bad.
 */
void disasm_insn(const struct arch *arch, taddr pc, const uint8_t *bytes,
                 size_t len, enum disasm_syntax syntax,
                 struct insn_text *text);

#endif
