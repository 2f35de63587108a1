/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The DWARF operations of call frame information: what a CFA or a saved
 * register's place is computed by.  Only those may stand there that need no
 * unit and no frame base (DWARF 5, 6.4.2.3).  Any other makes it unusable.
 */
#include "symbols/unwind_internal.h"

enum { CFI_STACK = 64, CFI_MAX_STEPS = 10000 };

struct machine {
	const struct cfi_machine *m;
	uint64_t stack[CFI_STACK];
	size_t depth;
	enum cfi_kind kind;       /* of the top, in the end */
	taddr fault;
};

static bool push(struct machine *x, uint64_t value)
{
	if (x->depth == CFI_STACK)
		return false;
	if (x->m->word == 4)
		value = (uint32_t)value;
	x->stack[x->depth++] = value;
	return true;
}

static bool push_reg(struct machine *x, uint64_t reg, uint64_t offset)
{
	if (reg >= FRAME_REGS || !regs_known(x->m->regs, (unsigned)reg))
		return false;
	return push(x, x->m->regs->value[reg] + offset);
}

static bool deref(struct machine *x, size_t size)
{
	uint64_t value = 0;
	taddr addr;

	if (!x->depth || !size || size > sizeof(value))
		return false;
	addr = x->stack[--x->depth];
	if (memory_read(x->m->memory, addr, &value, size) != size) {
		x->kind = CFI_FAULT;
		x->fault = addr;
		return false;
	}
	return push(x, value);
}

/* Signed, in the width of the tracee's word. */
static int64_t as_signed(const struct machine *x, uint64_t value)
{
	return x->m->word == 4 ? (int32_t)(uint32_t)value : (int64_t)value;
}

static bool divide(struct machine *x, uint8_t op, uint64_t a, uint64_t b)
{
	if (!b)
		return false;
	if (op == DW_OP_mod)
		return push(x, a % b);
	if (as_signed(x, b) == -1)
		return push(x, -a);
	return push(x, (uint64_t)(as_signed(x, a) / as_signed(x, b)));
}

static uint64_t shifted(const struct machine *x, uint8_t op, uint64_t a,
                        uint64_t b)
{
	unsigned bits = x->m->word * 8U;

	if (op == DW_OP_shra)
		return (uint64_t)(as_signed(x, a) >> (b < bits ? b : bits - 1));
	if (b >= bits)
		return 0;
	return op == DW_OP_shl ? a << b : a >> b;
}

/* What takes two and leaves one. */
static bool binary(struct machine *x, uint8_t op)
{
	uint64_t a, b;

	if (x->depth < 2)
		return false;
	b = x->stack[--x->depth];
	a = x->stack[--x->depth];
	switch (op) {
	case DW_OP_and: return push(x, a & b);
	case DW_OP_or: return push(x, a | b);
	case DW_OP_xor: return push(x, a ^ b);
	case DW_OP_plus: return push(x, a + b);
	case DW_OP_minus: return push(x, a - b);
	case DW_OP_mul: return push(x, a * b);
	case DW_OP_div: case DW_OP_mod: return divide(x, op, a, b);
	case DW_OP_shl: case DW_OP_shr: case DW_OP_shra:
		return push(x, shifted(x, op, a, b));
	case DW_OP_eq: return push(x, a == b);
	case DW_OP_ne: return push(x, a != b);
	case DW_OP_lt: return push(x, as_signed(x, a) < as_signed(x, b));
	case DW_OP_le: return push(x, as_signed(x, a) <= as_signed(x, b));
	case DW_OP_gt: return push(x, as_signed(x, a) > as_signed(x, b));
	case DW_OP_ge: return push(x, as_signed(x, a) >= as_signed(x, b));
	default: return false;
	}
}

static bool unary(struct machine *x, const Dwarf_Op *op)
{
	uint64_t *top;

	if (!x->depth)
		return false;
	top = &x->stack[x->depth - 1];
	switch (op->atom) {
	case DW_OP_abs:
		if (as_signed(x, *top) < 0)
			*top = -*top;
		break;
	case DW_OP_neg: *top = -*top; break;
	case DW_OP_not: *top = ~*top; break;
	case DW_OP_plus_uconst: *top += op->number; break;
	default: return false;
	}
	if (x->m->word == 4)
		*top = (uint32_t)*top;
	return true;
}

