/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/location.h: places in code as users name them.
 *
 *	SYMBOL  SYMBOL+N  FILE:SYMBOL  LIB:SYMBOL  LIB:SYMBOL+N
 *	LINE  +N  -N  FILE:LINE
 *	*EXPRESSION
 *
 * One text may stand for many places: a line that was inlined, a function that
 * several libraries have.  Places borrow their strings from the symbols.
 */
#ifndef SCDB_SESSION_LOCATION_H
#define SCDB_SESSION_LOCATION_H

#include "base/vec.h"
#include "session/source.h"

struct place {
	bool has_addr;
	taddr addr;
	bool has_line;            /* LINE holds: file and number */
	struct source_line line;
	const char *function;     /* as people read it; NULL: not known */
	const struct module *module; /* NULL: not known */
	bool inlined;             /* in an inlined copy of a function */
	bool exact_addr;          /* the user named it: *EXPRESSION, +N */
};

typedef VEC(struct place) place_list;

enum location_flag {
	/* Functions stand for the code behind their prologue; inlined copies
	 * of functions count. */
	LOCATION_BREAK = 1 << 0,
	/* Lines are lines of a file, with code or not; functions are where
	 * their first line is. */
	LOCATION_LIST = 1 << 1,
};

/* How much of TEXT is the location: up to a comma, `if`, `thread`,
 * `-force-condition`. */
size_t location_extent(const char *text);
/*
 * The places that TEXT stands for, at least one.  Errors in gdb's words:
 * `Function "x" not defined.`, `No line 999 in file "a.c".`  The list is empty
 * then; the caller deinits it with vec_deinit.
 */
struct error *location_resolve(struct session *s, const char *text,
                               unsigned flags, place_list *places) MUST_CHECK;
/* The LIB of `LIB:SYMBOL`, NULL: no such module is loaded. */
const struct module *location_module(struct image *image, const char *name);
/* What ADDR is a place of. */
void location_of_address(struct image *image, taddr addr,
                         struct place *place);
/* The same of the function around, where that begins with inlined calls. */
void location_of_function(struct image *image, taddr addr,
                          struct place *place);
/* The image that is asked: the current process's, or the program's before it
 * runs; error: there is none. */
struct error *location_image(struct session *s,
                             struct image **image) MUST_CHECK;
/* Where the selected frame stands. */
struct error *location_pc(struct session *s, taddr *pc) MUST_CHECK;
/* The file and line that a bare LINE is about: where the user stands, or else
 * main's.  Error: there is none. */
struct error *location_default(struct session *s) MUST_CHECK;

#endif
