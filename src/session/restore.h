/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/restore.h: memory becomes what a file, or a snapshot, says that it
 * was.
 *
 * Only pages that differ are written, so untouched memory stays untouched and
 * code that is the file's stays shared.  Writes are forced, as a debugger's are.
 */
#ifndef SCDB_SESSION_RESTORE_H
#define SCDB_SESSION_RESTORE_H

#include "session/progress.h"
#include "session/ranges.h"

struct restored_row {
	struct range range;
	const char *reason;       /* static */
};

struct restored {
	struct range bounds;      /* from the first to the last address */
	uint64_t ranges;
	uint64_t written, same;   /* bytes; whole pages where not all of one */
	uint64_t unknown;         /* that the file has nothing of */
	uint64_t failed;
	VEC(struct restored_row) rows; /* failed; joined */
	uint64_t total;           /* bytes of all ranges to come */
	struct progress progress; /* since the first of them */
};

void restored_deinit(struct restored *r);

/* Who knows the bytes. */
struct restore_source {
	/* LEN bytes at ADDR, all of them. */
	struct error *(*read)(void *ctx, taddr addr, void *data, size_t len);
	/* How many from ADDR on are zeros for sure; NULL: never known. */
	uint64_t (*zeros)(void *ctx, taddr addr);
	void *ctx;
};

/*
 * [start, end) of RANGE; may write a part, where it fails or is broken off.
 * Adds to *RESULT, whose total the caller has said.
 */
struct error *restore_range(struct session *s, const struct range *range,
                            const struct restore_source *source,
                            struct restored *result) MUST_CHECK;

/*
 * A file.  OFFSET is added to its addresses; those of a raw one, which begin
 * at 0, need that.  Only what lies in PART, in the file's addresses, counts.
 */
struct restore_request {
	const char *path;
	bool raw;                 /* whatever the file looks like */
	bool has_offset;
	uint64_t offset;
	struct range part;
};
struct error *restore_file(struct session *s,
                           const struct restore_request *request,
                           bool *raw, struct restored *result) MUST_CHECK;

#endif
