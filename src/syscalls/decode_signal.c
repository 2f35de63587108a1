/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals: sets, handlers, and what comes with one. */
#include "syscalls/decode_struct.h"

#include "syscalls/decoders.h"

#include <signal.h>
#include <string.h>

enum { SIGSET_MAX = 8, SA_HAS_RESTORER = 0x04000000 };

/* [INT TERM], or ~[...] of what is missing where that is shorter. */
static void put_sigset(struct buf *out, uint64_t set, unsigned bits)
{
	bool inverted = (unsigned)__builtin_popcountll(set) >= bits * 2 / 3;
	char data[16];
	bool first = true;

	buf_puts(out, inverted ? "~[" : "[");
	for (unsigned i = 0; i < bits; i++) {
		const char *name;

		if ((set >> i & 1) == inverted)
			continue;
		if (!first)
			buf_putc(out, ' ');
		first = false;
		name = signal_name((int)i + 1, data);
		if (name)
			buf_puts(out, name + strlen("SIG"));
		else
			buf_printf(out, "%u", i + 1);
	}
	buf_putc(out, ']');
}

void decode_put_sigset(struct buf *out, uint64_t set)
{
	put_sigset(out, set, 64);
}

void decode_put_sigset_at(const struct decode_job *job, taddr addr,
                          uint64_t size)
{
	uint8_t data[SIGSET_MAX];

	if (!addr || size < 4 || size > sizeof(data) ||
	    !decode_read(job, addr, data, (size_t)size))
		decode_put_addr(job->out, addr);
	else
		put_sigset(job->out, decode_number(data, (size_t)size),
		           (unsigned)size * 8);
}

void decode_sigset(const struct decode_job *job)
{
	if (decode_has_data(job))
		decode_put_sigset_at(job, job->value,
		                     decode_count(job, 0, SIGSET_MAX));
}

void decode_oldsigset(const struct decode_job *job)
{
	put_sigset(job->out, (uint32_t)job->value, 32);
}

void decode_oldsigset_ptr(const struct decode_job *job)
{
	if (decode_has_data(job))
		decode_put_sigset_at(job, job->value, 4);
}

/* pselect6's last argument: a pointer to a set, and the set's size. */
void put_sigset_pack(const struct decode_job *job, const struct layout *layout,
                     const uint8_t *data, taddr addr)
{
	enum abi abi = decode_abi(job);
	uint64_t size = (uint64_t)layout_get(layout, abi, data, "sigsetsize");

	(void)addr;
	buf_puts(job->out, "{sigmask=");
	decode_put_sigset_at(job, (taddr)layout_get(layout, abi, data,
	                                            "sigmask"), size);
	buf_puts(job->out, ", sigsetsize=");
	decode_put_unsigned(job->out, size);
	buf_putc(job->out, '}');
}

static void put_handler(struct buf *out, uint64_t handler)
{
	if (handler == 0)
		buf_puts(out, "SIG_DFL");
	else if (handler == 1)
		buf_puts(out, "SIG_IGN");
	else
		decode_put_addr(out, handler);
}

void decode_sighandler(const struct decode_job *job)
{
	put_handler(job->out, job->value);
}

void put_sigaction(const struct decode_job *job, const struct layout *layout,
                   const uint8_t *data, taddr addr)
{
	enum abi abi = decode_abi(job);
	bool old = !strcmp(layout->name, "oldsigaction");
	uint64_t flags = (uint64_t)layout_get(layout, abi, data, "sa_flags");
	/* Behind three words, and not aligned as a number of its size. */
	size_t mask = decode_pointer_size(abi) * (old ? 1u : 3u);

	(void)addr;
	buf_puts(job->out, "{sa_handler=");
	put_handler(job->out, (uint64_t)layout_get(layout, abi, data,
	                                           "sa_handler"));
	buf_puts(job->out, ", sa_mask=");
	put_sigset(job->out, decode_number(data + mask, old ? 4 : 8),
	           old ? 32 : 64);
	buf_puts(job->out, ", sa_flags=");
	decode_put_flags(job->out, "sigaction", flags);
	if (flags & SA_HAS_RESTORER) {
		buf_puts(job->out, ", sa_restorer=");
		decode_put_addr(job->out,
		                (taddr)layout_get(layout, abi, data,
		                                  "sa_restorer"));
	}
	buf_putc(job->out, '}');
}

