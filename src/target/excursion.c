/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Excursions: a thread runs a function of the program for scdb, and is then put
 * back.  The function returns to a place that can't be executed, on its own
 * stack: the fault there, SIGSEGV with exactly that pc, says that it is done.
 * No breakpoint is needed, and no signal of the program's can be taken for it.
 *
 * At the entry of a call, that call is first left by skipping it, and entered
 * again at the end, as remote calls do it.
 */
#include "target/internal.h"

#include "base/alloc.h"
#include "target/procfs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>

enum { KERNEL_SIGSET = 8 };

/* All that an excursion disturbs. */
struct before {
	struct arch_regs regs;
	struct arch_xstate *state;
	struct stop stop;
	struct thread_mended mended;
	bool was_listening, was_queued;
	bool masked;                /* SIGSEGV was blocked */
	unsigned runs;
	int lost_stop;              /* a SIGSTOP that came in between */
};

static struct error *gone(const struct thread *t)
{
	return error_new(ERROR_GONE, "the program ended while thread %d was in "
	                 "the function that was called", (int)t->tid);
}

/* Whether the process ignores SIGSEGV: the kernel would make it stop that. */
static bool ignores_faults(const struct thread *t)
{
	AUTO_FREE char *path = xasprintf("/proc/%d/status", (int)t->tid);
	FILE *f = fopen(path, "re");
	unsigned long long ignored = 0;
	char line[256];

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "SigIgn: %llx", &ignored) == 1)
			break;
	if (f)
		fclose(f);
	return ignored >> (SIGSEGV - 1) & 1;
}

static struct error *refuse(struct thread *t)
{
	struct proc_status status;

	if (t->state != THREAD_STOPPED)
		return error_new(ERROR_REFUSED, "thread %d is not stopped",
		                 (int)t->tid);
	if (t->in_vfork)
		return error_new(ERROR_REFUSED, "thread %d waits in vfork for "
		                 "its child: it can't call a function",
		                 (int)t->tid);
	if (t->stop.reasons & (STOP_CLONE | STOP_FORK | STOP_VFORK |
	                       STOP_VFORK_DONE | STOP_EXEC | STOP_SECCOMP))
		return error_new(ERROR_REFUSED, "thread %d stands inside a "
		                 "call that makes a process: step to its exit "
		                 "first", (int)t->tid);
	if (ignores_faults(t))
		return error_new(ERROR_UNSUPPORTED, "the program ignores "
		                 "SIGSEGV, by which the function's return "
		                 "would be seen");
	if (!(t->stop.reasons & STOP_ENTRY))
		return NULL;
	TRY(proc_status(t->tid, &status));
	if (status.seccomp)
		return error_new(ERROR_REFUSED, "the thread is at the entry of "
		                 "a call, and its seccomp filter might not let "
		                 "it out: step to the exit first");
	return NULL;
}

/* Goes on until T stops again. */
static struct error *run(struct thread *t, enum resume_mode mode, int signal,
                         const struct target_excursion *e)
{
	bool asked = false;

	target_resume(t, mode, signal);
	while (!wait_for(t, 10)) {
		if (t->state == THREAD_GONE)
			break;
		if (proc_state(t->process->pid, t->tid) == 'Z') {
			thread_set_state(t, THREAD_ZOMBIE);
			return gone(t);
		}
		if (!asked && e && e->stop_waiting &&
		    e->stop_waiting(e->ctx)) {
			target_interrupt(t);
			asked = true;
		}
	}
	if (t->state == THREAD_GONE) {
		thread_queue(t);
		return gone(t);
	}
	return NULL;
}

/* Signals that come in between are not the program's to see now. */
static struct error *run_to(struct thread *t, unsigned reason)
{
	do
		TRY(run(t, RESUME_SYSCALL, 0, NULL));
	while (!(t->stop.reasons & reason));
	return NULL;
}

static struct error *leave_call(struct thread *t, const struct before *b)
{
	struct arch_regs regs = b->regs;

	regs.user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, &regs));
	return run_to(t, STOP_EXIT);
}

static struct error *enter_call(struct thread *t, const struct before *b)
{
	struct arch_regs regs = b->regs;

	regs.user.rip -= arch_abi(b->stop.call.abi)->insn_len;
	regs.user.rax = b->regs.user.orig_rax;
	regs.user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, &regs));
	return run_to(t, STOP_ENTRY);
}

static struct error *stopped_by(const struct thread *t)
{
	const struct arch_regs *regs = NULL;
	struct error *err = target_regs((struct thread *)(uintptr_t)t, &regs);

	error_destroy(err);
	return error_new(ERROR_REFUSED, "the function was left: it received "
	                 "signal %s (%s) at 0x%llx",
	                 sigabbrev_np(t->stop.signal)
	                 ? sigabbrev_np(t->stop.signal) : "?",
	                 strsignal(t->stop.signal),
	                 regs ? (unsigned long long)arch_pc(regs) : 0);
}

