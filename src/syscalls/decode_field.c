/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value of a struct's field, as its row says that it is shown. */
#include "syscalls/decode_struct.h"

#include "syscalls/decode_socket.h"
#include "syscalls/decoders.h"

#include <sys/socket.h>

bool field_is_signed(const struct field *field)
{
	return field->type == FIELD_S16 || field->type == FIELD_S32 ||
	       field->type == FIELD_S64 || field->type == FIELD_LONG ||
	       field->type == FIELD_SWORD;
}

/* SIZE is the field's: what "no limit" is depends on it. */
static void put_rlimit(struct buf *out, uint64_t value, size_t size)
{
	uint64_t none = size == 4 ? UINT32_MAX : UINT64_MAX;

	if (value == none)
		buf_puts(out, size == 4 ? "RLIM_INFINITY" : "RLIM64_INFINITY");
	else if (value > 1024 && value % 1024 == 0)
		buf_printf(out, "%llu*1024",
		           (unsigned long long)(value / 1024));
	else
		decode_put_unsigned(out, value);
}

static void put_number(const struct decode_job *job, const struct field *field,
                       uint64_t value, size_t size)
{
	struct buf *out = job->out;

	if (field_is_signed(field))
		decode_put_signed(out, decode_signed(value, size));
	else if (field->show == SHOW_0X)
		buf_printf(out, "%#08llx", (unsigned long long)value);
	else
		decode_put_unsigned(out, value);
}

static void put_version(struct buf *out, uint64_t version)
{
	buf_printf(out, "KERNEL_VERSION(%u, %u, %u)", (unsigned)(version >> 16),
	           (unsigned)(version >> 8) & 0xff, (unsigned)version & 0xff);
}

/* What few structs have, and numbers. */
static void put_special(const struct decode_job *job,
                        const struct field *field, uint64_t value, size_t size)
{
	struct buf *out = job->out;

	switch ((enum field_show)field->show) {
	case SHOW_UPDATE_FD:
		if ((int32_t)value == -2)
			buf_puts(out, "IORING_REGISTER_FILES_SKIP");
		else
			decode_put_fd(job, (int32_t)value);
		break;
	case SHOW_NETWORK:
		decode_put_network(out, value, size);
		break;
	case SHOW_IFINDEX:
		decode_put_ifindex(job, (uint32_t)value);
		break;
	case SHOW_VERSION:
		put_version(out, value);
		break;
	case SHOW_NODE:
		decode_put_unsigned(out, value);
		if (value == UINT32_MAX)
			buf_puts(out, " /* NUMA_NO_NODE */");
		break;
	case SHOW_EVENT:
		decode_put_event(out, value);
		break;
	case SHOW_CACHE_EVENT:
		decode_put_cache_event(out, value);
		break;
	case SHOW_SKID:
		decode_put_skid(out, (unsigned)value);
		break;
	case SHOW_KEY:
		decode_put_keyserial(out, (int32_t)value);
		break;
	default:
		put_number(job, field, value, size);
	}
}

void field_put_value(const struct decode_job *job, const struct field *field,
                      uint64_t value, size_t size)
{
	struct buf *out = job->out;

	switch ((enum field_show)field->show) {
	case SHOW_HEX:
		decode_put_hex(out, value);
		break;
	case SHOW_ADDR:
		decode_put_addr(out, value);
		break;
	case SHOW_FLAGS:
		decode_put_flags(out, field->list, value);
		break;
	case SHOW_ENUM:
		decode_put_enumerator(out, constant_list_find(field->list),
		                      value);
		break;
	case SHOW_MODE:
		decode_put_mode(out, (uint32_t)value);
		break;
	case SHOW_OCTAL:
		buf_printf(out, "%#03llo", (unsigned long long)value);
		break;
	case SHOW_DEV:
		decode_put_dev(out, value);
		break;
	case SHOW_ID:
		decode_put_id(out, size == 2 && value == UINT16_MAX
		                   ? UINT32_MAX : (uint32_t)value);
		break;
	case SHOW_FD:
		decode_put_fd(job, (int32_t)value);
		break;
	case SHOW_SIGNAL:
		decode_put_signal(out, (int32_t)value);
		break;
	case SHOW_CLOCK:
		decode_put_clockid(out, (int32_t)value);
		break;
	case SHOW_RLIMIT:
		put_rlimit(out, value, size);
		break;
	case SHOW_TICKS:
		decode_put_ticks(out, field_is_signed(field)
		                      ? decode_signed(value, size)
		                      : (int64_t)value);
		break;
	case SHOW_STR:
		decode_put_string(job, value, decode_max_string(job));
		break;
	case SHOW_POINTED:
		decode_put_struct(job, field->list, value);
		break;
	default:
		put_special(job, field, value, size);
	}
}

/* [[VINTR]=0x3, ...] */
static void put_indexed(const struct decode_job *job,
                        const struct field *field, const uint8_t *data,
                        size_t size)
{
	const struct constant_list *list = constant_list_find(field->list);

	buf_putc(job->out, '[');
	for (size_t i = 0; i < field->count; i++) {
		const char *name = constant_name(list, i);

		buf_puts(job->out, i ? ", [" : "[");
		if (name)
			buf_puts(job->out, name);
		else
			decode_put_unsigned(job->out, i);
		buf_puts(job->out, "]=");
		decode_put_hex(job->out, decode_number(data + i * size, size));
	}
	buf_putc(job->out, ']');
}

bool field_put_whole(const struct decode_job *job, const struct field *field,
                     const uint8_t *data, size_t size, size_t len, taddr addr)
{
	switch ((enum field_show)field->show) {
	case SHOW_CHARS:
		decode_put_chars(job, data, len);
		return true;
	case SHOW_SOCKADDR:
		decode_put_sockaddr(job, addr, field->count);
		return true;
	case SHOW_HARDWARE:
		decode_put_hardware(job->out, data, field->count);
		return true;
	case SHOW_INET4:
		decode_put_inet(job, AF_INET, data);
		return true;
	case SHOW_INDEXED:
		put_indexed(job, field, data, size);
		return true;
	default:
		return false;
	}
}
