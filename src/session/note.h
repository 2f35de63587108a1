/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/note.h: what breakpoints have to say of a stop that they made, beside
 * that it is theirs: a watchpoint's values, a catchpoint's event.  The notes
 * belong to the thread and its present stop.
 */
#ifndef SCDB_SESSION_NOTE_H
#define SCDB_SESSION_NOTE_H

#include "session/session.h"

/* Strings are the note's own; NULL: nothing to say. */
struct stop_note {
	unsigned number;         /* of the breakpoint; 0: it is gone */
	const char *title;       /* "Hardware watchpoint"; static */
	const char *kind;        /* the same for programs; static */
	char *event;             /* "forked process 12": in parentheses */
	char *what;              /* the expression */
	char *below;             /* lines of their own, behind the first */
	char *old_value, *new_value;
	bool left;               /* deleted: its block was left */
};

/* Takes the strings of NOTE. */
void note_add(struct thread *t, const struct stop_note *note);
void notes_clear(struct thread *t);
struct thread_info;
void notes_deinit(struct thread_info *info);
/* All of them, in order; false: there are none. */
/* Whether the last one ends with values, on lines of their own. */
bool notes_have_values(const struct thread *t);
bool notes_show(struct session *s, const struct thread *t);

#endif
