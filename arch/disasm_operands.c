/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operands of instructions, in both syntaxes. */
#include "arch/disasm_internal.h"

#include <string.h>

static uint64_t cut_to(uint64_t value, unsigned bits)
{
	return bits >= 64 ? value : value & ((1ull << bits) - 1);
}

static void put_register(const struct insn *in, ZydisRegister reg,
                         struct cut_text *t)
{
	const char *name = ZydisRegisterGetString(reg);
	const char *mark = in->att ? "%" : "";

	if (!name)
		return;
	/* The old name, which objdump keeps in this syntax. */
	if (in->att && reg >= ZYDIS_REGISTER_DR0 && reg <= ZYDIS_REGISTER_DR15)
		cut_printf(t, "%%db%s", name + 2);
	else
		cut_printf(t, "%s%s", mark, name);
}

/* The top of the stack is %st where it is understood, else %st(0). */
static void put_x87(const struct insn *in, const ZydisDecodedOperand *op,
                    struct cut_text *t)
{
	unsigned number = op->reg.value - ZYDIS_REGISTER_ST0;

	cut_printf(t, in->att ? "%%st" : "st");
	if (number || op->encoding != ZYDIS_OPERAND_ENCODING_NONE)
		cut_printf(t, "(%u)", number);
}

/* Signed ones are as wide as what they are for. */
static void put_immediate(const struct insn *in, const ZydisDecodedOperand *op,
                          struct cut_text *t)
{
	unsigned width = op->imm.is_signed ? in->z.operand_width : op->size;

	if (op->visibility == ZYDIS_OPERAND_VISIBILITY_IMPLICIT) {
		cut_printf(t, "%llu", (unsigned long long)op->imm.value.u);
		return;
	}
	if (in->z.mnemonic == ZYDIS_MNEMONIC_PUSH)
		width = in->z.operand_width == 16 ? 16 : in->z.stack_width;
	cut_printf(t, "%s0x%llx", in->att ? "$" : "",
	           (unsigned long long)cut_to(op->imm.value.u, width));
}

static void put_signed(struct cut_text *t, int64_t value, bool plus)
{
	if (value < 0)
		cut_printf(t, "-0x%llx",
		           (unsigned long long)-(uint64_t)value);
	else
		cut_printf(t, "%s0x%llx", plus ? "+" : "",
		           (unsigned long long)value);
}

/* Which one is said: in 64-bit code only fs and gs have any effect. */
static bool says_segment(const struct insn *in, const ZydisDecodedOperand *op)
{
	uint64_t has = in->z.attributes;

	if (op->mem.type == ZYDIS_MEMOP_TYPE_AGEN)
		return false;
	if (has & (ZYDIS_ATTRIB_HAS_SEGMENT_FS | ZYDIS_ATTRIB_HAS_SEGMENT_GS))
		return true;
	return !in->long_mode && has & ZYDIS_ATTRIB_HAS_SEGMENT &&
	       !(has & ZYDIS_ATTRIB_HAS_NOTRACK);
}

static bool is_pc(ZydisRegister reg)
{
	return reg == ZYDIS_REGISTER_RIP || reg == ZYDIS_REGISTER_EIP;
}

/* A SIB byte that names no index, where none was needed. */
static bool has_empty_index(const struct insn *in)
{
	return in->z.attributes & ZYDIS_ATTRIB_HAS_SIB &&
	       in->z.raw.sib.index == 4 &&
	       (in->z.raw.sib.base != 4 || in->z.raw.sib.scale) &&
	       !(in->z.raw.sib.base == 5 && in->z.raw.modrm.mod == 0);
}

static void put_memory_att(const struct insn *in, const ZydisDecodedOperand *op,
                           struct cut_text *t)
{
	bool base = op->mem.base != ZYDIS_REGISTER_NONE;
	bool index = op->mem.index != ZYDIS_REGISTER_NONE;
	bool disp = in->z.raw.disp.size || op->mem.disp.value;

