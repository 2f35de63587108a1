/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/restore_file.c: bytes of a file, at the addresses that it says. */
#include "session/restore.h"

#include "session/dump.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct opened {
	const char *path;
	int fd;
	uint64_t size;
	/* Byte 0 of what is being put back is at OFFSET and goes to ADDR. */
	uint64_t offset;
	taddr addr;
};

static void opened_deinit(struct opened *f)
{
	if (f->fd >= 0)
		close(f->fd);
}

static struct error *read_file(void *ctx, taddr addr, void *data, size_t len)
{
	const struct opened *f = ctx;
	uint64_t at = f->offset + (addr - f->addr);
	unsigned char *to = data;

	while (len) {
		ssize_t got = pread(f->fd, to, len, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(errno, "can't read %s", f->path);
		if (!got)
			return error_new(ERROR_REFUSED, "%s became shorter",
			                 f->path);
		to += got;
		at += (uint64_t)got;
		len -= (size_t)got;
	}
	return NULL;
}

/* A hole of the file. */
static uint64_t zeros_of_file(void *ctx, taddr addr)
{
	const struct opened *f = ctx;
	uint64_t at = f->offset + (addr - f->addr);
	off_t data = lseek(f->fd, (off_t)at, SEEK_DATA);

	if (data < 0)
		return errno == ENXIO && at < f->size ? f->size - at : 0;
	return (uint64_t)data - at;
}

static struct error *open_file(struct opened *f)
{
	struct stat st;

	f->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (f->fd < 0 || fstat(f->fd, &st) != 0)
		return error_errno(errno, "can't read %s", f->path);
	if (S_ISDIR(st.st_mode))
		return error_errno(EISDIR, "can't read %s", f->path);
	if (!S_ISREG(st.st_mode))
		return error_new(ERROR_REFUSED, "%s is no regular file",
		                 f->path);
	f->size = (uint64_t)st.st_size;
	return NULL;
}

/* [START, END) of the file's addresses, of which START is at F->offset. */
static struct error *put_part(struct session *s, struct opened *f,
                              struct range file,
                              const struct restore_request *r,
                              struct restored *result)
{
	const struct restore_source source = {
		.read = read_file, .zeros = zeros_of_file, .ctx = f,
	};
	taddr first = file.start;
	struct range to;

	file = range_common(file, r->part);
	if (!range_len(file))
		return NULL;
	f->offset += file.start - first;
	/* An offset may be negative: a sum that wraps. */
	to.start = f->addr = file.start + r->offset;
	to.end = file.end + r->offset;
	if (to.end <= to.start)
		return error_new(ERROR_USAGE, "0x%llx bytes from 0x%llx on "
		                 "are more than there is",
		                 (unsigned long long)(file.end - file.start),
		                 (unsigned long long)to.start);
	return restore_range(s, &to, &source, result);
}

static struct range range_of_row(const struct dump_row *row)
{
	return (struct range){ row->start, row->end };
}

static struct error *put_rows(struct session *s, struct opened *f,
                              const struct dump *d,
                              const struct restore_request *r,
                              struct restored *result)
{
	for (size_t i = 0; i < d->rows.len; i++)
		result->total += range_len(range_common(
			range_of_row(&d->rows.items[i]), r->part));
	for (size_t i = 0; i < d->rows.len; i++) {
		const struct dump_row *row = &d->rows.items[i];
		struct range all = range_of_row(row);

		if (row->kind == DUMP_UNREADABLE) {
			result->unknown += range_len(range_common(all,
			                                          r->part));
			continue;
		}
		f->offset = row->offset;
		TRY(put_part(s, f, all, r, result));
	}
	return NULL;
}

struct error *restore_file(struct session *s,
                           const struct restore_request *request,
                           bool *raw, struct restored *result)
{
	CLEANUP(opened_deinit) struct opened f = {
		.path = request->path, .fd = -1,
	};
	CLEANUP(dump_deinit) struct dump d = { 0 };
	struct range whole;
	bool indexed = false;

	TRY(open_file(&f));
	whole = (struct range){ 0, f.size };
	if (!request->raw)
		TRY(dump_read_index(f.fd, f.path, &indexed, &d));
	if (!indexed && !request->has_offset)
		return error_new(ERROR_USAGE, "%s does not say where its bytes "
		                 "were: say where they go, as in `restore %s "
		                 "ADDRESS`", f.path, f.path);
	*raw = !indexed;
	if (!indexed)
		result->total = range_len(range_common(whole, request->part));
	if (indexed)
		TRY(put_rows(s, &f, &d, request, result));
	else
		TRY(put_part(s, &f, whole, request, result));
	if (!result->ranges)
		return error_new(ERROR_NOT_FOUND, "%s has nothing there",
		                 f.path);
	return NULL;
}