/* ---- siginfo ---- */

/*
 * include/uapi/asm-generic/siginfo.h: three ints, then a union that is
 * aligned as a pointer of the ABI.
 */
struct siginfo_text {
	const struct decode_job *job;
	const uint8_t *data;
	const uint8_t *fields; /* the union */
	size_t word;
	int32_t signo;
	int32_t code;
};

static int32_t int_at(const uint8_t *data)
{
	return (int32_t)decode_number(data, 4);
}

static void put_source(const struct siginfo_text *s)
{
	buf_printf(s->job->out, ", si_pid=%d, si_uid=", int_at(s->fields));
	decode_put_id(s->job->out, (uint32_t)int_at(s->fields + 4));
}

/* sigval, the union of an int and a pointer, at AT. */
static void put_sigval(const struct siginfo_text *s, const uint8_t *at)
{
	buf_printf(s->job->out, ", si_int=%d, si_ptr=", int_at(at));
	decode_put_addr(s->job->out, decode_number(at, s->word));
}

static void put_child(const struct siginfo_text *s)
{
	struct buf *out = s->job->out;
	int32_t status = int_at(s->fields + 8);
	/* x32's clock_t is aligned at 8 bytes, not to its union's 4. */
	enum abi abi = decode_abi(s->job);
	size_t size = decode_long_size(abi);
	size_t at = abi == ABI_X86_64 ? 16 : 12;

	put_source(s);
	buf_puts(out, ", si_status=");
	if (s->code == CLD_EXITED)
		decode_put_signed(out, status);
	else
		decode_put_signal(out, status);
	buf_puts(out, ", si_utime=");
	decode_put_ticks(out, decode_signed(decode_number(s->fields + at,
	                                                  size), size));
	buf_puts(out, ", si_stime=");
	decode_put_ticks(out, decode_signed(decode_number(s->fields + at + size,
	                                                  size), size));
}

static void put_fault(const struct siginfo_text *s)
{
	struct buf *out = s->job->out;
	size_t word = s->word;

	buf_puts(out, ", si_addr=");
	decode_put_addr(out, decode_number(s->fields, word));
	if (s->signo == SIGSEGV && s->code == SEGV_BNDERR) {
		buf_puts(out, ", si_lower=");
		decode_put_addr(out, decode_number(s->fields + 2 * word, word));
		buf_puts(out, ", si_upper=");
		decode_put_addr(out, decode_number(s->fields + 3 * word, word));
	} else if (s->signo == SIGSEGV && s->code == SEGV_PKUERR) {
		buf_printf(out, ", si_pkey=%u",
		           (unsigned)int_at(s->fields + 2 * word));
	}
}

static void put_system(const struct siginfo_text *s)
{
	struct buf *out = s->job->out;
	char data[SYSCALL_NAME_MAX];
	uint32_t arch = (uint32_t)int_at(s->fields + s->word + 4);
	uint32_t nr = (uint32_t)int_at(s->fields + s->word);
	enum abi abi;

	buf_puts(out, ", si_call_addr=");
	decode_put_addr(out, decode_number(s->fields, s->word));
	buf_puts(out, ", si_syscall=");
	if (arch_abi_of_call(arch, nr, &abi))
		buf_printf(out, "__NR_%s", syscall_name(abi, nr, data));
	else
		decode_put_unsigned(out, nr);
	buf_puts(out, ", si_arch=");
	decode_put_enum(out, "audit_arch", arch);
}

/* What the sender of a signal from user space said. */
static void put_from_user(const struct siginfo_text *s)
{
	struct buf *out = s->job->out;

	switch (s->code) {
	case SI_TIMER:
		buf_printf(out, ", si_timerid=%#x, si_overrun=%d",
		           (unsigned)int_at(s->fields), int_at(s->fields + 4));
		put_sigval(s, s->fields + 8);
		break;
	case SI_USER:
	case SI_TKILL:
		put_source(s);
		break;
	default:
		put_source(s);
		if (decode_number(s->fields + 8, s->word))
			put_sigval(s, s->fields + 8);
	}
}

