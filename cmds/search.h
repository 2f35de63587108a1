/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmds/search.h: what `find` and `strings` share. */
#ifndef SCDB_CMDS_SEARCH_H
#define SCDB_CMDS_SEARCH_H

#include "cmds/examine.h"
#include "session/ranges.h"

/* Parts that could not be read: a few are said, the rest is counted. */
struct skip_notes {
	uint64_t count, bytes;   /* that were not said */
	unsigned said;
};
void skip_notes_add(struct session *s, struct skip_notes *n, taddr start,
                    uint64_t len, const char *reason);
/* Says how many there were more. */
void skip_notes_end(struct session *s, struct skip_notes *n);

/* The current process's mappings that FILTER (a text; "": all) takes. */
struct error *command_ranges(struct session *s, const char *filter,
                             range_vec *ranges) MUST_CHECK;

#endif
