/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/breakpoint.h: what the user asked to stop at: specifications, all
 * numbered from one row (breakpoints, watchpoints, catchpoints).
 *
 * What all have in common stands in `struct breakpoint`; the rest is its
 * kind's: a row of functions (`struct breakpoint_kind`), and a part that only
 * that kind's file looks into.  Another kind is another row in a file of its
 * own; nobody else knows of it.
 *
 *	session/catch.c       catch syscall
 *	session/break.c       break, tbreak, rbreak, dprintf
 *
 * Whoever sees a kind's event come to a thread asks breakpoint_hit about each
 * specification that it fits; that is where conditions, counts, threads and
 * `commands` are looked at.
 */
#ifndef SCDB_SESSION_BREAKPOINT_H
#define SCDB_SESSION_BREAKPOINT_H

#include "base/buf.h"
#include "base/error.h"
#include "base/types.h"
#include "base/vec.h"
#include "syscalls/syscalls.h"

#include <stdbool.h>

struct session;
struct thread;
struct call;
struct expr;
struct breakpoint;
struct catch_verdict;
struct process;

/* What becomes of it after a stop that it made. */
enum breakpoint_disposition {
	DISPOSITION_KEEP,
	DISPOSITION_DELETE,       /* tbreak, tcatch, `enable delete` */
	DISPOSITION_DISABLE,      /* `enable once`, `enable count` */
};

struct breakpoint_kind {
	const char *noun;         /* "breakpoint", as sentences have it */
	const char *type;         /* as `info breakpoints` shows it */
	const char *name;         /* the same for programs; NULL: `type` */
	bool has_address;         /* the column Address is filled in by `list` */
	bool stops_at_calls;      /* threads must run from call to call */
	/* A condition that can't be evaluated stops, as in gdb; else it counts
	 * as false, and that is said once. */
	bool failure_stops;
	/*
	 * The columns Address (where the kind has one: breakpoint_list_address)
	 * and What, and more members of the record; no new line at the end.
	 */
	void (*list)(struct session *s, const struct breakpoint *b);
	/* Lines below the common ones, or NULL: places. */
	void (*list_below)(struct session *s, const struct breakpoint *b);
	/* The command that makes one like it, without condition and new line. */
	void (*save)(const struct breakpoint *b, struct buf *text);
	/* ... and those that make its places as they are; or NULL. */
	void (*save_places)(const struct breakpoint *b, struct buf *text);
	bool never_temporary;     /* no command makes one that is */
	/*
	 * Compiles a condition.  FORCE: what can't be understood now may be
	 * later.
	 */
	struct error *(*compile)(struct session *s, struct breakpoint *b,
	                         const char *text, bool force,
	                         struct expr **expr);
	/*
	 * What a stop that it made is, behind the thread's head, and more
	 * members of the stop's record (its "reason" among them); or NULL.
	 */
	void (*show_stop)(struct session *s, struct thread *t,
	                  const struct breakpoint *b);
	/*
	 * T's process has loaded or unloaded libraries, as the dynamic linker
	 * says; or NULL.  Such a kind has it watched.
	 */
	void (*modules_changed)(struct session *s, struct thread *t,
	                        struct breakpoint *b,
	                        struct catch_verdict *verdict);
	bool does_commands;       /* its `commands` are no stop's */
	bool condition_apart;     /* what `save` writes has no room for it */
	/* It was enabled or disabled; or NULL. */
	void (*changed)(struct session *s, struct breakpoint *b);
	/* Frees b->part, and takes out what was planted. */
	void (*destroy)(struct session *s, struct breakpoint *b);
};

struct breakpoint {
	unsigned number;
	const struct breakpoint_kind *kind;
	void *part;               /* the kind's own */
	bool enabled;
	bool doomed;              /* goes when the present stop was shown */
	enum breakpoint_disposition disposition;
	uint64_t count;           /* `enable count`: stops still to come */
	uint64_t hits;            /* stops that it made or ignored */
	uint64_t ignore;          /* matches still to be passed over */
	struct expr *condition;   /* NULL: none, or not yet */
	char *condition_text;     /* one that can't be compiled yet; or NULL */
	char *thread;             /* the label of the only thread that counts */
	pid_t tid;                /* ... and its id; 0: any */
	VEC(char *) commands;
	unsigned conditions;      /* how often that was set */
	bool complained;          /* its condition failed once and said so */
};

/* What breakpoints say of a thread's stop. */
struct catch_verdict {
	bool stop;               /* show it */
	bool silent;             /* but print nothing: `commands` say so */
	unsigned number;         /* of the first that stops here; 0: none */
	unsigned shown;          /* ... whose kind says what the stop is */
};

/* A new one at the end of the row, enabled; it takes PART. */
struct breakpoint *breakpoint_add(struct session *s,
                                  const struct breakpoint_kind *kind,
                                  void *part);
struct breakpoint *breakpoint_find(const struct session *s, unsigned number);
void breakpoint_delete(struct session *s, struct breakpoint *b);
void breakpoint_enable(struct session *s, struct breakpoint *b, bool on);
void breakpoints_enable_all(struct session *s, bool on);
/* CONDITION NULL takes it away.  FORCE: as the kind's `compile` has it. */
struct error *breakpoint_set_condition(struct session *s, struct breakpoint *b,
                                       const char *condition,
                                       bool force) MUST_CHECK;
/* Takes the COUNT lines. */
void breakpoint_set_commands(struct breakpoint *b, char **lines, size_t count);
/*
 * B's event came to T.  Counts it, and adds what B says to VERDICT where its
 * thread, its condition and its counts let it stop: it returns whether they do.
 * B lives on until breakpoints_reap.
 */
