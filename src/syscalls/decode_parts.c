/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "syscalls/decode_parts.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ELEMENT = 64 };

uint8_t decode_pointer_size(enum abi abi)
{
	return abi == ABI_X86_64 ? 8 : 4;
}

uint8_t decode_long_size(enum abi abi)
{
	return abi == ABI_I386 ? 4 : 8;
}

uint64_t decode_number(const uint8_t *data, size_t size)
{
	uint64_t value = 0;

	for (size_t i = 0; i < size && i < 8; i++)
		value |= (uint64_t)data[i] << (8 * i);
	return value;
}

int64_t decode_signed(uint64_t value, size_t size)
{
	switch (size) {
	case 1:
		return (int8_t)value;
	case 2:
		return (int16_t)value;
	case 4:
		return (int32_t)value;
	default:
		return (int64_t)value;
	}
}

bool decode_read(const struct decode_job *job, taddr addr, void *data,
                 size_t len)
{
	if (!len || addr + len < addr)
		return false;
	return memory_read(job->c->memory, addr, data, len) == len;
}

bool decode_read_pointer(const struct decode_job *job, taddr addr,
                         uint64_t *value)
{
	size_t size = decode_pointer_size(decode_abi(job));
	uint8_t data[8];

	if (!decode_read(job, addr, data, size))
		return false;
	*value = decode_number(data, size);
	return true;
}

bool decode_element(taddr addr, uint64_t index, size_t size, taddr *at)
{
	uint64_t offset;

	return !__builtin_mul_overflow(index, (uint64_t)size, &offset) &&
	       !__builtin_add_overflow(addr, offset, at);
}

bool decode_full(const struct decode_job *job)
{
	return job->out->len >= job->limit;
}

size_t decode_max_string(const struct decode_job *job)
{
	size_t max = job->c->max_string ? job->c->max_string
	                                : DECODE_MAX_STRING;

	return max > DECODE_MAX_OUT ? DECODE_MAX_OUT : max;
}

size_t decode_max_elements(const struct decode_job *job)
{
	return job->c->max_elements ? job->c->max_elements
	                            : DECODE_MAX_ELEMENTS;
}

bool decode_failed(const struct decode_job *job)
{
	return job->c->phase == DECODE_EXIT && (arch_is_error(job->c->result) ||
	       arch_is_restart(job->c->result));
}

bool decode_has_data(const struct decode_job *job)
{
	bool out = job->arg && job->arg->direction == ARG_OUT;

	if (job->value &&
	    (!out || (job->c->phase == DECODE_EXIT && !decode_failed(job))))
		return true;
	decode_put_addr(job->out, job->value);
	return false;
}

void decode_put_addr(struct buf *out, taddr addr)
{
	if (addr)
		decode_put_hex(out, addr);
	else
		buf_puts(out, "NULL");
}

void decode_put_hex(struct buf *out, uint64_t value)
{
	if (value)
		buf_puts(out, "0x");
	buf_put_hex(out, value);
}

