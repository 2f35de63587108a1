/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/file_out_internal.h: what the files of base/file_out.h share.
 *
 * Blocks go round in a ring: the caller fills the one numbered `filled`, the
 * thread writes the one numbered `written`; what lies between waits.  Only the
 * two numbers, the flags and the error are for both, under the lock.  The
 * thread does all that can make a signal (SIGPIPE, SIGXFSZ): it has them
 * blocked, so that they come back as errors.
 *
 * What is written into memory (tmpfs) is written by the caller, in one block:
 * the bytes are still in its processor's cache, nobody is waited for, and it
 * takes no more time than the hand-over would.
 */
#ifndef SCDB_BASE_FILE_OUT_INTERNAL_H
#define SCDB_BASE_FILE_OUT_INTERNAL_H

#include "base/file_out.h"

#include <pthread.h>

enum {
	FILE_BLOCKS = 4,
	FILE_BLOCK_SIZE = 1 << 20,
	FILE_BLOCK_EXTENTS = 1024,
	FILE_SPARE_EXTENTS = 512, /* of a block that file_out_room gives */
};

/* Bytes of a block that lie together in the file. */
struct file_extent {
	enum { EXTENT_DATA, EXTENT_ZEROS, EXTENT_RESERVE } what;
	uint64_t at;         /* in the file */
	size_t from;         /* DATA: in the block */
	uint64_t len;
};

struct file_block {
	unsigned char *data;
	size_t used;
	size_t count;
	struct file_extent extents[FILE_BLOCK_EXTENTS];
};

struct file_out {
	char *path;
	char *temporary;     /* NULL: written in place */
	int fd;
	bool stream;         /* can't be sought in */
	bool pipe;           /* ... and may have nobody who reads */
	bool append;
	bool in_memory;      /* a file of tmpfs: there is no thread */
	uint64_t base;       /* what an appended file had */
	uint64_t position;
	bool (*interrupted)(void *ctx);
	void *ctx;
	struct file_block blocks[FILE_BLOCKS];
	pthread_t thread;
	bool started;
	bool finished;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint64_t filled, written;
	bool closing;        /* the thread ends when all is written */
	bool cancelled;      /* ... at once */
	int errnum;          /* why it stopped; 0: it did not */
};

/* base/file_out_open.c: fills in fd, temporary, stream, pipe, in_memory and
 * base. */
struct error *file_out_open(struct file_out *f) MUST_CHECK;
/* base/file_out_thread.c */
void *file_out_write(void *file);
/* For a file without a thread; 0 or an errno. */
int file_out_write_block(struct file_out *f, const struct file_block *b);
int file_out_resize(const struct file_out *f);

#endif
