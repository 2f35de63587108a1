/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/trace_stats.h: what is counted, and the two ways to show it. */
#ifndef SCDB_SESSION_TRACE_STATS_H
#define SCDB_SESSION_TRACE_STATS_H

#include "session/trace_internal.h"

#include "base/map.h"

enum { PARTS = 16, PART_BITS = 4, CLASSES = 64 * PARTS };

struct stat_row {
	char name[SYSCALL_NAME_MAX];
	uint64_t calls, errors;
	uint64_t before;                /* calls when rates were looked at */
	double rate;                    /* calls a second since the look
	                                 * before that */
	int64_t ns, least, most;
	uint32_t classes[CLASSES];
};

struct trace_stats {
	struct map by_call;             /* to rows; the key is the desc */
	VEC(struct stat_row *) rows;
	int64_t since;                  /* ns: when BEFORE was */
	bool rated;                     /* there was such a look */
};

/* What a row is sorted by; more comes first. */
int64_t trace_weight(const struct stat_row *row, enum trace_sort by);
/* Sorted as the setting says; where there is nothing that is said: NULL. */
struct trace_stats *trace_sorted(struct session *s);
/* Nanoseconds of the clock that never goes back. */
int64_t trace_now(void);

#endif
