/* SPDX-License-Identifier: GPL-3.0-or-later */
/* arch/disasm_internal.h: what the files of disassembly share. */
#ifndef SCDB_ARCH_DISASM_INTERNAL_H
#define SCDB_ARCH_DISASM_INTERNAL_H

#include "arch/disasm.h"

#include <Zydis/Zydis.h>

/* One instruction, taken apart. */
struct insn {
	ZydisDecodedInstruction z;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	bool att;
	bool long_mode;
	bool waits;               /* an fwait stands before it */
};

/* A text with an end: what does not fit is cut. */
struct cut_text {
	char *data;
	size_t len, size;
};
void cut_printf(struct cut_text *t, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* disasm_names.c: the mnemonic in IN's syntax, without prefixes.  *LEFT_OUT:
 * the immediate that is in the name and no operand any more; -1: none. */
void insn_name(const struct insn *in, struct cut_text *text, int *left_out);
/* String instructions and others that have their own way: name and operands.
 * False: it is none of these. */
bool insn_special(const struct insn *in, struct cut_text *name,
                  struct cut_text *operands);

/* disasm_operands.c */
void insn_operands(const struct insn *in, int left_out,
                   struct cut_text *text);

#endif
