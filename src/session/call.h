/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/call.h: the system calls that a thread is in, and what was decided
 * about each.
 *
 * A thread has a short stack of calls: the top one is the newest.  More than
 * one is there only while a signal handler makes calls of its own inside a
 * call that will be restarted.
 *
 *	        entry stop           resumed          exit stop
 *	(none) ----------> AT_ENTRY --------> INSIDE ----------> AT_EXIT->(none)
 *	                      ^                 |   result ERESTART*
 *	                      |                 v
 *	                      +---------- SUSPENDED   (not the end of the call:
 *	                     made again                 nothing is shown)
 *
 * A call seen for the first time in its middle (an attach) starts SUSPENDED or
 * INSIDE, with `entry_seen` false.
 */
#ifndef SCDB_SESSION_CALL_H
#define SCDB_SESSION_CALL_H

#include "base/error.h"
#include "syscalls/decode.h"
#include "syscalls/syscalls.h"
#include "target/target.h"

#include <stdbool.h>
#include <time.h>

struct call_data;
struct session;

enum call_phase {
	CALL_AT_ENTRY,
	CALL_INSIDE,
	CALL_SUSPENDED,
	CALL_AT_EXIT,
};

enum call_fate { FATE_RUN, FATE_SKIP };

/* What was decided about one call; carried out in call_carry.c alone. */
struct call_plan {
	enum call_fate fate;
	bool emulated;          /* skipped by `emulate`: said so in the line */
	bool needs_exit;        /* skipped where a filter may answer it: the
	                         * result is seen to at the exit */
	bool stop_at_exit;      /* skip -s, sysfinish, a catchpoint's exit */
	bool rules_at_exit;     /* rules look at its exit, skipped or not */
	bool has_result;        /* replace the result (or skip's value) */
	int64_t result;
	bool has_nr;            /* another call */
	uint64_t nr;
	unsigned changed_args;  /* bit N: argument N is ARGS[N] */
	uint64_t args[SYSCALL_ARGS];
};

struct call {
	enum call_phase phase;
	struct syscall_made made;    /* as the program made it */
	struct syscall_view view;    /* of MADE; multiplexed ones resolved */
	bool known_abi;
	taddr pc, sp;                /* after the instruction; at entry */
	bool entry_seen;             /* its entry was offered to the owners */
	bool entry_shown;            /* ... and shown to the user */
	bool applied;                /* the plan was written to registers */
	bool broken_off;             /* by scdb itself, not by a signal */
	bool unmade;                 /* SUSPENDED: ... at its entry, which the
	                              * kernel had passed over (carry_again) */
	bool resumable;              /* SUSPENDED: the next entry is this call;
	                              * not while a handler runs */
	bool handler_called;         /* SUSPENDED: the handler's first call
	                              * was seen ... */
	bool handler_below;          /* ... on the call's own stack */
	struct call_plan plan;
	bool has_length_before;      /* for decode_context, of a CALL_LENGTH */
	int32_t length_before;
	struct timespec started;     /* when it last went on from its entry */
	double seconds;              /* AT_EXIT: how long it took */
	int64_t result;              /* AT_EXIT: what the program gets */
	int64_t true_result;         /* AT_EXIT: what the kernel gave */
	uint64_t log_index;          /* in the call log, or 0 */
};

/* The thread's newest call, or NULL. */
struct call *call_current(const struct thread *thread);
/* "not at a system call's entry", naming the state, where it is not. */
struct error *call_at_entry(struct thread *thread,
                            struct call **call) MUST_CHECK;

/* Decisions: they only write the plan; bad input leaves it as it was. */
struct error *call_skip(struct thread *thread, int64_t result,
                        bool stop_at_exit) MUST_CHECK;
struct error *call_emulate(struct thread *thread, int64_t result) MUST_CHECK;
/*
 * Stores LEN bytes of DATA for a call that is emulated.  What was there before
 * comes back where the decision is dropped.
 */
struct error *call_store(struct thread *thread, taddr addr, const void *data,
                         size_t len) MUST_CHECK;
/* Takes back what was stored for the present call, but the first KEPT. */
void call_unstore(struct thread *thread);
void call_unstore_from(struct thread *thread, size_t kept);
/* At entry or at exit (there it is carried out at once). */
struct error *call_fake(struct thread *thread, int64_t result) MUST_CHECK;
struct error *call_set_arg(struct thread *thread, unsigned index,
                           uint64_t value) MUST_CHECK;
/* Stores LEN bytes in memory of scdb's own in the tracee and points there. */
struct error *call_set_arg_data(struct thread *thread, unsigned index,
                                const void *data, size_t len) MUST_CHECK;
/* A copy of what the argument points at, in which DATA stands at its offset. */
struct error *call_set_arg_field(struct thread *thread, unsigned index,
                                 const struct call_data *data) MUST_CHECK;
struct error *call_set_nr(struct thread *thread, uint64_t nr) MUST_CHECK;
/*
 * The call with the plan's number and arguments: what the kernel will get.
 */
void call_effective(const struct call *call, const struct thread *thread,
                    struct syscall_view *view);
/*
 * Arguments as users name them, session/call_args.c: the one called NAME, or
 * numbered so from 0.
 */
struct error *call_find_arg(const struct syscall_view *view, const char *name,
                            unsigned *index) MUST_CHECK;
/* Whether it points at data; and that it does not. */
bool call_arg_points(const struct syscall_view *view, unsigned index);
struct error *call_arg_is_number(const struct syscall_view *view,
                                 unsigned index) MUST_CHECK;
/* Whether TEXT is DATA, and no number: "text", x"00ff", {3,4}, @FILE. */
bool call_is_data(const char *text);
/* DATA for the memory that argument INDEX points at, where there is room for
 * it.  The caller frees BYTES, after an error too. */
struct call_data {
	taddr addr;
	size_t len, offset;   /* OFFSET: of a field, from the argument on */
	uint8_t *bytes;
};
struct error *call_data_parse(const struct syscall_view *view, unsigned index,
                              const char *data,
                              struct call_data *parsed) MUST_CHECK;
/* "ENOENT" or "-ENOENT": both are the error return. */
bool call_errno_value(const char *text, int64_t *value);
/* Whether a call of ABI may return RESULT. */
struct error *call_check_result(enum abi abi, int64_t result) MUST_CHECK;
/* A warning for skipping such a call of THREAD's, or NULL. */
const char *call_skip_warning(struct thread *thread,
                              const struct syscall_view *view);
/*
 * VALUE of the manual: an integer in C syntax, an errno name with or without
 * `-`, or an expression.  Refuses what no call may return (-512 to -516) and
 * what the ABI's register can't hold.
 */
struct error *call_value_parse(struct session *s, struct thread *thread,
                               const char *text, int64_t *value) MUST_CHECK;
/* For decode_*: fills in memory, host, phase and result. */
void call_decode_context(struct session *s, struct thread *thread,
                         const struct syscall_view *view,
                         struct decode_context *context);

#endif
