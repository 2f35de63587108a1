/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: fcntl's third argument, handles, directories, fsconfig. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include "base/alloc.h"

#include <string.h>

/* What fcntl's argument is with a command. */
enum meaning {
	NUMBER,
	UNUSED_ARG,
	FD_FLAGS,
	FILE_FLAGS,
	LOCK,       /* struct flock of the ABI */
	LOCK64,
	SIGNAL,
	OWNER,      /* struct f_owner_ex */
	LEASE,
	NOTIFY,
	SEALS,
	HINT,       /* a 64-bit number behind a pointer */
	UIDS,
	DESCRIPTOR,
};

static const struct {
	uint16_t cmd;
	uint8_t meaning;
	bool out;    /* the kernel writes what it points at */
} commands[] = {
	{ 0, NUMBER, false },      { 1, UNUSED_ARG, false },
	{ 2, FD_FLAGS, false },    { 3, UNUSED_ARG, false },
	{ 4, FILE_FLAGS, false },  { 5, LOCK, true },
	{ 6, LOCK, false },        { 7, LOCK, false },
	{ 8, NUMBER, false },      { 9, UNUSED_ARG, false },
	{ 10, SIGNAL, false },     { 11, UNUSED_ARG, false },
	{ 12, LOCK64, true },      { 13, LOCK64, false },
	{ 14, LOCK64, false },     { 15, OWNER, false },
	{ 16, OWNER, true },       { 17, UIDS, true },
	{ 36, LOCK64, true },      { 37, LOCK64, false },
	{ 38, LOCK64, false },     { 1024, LEASE, false },
	{ 1025, UNUSED_ARG, false }, { 1026, NOTIFY, false },
	{ 1027, DESCRIPTOR, false }, { 1028, UNUSED_ARG, false },
	{ 1030, NUMBER, false },   { 1031, NUMBER, false },
	{ 1032, UNUSED_ARG, false }, { 1033, SEALS, false },
	{ 1034, UNUSED_ARG, false }, { 1035, HINT, true },
	{ 1036, HINT, false },     { 1037, HINT, true },
	{ 1038, HINT, false },
};

static enum meaning meaning_of(const struct syscall_view *call, unsigned index,
                               bool *out)
{
	int cmd = call->desc->args[index].param_arg[0];

	*out = false;
	for (size_t i = 0; cmd >= 0 && i < ARRAY_LEN(commands); i++) {
		if (commands[i].cmd == (uint32_t)call->args[cmd]) {
			*out = commands[i].out;
			return commands[i].meaning;
		}
	}
	return NUMBER;
}

bool hidden_fcntl(const struct syscall_view *call, unsigned index)
{
	bool out;

	return meaning_of(call, index, &out) == UNUSED_ARG;
}

static bool is_known(const struct syscall_view *call, unsigned index)
{
	int cmd = call->desc->args[index].param_arg[0];

	return cmd >= 0 && constant_name(constant_list_find("fcntl"),
	                                 (uint32_t)call->args[cmd]);
}

static void put_hint(const struct decode_job *job)
{
	uint8_t data[8];

	if (!decode_read(job, job->value, data, 8)) {
		decode_put_addr(job->out, job->value);
		return;
	}
	buf_putc(job->out, '[');
	decode_put_enum(job->out, "rw_hint", decode_number(data, 8));
	buf_putc(job->out, ']');
}

static void put_uid(const struct decode_job *job, const uint8_t *data)
{
	decode_put_id(job->out, (uint32_t)decode_number(data, 4));
}

/* What the pointer of a command leads to. */
static void put_pointed(const struct decode_job *job, enum meaning meaning,
                        bool out)
{
	/* A lock that is asked for is read, and then written. */
	bool told = out && job->c->phase == DECODE_EXIT && !decode_failed(job);
	bool shown = meaning == LOCK || meaning == LOCK64 || !out || told;

	if (!shown || !job->value)
		decode_put_addr(job->out, job->value);
	else if (meaning == HINT)
		put_hint(job);
	else if (meaning == UIDS)
		decode_put_array(job, job->value, 2, 4, put_uid);
	else
		decode_put_struct(job, meaning == LOCK
		                       ? told ? "flock" : "flock_asked"
		                       : meaning == LOCK64
		                       ? told ? "flock64" : "flock64_asked"
		                       : "f_owner_ex", job->value);
}

void decode_fcntl_arg(const struct decode_job *job)
{
	struct buf *out = job->out;
	bool written;
	enum meaning meaning = meaning_of(job->c->call, job->index, &written);

	switch (meaning) {
	case FD_FLAGS:
		decode_put_flags(out, "fdflags", job->value);
		break;
	case FILE_FLAGS:
		decode_put_flags(out, "open", job->value);
		break;
	case SIGNAL:
		decode_put_signal(out, (int64_t)job->value);
		break;
	case LEASE:
		decode_put_enum(out, "lock_type", job->value);
		break;
	case NOTIFY:
		decode_put_flags(out, "notify", job->value);
		break;
	case SEALS:
		decode_put_flags(out, "seals", job->value);
		break;
	case DESCRIPTOR:
		decode_put_fd(job, (int32_t)job->value);
		break;
	case NUMBER:
	case UNUSED_ARG:
		if (is_known(job->c->call, job->index))
			decode_put_signed(out, (int32_t)job->value);
		else
			decode_put_hex(out, job->value);
		break;
	default:
		put_pointed(job, meaning, written);
	}
}

