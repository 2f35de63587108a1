/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/pattern.h: which regular expressions are refused before glibc sees them.
 *
 * They are the user's, but a mistyped one must not take all memory, and one
 * with back-references (which POSIX does not have) could take for ever.
 */
#ifndef SCDB_BASE_PATTERN_H
#define SCDB_BASE_PATTERN_H

#include <stddef.h>

/* What is wrong with the extended expression S of LEN bytes, or NULL. */
const char *pattern_fault(const char *s, size_t len);

#endif
