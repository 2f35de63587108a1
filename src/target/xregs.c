/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Floating point and vector registers: read whole, when first asked for. */
#include "target/internal.h"

#include "base/alloc.h"
#include "target/core.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

static struct error *xregs_error(const struct thread *t, const char *what)
{
	if (errno == ESRCH)
		return error_new(ERROR_GONE, "thread %d is gone", (int)t->tid);
	return error_errno(errno, "can't %s the vector registers of thread %d",
	                   what, (int)t->tid);
}

void target_xstate_forget(struct thread *t)
{
	free(t->xstate);
	t->xstate = NULL;
}

struct error *target_xstate(struct thread *t, const struct arch_xstate **state)
{
	struct iovec iov;

	if (t->state != THREAD_STOPPED)
		return error_new(ERROR_REFUSED, "thread %d is not stopped",
		                 (int)t->tid);
	if (t->xstate) {
		*state = t->xstate;
		return NULL;
	}
	if (t->process->core) {
		t->xstate = core_xstate(t->process->core, t);
		if (!t->xstate)
			return error_new(ERROR_NOT_FOUND, "the core has no "
			                 "vector registers of thread %d",
			                 (int)t->tid);
		*state = t->xstate;
		return NULL;
	}
	t->xstate = xcalloc(1, sizeof(*t->xstate));
	iov = (struct iovec){ t->xstate->data, sizeof(t->xstate->data) };
	if (ptrace(PTRACE_GETREGSET, t->tid, NT_X86_XSTATE, &iov) != 0) {
		/* A processor without XSAVE. */
		iov.iov_len = sizeof(struct user_fpregs_struct);
		if (ptrace(PTRACE_GETREGSET, t->tid, NT_PRFPREG, &iov) != 0) {
			target_xstate_forget(t);
			return xregs_error(t, "read");
		}
	}
	t->xstate->len = iov.iov_len;
	*state = t->xstate;
	return NULL;
}

struct error *target_set_xstate(struct thread *t,
                                const struct arch_xstate *state)
{
	struct arch_xstate *copy;
	struct iovec iov;
	long failed;

	if (t->process->core)
		return core_refusal_to_change();
	copy = xmalloc(sizeof(*copy));
	iov = (struct iovec){ copy->data, state->len };
	*copy = *state;
	t->writes++;
	failed = ptrace(PTRACE_SETREGSET, t->tid, state->len >
	                sizeof(struct user_fpregs_struct) ? NT_X86_XSTATE
	                                                  : NT_PRFPREG, &iov);
	target_xstate_forget(t);
	if (failed) {
		free(copy);
		return xregs_error(t, "write");
	}
	t->xstate = copy;
	return NULL;
}
