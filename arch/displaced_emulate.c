/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/displaced_internal.h"

/* The flat data segment of 32-bit code: __USER_DS, linux/arch/x86/include/asm/
 * segment.h. */
enum { USER_DS = 0x2b };
/* Where user code may be without a fault at the branch, whatever the processor
 * and the kernel have. */
static const taddr user_end = UINT64_C(1) << 47;

/* One emulation.  What it does to registers stays in REGS until all is done. */
struct emulation {
	const struct displaced *d;
	const struct displaced_world *world;
	struct arch_regs *regs;
	taddr next;
};

static uint64_t cut(uint64_t value, unsigned size)
{
	return size >= 8 ? value : value & ((UINT64_C(1) << size * 8) - 1);
}

/* SP is what rsp is taken for: a pop's address is told after the pop. */
static taddr place_of(const struct emulation *e,
                      const struct displaced_operand *at, taddr sp)
{
	taddr sum = (taddr)at->value;

	if (at->reg == ARCH_REG_NUMBER(rsp))
		sum += sp;
	else if (at->reg >= 0)
		sum += displaced_reg(e->regs, at->reg);
	if (at->index >= 0)
		sum += displaced_reg(e->regs, at->index) * at->scale;
	if (at->address_bits == 32)
		sum = (uint32_t)sum;
	if (at->segment >= 0)
		sum += displaced_reg(e->regs, at->segment);
	return displaced_wrap(e->d, sum);
}

static bool get(const struct emulation *e, taddr at, uint64_t *value)
{
	*value = 0;
	return e->world->read(e->world->arg, at, value, e->d->op_size);
}

static bool put(const struct emulation *e, taddr at, uint64_t value)
{
	return e->world->write(e->world->arg, at, &value, e->d->op_size);
}

static bool source(const struct emulation *e, uint64_t *value)
{
	const struct displaced_operand *from = &e->d->from;

	switch (from->kind) {
	case OPERAND_IMM:
		*value = (uint64_t)from->value;
		return true;
	case OPERAND_REG:
		*value = displaced_reg(e->regs, from->reg);
		return true;
	case OPERAND_MEM:
		break;
	}
	return get(e, place_of(e, from, e->regs->user.rsp), value);
}

static bool go_to(struct emulation *e, uint64_t target)
{
	e->next = displaced_wrap(e->d, target);
	return e->next < user_end;
}

/* Intel's manual, volume 2, appendix B.1.4: tttn. */
static bool condition_holds(unsigned condition, uint64_t flags)
{
	bool cf = flags & 1, pf = flags & 4, zf = flags & 0x40;
	bool sf = flags & 0x80, of = flags & 0x800;
	bool holds;

	switch (condition >> 1) {
	case 0: holds = of; break;
	case 1: holds = cf; break;
	case 2: holds = zf; break;
	case 3: holds = cf || zf; break;
	case 4: holds = sf; break;
	case 5: holds = pf; break;
	case 6: holds = sf != of; break;
	default: holds = zf || sf != of; break;
	}
	return holds != (condition & 1);
}

/* COUNT is what rcx becomes. */
static bool loop_is_taken(const struct displaced *d,
                          const struct arch_regs *regs, uint64_t *count)
{
	bool zf = regs->user.eflags & 0x40;

	*count = cut(regs->user.rcx, d->count_size);
	if (d->condition == 3)
		return !*count;
	*count = cut(*count - 1, d->count_size);
	return *count && (d->condition == 2 || zf == (d->condition == 1));
}

bool displaced_is_taken(const struct displaced *d,
                        const struct arch_regs *regs)
{
	uint64_t count;

	switch (d->flow) {
	case FLOW_JUMP:
	case FLOW_CALL:
	case FLOW_RETURN:
		return true;
	case FLOW_BRANCH:
		break;
	default:
		return false;
	}
	if (d->how != DISPLACED_EMULATE)
		return false;
	return d->op == OP_JCC
	       ? condition_holds(d->condition, regs->user.eflags)
	       : d->op == OP_LOOP && loop_is_taken(d, regs, &count);
}

static bool emulate_loop(struct emulation *e)
{
	unsigned size = e->d->count_size;
	uint64_t rcx = e->regs->user.rcx;
	uint64_t count;

	if (loop_is_taken(e->d, e->regs, &count) &&
	    !go_to(e, (uint64_t)e->d->from.value))
		return false;
	if (e->d->condition != 3)
		e->regs->user.rcx = size == 2
			? (rcx & ~UINT64_C(0xffff)) | count : count;
	return true;
}

