/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prctl's arguments, which each option takes in its own way. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>

/* What an argument is; those with a list say which. */
enum meaning {
	NONE,
	NUMBER,
	ADDRESS,
	SIGNAL,
	STRING,
	NAME_IN,   /* a thread's name, given */
	NAME_OUT,  /* and asked for */
	INT_OUT,
	SIGNAL_OUT,
	WORD_OUT,
	ENUM,
	FLAGS,
	ENUM_OUT,
	FLAGS_OUT,
	SECCOMP,   /* a filter */
	SIGNED,
	HEX,
};

struct option_arg {
	uint8_t meaning;
	const char *list;
};

struct option {
	uint32_t option;
	struct option_arg args[4];
	/* Not 0: for this second argument alone, of which it is one more. */
	uint8_t second;
};

/* Numbers that are shown but not used. */
#define REST(n) REST_##n
#define REST_1 { HEX, NULL }
#define REST_2 REST_1, { HEX, NULL }
#define REST_3 REST_2, { HEX, NULL }
#define REST_4 REST_3, { HEX, NULL }

#define IS(what) { what, NULL }
#define OF(what, list) { what, list }
#define OPTION(n, ...) { .option = n, .args = { __VA_ARGS__ } }
/* With this second argument alone. */
#define ONLY(n, second_is, ...) \
	{ .option = n, .args = { __VA_ARGS__ }, .second = (second_is) + 1 }

static const struct option options[] = {
	OPTION(1, IS(SIGNAL)), /* SET_PDEATHSIG */
	OPTION(2, IS(SIGNAL_OUT)), /* GET_PDEATHSIG */
	OPTION(3, IS(NONE)), /* GET_DUMPABLE */
	OPTION(4, OF(ENUM, "pr_dumpable")), /* SET_DUMPABLE */
	OPTION(5, OF(FLAGS_OUT, "pr_unalign")), /* GET_UNALIGN */
	OPTION(6, OF(FLAGS, "pr_unalign")), /* SET_UNALIGN */
	OPTION(7, IS(NONE)), /* GET_KEEPCAPS */
	OPTION(8, IS(NUMBER)), /* SET_KEEPCAPS */
	OPTION(9, IS(INT_OUT)), /* GET_FPEMU */
	OPTION(10, IS(NUMBER)), /* SET_FPEMU */
	OPTION(11, IS(INT_OUT)), /* GET_FPEXC */
	OPTION(12, IS(NUMBER)), /* SET_FPEXC */
	OPTION(13, IS(NONE)), /* GET_TIMING */
	OPTION(14, IS(NUMBER)), /* SET_TIMING */
	OPTION(15, IS(NAME_IN)), /* SET_NAME */
	OPTION(16, IS(NAME_OUT)), /* GET_NAME */
	OPTION(19, IS(INT_OUT)), /* GET_ENDIAN */
	OPTION(20, IS(NUMBER)), /* SET_ENDIAN */
	OPTION(21, IS(NONE)), /* GET_SECCOMP */
	ONLY(22, 1, OF(ENUM, "seccomp_mode")), /* SET_SECCOMP, strict */
	ONLY(22, 2, OF(ENUM, "seccomp_mode"), IS(SECCOMP)),
	OPTION(22, OF(ENUM, "seccomp_mode"), REST(3)),
	OPTION(23, OF(ENUM, "cap")), /* CAPBSET_READ */
	OPTION(24, OF(ENUM, "cap")), /* CAPBSET_DROP */
	OPTION(25, OF(ENUM_OUT, "pr_tsc")), /* GET_TSC */
	OPTION(26, OF(ENUM, "pr_tsc")), /* SET_TSC */
	OPTION(27, IS(NONE)), /* GET_SECUREBITS */
	OPTION(28, OF(FLAGS, "securebits")), /* SET_SECUREBITS */
	OPTION(29, IS(SIGNED)), /* SET_TIMERSLACK */
	OPTION(30, IS(NONE)), /* GET_TIMERSLACK */
	OPTION(31, IS(NONE)),
	OPTION(32, IS(NONE)),
	ONLY(33, 1, OF(ENUM, "pr_mce_kill"), OF(ENUM, "pr_mce_policy"),
	       REST(2)), /* MCE_KILL */
	OPTION(33, OF(ENUM, "pr_mce_kill"), REST(3)),
	OPTION(34, REST(4)), /* MCE_KILL_GET */
	OPTION(35, OF(ENUM, "pr_set_mm"), REST(3)),
	OPTION(36, IS(NUMBER)), /* SET_CHILD_SUBREAPER */
	OPTION(37, IS(INT_OUT)), /* GET_CHILD_SUBREAPER */
	OPTION(38, IS(NUMBER), REST(3)), /* SET_NO_NEW_PRIVS */
	OPTION(39, IS(HEX), REST(3)), /* GET_NO_NEW_PRIVS */
	OPTION(40, IS(WORD_OUT)), /* GET_TID_ADDRESS */
	OPTION(41, IS(NUMBER), REST(3)), /* SET_THP_DISABLE */
	OPTION(42, IS(HEX), REST(3)), /* GET_THP_DISABLE */
	OPTION(45, OF(FLAGS, "pr_fp_mode")), /* SET_FP_MODE */
	OPTION(46, IS(NONE)), /* GET_FP_MODE */
	/* CAP_AMBIENT */
	ONLY(47, 1, OF(ENUM, "pr_cap_ambient"), OF(ENUM, "cap"), REST(2)),
	ONLY(47, 2, OF(ENUM, "pr_cap_ambient"), OF(ENUM, "cap"), REST(2)),
	ONLY(47, 3, OF(ENUM, "pr_cap_ambient"), OF(ENUM, "cap"), REST(2)),
	OPTION(47, OF(ENUM, "pr_cap_ambient"), REST(3)),
	OPTION(52, OF(ENUM, "pr_spec")), /* GET_SPECULATION_CTRL */
	ONLY(53, 0, OF(ENUM, "pr_spec"), OF(ENUM, "pr_spec_set")),
	ONLY(53, 1, OF(ENUM, "pr_spec"), OF(ENUM, "pr_spec_set")),
	ONLY(53, 2, OF(ENUM, "pr_spec"), OF(ENUM, "pr_spec_set")),
	OPTION(53, OF(ENUM, "pr_spec"), IS(HEX)),
	OPTION(57, IS(NUMBER), REST(3)), /* SET_IO_FLUSHER */
	OPTION(58, IS(HEX), REST(3)), /* GET_IO_FLUSHER */
	OPTION(59, OF(ENUM, "pr_dispatch"), IS(HEX), IS(HEX), IS(ADDRESS)),
	OPTION(62, OF(ENUM, "pr_sched_core"), IS(NUMBER), IS(NUMBER),
	       IS(ADDRESS)),
	OPTION(65, OF(FLAGS, "pr_mdwe"), REST(3)),
	ONLY(0x53564d41, 0, OF(ENUM, "pr_vma"), IS(ADDRESS), IS(NUMBER),
	       IS(STRING)),
	OPTION(0x53564d41, OF(ENUM, "pr_vma"), REST(3)), /* SET_VMA */
	OPTION(0x59616d61, IS(NUMBER)), /* SET_PTRACER */
};

