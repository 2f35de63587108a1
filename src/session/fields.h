/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/fields.h: `ARG.FIELD` in conditions about calls: fields of structs
 * (addr.sin_port, statbuf.st_size), what a descriptor is (fd.path, fd.type,
 * fd.family, fd.peer), and what a path names (pathname.path, pathname.whole,
 * pathname.type).
 *
 * A name is kept by the session from the first time that it is compiled: where
 * the field lies in a call's struct is looked up once a call.
 */
#ifndef SCDB_SESSION_FIELDS_H
#define SCDB_SESSION_FIELDS_H

#include "base/error.h"
#include "expr/expr.h"
#include "syscalls/decode.h"

struct call;
struct session;
struct thread;
struct field_name;

/* What is known about NAME while calls are gone through. */
struct field_search {
	struct session *s;
	const char *name;             /* "addr.sin_port" */
	struct expr_ref *ref;         /* kind SLOT where it was found */
	bool late;                    /* only the exit knows it */
	struct error *err;            /* an argument without such a field */
};
/* Whether DESC has the argument; then REF or ERR is set. */
void field_look(struct field_search *search, const struct syscall_desc *desc);
/* Who asks for a value, and where it goes. */
struct field_ask {
	struct session *s;
	struct thread *t;
	const struct call *call;      /* NULL: it is in none */
	struct error_room *room;      /* for its errors, or NULL */
	char *text;                   /* for a string of SIZE bytes */
	size_t size;
};
/* For the slot's value. */
struct error *field_get(const struct field_ask *ask,
                        const struct field_name *field, bool as_string,
                        struct expr_value *value) MUST_CHECK;
/* Of "ARG.path", where ARG is a descriptor, ARG; else NULL. */
const char *field_is_path(const struct field_name *field);
void fields_destroy(struct session *s);
/*
 * The argument NAME of DESC; `fd` is also the first descriptor of calls that
 * have none of that name.  -1: none.
 */
int field_arg_index(const struct syscall_desc *desc, const char *name);

#endif
