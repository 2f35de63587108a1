/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The programs of scdb's seccomp filters.  What a call's number decides alone
 * the kernel works out when the filter comes in, and keeps a bit for each call
 * that passes (kernel/seccomp.c, seccomp_cache_prepare): so a plain list of
 * ranges will do.
 */
#include "target/filter.h"

#include "target/served.h"

#include <linux/audit.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <stddef.h>

enum { X32_BIT = 0x40000000 };
#define NO_CALL 0x80000000u /* from here on no ABI has a number */

/* What makes a process's own filters. */
struct makers {
	uint32_t prctl, seccomp;
};
static const struct makers makers[ABI_COUNT] = {
	[ABI_X86_64] = { 157, 317 },
	[ABI_X32] = { 157, 317 },
	[ABI_I386] = { 172, 354 },
};

struct program {
	struct sock_filter *insns;
	size_t len;
};

static void put(struct program *p, struct sock_filter insn)
{
	if (p->len < FILTER_MAX)
		p->insns[p->len] = insn;
	p->len++;
}

static void load(struct program *p, size_t offset)
{
	put(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	                                    (uint32_t)offset));
}

/* Where TEST of K holds, or does not, as many instructions are left out. */
static void jump(struct program *p, unsigned test, uint32_t k, uint8_t holds,
                 uint8_t fails)
{
	put(p, (struct sock_filter)BPF_JUMP(BPF_JMP | test | BPF_K, k, holds,
	                                    fails));
}

static void end(struct program *p, bool stops)
{
	put(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, stops
		? SECCOMP_RET_TRACE | FILTER_DATA : SECCOMP_RET_ALLOW));
}

/* A jump to what comes next is set when that is known. */
static size_t jump_ahead(struct program *p)
{
	put(p, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 0));
	return p->len - 1;
}

static void land(struct program *p, size_t from)
{
	if (from < FILTER_MAX)
		p->insns[from].k = (uint32_t)(p->len - from - 1);
}

/* Calls that stop where an argument is in a range, whoever wants them. */
struct always {
	uint32_t nr;
	unsigned arg;
	uint32_t least, most;
};

static void put_always(struct program *p, struct always a)
{
	jump(p, BPF_JEQ, a.nr, 0, 5);
	load(p, offsetof(struct seccomp_data, args) + a.arg * 8);
	jump(p, BPF_JGE, a.least, 0, 2);
	jump(p, BPF_JGT, a.most, 1, 0);
	end(p, true);
	put(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_IMM, a.nr));
}

/* The number, without x32's bit, is loaded. */
static void put_abi(struct program *p, const struct call_bits *calls,
                    enum abi abi)
{
	const struct served_calls *served = &served_calls[abi];

	put_always(p, (struct always){ makers[abi].prctl, 0, PR_SET_SECCOMP,
	                               PR_SET_SECCOMP });
	put_always(p, (struct always){ makers[abi].seccomp, 0,
	                               SECCOMP_SET_MODE_STRICT,
	                               SECCOMP_SET_MODE_FILTER });
	put_always(p, (struct always){ served->ioctl, 1, SERVED_REQUEST,
	                               SERVED_REQUEST });
	put_always(p, (struct always){ served->userfaultfd, 0, 0, UINT32_MAX });
	for (uint32_t from = 0, to; from < CALL_BITS; from = to) {
		bool stops = call_bits_has(calls, abi, from);

		for (to = from + 1; to < CALL_BITS; to++)
			if (call_bits_has(calls, abi, to) != stops)
				break;
		jump(p, BPF_JGE, to, 1, 0);
		end(p, stops);
	}
	end(p, calls->rest[abi]);
}

size_t filter_build(const struct call_bits *calls,
                    struct sock_filter program[FILTER_MAX])
{
	struct program p = { .insns = program };
	size_t other, x32;

	load(&p, offsetof(struct seccomp_data, arch));
	jump(&p, BPF_JEQ, AUDIT_ARCH_X86_64, 1, 0);
	other = jump_ahead(&p);
	load(&p, offsetof(struct seccomp_data, nr));
	jump(&p, BPF_JGE, NO_CALL, 0, 1);
	end(&p, calls->rest[ABI_X86_64]);
	jump(&p, BPF_JGE, X32_BIT, 0, 1);
	x32 = jump_ahead(&p);
	put_abi(&p, calls, ABI_X86_64);
	land(&p, x32);
	put(&p, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K,
	                                     ~(uint32_t)X32_BIT));
	put_abi(&p, calls, ABI_X32);
	land(&p, other);
	jump(&p, BPF_JEQ, AUDIT_ARCH_I386, 1, 0);
	end(&p, false);
	load(&p, offsetof(struct seccomp_data, nr));
	put_abi(&p, calls, ABI_I386);
	return p.len <= FILTER_MAX ? p.len : 0;
}

bool filter_is_made_by(const struct target_call *call)
{
	uint64_t nr = call->nr & ~(uint64_t)arch_abi(call->abi)->nr_bit;
	uint32_t first = (uint32_t)call->args[0];

	if (nr == makers[call->abi].prctl)
		return first == PR_SET_SECCOMP;
	return nr == makers[call->abi].seccomp &&
	       first <= SECCOMP_SET_MODE_FILTER;
}
