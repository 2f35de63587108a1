/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/trace.h: calls that are written down as the program runs, without a
 * stop that anybody sees: `trace`.
 *
 * A trace is a SET of calls, perhaps a condition, and where its lines go: a
 * sink (session/trace_sink.c), which several may share, or numbers that are
 * counted (session/trace_stats.c).  A line is strace's.  What the kernel reads
 * is decoded at the entry and kept as text; at the exit what it wrote is put
 * behind it: every byte is formatted once.  Where nobody wants a call's line
 * nothing of it is read.
 *
 * All stops of the kernel's are told, those of a call that is made again too:
 * the log is about what happened, the stack of calls (session/call.h) about
 * what the program sees.
 */
#ifndef SCDB_SESSION_TRACE_H
#define SCDB_SESSION_TRACE_H

#include "base/error.h"
#include "base/memory_window.h"
#include "base/vec.h"
#include "syscalls/decode.h"
#include "target/target.h"

#include <time.h>

enum { TRACES_MAX = 32 };

struct session;
struct expr;
struct trace_sink;
struct trace_stats;

struct trace {
	struct syscall_set *set;
	struct expr *condition;      /* NULL: none */
	char *condition_text;
	struct trace_sink *sink;     /* NULL: it counts */
	bool watches;                /* trace_watch's: it counts until the user
	                              * does */
	bool complained;             /* of its condition */
};

/* What a session has of all that. */
struct trace_table {
	struct trace *traces[TRACES_MAX]; /* NULL: free */
	unsigned count;
	VEC(struct trace_sink *) sinks;
	struct trace_stats *stats;   /* NULL: nothing was counted yet */
	bool user_counted;           /* they are the user's own */
	struct memory_window window; /* what decoders see at this stop */
};

/* Of each thread: the call that it is in. */
struct trace_call {
	bool active;
	uint32_t sinks;       /* those that have its beginning: bits by place */
	uint32_t undecided;   /* traces whose condition waits for the exit */
	uint32_t counting;    /* traces that count it */
	bool watched;         /* the log is to have it */
	struct syscall_view view;
	struct decode_text parts;
	struct buf text;      /* "NAME(" and what the entry told */
	struct timespec entered;
	struct timespec began;  /* by the calendar, for records with a time */
};

/*
 * Takes SET and CONDITION (with its TEXT; or NULL), also when it fails.  FILE:
 * where to; NULL: as the setting `trace-file` says, or to the user.  COUNTS: to
 * nowhere, it is counted.
 */
struct trace_wish {
	struct syscall_set *set;
	struct expr *condition;
	const char *condition_text;
	const char *file;
	bool counts;
	bool watches;         /* trace_watch's */
};
struct error *trace_add(struct session *s,
                        struct trace_wish *wish) MUST_CHECK;
/* All of them, or those to FILE, which must be there. */
struct error *trace_off(struct session *s, const char *file) MUST_CHECK;
/*
 * Somebody looks at calls of SET (which is taken; NULL: no longer) as they go
 * by: they come into the log, and are counted until the user counts some.
 * `trace` neither lists nor ends that.
 */
void trace_watch(struct session *s, struct syscall_set *set);
void trace_list(struct session *s);
/* `info stats`. */
void trace_show_stats(struct session *s);
/* `info stats -b`. */
void trace_show_bars(struct session *s);
void trace_forget_stats(struct session *s);

/* For the session itself. */
void trace_deinit(struct session *s);
/* NULL is fine. */
void trace_call_destroy(struct trace_call *tc);
bool trace_any(const struct session *s);
/* Whether the end of the call that TC (or NULL) is in will be written. */
bool trace_sees(const struct trace_call *tc);
/* T's stop is at an entry, at an exit with RESULT (CHANGED: by scdb). */
void trace_entry(struct session *s, struct thread *t);
void trace_exit(struct session *s, struct thread *t, int64_t result,
                bool changed);
void trace_signal(struct session *s, struct thread *t);
void trace_group_stop(struct session *s, struct thread *t);
/* T runs another program; others of its process are gone. */
void trace_exec(struct session *s, struct thread *t);
/*
 * T is at the entry of a call on its way to the program that is launched: the
 * last execve among them is what starts it.  And: it runs the program.
 */
void trace_launching(struct session *s, struct thread *t);
void trace_launched(struct session *s, struct thread *t);
void trace_death(struct session *s, struct thread *t);
/* T is let go, or freed: an open line of its ends. */
void trace_leave(struct session *s, struct thread *t);
/* Ends the traces to files that can't be written any more, and says so. */
void trace_give_up(struct session *s);
/* Writes out what is kept back; and that. */
void trace_flush(struct session *s);
/* A stop is about to be shown: text on the user's screen begins a line. */
void trace_before_stop(struct session *s);

#endif