bool breakpoint_hit(struct session *s, struct thread *t, struct breakpoint *b,
                    struct catch_verdict *verdict);
/* The same without its condition, thread and counts looked at. */
void breakpoint_stops(struct session *s, struct breakpoint *b,
                      struct catch_verdict *verdict);
/* Whether `silent` is the first of its commands. */
bool breakpoint_is_silent(const struct breakpoint *b);
/* Deletes what was to go after the stop that has been shown. */
void breakpoints_reap(struct session *s);
/* The whole of what makes B again, as a file of commands. */
void breakpoint_save(const struct breakpoint *b, struct buf *text);

/* session/breakpoint_list.c */
void breakpoint_list(struct session *s, const unsigned *numbers, size_t count);
/* The column Address, of a program whose pointers have WORD bytes; 0: TEXT
 * stands there. */
void breakpoint_list_address(struct session *s, unsigned word, taddr addr,
                             const char *text);

/* Catchpoints on system calls: session/catch.c. */

/* Which of a call's stops a catchpoint wants. */
enum catch_phases { CATCH_ENTRY = 1, CATCH_EXIT = 2, CATCH_BOTH = 3 };

/*
 * A new catchpoint.  Takes CALLS and CONDITION (NULL: none).  Returns it,
 * owned by the session.
 */
struct breakpoint *catch_syscall_add(struct session *s,
                                     struct syscall_set *calls,
                                     enum catch_phases phases,
                                     struct expr *condition, bool temporary);
/* The calls that B is about; NULL: it is another kind. */
const struct syscall_set *catch_syscall_set(const struct breakpoint *b);
enum catch_phases catch_syscall_phases(const struct breakpoint *b);
/* Whether any enabled one wants to see calls: then threads run to calls. */
bool catch_any(const struct session *s);
/* What catchpoints say of T's stop at CALL, at its entry or exit. */
void catch_at_call(struct session *s, struct thread *thread,
                   struct call *call, struct catch_verdict *verdict);

/* Breakpoints in code: session/break.c. */

struct break_request {
	const char *location;     /* NULL: where the selected frame stands */
	const char *condition;    /* NULL: none */
	const char *thread;       /* a label; NULL: any */
	const char *format;       /* of a dprintf, with its arguments; or NULL */
	bool temporary;
	bool hardware;            /* in a debug register */
	bool force;               /* a condition that can't be understood yet */
	bool pending;             /* where there is no such place yet, later */
};
/*
 * NOT_FOUND: there is no such place, and PENDING was not said.  Where no place
 * can have a breakpoint it is refused with the reason of the first.
 */
struct error *break_add(struct session *s, const struct break_request *request,
                        struct breakpoint **b) MUST_CHECK;
/*
 * One for each of COUNT names of functions; those that can't be are left out.
 * Returns how many; they are the last of the row.
 */
struct break_function {
	const char *location;     /* that stands for this one alone */
	taddr entry;
};
size_t break_add_functions(struct session *s,
                           const struct break_function *functions,
                           size_t count);
/* Whether it is one of these, a dprintf too. */
bool break_is_code(const struct breakpoint *b);
/* "Note: breakpoint 1 also set at pc 0x1139.": of others, where B is to be. */
void break_note_others(struct session *s, const struct breakpoint *b);
/* "Breakpoint 1 at 0x1139: file a.c, line 3." */
void break_announce(struct session *s, const struct breakpoint *b);
/* Its location as it will be read again; NULL: it is another kind. */
const char *break_location(const struct breakpoint *b);
/* Its places, numbered from 1 as `info breakpoints` does. */
size_t break_place_count(struct session *s, const struct breakpoint *b);
void break_enable_place(struct session *s, struct breakpoint *b,
                        size_t number, bool on);
/* Whether one of its places is there. */
bool break_is_at(const struct breakpoint *b, taddr addr);
bool break_is_on_line(const struct breakpoint *b, const char *file,
                      unsigned line);

/* What a process does: session/break_resolve.c. */
/* P was launched, or attached to, or executes another program. */
void breakpoints_process_new(struct session *s, struct process *p);
/* P is another's fork, with what that has planted. */
void breakpoints_process_forked(struct session *s, struct process *p);
void breakpoints_process_dies(struct session *s, struct process *p);
/* Another file is the program that would be run. */
void breakpoints_program_changed(struct session *s);
void breakpoints_thread_dies(struct session *s, struct thread *t);
/* Has dynamic linkers tell of changes where somebody wants to know. */
void breakpoints_watch_linkers(struct session *s);
/* P has other modules than before. */
void breakpoints_resolve(struct session *s, struct process *p);

/* How a thread came to a breakpoint: by its site, by a debug register. */
enum break_means { MEANS_SITE = 1, MEANS_REGISTER = 2 };
/* T has run into what stands at ADDR: session/break.c. */
void breakpoints_at(struct session *s, struct thread *t, taddr addr,
                    unsigned means, struct catch_verdict *verdict);

/*
 * session/break_index.c: what stands in the margin of a line for breakpoints in
 * the code at ADDR, or of line LINE of FILE, as in gdb's screen: B one was hit, b
 * none was; + one is enabled, - none is.  "": there are none.
 */
struct break_mark { char text[3]; };
struct break_mark break_mark_at(const struct session *s, taddr addr);
struct break_mark break_mark_line(const struct session *s, const char *file,
                                  unsigned line);

#endif
