/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which instructions are emulated, and what that needs to know of them. */
#include "arch/displaced_internal.h"

static uint32_t bit(int number)
{
	return number < 0 ? 0 : UINT32_C(1) << number;
}

/*
 * 64-bit code has segments of base 0 but for fs and gs.  In 32-bit code ds and
 * ss usually have, which displaced_emulate looks at; what the others are is not
 * known here.
 */
static bool take_segment(ZydisRegister segment, struct displaced *d,
                         struct displaced_operand *to)
{
	switch (segment) {
	case ZYDIS_REGISTER_FS:
		to->segment = ARCH_REG_NUMBER(fs_base);
		break;
	case ZYDIS_REGISTER_GS:
		to->segment = ARCH_REG_NUMBER(gs_base);
		break;
	case ZYDIS_REGISTER_DS:
	case ZYDIS_REGISTER_SS:
		if (d->word == 4)
			d->reads |= ARCH_REG_BIT(ds) | ARCH_REG_BIT(ss);
		return true;
	default:
		return d->word == 8;
	}
	d->reads |= bit(to->segment);
	return d->word == 8;
}

static bool take_memory(const ZydisDecodedInstruction *z,
                        const ZydisDecodedOperand *op, struct displaced *d,
                        struct displaced_operand *to)
{
	to->kind = OPERAND_MEM;
	to->reg = (int8_t)displaced_reg_number(op->mem.base);
	to->index = (int8_t)displaced_reg_number(op->mem.index);
	to->segment = -1;
	to->scale = op->mem.scale;
	to->address_bits = z->address_width;
	to->value = op->mem.disp.has_displacement ? op->mem.disp.value : 0;
	if (z->address_width < 32)
		return false;
	if (to->reg == ARCH_REG_NUMBER(rip)) {
		to->reg = -1;
		to->value += (int64_t)(d->address + d->len);
	}
	d->reads |= bit(to->reg) | bit(to->index);
	if (op->mem.type == ZYDIS_MEMOP_TYPE_AGEN)
		return true;
	d->touches_memory = true;
	return take_segment(op->mem.segment, d, to);
}

static bool take_register(const ZydisDecodedOperand *op,
                          struct displaced_operand *to)
{
	switch (ZydisRegisterGetClass(op->reg.value)) {
	case ZYDIS_REGCLASS_GPR32:
	case ZYDIS_REGCLASS_GPR64:
		to->kind = OPERAND_REG;
		to->reg = (int8_t)displaced_reg_number(op->reg.value);
		return true;
	default:
		return false;
	}
}

static bool take_from(const ZydisDecodedInstruction *z,
                      const ZydisDecodedOperand *op, struct displaced *d)
{
	switch (op->type) {
	case ZYDIS_OPERAND_TYPE_IMMEDIATE:
		d->from.kind = OPERAND_IMM;
		d->from.value = op->imm.value.s;
		if (op->imm.is_relative)
			d->from.value += (int64_t)(d->address + d->len);
		return true;
	case ZYDIS_OPERAND_TYPE_REGISTER:
		if (!take_register(op, &d->from))
			return false;
		d->reads |= bit(d->from.reg);
		return true;
	case ZYDIS_OPERAND_TYPE_MEMORY:
		return take_memory(z, op, d, &d->from);
	default:
		return false;
	}
}

static bool take_to(const ZydisDecodedInstruction *z,
                    const ZydisDecodedOperand *op, struct displaced *d)
{
	if (op->type == ZYDIS_OPERAND_TYPE_MEMORY)
		return take_memory(z, op, d, &d->to);
	if (op->type != ZYDIS_OPERAND_TYPE_REGISTER ||
	    !take_register(op, &d->to))
		return false;
	d->writes |= bit(d->to.reg);
	return true;
}

static void take_stack(struct displaced *d)
{
	d->touches_memory = true;
	d->reads |= ARCH_REG_BIT(rsp);
	d->writes |= ARCH_REG_BIT(rsp);
	if (d->word == 4)
		d->reads |= ARCH_REG_BIT(ss) | ARCH_REG_BIT(ds);
}

