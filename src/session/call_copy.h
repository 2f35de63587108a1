/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/call_copy.h: objects of C++ as arguments of functions that are
 * called.  Where a class says how it is copied or destroyed, the caller makes
 * the copy, by the class's own constructor, and the function gets its address.
 */
#ifndef SCDB_SESSION_CALL_COPY_H
#define SCDB_SESSION_CALL_COPY_H

#include "base/error.h"
#include "base/types.h"
#include "base/vec.h"

#include <stddef.h>

struct session;
struct thread;
struct type;
struct value;

struct call_args {
	struct value **items;  /* counted */
	size_t count;
};

struct call_copy {
	taddr addr;
	const struct type *type;
};

struct call_copies {
	struct call_args args;   /* as they are to be passed */
	VEC(struct call_copy) made;
	taddr sp;                /* below all copies */
};

/* SP is set; what functions of T's program do to the copies, they do below. */
struct error *call_copies_make(struct call_copies *copies, struct session *s,
                               struct thread *t, const struct type *function,
                               struct value *const *args,
                               size_t count) MUST_CHECK;
/* Their destructors. */
struct error *call_copies_end(struct call_copies *copies, struct session *s,
                              struct thread *t) MUST_CHECK;
void call_copies_deinit(struct call_copies *copies);

/* call_function.c: a call whose stack begins at BELOW. */
struct error *session_call_below(struct session *s, struct thread *t,
                                 taddr addr, const struct type *function,
                                 const struct call_args *args, taddr below,
                                 struct value **result) MUST_CHECK;

#endif
