/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strings, buffers, and arrays of strings. */
#include "syscalls/decoders.h"

#include "syscalls/decode_netlink.h"
#include "syscalls/decode_parts.h"

#include "base/alloc.h"

#include <string.h>

void decode_path(const struct decode_job *job)
{
	if (decode_has_data(job))
		decode_put_string(job, job->value, DECODE_MAX_PATH - 1);
}

void decode_str(const struct decode_job *job)
{
	if (decode_has_data(job))
		decode_put_string(job, job->value, decode_max_string(job));
}

/* A char array of so many bytes, which may end in a NUL. */
void decode_chars(const struct decode_job *job)
{
	uint8_t data[256];
	uint64_t size = decode_fixed_count(job->arg->params[0]);

	if (!decode_has_data(job))
		return;
	if (size > sizeof(data) || !decode_read(job, job->value, data, size))
		decode_put_addr(job->out, job->value);
	else
		decode_put_chars(job, data, size);
}

static bool is_length(const struct syscall_desc *desc, unsigned index)
{
	static const char *const types[] = { "size", "uint", "int", "ulong" };

	if (index >= desc->nargs || !desc->args[index].type)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (!strcmp(desc->args[index].type->name, types[i]))
			return true;
	}
	return false;
}

/*
 * A buffer's room is what its parameter says; one that is as long as the
 * result has its size in the next argument (read, recv, readlink, getcwd) or
 * in the one before it (sched_getaffinity).  The kernel moves no more than
 * MAX_RW_COUNT in one call, whatever it is told.
 */
enum { ROOM_MAX = 0x7ffff000 };

size_t room_of_buffer(const struct syscall_view *call, unsigned index)
{
	const struct syscall_desc *desc = call->desc;
	const struct syscall_arg *arg = &desc->args[index];
	unsigned at = index + 1;
	int64_t size;

	if (arg->param_arg[0] >= 0) {
		at = (unsigned)arg->param_arg[0];
	} else if (strcmp(arg->params[0], "ret")) {
		return decode_fixed_count(arg->params[0]);
	} else if (!is_length(desc, at)) {
		if (!index || !is_length(desc, index - 1))
			return 0;
		at = index - 1;
	}
	size = decode_arg_value(call, at);
	if (size < 0)
		return decode_arg_is_signed(&desc->args[at]) ? 0 : ROOM_MAX;
	return (size_t)size;
}

/* Whether there is an argument that says how long the buffer is. */
static bool has_length(const struct decode_job *job)
{
	const struct syscall_desc *desc = job->c->call->desc;

	return is_length(desc, job->index + 1) ||
	       (job->index && is_length(desc, job->index - 1));
}

void decode_put_hex_bytes(const struct decode_job *job, taddr addr,
                          uint64_t len)
{
	size_t max = decode_max_string(job);
	size_t want = len > max ? max : (size_t)len;
	AUTO_FREE uint8_t *data = xmalloc(want);

	if (len && !decode_read(job, addr, data, want)) {
		decode_put_addr(job->out, addr);
		return;
	}
	buf_putc(job->out, '"');
	for (size_t i = 0; i < want; i++)
		buf_printf(job->out, "\\x%02x", data[i]);
	buf_puts(job->out, len > want ? "\"..." : "\"");
}

/* With no room these ask how much there would be. */
static bool is_xattr(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && !strcmp(name + len - 5, "xattr");
}

/* An attribute's value: mostly a string, whose NUL is of no interest. */
static void put_xattr(const struct decode_job *job, uint64_t len)
{
	uint8_t last;

	if (len && len <= decode_max_string(job) &&
	    decode_read(job, job->value + len - 1, &last, 1) && !last)
		len--;
	decode_put_bytes(job, job->value, len);
}

