/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prctl's arguments, which each option takes in its own way. */
#include "syscalls/decode_parts.h"
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
	HEX,
};

struct option_arg {
	uint8_t meaning;
	const char *list;
};

struct option {
	uint32_t option;
	struct option_arg args[4];
};

static const struct option options[] = {
	{ 1, { { SIGNAL, NULL } } },                  /* SET_PDEATHSIG */
	{ 2, { { SIGNAL_OUT, NULL } } },              /* GET_PDEATHSIG */
	{ 3, { { NONE, NULL } } },                    /* GET_DUMPABLE */
	{ 4, { { ENUM, "pr_dumpable" } } },           /* SET_DUMPABLE */
	{ 7, { { NONE, NULL } } },                    /* GET_KEEPCAPS */
	{ 8, { { NUMBER, NULL } } },                  /* SET_KEEPCAPS */
	{ 15, { { NAME_IN, NULL } } },                /* SET_NAME */
	{ 16, { { NAME_OUT, NULL } } },               /* GET_NAME */
	{ 21, { { NONE, NULL } } },                   /* GET_SECCOMP */
	{ 22, { { ENUM, "seccomp_mode" }, { ADDRESS, NULL } } },
	{ 23, { { ENUM, "cap" } } },                  /* CAPBSET_READ */
	{ 24, { { ENUM, "cap" } } },                  /* CAPBSET_DROP */
	{ 25, { { INT_OUT, NULL } } },                /* GET_TSC */
	{ 26, { { ENUM, "pr_tsc" } } },               /* SET_TSC */
	{ 27, { { NONE, NULL } } },                   /* GET_SECUREBITS */
	{ 28, { { FLAGS, "securebits" } } },          /* SET_SECUREBITS */
	{ 29, { { NUMBER, NULL } } },                 /* SET_TIMERSLACK */
	{ 30, { { NONE, NULL } } },                   /* GET_TIMERSLACK */
	{ 31, { { NONE, NULL } } },
	{ 32, { { NONE, NULL } } },
	{ 33, { { ENUM, "pr_mce_kill" }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },
	{ 34, { { NONE, NULL } } },                   /* MCE_KILL_GET */
	{ 35, { { ENUM, "pr_set_mm" }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },
	{ 36, { { NUMBER, NULL } } },                 /* SET_CHILD_SUBREAPER */
	{ 37, { { INT_OUT, NULL } } },                /* GET_CHILD_SUBREAPER */
	{ 38, { { NUMBER, NULL }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },                    /* SET_NO_NEW_PRIVS */
	{ 39, { { HEX, NULL }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },                    /* GET_NO_NEW_PRIVS */
	{ 40, { { WORD_OUT, NULL } } },               /* GET_TID_ADDRESS */
	{ 41, { { NUMBER, NULL }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },                    /* SET_THP_DISABLE */
	{ 42, { { HEX, NULL }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },                    /* GET_THP_DISABLE */
	{ 47, { { ENUM, "pr_cap_ambient" }, { ENUM, "cap" }, { HEX, NULL },
	        { HEX, NULL } } },
	{ 52, { { ENUM, "pr_spec" }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },
	{ 53, { { ENUM, "pr_spec" }, { FLAGS, "pr_spec_set" }, { HEX, NULL },
	        { HEX, NULL } } },
	{ 57, { { NUMBER, NULL }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },                    /* SET_IO_FLUSHER */
	{ 58, { { HEX, NULL }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },                    /* GET_IO_FLUSHER */
	{ 59, { { ENUM, "pr_dispatch" }, { HEX, NULL }, { HEX, NULL },
	        { ADDRESS, NULL } } },
	{ 62, { { ENUM, "pr_sched_core" }, { NUMBER, NULL }, { NUMBER, NULL },
	        { ADDRESS, NULL } } },
	{ 65, { { FLAGS, "pr_mdwe" }, { HEX, NULL }, { HEX, NULL },
	        { HEX, NULL } } },
	{ 0x53564d41, { { ENUM, "pr_vma" }, { ADDRESS, NULL },
	                { NUMBER, NULL }, { STRING, NULL } } }, /* SET_VMA */
	{ 0x59616d61, { { NUMBER, NULL } } },         /* SET_PTRACER */
};

static const struct option *option_find(const struct syscall_view *call)
{
	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		if (options[i].option == (uint32_t)call->args[0])
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

static void put_out(const struct decode_job *job, enum meaning meaning)
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
		put_out(job, WORD_OUT);
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
		put_out(job, arg.meaning);
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
