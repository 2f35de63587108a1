/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seccomp's arguments by its operation, and its filters. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

enum { SET_STRICT, SET_FILTER, ACTION_AVAIL, NOTIF_SIZES };

void decode_seccomp_flags(const struct decode_job *job)
{
	if (decode_param(job, 0, -1) == SET_FILTER)
		decode_put_flags(job->out, "seccomp_flags",
		                 (uint32_t)job->value);
	else
		decode_put_hex(job->out, (uint32_t)job->value);
}

static void put_action(const struct decode_job *job)
{
	uint8_t data[4];

	if (!decode_read(job, job->value, data, sizeof(data))) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	decode_put_enum(job->out, "seccomp_action", decode_number(data, 4));
	buf_putc(job->out, ']');
}

void decode_seccomp_arg(const struct decode_job *job)
{
	bool written = job->c->phase == DECODE_EXIT && !decode_failed(job);
	int64_t operation = decode_param(job, 0, -1);

	if (operation == SET_FILTER)
		decode_put_struct(job, "seccomp_fprog", job->value);
	else if (operation == ACTION_AVAIL)
		put_action(job);
	else if (operation == NOTIF_SIZES && written)
		decode_put_struct(job, "seccomp_notif_sizes", job->value);
	else
		decode_put_addr(job->out, job->value);
}