	if (says_segment(in, op)) {
		put_register(in, op->mem.segment, t);
		cut_printf(t, ":");
	}
	if (!base && !index)
		cut_printf(t, "0x%llx", (unsigned long long)cut_to(
			(uint64_t)op->mem.disp.value, in->z.address_width));
	else if (disp)
		put_signed(t, op->mem.disp.value, false);
	if (!base && !index)
		return;
	cut_printf(t, "(");
	if (base)
		put_register(in, op->mem.base, t);
	if (index) {
		cut_printf(t, ",");
		put_register(in, op->mem.index, t);
		cut_printf(t, ",%u", op->mem.scale ? op->mem.scale : 1);
	} else if (has_empty_index(in)) {
		cut_printf(t, ",%%%s,%u", in->long_mode ? "riz" : "eiz",
		           1U << in->z.raw.sib.scale);
	}
	cut_printf(t, ")");
}

/* "QWORD PTR "; nothing for what only has an address. */
static void put_size(const struct insn *in, const ZydisDecodedOperand *op,
                     struct cut_text *t)
{
	static const struct { unsigned bits; const char *name; } names[] = {
		{ 8, "BYTE" }, { 16, "WORD" }, { 32, "DWORD" }, { 48, "FWORD" },
		{ 64, "QWORD" }, { 80, "TBYTE" }, { 128, "XMMWORD" },
		{ 256, "YMMWORD" }, { 512, "ZMMWORD" },
	};
	bool spread = in->z.avx.broadcast.mode && !in->z.avx.broadcast.is_static;
	unsigned bits = spread ? op->element_size : op->size;

	/* Of an address that stands in the opcode the register tells it. */
	if (op->mem.type == ZYDIS_MEMOP_TYPE_AGEN ||
	    op->encoding != ZYDIS_OPERAND_ENCODING_MODRM_RM)
		return;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].bits == bits)
			cut_printf(t, "%s %s ", names[i].name,
			           spread ? "BCST" : "PTR");
}

static void put_memory_intel(const struct insn *in,
                             const ZydisDecodedOperand *op, struct cut_text *t)
{
	bool base = op->mem.base != ZYDIS_REGISTER_NONE;
	bool index = op->mem.index != ZYDIS_REGISTER_NONE;
	bool disp = in->z.raw.disp.size || op->mem.disp.value;

	put_size(in, op, t);
	if (says_segment(in, op) || (!base && !index))
		cut_printf(t, "%s:", ZydisRegisterGetString(op->mem.segment)
		           ? ZydisRegisterGetString(op->mem.segment) : "ds");
	if (!base && !index) {
		cut_printf(t, "0x%llx", (unsigned long long)cut_to(
			(uint64_t)op->mem.disp.value, in->z.address_width));
		return;
	}
	cut_printf(t, "[");
	if (base)
		put_register(in, op->mem.base, t);
	if (index) {
		cut_printf(t, base ? "+" : "");
		put_register(in, op->mem.index, t);
		cut_printf(t, "*%u", op->mem.scale ? op->mem.scale : 1);
	} else if (has_empty_index(in)) {
		cut_printf(t, "+%s*%u", in->long_mode ? "riz" : "eiz",
		           1U << in->z.raw.sib.scale);
	}
	if (disp && is_pc(op->mem.base))
		cut_printf(t, "+0x%llx", (unsigned long long)cut_to(
			(uint64_t)op->mem.disp.value, in->z.address_width));
	else if (disp)
		put_signed(t, op->mem.disp.value, true);
	cut_printf(t, "]");
}

