/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arch/arch.h: what a machine is like, as data.  This header is the porting
 * checklist: a port fills in one `struct arch` for each instruction set that a
 * tracee may run, and one `struct arch_abi` for each system-call ABI.
 *
 * Pure: bytes and registers in, values out.  No ptrace, no printing, no state.
 *
 * A thread's registers are a `struct arch_regs`, laid out as the kernel's
 * user_regs_struct of the tracer's own architecture (a 64-bit tracer sees a
 * 32-bit tracee in the 64-bit layout: arch/x86/kernel/ptrace.c, getreg).  The
 * view that a user sees depends on the personality of the *stop*, never of the
 * process: 64-bit code may do `int 0x80`, and an exec may change all.
 */
#ifndef SCDB_ARCH_ARCH_H
#define SCDB_ARCH_ARCH_H

#include "base/types.h"

#include <stdbool.h>
#include <sys/user.h>

/* The system-call ABIs.  They are indexes into tables everywhere. */
enum abi {
	ABI_X86_64,
	ABI_X32,
	ABI_I386,
	ABI_COUNT,
};

struct arch_regs {
	struct user_regs_struct user;
};

enum arch_reg_group {
	REG_GENERAL, /* with pc and flags */
	REG_SEGMENT, /* shown with the general ones: gdb's `info registers` */
	REG_SYSTEM,  /* orig_rax, fs_base: what the kernel keeps */
};

/* One name under which (a part of) a register is known. */
struct arch_reg {
	const char *name;
	uint16_t offset;   /* bytes into struct user_regs_struct */
	uint8_t shift;     /* bits to the right: 8 for %ah */
	uint8_t size;      /* bytes */
	uint8_t group;     /* enum arch_reg_group */
	bool alias;        /* a part, or a second name ($pc): not listed */
	bool code;         /* holds a code address */
	bool flags;        /* show as names of bits too */
};

/* A system-call ABI: where the kernel looks (entry_64.S, entry_64_compat.S). */
struct arch_abi {
	enum abi id;
	const char *name;       /* "x86_64", "x32", "i386" */
	uint8_t word;           /* bytes of a long and of a pointer */
	uint8_t insn_len;       /* of `syscall`, `int $0x80` */
	uint16_t nr_offset;     /* the number at an entry stop: orig_rax */
	uint16_t ret_offset;    /* the result: rax */
	uint16_t arg_offsets[6];
	uint32_t nr_bit;        /* x32: 0x40000000; else 0 */
};

struct arch {
	const char *name;
	uint8_t word;
	const struct arch_reg *regs;
	size_t reg_count;
	uint16_t pc_offset;
	uint16_t sp_offset;
	/* DWARF's number of a register -> bytes into user_regs_struct. */
	const uint16_t *dwarf_regs;
	uint8_t dwarf_count;
	uint8_t dwarf_pc, dwarf_sp, dwarf_fp;
};

/* PERSONALITY's instruction set: i386 for ABI_I386's processes. */
const struct arch *arch_x86_64(void);
const struct arch *arch_i386(void);
/* By the code segment at a stop: 0x33 is 64-bit code, 0x23 compatibility. */
const struct arch *arch_of_regs(const struct arch_regs *regs);
const struct arch_abi *arch_abi(enum abi abi);
/*
 * The ABI of a call from PTRACE_GET_SYSCALL_INFO's `arch` (an AUDIT_ARCH_*)
 * and number.  False where it is no ABI that scdb knows.
 */
bool arch_abi_of_call(uint32_t audit_arch, uint64_t nr, enum abi *abi);

/* NULL where there is no such name.  NAME comes without the `$`. */
const struct arch_reg *arch_reg_find(const struct arch *arch,
                                     const char *name);
uint64_t arch_reg_get(const struct arch_reg *reg,
                      const struct arch_regs *regs);
/*
 * Replaces the bits of REG alone, as gdb does: a write to $eax keeps the upper
 * half of rax.  What of VALUE is beyond the register's size is cut off; ask
 * arch_reg_fits first.
 */
void arch_reg_set(const struct arch_reg *reg, struct arch_regs *regs,
                  uint64_t value);
/*
 * Whether VALUE, as an unsigned number or (where IS_SIGNED) also as a signed
 * one, fits: -1 and 0xff fit %al, -129 and 256 don't.
 */
