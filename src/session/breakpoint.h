/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/breakpoint.h: what the user asked to stop at: specifications, all
 * numbered from one row (breakpoints, catchpoints, later watchpoints).
 */
#ifndef SCDB_SESSION_BREAKPOINT_H
#define SCDB_SESSION_BREAKPOINT_H

#include "base/error.h"
#include "base/types.h"
#include "base/vec.h"
#include "syscalls/syscalls.h"

#include <stdbool.h>

struct session;
struct thread;
struct call;
struct expr;

enum breakpoint_kind { BREAKPOINT_CATCH_SYSCALL };

/* Which of a call's stops a catchpoint wants. */
enum catch_phases { CATCH_ENTRY = 1, CATCH_EXIT = 2, CATCH_BOTH = 3 };

struct breakpoint {
	unsigned number;
	enum breakpoint_kind kind;
	bool enabled;
	bool temporary;           /* tcatch: gone after its first stop */
	uint64_t hits;            /* stops that it made or ignored */
	uint64_t ignore;          /* matches still to be passed over */
	struct expr *condition;   /* NULL: none */
	VEC(char *) commands;
	struct syscall_set *calls;
	enum catch_phases phases;
	bool complained;          /* its condition failed once and said so */
};

/*
 * A new catchpoint.  Takes CALLS and CONDITION (NULL: none).  Returns it,
 * owned by the session.
 */
struct breakpoint *catch_syscall_add(struct session *s,
                                     struct syscall_set *calls,
                                     enum catch_phases phases,
                                     struct expr *condition, bool temporary);
struct breakpoint *breakpoint_find(const struct session *s, unsigned number);
void breakpoint_delete(struct session *s, struct breakpoint *b);
void breakpoint_enable(struct session *s, struct breakpoint *b, bool on);
/* CONDITION NULL takes it away.  The text is compiled against its own SET. */
struct error *breakpoint_set_condition(struct session *s, struct breakpoint *b,
                                       const char *condition) MUST_CHECK;
/* Takes the COUNT lines. */
void breakpoint_set_commands(struct breakpoint *b, char **lines, size_t count);
void breakpoint_list(struct session *s, const unsigned *numbers, size_t count);
/* Whether any enabled one wants to see calls: then threads run to calls. */
bool catch_any(const struct session *s);

/* What catchpoints say of a thread's stop at a call: session/catch.c. */
struct catch_verdict {
	bool stop;               /* show it */
	bool silent;             /* but print nothing: `commands` say so */
	unsigned number;         /* of the first that stops here; 0: none */
};
/* At an entry; *WANTS_EXIT: some catchpoint may stop at this call's exit. */
void catch_at_call(struct session *s, struct thread *thread,
                   struct call *call, struct catch_verdict *verdict);

/* T has run into the site at ADDR: session/break.c. */
void breakpoints_at_site(struct session *s, struct thread *t, taddr addr,
                         struct catch_verdict *verdict);

#endif
