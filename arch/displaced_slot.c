/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/displaced_internal.h"

#include <signal.h>
#include <string.h>

/* In a slot: where a far jump back finds where to. */
enum { FAR_TARGET = DISPLACED_SLOT_SIZE - 8 };

static bool fits_32(int64_t value)
{
	return value == (int32_t)value;
}

/* False: SLOT is too far away, and a register has to help. */
static bool aim_again(const struct displaced *d, taddr slot,
                      struct displaced_copy *copy)
{
	int32_t disp;
	int64_t aimed;

	memcpy(&disp, d->bytes + d->disp_at, sizeof(disp));
	aimed = (int64_t)(d->address - slot) + disp;
	if (!fits_32(aimed) && !d->disp_wraps)
		return false;
	disp = (int32_t)aimed;
	memcpy(copy->bytes + d->disp_at, &disp, sizeof(disp));
	return true;
}

/* disp32(%rip) becomes disp32(%scratch), of the same length. */
static void aim_by_register(const struct displaced *d,
                            struct displaced_copy *copy)
{
	uint8_t *modrm = &copy->bytes[d->modrm_at];

	*modrm = (uint8_t)((*modrm & 0x38) | 0x80 | d->scratch_rm);
	if (d->ext_at || d->ext_or || d->ext_and != 0xff)
		copy->bytes[d->ext_at] = (uint8_t)
			((copy->bytes[d->ext_at] & d->ext_and) | d->ext_or);
	copy->scratch = true;
}

/* What it must not go on from by itself, but may run up to. */
static void add_trap(const struct displaced *d, struct displaced_copy *copy)
{
	copy->bytes[d->len] = 0xcc;
	copy->size = d->len + 1;
	copy->traps_behind = true;
}

static void add_jump(const struct displaced *d, struct displaced_copy *copy)
{
	uint8_t *at = copy->bytes + d->len;
	taddr to = displaced_wrap(d, d->address + d->len);
	int64_t distance = (int64_t)(to - (copy->slot + d->len + 5));
	int32_t near = (int32_t)distance;

	if (fits_32(distance) || d->word == 4) {
		at[0] = 0xe9;
		memcpy(at + 1, &near, sizeof(near));
		copy->size = d->len + 5;
		return;
	}
	/* jmp *FAR_TARGET, and there where to: aligned, since with AC set
	 * anything else is a fault. */
	near = FAR_TARGET - (d->len + 6);
	memcpy(at, "\xff\x25", 2);
	memcpy(at + 2, &near, sizeof(near));
	memcpy(copy->bytes + FAR_TARGET, &to, sizeof(to));
	copy->size = DISPLACED_SLOT_SIZE;
}

static bool goes_on(const struct displaced *d)
{
	return d->flow == FLOW_NEXT || d->flow == FLOW_TRAP;
}

/* To a place that does not depend on where it stands. */
static bool leaves_alone(const struct displaced *d)
{
	return (d->flow == FLOW_JUMP || d->flow == FLOW_RETURN) && !d->relative;
}

void displaced_make_copy(const struct displaced *d, taddr slot,
                         struct displaced_copy *copy)
{
	*copy = (struct displaced_copy){ .slot = slot,
	                                 .before_writes = ARCH_REG_BIT(rip),
	                                 .after_reads = ARCH_REG_BIT(rip),
	                                 .after_writes = ARCH_REG_BIT(rip) };
	memcpy(copy->bytes, d->bytes, d->len);
	if (d->rip_relative && !aim_again(d, slot, copy))
		aim_by_register(d, copy);
	if (goes_on(d) && (copy->scratch || d->sets_trap_flag))
		add_trap(d, copy);
	else
		add_jump(d, copy);
	copy->one_stop = !copy->scratch && !copy->traps_behind &&
	                 (goes_on(d) || leaves_alone(d));
	if (copy->scratch) {
		copy->before_reads |= UINT32_C(1) << d->scratch;
		copy->before_writes |= UINT32_C(1) << d->scratch;
		copy->after_writes |= UINT32_C(1) << d->scratch;
	}
	if (d->flow == FLOW_CALL || d->op == OP_PUSHF) {
		copy->before_reads |= ARCH_REG_BIT(rsp) | ARCH_REG_BIT(eflags);
		copy->after_reads |= ARCH_REG_BIT(rsp);
	}
	if (d->how == DISPLACED_SYSCALL) {
		copy->after_reads |= ARCH_REG_BIT(rcx);
		copy->after_writes |= ARCH_REG_BIT(rcx);
	}
}

