/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random instructions, and registers under which they do something: for
 * tests/tools/displaced.c. */
#ifndef SCDB_TESTS_DISPLACED_RANDOM_H
#define SCDB_TESTS_DISPLACED_RANDOM_H

#include "tests/tools/displaced_child.h"

#include <Zydis/Zydis.h>

struct insn {
	uint8_t bytes[ARCH_INSN_MAX];
	ZydisDecodedInstruction z;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	bool wide;              /* 64-bit code */
	taddr address;
};

/* xorshift64*. */
static uint64_t rng_state = 88172645463325252u;
static uint64_t rng(void)
{
	rng_state ^= rng_state >> 12;
	rng_state ^= rng_state << 25;
	rng_state ^= rng_state >> 27;
	return rng_state * UINT64_C(2685821657736338717);
}

static uint64_t below(uint64_t n)
{
	return (rng() >> 20) % n;
}

static bool one_in(unsigned n)
{
	return below(n) == 0;
}

static unsigned put_legacy(uint8_t *b, bool wide)
{
	static const uint8_t prefixes[] = {
		0x66, 0x66, 0x67, 0xf2, 0xf3, 0xf3, 0x2e, 0x36, 0x3e, 0x26,
		0x64, 0x65, 0xf0,
	};
	unsigned n = 0;

	while (one_in(3) && n < 8)
		b[n++] = prefixes[below(sizeof(prefixes))];
	if (wide && one_in(2))
		b[n++] = (uint8_t)(0x40 + below(16));
	if (one_in(40)) /* silly: a REX without effect */
		b[n++] = prefixes[below(sizeof(prefixes))];
	switch (below(8)) {
	case 0: b[n++] = 0x0f; b[n++] = 0x38; break;
	case 1: b[n++] = 0x0f; b[n++] = 0x3a; break;
	case 2: case 3: case 4: b[n++] = 0x0f; break;
	default: break;
	}
	return n + 1; /* the opcode is random */
}

static unsigned put_vex(uint8_t *b)
{
	bool plain = one_in(2);

	if (one_in(3)) {
		b[0] = 0xc5;
		b[1] |= plain ? 0x78 : 0;
		return 3;
	}
	b[0] = 0xc4;
	b[1] = (uint8_t)((b[1] & 0xe0) | (1 + below(3)));
	b[2] |= plain ? 0x78 : 0;
	return 4;
}

static unsigned put_evex(uint8_t *b)
{
	b[0] = 0x62;
	b[1] = (uint8_t)((b[1] & 0xf0) | (1 + below(one_in(4) ? 6 : 3)));
	b[2] |= one_in(2) ? 0x7c : 0x04;
	if (one_in(2))
		b[3] &= 0x78;
	if (one_in(2))
		b[3] |= 0x08;
	return 5;
}

/* Gather and scatter, by vectors of addresses. */
static void put_gather(uint8_t *b)
{
	b[1] = (uint8_t)((b[1] & 0xf0) | 2);
	if (one_in(3)) {
		b[0] = 0xc4;
		b[1] &= 0xe3;
		b[2] = (uint8_t)((b[2] & 0xfc) | 1);
		b[3] = (uint8_t)(0x90 + below(4));
		b[4] = (uint8_t)((b[4] & 0x78) | 4);
		return;
	}
	b[0] = 0x62;
	b[2] = (uint8_t)((b[2] & 0x80) | 0x7d);
	b[3] = (uint8_t)((b[3] & 0x6f) | 1);
	b[4] = (uint8_t)((one_in(2) ? 0x90 : 0xa0) + below(4));
	b[5] = (uint8_t)((b[5] & 0x78) | 4);
}

/* What chance seldom meets: forms with many fixed bits. */
static void put_seldom(uint8_t *b)
{
	static const uint8_t groups[] = { 0xae, 0x01, 0x1e, 0xc7, 0x00, 0x18 };
	static const uint8_t before[] = { 0xf3, 0xf2, 0x66, 0x40 };
	static const uint8_t masks[] = {
		0x41, 0x42, 0x44, 0x45, 0x46, 0x47, 0x4a, 0x4b, 0x90, 0x91,
		0x92, 0x93, 0x98, 0x99,
	};

	switch (below(4)) {
	case 0:
		put_gather(b);
		return;
	case 1:
		b[0] = 0xc4;
		b[1] = one_in(4) ? 0xe3 : 0xe1;
		b[2] = (uint8_t)((b[2] & 0x87) | 0x40 | below(8) << 3);
		b[2] |= one_in(2) ? 0x78 : 0;
		b[3] = b[1] == 0xe3 ? (uint8_t)(0x30 + below(4))
		                    : masks[below(sizeof(masks))];
		b[4] |= one_in(4) ? 0 : 0xc0;
		return;
	case 2:
		b[0] = before[below(sizeof(before))];
		b[1] = 0x0f;
		b[2] = groups[below(sizeof(groups))];
		b[3] |= 0xc0;
		return;
	default:
		b[0] = (uint8_t)(0xd8 + below(8));
		b[1] |= 0xc0;
		return;
	}
}

