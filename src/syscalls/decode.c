/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/decode.h"

#include "syscalls/decode_parts.h"
#include "syscalls/decoders.h"

#include <string.h>

/* The job of argument INDEX; its text may take DECODE_MAX_OUT bytes. */
static struct decode_job job_of(const struct decode_context *c,
                                unsigned index, struct buf *out)
{
	const struct syscall_desc *desc = c->call->desc;
	uint64_t value = c->call->args[index];

	return (struct decode_job){
		.c = c,
		.arg = desc && index < desc->nargs ? &desc->args[index] : NULL,
		.index = index,
		.value = c->call->abi == ABI_I386 ? (uint32_t)value : value,
		.out = out,
		.limit = out->len + DECODE_MAX_OUT,
	};
}

/* Cuts what went past the limit, between characters of UTF-8. */
static void cap_text(const struct decode_job *job)
{
	size_t len = job->limit;

	if (job->out->len <= len)
		return;
	while (len && ((uint8_t)job->out->data[len] & 0xc0) == 0x80)
		len--;
	buf_truncate(job->out, len);
	buf_puts(job->out, "...");
}

void decode_arg(const struct decode_context *c, unsigned index,
                struct buf *out)
{
	struct decode_job job;

	if (index >= SYSCALL_ARGS)
		return;
	job = job_of(c, index, out);
	if (job.arg && job.arg->type)
		job.arg->type->decode(&job);
	else
		decode_put_hex(out, job.value);
	cap_text(&job);
}

/* One byte stands for what has no length that is known before. */
bool decode_arg_place(const struct decode_context *c, unsigned index,
                      struct memory_place *place)
{
	struct decode_job job = job_of(c, index, &(struct buf){ 0 });
	const struct arg_type *type = job.arg ? job.arg->type : NULL;
	size_t len = 1;

	if (!type || type->shape == SHAPE_NUMBER || !job.value ||
	    (job.arg->direction == ARG_OUT &&
	     (c->phase == DECODE_ENTRY || decode_failed(&job))))
		return false;
	if (type->room)
		len = type->room(c->call, index);
	if (type->shape == SHAPE_BUFFER && len > decode_max_string(&job))
		len = decode_max_string(&job);
	*place = (struct memory_place){ job.value, len };
	return len != 0;
}

static unsigned arg_count(const struct syscall_view *call)
{
	return call->desc ? call->desc->nargs : SYSCALL_ARGS;
}

void decode_args(const struct decode_context *c, struct buf *out)
{
	const struct syscall_desc *desc = c->call->desc;
	unsigned count = arg_count(c->call);
	bool first = true;

	for (unsigned i = 0; i < count; i++) {
		if (decode_arg_hidden(c, i))
			continue;
		if (!first)
			buf_puts(out, ", ");
		first = false;
		if (desc && !c->strace)
			buf_printf(out, "%s=", desc->args[i].name);
		decode_arg(c, i, out);
	}
}

bool decode_arg_hidden(const struct decode_context *c, unsigned index)
{
	const struct syscall_desc *desc = c->call->desc;
	const struct arg_type *type;

	if (!desc)
		return index >= SYSCALL_ARGS;
	if (index >= desc->nargs)
		return true;
	type = desc->args[index].type;
	return type && type->hidden && type->hidden(c->call, index);
}

static void put_error(int64_t result, struct buf *out)
{
	const char *name = errno_name((int)-result);

	if (name)
		buf_printf(out, "-%s", name);
	else
		decode_put_signed(out, result);
}

void decode_result(const struct decode_context *c, struct buf *out)
{
	const struct syscall_desc *desc = c->call->desc;
	enum syscall_result how = desc ? desc->result : RESULT_INT;
	struct decode_job job = job_of(c, 0, out);
	uint64_t value = c->call->abi == ABI_I386 ? (uint32_t)c->result
	                                          : (uint64_t)c->result;

	if (arch_is_restart(c->result)) {
		buf_printf(out, "? %s", errno_name((int)-c->result));
		return;
	}
	if (how == RESULT_NONE) {
		buf_puts(out, "?");
		return;
	}
	if (arch_is_error(c->result)) {
		put_error(c->result, out);
		return;
	}
	switch (how) {
	case RESULT_FD:
		decode_put_fd(&job, c->result);
		break;
	case RESULT_ADDRESS:
		decode_put_hex(out, value);
		break;
	case RESULT_UINT:
		decode_put_unsigned(out, value);
		break;
	case RESULT_OCTAL:
		buf_printf(out, "%#03llo", (unsigned long long)c->result);
		break;
	default:
		job.value = (uint64_t)c->result;
		decode_put_result(&job);
	}
	cap_text(&job);
}

bool decode_length_before(const struct syscall_view *call,
                          const struct memory *memory, int32_t *length)
{
	const struct syscall_desc *desc = call->desc;

	for (unsigned i = 0; desc && i < desc->nargs; i++) {
		if (desc->args[i].type &&
		    !strcmp(desc->args[i].type->name, "sockaddr_len"))
			return call->args[i] &&
			       memory_read(memory, call->args[i], length,
			                   sizeof(*length)) == sizeof(*length);
	}
	return false;
}

enum arg_shape decode_arg_shape(const struct syscall_arg *arg)
{
	return arg->type ? arg->type->shape : SHAPE_NUMBER;
}

bool decode_arg_is_signed(const struct syscall_arg *arg)
{
	return arg->type && arg->type->is_signed &&
	       arg->type->shape == SHAPE_NUMBER;
}

int64_t decode_arg_value(const struct syscall_view *call, unsigned index)
{
	const struct arg_type *type = NULL;
	uint64_t value;
	size_t size;

	if (index >= SYSCALL_ARGS)
		return 0;
	value = call->args[index];
	if (call->desc && index < call->desc->nargs)
		type = call->desc->args[index].type;
	size = call->abi == ABI_I386 ? 4 : 8;
	if (type && type->bits && type->bits / 8 < size)
		size = type->bits / 8;
	if (type && decode_arg_is_signed(&call->desc->args[index]))
		return decode_signed(value, size);
	return size == 8 ? (int64_t)value
	                 : (int64_t)(value & ((1ull << (size * 8)) - 1));
}

size_t decode_arg_room(const struct syscall_view *call, unsigned index)
{
	const struct arg_type *type;

	if (!call->desc || index >= call->desc->nargs)
		return 0;
	type = call->desc->args[index].type;
	return type && type->room ? type->room(call, index) : 0;
}

size_t decode_arg_bytes(const struct decode_context *c, unsigned index)
{
	const struct syscall_desc *desc = c->call->desc;
	const struct syscall_arg *arg;
	size_t room;

	if (!desc || index >= desc->nargs || !c->call->args[index])
		return 0;
	arg = &desc->args[index];
	if (!arg->type || strcmp(arg->type->name, "buf") != 0)
		return 0;
	if (arg->direction == ARG_OUT &&
	    (c->phase != DECODE_EXIT || c->result < 0))
		return 0;
	room = decode_arg_room(c->call, index);
	/* A result can be longer than what was stored (MSG_TRUNC). */
	if (!strcmp(arg->params[0], "ret") && (uint64_t)c->result < room)
		return (size_t)c->result;
	return room;
}