static void put_broadcast(const struct insn *in, struct cut_text *t)
{
	static const char *const modes[] = {
		[ZYDIS_BROADCAST_MODE_1_TO_2] = "{1to2}",
		[ZYDIS_BROADCAST_MODE_1_TO_4] = "{1to4}",
		[ZYDIS_BROADCAST_MODE_1_TO_8] = "{1to8}",
		[ZYDIS_BROADCAST_MODE_1_TO_16] = "{1to16}",
		[ZYDIS_BROADCAST_MODE_1_TO_32] = "{1to32}",
	};
	unsigned mode = in->z.avx.broadcast.mode;

	if (!in->z.avx.broadcast.is_static && mode < ARRAY_LEN(modes) &&
	    modes[mode] && in->att)
		cut_printf(t, "%s", modes[mode]);
}

/* "*" marks what is jumped to through a register or memory. */
static bool is_indirect(const struct insn *in)
{
	return in->att && (in->z.mnemonic == ZYDIS_MNEMONIC_CALL ||
	                   in->z.mnemonic == ZYDIS_MNEMONIC_JMP);
}

static bool is_mask(const ZydisDecodedOperand *op)
{
	return op->type == ZYDIS_OPERAND_TYPE_REGISTER &&
	       op->reg.value >= ZYDIS_REGISTER_K0 &&
	       op->reg.value <= ZYDIS_REGISTER_K7;
}

/* Behind the operand that it masks, the first. */
static void put_mask(const struct insn *in, const ZydisDecodedOperand *op,
                     struct cut_text *t)
{
	switch (in->z.avx.mask.mode) {
	case ZYDIS_MASK_MODE_MERGING:
	case ZYDIS_MASK_MODE_ZEROING:
	case ZYDIS_MASK_MODE_CONTROL:
	case ZYDIS_MASK_MODE_CONTROL_ZEROING:
		if (in->z.avx.mask.reg == ZYDIS_REGISTER_K0)
			break;
		cut_printf(t, in->att ? "{%%%s}" : "{%s}",
		           ZydisRegisterGetString(in->z.avx.mask.reg));
		/* Into a mask zeroing is the only way, and not said. */
		if (!is_mask(op) &&
		    (in->z.avx.mask.mode == ZYDIS_MASK_MODE_ZEROING ||
		     in->z.avx.mask.mode == ZYDIS_MASK_MODE_CONTROL_ZEROING))
			cut_printf(t, "{z}");
		break;
	default:
		break;
	}
}

static bool is_segment(const ZydisDecodedOperand *op)
{
	return op->type == ZYDIS_OPERAND_TYPE_REGISTER &&
	       op->reg.value >= ZYDIS_REGISTER_ES &&
	       op->reg.value <= ZYDIS_REGISTER_GS;
}

static void put_any_register(const struct insn *in, unsigned i,
                             struct cut_text *t)
{
	const ZydisDecodedOperand *op = &in->operands[i];
	ZydisRegister reg = op->reg.value;
	bool port = in->z.mnemonic == ZYDIS_MNEMONIC_IN ||
	            in->z.mnemonic == ZYDIS_MNEMONIC_OUT;

	if (reg >= ZYDIS_REGISTER_ST0 && reg <= ZYDIS_REGISTER_ST7) {
		put_x87(in, op, t);
		return;
	}
	if (in->att && port && reg == ZYDIS_REGISTER_DX) {
		cut_printf(t, "(%%dx)");
		return;
	}
	/* From and to a segment register the whole one is meant. */
	if (in->z.mnemonic == ZYDIS_MNEMONIC_MOV && reg >= ZYDIS_REGISTER_AX &&
	    reg <= ZYDIS_REGISTER_R15W && is_segment(&in->operands[!i]))
		reg = ZydisRegisterEncode(
			in->z.operand_width == 64 ? ZYDIS_REGCLASS_GPR64
			: in->z.operand_width == 32 ? ZYDIS_REGCLASS_GPR32
			: ZYDIS_REGCLASS_GPR16, (ZyanU8)ZydisRegisterGetId(reg));
	put_register(in, reg, t);
}

