/* SPDX-License-Identifier: GPL-3.0-or-later */
/* io_uring: what the kernel is told, and what it answers. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

#include <string.h>

/* One of the layout's fields, shown under its name. */
static void put_words(const struct decode_job *job, const char *text,
                      const uint8_t *data)
{
	buf_puts(job->out, text);
	decode_put_unsigned(job->out, decode_number(data, 4));
}

/* What is asked for comes first, as it is known first. */
void put_io_uring_params(const struct decode_job *job,
                         const struct layout *layout, const uint8_t *data,
                         taddr addr)
{
	enum { ATTACH_WQ = 1 << 5, SQ_OFF = 40, CQ_OFF = 80 };
	enum abi abi = decode_abi(job);
	uint32_t flags = (uint32_t)layout_get(layout, abi, data, "flags");
	struct buf *out = job->out;

	buf_puts(out, "{flags=");
	decode_put_flags(out, "io_uring_setup", flags);
	buf_puts(out, ", sq_thread_cpu=");
	decode_put_hex(out, decode_number(data + 12, 4));
	put_words(job, ", sq_thread_idle=", data + 16);
	if (flags & ATTACH_WQ) {
		buf_puts(out, ", wq_fd=");
		decode_put_fd(job, layout_get(layout, abi, data, "wq_fd"));
	}
	if (decode_number(data + 28, 4) || decode_number(data + 32, 8)) {
		buf_puts(out, ", resv=[");
		for (size_t i = 0; i < 3; i++) {
			decode_put_comma(out, i);
			decode_put_hex(out, decode_number(data + 28 + 4 * i,
			                                  4));
		}
		buf_putc(out, ']');
	}
	if (job->c->phase == DECODE_EXIT && !decode_failed(job)) {
		put_words(job, ", sq_entries=", data);
		put_words(job, ", cq_entries=", data + 4);
		buf_puts(out, ", features=");
		decode_put_flags(out, "io_uring_features",
		                 decode_number(data + 20, 4));
		buf_puts(out, ", sq_off=");
		layout_put(job, layout_find("io_sqring_offsets", abi),
		           data + SQ_OFF, addr + SQ_OFF);
		buf_puts(out, ", cq_off=");
		layout_put(job, layout_find("io_cqring_offsets", abi),
		           data + CQ_OFF, addr + CQ_OFF);
	}
	buf_putc(out, '}');
}
