/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ioctl: the request by name or by its parts, and the plainer arguments. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

/* include/uapi/asm-generic/ioctl.h */
static void put_parts(struct buf *out, uint32_t request)
{
	uint32_t dir = request >> 30;

	buf_puts(out, "_IOC(");
	if (dir)
		buf_printf(out, "%s%s%s", dir & 2 ? "_IOC_READ" : "",
		           dir == 3 ? "|" : "", dir & 1 ? "_IOC_WRITE" : "");
	else
		buf_puts(out, "_IOC_NONE");
	buf_puts(out, ", ");
	decode_put_hex(out, request >> 8 & 0xff);
	buf_puts(out, ", ");
	decode_put_hex(out, request & 0xff);
	buf_puts(out, ", ");
	decode_put_hex(out, request >> 16 & 0x3fff);
	buf_putc(out, ')');
}

/* Numbers of which strace tells both names that they had. */
static const char *both_names(uint32_t request)
{
	switch (request) {
	case 0x40049409:
		return "BTRFS_IOC_CLONE or FICLONE";
	case 0x4020940d:
		return "BTRFS_IOC_CLONE_RANGE or FICLONERANGE";
	case 0xc0189436:
		return "BTRFS_IOC_FILE_EXTENT_SAME or FIDEDUPERANGE";
	default:
		return NULL;
	}
}

void decode_ioctl_cmd(const struct decode_job *job)
{
	const char *name = job->c->strace
	                   ? both_names((uint32_t)job->value) : NULL;

	if (!name)
		name = constant_name(constant_list_find("ioctl"),
		                     (uint32_t)job->value);

	if (name)
		buf_puts(job->out, name);
	else
		put_parts(job->out, (uint32_t)job->value);
}

/* What a request's argument is. */
enum meaning {
	ADDRESS,
	NUMBER,
	DESCRIPTOR,
	QUEUE,      /* which of a terminal's queues */
	INT_IN,     /* an int behind a pointer */
	INT_OUT,
	LONG_OUT,
	U64_OUT,
	STRUCT_IN,
	STRUCT_OUT,
	UNUSED_ARG,
};

static const struct {
	uint32_t request;
	uint8_t meaning;
	const char *name;
} requests[] = {
	{ 0x5401, STRUCT_OUT, "termios" },   /* TCGETS */
	{ 0x5402, STRUCT_IN, "termios" },    /* TCSETS */
	{ 0x5403, STRUCT_IN, "termios" },    /* TCSETSW */
	{ 0x5404, STRUCT_IN, "termios" },    /* TCSETSF */
	{ 0x5409, NUMBER, NULL },            /* TCSBRK */
	{ 0x540a, NUMBER, NULL },            /* TCXONC */
	{ 0x540b, QUEUE, NULL },             /* TCFLSH */
	{ 0x540c, UNUSED_ARG, NULL },        /* TIOCEXCL */
	{ 0x540d, UNUSED_ARG, NULL },        /* TIOCNXCL */
	{ 0x540e, NUMBER, NULL },            /* TIOCSCTTY */
	{ 0x540f, INT_OUT, NULL },           /* TIOCGPGRP */
	{ 0x5410, INT_IN, NULL },            /* TIOCSPGRP */
	{ 0x5411, INT_OUT, NULL },           /* TIOCOUTQ */
	{ 0x5413, STRUCT_OUT, "winsize" },   /* TIOCGWINSZ */
	{ 0x5414, STRUCT_IN, "winsize" },    /* TIOCSWINSZ */
	{ 0x541b, INT_OUT, NULL },           /* FIONREAD */
	{ 0x5420, INT_IN, NULL },            /* TIOCPKT */
	{ 0x5421, INT_IN, NULL },            /* FIONBIO */
	{ 0x5422, UNUSED_ARG, NULL },        /* TIOCNOTTY */
	{ 0x5423, INT_IN, NULL },            /* TIOCSETD */
	{ 0x5424, INT_OUT, NULL },           /* TIOCGETD */
	{ 0x5429, INT_OUT, NULL },           /* TIOCGSID */
	{ 0x80045430, INT_OUT, NULL },       /* TIOCGPTN */
	{ 0x40045431, INT_IN, NULL },        /* TIOCSPTLCK */
	{ 0x5450, UNUSED_ARG, NULL },        /* FIONCLEX */
	{ 0x5451, UNUSED_ARG, NULL },        /* FIOCLEX */
	{ 0x5452, INT_IN, NULL },            /* FIOASYNC */
	{ 0x8901, INT_IN, NULL },            /* FIOSETOWN */
	{ 0x8902, INT_IN, NULL },            /* SIOCSPGRP */
	{ 0x8903, INT_OUT, NULL },           /* FIOGETOWN */
	{ 0x8904, INT_OUT, NULL },           /* SIOCGPGRP */
	{ 0x8905, INT_OUT, NULL },           /* SIOCATMARK */
	{ 0x2, INT_OUT, NULL },              /* FIGETBSZ */
	{ 0x40049409, DESCRIPTOR, NULL },    /* FICLONE */
	{ 0x1260, LONG_OUT, NULL },          /* BLKGETSIZE */
	{ 0x1268, INT_OUT, NULL },           /* BLKSSZGET */
	{ 0x80081272, U64_OUT, NULL },       /* BLKGETSIZE64 */
	{ 0x80045200, INT_OUT, NULL },       /* RNDGETENTCNT */
	{ 0x2400, NUMBER, NULL },            /* PERF_EVENT_IOC_ENABLE */
	{ 0x2401, NUMBER, NULL },            /* PERF_EVENT_IOC_DISABLE */
	{ 0x4c00, DESCRIPTOR, NULL },        /* LOOP_SET_FD */
	{ 0x4c01, UNUSED_ARG, NULL },        /* LOOP_CLR_FD */
};