static void put_operand(const struct insn *in, unsigned i, struct cut_text *t)
{
	const ZydisDecodedOperand *op = &in->operands[i];

	switch (op->type) {
	case ZYDIS_OPERAND_TYPE_REGISTER:
		if (is_indirect(in))
			cut_printf(t, "*");
		put_any_register(in, i, t);
		break;
	case ZYDIS_OPERAND_TYPE_MEMORY:
		if (is_indirect(in))
			cut_printf(t, "*");
		if (in->att)
			put_memory_att(in, op, t);
		else
			put_memory_intel(in, op, t);
		put_broadcast(in, t);
		break;
	case ZYDIS_OPERAND_TYPE_IMMEDIATE:
		put_immediate(in, op, t);
		break;
	case ZYDIS_OPERAND_TYPE_POINTER:
		cut_printf(t, in->att ? "$0x%x,$0x%x" : "0x%x:0x%x",
		           op->ptr.segment, op->ptr.offset);
		break;
	default:
		break;
	}
	if (i == 0)
		put_mask(in, op, t);
}

static const char *rounding(const struct insn *in)
{
	static const char *const modes[] = {
		[ZYDIS_ROUNDING_MODE_RN] = "{rn-sae}",
		[ZYDIS_ROUNDING_MODE_RD] = "{rd-sae}",
		[ZYDIS_ROUNDING_MODE_RU] = "{ru-sae}",
		[ZYDIS_ROUNDING_MODE_RZ] = "{rz-sae}",
	};
	unsigned mode = in->z.avx.rounding.mode;

	if (mode && mode < ARRAY_LEN(modes))
		return modes[mode];
	return in->z.avx.has_sae ? "{sae}" : NULL;
}

/* A shift by one has its count in the opcode and does not say it. */
static bool is_silent(const struct insn *in, const ZydisDecodedOperand *op)
{
	return op->encoding == ZYDIS_OPERAND_ENCODING_MASK ||
	       (in->att && op->type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
	        op->visibility == ZYDIS_OPERAND_VISIBILITY_IMPLICIT);
}

/* An operand that no byte names. */
static bool takes_xmm0(const struct insn *in)
{
	switch (in->z.mnemonic) {
	case ZYDIS_MNEMONIC_SHA256RNDS2:
	case ZYDIS_MNEMONIC_BLENDVPS:
	case ZYDIS_MNEMONIC_BLENDVPD:
	case ZYDIS_MNEMONIC_PBLENDVB:
		return in->z.operand_count_visible == 2;
	default:
		return false;
	}
}

/* The top of the stack, which a comparison does not name. */
static bool compares_top(const struct insn *in)
{
	switch (in->z.mnemonic) {
	case ZYDIS_MNEMONIC_FCOM:
	case ZYDIS_MNEMONIC_FCOMP:
	case ZYDIS_MNEMONIC_FUCOM:
	case ZYDIS_MNEMONIC_FUCOMP:
		return in->z.operand_count_visible == 2;
	default:
		return false;
	}
}

void insn_operands(const struct insn *in, int left_out, struct cut_text *text)
{
	unsigned count = in->z.mnemonic == ZYDIS_MNEMONIC_NOP
	               ? in->z.operand_count_visible > 0
	               : in->z.operand_count_visible;
	bool turned = in->att && in->z.mnemonic != ZYDIS_MNEMONIC_ENTER;
	const char *mode = rounding(in);
	const char *comma = "";

	if (takes_xmm0(in) && in->att)
		cut_printf(text, "%%xmm0,");
	if (mode && in->att) {
		cut_printf(text, "%s", mode);
		comma = ",";
	}
	for (unsigned i = 0; i < count; i++) {
		unsigned at = turned ? count - 1 - i : i;

		if ((int)at == left_out || is_silent(in, &in->operands[at]) ||
		    (at == 0 && compares_top(in)))
			continue;
		cut_printf(text, "%s", comma);
		put_operand(in, at, text);
		comma = ",";
	}
	if (takes_xmm0(in) && !in->att)
		cut_printf(text, ",xmm0");
	if (mode && !in->att)
		cut_printf(text, "%s%s", comma, mode);
}