static void put_from_kernel(const struct siginfo_text *s)
{
	switch (s->signo) {
	case SIGCHLD:
		put_child(s);
		break;
	case SIGILL:
	case SIGFPE:
	case SIGBUS:
	case SIGSEGV:
	case SIGTRAP:
		put_fault(s);
		break;
	case SIGIO:
		buf_printf(s->job->out, ", si_band=%lld, si_fd=",
		           (long long)decode_signed(
				decode_number(s->fields, s->word), s->word));
		decode_put_fd(s->job, int_at(s->fields + s->word));
		break;
	case SIGSYS:
		put_system(s);
		break;
	default:
		if (decode_number(s->fields, 8))
			put_source(s);
		if (decode_number(s->fields + 8, s->word))
			put_sigval(s, s->fields + 8);
	}
}

static void put_code(struct buf *out, int signo, int code)
{
	static const struct {
		int signo;
		const char *list;
	} lists[] = {
		{ SIGCHLD, "si_codes_chld" }, { SIGSEGV, "si_codes_segv" },
		{ SIGBUS, "si_codes_bus" }, { SIGFPE, "si_codes_fpe" },
		{ SIGILL, "si_codes_ill" }, { SIGTRAP, "si_codes_trap" },
		{ SIGIO, "si_codes_poll" }, { SIGSYS, "si_codes_sys" },
	};
	const char *name = constant_name(constant_list_find("si_codes"),
	                                 (uint32_t)code);

	for (size_t i = 0; !name && i < ARRAY_LEN(lists); i++) {
		if (lists[i].signo == signo)
			name = constant_name(constant_list_find(lists[i].list),
			                     (uint32_t)code);
	}
	if (name)
		buf_puts(out, name);
	else
		decode_put_hex(out, (uint32_t)code);
}

void put_siginfo(const struct decode_job *job, const struct layout *layout,
                 const uint8_t *data, taddr addr)
{
	size_t word = decode_pointer_size(decode_abi(job));
	struct siginfo_text s = {
		.job = job,
		.data = data,
		.fields = data + (word == 8 ? 16 : 12),
		.word = word,
		.signo = int_at(data),
		.code = int_at(data + 8),
	};
	int32_t errnum = int_at(data + 4);

	(void)layout;
	(void)addr;
	buf_putc(job->out, '{');
	if (s.signo) {
		buf_puts(job->out, "si_signo=");
		decode_put_signal(job->out, s.signo);
		buf_puts(job->out, ", si_code=");
		put_code(job->out, s.signo, s.code);
		if (errnum && errno_name(errnum))
			buf_printf(job->out, ", si_errno=%s",
			           errno_name(errnum));
		else if (errnum)
			buf_printf(job->out, ", si_errno=%u",
			           (unsigned)errnum);
		if (s.code <= 0)
			put_from_user(&s);
		else
			put_from_kernel(&s);
	}
	buf_putc(job->out, '}');
}

void put_sigevent(const struct decode_job *job, const struct layout *layout,
                  const uint8_t *data, taddr addr)
{
	enum abi abi = decode_abi(job);
	size_t word = decode_pointer_size(abi);
	const uint8_t *rest = data + word + 8;
	int64_t notify = layout_get(layout, abi, data, "sigev_notify");
	int64_t signo = layout_get(layout, abi, data, "sigev_signo");
	struct buf *out = job->out;

	(void)addr;
	buf_putc(out, '{');
	if (decode_number(data, word)) {
		buf_printf(out, "sigev_value={sival_int=%d, sival_ptr=",
		           int_at(data));
		decode_put_addr(out, decode_number(data, word));
		buf_puts(out, "}, ");
	}
	buf_puts(out, "sigev_signo=");
	if (notify == SIGEV_SIGNAL || notify == SIGEV_THREAD ||
	    notify == SIGEV_THREAD_ID)
		decode_put_signal(out, signo);
	else
		decode_put_unsigned(out, (uint32_t)signo);
	buf_puts(out, ", sigev_notify=");
	decode_put_enum(out, "sigev_notify", (uint32_t)notify);
	if (notify == SIGEV_THREAD_ID) {
		buf_printf(out, ", sigev_notify_thread_id=%d", int_at(rest));
	} else if (notify == SIGEV_THREAD) {
		buf_puts(out, ", sigev_notify_function=");
		decode_put_addr(out, decode_number(rest, word));
		buf_puts(out, ", sigev_notify_attributes=");
		decode_put_addr(out, decode_number(rest + word, word));
	}
	buf_putc(out, '}');
}
