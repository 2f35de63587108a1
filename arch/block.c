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
