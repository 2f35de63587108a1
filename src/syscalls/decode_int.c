/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plain values: integers, descriptors, ids, flags and enumerators, and the
 * numbers that are put together from parts.
 */
#include "syscalls/decoders.h"

#include "syscalls/decode_parts.h"

#include <arpa/inet.h>
#include <string.h>

void decode_integer(const struct decode_job *job)
{
	int64_t value = decode_value(job, job->index);

	if (decode_arg_is_signed(job->arg))
		decode_put_signed(job->out, value);
	else
		decode_put_unsigned(job->out, (uint64_t)value);
}

void decode_hex(const struct decode_job *job)
{
	/* strace turns mmap2's pages into bytes. */
	bool pages = job->c->strace && job->arg &&
	             !strcmp(job->arg->name, "pgoffset");

	decode_put_hex(job->out, pages ? job->value << 12 : job->value);
}

void decode_address(const struct decode_job *job)
{
	decode_put_addr(job->out, job->value);
}

/* Two registers of an i386 call; a whole one elsewhere. */
void decode_off64lo(const struct decode_job *job)
{
	uint64_t high = (uint64_t)decode_param(job, 0, 0);
	uint64_t value = job->value;

	if (job->arg->param_arg[0] >= 0)
		value = (uint32_t)value | high << 32;
	decode_put_signed(job->out, (int64_t)value);
}

void decode_fd(const struct decode_job *job)
{
	decode_put_fd(job, (int32_t)job->value);
}

void decode_atfd(const struct decode_job *job)
{
	const char *list = job->arg->params[0][0] ? job->arg->params[0]
	                                          : "dirfd";
	const char *name = constant_name(constant_list_find(list),
	                                 (uint32_t)job->value);

	if (name)
		buf_puts(job->out, name);
	else
		decode_put_fd(job, (int32_t)job->value);
}

/* What a file may have; its kind is not among it. */
void decode_mode(const struct decode_job *job)
{
	buf_printf(job->out, "%#03o", (unsigned)(uint16_t)job->value);
}

/* mknod's, which says the kind too. */
void decode_filemode(const struct decode_job *job)
{
	decode_put_mode(job->out, (uint16_t)job->value);
}

/* open's mode, where the flags make no file. */
bool hidden_mode(const struct syscall_view *call, unsigned index)
{
	int flags = call->desc->args[index].param_arg[0];
	enum { CREATES = 0100 | 020000000 }; /* O_CREAT, __O_TMPFILE */

	return flags >= 0 && !(call->args[flags] & CREATES);
}

void decode_dev(const struct decode_job *job)
{
	decode_put_dev(job->out, (uint32_t)job->value);
}

/* mknod's dev, where the mode makes no device. */
bool hidden_dev(const struct syscall_view *call, unsigned index)
{
	int mode = call->desc->args[index].param_arg[0];
	unsigned type;

	if (mode < 0)
		return false;
	type = call->args[mode] & 0170000;
	return type != 0020000 && type != 0060000; /* S_IFCHR, S_IFBLK */
}

void decode_id(const struct decode_job *job)
{
	decode_put_id(job->out, (uint32_t)job->value);
}

void decode_id16(const struct decode_job *job)
{
	uint16_t id = (uint16_t)job->value;

	decode_put_id(job->out, id == UINT16_MAX ? UINT32_MAX : id);
}

void decode_signal(const struct decode_job *job)
{
	decode_put_signal(job->out, (int32_t)job->value);
}

/* A clock by name, or as the kernel puts a process's clock together:
 * the inverted id, shifted over three bits of kind. */
void decode_put_clockid(struct buf *out, int32_t clock)
{
	const char *name = constant_name(constant_list_find("clockids"),
	                                 (uint32_t)clock);
	int32_t id = ~(clock >> 3);

	if (name) {
		buf_puts(out, name);
	} else if (clock < 0 && (clock & 3) == 3) {
		buf_printf(out, "FD_TO_CLOCKID(%d)", id);
	} else if (clock < 0) {
		buf_puts(out, clock & 4 ? "MAKE_THREAD_CPUCLOCK("
		                        : "MAKE_PROCESS_CPUCLOCK(");
		buf_printf(out, "%d, ", id);
		decode_put_enum(out, "clock_cpu", clock & 3);
		buf_putc(out, ')');
	} else {
		decode_put_enum(out, "clockids", (uint32_t)clock);
	}
}

