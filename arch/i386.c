/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 32-bit x86, as a 64-bit tracer sees it: each register is the low half of a
 * field of the 64-bit user_regs_struct.  Names, order and groups are gdb's.
 */
#include "arch/x86.h"

static const struct arch_reg regs[] = {
	X86_REG("eax", rax, 4, .group = REG_GENERAL),
	X86_REG("ecx", rcx, 4, .group = REG_GENERAL),
	X86_REG("edx", rdx, 4, .group = REG_GENERAL),
	X86_REG("ebx", rbx, 4, .group = REG_GENERAL),
	X86_REG("esp", rsp, 4, .group = REG_GENERAL),
	X86_REG("ebp", rbp, 4, .group = REG_GENERAL),
	X86_REG("esi", rsi, 4, .group = REG_GENERAL),
	X86_REG("edi", rdi, 4, .group = REG_GENERAL),
	X86_REG("eip", rip, 4, .group = REG_GENERAL, .code = true),
	X86_REG("eflags", eflags, 4, .group = REG_GENERAL, .flags = true),
	X86_REG("cs", cs, 2, .group = REG_SEGMENT),
	X86_REG("ss", ss, 2, .group = REG_SEGMENT),
	X86_REG("ds", ds, 2, .group = REG_SEGMENT),
	X86_REG("es", es, 2, .group = REG_SEGMENT),
	X86_REG("fs", fs, 2, .group = REG_SEGMENT),
	X86_REG("gs", gs, 2, .group = REG_SEGMENT),
	X86_REG("orig_eax", orig_rax, 4, .group = REG_SYSTEM),

	X86_PART("pc", rip, 4, .code = true),
	X86_PART("sp", rsp, 4),
	X86_PART("fp", rbp, 4),
	X86_PART("ps", eflags, 4, .flags = true),
	X86_PART("flags", eflags, 4, .flags = true),
	X86_PARTS_ABCD("a", rax),
	X86_PARTS_ABCD("b", rbx),
	X86_PARTS_ABCD("c", rcx),
	X86_PARTS_ABCD("d", rdx),
	/* The 16-bit part of esp has no row: $sp is the stack pointer. */
	X86_PART("si", rsi, 2),
	X86_PART("di", rdi, 2),
	X86_PART("bp", rbp, 2),
};

/* System V psABI for i386, figure 2.14; 8 is the return address. */
static const uint16_t dwarf_regs[] = {
	X86_AT(rax), X86_AT(rcx), X86_AT(rdx), X86_AT(rbx), X86_AT(rsp),
	X86_AT(rbp), X86_AT(rsi), X86_AT(rdi), X86_AT(rip),
};

static const struct arch i386 = {
	.name = "i386",
	.word = 4,
	.regs = regs,
	.reg_count = ARRAY_LEN(regs),
	.pc_offset = X86_AT(rip),
	.sp_offset = X86_AT(rsp),
	.dwarf_regs = dwarf_regs,
	.dwarf_count = ARRAY_LEN(dwarf_regs),
	.dwarf_pc = 8,
	.dwarf_sp = 4,
	.dwarf_fp = 5,
};

const struct arch *arch_i386(void)
{
	return &i386;
}
