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

/* trace_out.c: what a sink to the user has, as lines and a record. */
/* A call; RESULT NULL: it did not end. */
void trace_emit_call(struct session *s, struct trace_sink *sink,
                     const struct thread *t, const struct trace_call *tc,
                     const int64_t *result, const char *outcome);
/* EVENT: signal, stop, exit, exec; TEXT: what it says. */
void trace_emit_event(struct session *s, struct trace_sink *sink,
                      const struct thread *t, const char *event,
                      const char *text);
/* Lines that were broken off. */
void trace_emit_rest(struct session *s, struct trace_sink *sink);

#endif
