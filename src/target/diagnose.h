/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/diagnose.h: why a process can't be attached to.  The parts share what
 * is here, and tests give them a /proc and a kernel of their own.
 */
#ifndef SCDB_TARGET_DIAGNOSE_H
#define SCDB_TARGET_DIAGNOSE_H

#include "base/error.h"
#include "target/procfs.h"

#include <stdbool.h>
#include <sys/types.h>

struct diagnose_env {
	const char *proc;          /* in place of "/proc" */
	pid_t self;                /* in place of scdb's own process id */
	/* 0, or the errno by which scdb may not trace its own child. */
	int (*trace_child)(void);
};

/* target_diagnose in another world. */
struct error *diagnose_at(const struct diagnose_env *env, pid_t pid,
                          int errnum) MUST_CHECK;
/*
 * What the kernel would allow and should not be done: to attach to the own
 * tracer, or with a /proc whose process ids are not scdb's.
 */
struct error *diagnose_before(const struct diagnose_env *env,
                              pid_t pid) MUST_CHECK;
/* The world as it is. */
struct diagnose_env diagnose_env(void);

enum { DIAGNOSE_LABEL_MAX = 300, DIAGNOSE_MAP_MAX = 256 };

/* One of the two processes of an attach. */
struct party {
	pid_t pid;
	struct proc_status status;
	uint64_t permitted, effective;     /* capabilities */
	char label[DIAGNOSE_LABEL_MAX];    /* process 4711 "cat" */
	char user_ns[64];                  /* user:[4026531837]; "": unknown */
	char uid_map[DIAGNOSE_MAP_MAX];    /* as scdb sees it; "": unknown */
};

struct diagnosis {
	const struct diagnose_env *env;
	struct party scdb;
	struct party it;
	int yama;                          /* ptrace_scope; -1: no Yama */
};

/* Never NULL: the last reason is that none was found. */
struct error *diagnose_permission(const struct diagnosis *d) MUST_CHECK;
/* Where no process may be traced by this scdb; NULL where some may. */
struct error *diagnose_ptrace(const struct diagnosis *d) MUST_CHECK;

#endif
