/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/dump.h: memory into files, and back.
 *
 * A raw file has the bytes of one range and nothing else; all of it must be
 * readable.  An indexed file has any number of ranges, and knows where each was:
 *
 *	"scdb dump 1\n", and zeros up to 4096
 *	the bytes of each range, from an offset on that is the address's, modulo
 *	4096; pages that were never touched are holes
 *	the index, a line a range, ascending offsets:
 *	  START END OFFSET PERMS KIND "NAME"
 *	START and END in hex, OFFSET in decimal; KIND is `data`, `forced` (the
 *	program itself may not read it) or `unreadable` (no bytes, OFFSET 0);
 *	NAME as C has it between quotes
 *	"index OFFSET LENGTH\n", both of 20 digits: where the index is
 *
 * So it can be written into a pipe, and read with a text editor's patience.
 */
#ifndef SCDB_SESSION_DUMP_H
#define SCDB_SESSION_DUMP_H

#include "base/file_out.h"
#include "session/ranges.h"

enum dump_kind { DUMP_DATA, DUMP_FORCED, DUMP_UNREADABLE };

struct dump_row {
	taddr start, end;
	uint64_t offset;
	enum dump_kind kind;
	char perms[5];
	char *name;
	const char *reason;       /* UNREADABLE, of a dump just made; static */
};

struct dump {
	VEC(struct dump_row) rows;
	uint64_t data, untouched, unreadable, forced; /* bytes */
	uint64_t size;            /* of the file */
};

void dump_deinit(struct dump *dump);

/* RANGE, raw; errors where a byte of it can't be read. */
struct error *dump_raw(struct session *s, const char *path, bool append,
                       const struct range *range,
                       struct dump *dump) MUST_CHECK;
/* With an index.  What can't be read is told in *DUMP. */
struct error *dump_indexed(struct session *s, const char *path,
                           const range_vec *ranges,
                           struct dump *dump) MUST_CHECK;
/* Bytes that are no memory of the program's. */
struct error *dump_bytes(struct session *s, const char *path, bool append,
                         const void *data, size_t len) MUST_CHECK;
/* The mappings that FILTER takes, as ranges. */
struct error *dump_choose(struct session *s, const struct map_filter *filter,
                          range_vec *ranges) MUST_CHECK;

/*
 * The index of an open file: *INDEXED false where it has none.  What lies about
 * itself is an error.
 */
struct error *dump_read_index(int fd, const char *path, bool *indexed,
                              struct dump *dump) MUST_CHECK;
/* A line of it, without its end; false: it is none. */
bool dump_parse_row(const char *line, size_t len, struct dump_row *row);

#endif
