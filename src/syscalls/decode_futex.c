/* SPDX-License-Identifier: GPL-3.0-or-later */
/* futex: which of its arguments an operation uses, and as what. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>

enum {
	PRIVATE_BIT = 0x80, REALTIME_BIT = 0x100,
	OP_WAIT = 0, OP_REQUEUE = 3, OP_CMP_REQUEUE = 4, OP_WAKE_OP = 5,
	OP_WAIT_BITSET = 9, OP_WAKE_BITSET = 10, OP_CMP_REQUEUE_PI = 12,
};

/* Bits of what each operation uses. */
enum { VAL = 1, TIMEOUT = 2, VAL2 = 4, ADDR2 = 8, VAL3 = 16 };

static const uint8_t uses[] = {
	[0] = VAL | TIMEOUT,              /* WAIT */
	[1] = VAL,                        /* WAKE */
	[2] = VAL,                        /* FD */
	[3] = VAL | VAL2 | ADDR2,         /* REQUEUE */
	[4] = VAL | VAL2 | ADDR2 | VAL3,  /* CMP_REQUEUE */
	[5] = VAL | VAL2 | ADDR2 | VAL3,  /* WAKE_OP */
	[6] = TIMEOUT,                    /* LOCK_PI */
	[7] = 0,                          /* UNLOCK_PI */
	[8] = 0,                          /* TRYLOCK_PI */
	[9] = VAL | TIMEOUT | VAL3,       /* WAIT_BITSET */
	[10] = VAL | VAL3,                /* WAKE_BITSET */
	[11] = VAL | TIMEOUT | ADDR2,     /* WAIT_REQUEUE_PI */
	[12] = VAL | VAL2 | ADDR2 | VAL3, /* CMP_REQUEUE_PI */
	[13] = TIMEOUT,                   /* LOCK_PI2 */
};

static uint32_t operation(const struct syscall_view *call, unsigned index)
{
	int op = call->desc->args[index].param_arg[0];

	if (op < 0)
		return UINT32_MAX;
	return (uint32_t)call->args[op] & ~(PRIVATE_BIT | REALTIME_BIT);
}

/* An operation that is not known is taken to use all. */
static unsigned uses_of(const struct syscall_view *call, unsigned index)
{
	uint32_t op = operation(call, index);

	return op < ARRAY_LEN(uses) ? uses[op]
	                            : VAL | TIMEOUT | ADDR2 | VAL3;
}

bool hidden_futex(const struct syscall_view *call, unsigned index)
{
	const char *type = call->desc->args[index].type->name;
	unsigned used = uses_of(call, index);

	if (!strcmp(type, "futex_val"))
		return !(used & VAL);
	if (!strcmp(type, "futex_addr"))
		return !(used & ADDR2);
	if (!strcmp(type, "futex_val3"))
		return !(used & VAL3);
	return !(used & (TIMEOUT | VAL2));
}

void decode_futex_op(const struct decode_job *job)
{
	uint32_t op = (uint32_t)job->value;

	decode_put_enum(job->out, "futex", op & ~(uint32_t)REALTIME_BIT);
	if (op & REALTIME_BIT)
		buf_puts(job->out, "|FUTEX_CLOCK_REALTIME");
}

void decode_futex_val(const struct decode_job *job)
{
	decode_put_unsigned(job->out, (uint32_t)job->value);
}

/* A timespec, or how many waiters to move. */
void decode_futex_timeout(const struct decode_job *job)
{
	unsigned used = uses_of(job->c->call, job->index);
	bool wide = !strcmp(job->arg->type->name, "futex_timeout64");

	if (used & VAL2)
		decode_put_unsigned(job->out, (uint32_t)job->value);
	else
		decode_put_struct(job, wide ? "timespec64" : "timespec",
		                  job->value);
}

/* FUTEX_WAKE_OP's: operation, its operand, comparison, its operand. */
static void put_wake_op(struct buf *out, uint32_t value)
{
	enum { SHIFT_BIT = 8 };
	uint32_t op = value >> 28;

	if (op & SHIFT_BIT)
		buf_puts(out, "FUTEX_OP_OPARG_SHIFT<<28|");
	decode_put_enum(out, "futex_wake_op", op & ~(uint32_t)SHIFT_BIT);
	buf_puts(out, "<<28|");
	decode_put_hex(out, value >> 12 & 0xfff);
	buf_puts(out, "<<12|");
	decode_put_enum(out, "futex_wake_cmp", value >> 24 & 0xf);
	buf_puts(out, "<<24|");
	decode_put_hex(out, value & 0xfff);
}

void decode_futex_val3(const struct decode_job *job)
{
	uint32_t op = operation(job->c->call, job->index);
	uint32_t value = (uint32_t)job->value;

	if (op == OP_WAKE_OP)
		put_wake_op(job->out, value);
	else if (op == OP_CMP_REQUEUE || op == OP_CMP_REQUEUE_PI)
		decode_put_unsigned(job->out, value);
	else if (value == UINT32_MAX)
		buf_puts(job->out, "FUTEX_BITSET_MATCH_ANY");
	else
		decode_put_hex(job->out, value);
}
