/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file_out.h"
#include "base/file_out_internal.h"

#include "base/alloc.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096 };

static struct error *write_error(const struct file_out *f, int errnum)
{
	struct rlimit limit;

	if (errnum == EFBIG && getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
	    limit.rlim_cur != RLIM_INFINITY)
		return error_new(ERROR_REFUSED, "can't write %s: it would "
		                 "grow beyond the limit on files' sizes, %llu "
		                 "bytes (ulimit -f)", f->path,
		                 (unsigned long long)limit.rlim_cur);
	return error_errno(errnum, "can't write %s", f->path);
}

/* Waits, with the lock, for the thread to do something. */
static struct error *wait_for_thread(struct file_out *f)
{
	struct timespec until;
	bool stop;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 50000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	if (pthread_cond_timedwait(&f->changed, &f->lock, &until) == 0 ||
	    !f->interrupted)
		return NULL;
	pthread_mutex_unlock(&f->lock);
	stop = f->interrupted(f->ctx);
	pthread_mutex_lock(&f->lock);
	return stop ? error_new(ERROR_INTERRUPTED, "interrupted: %s is not "
	                        "written", f->path) : NULL;
}

/* Until fewer than MOST blocks wait to be written. */
static struct error *wait_for_blocks(struct file_out *f, unsigned most)
{
	struct error *err = NULL;

	pthread_mutex_lock(&f->lock);
	while (!err && !f->errnum && f->filled - f->written >= most)
		err = wait_for_thread(f);
	if (!err && f->errnum)
		err = write_error(f, f->errnum);
	pthread_mutex_unlock(&f->lock);
	return err;
}

static struct file_block *block(struct file_out *f)
{
	return &f->blocks[f->filled % FILE_BLOCKS];
}

static struct error *write_here(struct file_out *f)
{
	struct file_block *b = block(f);
	int errnum = file_out_write_block(f, b);

	b->used = b->count = 0;
	return errnum ? write_error(f, errnum) : NULL;
}

/* Gives the block to the thread, and waits for the next to be free. */
static struct error *push_block(struct file_out *f)
{
	if (f->in_memory)
		return write_here(f);
	pthread_mutex_lock(&f->lock);
	f->filled++;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	TRY(wait_for_blocks(f, FILE_BLOCKS));
	block(f)->used = block(f)->count = 0;
	return NULL;
}

static struct error *push_extent(struct file_out *f,
                                 const struct file_extent *e)
{
	if (block(f)->count == FILE_BLOCK_EXTENTS)
		TRY(push_block(f));
	block(f)->extents[block(f)->count++] = *e;
	return NULL;
}

struct error *file_out_room(struct file_out *f, void **data, size_t *room)
{
	/* Whole pages are copied faster where they begin at one. */
	block(f)->used = (block(f)->used + PAGE - 1) / PAGE * PAGE;
	if (FILE_BLOCK_SIZE - block(f)->used < PAGE ||
	    FILE_BLOCK_EXTENTS - block(f)->count < FILE_SPARE_EXTENTS)
		TRY(push_block(f));
	*data = block(f)->data + block(f)->used;
	*room = FILE_BLOCK_SIZE - block(f)->used;
	return NULL;
}

void file_out_advance(struct file_out *f, size_t len)
{
	struct file_block *b = block(f);
	struct file_extent *last = b->count ? &b->extents[b->count - 1] : NULL;
	struct file_extent e = {
		.what = EXTENT_DATA, .at = f->position, .from = b->used,
		.len = len,
	};

	assert(len <= FILE_BLOCK_SIZE - b->used);
	assert(b->count < FILE_BLOCK_EXTENTS);
	if (!len)
		return;
	f->position += len;
	if (last && last->what == EXTENT_DATA &&
	    last->at + last->len == e.at && last->from + last->len == e.from)
		last->len += len;
	else
		b->extents[b->count++] = e;
	b->used += len;
}

struct error *file_out_add(struct file_out *f, const void *data, size_t len)
{
	const unsigned char *from = data;

	while (len) {
		size_t room = FILE_BLOCK_SIZE - block(f)->used;

		if (!room || block(f)->count == FILE_BLOCK_EXTENTS) {
			TRY(push_block(f));
			continue;
		}
		if (room > len)
			room = len;
		memcpy(block(f)->data + block(f)->used, from, room);
		file_out_advance(f, room);
		from += room;
		len -= room;
	}
	return NULL;
}

struct error *file_out_skip(struct file_out *f, uint64_t len)
{
	if (f->stream && len)
		TRY(push_extent(f, &(struct file_extent){
			.what = EXTENT_ZEROS, .at = f->position, .len = len,
		}));
	f->position += len;
	return NULL;
}

