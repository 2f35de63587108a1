/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes and threads: clone, wait, ptrace, capabilities, processors. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>
#include <sys/wait.h>

enum {
	HAS_PIDFD = 0x1000, HAS_TLS = 0x80000, HAS_PARENT_TID = 0x100000,
	HAS_CLEAR_TID = 0x200000, HAS_CHILD_TID = 0x1000000,
};

void decode_clone_flags(const struct decode_job *job)
{
	uint64_t flags = job->value & ~0xffull;
	int64_t signum = (int64_t)(job->value & 0xff);

	if (flags || !signum)
		decode_put_flags(job->out, "clone", flags);
	if (flags && signum)
		buf_putc(job->out, '|');
	if (signum)
		decode_put_signal(job->out, signum);
}

static bool is_parent_tid(const struct syscall_arg *arg)
{
	return !strncmp(arg->name, "parent", 6);
}

bool hidden_clone(const struct syscall_view *call, unsigned index)
{
	const struct syscall_arg *arg = &call->desc->args[index];
	uint64_t uses = HAS_CLEAR_TID | HAS_CHILD_TID;

	if (arg->param_arg[0] < 0)
		return false;
	if (!strcmp(arg->type->name, "clone_tls"))
		uses = HAS_TLS;
	else if (is_parent_tid(arg))
		uses = HAS_PARENT_TID | HAS_PIDFD;
	return !(call->args[arg->param_arg[0]] & uses);
}

static void put_int(const struct decode_job *job, const uint8_t *data)
{
	decode_put_signed(job->out, (int32_t)decode_number(data, 4));
}

void decode_clone_tid(const struct decode_job *job)
{
	/* The child's own id is written in the child's memory. */
	if (!is_parent_tid(job->arg))
		decode_put_addr(job->out, job->value);
	else if (decode_has_data(job))
		decode_put_array(job, job->value, 1, 4, put_int);
}

void decode_clone_tls(const struct decode_job *job)
{
	/* i386 names a segment there, x86-64 an address. */
	if (decode_abi(job) == ABI_I386)
		decode_put_struct(job, "user_desc", job->value);
	else
		decode_put_addr(job->out, job->value);
}

/* struct clone_args: 64-bit numbers, in this order. */
enum {
	CLONE_FLAGS, CLONE_PIDFD_AT, CLONE_CHILD_TID, CLONE_PARENT_TID,
	CLONE_EXIT_SIGNAL, CLONE_STACK, CLONE_STACK_SIZE, CLONE_TLS,
	CLONE_SET_TID, CLONE_SET_TID_SIZE, CLONE_CGROUP, CLONE_WORDS,
};

static void put_named_addr(struct buf *out, const char *name, uint64_t addr)
{
	buf_printf(out, ", %s=", name);
	decode_put_addr(out, addr);
}

static void put_clone_args(const struct decode_job *job, const uint64_t *word)
{
	enum { INTO_CGROUP = 2 }; /* in the upper half of the flags */
	uint64_t flags = word[CLONE_FLAGS];
	struct buf *out = job->out;

	buf_puts(out, "{flags=");
	decode_put_flags(out, "clone3", flags);
	if (flags & HAS_PIDFD)
		put_named_addr(out, "pidfd", word[CLONE_PIDFD_AT]);
	if (flags & (HAS_CHILD_TID | HAS_CLEAR_TID))
		put_named_addr(out, "child_tid", word[CLONE_CHILD_TID]);
	if (flags & HAS_PARENT_TID)
		put_named_addr(out, "parent_tid", word[CLONE_PARENT_TID]);
	buf_puts(out, ", exit_signal=");
	decode_put_signal(out, (int64_t)word[CLONE_EXIT_SIGNAL]);
	put_named_addr(out, "stack", word[CLONE_STACK]);
	buf_puts(out, ", stack_size=");
	decode_put_hex(out, word[CLONE_STACK_SIZE]);
	if (flags & HAS_TLS)
		put_named_addr(out, "tls", word[CLONE_TLS]);
	if (word[CLONE_SET_TID] || word[CLONE_SET_TID_SIZE]) {
		buf_puts(out, ", set_tid=");
		if (word[CLONE_SET_TID_SIZE] > 32)
			decode_put_addr(out, word[CLONE_SET_TID]);
		else
			decode_put_array(job, word[CLONE_SET_TID],
			                 word[CLONE_SET_TID_SIZE], 4, put_int);
		buf_puts(out, ", set_tid_size=");
		decode_put_unsigned(out, word[CLONE_SET_TID_SIZE]);
	}
	if (flags >> 32 & INTO_CGROUP) {
		buf_puts(out, ", cgroup=");
		decode_put_fd(job, (int32_t)word[CLONE_CGROUP]);
	}
	decode_put_extra(job, EXTRA_BYTES, job->value, 8 * CLONE_WORDS,
	                 decode_count(job, 0, 0));
	buf_putc(out, '}');
}