void decode_put_signed(struct buf *out, int64_t value)
{
	if (value < 0)
		buf_putc(out, '-');
	buf_put_decimal(out, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void decode_put_unsigned(struct buf *out, uint64_t value)
{
	buf_put_decimal(out, value);
}

void decode_put_id(struct buf *out, uint32_t id)
{
	if (id == UINT32_MAX)
		buf_puts(out, "-1");
	else
		decode_put_unsigned(out, id);
}

void decode_put_ticks(struct buf *out, int64_t ticks)
{
	enum { PER_SECOND = 100 }; /* USER_HZ */

	decode_put_signed(out, ticks);
	if (ticks > 0)
		buf_printf(out, " /* %lld.%02lld s */",
		           (long long)ticks / PER_SECOND,
		           (long long)ticks % PER_SECOND);
}

void decode_put_signal(struct buf *out, int64_t signum)
{
	char data[16];
	const char *name = NULL;

	if (signum > 0 && signum < 128)
		name = signal_name((int)signum, data);
	if (name)
		buf_puts(out, name);
	else
		decode_put_signed(out, signum);
}

void decode_put_mode(struct buf *out, uint32_t mode)
{
	const char *type = NULL;

	if (mode & 0170000)
		type = constant_name(constant_list_find("modetypes"),
		                     mode & 0170000);
	if (!type) {
		buf_printf(out, "%#03o", mode);
		return;
	}
	buf_printf(out, "%s|%s%s%s%#03o", type, mode & 04000 ? "S_ISUID|" : "",
	           mode & 02000 ? "S_ISGID|" : "",
	           mode & 01000 ? "S_ISVTX|" : "", mode & ~0177000u);
}

void decode_put_dev(struct buf *out, uint64_t dev)
{
	/*
	 * include/linux/kdev_t.h, new_decode_dev; libc's gnu_dev_major has the
	 * upper halves too.
	 */
	uint32_t major = (uint32_t)((dev & 0xfff00) >> 8 |
	                            (dev >> 32 & 0xfffff000));
	uint32_t minor = (uint32_t)((dev & 0xff) | (dev >> 12 & 0xffffff00));

	buf_printf(out, "makedev(%#x, %#x)", major, minor);
}

/*
 * What a descriptor is, so that nothing in it ends the <...> early.  Paths
 * begin with a slash; in what does not, arrows are between a socket's ends.
 */
static void put_fd_text(struct buf *out, const char *text, size_t len)
{
	bool is_path = len && text[0] == '/';
	size_t from = 0;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && text[i] != '<' && text[i] != '>' &&
		    text[i] != '\n' && text[i] != '\t')
			continue;
		if (i < len && text[i] == '>' && i && text[i - 1] == '-' &&
		    !is_path)
			continue;
		buf_put_printable(out, text + from, i - from, false);
		if (i < len && (text[i] == '\n' || text[i] == '\t'))
			buf_puts(out, text[i] == '\n' ? "\\n" : "\\t");
		else if (i < len)
			buf_printf(out, "\\%o", (unsigned char)text[i]);
		from = i + 1;
	}
}

void decode_put_fd(const struct decode_job *job, int64_t fd)
{
	const struct decode_host *host = job->c->host;
	char text[DECODE_MAX_PATH];
	ssize_t len = -1;

	decode_put_signed(job->out, fd);
	if (!host || !host->fd_text || fd < 0)
		return;
	len = host->fd_text(host->ctx, (int)fd, text, sizeof(text));
	if (len <= 0)
		return;
	if ((size_t)len > sizeof(text))
		len = sizeof(text);
	buf_putc(job->out, '<');
	put_fd_text(job->out, text, (size_t)len);
	buf_putc(job->out, '>');
}

void decode_put_quoted(const struct decode_job *job, const void *data,
                       size_t len)
{
	size_t max = decode_max_string(job);

	buf_putc(job->out, '"');
	buf_put_c_escaped(job->out, data, len > max ? max : len);
	buf_puts(job->out, len > max ? "\"..." : "\"");
}

void decode_put_chars(const struct decode_job *job, const void *data,
                      size_t size)
{
	size_t len = strnlen(data, size);

	/* The last byte counts as the end, whatever it is. */
	buf_putc(job->out, '"');
	buf_put_c_escaped(job->out, data, len && len == size ? len - 1 : len);
	buf_puts(job->out, len && len == size ? "\"..." : "\"");
}

void decode_put_bytes(const struct decode_job *job, taddr addr, uint64_t len)
{
	size_t max = decode_max_string(job);
	size_t want = len > max ? max : (size_t)len;
	AUTO_FREE uint8_t *data = NULL;

	if (!addr) {
		buf_puts(job->out, "NULL");
		return;
	}
	if (!len) {
		buf_puts(job->out, "\"\"");
		return;
	}
	data = xmalloc(want);
	if (!decode_read(job, addr, data, want)) {
		decode_put_addr(job->out, addr);
		return;
	}
	buf_putc(job->out, '"');
	buf_put_c_escaped(job->out, data, want);
	buf_puts(job->out, len > want ? "\"..." : "\"");
}

void decode_put_string(const struct decode_job *job, taddr addr, size_t max)
{
	AUTO_FREE char *data = NULL;
	bool cut = false;
	ssize_t len;

	if (!addr) {
		buf_puts(job->out, "NULL");
		return;
	}
	data = xmalloc(max + 2);
	/* One more than is shown, to know whether more follows. */
	len = memory_read_string(job->c->memory, addr, data, max + 2, &cut);
	if (len < 0 || (cut && (size_t)len <= max)) {
		/* No end, and unreadable before the bound: it is no string. */
		decode_put_addr(job->out, addr);
		return;
	}
	buf_putc(job->out, '"');
	buf_put_c_escaped(job->out, data,
	                  (size_t)len > max ? max : (size_t)len);
	buf_puts(job->out, (size_t)len > max ? "\"..." : "\"");
}

