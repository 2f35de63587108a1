/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/loaded_files.h: which files processes had loaded when somebody looked
 * the last time, and what has changed since.
 */
#ifndef SCDB_SESSION_LOADED_FILES_H
#define SCDB_SESSION_LOADED_FILES_H

#include "session/session.h"

typedef VEC(char *) file_names;

struct loaded_files_of {
	const struct process *process;
	file_names names;
};

struct loaded_files {
	VEC(struct loaded_files_of) processes;
};

struct loaded_change {
	file_names loaded, unloaded;
};

/* What P has loaded now is known from here on. */
void loaded_files_know(struct session *s, struct loaded_files *files,
                       struct process *p);
/* P NULL: all. */
void loaded_files_forget(struct loaded_files *files, const struct process *p);
/* The same as `know`; CHANGE is what is new, the caller deinits it. */
void loaded_files_compare(struct session *s, struct loaded_files *files,
                          struct process *p, struct loaded_change *change);
void loaded_change_deinit(struct loaded_change *change);
/* "  Inferior loaded a, b"; new. */
char *loaded_change_text(const struct loaded_change *change);

/* `set stop-on-solib-events`. */
void solib_events_changed(struct session *s);
void solib_process_new(struct session *s, struct process *p);
/* T stands where its dynamic linker tells of a change. */
void solib_at_linker(struct session *s, struct thread *t,
                     struct catch_verdict *verdict);

#endif