void put_file_handle(const struct decode_job *job, const struct layout *layout,
                     const uint8_t *data, taddr addr)
{
	enum { MAX_HANDLE = 128 };
	uint32_t bytes = (uint32_t)decode_number(data, 4);
	/* What name_to_handle_at is to write is not there at its entry. */
	bool known = job->arg->direction == ARG_IN ||
	             job->c->phase == DECODE_EXIT;
	uint8_t handle[MAX_HANDLE];

	(void)layout;
	buf_printf(job->out, "{handle_bytes=%u", bytes);
	if (known && !decode_failed(job)) {
		buf_printf(job->out, ", handle_type=%d",
		           (int)decode_number(data + 4, 4));
		if (bytes > MAX_HANDLE)
			bytes = MAX_HANDLE;
		if (!bytes || decode_read(job, addr + 8, handle, bytes)) {
			buf_puts(job->out, ", f_handle=\"");
			for (uint32_t i = 0; i < bytes; i++)
				buf_printf(job->out, "\\x%02x", handle[i]);
			buf_putc(job->out, '"');
		}
	}
	buf_putc(job->out, '}');
}

void decode_open_how(const struct decode_job *job)
{
	if (decode_has_data(job))
		decode_put_grown(job, "open_how", job->value,
		                 decode_count(job, 0, 0));
}

/* ---- directories ---- */

/* One entry of LEN bytes; returns its own length, 0 where it is none. */
static size_t put_entry(const struct decode_job *job, const uint8_t *data,
                        size_t len, bool shown)
{
	bool wide = !strcmp(job->arg->type->name, "dirents64");
	size_t word = wide ? 8 : decode_long_size(decode_abi(job));
	size_t name = 2 * word + 2 + (wide ? 1 : 0);
	size_t size;

	if (len <= name)
		return 0;
	size = (size_t)decode_number(data + 2 * word, 2);
	if (size <= name || size > len)
		return 0;
	if (shown) {
		buf_printf(job->out, "{d_ino=%llu, d_off=%lld, d_reclen=%zu, ",
		           (unsigned long long)decode_number(data, word),
		           (long long)decode_signed(
				decode_number(data + word, word), word), size);
		if (wide) {
			buf_puts(job->out, "d_type=");
			decode_put_enum(job->out, "dirent_types",
			                data[2 * word + 2]);
			buf_puts(job->out, ", ");
		}
		buf_puts(job->out, "d_name=");
		decode_put_chars(job, data + name, size - name);
		buf_putc(job->out, '}');
	}
	return size;
}

enum { DIRENTS_MAX = 64 * 1024 };

/* Walks the entries in LEN bytes; returns how many there are. */
static size_t walk_entries(const struct decode_job *job, const uint8_t *data,
                           size_t len, bool shown)
{
	size_t count = 0;
	size_t size;

	for (size_t at = 0; at < len; at += size, count++) {
		if (shown)
			decode_put_comma(job->out, count);
		if (shown && decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		size = put_entry(job, data + at, len - at, shown);
		if (!size)
			break;
	}
	return count;
}

/* How many; the entries themselves where all is wanted. */
void decode_dirents(const struct decode_job *job)
{
	uint64_t len = decode_count(job, 0, 0);
	AUTO_FREE uint8_t *data = NULL;
	size_t count;

	if (!decode_has_data(job))
		return;
	if (len > DIRENTS_MAX)
		len = DIRENTS_MAX;
	data = xmalloc((size_t)len);
	if (len && !decode_read(job, job->value, data, (size_t)len)) {
		decode_put_addr(job->out, job->value);
	} else if (job->c->whole) {
		buf_putc(job->out, '[');
		walk_entries(job, data, (size_t)len, true);
		buf_putc(job->out, ']');
	} else {
		count = walk_entries(job, data, (size_t)len, false);
		decode_put_addr(job->out, job->value);
		buf_printf(job->out, " /* %zu entr%s */", count,
		           count == 1 ? "y" : "ies");
	}
}

/* ---- fsconfig ---- */

void decode_fsconfig_value(const struct decode_job *job)
{
	enum { SET_STRING = 1, SET_BINARY = 2, SET_PATH = 3, SET_PATH_EMPTY };
	int64_t cmd = decode_param(job, 0, -1);
	int64_t len = decode_param(job, 1, 0);

	if (cmd == SET_STRING)
		decode_put_string(job, job->value, decode_max_string(job));
	else if (cmd == SET_BINARY)
		decode_put_bytes(job, job->value,
		                 len < 0 ? 0 : (uint64_t)len);
	else if (cmd == SET_PATH || cmd == SET_PATH_EMPTY)
		decode_put_string(job, job->value, DECODE_MAX_PATH - 1);
	else
		decode_put_addr(job->out, job->value);
}
