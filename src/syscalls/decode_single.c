/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arguments that one call has for itself. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>

/* The value of the argument that parameter 0 of argument INDEX names. */
static uint32_t command_of(const struct syscall_view *call, unsigned index)
{
	int at = call->desc->args[index].param_arg[0];

	return at < 0 ? 0 : (uint32_t)call->args[at];
}

/* swapon's flags, with a priority among the bits. */
void decode_swap_flags(const struct decode_job *job)
{
	enum { PRIORITY = 0x7fff };
	uint32_t flags = (uint32_t)job->value & ~(uint32_t)PRIORITY;

	if (flags) {
		decode_put_flags(job->out, "swapon", flags);
		buf_putc(job->out, '|');
	}
	decode_put_unsigned(job->out, job->value & PRIORITY);
}

/* membarrier's processor, where a flag says that there is one. */
bool hidden_cpu_id(const struct syscall_view *call, unsigned index)
{
	enum { HAS_CPU = 1 };

	return !(command_of(call, index) & HAS_CPU);
}

/* mount's type and data, where the flags leave a use for them. */
void decode_mount_str(const struct decode_job *job)
{
	enum {
		REMOUNT = 1 << 5, BIND = 1 << 12, MOVE = 1 << 13,
		UNBINDABLE = 1 << 17, PRIVATE = 1 << 18, SLAVE = 1 << 19,
		SHARED = 1 << 20,
	};
	uint32_t flags = command_of(job->c->call, job->index);
	uint32_t without = BIND | MOVE | UNBINDABLE | PRIVATE | SLAVE | SHARED;

	if (!strcmp(job->arg->name, "filesystemtype"))
		without |= REMOUNT;
	if (flags & without)
		decode_put_addr(job->out, job->value);
	else
		decode_put_string(job, job->value, decode_max_string(job));
}

/* ---- mq_open ---- */

void decode_mq_attr(const struct decode_job *job)
{
	decode_put_struct(job, "mq_attr", job->value);
}

/* ---- reboot ---- */

bool hidden_reboot(const struct syscall_view *call, unsigned index)
{
	enum { RESTART2 = 0xa1b2c3d4 };

	return command_of(call, index) != RESTART2;
}

void decode_reboot_arg(const struct decode_job *job)
{
	decode_put_string(job, job->value, decode_max_string(job));
}

/* ---- syslog ---- */

enum {
	LOG_READ = 2, LOG_READ_ALL = 3, LOG_READ_CLEAR = 4, LOG_LEVEL = 8,
	LOG_LAST = 10,
};

void decode_syslog_type(const struct decode_job *job)
{
	const char *name = constant_name(constant_list_find("syslog"),
	                                 (uint32_t)job->value);

	decode_put_signed(job->out, (int32_t)job->value);
	buf_printf(job->out, " /* %s */", name ? name : "SYSLOG_ACTION_???");
}

/* Those that neither read nor set anything. */
bool hidden_syslog(const struct syscall_view *call, unsigned index)
{
	uint32_t type = command_of(call, index);

	return type <= LOG_LAST && type != LOG_LEVEL &&
	       (type < LOG_READ || type > LOG_READ_CLEAR);
}

void decode_syslog_arg(const struct decode_job *job)
{
	uint32_t type = command_of(job->c->call, job->index);
	bool reads = type >= LOG_READ && type <= LOG_READ_CLEAR;

	if (job->arg->direction == ARG_VALUE)
		decode_put_signed(job->out, (int32_t)job->value);
	else if (!reads)
		decode_put_addr(job->out, job->value);
	else if (decode_has_data(job))
		decode_put_bytes(job, job->value, decode_count(job, 1, 0));
}

/* ---- kcmp ---- */

enum { KCMP_FILE_TYPE = 0, KCMP_EPOLL = 7, KCMP_LAST = 7 };

bool hidden_kcmp(const struct syscall_view *call, unsigned index)
{
	uint32_t type = command_of(call, index);

	return type > KCMP_FILE_TYPE && type < KCMP_EPOLL;
}

void decode_kcmp_arg(const struct decode_job *job)
{
	uint32_t type = command_of(job->c->call, job->index);
	bool second = !strcmp(job->arg->name, "idx2");

	/* Descriptors of another process, whose targets are not ours. */
	if (type == KCMP_FILE_TYPE || (type == KCMP_EPOLL && !second))
		decode_put_signed(job->out, (int32_t)job->value);
	else if (type == KCMP_EPOLL)
		decode_put_struct(job, "kcmp_epoll_slot", job->value);
	else
		decode_put_hex(job->out, job->value);
}

/* ---- modify_ldt ---- */

void decode_ldt(const struct decode_job *job)
{
	enum { DESC_SIZE = 16 };

	if (decode_count(job, 0, 0) == DESC_SIZE)
		decode_put_struct(job, "user_desc", job->value);
	else
		decode_put_addr(job->out, job->value);
}

/* ---- landlock_add_rule ---- */

void decode_landlock_rule(const struct decode_job *job)
{
	enum { PATH_BENEATH = 1, NET_PORT = 2 };
	uint32_t type = command_of(job->c->call, job->index);

	if (type == PATH_BENEATH)
		decode_put_struct(job, "landlock_path", job->value);
	else if (type == NET_PORT)
		decode_put_struct(job, "landlock_port", job->value);
	else
		decode_put_addr(job->out, job->value);
}

/* epoll_ctl's event, which EPOLL_CTL_DEL does not look at. */
void decode_epoll_arg(const struct decode_job *job)
{
	enum { DELETE = 2 };

	if (command_of(job->c->call, job->index) == DELETE)
		decode_put_addr(job->out, job->value);
	else
		decode_put_struct(job, "epoll_event", job->value);
}

/* The seconds that time() stores, and what date they are. */
void decode_time_ptr(const struct decode_job *job)
{
	size_t size = decode_long_size(decode_abi(job));
	uint8_t data[8];
	int64_t seconds;

	if (!decode_has_data(job))
		return;
	if (!decode_read(job, job->value, data, size)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	seconds = decode_signed(decode_number(data, size), size);
	buf_putc(job->out, '[');
	decode_put_signed(job->out, seconds);
	decode_put_date(job->out, seconds, 0, 0);
	buf_putc(job->out, ']');
}
