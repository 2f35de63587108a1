/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/search.h: bytes that are looked for in a process's memory, of any
 * size, in bounded memory.
 */
#ifndef SCDB_SESSION_SEARCH_H
#define SCDB_SESSION_SEARCH_H

#include "base/bytes.h"
#include "session/ranges.h"
#include "target/stream.h"

/*
 * Memory from one end to the other, with progress shown and Ctrl-C looked at:
 * what `find` and `strings` have in common.
 */
struct sweep {
	const char *what;         /* of the line of progress */
	/* A piece; false: enough.  Neighbours of CHUNK_DATA join. */
	bool (*chunk)(void *ctx, const struct memory_chunk *chunk);
	/* What could not be read, neighbours put together. */
	void (*skipped)(void *ctx, taddr start, uint64_t len,
	                const char *reason);
	void *ctx;
};
/* RANGES in the order in which they stand. */
struct error *session_sweep(struct session *s, struct process *p,
                            const range_vec *ranges,
                            const struct sweep *sweep) MUST_CHECK;
/* Of P's mappings those that FILTER takes, neighbours put together. */
struct error *session_mappings(struct process *p,
                               const struct map_filter *filter,
                               range_vec *ranges) MUST_CHECK;

struct search {
	const struct byte_pattern *pattern; /* prepared */
	uint64_t align;           /* matches at multiples of this; from 1 */
	/* False: enough. */
	bool (*found)(void *ctx, taddr addr);
	void (*skipped)(void *ctx, taddr start, uint64_t len,
	                const char *reason);
	void *ctx;
};
struct error *session_search(struct session *s, struct process *p,
                             const range_vec *ranges,
                             const struct search *search) MUST_CHECK;

#endif
