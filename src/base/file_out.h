/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/file_out.h: big files, written behind the back of who makes them.
 *
 * A second thread writes while the caller fills the next block; what stays in
 * memory (tmpfs) the caller writes itself.  What goes to a regular file goes to
 * a temporary one in the same directory (mode 0600), which takes FILE's place
 * when all is there: until file_out_finish has succeeded an existing FILE is as
 * it was.  What is skipped is a hole.
 *
 * A FIFO, a device, /dev/stdout, /dev/stderr or /dev/fd/N is written straight
 * away, and what is skipped is zeros there.  A terminal is refused.  So is a
 * symbolic link: to write through it could overwrite what nobody meant, and to
 * replace it would leave the file behind it as it was.
 *
 * States: open (room, advance, skip) -> finished, or failed: after an error the
 * only thing left is file_out_destroy.
 */
#ifndef SCDB_BASE_FILE_OUT_H
#define SCDB_BASE_FILE_OUT_H

#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

struct file_out;

struct file_out_options {
	/*
	 * Behind what FILE has, in place; where it fails FILE is cut to what
	 * it was.
	 */
	bool append;
	/* Asked while the disk, or who reads a FIFO, is waited for; or NULL. */
	bool (*interrupted)(void *ctx);
	void *ctx;
};

/* PATH is copied. */
struct error *file_out_create(const char *path,
                              const struct file_out_options *options,
                              struct file_out **file) MUST_CHECK;
/* What is not finished is undone.  NULL is fine. */
void file_out_destroy(struct file_out *f);
/* For CLEANUP. */
void file_out_guard(struct file_out **f);

/*
 * Bytes that will be written in all, holes not among them: an error where the
 * file system has not so many left.
 */
struct error *file_out_expect(struct file_out *f, uint64_t len) MUST_CHECK;
/* The next LEN bytes will all be written: they are given room at once. */
struct error *file_out_reserve(struct file_out *f, uint64_t len) MUST_CHECK;
/*
 * Where the next bytes go: *DATA takes *ROOM of them, a page at least; then
 * file_out_advance says how many there are.  That may be told part by part, with
 * skips and reserves between, up to 500 in all.
 */
struct error *file_out_room(struct file_out *f, void **data,
                            size_t *room) MUST_CHECK;
void file_out_advance(struct file_out *f, size_t len);
/* The same for bytes that are somewhere already. */
struct error *file_out_add(struct file_out *f, const void *data,
                           size_t len) MUST_CHECK;
/* LEN bytes that are zero. */
struct error *file_out_skip(struct file_out *f, uint64_t len) MUST_CHECK;
/* Bytes written and skipped so far. */
uint64_t file_out_position(const struct file_out *f);
/* All of it is in its place, or an error. */
struct error *file_out_finish(struct file_out *f) MUST_CHECK;

#endif
