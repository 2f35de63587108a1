/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fields of structs point at, and what lies behind a struct's end. */
#include "syscalls/decode_struct.h"

#include "base/alloc.h"

#include <string.h>

enum { PAGE = 4096 };

/* A number, a field of the same struct, or an argument of the call. */
static uint64_t count_of(const struct decode_job *job,
                         const struct layout *layout,
                         const struct field *field, const uint8_t *data)
{
	const struct syscall_desc *desc = job->c->call->desc;
	int at;

	if (*field->by >= '0' && *field->by <= '9')
		return decode_fixed_count(field->by);
	for (unsigned i = 0; i < layout->field_count; i++)
		if (!strcmp(layout->fields[i].name, field->by))
			return (uint64_t)layout_get(layout, decode_abi(job),
			                            data, field->by);
	at = desc ? syscall_arg_index(desc, field->by) : -1;
	return at < 0 ? 0 : (uint64_t)decode_value(job, (unsigned)at);
}

/* A string in a room of SIZE bytes, whose end may lack. */
static void put_text(const struct decode_job *job, taddr addr, uint64_t size)
{
	size_t max = decode_max_string(job);
	size_t want = size > max ? max + 1 : (size_t)size;
	AUTO_FREE char *data = NULL;
	size_t len;

	if (!addr || !want) {
		buf_puts(job->out, addr ? "\"\"" : "NULL");
		return;
	}
	data = xmalloc(want);
	if (!decode_read(job, addr, data, want)) {
		decode_put_string(job, addr, want > max ? max : want);
		return;
	}
	len = strnlen(data, want);
	buf_putc(job->out, '"');
	buf_put_c_escaped(job->out, data, len > max ? max : len);
	buf_puts(job->out, len == want ? "\"..." : "\"");
}

void layout_put_pointed(const struct decode_job *job,
                        const struct layout *layout,
                        const struct field *field, const uint8_t *data,
                        taddr to)
{
	uint64_t count = field->by ? count_of(job, layout, field, data) : 0;

	/* A 64-bit number, though the process has 32-bit addresses. */
	if (decode_abi(job) != ABI_X86_64 && to > UINT32_MAX) {
		decode_put_addr(job->out, to);
		return;
	}
	switch ((enum field_show)field->show) {
	case SHOW_PATH:
		decode_put_string(job, to, DECODE_MAX_PATH - 1);
		break;
	case SHOW_BYTES:
		decode_put_bytes(job, to, count);
		break;
	case SHOW_TEXT:
		put_text(job, to, count);
		break;
	case SHOW_LONG_ITEMS:
		if (!job->c->whole) {
			decode_put_addr(job->out, to);
			break;
		}
		/* Fall through. */
	default:
		decode_put_items(job, field->list, to, count);
	}
}

static void put_hex_bytes(struct buf *out, const uint8_t *data, size_t len)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "\\x%02x", data[i]);
	buf_putc(out, '"');
}

static bool is_zero(const uint8_t *data, size_t len)
{
	return !len || (!data[0] && !memcmp(data, data + 1, len - 1));
}

void decode_put_extra(const struct decode_job *job, enum layout_extra how,
                      taddr addr, size_t known, uint64_t given)
{
	size_t end = given > PAGE ? PAGE : (size_t)given;
	size_t len = end > known ? end - known : 0, max;
	AUTO_FREE uint8_t *data = NULL;
	struct buf *out = job->out;

	if (!how || !len)
		return;
	data = xmalloc(len);
	if (!decode_read(job, addr + known, data, len)) {
		buf_puts(out, ", ???");
	} else if (is_zero(data, len)) {
		return;
	} else if (how == EXTRA_BYTES) {
		max = decode_max_string(job);
		buf_printf(out, ", /* bytes %zu..%zu */ ", known, end - 1);
		put_hex_bytes(out, data, len > max ? max : len);
		buf_puts(out, len > max ? "..." : "");
	} else if (!job->c->whole) {
		buf_puts(out, ", ...");
	} else {
		buf_puts(out, ", extra_data=");
		put_hex_bytes(out, data, len);
		buf_printf(out, " /* bytes %zu..%zu */", known, end - 1);
	}
}