static bool is_branch(const ZydisDecodedInstruction *z,
                      const ZydisDecodedOperand *operands, struct displaced *d)
{
	d->op_size = d->word;
	if (d->flow == FLOW_RETURN) {
		d->op = OP_RET;
		d->pop_extra = z->opcode == 0xc2
		               ? (uint16_t)z->raw.imm[0].value.u : 0;
		take_stack(d);
		return true;
	}
	if (!take_from(z, &operands[0], d))
		return false;
	d->condition = z->opcode & 0xf;
	d->op = d->flow == FLOW_JUMP ? OP_JMP : OP_JCC;
	if (d->flow == FLOW_CALL) {
		d->op = OP_CALL;
		take_stack(d);
	} else if (d->flow == FLOW_BRANCH &&
	           z->opcode_map == ZYDIS_OPCODE_MAP_DEFAULT &&
	           z->opcode >= 0xe0) {
		d->op = OP_LOOP;
		/* f3 makes a loope of loopne, and f2 the other way. */
		if (displaced_has_prefix(z, 0xf2) ||
		    displaced_has_prefix(z, 0xf3))
			return false;
		d->count_size = z->address_width / 8;
		d->reads |= ARCH_REG_BIT(rcx);
		if (d->condition != 3)
			d->writes |= ARCH_REG_BIT(rcx);
	}
	return true;
}

static bool is_push_or_pop(const ZydisDecodedInstruction *z,
                           const ZydisDecodedOperand *operands,
                           struct displaced *d)
{
	d->op_size = z->operand_width / 8;
	d->op = z->mnemonic == ZYDIS_MNEMONIC_PUSH ? OP_PUSH : OP_POP;
	if (d->op_size != d->word)
		return false;
	take_stack(d);
	return d->op == OP_PUSH ? take_from(z, &operands[0], d)
	                        : take_to(z, &operands[0], d);
}

static bool is_move(const ZydisDecodedInstruction *z,
                    const ZydisDecodedOperand *operands, struct displaced *d)
{
	d->op = z->mnemonic == ZYDIS_MNEMONIC_LEA ? OP_LEA : OP_MOV;
	d->op_size = operands[0].size / 8;
	if (z->encoding != ZYDIS_INSTRUCTION_ENCODING_LEGACY ||
	    operands[0].type != ZYDIS_OPERAND_TYPE_REGISTER ||
	    (d->op == OP_MOV &&
	     operands[1].type == ZYDIS_OPERAND_TYPE_MEMORY))
		return false;
	return take_to(z, &operands[0], d) && take_from(z, &operands[1], d);
}

static bool is_pushf(const ZydisDecodedInstruction *z, struct displaced *d)
{
	d->op = OP_PUSHF;
	d->op_size = z->operand_width / 8;
	take_stack(d);
	return true;
}

static bool is_leave(const ZydisDecodedInstruction *z, struct displaced *d)
{
	d->op = OP_LEAVE;
	d->op_size = z->operand_width / 8;
	take_stack(d);
	d->reads |= ARCH_REG_BIT(rbp);
	d->writes |= ARCH_REG_BIT(rbp);
	return d->op_size == d->word;
}

static bool try(const ZydisDecodedInstruction *z,
                const ZydisDecodedOperand *operands, struct displaced *d)
{
	switch (z->mnemonic) {
	case ZYDIS_MNEMONIC_NOP:
		d->op = OP_NOP;
		/* 0f 0d and others are none on every processor. */
		return z->opcode == 0x90 || z->opcode == 0x1f;
	case ZYDIS_MNEMONIC_ENDBR32:
	case ZYDIS_MNEMONIC_ENDBR64:
		d->op = OP_NOP;
		return true;
	case ZYDIS_MNEMONIC_PUSH:
	case ZYDIS_MNEMONIC_POP:
		return is_push_or_pop(z, operands, d);
	case ZYDIS_MNEMONIC_MOV:
	case ZYDIS_MNEMONIC_LEA:
		return is_move(z, operands, d);
	case ZYDIS_MNEMONIC_PUSHF:
	case ZYDIS_MNEMONIC_PUSHFD:
	case ZYDIS_MNEMONIC_PUSHFQ:
		return is_pushf(z, d);
	case ZYDIS_MNEMONIC_LEAVE:
		return is_leave(z, d);
	default:
		return d->flow != FLOW_NEXT && d->flow != FLOW_TRAP &&
		       is_branch(z, operands, d);
	}
}

bool displaced_simple(const ZydisDecodedInstruction *z,
                      const ZydisDecodedOperand *operands, struct displaced *d)
{
	d->reads = ARCH_REG_BIT(eflags);
	d->writes = ARCH_REG_BIT(rip);
	if (try(z, operands, d))
		return true;
	d->reads = d->writes = 0;
	d->touches_memory = false;
	if (d->op != OP_PUSHF)
		d->op = OP_NONE;
	return false;
}
