/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/ranges.h: parts of a process's memory as users name them: ranges of
 * addresses, and filters that choose among its mappings.
 *
 * A range is START,END or START,+LENGTH: expressions, END not in it.  END 0 is
 * the end of the address space.
 *
 * A filter is words that must all hold of a mapping, blanks between, none: all
 * mappings.  `!` before a word turns it round.
 *
 *	perm=rw-     as /proc/PID/maps has it; ? is any, and so is what is
 *	             left away at its end
 *	name=GLOB    the whole name, or where GLOB has no slash its last part;
 *	             [heap] and the like are meant as they stand
 *	addr=RANGE   has a byte of it; addr=ADDRESS holds that
 *	size>=SIZE   and >, <, <=, =; SIZE in bytes, or with K, M, G, T
 *	file, anon   is of a file, or of none
 *	shared, private
 */
#ifndef SCDB_SESSION_RANGES_H
#define SCDB_SESSION_RANGES_H

#include "base/vec.h"
#include "session/session.h"
#include "target/procfs.h"

/* [start, end): start < end. */
struct range {
	taddr start, end;
};
typedef VEC(struct range) range_vec;

/* TEXT: START,END or START,+LENGTH. */
struct error *range_parse(struct session *s, const char *text,
                          struct range *range) MUST_CHECK;
/* Two expressions that are START and END. */
struct error *range_of(struct session *s, const char *start, const char *end,
                       struct range *range) MUST_CHECK;
/* Where TEXT's first word ends: at a blank outside brackets and quotes. */
size_t range_word_len(const char *text);
/* What both have; START is not before END where that is nothing. */
struct range range_common(struct range a, struct range b);
/* Bytes; 0 of such nothing. */
uint64_t range_len(struct range r);
/* "4096", "4K", "1.5G"; *SIZE in bytes. */
struct error *size_parse(const char *text, uint64_t *size) MUST_CHECK;

struct map_filter_term;
struct map_filter {
	VEC(struct map_filter_term) terms;
};

struct error *map_filter_parse(struct session *s, const char *text,
                               struct map_filter *filter) MUST_CHECK;
/* Whether the first word of TEXT is a filter's, and so no range. */
bool map_filter_begins(const char *text);
bool map_filter_takes(const struct map_filter *filter,
                      const struct proc_map *map);
/* Of zeroes too. */
void map_filter_deinit(struct map_filter *filter);

#endif