/* DW_OP_dup to DW_OP_rot. */
static bool shuffle(struct machine *x, const Dwarf_Op *op)
{
	uint64_t *end = x->stack + x->depth;
	uint64_t keep;

	switch (op->atom) {
	case DW_OP_dup:
		return x->depth && push(x, end[-1]);
	case DW_OP_drop:
		return x->depth && x->depth--;
	case DW_OP_over:
		return x->depth > 1 && push(x, end[-2]);
	case DW_OP_pick:
		return op->number < x->depth &&
		       push(x, end[-1 - (ptrdiff_t)op->number]);
	case DW_OP_swap:
		if (x->depth < 2)
			return false;
		keep = end[-1];
		end[-1] = end[-2];
		end[-2] = keep;
		return true;
	case DW_OP_rot:
		if (x->depth < 3)
			return false;
		keep = end[-1];
		end[-1] = end[-2];
		end[-2] = end[-3];
		end[-3] = keep;
		return true;
	default:
		return false;
	}
}

static bool operate(struct machine *x, const Dwarf_Op *op)
{
	uint8_t atom = op->atom;

	if (atom >= DW_OP_lit0 && atom <= DW_OP_lit31)
		return push(x, atom - DW_OP_lit0);
	if (atom >= DW_OP_breg0 && atom <= DW_OP_breg31)
		return push_reg(x, atom - DW_OP_breg0, op->number);
	if (atom >= DW_OP_reg0 && atom <= DW_OP_reg31) {
		x->kind = CFI_REGISTER;
		return push(x, atom - DW_OP_reg0);
	}
	switch (atom) {
	case DW_OP_addr: case DW_OP_const1u: case DW_OP_const1s:
	case DW_OP_const2u: case DW_OP_const2s: case DW_OP_const4u:
	case DW_OP_const4s: case DW_OP_const8u: case DW_OP_const8s:
	case DW_OP_constu: case DW_OP_consts:
		return push(x, op->number);
	case DW_OP_bregx: return push_reg(x, op->number, op->number2);
	case DW_OP_regx:
		x->kind = CFI_REGISTER;
		return push(x, op->number);
	case DW_OP_call_frame_cfa: return push(x, x->m->cfa);
	case DW_OP_deref: return deref(x, x->m->word);
	case DW_OP_deref_size: return deref(x, op->number);
	case DW_OP_stack_value:
		x->kind = CFI_VALUE;
		return true;
	case DW_OP_nop: return true;
	case DW_OP_dup: case DW_OP_drop: case DW_OP_over: case DW_OP_pick:
	case DW_OP_swap: case DW_OP_rot:
		return shuffle(x, op);
	case DW_OP_abs: case DW_OP_neg: case DW_OP_not:
	case DW_OP_plus_uconst:
		return unary(x, op);
	default: return binary(x, atom);
	}
}

/* The operation that a branch at OPS[AT] goes to; COUNT: to none, or the end. */
static size_t branch(const Dwarf_Op *ops, size_t count, size_t at)
{
	uint64_t to = ops[at].offset + 3 +
	              (uint64_t)(int64_t)(int16_t)ops[at].number;

	for (size_t i = 0; i < count; i++)
		if (ops[i].offset == to)
			return i;
	return count;
}

void cfi_evaluate(const struct cfi_machine *m, const Dwarf_Op *ops,
                  size_t count, struct cfi_result *result)
{
	struct machine x = { .m = m, .kind = CFI_ADDRESS };
	unsigned steps = 0;

	result->kind = CFI_BAD;
	for (size_t at = 0; at < count;) {
		const Dwarf_Op *op = &ops[at];

		if (++steps > CFI_MAX_STEPS)
			return;
		if (op->atom == DW_OP_skip) {
			at = branch(ops, count, at);
		} else if (op->atom == DW_OP_bra) {
			if (!x.depth)
				return;
			at = x.stack[--x.depth] ? branch(ops, count, at)
			                        : at + 1;
		} else if (operate(&x, op)) {
			at++;
		} else {
			if (x.kind == CFI_FAULT) {
				result->kind = CFI_FAULT;
				result->value = x.fault;
			}
			return;
		}
	}
	if (!x.depth)
		return;
	result->kind = x.kind;
	result->value = x.stack[x.depth - 1];
}
