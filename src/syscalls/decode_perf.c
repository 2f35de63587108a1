/* SPDX-License-Identifier: GPL-3.0-or-later */
/* perf_event_attr: include/uapi/linux/perf_event.h. */
#include "syscalls/decode_struct.h"
#include "syscalls/decoders.h"

enum {
	SIZE_AT = 4,       /* where the struct says how long it is */
	FIRST_SIZE = 64,   /* of its first version */
	SHORT_SIZE = 48,   /* what is shown where not all is wanted */
};

/* "0x4<<32|", where there are such bits. */
static void put_high(struct buf *out, uint64_t bits, unsigned shift)
{
	if (bits)
		buf_printf(out, "%#llx<<%u|", (unsigned long long)bits, shift);
}

void decode_put_event(struct buf *out, uint64_t config)
{
	put_high(out, config >> 32, 32);
	decode_put_enum(out, "perf_hardware", (uint32_t)config);
}

void decode_put_cache_event(struct buf *out, uint64_t config)
{
	put_high(out, config >> 32, 32);
	put_high(out, config >> 24 & 0xff, 24);
	decode_put_enum(out, "perf_cache_result", config >> 16 & 0xff);
	buf_puts(out, "<<16|");
	decode_put_enum(out, "perf_cache_op", config >> 8 & 0xff);
	buf_puts(out, "<<8|");
	decode_put_enum(out, "perf_cache", config & 0xff);
}

void decode_put_skid(struct buf *out, unsigned precise)
{
	static const char *const words[] = {
		"arbitrary skid", "constant skid", "requested to have 0 skid",
		"must have 0 skid",
	};

	buf_printf(out, "%u /* %s */", precise, words[precise & 3]);
}

void put_perf_event_attr(const struct decode_job *job,
                         const struct layout *layout, const uint8_t *data,
                         taddr addr)
{
	uint32_t size = (uint32_t)decode_number(data + SIZE_AT, 4);

	layout_put_fields(job, layout, data, addr);
	if (size ? size <= job->given : job->given >= FIRST_SIZE)
		return;
	buf_truncate(job->out, job->out->len - 1);
	buf_puts(job->out, ", ...}");
}

void decode_perf_attr(const struct decode_job *job)
{
	const struct layout *layout = layout_find("perf_event_attr",
	                                          decode_abi(job));
	size_t known = layout_size(layout, decode_abi(job));
	uint8_t data[4];
	uint64_t size;

	if (!decode_has_data(job))
		return;
	if (!decode_read(job, job->value + SIZE_AT, data, sizeof(data))) {
		decode_put_addr(job->out, job->value);
		return;
	}
	size = decode_number(data, sizeof(data));
	if (!size)
		size = FIRST_SIZE;
	if (size > known)
		size = known;
	if (size < FIRST_SIZE)
		decode_put_addr(job->out, job->value);
	else
		decode_put_grown(job, layout->name, job->value,
		                 job->c->whole ? size : SHORT_SIZE);
}
