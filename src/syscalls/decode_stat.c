/* SPDX-License-Identifier: GPL-3.0-or-later */
/* struct stat in all its layouts, in the order in which strace shows it. */
#include "syscalls/decode_struct.h"

#include "syscalls/decoders.h"

#include <stdio.h>
#include <string.h>

/* A stat that is being written out. */
struct stat_text {
	const struct decode_job *job;
	const struct layout *layout;
	const uint8_t *data;
};

static int64_t value_of(const struct stat_text *t, const char *name)
{
	return layout_get(t->layout, decode_abi(t->job), t->data, name);
}

static void put_named(const struct stat_text *t, const char *name)
{
	buf_printf(t->job->out, ", %s=", name);
	decode_put_unsigned(t->job->out, (uint64_t)value_of(t, name));
}

static void put_time(const struct stat_text *t, const char *name)
{
	char fraction[24];
	int64_t seconds = value_of(t, name);
	int64_t nanos;

	snprintf(fraction, sizeof(fraction), "%s_nsec", name);
	nanos = value_of(t, fraction);
	buf_printf(t->job->out, ", %s=%lld", name, (long long)seconds);
	if (nanos >= 0 && nanos < 1000000000)
		decode_put_date(t->job->out, seconds, nanos, 9);
	put_named(t, fraction);
}

static void put_before_size(const struct stat_text *t)
{
	struct buf *out = t->job->out;

	buf_puts(out, "st_dev=");
	decode_put_dev(out, (uint64_t)value_of(t, "st_dev"));
	put_named(t, "st_ino");
	buf_puts(out, ", st_mode=");
	decode_put_mode(out, (uint32_t)value_of(t, "st_mode"));
	put_named(t, "st_nlink");
	put_named(t, "st_uid");
	put_named(t, "st_gid");
	/* The oldest layout ends with the times. */
	if (strcmp(t->layout->name, "oldstat")) {
		put_named(t, "st_blksize");
		put_named(t, "st_blocks");
	}
}

void put_stat(const struct decode_job *job, const struct layout *layout,
              const uint8_t *data, taddr addr)
{
	struct stat_text t = { job, layout, data };
	uint32_t mode = (uint32_t)value_of(&t, "st_mode");
	uint32_t type = mode & 0170000;

	(void)addr;
	buf_putc(job->out, '{');
	if (job->c->whole) {
		put_before_size(&t);
	} else {
		buf_puts(job->out, "st_mode=");
		decode_put_mode(job->out, mode);
	}
	if (type == 0020000 || type == 0060000) { /* S_IFCHR, S_IFBLK */
		buf_puts(job->out, ", st_rdev=");
		decode_put_dev(job->out, (uint64_t)value_of(&t, "st_rdev"));
	} else {
		put_named(&t, "st_size");
	}
	if (job->c->whole) {
		put_time(&t, "st_atime");
		put_time(&t, "st_mtime");
		put_time(&t, "st_ctime");
		buf_putc(job->out, '}');
	} else {
		buf_puts(job->out, ", ...}");
	}
}
