/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keyctl's arguments, which each operation takes in its own way. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

enum meaning {
	NONE,
	KEY,
	INT,
	UINT,
	ID,
	SIZE,
	ADDR,
	TEXT,
	BYTES_IN,  /* as many as the next argument says */
	BYTES_OUT, /* no more than that, and than the result */
	TEXT_OUT,
	PERMS,
	DEFAULTS,
	MOVE_FLAGS,
	HEX,
	DH_PARAMS,
	KDF_PARAMS,
	QUERY_OUT,
	PKEY_PARAMS,   /* with the lengths of the two buffers */
	VERIFY_PARAMS,
	FIRST_IN, SECOND_IN, SECOND_OUT,
};

/* By number; include/uapi/linux/keyctl.h. */
static const uint8_t operations[][4] = {
	[0] = { KEY, INT },                        /* GET_KEYRING_ID */
	[1] = { TEXT },                            /* JOIN_SESSION_KEYRING */
	[2] = { KEY, BYTES_IN, SIZE },             /* UPDATE */
	[3] = { KEY },                             /* REVOKE */
	[4] = { KEY, ID, ID },                     /* CHOWN */
	[5] = { KEY, PERMS },                      /* SETPERM */
	[6] = { KEY, TEXT_OUT, SIZE },             /* DESCRIBE */
	[7] = { KEY },                             /* CLEAR */
	[8] = { KEY, KEY },                        /* LINK */
	[9] = { KEY, KEY },                        /* UNLINK */
	[10] = { KEY, TEXT, TEXT, KEY },           /* SEARCH */
	[11] = { KEY, BYTES_OUT, SIZE },           /* READ */
	[12] = { KEY, BYTES_IN, SIZE, KEY },       /* INSTANTIATE */
	[13] = { KEY, UINT, KEY },                 /* NEGATE */
	[14] = { DEFAULTS },                       /* SET_REQKEY_KEYRING */
	[15] = { KEY, UINT },                      /* SET_TIMEOUT */
	[16] = { KEY },                            /* ASSUME_AUTHORITY */
	[17] = { KEY, TEXT_OUT, SIZE },            /* GET_SECURITY */
	[18] = { NONE },                           /* SESSION_TO_PARENT */
	[19] = { KEY, UINT, UINT, KEY },           /* REJECT */
	[20] = { KEY, ADDR, SIZE, KEY },           /* INSTANTIATE_IOV */
	[21] = { KEY },                            /* INVALIDATE */
	[22] = { ID, KEY },                        /* GET_PERSISTENT */
	[23] = { DH_PARAMS, BYTES_OUT, SIZE, KDF_PARAMS },  /* DH_COMPUTE */
	[24] = { KEY, HEX, TEXT, QUERY_OUT },      /* PKEY_QUERY */
	[25] = { PKEY_PARAMS, TEXT, FIRST_IN, SECOND_OUT }, /* PKEY_ENCRYPT */
	[26] = { PKEY_PARAMS, TEXT, FIRST_IN, SECOND_OUT }, /* PKEY_DECRYPT */
	[27] = { PKEY_PARAMS, TEXT, FIRST_IN, SECOND_OUT }, /* PKEY_SIGN */
	[28] = { VERIFY_PARAMS, TEXT, FIRST_IN, SECOND_IN }, /* PKEY_VERIFY */
	[29] = { KEY, TEXT, TEXT },                /* RESTRICT_KEYRING */
	[30] = { KEY, KEY, KEY, MOVE_FLAGS },      /* MOVE */
	[31] = { BYTES_OUT, SIZE },                /* CAPABILITIES */
};

/* An operation that is not known is taken to use all as numbers. */
static bool meaning_of(const struct syscall_view *call, unsigned index,
                       enum meaning *meaning)
{
	uint32_t operation = (uint32_t)call->args[0];

	if (operation >= ARRAY_LEN(operations) || index < 1 || index > 4 ||
	    (!operations[operation][0] && operation != 18))
		return false;
	*meaning = operations[operation][index - 1];
	return true;
}

bool hidden_keyctl(const struct syscall_view *call, unsigned index)
{
	enum meaning meaning;

	return meaning_of(call, index, &meaning) && meaning == NONE;
}

/* What was written, as far as there was room for it. */
static void put_written(const struct decode_job *job)
{
	uint64_t room = (uint64_t)decode_value(job, job->index + 1);
	uint64_t len = (uint64_t)job->c->result;

	if (job->c->phase == DECODE_ENTRY || decode_failed(job))
		decode_put_addr(job->out, job->value);
	else
		decode_put_bytes(job, job->value, len < room ? len : room);
}

/* A buffer whose length the first argument's struct has at OFFSET. */
static void put_counted(const struct decode_job *job, size_t offset)
{
	uint8_t data[40]; /* struct keyctl_pkey_params */

	if (decode_read(job, job->c->call->args[1], data, sizeof(data)))
		decode_put_bytes(job, job->value,
		                 decode_number(data + offset, 4));
	else
		decode_put_addr(job->out, job->value);
}

/* The structs that some operations take; false: MEANING is none of them. */
static bool put_operands(const struct decode_job *job, enum meaning meaning)
{
	bool written = job->c->phase == DECODE_EXIT && !decode_failed(job);

	switch (meaning) {
	case DH_PARAMS:
		decode_put_struct(job, "keyctl_dh_params", job->value);
		return true;
	case KDF_PARAMS:
		decode_put_struct(job, "keyctl_kdf_params", job->value);
		return true;
	case PKEY_PARAMS:
		decode_put_struct(job, "keyctl_pkey_params", job->value);
		return true;
	case VERIFY_PARAMS:
		decode_put_struct(job, "keyctl_pkey_verify", job->value);
		return true;
	case FIRST_IN:
		put_counted(job, 4);
		return true;
	case SECOND_IN:
		put_counted(job, 8);
		return true;
	case SECOND_OUT:
		if (written)
			put_counted(job, 8);
		return written;
	case QUERY_OUT:
		if (written)
			decode_put_struct(job, "keyctl_pkey_query", job->value);
		return written;
	default:
		return false;
	}
}

void decode_keyctl_arg(const struct decode_job *job)
{
	struct buf *out = job->out;
	enum meaning meaning = ADDR;

	if (!meaning_of(job->c->call, job->index, &meaning)) {
		decode_put_hex(out, job->value);
		return;
	}
	if (put_operands(job, meaning))
		return;
	switch (meaning) {
	case HEX:
		decode_put_hex(out, job->value);
		break;
	case KEY:
		decode_keyserial(job);
		break;
	case INT:
		decode_put_signed(out, (int32_t)job->value);
		break;
	case UINT:
		decode_put_unsigned(out, (uint32_t)job->value);
		break;
	case ID:
		decode_put_id(out, (uint32_t)job->value);
		break;
	case SIZE:
		decode_put_unsigned(out, job->value);
		break;
	case TEXT:
		decode_put_string(job, job->value, decode_max_string(job));
		break;
	case BYTES_IN:
		decode_put_bytes(job, job->value,
		                 (uint64_t)decode_value(job, job->index + 1));
		break;
	case BYTES_OUT:
	case TEXT_OUT:
		put_written(job);
		break;
	case PERMS:
		decode_put_flags(out, "key_perms", (uint32_t)job->value);
		break;
	case DEFAULTS:
		decode_put_enum(out, "key_defaults", (uint32_t)job->value);
		break;
	case MOVE_FLAGS:
		decode_put_flags(out, "key_move", (uint32_t)job->value);
		break;
	default:
		decode_put_addr(out, job->value);
	}
}
