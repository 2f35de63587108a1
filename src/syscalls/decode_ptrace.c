/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ptrace's last two arguments, which each request takes in its own way. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>

/* What an argument is with a request. */
enum meaning {
	UNUSED_ARG, /* left out only where nothing follows */
	SKIPPED,    /* left out */
	ADDRESS,
	REGS_IN,
	REGS_OUT,
	NUMBER,
	SIGNAL,
	OPTIONS,
	NOTE,      /* a kind of register set */
	SIGINFO,
	PIECE,     /* a struct iovec, filled in */
	SET,       /* a signal set as long as addr says */
	WORD_THERE, /* where the kernel stores a long */
};

static const struct {
	uint32_t request;
	uint8_t addr;
	uint8_t data;
} requests[] = {
	{ 0, UNUSED_ARG, UNUSED_ARG },          /* TRACEME */
	{ 1, ADDRESS, WORD_THERE },             /* PEEKTEXT */
	{ 2, ADDRESS, WORD_THERE },             /* PEEKDATA */
	{ 3, ADDRESS, WORD_THERE },             /* PEEKUSER */
	{ 4, ADDRESS, ADDRESS },                /* POKETEXT */
	{ 5, ADDRESS, ADDRESS },                /* POKEDATA */
	{ 6, ADDRESS, ADDRESS },                /* POKEUSER */
	{ 7, UNUSED_ARG, SIGNAL },              /* CONT */
	{ 8, UNUSED_ARG, UNUSED_ARG },          /* KILL */
	{ 9, UNUSED_ARG, SIGNAL },              /* SINGLESTEP */
	{ 12, SKIPPED, REGS_OUT },              /* GETREGS */
	{ 13, SKIPPED, REGS_IN },               /* SETREGS */
	{ 14, UNUSED_ARG, ADDRESS },            /* GETFPREGS */
	{ 15, UNUSED_ARG, ADDRESS },            /* SETFPREGS */
	{ 16, UNUSED_ARG, UNUSED_ARG },         /* ATTACH */
	{ 17, UNUSED_ARG, SIGNAL },             /* DETACH */
	{ 24, UNUSED_ARG, SIGNAL },             /* SYSCALL */
	{ 31, UNUSED_ARG, SIGNAL },             /* SYSEMU */
	{ 32, UNUSED_ARG, SIGNAL },             /* SYSEMU_SINGLESTEP */
	{ 33, UNUSED_ARG, SIGNAL },             /* SINGLEBLOCK */
	{ 0x4200, UNUSED_ARG, OPTIONS },        /* SETOPTIONS */
	{ 0x4201, UNUSED_ARG, WORD_THERE },     /* GETEVENTMSG */
	{ 0x4202, UNUSED_ARG, SIGINFO },        /* GETSIGINFO */
	{ 0x4203, UNUSED_ARG, SIGINFO },        /* SETSIGINFO */
	{ 0x4204, NOTE, PIECE },                /* GETREGSET */
	{ 0x4205, NOTE, PIECE },                /* SETREGSET */
	{ 0x4206, UNUSED_ARG, OPTIONS },        /* SEIZE */
	{ 0x4207, UNUSED_ARG, UNUSED_ARG },     /* INTERRUPT */
	{ 0x4208, UNUSED_ARG, UNUSED_ARG },     /* LISTEN */
	{ 0x420a, NUMBER, SET },                /* GETSIGMASK */
	{ 0x420b, NUMBER, SET },                /* SETSIGMASK */
	{ 0x420c, NUMBER, ADDRESS },            /* SECCOMP_GET_FILTER */
	{ 0x420e, NUMBER, ADDRESS },            /* GET_SYSCALL_INFO */
	{ 0x420f, NUMBER, ADDRESS },            /* GET_RSEQ_CONFIGURATION */
	{ 0x4212, NUMBER, ADDRESS },            /* SET_SYSCALL_INFO */
};

static enum meaning meaning_of(const struct syscall_view *call, unsigned index)
{
	const struct syscall_arg *arg = &call->desc->args[index];
	bool data = !strcmp(arg->name, "data");
	uint32_t request;

	if (arg->param_arg[0] < 0)
		return ADDRESS;
	request = (uint32_t)call->args[arg->param_arg[0]];
	for (size_t i = 0; i < ARRAY_LEN(requests); i++) {
		if (requests[i].request == request)
			return data ? requests[i].data : requests[i].addr;
	}
	return ADDRESS;
}

/* Unused at the end: addr is shown where data is used. */
bool hidden_ptrace(const struct syscall_view *call, unsigned index)
{
	const struct syscall_desc *desc = call->desc;

	if (meaning_of(call, index) == SKIPPED)
		return true;
	for (unsigned i = index; i < desc->nargs; i++) {
		if (meaning_of(call, i) != UNUSED_ARG)
			return false;
	}
	return true;
}

static void put_word_there(const struct decode_job *job)
{
	uint64_t word;

	if (job->c->phase == DECODE_ENTRY || decode_failed(job) ||
	    !decode_read_pointer(job, job->value, &word)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	decode_put_hex(job->out, word);
	buf_putc(job->out, ']');
}

void decode_ptrace_arg(const struct decode_job *job)
{
	struct buf *out = job->out;
	/* What the kernel will write is no more than an address yet. */
	bool written = job->c->phase == DECODE_EXIT && !decode_failed(job);

	switch (meaning_of(job->c->call, job->index)) {
	case SIGNAL:
		decode_put_signal(out, (int64_t)job->value);
		break;
	case NUMBER:
		decode_put_unsigned(out, job->value);
		break;
	case OPTIONS:
		decode_put_flags(out, "ptrace_options", job->value);
		break;
	case NOTE:
		decode_put_enum(out, "ptrace_notes", job->value);
		break;
	case SIGINFO:
		if (written)
			decode_put_struct(job, "siginfo", job->value);
		else
			decode_put_addr(out, job->value);
		break;
	case REGS_IN:
		decode_put_struct(job, "user_regs", job->value);
		break;
	case REGS_OUT:
		if (written)
			decode_put_struct(job, "user_regs", job->value);
		else
			decode_put_addr(out, job->value);
		break;
	case PIECE:
		decode_put_struct(job, "iovec", job->value);
		break;
	case SET:
		if (written)
			decode_put_sigset_at(job, job->value, 8);
		else
			decode_put_addr(out, job->value);
		break;
	case WORD_THERE:
		put_word_there(job);
		break;
	default:
		decode_put_addr(out, job->value);
	}
}
