/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/pattern.h: which regular expressions are refused before glibc sees them,
 * and what is below a directory.
 *
 * Expressions are the user's, but a mistyped one must not take all memory, and one
 * with back-references (which POSIX does not have) could take for ever.
 */
#ifndef SCDB_BASE_PATTERN_H
#define SCDB_BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

/* What is wrong with the extended expression S of LEN bytes, or NULL. */
const char *pattern_fault(const char *s, size_t len);

/* Whether PATH is DIR, or below it, by their texts; DIR may end with slashes. */
bool path_is_below(const char *path, const char *dir);

#endif