struct error *file_out_reserve(struct file_out *f, uint64_t len)
{
	/* In memory that would only touch all pages once more. */
	if (f->stream || f->in_memory || len < FILE_BLOCK_SIZE)
		return NULL;
	return push_extent(f, &(struct file_extent){
		.what = EXTENT_RESERVE, .at = f->position, .len = len,
	});
}

struct error *file_out_expect(struct file_out *f, uint64_t len)
{
	struct statvfs fs;
	uint64_t left;

	if (f->stream || fstatvfs(f->fd, &fs) != 0 || !fs.f_blocks)
		return NULL;
	left = (geteuid() ? fs.f_bavail : fs.f_bfree) * (uint64_t)fs.f_frsize;
	if (left >= len)
		return NULL;
	return error_new(ERROR_REFUSED, "can't write %s: it would have %llu "
	                 "MB, and the file system has %llu MB left", f->path,
	                 (unsigned long long)(len >> 20),
	                 (unsigned long long)(left >> 20));
}

uint64_t file_out_position(const struct file_out *f)
{
	return f->position;
}

/* Everything is written, and the thread is at its end. */
static struct error *drain(struct file_out *f)
{
	struct error *err = NULL;
	int errnum;

	TRY(push_block(f));
	if (f->in_memory) {
		errnum = file_out_resize(f);
		return errnum ? write_error(f, errnum) : NULL;
	}
	pthread_mutex_lock(&f->lock);
	f->closing = true;
	pthread_cond_broadcast(&f->changed);
	while (!err && !f->cancelled && !f->errnum)
		err = wait_for_thread(f);
	if (!err && f->errnum)
		err = write_error(f, f->errnum);
	pthread_mutex_unlock(&f->lock);
	return err;
}

static void end_thread(struct file_out *f)
{
	if (!f->started)
		return;
	pthread_mutex_lock(&f->lock);
	f->cancelled = true;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	pthread_join(f->thread, NULL);
	f->started = false;
}

struct error *file_out_finish(struct file_out *f)
{
	int fd;

	TRY(drain(f));
	end_thread(f);
	fd = f->fd;
	f->fd = -1;
	/* Some file systems find out only now that there is no room. */
	if (close(fd) != 0 && errno != EINTR)
		return error_errno(errno, "can't write %s", f->path);
	if (f->temporary && rename(f->temporary, f->path) != 0)
		return error_errno(errno, "can't replace %s", f->path);
	f->finished = true;
	return NULL;
}

static struct error *start(struct file_out *f)
{
	size_t size = (size_t)FILE_BLOCKS * FILE_BLOCK_SIZE;
	unsigned char *data = mmap(NULL, size, PROT_READ | PROT_WRITE,
	                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sigset_t all, old;
	int errnum;

	if (data == MAP_FAILED)
		return error_no_memory();
	for (size_t i = 0; i < FILE_BLOCKS; i++)
		f->blocks[i].data = data + i * FILE_BLOCK_SIZE;
	if (f->in_memory)
		return NULL;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	errnum = pthread_create(&f->thread, NULL, file_out_write, f);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (errnum)
		return error_errno(errnum, "can't start a thread");
	f->started = true;
	return NULL;
}

struct error *file_out_create(const char *path,
                              const struct file_out_options *options,
                              struct file_out **file)
{
	CLEANUP(file_out_guard) struct file_out *f = xcalloc(1, sizeof(*f));

	f->path = xstrdup(path);
	f->fd = -1;
	f->append = options->append;
	f->interrupted = options->interrupted;
	f->ctx = options->ctx;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->changed, NULL);
	TRY(file_out_open(f));
	TRY(start(f));
	*file = f;
	f = NULL;
	return NULL;
}

/* What an appended file had more is cut off, what was new goes. */
static void undo(struct file_out *f)
{
	if (f->temporary)
		unlink(f->temporary);
	else if (f->append && !f->stream && f->fd >= 0 &&
	         ftruncate(f->fd, (off_t)f->base) != 0)
		return;
}

void file_out_destroy(struct file_out *f)
{
	if (!f)
		return;
	end_thread(f);
	if (!f->finished)
		undo(f);
	if (f->fd >= 0)
		close(f->fd);
	if (f->blocks[0].data)
		munmap(f->blocks[0].data,
		       (size_t)FILE_BLOCKS * FILE_BLOCK_SIZE);
	pthread_cond_destroy(&f->changed);
	pthread_mutex_destroy(&f->lock);
	free(f->temporary);
	free(f->path);
	free(f);
}

void file_out_guard(struct file_out **f)
{
	file_out_destroy(*f);
}