bool arch_reg_fits(const struct arch_reg *reg, int64_t value, bool is_signed);
/* "[ PF ZF IF ]", lowest bit first, into DATA, cut to SIZE (80 holds all). */
void arch_flags_text(uint64_t flags, char *data, size_t size);

/* Any 8-byte field by its offset in user_regs_struct. */
uint64_t arch_word_get(const struct arch_regs *regs, unsigned offset);
void arch_word_set(struct arch_regs *regs, unsigned offset, uint64_t value);

static inline taddr arch_pc(const struct arch_regs *regs)
{
	return regs->user.rip;
}

static inline taddr arch_sp(const struct arch_regs *regs)
{
	return regs->user.rsp;
}

/*
 * Floating point and vectors, as XSAVE's standard form (Intel's manual, volume
 * 1, chapter 13) and the kernel's NT_X86_XSTATE have them: arch/x86_xstate.c.
 * LEN bytes are there; what lies beyond has its initial value, 0.
 */
enum { ARCH_XSTATE_MAX = 16384, ARCH_XSTATE_COMPONENTS = 8 };
struct arch_xstate {
	size_t len;
	/* Where components begin; 0: where this processor has them. */
	uint16_t at[ARCH_XSTATE_COMPONENTS];
	uint8_t data[ARCH_XSTATE_MAX];
};

/*
 * Where components of it stand, those that the processor has behind the first
 * two: as the kernel's NT_X86_XSAVE_LAYOUT has it.  Returns how many.
 */
struct arch_xstate_part { uint32_t type, size, offset, flags; };
enum { ARCH_XSTATE_PARTS = 62 };
size_t arch_xstate_layout(struct arch_xstate_part parts[ARCH_XSTATE_PARTS]);
/*
 * STATE is from another machine, perhaps, which had the components at PARTS.
 * COUNT 0: that is not known; where STATE itself tells enough it is found.
 */
void arch_xstate_place(struct arch_xstate *state,
                       const struct arch_xstate_part *parts, size_t count);

enum arch_xreg_kind {
	XREG_CONTROL,  /* an integer: fctrl, mxcsr */
	XREG_X87,      /* st0: 10 bytes of extended precision */
	XREG_MASK,     /* k0 */
	XREG_VECTOR,   /* xmm0, ymm0, zmm0 */
};
struct arch_xreg {
	char name[8];
	enum arch_xreg_kind kind;
	uint8_t size;       /* bytes: 2, 4, 8, 10, 16, 32, 64 */
	uint8_t number;     /* of the register; of a control, its place */
};
enum { ARCH_XREG_MAX_BYTES = 64 };
/* Register INDEX of ARCH, from 0, in gdb's order; false: no more.  Those of the
 * machine that scdb runs on. */
bool arch_xreg_at(const struct arch *arch, size_t index,
                  struct arch_xreg *reg);
/* By name, without `$`. */
bool arch_xreg_find(const struct arch *arch, const char *name,
                    struct arch_xreg *reg);
/* All SIZE bytes. */
void arch_xreg_get(const struct arch_xreg *reg,
                   const struct arch_xstate *state,
                   uint8_t data[ARCH_XREG_MAX_BYTES]);
/* False: STATE has no room for it. */
bool arch_xreg_set(const struct arch_xreg *reg, struct arch_xstate *state,
                   const uint8_t *data);

/*
 * Results (include/linux/errno.h, err.h): -4095 to -1 is an error.
 * arch_result widens what an ABI's register holds to 64 bits.
 */
int64_t arch_result(enum abi abi, uint64_t rax);
static inline bool arch_is_error(int64_t result)
{
	return result < 0 && result >= -4095;
}

/* The kernel's own codes, that no program sees: include/linux/errno.h. */
enum {
	ARCH_ERESTARTSYS = 512,
	ARCH_ERESTARTNOINTR = 513,
	ARCH_ERESTARTNOHAND = 514,
	ARCH_ENOIOCTLCMD = 515,
	ARCH_ERESTART_RESTARTBLOCK = 516,
};
static inline bool arch_is_restart(int64_t result)
{
	return result == -ARCH_ERESTARTSYS ||
	       result == -ARCH_ERESTARTNOINTR ||
	       result == -ARCH_ERESTARTNOHAND ||
	       result == -ARCH_ERESTART_RESTARTBLOCK;
}

#endif
