/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Debug registers: each thread has four of its own (struct user, u_debugreg).
 *
 * What the kernel does with them (arch/x86/kernel/ptrace.c, hw_breakpoint.c;
 * measured on 6.18): a new thread and a fork child begin without, though DR7
 * of a child reads as its parent's; an exec clears them; PTRACE_DETACH does
 * not, and the next trap then kills the program.  A trap clears DR6 but for
 * what it tells itself; an int3 leaves it alone.  Each address is checked
 * against the length and the kind that its register has at that moment.
 */
#include "target/internal.h"

#include "base/log.h"
#include "target/core.h"

#include <errno.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/user.h>

enum { STATUS = 6, CONTROL = 7 };

static bool poke(pid_t tid, int number, uint64_t value)
{
	size_t offset = offsetof(struct user, u_debugreg) +
	                (size_t)number * sizeof(long);

	return ptrace(PTRACE_POKEUSER, tid, (void *)offset,
	              (void *)(uintptr_t)value) == 0;
}

static uint64_t peek(pid_t tid, int number)
{
	size_t offset = offsetof(struct user, u_debugreg) +
	                (size_t)number * sizeof(long);
	long value;

	errno = 0;
	value = ptrace(PTRACE_PEEKUSER, tid, (void *)offset, 0);
	return errno ? 0 : (uint64_t)value;
}

/* All off first: an address has to fit what its register was before. */
static bool write_all(pid_t tid, const struct arch_debug *d)
{
	if (!poke(tid, CONTROL, 0))
		return false;
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		if (d->slots[i].kind != DEBUG_NONE &&
		    !poke(tid, i, d->slots[i].addr))
			return false;
	return arch_debug_empty(d) ||
	       poke(tid, CONTROL, arch_debug_control(d));
}

static struct error *refusal(const struct thread *t, int errnum)
{
	switch (errnum) {
	case ESRCH:
		return error_new(ERROR_GONE, "thread %d is gone", (int)t->tid);
	case EINVAL:
		return error_new(ERROR_REFUSED, "the debug registers can't "
		                 "watch that address");
	case ENOSPC:
	case EBUSY:
		return error_new(ERROR_REFUSED, "the debug registers are in "
		                 "use by somebody else (perf?)");
	default:
		return error_errno(errnum, "can't set the debug registers of "
		                   "thread %d", (int)t->tid);
	}
}

/* RF of the flags: the kernel sets it after a hit. */
static struct error *set_resume_flag(struct thread *t,
                                     const struct arch_regs *now)
{
	enum { RESUME_FLAG = 1 << 16 };
	struct arch_regs regs = *now;

	regs.user.eflags |= RESUME_FLAG;
	return target_set_regs(t, &regs);
}

bool target_debug_pass(struct thread *t)
{
	const struct arch_regs *now;
	struct error *err;
	bool stands = false;

	if (arch_debug_empty(&t->debug))
		return false;
	err = target_regs(t, &now);
	for (int i = 0; !err && !stands && i < ARCH_DEBUG_SLOTS; i++)
		stands = t->debug.slots[i].kind == DEBUG_EXECUTE &&
		         t->debug.slots[i].addr == arch_pc(now);
	if (stands)
		err = set_resume_flag(t, now);
	error_destroy(err);
	return stands;
}

/* Past the breakpoint that it stands at: set behind its back, it has not been
 * hit. */
static void pass_over(struct thread *t, const struct arch_debug *before)
{
	const struct arch_regs *now;
	struct error *err = target_regs(t, &now);

	for (int i = 0; !err && i < ARCH_DEBUG_SLOTS; i++) {
		const struct arch_debug_slot *slot = &t->debug.slots[i];

		if (slot->kind != DEBUG_EXECUTE ||
		    slot->addr != arch_pc(now) ||
		    (before->slots[i].kind == DEBUG_EXECUTE &&
		     before->slots[i].addr == slot->addr))
			continue;
		err = set_resume_flag(t, now);
		break;
	}
	error_destroy(err);
}

/* A hit of a register that means something else now is nobody's. */
static void forget_hits(struct thread *t, const struct arch_debug *now)
{
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++) {
		struct arch_debug was = { { t->debug.slots[i] } };
		struct arch_debug is = { { now->slots[i] } };

		if (!arch_debug_same(&was, &is))
			t->stop.debug_hits &= ~(1u << i);
	}
}

static struct error *write_to(struct thread *t, const struct arch_debug *d)
{
	struct arch_debug before = t->debug;
	int errnum;

	if (arch_debug_same(&t->debug, d))
		return NULL;
	if (write_all(t->tid, d)) {
		forget_hits(t, d);
		t->debug = *d;
		pass_over(t, &before);
		return NULL;
	}
	errnum = errno;
	if (!write_all(t->tid, &before))
		LOG(LOG_TARGET, "debug registers of %d: errno %d",
		    (int)t->tid, errno);
	return refusal(t, errnum);
}

struct error *target_debug_apply(struct thread *t)
{
	const struct process *p = t->process;

	if (t->state != THREAD_STOPPED)
		return error_new(ERROR_REFUSED, "thread %d is not stopped",
		                 (int)t->tid);
	t->debug_serial = p->debug_serial;
	return write_to(t, &p->debug);
}

static struct error *apply_all(struct process *p)
{
	p->debug_serial++;
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state == THREAD_STOPPED)
			TRY(target_debug_apply(p->threads.items[i]));
	return NULL;
}

struct error *target_debug_set(struct process *p, const struct arch_debug *d)
{
	struct arch_debug before = p->debug;
	struct error *err;

	if (arch_debug_same(&before, d))
		return NULL;
	if (p->core)
		return core_refusal();
	p->debug = *d;
	err = apply_all(p);
	if (err && err->kind != ERROR_GONE) {
		p->debug = before;
		error_destroy(apply_all(p));
		return err;
	}
	error_destroy(err);
	return NULL;
}

void debug_forget(struct thread *t)
{
	t->debug = (struct arch_debug){ 0 };
	t->debug_serial = 0;
}

void debug_at_trap(struct thread *t)
{
	t->stop.debug_hits = 0;
	if (arch_debug_empty(&t->debug) ||
	    (t->stop.siginfo.si_code != TRAP_HWBKPT &&
	     t->stop.siginfo.si_code != TRAP_TRACE))
		return;
	t->stop.debug_hits = arch_debug_hits(&t->debug, peek(t->tid, STATUS));
	/* So that a SIGTRAP that the program makes up says nothing. */
	if (t->stop.debug_hits)
		poke(t->tid, STATUS, 0);
}

bool debug_is_pending(const struct thread *t)
{
	return !arch_debug_empty(&t->debug) &&
	       arch_debug_hits(&t->debug, peek(t->tid, STATUS));
}

void debug_clear(pid_t tid)
{
	if (!poke(tid, CONTROL, 0))
		LOG(LOG_TARGET, "debug registers of %d: errno %d", (int)tid,
		    errno);
}

unsigned target_debug_count(struct thread *t)
{
	struct arch_debug test = { 0 };
	struct arch_debug before = t->debug;
	unsigned count = 0;

	if (t->process->core)
		return 0;
	for (; count < ARCH_DEBUG_SLOTS; count++) {
		test.slots[count] = (struct arch_debug_slot){
			.kind = DEBUG_WRITE, .len = 1, .addr = count,
		};
		if (!write_all(t->tid, &test))
			break;
	}
	if (!write_all(t->tid, &before))
		LOG(LOG_TARGET, "debug registers of %d: errno %d",
		    (int)t->tid, errno);
	return count;
}