void decode_buffer(const struct decode_job *job)
{
	uint64_t len = decode_count(job, 0, 0);
	size_t room = room_of_buffer(job->c->call, job->index);
	bool is_result = !strcmp(job->arg->params[0], "ret");

	if (!decode_has_data(job))
		return;
	/* A result can be longer than what was stored (MSG_TRUNC). */
	if (is_result && room && len > room)
		len = room;
	if (is_result && !room && is_xattr(job->c->call->name)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	/* listxattr tells how much there would be for a buffer of no size. */
	if ((is_result && !room && len && has_length(job)) ||
	    decode_is_negative(job, 0) || decode_is_beyond(job, 1, len)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	/* The kernel counts the NUL of the one string that comes so. */
	if (!strcmp(job->c->call->desc->name, "getcwd"))
		decode_put_string(job, job->value, DECODE_MAX_PATH - 1);
	else if (!strcmp(job->c->call->desc->name, "getrandom"))
		decode_put_hex_bytes(job, job->value, len);
	else if (!strcmp(job->arg->name, "value") &&
	         is_xattr(job->c->call->name))
		put_xattr(job, len);
	else if (!(job->c->call->desc->classes & CLASS_NETWORK) ||
	         !decode_netlink(job, (int)decode_value(job, 0), job->value,
	                         len))
		decode_put_bytes(job, job->value, len);
}

/* A System V message: a long, then the text. */
void decode_msgbuf(const struct decode_job *job)
{
	size_t word = decode_long_size(decode_abi(job));
	uint64_t len = decode_count(job, 0, 0);
	size_t room = room_of_buffer(job->c->call, job->index);
	uint8_t data[8];

	if (!decode_has_data(job))
		return;
	if (!decode_read(job, job->value, data, word)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	if (room && len > room)
		len = room;
	buf_puts(job->out, "{mtype=");
	decode_put_signed(job->out, decode_signed(decode_number(data, word),
	                                          word));
	buf_puts(job->out, ", mtext=");
	decode_put_bytes(job, job->value + word, len);
	buf_puts(job->out, "}");
}

static void foresee_strings(const struct decode_job *job, size_t max)
{
	size_t size = decode_pointer_size(decode_abi(job));
	struct memory_place places[DECODE_MAX_ELEMENTS];
	size_t count = 0;
	uint64_t string;
	taddr at;

	if (!memory_foresees(job->c->memory))
		return;
	while (count < max && count < ARRAY_LEN(places) &&
	       decode_element(job->value, count, size, &at) &&
	       decode_read_pointer(job, at, &string) && string)
		places[count++] = (struct memory_place){ string, 1 };
	memory_foresee(job->c->memory, places, count);
}

/* ["ls", "-l"]; the addresses of what can't be read. */
void decode_argv(const struct decode_job *job)
{
	size_t size = decode_pointer_size(decode_abi(job));
	/* strace bounds them as it does the bytes of a string. */
	size_t max = job->c->strace ? decode_max_string(job)
	                            : decode_max_elements(job);
	uint64_t string;
	taddr at;

	if (!decode_has_data(job))
		return;
	if (!decode_read_pointer(job, job->value, &string)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	foresee_strings(job, max);
	buf_putc(job->out, '[');
	for (size_t i = 0; ; i++) {
		if (!decode_element(job->value, i, size, &at) ||
		    !decode_read_pointer(job, at, &string)) {
			buf_puts(job->out, ", ... /* ");
			decode_put_addr(job->out, job->value + i * size);
			buf_puts(job->out, " */");
			break;
		}
		if (!string)
			break;
		decode_put_comma(job->out, i);
		if (i >= max || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		decode_put_string(job, string, decode_max_string(job));
	}
	buf_putc(job->out, ']');
}

/*
 * Counts pointers up to the NULL, many at a time.  *ENDS is whether there is
 * one before memory or the bound ends.
 */
static size_t count_pointers(const struct decode_job *job, bool *ends)
{
	enum { MOST = 1 << 17, CHUNK = 512 };
	size_t size = decode_pointer_size(decode_abi(job));
	uint8_t data[CHUNK];
	size_t count = 0;
	size_t got = 0;
	taddr at;

	*ends = false;
	do {
		if (!decode_element(job->value, count, size, &at))
			return count;
		got = memory_read(job->c->memory, at, data, CHUNK) / size;
		for (size_t i = 0; i < got; i++, count++) {
			if (!decode_number(data + i * size, size)) {
				*ends = true;
				return count;
			}
		}
	} while (got && count < MOST);
	return count;
}

/* 0x7ffc... and how many; the strings themselves where all is wanted. */
void decode_envp(const struct decode_job *job)
{
	size_t count;
	bool ends;

	if (job->c->whole) {
		decode_argv(job);
		return;
	}
	if (!decode_has_data(job))
		return;
	decode_put_addr(job->out, job->value);
	count = count_pointers(job, &ends);
	if (count || ends)
		buf_printf(job->out, " /* %zu var%s%s */", count,
		           count == 1 ? "" : "s",
		           ends ? "" : ", unterminated");
}
