/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/fast.h: conditions at one place of the program, as code.
 *
 * At a breakpoint's own address it is known, without looking at a thread, where
 * a variable is: in a register, or so many bytes from one, or at an address.
 * A condition of such variables, registers and numbers is compiled for that
 * address, and costs a hit the registers and the few bytes that it reads.
 */
#ifndef SCDB_SESSION_FAST_H
#define SCDB_SESSION_FAST_H

#include "session/internal.h"

struct fast_condition;

/* Of TEXT at SCOPE in P; NULL: it is not that plain. */
struct fast_condition *fast_compile(struct session *s, struct process *p,
                                    const struct code_scope *scope,
                                    const char *text);
/* T stands there.  An error: the long way will tell. */
struct error *fast_evaluate(const struct fast_condition *f, struct thread *t,
                            bool *truth) MUST_CHECK;
/* NULL is fine. */
void fast_destroy(struct fast_condition *f);

#endif