static const struct option *option_find(const struct syscall_view *call)
{
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (options[i].option == (uint32_t)call->args[0] &&
		    (!options[i].second ||
		     options[i].second == call->args[1] + 1))
			return &options[i];
	}
	return NULL;
}

/* An option that is not known is taken to use all as numbers. */
static struct option_arg meaning_of(const struct syscall_view *call,
                                    unsigned index)
{
	const struct option *option = option_find(call);

	if (!option || index < 1 || index > 4)
		return (struct option_arg){ HEX, NULL };
	return option->args[index - 1];
}

bool hidden_prctl(const struct syscall_view *call, unsigned index)
{
	return meaning_of(call, index).meaning == NONE;
}

static bool is_written(const struct decode_job *job)
{
	return job->value && job->c->phase == DECODE_EXIT &&
	       !decode_failed(job);
}

static void put_out(const struct decode_job *job, enum meaning meaning,
                    const char *list)
{
	uint8_t data[8];
	size_t size = meaning == WORD_OUT
	              ? decode_pointer_size(decode_abi(job)) : 4;
	uint64_t value;

	if (!is_written(job) || !decode_read(job, job->value, data, size)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	value = decode_number(data, size);
	buf_putc(job->out, '[');
	if (meaning == SIGNAL_OUT)
		decode_put_signal(job->out, (int32_t)value);
	else if (meaning == WORD_OUT)
		decode_put_addr(job->out, value);
	else if (meaning == ENUM_OUT)
		decode_put_enum(job->out, list, value);
	else if (meaning == FLAGS_OUT)
		decode_put_flags(job->out, list, value);
	else
		decode_put_unsigned(job->out, value);
	buf_putc(job->out, ']');
}

/* Two of arch_prctl's operations write a word. */
void decode_arch_prctl_arg(const struct decode_job *job)
{
	enum { GET_FS = 0x1003, GET_GS = 0x1004 };
	int64_t code = decode_param(job, 0, -1);

	if (code == GET_FS || code == GET_GS)
		put_out(job, WORD_OUT, NULL);
	else
		decode_put_hex(job->out, job->value);
}

void decode_prctl_arg(const struct decode_job *job)
{
	enum { NAME_SIZE = 15 }; /* of a thread, without the NUL */
	struct option_arg arg = meaning_of(job->c->call, job->index);
	struct buf *out = job->out;

	switch ((enum meaning)arg.meaning) {
	case NUMBER:
		decode_put_unsigned(out, job->value);
		break;
	case SIGNAL:
		decode_put_signal(out, (int64_t)job->value);
		break;
	case STRING:
		decode_put_string(job, job->value, decode_max_string(job));
		break;
	case NAME_IN:
		decode_put_string(job, job->value, NAME_SIZE);
		break;
	case NAME_OUT:
		if (is_written(job))
			decode_put_string(job, job->value, NAME_SIZE);
		else
			decode_put_addr(out, job->value);
		break;
	case INT_OUT:
	case SIGNAL_OUT:
	case WORD_OUT:
	case ENUM_OUT:
	case FLAGS_OUT:
		put_out(job, arg.meaning, arg.list);
		break;
	case SECCOMP:
		decode_put_struct(job, "seccomp_fprog", job->value);
		break;
	case SIGNED:
		decode_put_signed(out, decode_signed(job->value,
			decode_long_size(decode_abi(job))));
		break;
	case ENUM:
		decode_put_enum(out, arg.list, job->value);
		break;
	case FLAGS:
		decode_put_flags(out, arg.list, job->value);
		break;
	case ADDRESS:
		decode_put_addr(out, job->value);
		break;
	default:
		decode_put_hex(out, job->value);
	}
}
