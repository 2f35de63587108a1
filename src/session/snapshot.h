/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/snapshot.h: what memory was at a moment, and what changed since.
 *
 * A snapshot is made of runs of pages; what they held is in a page store that
 * all snapshots share (session/page_store.h), so that a page which did not
 * change, or is there twice, is kept once.  Pages never touched cost nothing.
 * The session owns the snapshots; they outlive the process.
 */
#ifndef SCDB_SESSION_SNAPSHOT_H
#define SCDB_SESSION_SNAPSHOT_H

#include "session/page_store.h"
#include "session/ranges.h"
#include "session/restore.h"
#include "target/procfs.h"

#include <time.h>

enum run_kind { RUN_ZEROS, RUN_PAGES, RUN_UNREADABLE };

/* Neighbouring pages of one kind. */
struct snapshot_run {
	taddr start;
	uint64_t pages;
	enum run_kind kind;
	size_t first;             /* PAGES: of the snapshot's ids */
};

struct snapshot {
	char *name;
	char *program;            /* the process's name */
	pid_t pid;
	struct timespec when;     /* CLOCK_REALTIME */
	range_vec ranges;         /* ascending, apart; may begin inside a page */
	VEC(struct snapshot_run) runs; /* ascending */
	VEC(uint32_t) ids;        /* of the store's pages */
	uint64_t data, untouched, unreadable; /* bytes */
	uint64_t fresh;           /* bytes of pages that nobody had before */
	/* session/snapshot_method.c's. */
	bool tracked;             /* the bits were cleared right after it */
	unsigned process;         /* its number */
	taddr mark;               /* whose page has a bit, unless they were
	                           * cleared again */
};

struct snapshots {
	struct page_store *store; /* NULL: there was none yet */
	VEC(struct snapshot *) all;
};

/* session->snapshots; NULL until the first. */
void snapshots_destroy(struct snapshots *all);
/* NULL: there is none. */
struct snapshot *snapshot_named(const struct session *s, const char *name);
/* ... or an error that says so. */
struct error *snapshot_find(const struct session *s, const char *name,
                            struct snapshot **snapshot) MUST_CHECK;
/*
 * Of RANGES of the current process, in any order; takes the place of one of that
 * name when it is whole.
 */
struct error *snapshot_take(struct session *s, const char *name,
                            const range_vec *ranges,
                            struct snapshot **snapshot) MUST_CHECK;
/* LEN bytes at ADDR as they were; where it has none: ERROR_FAULT. */
struct error *snapshot_read(struct session *s, const struct snapshot *snapshot,
                            taddr addr, void *data, size_t len) MUST_CHECK;
struct error *snapshot_delete(struct session *s, const char *name) MUST_CHECK;
struct error *snapshot_restore(struct session *s, struct snapshot *snapshot,
                               const struct range *part,
                               struct restored *result) MUST_CHECK;

/*
 * session/snapshot_method.c.  The snapshot since which the soft-dirty bits of the
 * current process tell what was written; NULL: they don't.
 */
struct snapshot *snapshot_tracked(struct session *s);
/* From now on they do since MADE, which is whole; if they can.  MAPS: now. */
void snapshot_track(struct session *s, struct snapshot *made,
                    const proc_map_vec *maps);

/* Why `set snapshot-method` can't be METHOD; what to say beside it, or NULL. */
struct error *snapshot_method_check(struct session *s,
                                    uint64_t method) MUST_CHECK;
const char *snapshot_method_note(struct session *s);

/* The run that holds ADDR, or the first behind it; runs.len: none. */
size_t snapshot_run_at(const struct snapshot *snapshot, taddr addr);

/* Bytes that are others than they were. */
struct change {
	taddr addr;
	uint64_t len;
	bool was, is;             /* they could, and can, be read */
};

struct changes {
	/* Called in ascending order. */
	struct error *(*show)(void *ctx, const struct change *change);
	void *ctx;
	uint64_t count;           /* filled in */
	uint64_t bytes;
};

/* From OLD to NEW; NULL: to what the current process has now, where OLD was. */
struct error *snapshot_diff(struct session *s, const struct snapshot *old,
                            const struct snapshot *new,
                            struct changes *changes) MUST_CHECK;

#endif
