/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/trace_internal.h: what the files of `trace` share. */
#ifndef SCDB_SESSION_TRACE_INTERNAL_H
#define SCDB_SESSION_TRACE_INTERNAL_H

#include "session/internal.h"
#include "session/trace.h"
#include "session/trace_sink.h"

/* trace.c: who wants the call of TC, at its entry; and at its exit. */
void trace_choose(struct session *s, struct thread *t, struct trace_call *tc);
void trace_decide(struct session *s, struct thread *t, struct trace_call *tc);
/* All traces to SINK end. */
void trace_end_sink(struct session *s, const struct trace_sink *sink);

/* trace_stats.c */
void trace_count(struct session *s, const struct syscall_view *view,
                 int64_t result, int64_t ns);
void trace_stats_destroy(struct trace_stats *stats);

/* How a call ends in a line, or a record. */
struct trace_end {
	uint32_t begun;         /* the sinks that have its beginning */
	const struct buf *rest; /* what stands behind the beginning */
	const char *outcome;    /* ... and behind the "= " */
	const int64_t *result;  /* NULL: it did not end */
	int64_t ns;             /* from its entry */
};

/* trace_out.c: what a sink to the user has, as lines and a record; and what a
 * file of records has. */
void trace_emit_call(struct session *s, struct trace_sink *sink,
                     const struct thread *t, const struct trace_call *tc,
                     const struct trace_end *e);
/* What else happens to a thread. */
struct trace_event {
	const char *name;       /* signal, stop, exit, exec */
	const char *text;
	const char *signal;     /* that came, stopped or killed it; or NULL */
	const int *status;      /* that it exited with; or NULL */
};
void trace_emit_event(struct session *s, struct trace_sink *sink,
                      const struct thread *t, const struct trace_event *e);
/* Lines that were broken off. */
void trace_emit_rest(struct session *s, struct trace_sink *sink);

#endif
