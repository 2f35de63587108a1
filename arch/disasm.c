/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arch/disasm.h"

#include "arch/disasm_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cut_printf(struct cut_text *t, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(t->data + t->len, t->size - t->len, fmt, args);
	va_end(args);
	if (len > 0)
		t->len += (size_t)len;
	if (t->len >= t->size)
		t->len = t->size - 1;
}

/* A REX prefix that has no effect: "rex.WRXB". */
static void put_rex(struct cut_text *t, uint8_t rex)
{
	cut_printf(t, "rex%s%s%s%s%s ", rex & 15 ? "." : "",
	           rex & 8 ? "W" : "", rex & 4 ? "R" : "", rex & 2 ? "X" : "",
	           rex & 1 ? "B" : "");
}

static const char *idle_name(const struct insn *in, uint8_t prefix)
{
	switch (prefix) {
	case 0x66: return "data16";
	case 0x67: return in->long_mode ? "addr32" : "addr16";
	case 0x2e: return "cs";
	case 0x36: return "ss";
	case 0x3e: return "ds";
	case 0x26: return "es";
	case 0x64: return "fs";
	case 0x65: return "gs";
	case 0xf0: return "lock";
	case 0xf2: return "repnz";
	case 0xf3: return "repz";
	default: return NULL;
	}
}

/* A prefix that does something, where that is said by a word. */
static const char *working_name(const struct insn *in, uint8_t prefix)
{
	uint64_t has = in->z.attributes;

	switch (prefix) {
	case 0xf0:
		return "lock";
	case 0xf2:
		return has & ZYDIS_ATTRIB_HAS_BND ? "bnd"
		     : has & ZYDIS_ATTRIB_HAS_XACQUIRE ? "xacquire"
		     : has & ZYDIS_ATTRIB_HAS_REPNE ? "repnz" : NULL;
	case 0xf3:
		return has & ZYDIS_ATTRIB_HAS_REP ? "rep"
		     : has & ZYDIS_ATTRIB_HAS_REPE ? "repz"
		     : has & ZYDIS_ATTRIB_HAS_XRELEASE ? "xrelease" : NULL;
	case 0x3e:
		return has & ZYDIS_ATTRIB_HAS_NOTRACK ? "notrack" : NULL;
	default:
		return NULL;
	}
}

static bool is_branch(const struct insn *in)
{
	switch (in->z.meta.category) {
	case ZYDIS_CATEGORY_CALL:
	case ZYDIS_CATEGORY_COND_BR:
	case ZYDIS_CATEGORY_UNCOND_BR:
		return true;
	default:
		return false;
	}
}

static bool has_memory(const struct insn *in)
{
	for (unsigned i = 0; i < in->z.operand_count; i++)
		if (in->operands[i].type == ZYDIS_OPERAND_TYPE_MEMORY)
			return true;
	return false;
}

/* What libraries take for used, but has no effect. */
static bool is_idle(const struct insn *in, unsigned i)
{
	uint8_t prefix = in->z.raw.prefixes[i].value;

	if (in->z.raw.prefixes[i].type == ZYDIS_PREFIX_TYPE_IGNORED)
		return true;
	if (in->long_mode && (prefix & 0xf8) == 0x48)
		return is_branch(in) || in->z.mnemonic == ZYDIS_MNEMONIC_RET;
	return prefix == 0x67 && !has_memory(in) &&
	       in->z.meta.category != ZYDIS_CATEGORY_COND_BR;
}

static void put_prefixes(const struct insn *in, struct cut_text *t)
{
	for (unsigned i = 0; i < in->z.raw.prefix_count; i++) {
		uint8_t prefix = in->z.raw.prefixes[i].value;
		bool idle = is_idle(in, i);
		const char *name;

		if (idle && in->long_mode && (prefix & 0xf0) == 0x40) {
			put_rex(t, prefix);
			continue;
		}
		name = idle ? idle_name(in, prefix) : working_name(in, prefix);
		if (name)
			cut_printf(t, "%s ", name);
	}
}

static void find_places(const struct insn *in, taddr pc, struct insn_text *text)
{
	for (unsigned i = 0; i < in->z.operand_count_visible; i++) {
		const ZydisDecodedOperand *op = &in->operands[i];
		ZyanU64 where;

		if (op->type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
		    op->imm.is_relative) {
			text->has_target = true;
			ZydisCalcAbsoluteAddress(&in->z, op, pc, &where);
			text->target = in->long_mode ? where : (uint32_t)where;
		} else if (op->type == ZYDIS_OPERAND_TYPE_MEMORY &&
		           (op->mem.base == ZYDIS_REGISTER_RIP ||
		            op->mem.base == ZYDIS_REGISTER_EIP)) {
			text->has_address = true;
			ZydisCalcAbsoluteAddress(&in->z, op, pc, &where);
			text->address = where;
		}
	}
}

/* What the processor does first, and assemblers take for one instruction with
 * the next: fwait; fnstcw is fstcw.  LEN bytes from fwait on. */
static bool decode_waiting(const ZydisDecoder *decoder, const uint8_t *bytes,
                           size_t len, struct insn *in)
{
	struct insn next = *in;

	if (in->z.mnemonic != ZYDIS_MNEMONIC_FWAIT || in->z.length != 1 ||
	    !ZYAN_SUCCESS(ZydisDecoderDecodeFull(decoder, bytes + 1, len - 1,
	                                         &next.z, next.operands)))
		return false;
	switch (next.z.mnemonic) {
	case ZYDIS_MNEMONIC_FNSTCW:
	case ZYDIS_MNEMONIC_FNSTENV:
	case ZYDIS_MNEMONIC_FNSTSW:
	case ZYDIS_MNEMONIC_FNSAVE:
	case ZYDIS_MNEMONIC_FNCLEX:
	case ZYDIS_MNEMONIC_FNINIT:
		if (next.z.raw.prefix_count)
			return false;
		*in = next;
		in->waits = true;
		return true;
	default:
		return false;
	}
}

void disasm_insn(const struct arch *arch, taddr pc, const uint8_t *bytes,
                 size_t len, enum disasm_syntax syntax, struct insn_text *text)
{
	struct insn in = { .att = syntax == DISASM_ATT,
	                   .long_mode = arch->word == 8 };
	struct cut_text name = { text->mnemonic, 0, sizeof(text->mnemonic) };
	struct cut_text operands = { text->operands, 0,
	                             sizeof(text->operands) };
	ZydisDecoder decoder;
	int left_out = -1;

	*text = (struct insn_text){ .len = 1, .bad = true };
	ZydisDecoderInit(&decoder, in.long_mode
	                 ? ZYDIS_MACHINE_MODE_LONG_64
	                 : ZYDIS_MACHINE_MODE_LONG_COMPAT_32,
	                 in.long_mode ? ZYDIS_STACK_WIDTH_64
	                              : ZYDIS_STACK_WIDTH_32);
	if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, bytes, len, &in.z,
	                                         in.operands))) {
		cut_printf(&name, "(bad)");
		return;
	}
	text->bad = false;
	if (decode_waiting(&decoder, bytes, len, &in))
		pc++;
	text->len = (uint8_t)(in.z.length + in.waits);
	text->is_branch = is_branch(&in);
	find_places(&in, pc, text);
	put_prefixes(&in, &name);
	if (insn_special(&in, &name, &operands))
		return;
	insn_name(&in, &name, &left_out);
	if (!text->has_target)
		insn_operands(&in, left_out, &operands);
}
