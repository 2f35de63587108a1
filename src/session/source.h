/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/source.h: source files, found where the compiler saw them or where
 * the user says, and where `list` stands.
 *
 * A `struct source_file` has been read once, whole, and is the store's.  Files
 * are bounded; only regular ones are read.
 */
#ifndef SCDB_SESSION_SOURCE_H
#define SCDB_SESSION_SOURCE_H

#include "base/vec.h"
#include "session/session.h"
#include "symbols/debug.h"

struct source_file;

/* Where a file is looked for instead. */
struct substitution { char *from, *to; };

/* Where `list` goes on.  The strings live as long as the session's symbols. */
struct source_position {
	const char *file, *directory, *path; /* as in source_line; NULL: none */
	unsigned line;            /* that comes next */
	unsigned first, last;     /* what was listed last; 0: nothing */
	struct image *image;      /* whose file it is */
	bool fresh;               /* nothing was listed there yet */
	bool passed;              /* the program has stopped elsewhere since */
};

struct source_store {
	VEC(struct source_file *) files;
	VEC(struct substitution) substitutions;
	struct source_position position;
	const char *complained;   /* a path that was said to be missing */
};

struct source_store *source_store_create(void);
void source_store_destroy(struct source_store *store);
/* What was found or not is looked for again. */
void source_forget(struct session *s);

/* The file that LINE's path stands for. */
struct error *source_open(struct session *s, const struct source_line *line,
                          struct source_file **file) MUST_CHECK;
/* Where it was found. */
const char *source_found(const struct source_file *file);
unsigned source_line_count(const struct source_file *file);
/* Line NUMBER, from 1, without its end; NULL: there is none. */
const char *source_text(const struct source_file *file, unsigned number,
                        size_t *len);
/* True once for a file that is newer than the program that was made of it. */
bool source_is_newer(struct source_file *file);

/*
 * Shows lines FIRST to LAST as `list` does, and has `list` go on behind them.
 * A file that can't be read is said to be missing once; then only its name is
 * told.  Error: FIRST is behind the end.
 */
struct error *source_show(struct session *s, const struct source_line *line,
                          unsigned first, unsigned last) MUST_CHECK;
/* `list` is to show the lines around LINE next; IMAGE: whose it is. */
void source_stand_at(struct session *s, struct image *image,
                     const struct source_line *line);

/* `list` is to show where the selected frame is, if it stands elsewhere only
 * because the source of the last stop was not asked for. */
void source_catch_up(struct session *s);

/* The line of PC, where its file can be read, as a stop shows it. */
void source_show_stop(struct session *s, struct thread *t, taddr pc);
struct frame;
/* The line where T's frame F stands; `list` goes on around it. */
void source_show_frame(struct session *s, struct thread *t,
                       const struct frame *f);

/* As `set substitute-path` does; FROM is taken as a whole part of a path. */
void source_substitute(struct session *s, const char *from, const char *to);

#endif
