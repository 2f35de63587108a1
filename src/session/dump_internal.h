/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/dump_internal.h: what the files of session/dump.h share. */
#ifndef SCDB_SESSION_DUMP_INTERNAL_H
#define SCDB_SESSION_DUMP_INTERNAL_H

#include "session/dump.h"

/*
 * What there will be to read, by the page tables: session/dump_plan.c.  It may
 * come otherwise, where threads run.
 */
struct dump_plan {
	uint64_t data;            /* bytes */
	range_vec runs;           /* of data; ascending, long ones only */
	size_t next;
};

struct error *dump_plan_make(struct process *p, const proc_map_vec *maps,
                             const range_vec *ranges,
                             struct dump_plan *plan) MUST_CHECK;
void dump_plan_deinit(struct dump_plan *plan);
/* At ADDR data begins: a long run gets its room in the file at once. */
struct error *dump_plan_reserve(struct dump_plan *plan, struct file_out *f,
                                taddr addr) MUST_CHECK;

/* session/dump_index.c */
struct error *dump_write_head(struct file_out *f) MUST_CHECK;
struct error *dump_write_index(struct file_out *f,
                               const struct dump *dump) MUST_CHECK;

#endif
