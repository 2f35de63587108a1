/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child of the test's own, traced and stopped, as `target` has processes. */
#ifndef TESTS_STOPPED_CHILD_H
#define TESTS_STOPPED_CHILD_H

#include "target/target.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <cmocka.h>

/* Stops T, whose tid is a child's, and makes it P's only thread. */
static inline void stop_child(struct process *p, struct thread *t)
{
	int status;

	assert_int_equal(ptrace(PTRACE_SEIZE, t->tid, 0, PTRACE_O_EXITKILL),
	                 0);
	ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
	assert_int_equal(waitpid(t->tid, &status, 0), t->tid);
	p->pid = t->tid;
	t->process = p;
	t->state = THREAD_STOPPED;
	vec_push(&p->threads, t);
	process_memory_init(p);
}

static inline void end_child(struct process *p, struct thread *t)
{
	process_memory_reset(p);
	vec_deinit(&p->threads);
	kill(t->tid, SIGKILL);
	waitpid(t->tid, NULL, __WALL);
}

#endif