static void put_integer(const struct decode_job *job, enum meaning meaning)
{
	size_t size = meaning == U64_OUT ? 8 : meaning == LONG_OUT
	              ? decode_pointer_size(decode_abi(job)) : 4;
	uint8_t data[8];

	if (!job->value || !decode_read(job, job->value, data, size)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	if (meaning == U64_OUT || meaning == LONG_OUT)
		decode_put_unsigned(job->out, decode_number(data, size));
	else
		decode_put_signed(job->out, (int32_t)decode_number(data, size));
	buf_putc(job->out, ']');
}

static void put_argument(const struct decode_job *job, enum meaning meaning,
                         const char *name)
{
	bool written = job->c->phase == DECODE_EXIT && !decode_failed(job);
	bool out = meaning == INT_OUT || meaning == LONG_OUT ||
	           meaning == U64_OUT || meaning == STRUCT_OUT;

	if (out && !written) {
		decode_put_addr(job->out, job->value);
		return;
	}
	switch (meaning) {
	case NUMBER:
		decode_put_signed(job->out, (int32_t)job->value);
		break;
	case DESCRIPTOR:
		decode_put_fd(job, (int32_t)job->value);
		break;
	case QUEUE:
		decode_put_enum(job->out, "tcflush", (uint32_t)job->value);
		break;
	case STRUCT_IN:
	case STRUCT_OUT:
		decode_put_struct(job, name, job->value);
		break;
	case ADDRESS:
	case UNUSED_ARG:
		decode_put_hex(job->out, job->value);
		break;
	default:
		put_integer(job, meaning);
	}
}

void decode_ioctl_arg(const struct decode_job *job)
{
	uint32_t request = (uint32_t)decode_param(job, 1, 0);

	for (size_t i = 0; i < ARRAY_LEN(requests); i++) {
		if (requests[i].request == request) {
			put_argument(job, requests[i].meaning,
			             requests[i].name);
			return;
		}
	}
	decode_put_hex(job->out, job->value);
}

/* Requests without an argument. */
bool hidden_ioctl(const struct syscall_view *call, unsigned index)
{
	int at = call->desc->args[index].param_arg[1];

	for (size_t i = 0; at >= 0 && i < ARRAY_LEN(requests); i++) {
		if (requests[i].request == (uint32_t)call->args[at])
			return requests[i].meaning == UNUSED_ARG;
	}
	return false;
}
