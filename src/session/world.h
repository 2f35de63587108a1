/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/world.h: what typed expressions ask of a session: memory, registers,
 * symbols, variables.  There is one world for all values of a session; what it
 * is about is the thread of the evaluation, and between evaluations the
 * current one.
 */
#ifndef SCDB_SESSION_WORLD_H
#define SCDB_SESSION_WORLD_H

#include "expr/expr.h"
#include "expr/value.h"
#include "session/session.h"

struct value_world *world_create(struct session *s);
void world_destroy(struct value_world *world);
/* The world is about T (NULL: the current thread) until world_leave. */
void world_enter(struct session *s, struct thread *t);
void world_leave(struct session *s);

/*
 * What an evaluation depends on: the memory that was read, and whether a
 * register, or a variable of a frame, took part.
 */
enum { WORLD_MAX_READS = 16 };
struct world_reads {
	struct { taddr addr; uint64_t len; } items[WORLD_MAX_READS];
	size_t count;
	bool cut;             /* there were more */
	bool registers, local;
};
/* Until it is called with NULL. */
void world_record(struct session *s, struct world_reads *reads);
/* Told by those who know; where nothing is recorded, nobody listens. */
bool world_records(const struct session *s);
void world_note(struct session *s, bool registers, bool local);

/* session/scope.c: session_compile_value and _evaluate_value; errors speak of
 * columns alone. */
struct error *scope_compile_value(struct session *s, const char *text,
                                  bool types, size_t *end,
                                  struct expr **expr) MUST_CHECK;
struct error *scope_evaluate_value(struct session *s, struct thread *t,
                                   const struct expr *expr, bool quiet,
                                   struct value **value) MUST_CHECK;

/* session/call_function.c: T calls the function of the program at ADDR. */
struct error *session_call(struct session *s, struct thread *t, taddr addr,
                           const struct type *function,
                           struct value *const *args, size_t count,
                           struct value **result) MUST_CHECK;
/* LEN bytes of the program's own heap. */
struct error *session_allocate(struct session *s, struct thread *t,
                               size_t len, taddr *addr) MUST_CHECK;

/* session/symbols.c */
/*
 * What NAME stands for in T's selected frame: `x`, `ns::x`, `FILE::x`,
 * `FUNCTION::x`; a variable, an enumerator, a function, a symbol without debug
 * information.  NOT_FOUND: there is none.
 */
struct error *symbol_value(struct session *s, struct thread *t,
                           const char *name, struct value **v) MUST_CHECK;
/* The same, compiled: for a scope and an environment of T. */
struct error *symbol_compile(struct session *s, struct thread *t,
                             const char *name,
                             struct expr_symbol *symbol) MUST_CHECK;
struct error *symbol_evaluate(struct session *s, struct thread *t,
                              const struct expr_symbol *symbol,
                              struct value **v) MUST_CHECK;
/* What expr.h says of an environment's `functions` and `object`. */
struct error *symbol_functions(struct session *s, struct thread *t,
                               const struct expr_symbol *symbol,
                               void (*fn)(void *arg, const struct type *t,
                                          taddr addr),
                               void *arg, struct value **object) MUST_CHECK;
struct error *symbol_this(struct session *s, struct thread *t,
                          struct value **object) MUST_CHECK;
/* What an environment's functions for names ask of: CTX points at it. */
struct symbol_env {
	struct session *s;
	struct thread *thread;
};
/* PLACE is what its `ctx` begins with. */
void symbol_env_init(struct expr_env *env, struct symbol_env *place);
/* Whether T's selected frame is in C++; where that is not known, the
 * program's main function. */
bool symbol_is_cplus(struct session *s, struct thread *t);
const struct type *symbol_type(struct session *s, struct thread *t, char tag,
                               const char *name);

/* session/xregs.c: floating point and vector registers of T. */
bool xreg_find(struct thread *t, const char *name, struct arch_xreg *reg);
struct error *xreg_value(struct session *s, struct thread *t,
                         const struct arch_xreg *reg,
                         struct value **v) MUST_CHECK;
struct error *xreg_write(struct thread *t, const struct arch_xreg *reg,
                         const void *data, size_t len) MUST_CHECK;

/* session/dollar.c */
/* Whether `$NAME` is something; a register, of any machine, too. */
bool dollar_known(struct session *s, const char *name);
/* `$NAME` for T (which may be NULL); void where it was never set. */
struct error *dollar_value(struct session *s, struct thread *t,
                           const char *name, struct value **v) MUST_CHECK;

#endif
