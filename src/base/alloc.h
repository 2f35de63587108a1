/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/alloc.h: memory for scdb's own small, bounded things.
 *
 * These never return NULL.  When memory runs out they call the handler that
 * main set (which lets attached processes go unharmed) and then abort.  A size
 * that a tracee or a file decides must not come here unbounded: bound it first
 * or use malloc and report ERROR_NO_MEMORY.
 */
#ifndef SCDB_BASE_ALLOC_H
#define SCDB_BASE_ALLOC_H

#include "base/types.h"

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
/* NULL in, NULL out. */
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t max);
char *xasprintf(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* HANDLER runs once, before abort(), when an allocation fails. */
void alloc_on_failure(void (*handler)(void *), void *arg);

/* Scope guard: `CLEANUP(free_ptr) char *s = ...;` */
void free_ptr(void *pointer_to_pointer);
#define AUTO_FREE CLEANUP(free_ptr)

#endif