/* Bytes with a form; what they are is for the decoder to say. */
static void put_random(uint8_t *b, bool wide)
{
	unsigned n;

	for (unsigned i = 0; i < ARCH_INSN_MAX; i++)
		b[i] = (uint8_t)(rng() >> 40);
	if (one_in(24)) {
		put_seldom(b);
		return;
	}
	switch (below(8)) {
	case 0: n = put_vex(b); break;
	case 1: case 2: n = put_evex(b); break;
	case 3:
		if (one_in(2)) {
			b[0] = 0x8f;
			b[1] = (uint8_t)((b[1] & 0xe0) | (8 + below(3)));
			b[2] |= one_in(2) ? 0x78 : 0;
			n = 4;
			break;
		}
		b[0] = b[1] = 0x0f; /* 3DNow!: its opcode comes last */
		n = 2;
		break;
	default: n = put_legacy(b, wide); break;
	}
	if (one_in(3))
		b[n] = (b[n] & 0x38) | 5; /* pc-relative */
	else if (one_in(3))
		b[n] |= 0xc0;
}

static bool decode(struct insn *in)
{
	static ZydisDecoder decoders[2];

	if (!decoders[0].stack_width) {
		ZydisDecoderInit(&decoders[1], ZYDIS_MACHINE_MODE_LONG_64,
		                 ZYDIS_STACK_WIDTH_64);
		ZydisDecoderInit(&decoders[0],
		                 ZYDIS_MACHINE_MODE_LONG_COMPAT_32,
		                 ZYDIS_STACK_WIDTH_32);
	}
	return ZYAN_SUCCESS(ZydisDecoderDecodeFull(
		&decoders[in->wide], in->bytes, sizeof(in->bytes), &in->z,
		in->operands));
}

/* A place for an operand: mostly good and aligned. */
static taddr some_data(bool wide)
{
	taddr base = wide && one_in(2) ? HIGH : LOW;
	unsigned at = DATA + PAGE + (unsigned)below(PAGE);

	if (one_in(24))
		at = READ_ONLY + (unsigned)below(64);
	else if (one_in(24))
		at = READ_ONLY - (unsigned)below(64);
	else if (one_in(24))
		at = READ_ONLY + PAGE - (unsigned)below(64);
	else if (!one_in(4))
		at &= ~63u;
	return base + at;
}

/* A displacement of its own becomes the address of data. */
static void aim_displacement(struct insn *in, const ZydisDecodedOperand *op)
{
	uint8_t *at = in->bytes + in->z.raw.disp.offset;
	unsigned size = in->z.raw.disp.size / 8;
	uint64_t place = some_data(in->wide);

	if (size < 4)
		return;
	if (op->mem.base == ZYDIS_REGISTER_RIP)
		place = HIGH + (place & 0xffffff) - in->address -
		        in->z.length;
	else if (op->mem.base == ZYDIS_REGISTER_EIP)
		place -= in->address + in->z.length;
	else if (op->mem.base != ZYDIS_REGISTER_NONE)
		place = below(256);
	else if (size == 4)
		place &= 0x3fffffff;
	memcpy(at, &place, size);
}

static void insn_random(struct insn *in)
{
	do {
		put_random(in->bytes, in->wide);
	} while (!decode(in));
	in->address = (in->wide ? HIGH : LOW) + CODE + below(CODE_SIZE - 32);
	for (unsigned i = 0; i < in->z.operand_count; i++)
		if (in->operands[i].type == ZYDIS_OPERAND_TYPE_MEMORY)
			aim_displacement(in, &in->operands[i]);
	decode(in);
}

static unsigned long long *register_of(struct user_regs_struct *u,
                                       ZydisRegister reg)
{
	unsigned long long *const all[16] = {
		&u->rax, &u->rcx, &u->rdx, &u->rbx, &u->rsp, &u->rbp,
		&u->rsi, &u->rdi, &u->r8, &u->r9, &u->r10, &u->r11,
		&u->r12, &u->r13, &u->r14, &u->r15,
	};

	reg = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64,
	                                       reg);
	if (reg < ZYDIS_REGISTER_RAX || reg > ZYDIS_REGISTER_R15)
		return NULL;
	return all[reg - ZYDIS_REGISTER_RAX];
}

static void aim_operand(const struct insn *in, const ZydisDecodedOperand *op,
                        struct user_regs_struct *u)
{
	unsigned long long *base = register_of(u, op->mem.base);
	unsigned long long *index = register_of(u, op->mem.index);
	taddr place = some_data(in->wide);

