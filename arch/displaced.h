/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arch/displaced.h: how one instruction is carried out without being run at its
 * place, where a breakpoint stands.
 *
 * arch_displace decides when the breakpoint is set, once; a `struct displaced`
 * is plain data that may be copied and needs no end.  At a hit:
 *
 *	EMULATE   displaced_emulate changes registers and memory as the
 *	          instruction would, with no run at all.  Where it says that it
 *	          can't this time (memory that it may not have, a target that
 *	          faults, the tracee's own trap flag) the copy is run, as for SLOT.
 *	SLOT      displaced_copy says what stands in a slot at a given address;
 *	          displaced_before points a thread's registers there.  Either
 *	            - copy.one_stop: let it run.  The copy jumps back by itself;
 *	              until the thread is seen outside, the slot is its own; or
 *	            - copy.traps_behind: let it run up to an int3 behind it; or
 *	            - single-step, again while `repeats` and displaced_after says
 *	              DISPLACED_AT_START.
 *	          displaced_resume says which.
 *	          At the next stop of the thread inside, whatever it is about (a
 *	          step's end, a fault, a detach), displaced_after comes first of
 *	          all and leaves true registers.
 *	SYSCALL   as SLOT, but resumed with PTRACE_SYSCALL, and at the entry stop
 *	          displaced_after sets pc and rcx true.  The call then goes on from
 *	          the true place: restarts, children and signal frames are right.
 *	REFUSE    no breakpoint: `reason` and the bytes say why.
 *
 *	       before                 stop, after
 *	true ----------> in the slot --------------> true
 *
 * Registers are a `struct arch_regs` of which only those need to be there, and
 * to be written back, that the masks name (ARCH_REG_BIT): whoever reads them
 * one by one need not read all.  Nothing else of it is touched.
 *
 * Pure, as all of arch/: memory is the caller's struct displaced_world.
 *
 * Listed differences to a run at the place: x87's last-instruction pointer
 * (fnstenv, fxsave) is the slot's, and the last opcode's ModRM is that of a
 * scratch register where there is one; emulated accesses do not see debug registers
 * (`touches_memory`: run the copy while one is set) nor protection keys; an
 * instruction that reads its own bytes reads the breakpoint's.
 */
#ifndef SCDB_ARCH_DISPLACED_H
#define SCDB_ARCH_DISPLACED_H

#include "arch/arch.h"

#include <stddef.h>

/* A field of user_regs_struct as a number from 0, and as a bit of a mask. */
#define ARCH_REG_NUMBER(field) (offsetof(struct user_regs_struct, field) / 8)
#define ARCH_REG_BIT(field) (UINT32_C(1) << ARCH_REG_NUMBER(field))

enum { ARCH_INSN_MAX = 15 };

enum displaced_how {
	DISPLACED_REFUSE,
	DISPLACED_EMULATE,
	DISPLACED_SLOT,
	DISPLACED_SYSCALL,
};

/* What an instruction does to the flow of control. */
enum insn_flow {
	FLOW_NEXT,      /* goes on with the next one, or faults */
	FLOW_JUMP,      /* near, always */
	FLOW_BRANCH,    /* near, or goes on: jcc, loop, jrcxz */
	FLOW_CALL,      /* near */
	FLOW_RETURN,    /* near */
	FLOW_SYSCALL,   /* syscall, int 0x80 */
	FLOW_TRAP,      /* int3, int1, int n, into: a signal behind itself */
	FLOW_FAR,       /* anything else: far branches, iret, sysenter, xbegin */
};

/* Which instruction is emulated: displaced_emulate's alone. */
enum displaced_op {
	OP_NONE, OP_NOP, OP_JMP, OP_JCC, OP_LOOP, OP_CALL, OP_RET, OP_PUSH,
	OP_POP, OP_PUSHF, OP_LEAVE, OP_MOV, OP_LEA,
};

/* An operand: a number, a register, or memory.  Registers are numbers of
 * ARCH_REG_NUMBER, -1 none. */
struct displaced_operand {
	enum { OPERAND_IMM, OPERAND_REG, OPERAND_MEM } kind;
	int8_t reg;             /* the register; memory's base */
	int8_t index;
	int8_t segment;         /* fs_base, gs_base */
	uint8_t scale;
	uint8_t address_bits;   /* 32, 64 */
	int64_t value;          /* the number; memory's displacement, of pc too */
};

struct displaced {
	enum displaced_how how;
	enum insn_flow flow;
	/* Why it is so: "a near call", "a far return".  Static text. */
	const char *reason;
	taddr address;
	uint8_t len;
	uint8_t bytes[ARCH_INSN_MAX];
	uint8_t word;           /* bytes of an address: 8; i386: 4 */

	bool repeats;           /* rep, gather, scatter: a single step does one
	                         * turn or element, and pc stays */
	bool sets_trap_flag;    /* popf may: no jump may follow it */
	bool delays_trap;       /* mov ss, pop ss: a step does the next one too,
	                         * in a slot the jump back */
	bool touches_memory;    /* emulated, it reads or writes memory */
	bool relative;          /* a target is told relative to pc */
	bool rip_relative;      /* an operand is memory relative to pc */

	/* What displaced_emulate reads and writes; pc is always written. */
	uint32_t reads, writes;

	/* The rest is arch/'s own. */
	enum displaced_op op;
	uint8_t condition;      /* jcc's; loop: opcode */
	uint8_t op_size;        /* bytes pushed, popped, moved */
	uint8_t count_size;     /* loop, jrcxz: bytes of the counter */
	uint16_t pop_extra;     /* ret imm */
	struct displaced_operand to, from;
	uint8_t disp_at, modrm_at;   /* into bytes: rip-relative */
	uint8_t ext_at;         /* the byte with the base's fourth bit, if any */
	uint8_t ext_or, ext_and;     /* what makes that bit say 0 */
	bool disp_wraps;        /* an address of 32 bits: always within reach */
	int8_t scratch;              /* a register that it does not use */
	uint8_t scratch_rm;          /* ... as ModRM has it */
};

/*
 * How the instruction at ADDRESS, of which N bytes are there, is stepped over.
 * Always fills in all of *OUT; what is not understood is DISPLACED_REFUSE.
 */
void arch_displace(const struct arch *arch, const uint8_t *bytes, size_t n,
                   taddr address, struct displaced *out);

/* "emulated", "slot, jumps back", "slot, stepped", "slot with a scratch
 * register", "system call", "refused": for the slot of COPY, or NULL. */
struct displaced_copy;
const char *displaced_name(const struct displaced *d,
                           const struct displaced_copy *copy);
/* "e8 10 00 00 00", for the message of a refusal, into DATA, cut to SIZE (45
 * holds all): the instruction's bytes, or as many as were looked at. */
void displaced_bytes_text(const struct displaced *d, char *data, size_t size);

/*
 * What emulation asks of the tracee.  All or nothing, and never by force: what
 * the program could not do itself must fail (process_vm_writev, not
 * POKEDATA).  Both shadow functions are NULL where the thread has no shadow stack.
 */
struct displaced_world {
	bool (*read)(void *arg, taddr at, void *data, size_t len);
	bool (*write)(void *arg, taddr at, const void *data, size_t len);
	/* Pushes a return address on the shadow stack. */
	bool (*shadow_push)(void *arg, taddr ret);
	/* Takes one off, if it is RET; else changes nothing: false. */
	bool (*shadow_pop)(void *arg, taddr ret);
	void *arg;
};

/*
 * For DISPLACED_EMULATE.  REGS has what d->reads names (its pc need not be
 * right); true: the instruction is done, d->writes and pc are to be written
 * back.  False: nothing is done, the copy has to run.
 */
bool displaced_emulate(const struct displaced *d,
                       const struct displaced_world *world,
                       struct arch_regs *regs);

/* What stands in a slot, at a multiple of 8. */
enum { DISPLACED_SLOT_SIZE = 32 };
struct displaced_copy {
	taddr slot;
	uint8_t bytes[DISPLACED_SLOT_SIZE];
	uint8_t size;           /* bytes used: the copy and a jump behind it */
	bool one_stop;          /* may be let run: see displaced_needs_step */
	bool traps_behind;      /* an int3 is behind it, no jump */
	bool scratch;           /* goes through a register: out of reach of a
	                         * displacement of 32 bits */
	/* What displaced_before and displaced_after need to read, and write;
	 * pc is always among them, but before reads none. */
	uint32_t before_reads, before_writes;
	uint32_t after_reads, after_writes;
};
/* What before leaves for after. */
struct displaced_saved {
	uint64_t scratch, sp, flags;
};

/*
 * The copy for a slot at SLOT.  Any instruction that is not refused has one,
 * emulated ones too.  A jump back or an int3 stands behind each, also where it is
 * stepped: the kernel does some instructions itself (sgdt, smsw under UMIP) and
 * a single step then does one more.
 */
void displaced_make_copy(const struct displaced *d, taddr slot,
                         struct displaced_copy *copy);
/*
 * How a thread with FLAGS is to be resumed in the slot.  Where it single-steps
 * itself (TF) it would have its SIGTRAP before the jump back, and is stepped.
 */
enum displaced_resume {
	/* PTRACE_CONT: it comes back by itself. */
	DISPLACED_RUN,
	/* PTRACE_CONT: it stops with SIGTRAP (SI_KERNEL) at slot + len + 1, which
	 * displaced_after takes for done.  A single step would make of popf's
	 * trap flag the tracee's own at the next one (the kernel's
	 * is_setting_trap_flag), do one turn of a `rep` only, and meet the int3
	 * all the same behind what the kernel does itself. */
	DISPLACED_RUN_TO_TRAP,
	DISPLACED_STEP,         /* PTRACE_SINGLESTEP */
};
enum displaced_resume displaced_resume(const struct displaced_copy *copy,
                                       uint64_t flags);
/* Whether it is not DISPLACED_RUN. */
bool displaced_needs_step(const struct displaced_copy *copy, uint64_t flags);
/* Points REGS at the slot. */
void displaced_before(const struct displaced *d,
                      const struct displaced_copy *copy,
                      struct arch_regs *regs, struct displaced_saved *saved);

enum displaced_at {
	/* pc is the instruction's own: nothing is done, or one turn of many,
	 * or a jump to itself. */
	DISPLACED_AT_START,
	/* Done: pc is behind it, or where it went. */
	DISPLACED_PAST,
	/* Done, but the return address or the flags that it pushed could not be
	 * put right in memory: the stack has the slot's. */
	DISPLACED_SPOILT,
};
/*
 * Makes REGS true at a stop, and what a call pushed (by WORLD).  STEPPED: it ran
 * under a single step, so that the flags that pushf pushed have the step's TF.
 * Where it was let run, or is a system call, nothing but pc (and rcx) is looked
 * at, and a pc outside the slot stays.
 */
enum displaced_at displaced_after(const struct displaced *d,
                                  const struct displaced_copy *copy,
                                  const struct displaced_saved *saved,
                                  bool stepped,
                                  const struct displaced_world *world,
                                  struct arch_regs *regs);
/* The true address for a PC inside the slot; false: it is not inside, and *PC
 * stays. */
bool displaced_true_pc(const struct displaced *d, taddr slot, taddr *pc);
/* The same for si_addr, which is the instruction's own address for SIGILL, SIGFPE
 * and SIGTRAP; for other signals it is of data, and stays. */
bool displaced_true_fault(const struct displaced *d, taddr slot, int signo,
                          taddr *at);

/*
 * Straight-line code.  A block ends before the first instruction
 * that may go elsewhere than to the next one (`flow`: not FLOW_NEXT), or that
 * can't be told: `known` is false then, as at the end of BYTES.
 */
struct arch_block {
	size_t len;             /* bytes of instructions that just go on */
	size_t count;           /* instructions in them */
	bool known;
	enum insn_flow flow;    /* of the one that ends it */
	uint8_t end_len;        /* its bytes */
	bool has_target;        /* TARGET is where it goes, if it does */
	taddr target;
};
void arch_block_end(const struct arch *arch, const uint8_t *bytes, size_t n,
                    taddr address, struct arch_block *out);
/*
 * Whether D's near branch is taken by a thread that has the registers that
 * d->reads names; false too where that can't be told.
 */
bool displaced_is_taken(const struct displaced *d,
                        const struct arch_regs *regs);

/*
 * Code that a thread may be let run through, from ADDRESS, up to the next branch
 * that is taken, under a trap flag that it does not know of: conditional branches
 * are in it; calls to the kernel and what reads or writes flags as a whole are
 * not, nor is what can't be told.
 */
struct arch_stretch {
	size_t len;             /* bytes, LAST's included */
	bool closed;            /* it ends with a branch that is always taken */
};
void arch_block_stretch(const struct arch *arch, const uint8_t *bytes,
                        size_t n, taddr address, struct arch_stretch *out);

#endif
