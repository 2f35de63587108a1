/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/file_out_thread.c: the thread that writes. */
#include "base/file_out_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

enum { ZEROS = 1 << 16 };

static bool is_cancelled(struct file_out *f)
{
	bool cancelled;

	pthread_mutex_lock(&f->lock);
	cancelled = f->cancelled;
	pthread_mutex_unlock(&f->lock);
	return cancelled;
}

/*
 * Who reads a pipe may not come back: never more than fits is written, for
 * that would wait beyond reach.
 */
static bool has_room(const struct file_out *f)
{
	struct pollfd p = { .fd = f->fd, .events = POLLOUT };

	return !f->stream || poll(&p, 1, 50) > 0;
}

static ssize_t write_some(const struct file_out *f, const unsigned char *data,
                          size_t len, uint64_t at)
{
	if (!f->stream)
		return pwrite(f->fd, data, len, (off_t)(f->base + at));
	return write(f->fd, data, f->pipe && len > PIPE_BUF ? PIPE_BUF : len);
}

/* 0 or an errno. */
static int write_all(struct file_out *f, const unsigned char *data, size_t len,
                     uint64_t at)
{
	while (len) {
		ssize_t put;

		if (is_cancelled(f))
			return ECANCELED;
		if (!has_room(f))
			continue;
		put = write_some(f, data, len, at);
		if (put < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (put <= 0)
			return put ? errno : ENOSPC;
		data += put;
		at += (uint64_t)put;
		len -= (size_t)put;
	}
	return 0;
}

static int write_zeros(struct file_out *f, uint64_t len)
{
	static const unsigned char zeros[ZEROS];
	int errnum = 0;

	while (len && !errnum) {
		size_t n = len < ZEROS ? (size_t)len : ZEROS;

		errnum = write_all(f, zeros, n, 0);
		len -= n;
	}
	return errnum;
}

/* A file system that can't do it just goes without. */
static int reserve(const struct file_out *f, uint64_t at, uint64_t len)
{
	if (fallocate(f->fd, 0, (off_t)(f->base + at), (off_t)len) == 0)
		return 0;
	return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? errno : 0;
}

int file_out_write_block(struct file_out *f, const struct file_block *b)
{
	int errnum = 0;

	for (size_t i = 0; i < b->count && !errnum; i++) {
		const struct file_extent *e = &b->extents[i];

		if (e->what == EXTENT_RESERVE)
			errnum = reserve(f, e->at, e->len);
		else if (e->what == EXTENT_ZEROS)
			errnum = write_zeros(f, e->len);
		else
			errnum = write_all(f, b->data + e->from,
			                   (size_t)e->len, e->at);
	}
	return errnum;
}

/* The last hole has no byte behind it that would say how long it is. */
int file_out_resize(const struct file_out *f)
{
	if (f->stream)
		return 0;
	return ftruncate(f->fd, (off_t)(f->base + f->position)) ? errno : 0;
}

void *file_out_write(void *file)
{
	struct file_out *f = file;

	pthread_mutex_lock(&f->lock);
	while (!f->errnum && !f->cancelled) {
		const struct file_block *b =
			&f->blocks[f->written % FILE_BLOCKS];
		bool any = f->written < f->filled;
		int errnum;

		if (!any && !f->closing) {
			pthread_cond_wait(&f->changed, &f->lock);
			continue;
		}
		pthread_mutex_unlock(&f->lock);
		errnum = any ? file_out_write_block(f, b)
		             : file_out_resize(f);
		pthread_mutex_lock(&f->lock);
		f->errnum = errnum;
		f->written += any;
		pthread_cond_broadcast(&f->changed);
		if (!any)
			break;
	}
	f->cancelled = true;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	return NULL;
}