/* " => {pidfd=[3], parent_tid=[4711]}": what the kernel stored. */
static void put_clone_written(const struct decode_job *job,
                              const uint64_t *word)
{
	const struct { uint64_t flag; unsigned at; const char *name; } rows[] = {
		{ HAS_PIDFD, CLONE_PIDFD_AT, "pidfd" },
		{ HAS_PARENT_TID, CLONE_PARENT_TID, "parent_tid" },
	};
	struct buf *out = job->out;
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint8_t data[4];

		if (!(word[CLONE_FLAGS] & rows[i].flag) ||
		    !decode_read(job, word[rows[i].at], data, sizeof(data)))
			continue;
		buf_printf(out, "%s%s=[", any ? ", " : " => {", rows[i].name);
		if (i)
			put_int(job, data);
		else
			decode_put_fd(job, (int32_t)decode_number(data, 4));
		buf_putc(out, ']');
		any = true;
	}
	if (any)
		buf_putc(out, '}');
}

void decode_clone_args(const struct decode_job *job)
{
	enum { LEAST = 64 }; /* CLONE_ARGS_SIZE_VER0 */
	uint64_t size = decode_count(job, 0, 0);
	uint8_t data[8 * CLONE_WORDS] = { 0 };
	uint64_t word[CLONE_WORDS];

	if (!decode_has_data(job))
		return;
	if (size > sizeof(data))
		size = sizeof(data);
	if (size < LEAST || !decode_read(job, job->value, data, (size_t)size)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	for (size_t i = 0; i < CLONE_WORDS; i++)
		word[i] = decode_number(data + 8 * i, 8);
	put_clone_args(job, word);
	if (job->c->strace && job->c->phase == DECODE_EXIT &&
	    job->c->result > 0)
		put_clone_written(job, word);
}

/* ---- wait ---- */

static void put_stopped(struct buf *out, int status)
{
	int event = status >> 16;

	buf_puts(out, "WIFSTOPPED(s) && WSTOPSIG(s) == ");
	if ((WSTOPSIG(status) & 0x7f) == SIGTRAP && WSTOPSIG(status) & 0x80) {
		buf_puts(out, "SIGTRAP | 0x80");
	} else {
		decode_put_signal(out, WSTOPSIG(status));
	}
	buf_putc(out, '}');
	if (event) {
		buf_puts(out, " | ");
		decode_put_enum(out, "ptrace_events", (uint32_t)event);
		buf_puts(out, " << 16");
	}
}

static void put_status(struct buf *out, int status)
{
	buf_putc(out, '{');
	if (status == 0xffff) {
		buf_puts(out, "WIFCONTINUED(s)}");
	} else if (WIFSTOPPED(status)) {
		put_stopped(out, status);
	} else if (WIFSIGNALED(status)) {
		buf_puts(out, "WIFSIGNALED(s) && WTERMSIG(s) == ");
		decode_put_signal(out, WTERMSIG(status));
		buf_puts(out, WCOREDUMP(status) ? " && WCOREDUMP(s)}" : "}");
	} else if (status & ~0xff00) {
		buf_printf(out, "%#x}", (unsigned)status);
	} else {
		buf_printf(out, "WIFEXITED(s) && WEXITSTATUS(s) == %d}",
		           WEXITSTATUS(status));
	}
}

void decode_wstatus(const struct decode_job *job)
{
	uint8_t data[4];

	/* Nothing is written where no child had news. */
	if (job->c->phase == DECODE_EXIT && job->c->result <= 0) {
		decode_put_addr(job->out, job->value);
		return;
	}
	if (!decode_has_data(job))
		return;
	if (!decode_read(job, job->value, data, 4)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	put_status(job->out, (int)decode_number(data, 4));
	buf_putc(job->out, ']');
}

/* ---- processors, memory nodes, capabilities ---- */

enum { MASK_MAX = 8192 };

/* [0 1 5], the set bits of SIZE bytes. */
static void put_bits(const struct decode_job *job, uint64_t size)
{
	uint8_t set[MASK_MAX];
	size_t shown = 0;

	if (size > sizeof(set))
		size = sizeof(set);
	if (!decode_has_data(job))
		return;
	if (size && !decode_read(job, job->value, set, (size_t)size)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	for (size_t i = 0; i < size * 8; i++) {
		if (!(set[i / 8] >> (i % 8) & 1))
			continue;
		if (shown)
			buf_putc(job->out, ' ');
		if (decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		decode_put_unsigned(job->out, i);
		shown++;
	}
	buf_putc(job->out, ']');
}

static void put_page(const struct decode_job *job, const uint8_t *data)
{
	buf_putc(job->out, *data & 1 ? '1' : '0');
}

/* mincore's: a byte a page, of which one bit says something. */
void decode_pagevec(const struct decode_job *job)
{
	enum { PAGE = 4096 };
	uint64_t len = decode_count(job, 0, 0);

	if (decode_has_data(job))
		decode_put_array(job, job->value,
		                 len / PAGE + (len % PAGE != 0), 1, put_page);
}

void decode_cpuset(const struct decode_job *job)
{
	put_bits(job, decode_count(job, 0, 0));
}

static void put_word(const struct decode_job *job, const uint8_t *data)
{
	size_t size = decode_long_size(decode_abi(job));

	buf_printf(job->out, "%#0*llx", (int)size * 2,
	           (unsigned long long)decode_number(data, size));
}

void decode_nodemask(const struct decode_job *job)
{
	size_t size = decode_long_size(decode_abi(job));
	uint64_t bits = decode_count(job, 0, 0);

	/* The kernel counts one bit less than it is told. */
	if (decode_has_data(job))
		decode_put_array(job, job->value,
		                 bits ? (bits - 1 + size * 8 - 1) / (size * 8)
		                      : 0, size, put_word);
}

/* CAP_X|CAP_Y as bits; HIGH and LOW are the halves of the mask. */
static void put_caps(struct buf *out, uint32_t low, uint32_t high)
{
	const struct constant_list *caps = constant_list_find("cap");
	uint64_t set = (uint64_t)high << 32 | low;
	bool first = true;

	for (unsigned i = 0; i < 64; i++) {
		const char *name = constant_name(caps, i);

		if (!(set >> i & 1) || !name)
			continue;
		buf_printf(out, "%s1<<%s", first ? "" : "|", name);
		set &= ~(1ull << i);
		first = false;
	}
	if (set || first) {
		buf_puts(out, first ? "" : "|");
		decode_put_hex(out, set);
	}
}

void decode_cap_data(const struct decode_job *job)
{
	enum { VERSION_2 = 0x20071026, VERSION_3 = 0x20080522, SETS = 3 };
	static const char *const names[SETS] = {
		"effective", "permitted", "inheritable",
	};
	uint8_t version[4];
	uint8_t data[8 * SETS] = { 0 };
	size_t size = 4 * SETS;

	if (!decode_has_data(job))
		return;
	if (!decode_read(job, (taddr)decode_param(job, 0, 0), version, 4)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	if (decode_number(version, 4) == VERSION_2 ||
	    decode_number(version, 4) == VERSION_3)
		size *= 2;
	if (!decode_read(job, job->value, data, size)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	for (size_t i = 0; i < SETS; i++) {
		buf_printf(job->out, "%s%s=", i ? ", " : "{", names[i]);
		put_caps(job->out, (uint32_t)decode_number(data + 4 * i, 4),
		         (uint32_t)decode_number(data + 4 * (SETS + i), 4));
	}
	buf_putc(job->out, '}');
}

/* A segment: its bits as <asm/ldt.h> has them. */
void put_user_desc(const struct decode_job *job, const struct layout *layout,
                   const uint8_t *data, taddr addr)
{
	static const struct {
		const char *name;
		uint8_t shift, mask;
	} fields[] = {
		{ "seg_32bit", 0, 1 }, { "contents", 1, 3 },
		{ "read_exec_only", 3, 1 }, { "limit_in_pages", 4, 1 },
		{ "seg_not_present", 5, 1 }, { "useable", 6, 1 },
		{ "lm", 7, 1 },
	};
	unsigned bits = (unsigned)decode_number(data + 12, 4);
	size_t count = decode_abi(job) == ABI_I386 ? 6 : 7;

	layout_put_fields(job, layout, data, addr);
	buf_truncate(job->out, job->out->len - 1);
	for (size_t i = 0; i < count; i++)
		buf_printf(job->out, ", %s=%u", fields[i].name,
		           bits >> fields[i].shift & fields[i].mask);
	buf_putc(job->out, '}');
}

void put_sched_param(const struct decode_job *job, const struct layout *layout,
                     const uint8_t *data, taddr addr)
{
	(void)layout;
	(void)addr;
	buf_printf(job->out, "[%d]", (int)decode_number(data, 4));
}

/* The struct says its own size; the newest fields may be missing. */
void put_sched_attr(const struct decode_job *job, const struct layout *layout,
                    const uint8_t *data, taddr addr)
{
	enum { OLD_SIZE = 48 };
	unsigned size = (unsigned)decode_number(data, 4);
	uint8_t util[8];

	if (size && size < OLD_SIZE) {
		buf_printf(job->out, "{size=%u}", size);
		return;
	}
	layout_put_fields(job, layout, data, addr);
	if (size < OLD_SIZE + sizeof(util) ||
	    !decode_read(job, addr + OLD_SIZE, util, sizeof(util)))
		return;
	buf_truncate(job->out, job->out->len - 1);
	buf_printf(job->out, ", sched_util_min=%u, sched_util_max=%u%s}",
	           (unsigned)decode_number(util, 4),
	           (unsigned)decode_number(util + 4, 4),
	           size > OLD_SIZE + sizeof(util) ? ", ..." : "");
}
