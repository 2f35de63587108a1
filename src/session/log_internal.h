/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/log_internal.h: what the files of the log of calls share. */
#ifndef SCDB_SESSION_LOG_INTERNAL_H
#define SCDB_SESSION_LOG_INTERNAL_H

#include "session/internal.h"

struct log_entry {
	uint64_t index;             /* 0: free */
	pid_t pid, tid;
	unsigned process, thread;   /* their numbers */
	struct syscall_made made;
	bool finished;
	bool skipped, faked;
	bool changed;               /* another call, or other arguments, than
	                             * the program's own */
	bool has_values;
	uint8_t hidden;             /* bit N: argument N is not to be shown */
	int64_t result;
	double seconds;
	char *values[SYSCALL_ARGS]; /* as they were decoded then */
	char *result_text;          /* NULL: not decoded */
};

struct call_log {
	struct log_entry *ring;
	size_t size;
	uint64_t last_index;
	unsigned to_decode;         /* so many of the next calls */
};

/* NULL where it has been written over. */
const struct log_entry *log_entry_at(const struct call_log *log,
                                     uint64_t index);

/* log_match.c */
struct error *log_matches(struct session *s, const struct log_entry *e,
                          const struct log_filter *filter,
                          bool *fits) MUST_CHECK;

/* log_show.c: text, from what can still be told. */
void log_entry_decode(const struct session *s, const struct log_entry *e,
                      const struct syscall_view *view, struct buf *args,
                      struct buf *result);
/* " (skipped)", what else was done to it, or nothing. */
const char *log_entry_flags(const struct log_entry *e);
/* What programs alone are told of each. */
void log_entry_hidden(struct out *o, const struct log_entry *e);

#endif
