/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/break_place.h: breakpoints in code and the places that they stand
 * for, shared by session/break*.c alone.
 *
 * A breakpoint has a text, which is resolved in every process of the tree, and
 * where none runs in the program's file: the places.  Those that are enabled
 * in a process have a site each.  An index by address finds who wants a hit.
 */
#ifndef SCDB_SESSION_BREAK_PLACE_H
#define SCDB_SESSION_BREAK_PLACE_H

#include "session/internal.h"

#include "base/map.h"
#include "session/fast.h"
#include "session/location.h"
#include "session/sites.h"

struct break_place {
	struct process *process;   /* NULL: the program's file */
	taddr addr;
	const char *module;        /* its name; NULL: not known */
	taddr offset;              /* ... and where in it, as it was linked */
	const char *function;      /* NULL: not known; as the symbols' others */
	const char *file;          /* as the compiler named it; NULL */
	unsigned line;
	bool inlined;              /* in an inlined copy of a function */
	bool enabled;
	bool keep;                 /* while it is resolved anew */
	struct fast_condition *fast; /* the condition there; NULL: not so */
	unsigned fast_of;          /* b->conditions + 1 that it was tried for */
	struct site *site;         /* NULL: not planted */
	char *refused;             /* why; NULL: nobody tried */
};

/* A place that was disabled, wherever its module is loaded next. */
struct break_disabled {
	const char *module;        /* the symbols' */
	taddr offset;
};

struct break_part {
	char *location;            /* in every state the same place */
	char *format;              /* of a dprintf; NULL: it stops */
	bool hardware;             /* in debug registers: session/hbreak.c */
	bool direct;               /* one function that was found already: ... */
	const struct symbol_file *file; /* ... in this file, */
	taddr offset;              /* ... at this place in it, */
	const char *library;       /* ... a library, the symbols' short name of
	                            * it, or NULL; then LOCATION begins with it */
	VEC(struct break_place) places; /* by process, then by address */
	VEC(struct break_disabled) disabled;
};

/* Who has places at an address. */
struct break_here {
	VEC(unsigned) numbers;     /* of breakpoints, ascending */
};

/* A process whose dynamic linker tells of what it loads. */
struct break_linker {
	struct process *process;
	taddr addr;
	struct site *site;
};

struct break_index {
	struct map by_addr;        /* struct break_here */
	VEC(struct break_linker) linkers;
	bool offline;              /* resolved in the program's file */
	bool resolving;
	int address_width;         /* of the column that is being shown */
};

extern const struct breakpoint_kind break_kind, hbreak_kind, dprintf_kind;

/* break_index.c */
struct break_index *break_index_create(void);
void break_index_destroy(struct break_index *index);
void break_index_add(struct break_index *index, taddr addr, unsigned number);
void break_index_remove(struct break_index *index, taddr addr, unsigned number);
/* break_resolve.c */
/* B's places in P (NULL: in the program's file) as they are now. */
struct error *break_resolve(struct session *s, struct breakpoint *b,
                            struct process *p) MUST_CHECK;
/* ... in all processes, or the file; the error of the first. */
struct error *break_resolve_all(struct session *s,
                                struct breakpoint *b) MUST_CHECK;
/* Where no process runs: what is asked about is that file. */
void break_look_offline(struct session *s);
/* Plants what of B is wanted, takes out what is not.  The first refusal, or
 * NULL; a refused place keeps its reason too. */
void break_plant(struct session *s, struct breakpoint *b);
/* All breakpoints' in P, page by page. */
void break_plant_process(struct session *s, struct process *p);
void break_drop_place(struct session *s, struct breakpoint *b, size_t index);
struct break_place break_from_place(struct process *p,
                                    const struct place *found);
void break_add_place(struct session *s, struct breakpoint *b,
                     const struct break_place *place);
/* hbreak.c: the reason why a new B can't have its registers. */
struct error *hbreak_check_room(struct session *s,
                                struct breakpoint *b) MUST_CHECK;
/* break_linker.c: whether anybody wants to know what is loaded. */
bool break_linker_wanted(const struct session *s);
void break_watch_linker(struct session *s, struct process *p);
/* P NULL: of all. */
void break_forget_linker(struct session *s, const struct process *p);
/* B's place in P at ADDR, or NULL. */
struct break_place *break_place_here(const struct breakpoint *b,
                                     const struct process *p, taddr addr);
/* Bytes of a pointer there. */
unsigned break_place_word(struct session *s, const struct break_place *place);
/* PLACE's number among B's, from 1. */
unsigned break_place_number(const struct breakpoint *b,
                            const struct break_place *place);
/* Whether T stands where its dynamic linker tells of a change. */
bool break_at_linker(struct session *s, struct thread *t, taddr addr);
/* A condition of B compiled where its places are. */
struct error *break_compile(struct session *s, struct breakpoint *b,
                            const char *text, bool force,
                            struct expr **expr) MUST_CHECK;

#endif
