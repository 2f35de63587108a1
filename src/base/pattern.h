/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/pattern.h: regular expressions of which neither the pattern nor the text
 * can take much memory or time, and what is below a directory.
 *
 * Expressions are the user's, but a mistyped one must not take all memory, and one
 * with back-references (which POSIX does not have) could take for ever.  Texts are
 * the tracee's.  glibc unrolls repetitions, and keeps each state that a text leads
 * to: both are estimated beforehand, from what was measured, and what has kept too
 * much is made anew.
 */
#ifndef SCDB_BASE_PATTERN_H
#define SCDB_BASE_PATTERN_H

#include "base/types.h"

#include <stdbool.h>
#include <stddef.h>

struct error;
struct pattern;

/* POSIX's extended expressions; its basic ones; extended ones in any case. */
enum pattern_kind { PATTERN_EXTENDED, PATTERN_BASIC, PATTERN_ANY_CASE };

/* The expression S of LEN bytes, which has no NUL in it. */
struct error *pattern_make(const char *s, size_t len, enum pattern_kind kind,
                           struct pattern **made) MUST_CHECK;
/* NULL is fine. */
void pattern_destroy(struct pattern *p);
static inline void pattern_destroy_ptr(struct pattern **p)
{
	pattern_destroy(*p);
}
/* `AUTO_PATTERN struct pattern *p = NULL;` */
#define AUTO_PATTERN CLEANUP(pattern_destroy_ptr)

enum pattern_answer { PATTERN_NO, PATTERN_YES, PATTERN_TOO_LONG };
/* TEXT may hold NULs, and has one behind it.  PATTERN_TOO_LONG: it could take
 * too much. */
enum pattern_answer pattern_match(struct pattern *p, const char *text,
                                  size_t len);
/* Whether it is in the string TEXT; in one that is too long for it never. */
bool pattern_finds(struct pattern *p, const char *text);

/* Whether PATH is DIR, or below it, by their texts; DIR may end with slashes. */
bool path_is_below(const char *path, const char *dir);

#endif
