/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/stream.h: a process's memory from an address to another, of whatever
 * size, a few MB at a time.
 *
 * Nothing is faulted in that was not there and is zero by nature: untouched
 * private anonymous memory is told as zeroes, without reading it.  Files and
 * shared memory are read, there or not.  What can't be read is told too, with the
 * reason, and the reading goes on behind it.
 *
 * The mappings are those of when the stream was made; what was unmapped since
 * is unreadable.  The caller looks for a Ctrl-C between two chunks: each comes
 * within bounded time.
 *
 *	CLEANUP(memory_stream_destroy) struct memory_stream *m = NULL;
 *	TRY(memory_stream_create(process, 0, &m));
 *	memory_stream_seek(m, start, end);
 *	do TRY(memory_stream_next(m, &chunk)); ... while (chunk.kind != CHUNK_END)
 */
#ifndef SCDB_TARGET_STREAM_H
#define SCDB_TARGET_STREAM_H

#include "target/procfs.h"
#include "target/target.h"

enum chunk_kind {
	CHUNK_END,          /* all was told; nothing else is set */
	CHUNK_DATA,
	CHUNK_ZEROES,       /* never touched */
	CHUNK_SAME,         /* see memory_stream_skip; DATA is NULL */
	CHUNK_UNMAPPED,     /* DATA is NULL in this and the last two */
	CHUNK_UNREADABLE,
};

struct memory_chunk {
	enum chunk_kind kind;
	taddr addr;
	uint64_t len;             /* any size where there is no data */
	const uint8_t *data;      /* until the next call of _next */
	const char *reason;       /* UNREADABLE: "is a device's"; static */
	bool forced;              /* DATA, ZEROES: the program itself may not
	                           * read it */
	const struct proc_map *map; /* of it; UNMAPPED: NULL.  The stream's */
};

enum {
	STREAM_RAW = 1 << 0,      /* planted bytes as they are */
	STREAM_BUFFER = 4 << 20,  /* of its own */
};

struct memory_stream;
/* PROCESS must outlive it.  Reads /proc/PID/maps. */
struct error *memory_stream_create(struct process *process, unsigned flags,
                                   struct memory_stream **stream) MUST_CHECK;
/* Scope guard; of NULL too. */
void memory_stream_destroy(struct memory_stream **stream);
/*
 * From now on data goes to the caller's DATA, SIZE bytes from a page on: for
 * who hands it to another thread.  Not while chunks of a call are pending:
 * before each _next that may read, see _pending.
 */
void memory_stream_use(struct memory_stream *m, uint8_t *data, size_t size);
/* The next _next will not touch the buffer. */
bool memory_stream_pending(const struct memory_stream *m);
/*
 * Pages that did not change since the soft-dirty bits were cleared
 * (target/soft_dirty.h), and of which KNOWN says yes, are not read.
 */
void memory_stream_skip(struct memory_stream *m,
                        bool (*known)(void *ctx, taddr addr), void *ctx);
/* [START, END): what comes next. */
void memory_stream_seek(struct memory_stream *m, taddr start, taddr end);
/*
 * Chunks come without gaps, ascending; of two neighbours both may be of one
 * kind.  ERROR_GONE: the process died meanwhile.
 */
struct error *memory_stream_next(struct memory_stream *m,
                                 struct memory_chunk *chunk) MUST_CHECK;
const proc_map_vec *memory_stream_maps(const struct memory_stream *m);
/* Pages of MAP with such page_flags (target/pagemap.h) are zero unread. */
bool memory_stream_is_hole(const struct proc_map *map, unsigned flags);

#endif