void decode_put_unreadable(struct buf *out, taddr addr)
{
	buf_puts(out, "... /* ");
	decode_put_hex(out, addr);
	buf_puts(out, " */");
}

void decode_put_comma(struct buf *out, size_t index)
{
	if (index)
		buf_puts(out, ", ");
}

void decode_put_flags(struct buf *out, const char *name, uint64_t value)
{
	constant_put_flags(constant_list_find(name), value, out);
}

void decode_put_enum(struct buf *out, const char *name, uint64_t value)
{
	constant_put_enum(constant_list_find(name), value, out);
}

int64_t decode_value(const struct decode_job *job, unsigned index)
{
	return decode_arg_value(job->c->call, index);
}

/*
 * The int that a sockaddr_len argument points at.  After the call it tells how
 * much there was, of which no more was stored than there was room for.
 */
static uint64_t pointed_length(const struct decode_job *job, unsigned index)
{
	const struct decode_context *c = job->c;
	uint8_t data[4];
	uint64_t length;

	if (!decode_read(job, (taddr)decode_value(job, index), data, 4))
		return 0;
	length = decode_number(data, 4);
	if (length > INT32_MAX)
		return 0;
	if (c->phase == DECODE_EXIT && c->has_length_before &&
	    c->length_before >= 0 && length > (uint64_t)c->length_before)
		return (uint64_t)c->length_before;
	return length;
}

uint64_t decode_fixed_count(const char *text)
{
	return *text >= '0' && *text <= '9' ? strtoull(text, NULL, 0) : 0;
}

uint64_t decode_count(const struct decode_job *job, unsigned index,
                      uint64_t fallback)
{
	const struct syscall_arg *arg = job->arg;
	int64_t count;

	if (!arg || index >= ARRAY_LEN(arg->params) || !arg->params[index][0])
		return fallback;
	if (!strcmp(arg->params[index], "ret")) {
		count = job->c->phase == DECODE_EXIT ? job->c->result : 0;
	} else if (arg->param_arg[index] >= 0) {
		unsigned at = (unsigned)arg->param_arg[index];
		const struct arg_type *type = job->c->call->desc->args[at].type;

		if (type && !strcmp(type->name, "sockaddr_len"))
			return pointed_length(job, at);
		count = decode_value(job, at);
		if (!decode_arg_is_signed(&job->c->call->desc->args[at]))
			return (uint64_t)count;
	} else {
		return decode_fixed_count(arg->params[index]);
	}
	return count < 0 ? 0 : (uint64_t)count;
}

bool decode_is_negative(const struct decode_job *job, unsigned index)
{
	const struct syscall_desc *desc = job->c->call->desc;
	int at = job->arg->param_arg[index];

	return at >= 0 && decode_arg_is_signed(&desc->args[at]) &&
	       decode_value(job, (unsigned)at) < 0;
}

bool decode_is_beyond(const struct decode_job *job, unsigned index,
                      uint64_t count)
{
	const char *most = job->arg->params[index];

	return *most && count > decode_fixed_count(most);
}

int64_t decode_param(const struct decode_job *job, unsigned index,
                     int64_t fallback)
{
	const struct syscall_arg *arg = job->arg;

	if (!arg || arg->param_arg[index] < 0)
		return fallback;
	return decode_value(job, (unsigned)arg->param_arg[index]);
}

void decode_put_array(const struct decode_job *job, taddr addr, uint64_t count,
                      size_t size,
                      void (*put)(const struct decode_job *job,
                                  const uint8_t *data))
{
	size_t max = decode_max_elements(job);
	uint8_t data[MAX_ELEMENT];
	taddr at;

	assert(size <= sizeof(data));
	if (!addr || !decode_element(addr, count, size, &at) ||
	    (count && !decode_read(job, addr, data, size))) {
		decode_put_addr(job->out, addr);
		return;
	}
	buf_putc(job->out, '[');
	for (uint64_t i = 0; i < count; i++) {
		decode_put_comma(job->out, i != 0);
		if (i >= max || decode_full(job)) {
			buf_puts(job->out, "...");
			break;
		}
		at = addr + i * size;
		if (!decode_read(job, at, data, size)) {
			decode_put_unreadable(job->out, at);
			break;
		}
		put(job, data);
	}
	buf_putc(job->out, ']');
}
