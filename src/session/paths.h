/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/paths.h: the files that path arguments name, for conditions and
 * actions: `pathname.path`, `pathname.whole`, `pathname.type`, `$_moved`.
 *
 * A path is walked as the kernel does it: from the thread's root, working
 * directory or descriptor, link by link.  What a thread changes meanwhile is
 * not seen: rules are no wall against a program.
 */
#ifndef SCDB_SESSION_PATHS_H
#define SCDB_SESSION_PATHS_H

#include "base/error.h"
#include "syscalls/decode.h"

#include <stdbool.h>

struct thread;
struct value;

/* A session's room for paths. */
struct paths;
struct paths *paths_create(void);
void paths_destroy(struct paths *paths);

/* What argument INDEX of T's CALL names. */
struct path_ask {
	struct paths *paths;
	const struct thread *t;
	const struct syscall_view *call;
	unsigned index;
	struct error_room *room;      /* for errors, or NULL */
};
/*
 * From the root on, links and `..` and all; *PATH stays until the next is asked
 * for.  NOT_FOUND: it names nothing that has a path.
 */
struct error *path_whole(const struct path_ask *ask,
                         const char **path) MUST_CHECK;
/*
 * ... and where that is; the last link is followed as the call does it.  Where
 * the text is empty or NULL it is the descriptor before it.
 */
struct error *path_resolved(const struct path_ask *ask,
                            const char **path) MUST_CHECK;
/* For a scope's: how many arguments it takes; false: it is none of these. */
bool path_function_args(const char *name, size_t *least, size_t *most);
/* For an environment's `function`: $_moved(PATH, FROM, TO [, FOLLOW]). */
struct error *path_function(void *env, const char *name,
                            struct value *const *args, size_t count,
                            struct value **value) MUST_CHECK;

#endif