	if (op->mem.disp.has_displacement)
		place -= (taddr)op->mem.disp.value;
	if (index && index != base) {
		*index = op->mem.base == ZYDIS_REGISTER_NONE && !base &&
		         op->mem.scale ? place / op->mem.scale : below(16);
		place -= *index * op->mem.scale;
	}
	if (op->mem.segment == ZYDIS_REGISTER_FS)
		place -= in->wide ? u->fs_base : 0;
	if (op->mem.segment == ZYDIS_REGISTER_GS)
		place -= in->wide ? u->gs_base : 0;
	if (base)
		*base = base == index ? place / (op->mem.scale + 1u) : place;
}

static uint64_t some_value(bool wide)
{
	switch (below(6)) {
	case 0: return below(256);
	case 1: return some_data(wide);
	case 2: return rng() & 0xffffffff;
	case 3: return (wide ? HIGH : LOW) + CODE + below(CODE_SIZE);
	case 4: return one_in(2) ? 0 : ~UINT64_C(0);
	default: return rng();
	}
}

static void regs_random(const struct insn *in,
                        const struct user_regs_struct *base,
                        struct arch_regs *regs)
{
	const uint64_t flags = 0xcd5; /* CF PF AF ZF SF DF OF */
	struct user_regs_struct *u = &regs->user;

	*u = *base;
	for (unsigned i = 0; i < 16; i++) {
		unsigned long long *reg =
			register_of(u, (ZydisRegister)(ZYDIS_REGISTER_RAX + i));

		*reg = some_value(in->wide);
		if (!in->wide)
			*reg &= 0xffffffff;
	}
	u->eflags = 0x202 | (rng() & flags);
	if (one_in(50))
		u->eflags |= one_in(2) ? 0x40000 : 0x4000; /* AC, NT */
	u->fs_base = below(4096);
	u->gs_base = some_data(in->wide) - 2048;
	u->orig_rax = ~0ull;
	if (!in->wide) {
		u->cs = 0x23;
		u->ds = u->es = u->ss = 0x2b;
		u->fs = one_in(2) ? 0 : 0x2b;
	}
	u->rsp = some_data(in->wide) & ~7ull;
	if (in->z.attributes & (ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE |
	                        ZYDIS_ATTRIB_HAS_REPNE))
		u->rcx = below(24);
	if (!one_in(10))
		for (unsigned i = 0; i < in->z.operand_count; i++)
			if (in->operands[i].type == ZYDIS_OPERAND_TYPE_MEMORY)
				aim_operand(in, &in->operands[i], u);
	if (!in->wide)
		for (unsigned i = 0; i < 16; i++)
			*register_of(u, (ZydisRegister)(ZYDIS_REGISTER_RAX + i))
				&= 0xffffffff;
	u->rip = in->address;
}

/* Vectors and x87 in the standard form of Intel's manual, volume 1, chapter 13.
 * SMALL, 4 or 8: most are indexes of so many bytes, for gather and scatter. */
static uint32_t lane(size_t at, unsigned small)
{
	if (!small || at / 16 % 4 == 3)
		return (uint32_t)(rng() >> 30);
	return at % small ? 0 : (uint32_t)below(300);
}

static void xstate_random(const struct child *c, unsigned small, uint8_t *x)
{
	static const uint16_t word[] = { 0x1f80, 0x1f80, 0x1f80, 0x3f80, 0x5fc0,
	                                 0x9f80, 0x1f00, 0x0000 };
	uint64_t have;
	uint32_t mxcsr = word[below(ARRAY_LEN(word))];
	uint16_t fcw = one_in(4) ? (uint16_t)(0x340 | (rng() & 0xc3f)) : 0x37f;
	uint16_t fsw = (uint16_t)(rng() & 0x7f00);

	memcpy(x, c->xstate, c->xstate_len);
	memcpy(&have, x + 464, sizeof(have));
	have &= 0xe7;
	for (size_t i = 32; i < c->xstate_len; i += 4) {
		uint32_t value = lane(i, small);

		if ((i >= 416 && i < 576) || (i < 160 && i % 16 == 12))
			continue;
		if (i < 160 && i % 16 == 8)
			value &= 0xffff;
		memcpy(x + i, &value, sizeof(value));
	}
	memcpy(x, &fcw, sizeof(fcw));
	memcpy(x + 2, &fsw, sizeof(fsw));
	x[4] = (uint8_t)(rng() >> 30);
	memcpy(x + 24, &mxcsr, sizeof(mxcsr));
	memcpy(x + 512, &have, sizeof(have));
}

/* Memory: words of which many are addresses of code and data. */
static void data_random(uint8_t *data, bool wide)
{
	unsigned size = wide ? 8 : 4;

	for (unsigned at = 0; at < DATA_SIZE; at += size) {
		uint64_t value = some_value(wide);

		memcpy(data + at, &value, size);
	}
}

#endif