void decode_clockid(const struct decode_job *job)
{
	decode_put_clockid(job->out, (int32_t)job->value);
}

void decode_key(const struct decode_job *job)
{
	if ((uint32_t)job->value)
		decode_put_hex(job->out, (uint32_t)job->value);
	else
		buf_puts(job->out, "IPC_PRIVATE");
}

void decode_put_keyserial(struct buf *out, int32_t serial)
{
	const char *name = constant_name(constant_list_find("key_spec"),
	                                 (uint32_t)serial);

	if (name)
		buf_puts(out, name);
	else
		decode_put_signed(out, serial);
}

void decode_keyserial(const struct decode_job *job)
{
	decode_put_keyserial(job->out, (int32_t)job->value);
}

/* ---- flags and enumerators ---- */

static const struct constant_list *list_of(const struct decode_job *job)
{
	return constant_list_find(job->arg->params[0]);
}

/*
 * Most calls take flags as an int: what is in the register's upper half is
 * nothing to them.  These take a long, or 64 bits.
 */
static bool has_wide_flags(const char *list)
{
	static const char *const lists[] = {
		"fanotify_mask", "get_mempolicy", "kexec", "kexec_file",
		"mmap_prot", "mount", "mremap", "perf_flags", "pkey_access",
		"unshare",
	};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		if (!strcmp(lists[i], list))
			return true;
	}
	return false;
}

void decode_flags(const struct decode_job *job)
{
	uint64_t value = job->value;

	if (!has_wide_flags(job->arg->params[0]))
		value = (uint32_t)value;
	constant_put_flags(list_of(job), value, job->out);
}

void decode_put_enumerator(struct buf *out, const struct constant_list *list,
                           uint64_t value)
{
	/* A list of fields and bits: SCHED_FIFO|SCHED_RESET_ON_FORK. */
	if (list && list->items[0].mask)
		constant_put_flags(list, value, out);
	else
		constant_put_enum(list, value, out);
}

void decode_enum(const struct decode_job *job)
{
	decode_put_enumerator(job->out, list_of(job), (uint32_t)job->value);
}

void decode_permflags(const struct decode_job *job)
{
	if ((uint32_t)job->value & ~0777u) {
		constant_put_flags(list_of(job),
		                   (uint32_t)job->value & ~0777u, job->out);
		buf_putc(job->out, '|');
	}
	buf_printf(job->out, "%#03o", (unsigned)(job->value & 0777));
}

void decode_ipc_cmd(const struct decode_job *job)
{
	enum { IPC_64_BIT = 0x100 };
	uint32_t value = (uint32_t)job->value;

	if (value & IPC_64_BIT)
		buf_puts(job->out, "IPC_64|");
	constant_put_enum(list_of(job), value & ~(uint32_t)IPC_64_BIT,
	                  job->out);
}

void decode_ipc_call(const struct decode_job *job)
{
	uint32_t version = (uint32_t)job->value >> 16;

	if (version)
		buf_printf(job->out, "%u<<16|", version);
	decode_put_enum(job->out, "ipc_call", job->value & 0xffff);
}

/* Flags with a page size in them, as a power of two. */
static void put_huge_flags(struct buf *out, const char *list, uint64_t value,
                           const char *shift)
{
	enum { HUGE_SHIFT = 26, HUGE_MASK = 0x3f };
	uint64_t size = (value >> HUGE_SHIFT) & HUGE_MASK;
	uint64_t flags = value & ~((uint64_t)HUGE_MASK << HUGE_SHIFT);

	bool shown = flags || !size ||
	             constant_name(constant_list_find(list), 0);

	if (shown)
		decode_put_flags(out, list, flags);
	if (size)
		buf_printf(out, "%s%u<<%s", shown ? "|" : "", (unsigned)size,
		           shift);
}

void decode_mmap_flags(const struct decode_job *job)
{
	put_huge_flags(job->out, "mmap", job->value, "MAP_HUGE_SHIFT");
}

void decode_memfd_flags(const struct decode_job *job)
{
	put_huge_flags(job->out, "memfd", (uint32_t)job->value,
	               "MFD_HUGE_SHIFT");
}

