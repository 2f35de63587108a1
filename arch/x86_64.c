/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 64-bit x86.  Names, order and groups are gdb's (`info registers`, `info
 * registers system`), so that $NAME means the same here.
 *
 * Writing to a part replaces that part alone, as in gdb: `set $eax = 1` keeps
 * the upper half of rax, which the instruction `mov $1, %eax` would clear.
 */
#include "arch/x86.h"

/* rsi and its kin: the low byte has a name of its own in 64-bit code only. */
#define PARTS_INDEX(name, field)                                       \
	X86_PART("e" name, field, 4),                                  \
	X86_PART(name "l", field, 1)
/* %r8d, %r8w and the low byte, r8l to gdb and r8b to assemblers. */
#define PARTS_NUMBERED(name, field)                                    \
	X86_PART(name "d", field, 4),                                  \
	X86_PART(name "w", field, 2),                                  \
	X86_PART(name "l", field, 1),                                  \
	X86_PART(name "b", field, 1)

static const struct arch_reg regs[] = {
	X86_REG("rax", rax, 8, .group = REG_GENERAL),
	X86_REG("rbx", rbx, 8, .group = REG_GENERAL),
	X86_REG("rcx", rcx, 8, .group = REG_GENERAL),
	X86_REG("rdx", rdx, 8, .group = REG_GENERAL),
	X86_REG("rsi", rsi, 8, .group = REG_GENERAL),
	X86_REG("rdi", rdi, 8, .group = REG_GENERAL),
	X86_REG("rbp", rbp, 8, .group = REG_GENERAL),
	X86_REG("rsp", rsp, 8, .group = REG_GENERAL),
	X86_REG("r8", r8, 8, .group = REG_GENERAL),
	X86_REG("r9", r9, 8, .group = REG_GENERAL),
	X86_REG("r10", r10, 8, .group = REG_GENERAL),
	X86_REG("r11", r11, 8, .group = REG_GENERAL),
	X86_REG("r12", r12, 8, .group = REG_GENERAL),
	X86_REG("r13", r13, 8, .group = REG_GENERAL),
	X86_REG("r14", r14, 8, .group = REG_GENERAL),
	X86_REG("r15", r15, 8, .group = REG_GENERAL),
	X86_REG("rip", rip, 8, .group = REG_GENERAL, .code = true),
	X86_REG("eflags", eflags, 4, .group = REG_GENERAL, .flags = true),
	X86_REG("cs", cs, 2, .group = REG_SEGMENT),
	X86_REG("ss", ss, 2, .group = REG_SEGMENT),
	X86_REG("ds", ds, 2, .group = REG_SEGMENT),
	X86_REG("es", es, 2, .group = REG_SEGMENT),
	X86_REG("fs", fs, 2, .group = REG_SEGMENT),
	X86_REG("gs", gs, 2, .group = REG_SEGMENT),
	X86_REG("fs_base", fs_base, 8, .group = REG_SYSTEM),
	X86_REG("gs_base", gs_base, 8, .group = REG_SYSTEM),
	X86_REG("orig_rax", orig_rax, 8, .group = REG_SYSTEM),

	X86_PART("pc", rip, 8, .code = true),
	X86_PART("sp", rsp, 8),
	X86_PART("fp", rbp, 8),
	X86_PART("ps", eflags, 4, .flags = true),
	X86_PART("flags", eflags, 4, .flags = true),
	X86_PART("rflags", eflags, 8, .flags = true),
	X86_PART("eip", rip, 4, .code = true),

	X86_PART("eax", rax, 4),
	X86_PART("ebx", rbx, 4),
	X86_PART("ecx", rcx, 4),
	X86_PART("edx", rdx, 4),
	X86_PARTS_ABCD("a", rax),
	X86_PARTS_ABCD("b", rbx),
	X86_PARTS_ABCD("c", rcx),
	X86_PARTS_ABCD("d", rdx),
	PARTS_INDEX("si", rsi),
	PARTS_INDEX("di", rdi),
	PARTS_INDEX("bp", rbp),
	PARTS_INDEX("sp", rsp),
	/* The 16-bit part of rsp has no row: $sp is the stack pointer. */
	X86_PART("si", rsi, 2),
	X86_PART("di", rdi, 2),
	X86_PART("bp", rbp, 2),
	PARTS_NUMBERED("r8", r8),
	PARTS_NUMBERED("r9", r9),
	PARTS_NUMBERED("r10", r10),
	PARTS_NUMBERED("r11", r11),
	PARTS_NUMBERED("r12", r12),
	PARTS_NUMBERED("r13", r13),
	PARTS_NUMBERED("r14", r14),
	PARTS_NUMBERED("r15", r15),
};

/* System V psABI for x86-64, figure 3.36; 16 is the return address. */
static const uint16_t dwarf_regs[] = {
	X86_AT(rax), X86_AT(rdx), X86_AT(rcx), X86_AT(rbx),
	X86_AT(rsi), X86_AT(rdi), X86_AT(rbp), X86_AT(rsp),
	X86_AT(r8), X86_AT(r9), X86_AT(r10), X86_AT(r11),
	X86_AT(r12), X86_AT(r13), X86_AT(r14), X86_AT(r15),
	X86_AT(rip),
};

static const struct arch x86_64 = {
	.name = "x86_64",
	.word = 8,
	.regs = regs,
	.reg_count = ARRAY_LEN(regs),
	.pc_offset = X86_AT(rip),
	.sp_offset = X86_AT(rsp),
	.dwarf_regs = dwarf_regs,
	.dwarf_count = ARRAY_LEN(dwarf_regs),
	.dwarf_pc = 16,
	.dwarf_sp = 7,
	.dwarf_fp = 6,
};

const struct arch *arch_x86_64(void)
{
	return &x86_64;
}
