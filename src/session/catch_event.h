/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/catch_event.h: catchpoints on what processes do beside system calls:
 * exec, fork, vfork, clone, exit, signals, libraries that come and go.
 */
#ifndef SCDB_SESSION_CATCH_EVENT_H
#define SCDB_SESSION_CATCH_EVENT_H

#include "session/breakpoint.h"
#include "session/session.h"


enum catch_event {
	CATCH_EXEC, CATCH_FORK, CATCH_VFORK, CATCH_CLONE, CATCH_END,
	CATCH_SIGNAL, CATCH_LOAD, CATCH_UNLOAD, CATCH_EVENTS,
};

/* What is wanted of signals, or of libraries. */
struct catch_filter {
	uint64_t signals;        /* bit N - 1: signal N; 0: see the next two */
	bool all_signals;        /* else all but SIGTRAP and SIGINT */
	char *pattern;           /* a regular expression; NULL: any library */
};

/* Takes FILTER's pattern, also when it fails, and the condition. */
struct error *catch_event_add(struct session *s, enum catch_event event,
                              const struct catch_filter *filter,
                              struct expr *condition, bool temporary,
                              struct breakpoint **b) MUST_CHECK;
/* "fork", "signals SIGUSR1 SIGUSR2": what is said when it is set. */
void catch_event_text(const struct breakpoint *b, struct buf *text);

/* Whether some catchpoint may want T's present stop. */
bool catch_event_wanted(const struct session *s, const struct thread *t);
/*
 * What they say of it: events, or a signal that is about to be delivered (where
 * SIGNAL).  What they have to tell becomes the thread's notes.
 */
void catch_at_event(struct session *s, struct thread *t,
                    struct catch_verdict *verdict);
void catch_at_signal(struct session *s, struct thread *t,
                     struct catch_verdict *verdict);
/* P runs a program from its start, or was attached, or forked. */
void catch_process_new(struct session *s, struct process *p);
void catch_process_dies(struct session *s, const struct process *p);

#endif
