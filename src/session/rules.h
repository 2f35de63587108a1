/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/rules.h: what shall become of calls without anybody being asked:
 * `on`, and strace's `inject`.
 *
 * A rule is a SET of calls, perhaps a condition, when (the third time, from
 * the fifth on), and actions.  Rules stand in an order, which is that of their
 * making until `move rule`; their numbers stay.  At the entry of a call all are
 * asked in turn: those that only observe are carried out, of those that decide
 * (skip, emulate, fake, arg, nr) the first of each layer, as long as the call is
to be made.  A rule whose condition asks for what
 * is known at the exit alone is asked there.  Its decisions are lines of the
 * call's plan (session/call.h), as a user's are; what it does at the exit is kept
 * with the thread (`dues`).  A call that is made again is offered once, so rules
 * see it once.
 *
 *	text --rule_parse.c, rule_inject.c--> struct rule --rule_run.c--> plan
 *
 * A rule that fails while the program runs says so once, and counts it; the
 * call runs as if the rule were not there.
 */
#ifndef SCDB_SESSION_RULES_H
#define SCDB_SESSION_RULES_H

#include "base/buf.h"
#include "base/error.h"
#include "syscalls/syscalls.h"

#include <stdbool.h>

struct call;
struct call_bits;
struct catch_verdict;
struct rule;
struct rule_table;
struct session;
struct thread;

/* TEXT is what stands behind `on`: SET [if C] [when W] [per P] do ACTIONS. */
struct error *rule_add(struct session *s, const char *text,
                       struct rule **rule) MUST_CHECK;
/* strace's: SET:error=E:...; FAULT: what its option `fault` takes. */
struct error *rule_inject(struct session *s, const char *spec, bool fault,
                          struct rule **rule) MUST_CHECK;
/* NULL: there is none. */
struct rule *rule_find(const struct session *s, uint64_t number);
unsigned rule_number(const struct rule *rule);
const char *rule_text(const struct rule *rule);
const struct syscall_set *rule_set(const struct rule *rule);
/* Whether a call of its set may be kept from being made. */
bool rule_skips(const struct rule *rule);
/* The number of the one made last; 0: none was. */
unsigned rules_last(const struct session *s);
size_t rules_count(const struct session *s);
/* In their order, from 0. */
struct rule *rules_at(const struct session *s, size_t place);
void rule_delete(struct session *s, struct rule *rule);
void rule_enable(struct session *s, struct rule *rule, bool on);
/* The next COUNT times that it would act it does not. */
void rule_ignore(struct rule *rule, uint64_t count);
/* To the place PLACE of the order, from 1; behind the last: the last. */
void rule_move(struct session *s, struct rule *rule, uint64_t place);
/* Those of NUMBERS, or all where COUNT is 0. */
void rules_list(struct session *s, const uint64_t *numbers, size_t count);
/* Lines that make all of them again. */
void rules_save(const struct session *s, struct buf *text);

/* For the session itself. */
struct rule_table *rules_create(void);
void rules_destroy(struct rule_table *table);
/* Whether any is enabled: then threads stop at the calls that rules want. */
bool rules_any(const struct session *s);
/*
 * Adds the calls of all enabled rules to CALLS: at their entries threads must
 * stop.  Whether they must at an exit is said at the entry, call by call:
 * carry_needs_exit.
 */
void rules_wanted(const struct session *s, struct call_bits *calls);
/* T is at CALL's entry or exit, for the first time.  VERDICT: its stop. */
void rules_at_call(struct session *s, struct thread *t, struct call *call,
                   struct catch_verdict *verdict);
/* Signals that rules have for T, which goes on. */
void rules_send(struct thread *t);
/* What was to be done at the exits of T's calls is not done any more. */
void rules_drop(struct thread *t);

#endif
