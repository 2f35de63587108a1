/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/types.h: the few types and macros that every room uses.
 */
#ifndef SCDB_BASE_TYPES_H
#define SCDB_BASE_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* An address in the tracee.  Never a pointer of ours, never dereferenced. */
typedef uint64_t taddr;

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))
#define NORETURN __attribute__((noreturn))

/* Runs FN on the address of the variable when its scope ends. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))

#endif
