/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What both x86 instruction sets share: where the system-call ABIs keep a
 * call, and the reading and writing of registers by their rows.
 */
#include "arch/x86.h"

#include <assert.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>

/* Selectors of 64-bit code: Linux's own, and that under a Xen hypervisor. */
enum { USER_CS_64 = 0x33, USER_CS_64_XEN = 0xe033 };

/* x32 makes its calls as x86_64 does; only the number has one bit more. */
#define SYSCALL_64_ARGS                                                \
	{ X86_AT(rdi), X86_AT(rsi), X86_AT(rdx), X86_AT(r10),          \
	  X86_AT(r8), X86_AT(r9) }

static const struct arch_abi abis[ABI_COUNT] = {
	[ABI_X86_64] = {
		.id = ABI_X86_64,
		.name = "x86_64",
		.word = 8,
		.insn_len = 2,
		.nr_offset = X86_AT(orig_rax),
		.ret_offset = X86_AT(rax),
		.arg_offsets = SYSCALL_64_ARGS,
	},
	[ABI_X32] = {
		.id = ABI_X32,
		.name = "x32",
		.word = 4,
		.insn_len = 2,
		.nr_offset = X86_AT(orig_rax),
		.ret_offset = X86_AT(rax),
		.arg_offsets = SYSCALL_64_ARGS,
		.nr_bit = 0x40000000,
	},
	[ABI_I386] = {
		.id = ABI_I386,
		.name = "i386",
		.word = 4,
		.insn_len = 2,
		.nr_offset = X86_AT(orig_rax),
		.ret_offset = X86_AT(rax),
		.arg_offsets = { X86_AT(rbx), X86_AT(rcx), X86_AT(rdx),
		                 X86_AT(rsi), X86_AT(rdi), X86_AT(rbp) },
	},
};

/*
 * As the kernel's user_64bit_mode (arch/x86/include/asm/ptrace.h): all other
 * segments, those of a program's own LDT too, hold 32-bit code.
 */
const struct arch *arch_of_regs(const struct arch_regs *regs)
{
	uint64_t cs = regs->user.cs & 0xffff;

	return cs == USER_CS_64 || cs == USER_CS_64_XEN ? arch_x86_64()
	                                                : arch_i386();
}

const struct arch_abi *arch_abi(enum abi abi)
{
	assert((unsigned)abi < ABI_COUNT);
	return &abis[abi];
}

/*
 * A number is a C int for the kernel, so that -1 (no call: it was skipped) has
 * x32's bit set and is not x32's.
 */
bool arch_abi_of_call(uint32_t audit_arch, uint64_t nr, enum abi *abi)
{
	uint32_t low = (uint32_t)nr;
	uint32_t x32_bit = abis[ABI_X32].nr_bit;

	switch (audit_arch) {
	case AUDIT_ARCH_X86_64:
		*abi = (low & x32_bit) && !(low >> 31) ? ABI_X32 : ABI_X86_64;
		return true;
	case AUDIT_ARCH_I386:
		*abi = ABI_I386;
		return true;
	default:
		return false;
	}
}

const struct arch_reg *arch_reg_find(const struct arch *arch,
                                     const char *name)
{
	for (size_t i = 0; i < arch->reg_count; i++)
		if (!strcmp(arch->regs[i].name, name))
			return &arch->regs[i];
	return NULL;
}

uint64_t arch_word_get(const struct arch_regs *regs, unsigned offset)
{
	uint64_t value;

	assert(offset <= sizeof(regs->user) - sizeof(value));
	memcpy(&value, (const char *)&regs->user + offset, sizeof(value));
	return value;
}

void arch_word_set(struct arch_regs *regs, unsigned offset, uint64_t value)
{
	assert(offset <= sizeof(regs->user) - sizeof(value));
	memcpy((char *)&regs->user + offset, &value, sizeof(value));
}

/* All bits of a register of SIZE bytes. */
static uint64_t mask_of(unsigned size)
{
	return size < 8 ? (1ull << size * 8) - 1 : UINT64_MAX;
}

uint64_t arch_reg_get(const struct arch_reg *reg,
                      const struct arch_regs *regs)
{
	return arch_word_get(regs, reg->offset) >> reg->shift &
	       mask_of(reg->size);
}

void arch_reg_set(const struct arch_reg *reg, struct arch_regs *regs,
                  uint64_t value)
{
	uint64_t mask = mask_of(reg->size) << reg->shift;
	uint64_t word = arch_word_get(regs, reg->offset);

	word = (word & ~mask) | (value << reg->shift & mask);
	arch_word_set(regs, reg->offset, word);
}

bool arch_reg_fits(const struct arch_reg *reg, int64_t value, bool is_signed)
{
	uint64_t mask = mask_of(reg->size);

	if (((uint64_t)value & ~mask) == 0)
		return true;
	/* A negative number fits where its upper bits are all the sign. */
	return is_signed && value < 0 && value >= -(int64_t)(mask / 2) - 1;
}

void arch_flags_text(uint64_t flags, char *data, size_t size)
{
	static const char names[][4] = {
		[0] = "CF",   [2] = "PF",   [4] = "AF",  [6] = "ZF",
		[7] = "SF",   [8] = "TF",   [9] = "IF",  [10] = "DF",
		[11] = "OF",  [14] = "NT",  [16] = "RF", [17] = "VM",
		[18] = "AC",  [19] = "VIF", [20] = "VIP", [21] = "ID",
	};
	char text[sizeof("[ ]") + ARRAY_LEN(names) * sizeof(names[0])] = "[ ";
	char *end = text + 2;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i][0] && (flags >> i & 1))
			end = stpcpy(stpcpy(end, names[i]), " ");
	stpcpy(end, "]");
	if (size)
		snprintf(data, size, "%s", text);
}

int64_t arch_result(enum abi abi, uint64_t rax)
{
	return abi == ABI_I386 ? (int32_t)(uint32_t)rax : (int64_t)rax;
}
