/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/probe.h: what this kernel and these rights allow.
 *
 * Nothing is concluded from a kernel's version: each probe does the thing, in a
 * process of its own with a time limit, and looks whether it had its effect.
 * Nothing is left behind.
 */
#ifndef SCDB_TARGET_PROBE_H
#define SCDB_TARGET_PROBE_H

#include "base/types.h"

#include <stdbool.h>
#include <sys/types.h>

enum probe_answer {
	PROBE_NO,
	PROBE_PARTLY,
	PROBE_YES,
	PROBE_FACT,      /* neither: it is as the text says */
	PROBE_UNTRIED,
};

enum { PROBE_TEXT_MAX = 192 };

struct probe_result {
	enum probe_answer answer;
	/* What was seen; may hold what others chose, so escape it. */
	char text[PROBE_TEXT_MAX];
	/* What scdb does, or what that means for it; "" where all is well. */
	char without[PROBE_TEXT_MAX];
};

struct probe {
	const char *name;
	/* In a process of its own: it may crash, hang, change what it likes. */
	void (*run)(struct probe_result *r);
	const char *without;   /* unless the answer is yes */
	bool needed;           /* scdb can't work where the answer is no */
	bool traces;           /* not tried where ptrace is refused */
};

/* Runs all, in order; TELL gets each answer as it comes. */
void probe_all(void (*tell)(void *ctx, const struct probe *probe,
                            const struct probe_result *result), void *ctx);
/* Runs one, for 2 s at most; what it started is killed and waited for. */
void probe_run(const struct probe *probe, struct probe_result *result);
/* Whether RESUME_BLOCK does what it says: PROBE_YES. */
void probe_block_step(struct probe_result *result);
/* Whether pages have soft-dirty bits: PROBE_YES. */
void probe_dirty_bits(struct probe_result *result);
/* 0, or the errno by which the kernel refuses to trace a child of one's own. */
int probe_trace_child(void);

/* For the probes themselves. */

void probe_say(struct probe_result *r, enum probe_answer answer,
               const char *fmt, ...) PRINTF_LIKE(3, 4);
void probe_without(struct probe_result *r, const char *fmt, ...)
	PRINTF_LIKE(2, 3);
/* "no", for the errno that stands. */
void probe_refused(struct probe_result *r, const char *what);
/*
 * As fork, but the child has signals as a shell leaves them, dies with its
 * parent, and leaves no core file.
 */
pid_t probe_fork(void);
/* A child's exit status; -1: it was killed. */
int probe_wait(pid_t pid);
/* Waits for BODY's exit status in a child; -1: killed by *SIGNUM. */
int probe_in_child(int (*body)(void), int *signum);
/* A filter that answers the caller's call NR by ACTION; 0 or an errno. */
int probe_filter(long nr, unsigned action);

void probe_kernel(struct probe_result *r);
void probe_proc(struct probe_result *r);
void probe_yama(struct probe_result *r);
void probe_rights(struct probe_result *r);
void probe_processors(struct probe_result *r);
void probe_core(struct probe_result *r);

void probe_ptrace(struct probe_result *r);
void probe_get_syscall_info(struct probe_result *r);
void probe_set_syscall_info(struct probe_result *r);
void probe_sysemu(struct probe_result *r);
void probe_dispatch_config(struct probe_result *r);
void probe_ret_trace(struct probe_result *r);
void probe_singleblock(struct probe_result *r);
void probe_breakpoint(struct probe_result *r);
void probe_watchpoint(struct probe_result *r);
void probe_vm_readv(struct probe_result *r);
void probe_vm_writev(struct probe_result *r);
void probe_forced_write(struct probe_result *r);

void probe_seccomp(struct probe_result *r);
void probe_notify(struct probe_result *r);
void probe_pagemap_scan(struct probe_result *r);
void probe_soft_dirty(struct probe_result *r);
void probe_userfaultfd(struct probe_result *r);
void probe_vsyscall(struct probe_result *r);
void probe_int80(struct probe_result *r);
void probe_x32(struct probe_result *r);
void probe_shadow_stack(struct probe_result *r);

#endif
