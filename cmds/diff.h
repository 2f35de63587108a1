/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmds/diff.h: whose an address is, for `diff`. */
#ifndef SCDB_CMDS_DIFF_H
#define SCDB_CMDS_DIFF_H

#include "session/session.h"
#include "symbols/type.h"

/* A variable, or the innermost part of one. */
struct diff_object {
	const struct type *type;
	taddr addr;
	uint64_t size;
	struct buf path;
	/* Of one that a frame has; NULL: it is no such one. */
	const char *function;
	unsigned thread, level;
};

/* What frames of the current process's threads have of their stacks. */
struct diff_frame {
	taddr start, end;
	struct thread *thread;
	unsigned level;
};
typedef VEC(struct diff_frame) diff_frame_vec;

void diff_find_frames(struct session *s, diff_frame_vec *frames);
/* The argument or local variable that ADDR is in; false: none that is known. */
bool diff_find_local(struct session *s, const diff_frame_vec *frames,
                     taddr addr, struct diff_object *o);

#endif
