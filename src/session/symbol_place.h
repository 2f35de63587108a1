/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/symbol_place.h: where names of the program are looked for: what
 * symbols.c and symbols_cplus.c share.
 */
#ifndef SCDB_SESSION_SYMBOL_PLACE_H
#define SCDB_SESSION_SYMBOL_PLACE_H

#include "session/frames.h"
#include "session/world.h"
#include "symbols/debug.h"

struct place {
	struct session *s;
	struct thread *thread;
	struct image *image;
	const struct frame *frame;         /* NULL: none */
	const struct debug_function *function;
	struct debug_function there;       /* that one, where nobody stands */
	taddr pc;
};

/*
 * What a compiled expression keeps: the name, and where it was found the last
 * time, for as long as it is that of the same image and needs no frame.
 */
struct kept_symbol {
	char *name;
	const struct image *image;     /* NULL: nothing is kept */
	const struct module *module;
	const struct type *type;
	taddr addr;
};

/* False: there is no program. */
bool symbol_place_init(struct place *p, struct session *s, struct thread *t);
/* A local variable of P's function, where its frame stands. */
bool symbol_find_local(const struct place *p, const char *name,
                       struct debug_variable *v);
/* FILE::x, FUNCTION::x, or a name with its namespaces.  P moves to the frame
 * that the variable is of. */
bool symbol_find_variable(struct place *p, const char *name,
                          struct debug_variable *v);
struct error *symbol_variable_at(const struct place *p,
                                 const struct debug_variable *v,
                                 struct value **value) MUST_CHECK;
/* NAME as a member of what `this` points at; NULL: it is none. */
struct value *symbol_find_in_this(const struct place *p, const char *name);
/* The same for a method, the first of that name. */
struct value *symbol_method_of_this(const struct place *p, const char *name);
bool symbol_is_indirect(const struct place *p, taddr addr);
/* Whether it ends with "D::D" or "D<int>::D": by D the class is meant. */
bool symbol_is_constructor(const char *name);

#endif
