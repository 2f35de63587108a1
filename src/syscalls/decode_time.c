/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times: mostly plain structs; here is what they don't say. */
#include "syscalls/decode_struct.h"

#include "syscalls/decoders.h"

#include <string.h>
#include <time.h>

void decode_put_date(struct buf *out, int64_t seconds, int64_t fraction,
                     int digits)
{
	time_t when = (time_t)seconds;
	struct tm tm;
	char text[64];

	if (seconds == 0 && fraction <= 0)
		return;
	if (!localtime_r(&when, &tm) ||
	    !strftime(text, sizeof(text), "%FT%T", &tm))
		return;
	buf_printf(out, " /* %s", text);
	if (fraction > 0 && digits)
		buf_printf(out, ".%0*lld", digits, (long long)fraction);
	strftime(text, sizeof(text), "%z", &tm);
	buf_printf(out, "%s */", text);
}

/* Whether the job's argument is the pair of times of a file. */
static bool is_file_times(const struct decode_job *job)
{
	return job->arg && !strcmp(job->arg->name, "times") &&
	       !strcmp(job->arg->type->name, "array");
}

void put_timespec(const struct decode_job *job, const struct layout *layout,
                  const uint8_t *data, taddr addr)
{
	int64_t seconds = layout_get(layout, decode_abi(job), data, "tv_sec");
	int64_t nanos = layout_get(layout, decode_abi(job), data, "tv_nsec");
	const char *name = NULL;

	if (is_file_times(job))
		name = constant_name(constant_list_find("utime"),
		                     (uint64_t)nanos);
	if (name) {
		buf_puts(job->out, name);
		return;
	}
	layout_put_fields(job, layout, data, addr);
	if ((is_file_times(job) || !strcmp(layout->name, "statx_timestamp")) &&
	    nanos >= 0 && nanos < 1000000000)
		decode_put_date(job->out, seconds, nanos, 9);
}

void put_timeval(const struct decode_job *job, const struct layout *layout,
                 const uint8_t *data, taddr addr)
{
	int64_t seconds = layout_get(layout, decode_abi(job), data, "tv_sec");
	int64_t micros = layout_get(layout, decode_abi(job), data, "tv_usec");

	layout_put_fields(job, layout, data, addr);
	if (is_file_times(job) && micros >= 0 && micros < 1000000)
		decode_put_date(job->out, seconds, micros, 6);
}

void put_utimbuf(const struct decode_job *job, const struct layout *layout,
                 const uint8_t *data, taddr addr)
{
	int64_t access = layout_get(layout, decode_abi(job), data, "actime");
	int64_t modify = layout_get(layout, decode_abi(job), data, "modtime");

	(void)addr;
	buf_puts(job->out, "{actime=");
	decode_put_signed(job->out, access);
	decode_put_date(job->out, access, 0, 0);
	buf_puts(job->out, ", modtime=");
	decode_put_signed(job->out, modify);
	decode_put_date(job->out, modify, 0, 0);
	buf_putc(job->out, '}');
}
