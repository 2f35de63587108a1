/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Excursions: a thread runs a function of the program for scdb, and is then put
 * back.  The function returns to a place that can't be executed, on its own
 * stack: the fault there, SIGSEGV with exactly that pc, says that it is done.
 * No breakpoint is needed, and no signal of the program's can be taken for it.
 *
 * At the entry of a call, that call is first left by skipping it, and entered
 * again at the end, as remote calls do it.  A SIGSEGV that is blocked or ignored
 * would be made deadly by the kernel (force_sig_info): it is neither meanwhile.
 *
 * A detour is an excursion that others carry out: between its begin and its end
 * the thread is like any other.
 */
#include "target/excursion.h"

#include "base/alloc.h"
#include "target/core.h"
#include "target/filter.h"
#include "target/internal.h"
#include "target/procfs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>

enum { KERNEL_SIGSET = 8, MAX_ACTION = 32, MAX_TRIES = 16 };

/* All that an excursion disturbs. */
struct before {
	struct arch_regs regs;
	struct arch_xstate *state;
	struct stop stop;
	struct thread_mended mended;
	bool was_listening, was_queued;
	bool masked;                /* SIGSEGV was blocked */
	bool has_mask;
	uint64_t mask;
	bool ignored;               /* ... or ignored: what that was is kept */
	uint8_t action[MAX_ACTION];
	unsigned runs;
	int lost_stop;              /* a SIGSTOP that came in between */
	bool has_shadow;            /* it has a shadow stack */
	taddr ssp;
};

struct target_detour {
	struct before before;
	taddr return_to, sp;
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
	if (t->state != THREAD_STOPPED)
		return error_new(ERROR_REFUSED, "thread %d is not stopped",
		                 (int)t->tid);
	if (t->in_vfork)
		return error_new(ERROR_REFUSED, "thread %d waits in vfork for "
		                 "its child: it can't call a function",
		                 (int)t->tid);
	if (t->stop.reasons & STOP_DYING)
		return error_new(ERROR_REFUSED, "thread %d is about to end: "
		                 "it can't call a function", (int)t->tid);
	if (t->stop.reasons & (STOP_CLONE | STOP_FORK | STOP_VFORK |
	                       STOP_VFORK_DONE | STOP_EXEC))
		return error_new(ERROR_REFUSED, "thread %d stands inside a "
		                 "call that makes a process: step to its exit "
		                 "first", (int)t->tid);
	if (!(t->stop.reasons & STOP_ENTRY))
		return NULL;
	if (!t->stop.unmade && target_seccomp(t) != SECCOMP_NONE)
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

static bool is_back(struct thread *t, taddr return_to, taddr sp)
{
	const struct arch_regs *regs;
	struct error *err;
	bool back;

	if (!(t->stop.reasons & STOP_SIGNAL) || t->stop.signal != SIGSEGV)
		return false;
	err = target_regs(t, &regs);
	back = !err && arch_pc(regs) == return_to && arch_sp(regs) >= sp;
	error_destroy(err);
	return back;
}

bool target_detour_is_back(struct thread *t, const struct target_detour *d)
{
	return is_back(t, d->return_to, d->sp);
}

static struct error *run_function(struct thread *t,
                                  const struct target_excursion *e,
                                  struct before *b)
{
	int signal = 0;

	for (;;) {
		TRY(run(t, RESUME_CONT, signal, e));
		signal = 0;
		if (is_back(t, e->return_to, e->sp))
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

/*
 * rt_sigaction(2) of SIGSEGV, with the thread's stack below all that is on it:
 * what it was goes to OLD (NULL: nowhere), and NEW is set (NULL: nothing is).
 */
static struct error *fault_action(struct thread *t, const uint8_t *new,
                                  uint8_t *old)
{
	struct remote_call call = { .args = { SIGSEGV, 0, 0, KERNEL_SIGSET } };
	const struct arch_regs *regs;
	int64_t result;
	taddr at;

	TRY(target_regs(t, &regs));
	at = (arch_sp(regs) - 512) & ~(taddr)15;
	if (t->stop.reasons & STOP_ENTRY)
		call.abi = t->stop.call.abi;
	else
		TRY(target_abi(t, &call.abi));
	call.nr = call.abi == ABI_I386 ? 174 : call.abi == ABI_X32 ? 512 : 13;
	call.args[new ? 1 : 2] = at;
	if (new)
		TRY(target_write(t->process, at, new, MAX_ACTION));
	TRY(target_remote_call(t, &call, &result));
	if (arch_is_error(result))
		return error_errno((int)-result, "the action for SIGSEGV can't "
		                   "be changed");
	return old ? target_read(t->process, at, old, MAX_ACTION) : NULL;
}

static struct error *heed_faults(struct thread *t, struct before *b)
{
	static const uint8_t by_default[MAX_ACTION] = { 0 };

	if (!ignores_faults(t))
		return NULL;
	TRY(fault_action(t, NULL, b->action));
	TRY(fault_action(t, by_default, NULL));
	b->ignored = true;
	return NULL;
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
	b->has_shadow = target_shadow_stack(t, &b->ssp);
	b->has_mask = ptrace(PTRACE_GETSIGMASK, t->tid, KERNEL_SIGSET,
	                     &b->mask) == 0;
	return NULL;
}

/* Out of a call in the middle of which the thread is taken away. */
static struct error *abandon_call(struct thread *t)
{
	struct arch_regs regs;
	const struct arch_regs *now;

	TRY(target_regs(t, &now));
	regs = *now;
	regs.user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, &regs));
	if (t->stop.reasons & STOP_ENTRY)
		TRY(run_to(t, STOP_EXIT));
	/* A stop of the kernel's own, where restarts are looked at again. */
	if (ptrace(PTRACE_INTERRUPT, t->tid, 0, 0) != 0)
		return gone(t);
	return run_to(t, STOP_INTERRUPT | STOP_GROUP);
}

/* The signal that the thread stood at is delivered again, alone. */
static struct error *redeliver(struct thread *t, const struct before *b)
{
	uint64_t others = ~(1ull << (b->stop.signal - 1));

