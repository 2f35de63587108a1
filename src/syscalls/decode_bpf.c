/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Instructions of BPF: of today's programs, and of the old filters that
 * seccomp and sockets take (include/uapi/linux/{bpf,bpf_common,filter}.h).
 */
#include "syscalls/decode_struct.h"

enum { CLASS_MASK = 7, OP_MASK = 0xf0, SOURCE_BIT = 8 };
enum { LD, LDX, ST, STX, ALU, JMP, RET, MISC };

/* The part MASK of CODE, which LIST names. */
struct part {
	const char *list;
	uint16_t mask;
};

static void put_unknown(struct buf *out, unsigned rest)
{
	if (rest)
		buf_printf(out, "|%#x /* BPF_??? */", rest);
}

/* |A|B, and where REST is wanted, the bits that are in none of the parts. */
static void put_parts(struct buf *out, unsigned code, const struct part *part,
                      size_t count, bool rest)
{
	unsigned left = code & ~(unsigned)CLASS_MASK;

	for (size_t i = 0; i < count; i++) {
		buf_putc(out, '|');
		decode_put_enum(out, part[i].list, code & part[i].mask);
		left &= ~(unsigned)part[i].mask;
	}
	if (rest)
		put_unknown(out, left);
}

static void put_code(struct buf *out, unsigned code, bool extended)
{
	const struct part load[] = {
		{ "bpf_size", 0x18 },
		{ extended ? "ebpf_mode" : "bpf_mode", 0xe0 },
	};
	static const struct part alu[] = {
		{ "bpf_source", SOURCE_BIT }, { "bpf_alu", OP_MASK },
	};
	static const struct part jump[] = {
		{ "bpf_source", SOURCE_BIT }, { "bpf_jump", OP_MASK },
	};
	static const struct part give[] = { { "bpf_return", 0x18 } };
	static const struct part misc[] = { { "bpf_misc", 0xf8 } };
	unsigned class = code & CLASS_MASK;

	decode_put_enum(out, extended ? "ebpf_class" : "bpf_class", class);
	if (class <= LDX || (extended && class <= STX))
		put_parts(out, code, load, 2, false);
	else if (class <= STX)
		put_unknown(out, code & ~(unsigned)CLASS_MASK);
	else if (class == ALU || (extended && class == MISC))
		put_parts(out, code, alu, 2, false);
	else if (class == JMP)
		put_parts(out, code, jump, 2, false);
	else if (extended)
		put_unknown(out, code & ~(unsigned)CLASS_MASK);
	else
		put_parts(out, code, class == RET ? give : misc, 1, true);
}

void put_bpf_insn(const struct decode_job *job, const struct layout *layout,
                  const uint8_t *data, taddr addr)
{
	struct buf *out = job->out;

	(void)layout;
	(void)addr;
	buf_puts(out, "{code=");
	put_code(out, data[0], true);
	buf_puts(out, ", dst_reg=");
	decode_put_enum(out, "bpf_register", data[1] & 0xf);
	buf_puts(out, ", src_reg=");
	decode_put_enum(out, "bpf_register", data[1] >> 4);
	buf_printf(out, ", off=%d, imm=%#x}",
	           (int16_t)decode_number(data + 2, 2),
	           (unsigned)decode_number(data + 4, 4));
}

/* What a filter gives to seccomp. */
static bool put_seccomp_return(struct buf *out, unsigned code, uint32_t k)
{
	enum { DATA = 0xffff };

	if ((code & CLASS_MASK) != RET)
		return false;
	decode_put_enum(out, "seccomp_action", k & ~(uint32_t)DATA);
	if (k & DATA)
		buf_printf(out, "|%#x", k & DATA);
	return true;
}

/* Where a socket's filter loads from what is no byte of the packet. */
static bool put_socket_load(struct buf *out, unsigned code, uint32_t k)
{
	static const struct { const char *name; uint32_t from; } places[] = {
		{ "SKF_AD_OFF", (uint32_t)-0x1000 },
		{ "SKF_NET_OFF", (uint32_t)-0x100000 },
		{ "SKF_LL_OFF", (uint32_t)-0x200000 },
	};
	enum { MODE_MASK = 0xe0, ABSOLUTE = 0x20 };

	if ((code & CLASS_MASK) != LD || (code & MODE_MASK) != ABSOLUTE)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		if (k < places[i].from)
			continue;
		buf_printf(out, "%s+", places[i].name);
		if (i)
			decode_put_unsigned(out, k - places[i].from);
		else
			decode_put_enum(out, "filter_ad", k - places[i].from);
		return true;
	}
	return false;
}

static void put_filter(struct buf *out, const uint8_t *data,
                       bool (*put_k)(struct buf *out, unsigned code,
                                     uint32_t k))
{
	unsigned code = (unsigned)decode_number(data, 2);
	uint32_t k = (uint32_t)decode_number(data + 4, 4);
	bool jumps = data[2] || data[3];

	buf_puts(out, jumps ? "BPF_JUMP(" : "BPF_STMT(");
	put_code(out, code, false);
	buf_puts(out, ", ");
	if (jumps || !put_k(out, code, k))
		buf_printf(out, "%#x", k);
	if (jumps)
		buf_printf(out, ", %#x, %#x", data[2], data[3]);
	buf_putc(out, ')');
}

void put_seccomp_filter(const struct decode_job *job,
                        const struct layout *layout, const uint8_t *data,
                        taddr addr)
{
	(void)layout;
	(void)addr;
	put_filter(job->out, data, put_seccomp_return);
}

void put_socket_filter(const struct decode_job *job,
                       const struct layout *layout, const uint8_t *data,
                       taddr addr)
{
	(void)layout;
	(void)addr;
	put_filter(job->out, data, put_socket_load);
}
