/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instructions that a single step has to care for. */
#include "arch/step.h"

/* Prefixes, in 64-bit code REX too: the opcode comes behind them. */
static bool is_prefix(bool wide, uint8_t byte)
{
	switch (byte) {
	case 0x26: case 0x2e: case 0x36: case 0x3e:
	case 0x64: case 0x65: case 0x66: case 0x67:
	case 0xf0: case 0xf2: case 0xf3:
		return true;
	default:
		return wide && byte >= 0x40 && byte <= 0x4f;
	}
}

bool arch_step_matters(const struct arch *arch, uint64_t word)
{
	bool wide = arch->word == 8;
	unsigned left = 8;

	while (left > 2 && is_prefix(wide, (uint8_t)word)) {
		word >>= 8;
		left--;
	}
	switch ((uint8_t)word) {
	case 0xe8: /* call */
	case 0x9c: /* pushf */
	case 0xcd: /* int */
		return true;
	case 0x0f:
		return (uint8_t)(word >> 8) == 0x05 ||
		       (!wide && (uint8_t)(word >> 8) == 0x34);
	case 0xff: /* group 5: /2 is a call */
		return (word >> 11 & 7) == 2;
	default:
		return is_prefix(wide, (uint8_t)word);
	}
}

/* syscall, sysenter of 32-bit code: the kernel goes on where the vDSO has it. */
static bool is_fast_call(const struct displaced *d)
{
	return d->word == 4 && d->len == 2 && d->bytes[0] == 0x0f &&
	       (d->bytes[1] == 0x05 || d->bytes[1] == 0x34);
}

void arch_step_look(const struct arch *arch, const uint8_t *bytes, size_t n,
                    taddr address, struct arch_step *out)
{
	struct displaced d;
	size_t opcode = 0;

	arch_displace(arch, bytes, n, address, &d);
	*out = (struct arch_step){ 0 };
	if (is_fast_call(&d)) {
		out->syscall = true;
		out->len = d.len;
	}
	if (d.flow == FLOW_FAR || !d.len)
		return;
	while (opcode < d.len && is_prefix(d.word == 8, d.bytes[opcode]))
		opcode++;
	out->len = d.len;
	out->call = d.flow == FLOW_CALL;
	out->syscall = d.flow == FLOW_SYSCALL;
	out->syscall_register = out->syscall && opcode < d.len &&
	                        d.bytes[opcode] == 0x0f;
	out->pushes_flags = opcode < d.len && d.bytes[opcode] == 0x9c;
}