	ptrace(PTRACE_SETSIGMASK, t->tid, KERNEL_SIGSET, &others);
	TRY(target_send(t, b->stop.signal));
	for (int i = 0; i < MAX_TRIES; i++) {
		TRY(run(t, RESUME_CONT, 0, NULL));
		if (t->stop.reasons & STOP_SIGNAL)
			return NULL;
	}
	return NULL;
}

/* From wherever the function was left. */
static struct error *abandon(struct thread *t, const struct before *b)
{
	if (!(t->stop.reasons & STOP_SIGNAL)) {
		TRY(abandon_call(t));
		if (b->stop.reasons & (STOP_SIGNAL | STOP_TRAP))
			TRY(redeliver(t, b));
	}
	if (b->has_mask)
		ptrace(PTRACE_SETSIGMASK, t->tid, KERNEL_SIGSET, &b->mask);
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
	if (b->has_shadow)
		target_set_shadow_stack(t, b->ssp);
	if (b->stop.reasons & (STOP_SIGNAL | STOP_TRAP) &&
	    t->stop.reasons & STOP_SIGNAL)
		ptrace(PTRACE_SETSIGINFO, t->tid, 0, &b->stop.siginfo);
	if (b->lost_stop)
		error_destroy(target_send(t, b->lost_stop));
	t->stop = b->stop;
	t->stop.unmade = false;
	t->mended = b->mended;
	t->was_listening = b->was_listening;
	t->runs = b->runs;
	if (b->was_queued)
		thread_queue(t);
	return NULL;
}

static struct error *set_out(struct thread *t, const struct target_excursion *e,
                             struct before *b)
{
	struct arch_regs regs = e->regs;

	if (b->stop.reasons & STOP_ENTRY)
		TRY(leave_call(t, b));
	unblock_faults(t, b);
	/* No restart of a call that was broken off. */
	regs.user.orig_rax = (unsigned long long)-1;
	TRY(target_set_regs(t, &regs));
	if (b->has_shadow && !target_shadow_push(t, e->return_to))
		return error_new(ERROR_REFUSED, "the shadow stack of thread "
		                 "%d can't be written", (int)t->tid);
	return e->state ? target_set_xstate(t, e->state) : NULL;
}

/* All that comes after it has been undone by put_back. */
static struct error *come_back(struct thread *t, const struct before *b)
{
	TRY(put_back(t, b));
	return b->ignored ? fault_action(t, b->action, NULL) : NULL;
}

/* The errors of what was done, and of putting it back: the first counts. */
static struct error *first_of(struct error *err, struct error *second)
{
	if (!err)
		return second;
	error_destroy(second);
	return err;
}

static struct error *begin(struct thread *t, const struct target_excursion *e,
                           struct before *b)
{
	struct error *err;

	if (t->process->core)
		return core_refusal();
	TRY(refuse(t));
	TRY(heed_faults(t, b));
	TRY(remember(t, b));
	target_unqueue(t);
	target_stop_ticking(t->target);
	err = set_out(t, e, b);
	if (err && t->state == THREAD_STOPPED)
		return first_of(err, come_back(t, b));
	return err;
}

struct error *target_detour_begin(struct thread *t,
                                  const struct target_excursion *e,
                                  struct target_detour **detour)
{
	struct target_detour *d = xcalloc(1, sizeof(*d));
	struct error *err = begin(t, e, &d->before);

	if (err) {
		target_detour_drop(d);
		return err;
	}
	d->return_to = e->return_to;
	d->sp = e->sp;
	t->stop = (struct stop){ .thread = t, .reasons = STOP_INTERRUPT };
	memset(&t->mended, 0, sizeof(t->mended));
	t->was_listening = false;
	*detour = d;
	return NULL;
}

void target_detour_drop(struct target_detour *d)
{
	if (!d)
		return;
	free(d->before.state);
	free(d);
}

struct error *target_detour_end(struct thread *t, struct target_detour *d)
{
	struct error *err = NULL;

	if (t->state != THREAD_STOPPED || t->in_vfork)
		err = error_new(ERROR_REFUSED, "thread %d can't be stopped "
		                "now", (int)t->tid);
	if (!err) {
		target_unqueue(t);
		target_stop_ticking(t->target);
		if (!is_back(t, d->return_to, d->sp))
			err = abandon(t, &d->before);
	}
	if (!err)
		err = come_back(t, &d->before);
	target_detour_drop(d);
	return err;
}

void target_detour_before(const struct target_detour *d,
                          struct arch_regs *regs, taddr *return_to)
{
	*regs = d->before.regs;
	*return_to = d->return_to;
}

struct error *target_excurse(struct thread *t,
                             const struct target_excursion *e,
                             struct arch_regs *after,
                             struct arch_xstate *after_state)
{
	struct before b = { 0 };
	const struct arch_xstate *state;
	const struct arch_regs *regs;
	struct error *err = begin(t, e, &b);

	if (err) {
		free(b.state);
		return err;
	}
	err = run_function(t, e, &b);
	if (!err)
		err = target_regs(t, &regs);
	if (!err) {
		*after = *regs;
		err = target_xstate(t, &state);
	}
	if (!err)
		*after_state = *state;
	else if (t->state == THREAD_STOPPED)
		err = first_of(err, abandon(t, &b));
	if (t->state == THREAD_STOPPED)
		err = first_of(err, come_back(t, &b));
	free(b.state);
	return err;
}