void decode_mempolicy(const struct decode_job *job)
{
	decode_put_flags(job->out, "mbind_mode", (uint32_t)job->value);
}

void decode_personality(const struct decode_job *job)
{
	/* The value that only asks. */
	if ((uint32_t)job->value == UINT32_MAX)
		decode_put_hex(job->out, UINT32_MAX);
	else
		decode_put_flags(job->out, "personality",
		                 (uint32_t)job->value);
}

void decode_sock_type(const struct decode_job *job)
{
	enum { KIND = 0xf };
	const struct constant_list *list = constant_list_find("sock_type");
	uint32_t value = (uint32_t)job->value;

	/* A kind that has no name is no kind: only the flags are told. */
	if (constant_name(list, value & KIND))
		decode_put_flags(job->out, "sock_type", value);
	else
		decode_put_flags(job->out, "sock_flags", value);
}

void decode_sock_protocol(const struct decode_job *job)
{
	int64_t domain = decode_param(job, 0, 0);
	uint32_t value = (uint32_t)job->value;
	enum { UNIX = 1, INET = 2, INET6 = 10, NETLINK = 16, PACKET = 17 };

	if (domain == INET || domain == INET6) {
		decode_put_enum(job->out, "inet_protocols", value);
	} else if (domain == NETLINK) {
		decode_put_enum(job->out, "netlink_protocols", value);
	} else if (domain == PACKET) {
		buf_puts(job->out, "htons(");
		decode_put_enum(job->out, "ethernet_protocols",
		                ntohs((uint16_t)value));
		buf_putc(job->out, ')');
	} else {
		decode_put_signed(job->out, (int32_t)value);
	}
}

void decode_ioprio(const struct decode_job *job)
{
	uint32_t value = (uint32_t)job->value;

	buf_puts(job->out, "IOPRIO_PRIO_VALUE(");
	decode_put_enum(job->out, "ioprio_class", value >> 13);
	buf_printf(job->out, ", %u)", value & 0x1fff);
}

void decode_quota_cmd(const struct decode_job *job)
{
	uint32_t value = (uint32_t)job->value;

	buf_puts(job->out, "QCMD(");
	decode_put_enum(job->out, "quota", value >> 8);
	buf_puts(job->out, ", ");
	decode_put_enum(job->out, "quota_type", value & 0xff);
	buf_putc(job->out, ')');
}

bool hidden_always(const struct syscall_view *call, unsigned index)
{
	(void)call;
	(void)index;
	return true;
}

bool hidden_mremap_addr(const struct syscall_view *call, unsigned index)
{
	int flags = call->desc->args[index].param_arg[0];
	enum { USES = 2 | 4 }; /* MREMAP_FIXED, MREMAP_DONTUNMAP */

	return flags >= 0 && !(call->args[flags] & USES);
}

/* ---- integers behind a pointer ---- */

/* [A|B]: 32 bits. */
void decode_flags_ptr(const struct decode_job *job)
{
	uint8_t data[4];

	if (!decode_has_data(job))
		return;
	if (!decode_read(job, job->value, data, sizeof(data))) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	constant_put_flags(list_of(job), decode_number(data, sizeof(data)),
	                   job->out);
	buf_putc(job->out, ']');
}

static void put_element(const struct decode_job *job, const uint8_t *data)
{
	const struct arg_type *type = job->arg->type;
	size_t size = type->element == ELEMENT_WORD
	              ? decode_long_size(decode_abi(job)) : type->element;
	uint64_t value = decode_number(data, size);

	if (!strcmp(type->name, "fdpair"))
		decode_put_fd(job, (int32_t)value);
	else if (type->is_signed)
		decode_put_signed(job->out, decode_signed(value, size));
	else
		decode_put_unsigned(job->out, value);
}

/* int_ptr and the like: [3]; fdpair: [3, 4]. */
void decode_integers(const struct decode_job *job)
{
	const struct arg_type *type = job->arg->type;
	size_t size = type->element == ELEMENT_WORD
	              ? decode_long_size(decode_abi(job)) : type->element;

	if (decode_has_data(job))
		decode_put_array(job, job->value,
		                 strcmp(type->name, "fdpair") ? 1 : 2, size,
		                 put_element);
}
