/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/progress.h: how far a long command is: how fast, and how long still.
 * A Ctrl-C is looked for on the way.  Nothing is seen of what takes less than
 * half a second, and nothing but on a terminal (session_hooks.progress).
 */
#ifndef SCDB_SESSION_PROGRESS_H
#define SCDB_SESSION_PROGRESS_H

#include "session/session.h"

#include <time.h>

struct progress {
	struct session *s;
	const char *what;         /* "dump"; borrowed */
	uint64_t total;           /* bytes */
	struct timespec start, looked;
	bool shown;
};

void progress_begin(struct progress *p, struct session *s, const char *what,
                    uint64_t total);
/* DONE of the bytes are.  ERROR_INTERRUPTED: the user wants no more. */
struct error *progress_step(struct progress *p, uint64_t done) MUST_CHECK;
/* What was shown goes.  Of zeroes too. */
void progress_end(struct progress *p);

/* The line itself: DONE of TOTAL bytes after so many SECONDS. */
void progress_text(struct buf *text, const char *what, uint64_t done,
                   uint64_t total, double seconds);

#endif
