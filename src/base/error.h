/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/error.h: what a function says when it could not do its work.
 *
 * What a message quotes is made printable: it stays one line.
 *
 * NULL is success.  Whoever receives an error owns it: pass it on or destroy
 * it.  Messages are lower case, without a full stop, one line; only the
 * dispatcher shows them.  An error is about the world (a user, a tracee, a
 * file); scdb's own invariants are assert()ed.
 */
#ifndef SCDB_BASE_ERROR_H
#define SCDB_BASE_ERROR_H

#include "base/types.h"

#include <stdbool.h>

enum error_kind {
	ERROR_USAGE,       /* the user's words are wrong */
	ERROR_NOT_FOUND,   /* no such file, call, register, process, number */
	ERROR_GONE,        /* the tracee died or left while it was looked at */
	ERROR_FAULT,       /* the tracee's memory can't be reached there */
	ERROR_REFUSED,     /* the kernel, or a state, does not allow it */
	ERROR_UNSUPPORTED, /* this kernel, machine or personality lacks it */
	ERROR_INTERRUPTED, /* the user broke it off */
	ERROR_NO_MEMORY,
};

struct error {
	enum error_kind kind;
	int errnum;      /* the errno behind it, or 0 */
	taddr addr;      /* ERROR_FAULT: where; else 0 */
	size_t column;   /* what is wrong begins there in the words that were
	                  * read, in bytes from 1; or 0 */
	bool marked;     /* the message shows where */
	bool lent;       /* it is somebody's error_room: nothing to be freed */
	char *message;
};

/*
 * Room for an error that may come often and is seldom read, so that it takes no
 * memory: it is good until the next one is made there.
 */
struct error_room {
	struct error error;
	char text[256];
};

struct error *error_new(enum error_kind kind, const char *fmt, ...)
	PRINTF_LIKE(2, 3) MUST_CHECK;
/* The message gets ": " and what ERRNUM means; the kind follows from it. */
struct error *error_errno(int errnum, const char *fmt, ...)
	PRINTF_LIKE(2, 3) MUST_CHECK;
struct error *error_fault(taddr addr, const char *fmt, ...)
	PRINTF_LIKE(2, 3) MUST_CHECK;
/* The same in ROOM, cut to fit; NULL: in memory of its own. */
struct error *error_new_in(struct error_room *room, enum error_kind kind,
                           const char *fmt, ...)
	PRINTF_LIKE(3, 4) MUST_CHECK;
struct error *error_fault_in(struct error_room *room, taddr addr,
                             const char *fmt, ...)
	PRINTF_LIKE(3, 4) MUST_CHECK;
/* Puts "PREFIX: " before the message; takes ERR and returns it. */
struct error *error_prefix(struct error *err, const char *fmt, ...)
	PRINTF_LIKE(2, 3) MUST_CHECK;
/*
 * The words in which ERR's column counts stand OFFSET bytes behind the first of
 * more words; takes ERR and returns it.  NULL is fine.
 */
struct error *error_at(struct error *err, size_t offset) MUST_CHECK;
/* The static out-of-memory error: needs no memory. */
struct error *error_no_memory(void) MUST_CHECK;
/* NULL is fine. */
void error_destroy(struct error *err);

#define TRY(expression)                                    \
	do {                                               \
		struct error *try_error_ = (expression);   \
		if (try_error_)                            \
			return try_error_;                 \
	} while (0)

#endif