bool displaced_needs_step(const struct displaced_copy *copy, uint64_t flags)
{
	return displaced_resume(copy, flags) != DISPLACED_RUN;
}

enum displaced_resume displaced_resume(const struct displaced_copy *copy,
                                       uint64_t flags)
{
	if (flags & FLAG_TF)
		return DISPLACED_STEP;
	if (copy->traps_behind)
		return DISPLACED_RUN_TO_TRAP;
	return copy->one_stop ? DISPLACED_RUN : DISPLACED_STEP;
}

void displaced_before(const struct displaced *d,
                      const struct displaced_copy *copy, struct arch_regs *regs,
                      struct displaced_saved *saved)
{
	*saved = (struct displaced_saved){ .sp = regs->user.rsp,
	                                   .flags = regs->user.eflags };
	regs->user.rip = copy->slot;
	if (!copy->scratch)
		return;
	saved->scratch = displaced_reg(regs, d->scratch);
	displaced_reg_set(regs, d->scratch, d->address + d->len);
}

bool displaced_true_pc(const struct displaced *d, taddr slot, taddr *pc)
{
	taddr offset = *pc - slot;

	if (offset >= DISPLACED_SLOT_SIZE)
		return false;
	*pc = displaced_wrap(d, d->address +
	                        (offset < d->len ? offset : d->len));
	return true;
}

bool displaced_true_fault(const struct displaced *d, taddr slot, int signo,
                          taddr *at)
{
	return (signo == SIGILL || signo == SIGFPE || signo == SIGTRAP) &&
	       displaced_true_pc(d, slot, at);
}

/* The call has pushed the slot's address. */
static bool mend_return(const struct displaced *d,
                        const struct displaced_copy *copy,
                        const struct displaced_world *world, taddr sp)
{
	taddr ret = displaced_wrap(d, d->address + d->len);
	taddr wrong = displaced_wrap(d, copy->slot + d->len);

	return world->write(world->arg, sp, &ret, d->word) &&
	       (!world->shadow_push ||
	        (world->shadow_pop(world->arg, wrong) &&
	         world->shadow_push(world->arg, ret)));
}

static bool mend_flags(const struct displaced *d,
                       const struct displaced_world *world, taddr sp)
{
	uint64_t flags = 0;

	if (!world->read(world->arg, sp, &flags, d->op_size))
		return false;
	flags &= ~(uint64_t)FLAG_TF;
	return world->write(world->arg, sp, &flags, d->op_size);
}

static bool mend_stack(const struct displaced *d,
                       const struct displaced_copy *copy,
                       const struct displaced_saved *saved,
                       const struct displaced_world *world, taddr sp)
{
	if (d->flow == FLOW_CALL)
		return sp != displaced_wrap(d, saved->sp - d->word) ||
		       mend_return(d, copy, world, sp);
	if (d->op != OP_PUSHF || saved->flags & FLAG_TF ||
	    sp != displaced_wrap(d, saved->sp - d->op_size))
		return true;
	return mend_flags(d, world, sp);
}

enum displaced_at displaced_after(const struct displaced *d,
                                  const struct displaced_copy *copy,
                                  const struct displaced_saved *saved,
                                  bool stepped,
                                  const struct displaced_world *world,
                                  struct arch_regs *regs)
{
	taddr pc = regs->user.rip, place = pc;
	bool done = true;

	if (copy->scratch)
		displaced_reg_set(regs, d->scratch, saved->scratch);
	if (d->how == DISPLACED_SYSCALL && pc == copy->slot + d->len &&
	    d->bytes[d->len - 1] == 0x05 && regs->user.rcx == pc)
		regs->user.rcx = d->address + d->len;
	if (stepped && d->relative)
		place = displaced_wrap(d, pc - copy->slot + d->address);
	else
		displaced_true_pc(d, copy->slot, &place);
	regs->user.rip = place;
	if (stepped && (d->flow == FLOW_CALL || d->op == OP_PUSHF)) {
		done = mend_stack(d, copy, saved, world, regs->user.rsp);
		if (d->flow == FLOW_CALL && regs->user.rsp != saved->sp)
			return done ? DISPLACED_PAST : DISPLACED_SPOILT;
	}
	if (!done)
		return DISPLACED_SPOILT;
	return regs->user.rip == d->address ? DISPLACED_AT_START
	                                    : DISPLACED_PAST;
}
