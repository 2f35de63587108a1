/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Straight-line code, for block steps done in software. */
#include "arch/displaced_internal.h"

static bool is_relative(const ZydisDecodedInstruction *z, enum insn_flow flow)
{
	return (flow == FLOW_JUMP || flow == FLOW_BRANCH ||
	        flow == FLOW_CALL) && z->raw.imm[0].is_relative &&
	       !displaced_short_pc(z);
}

void arch_block_end(const struct arch *arch, const uint8_t *bytes, size_t n,
                    taddr address, struct arch_block *out)
{
	ZydisDecodedInstruction z;
	ZydisDecoder decoder;
	const char *reason;

	*out = (struct arch_block){ .flow = FLOW_FAR };
	displaced_decoder(arch, &decoder);
	while (ZYAN_SUCCESS(ZydisDecoderDecodeInstruction(
			&decoder, NULL, bytes + out->len, n - out->len, &z))) {
		out->flow = displaced_flow(&z, &reason);
		if (out->flow != FLOW_NEXT) {
			out->known = true;
			out->end_len = z.length;
			out->has_target = is_relative(&z, out->flow);
			break;
		}
		out->len += z.length;
		out->count++;
		out->flow = FLOW_FAR;
	}
	if (!out->has_target)
		return;
	out->target = address + out->len + z.length +
	              (taddr)z.raw.imm[0].value.s;
	if (arch->word == 4)
		out->target = (uint32_t)out->target;
}

/* The trap flag would be seen, or lost; or the trap put off. */
static bool meets_trap_flag(const ZydisDecodedInstruction *z)
{
	switch (z->mnemonic) {
	case ZYDIS_MNEMONIC_PUSHF:
	case ZYDIS_MNEMONIC_PUSHFD:
	case ZYDIS_MNEMONIC_PUSHFQ:
	case ZYDIS_MNEMONIC_POPF:
	case ZYDIS_MNEMONIC_POPFD:
	case ZYDIS_MNEMONIC_POPFQ:
		return true;
	case ZYDIS_MNEMONIC_POP:
		return z->opcode == 0x17;
	case ZYDIS_MNEMONIC_MOV:
		return z->opcode == 0x8e &&
		       z->opcode_map == ZYDIS_OPCODE_MAP_DEFAULT;
	default:
		return false;
	}
}

static bool is_near(enum insn_flow flow)
{
	return flow == FLOW_JUMP || flow == FLOW_BRANCH || flow == FLOW_CALL ||
	       flow == FLOW_RETURN;
}

void arch_block_stretch(const struct arch *arch, const uint8_t *bytes,
                        size_t n, taddr address, struct arch_stretch *out)
{
	ZydisDecodedInstruction z;
	ZydisDecoder decoder;
	const char *reason;

	*out = (struct arch_stretch){ 0 };
	if (arch->word == 8 && displaced_in_vsyscall(address))
		return;
	displaced_decoder(arch, &decoder);
	while (!out->closed &&
	       ZYAN_SUCCESS(ZydisDecoderDecodeInstruction(
			&decoder, NULL, bytes + out->len, n - out->len, &z))) {
		enum insn_flow flow = displaced_flow(&z, &reason);

		if (flow != FLOW_NEXT && !is_near(flow))
			return;
		if (meets_trap_flag(&z) ||
		    (flow != FLOW_NEXT && displaced_short_pc(&z)))
			return;
		out->closed = flow != FLOW_NEXT && flow != FLOW_BRANCH;
		out->len += z.length;
	}
}
