/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results that are more than a number: "0x8002 (flags O_RDWR|O_LARGEFILE)",
 * "0 (Timeout)".
 */
#include "syscalls/decoders.h"

#include "syscalls/decode_parts.h"

#include <string.h>

enum note {
	NOTE_FLAGS,      /* in hex, then of the list */
	NOTE_SOME,       /* likewise, where there are any */
	NOTE_ENUM,       /* in hex, then one of the list */
	NOTE_POLICY,     /* a decimal number, then of the list */
	NOTE_SIGNAL,
	NOTE_HANDLER,
	NOTE_MASK,       /* of 32 signals */
	NOTE_IOPRIO,
	NOTE_FD,         /* a descriptor in place of the number */
	NOTE_TIMEOUT,    /* what 0 means */
};

struct result_note {
	const char *call;
	int8_t arg;      /* the argument that must have the value, or -1 */
	uint32_t value;
	uint8_t note;
	const char *list;
	const char *label;
};

static const struct result_note notes[] = {
	{ "fcntl", 1, 0, NOTE_FD, NULL, "" },          /* F_DUPFD */
	{ "fcntl", 1, 1, NOTE_FLAGS, "fdflags", "flags " },
	{ "fcntl", 1, 3, NOTE_FLAGS, "open", "flags " },
	{ "fcntl", 1, 11, NOTE_SIGNAL, NULL, "" },     /* F_GETSIG */
	{ "fcntl", 1, 1025, NOTE_ENUM, "lock_type", "" },
	{ "fcntl", 1, 1030, NOTE_FD, NULL, "" },       /* F_DUPFD_CLOEXEC */
	{ "fcntl", 1, 1034, NOTE_FLAGS, "seals", "seals " },
	{ "adjtimex", -1, 0, NOTE_POLICY, "adjtimex_state", "" },
	{ "clock_adjtime", -1, 0, NOTE_POLICY, "adjtimex_state", "" },
	{ "clock_adjtime64", -1, 0, NOTE_POLICY, "adjtimex_state", "" },
	{ "ioprio_get", -1, 0, NOTE_IOPRIO, NULL, "" },
	{ "membarrier", 0, 0, NOTE_SOME, "membarrier", "" },
	{ "personality", -1, 0, NOTE_FLAGS, "personality", "" },
	{ "poll", -1, 0, NOTE_TIMEOUT, NULL, "" },
	{ "ppoll", -1, 0, NOTE_TIMEOUT, NULL, "" },
	{ "ppoll_time64", -1, 0, NOTE_TIMEOUT, NULL, "" },
	{ "prctl", 0, 3, NOTE_POLICY, "pr_dumpable", "" },
	{ "pselect6", -1, 0, NOTE_TIMEOUT, NULL, "" },
	{ "pselect6_time64", -1, 0, NOTE_TIMEOUT, NULL, "" },
	{ "rt_sigtimedwait", -1, 0, NOTE_SIGNAL, NULL, "" },
	{ "rt_sigtimedwait_time64", -1, 0, NOTE_SIGNAL, NULL, "" },
	{ "sched_getscheduler", -1, 0, NOTE_POLICY, "sched_policy", "" },
	{ "select", -1, 0, NOTE_TIMEOUT, NULL, "" },
	{ "_newselect", -1, 0, NOTE_TIMEOUT, NULL, "" },
	{ "sgetmask", -1, 0, NOTE_MASK, NULL, "mask " },
	{ "signal", -1, 0, NOTE_HANDLER, NULL, "" },
	{ "ssetmask", -1, 0, NOTE_MASK, NULL, "old mask " },
};

static const struct result_note *note_find(const struct syscall_view *call)
{
	const char *name = call->desc->name;

	if (!strcmp(name, "fcntl64"))
		name = "fcntl";
	for (size_t i = 0; i < ARRAY_LEN(notes); i++) {
		const struct result_note *n = &notes[i];

		if (!strcmp(n->call, name) &&
		    (n->arg < 0 || (uint32_t)call->args[n->arg] == n->value))
			return n;
	}
	return NULL;
}

/* What goes between the brackets. */
static void put_note(const struct decode_job *job, const struct result_note *n)
{
	buf_puts(job->out, n->label);
	switch ((enum note)n->note) {
	case NOTE_SIGNAL:
		decode_put_signal(job->out, (int64_t)job->value);
		break;
	case NOTE_HANDLER:
		decode_sighandler(job);
		break;
	case NOTE_MASK:
		decode_oldsigset(job);
		break;
	case NOTE_IOPRIO:
		decode_ioprio(job);
		break;
	case NOTE_TIMEOUT:
		buf_puts(job->out, "Timeout");
		break;
	default:
		decode_put_flags(job->out, n->list, job->value);
	}
}

/* Some numbers say all themselves. */
static bool is_plain(const struct result_note *n, uint64_t value)
{
	switch ((enum note)n->note) {
	case NOTE_TIMEOUT:
		return value != 0;
	case NOTE_FLAGS:
		return !value && !constant_name(constant_list_find(n->list), 0);
	case NOTE_SIGNAL:
	case NOTE_SOME:
		return !value;
	default:
		return false;
	}
}

void decode_put_result(const struct decode_job *job)
{
	const struct syscall_desc *desc = job->c->call->desc;
	const struct result_note *n = desc ? note_find(job->c->call) : NULL;
	int64_t result = (int64_t)job->value;

	if (n && n->note == NOTE_FD) {
		decode_put_fd(job, result);
		return;
	}
	if (n && (n->note == NOTE_FLAGS || n->note == NOTE_SOME ||
	          n->note == NOTE_ENUM ||
	          n->note == NOTE_HANDLER || n->note == NOTE_MASK))
		decode_put_hex(job->out, job->value);
	else
		decode_put_signed(job->out, result);
	if (!n || is_plain(n, job->value))
		return;
	buf_puts(job->out, " (");
	put_note(job, n);
	buf_putc(job->out, ')');
}