static bool emulate_push(struct emulation *e, uint64_t value)
{
	taddr sp = displaced_wrap(e->d, e->regs->user.rsp - e->d->op_size);

	if (!put(e, sp, value))
		return false;
	e->regs->user.rsp = sp;
	return true;
}

static bool emulate_call(struct emulation *e)
{
	const struct displaced_world *world = e->world;
	taddr ret = e->next;
	uint64_t target;
	taddr sp = e->regs->user.rsp;

	if (!source(e, &target) || !go_to(e, target) || !emulate_push(e, ret))
		return false;
	if (!world->shadow_push || world->shadow_push(world->arg, ret))
		return true;
	e->regs->user.rsp = sp;
	return false;
}

static bool emulate_ret(struct emulation *e)
{
	const struct displaced_world *world = e->world;
	taddr sp = e->regs->user.rsp;
	uint64_t target;

	if (!get(e, sp, &target) || !go_to(e, target) ||
	    (world->shadow_pop && !world->shadow_pop(world->arg, target)))
		return false;
	e->regs->user.rsp = displaced_wrap(e->d, sp + e->d->op_size +
	                                         e->d->pop_extra);
	return true;
}

static bool emulate_pop(struct emulation *e)
{
	const struct displaced_operand *to = &e->d->to;
	taddr sp = displaced_wrap(e->d, e->regs->user.rsp + e->d->op_size);
	uint64_t value;

	if (!get(e, e->regs->user.rsp, &value) ||
	    (to->kind == OPERAND_MEM && !put(e, place_of(e, to, sp), value)))
		return false;
	e->regs->user.rsp = sp;
	if (to->kind == OPERAND_REG)
		displaced_reg_set(e->regs, to->reg, value);
	return true;
}

static bool emulate_leave(struct emulation *e)
{
	taddr sp = e->regs->user.rbp;
	uint64_t value;

	if (!get(e, sp, &value))
		return false;
	e->regs->user.rsp = displaced_wrap(e->d, sp + e->d->op_size);
	e->regs->user.rbp = value;
	return true;
}

static bool emulate_move(struct emulation *e)
{
	uint64_t value;

	if (e->d->op == OP_LEA)
		value = place_of(e, &e->d->from, e->regs->user.rsp);
	else if (!source(e, &value))
		return false;
	displaced_reg_set(e->regs, e->d->to.reg, cut(value, e->d->op_size));
	return true;
}

static bool emulate(struct emulation *e)
{
	uint64_t value;

	switch (e->d->op) {
	case OP_NOP:
		return true;
	case OP_JMP:
		return source(e, &value) && go_to(e, value);
	case OP_JCC:
		return !condition_holds(e->d->condition,
		                        e->regs->user.eflags) ||
		       go_to(e, (uint64_t)e->d->from.value);
	case OP_LOOP:
		return emulate_loop(e);
	case OP_CALL:
		return emulate_call(e);
	case OP_RET:
		return emulate_ret(e);
	case OP_PUSH:
		return source(e, &value) && emulate_push(e, value);
	case OP_POP:
		return emulate_pop(e);
	case OP_PUSHF:
		return emulate_push(e, e->regs->user.eflags &
		                       ~(uint64_t)(FLAG_RF | FLAG_VM));
	case OP_LEAVE:
		return emulate_leave(e);
	case OP_MOV:
	case OP_LEA:
		return emulate_move(e);
	case OP_NONE:
		break;
	}
	return false;
}

/* The tracee steps itself, or wants faults for odd addresses, or (32 bits) has
 * segments that begin elsewhere than at 0. */
static bool is_unusual(const struct displaced *d, const struct arch_regs *regs)
{
	if (regs->user.eflags & FLAG_TF)
		return true;
	if (d->touches_memory && regs->user.eflags & FLAG_AC)
		return true;
	return (d->reads & ARCH_REG_BIT(ss)) &&
	       (regs->user.ss != USER_DS || regs->user.ds != USER_DS);
}

bool displaced_emulate(const struct displaced *d,
                       const struct displaced_world *world,
                       struct arch_regs *regs)
{
	struct emulation e = { d, world, regs,
	                       displaced_wrap(d, d->address + d->len) };

	if (d->how != DISPLACED_EMULATE || is_unusual(d, regs) || !emulate(&e))
		return false;
	regs->user.rip = e.next;
	return true;
}
