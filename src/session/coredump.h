/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/coredump.h: a process as a core file, in the kernel's form.
 *
 * What runs is stopped for the while.  Memory is as the program has it: planted
 * breakpoints, slots and what else is scdb's own in it are left out.  Notes and
 * memory go through base/file_out.h, notes a thread at a time and memory in
 * chunks, so that neither a thousand threads nor terabytes need much of scdb's
 * own memory.
 */
#ifndef SCDB_SESSION_COREDUMP_H
#define SCDB_SESSION_COREDUMP_H

#include "base/error.h"
#include "base/vec.h"
#include "target/coredump_note.h"
#include "target/procfs.h"
#include "target/target.h"

#include <stdbool.h>

struct session;

/* What is to be told of a core that was written. */
struct coredump_result {
	uint64_t size;            /* of the file, holes counted */
	uint64_t written;         /* ... not counted */
	size_t threads;
	size_t missing;           /* threads that could not be stopped */
	uint64_t unreadable;      /* bytes that are zeros now ... */
	taddr unreadable_at;      /* ... the first of them ... */
	const char *reason;       /* ... and why */
	uint64_t left_out;        /* bytes that a 32-bit file has no room for */
};

/* PATH is replaced whole, or stays as it is. */
struct error *session_coredump(struct session *s, struct process *p,
                               const char *path,
                               struct coredump_result *result) MUST_CHECK;

/* What of a process's memory is in a core: session/coredump_parts.c. */
struct coredump_part {
	taddr start, end;
	uint64_t file_size;       /* from START; the rest is not in the file */
	unsigned flags;           /* PF_R, PF_W, PF_X */
};
typedef VEC(struct coredump_part) coredump_part_vec;

typedef VEC(struct coredump_left) coredump_left_vec;

/* Ranges that are scdb's own. */
struct coredump_range { taddr start, end; };
typedef VEC(struct coredump_range) coredump_range_vec;

struct coredump_choice {
	unsigned filter;          /* core(5), coredump_filter */
	bool excluded;            /* also what MADV_DONTDUMP says not to */
	/* The first bytes at an address; false: they can't be read. */
	bool (*read)(void *ctx, taddr addr, void *data, size_t len);
	void *ctx;
};
/*
 * One part for each mapping of which there is something in the core, or in a
 * file; the others are LEFT.
 */
void coredump_choose(const proc_smap_vec *maps,
                     const struct coredump_choice *choice,
                     const coredump_range_vec *own, coredump_part_vec *parts,
                     coredump_left_vec *left);

#endif
