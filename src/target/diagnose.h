/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/diagnose.h: why a process can't be attached to, for tests. */
#ifndef SCDB_TARGET_DIAGNOSE_H
#define SCDB_TARGET_DIAGNOSE_H

#include "base/error.h"

#include <sys/types.h>

/*
 * target_diagnose with PROC in place of "/proc" (and PROC/sys in place of
 * "/proc/sys") and SELF in place of scdb's own process id.
 */
struct error *diagnose_at(const char *proc, pid_t self, pid_t pid,
                          int errnum) MUST_CHECK;

#endif