/* Whether T is back: it faulted where it was to return to. */
static bool is_back(struct thread *t, const struct target_excursion *e)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	bool back = !err && t->stop.reasons & STOP_SIGNAL &&
	            t->stop.signal == SIGSEGV &&
	            arch_pc(regs) == e->return_to && arch_sp(regs) >= e->sp;

	error_destroy(err);
	return back;
}

static struct error *run_function(struct thread *t,
                                  const struct target_excursion *e,
                                  struct before *b)
{
	int signal = 0;

	for (;;) {
		TRY(run(t, RESUME_CONT, signal, e));
		signal = 0;
		if (is_back(t, e))
			return NULL;
		if (e->stop_waiting && e->stop_waiting(e->ctx))
			return error_new(ERROR_INTERRUPTED, "the function was "
			                 "left: interrupted");
		if (!(t->stop.reasons & STOP_SIGNAL))
			continue;
		if (t->stop.signal == SIGSTOP)
			b->lost_stop = SIGSTOP;
		else if (e->passes && e->passes(e->ctx, t->stop.signal))
			signal = t->stop.signal;
		else
			return stopped_by(t);
	}
}

/* A fault while SIGSEGV is blocked would undo the program's handler. */
static void unblock_faults(struct thread *t, struct before *b)
{
	uint64_t mask, bit = 1ull << (SIGSEGV - 1);

	if (ptrace(PTRACE_GETSIGMASK, t->tid, KERNEL_SIGSET, &mask) != 0 ||
	    !(mask & bit))
		return;
	mask &= ~bit;
	b->masked = ptrace(PTRACE_SETSIGMASK, t->tid, KERNEL_SIGSET,
	                   &mask) == 0;
}

static void block_faults(struct thread *t)
{
	uint64_t mask;

	if (ptrace(PTRACE_GETSIGMASK, t->tid, KERNEL_SIGSET, &mask) != 0)
		return;
	mask |= 1ull << (SIGSEGV - 1);
	ptrace(PTRACE_SETSIGMASK, t->tid, KERNEL_SIGSET, &mask);
}

static struct error *remember(struct thread *t, struct before *b)
{
	const struct arch_xstate *state;
	const struct arch_regs *regs;

	TRY(target_regs(t, &regs));
	TRY(target_xstate(t, &state));
	b->regs = *regs;
	b->state = xmalloc(sizeof(*b->state));
	*b->state = *state;
	b->stop = t->stop;
	b->mended = t->mended;
	b->was_listening = t->was_listening;
	b->was_queued = t->queued;
	b->runs = t->runs;
	return NULL;
}

/* For everybody else the thread has stood still. */
static struct error *put_back(struct thread *t, const struct before *b)
{
	if (b->masked)
		block_faults(t);
	TRY(target_set_xstate(t, b->state));
	if (b->stop.reasons & STOP_ENTRY)
		TRY(enter_call(t, b));
	TRY(target_set_regs(t, &b->regs));
	if (b->stop.reasons & (STOP_SIGNAL | STOP_TRAP) &&
	    t->stop.reasons & STOP_SIGNAL)
		ptrace(PTRACE_SETSIGINFO, t->tid, 0, &b->stop.siginfo);
	if (b->lost_stop)
		error_destroy(target_send(t, b->lost_stop));
	t->stop = b->stop;
	t->mended = b->mended;
	t->was_listening = b->was_listening;
	t->runs = b->runs;
	if (b->was_queued)
		thread_queue(t);
	return NULL;
}

static struct error *excurse(struct thread *t, const struct target_excursion *e,
                             struct before *b)
{
	struct arch_regs regs = e->regs;

	if (b->stop.reasons & STOP_ENTRY)
		TRY(leave_call(t, b));
	unblock_faults(t, b);
	/* No restart of a call that was broken off. */
	regs.user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, &regs));
	if (e->state)
		TRY(target_set_xstate(t, e->state));
	return run_function(t, e, b);
}

struct error *target_excurse(struct thread *t,
                             const struct target_excursion *e,
                             struct arch_regs *after,
                             struct arch_xstate *after_state)
{
	struct before b = { 0 };
	const struct arch_xstate *state;
	const struct arch_regs *regs;
	struct error *err, *bad;

	TRY(refuse(t));
	TRY(remember(t, &b));
	target_unqueue(t);
	tick_stop(t->target);
	err = excurse(t, e, &b);
	if (!err)
		err = target_regs(t, &regs);
	if (!err) {
		*after = *regs;
		err = target_xstate(t, &state);
	}
	if (!err)
		*after_state = *state;
	if (t->state == THREAD_STOPPED) {
		bad = put_back(t, &b);
		if (err)
			error_destroy(bad);
		else
			err = bad;
	}
	free(b.state);
	return err;
}
