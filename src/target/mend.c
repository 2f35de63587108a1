/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/mend.h"

#include "target/procfs.h"

#include <errno.h>
#include <linux/audit.h>

/* Signals whose default is to be ignored: signal(7). */
#define BIT(signal) (1ull << ((signal) - 1))
static const uint64_t default_ignored = BIT(SIGCHLD) | BIT(SIGURG) |
                                        BIT(SIGWINCH) | BIT(SIGCONT);

/*
 * Calls that have had their effect when they return EINTR: close and those
 * that close have let go of the descriptor (close(2)).
 */
static bool must_not_repeat(enum abi abi, uint64_t nr)
{
	static const uint64_t numbers[ABI_COUNT][3] = {
		[ABI_X86_64] = { 3, 33, 292 },
		[ABI_X32] = { 3, 33, 292 },
		[ABI_I386] = { 6, 63, 330 },
	};

	for (int i = 0; i < 3; i++)
		if ((nr & 0x3fffffff) == numbers[abi][i])
			return true;
	return false;
}

/* A signal that would reach the program: neither blocked nor ignored. */
static bool real_signal_pending(const struct thread *t, int delivering)
{
	struct proc_status status;
	struct error *err = proc_status(t->tid, &status);
	uint64_t pending, ignored;

	if (err) {
		error_destroy(err);
		return true; /* dying: touch nothing */
	}
	pending = (status.pending | status.shared_pending) & ~status.blocked;
	if (delivering)
		pending |= BIT(delivering);
	ignored = status.ignored | (default_ignored & ~status.caught);
	return (pending & ~ignored) != 0;
}

bool target_signal_pending(const struct thread *t)
{
	return real_signal_pending(t, 0);
}

bool target_mend_interrupted(struct thread *t, enum abi abi, uint64_t nr)
{
	const struct arch_abi *a = arch_abi(abi);
	const struct arch_regs *now;
	struct arch_regs regs;
	struct error *err = target_regs(t, &now);

	if (!err) {
		regs = *now;
		regs.user.rip -= a->insn_len;
		regs.user.rax = nr;
		regs.user.orig_rax = (unsigned long long)-1;
		err = target_set_regs(t, &regs);
	}
	if (err) {
		error_destroy(err);
		return false;
	}
	return true;
}

/*
 * The ABI by which the instruction before pc made a call, told by its bytes:
 * `syscall` (0f 05) is x86-64's in 64-bit code; `int $0x80` (cd 80), sysenter
 * and 32-bit syscall land where an `int $0x80` stands before (the vDSO).
 */
static bool abi_before_pc(struct thread *t, taddr pc, enum abi *abi)
{
	uint8_t code[2];

	if (memory_read(&t->process->memory, pc - 2, code, 2) != 2)
		return false;
	if (code[0] == 0x0f && code[1] == 0x05)
		*abi = ABI_X86_64;
	else if (code[0] == 0xcd && code[1] == 0x80)
		*abi = ABI_I386;
	else
		return false;
	return true;
}

static bool looks_broken_off(struct thread *t, enum abi *abi, uint64_t *nr)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	if (err) {
		error_destroy(err);
		return false;
	}
	if ((int64_t)regs->user.orig_rax < 0 ||
	    (int32_t)regs->user.rax != -EINTR)
		return false;
	*nr = regs->user.orig_rax;
	return abi_before_pc(t, regs->user.rip, abi) &&
	       arch_result(*abi, regs->user.rax) == -EINTR;
}

/*
 * An exit with EINTR that scdb did not ask for: only where a signal that the
 * program ignores woke it; else it is the call's own.
 */
static bool woken_by_ignored(const struct thread *t)
{
	struct proc_status status;
	struct error *err = proc_status(t->tid, &status);

	if (err) {
		error_destroy(err);
		return false;
	}
	return ((status.pending | status.shared_pending) & ~status.blocked) !=
	       0;
}

/* Whether T stands where mending put it, about to make its call again. */
static bool still_mended(struct thread *t)
{
	const struct arch_regs *regs;
	struct error *err;

	if (!t->mended.set)
		return false;
	err = target_regs(t, &regs);
	if (err) {
		error_destroy(err);
		return false;
	}
	return regs->user.rip == t->mended.pc &&
	       regs->user.rax == t->mended.nr &&
	       regs->user.orig_rax == (unsigned long long)-1;
}

/* What the call returned before it was mended. */
static void unmend(struct thread *t)
{
	struct arch_regs regs = t->regs;

	regs.user.rip += arch_abi(t->mended.abi)->insn_len;
	regs.user.rax = (unsigned long long)-EINTR;
	regs.user.orig_rax = t->mended.nr;
	error_destroy(target_set_regs(t, &regs));
	t->mended.set = false;
}

static void mend(struct thread *t, enum abi abi, uint64_t nr)
{
	t->stop.mended = target_mend_interrupted(t, abi, nr);
	t->mended.set = t->stop.mended;
	t->mended.pc = t->regs.user.rip;
	t->mended.nr = nr;
	t->mended.abi = abi;
}

void mend_at_signal(struct thread *t, int signal)
{
	enum abi abi;
	uint64_t nr;

	if (signal) {
		if (still_mended(t) && real_signal_pending(t, signal))
			unmend(t);
		return;
	}
	if (looks_broken_off(t, &abi, &nr) && !must_not_repeat(abi, nr) &&
	    !real_signal_pending(t, 0))
		mend(t, abi, nr);
}

void mend_at_detach(struct thread *t, int signal)
{
	if (still_mended(t) && real_signal_pending(t, signal))
		unmend(t);
}

void mend_at_stop(struct thread *t)
{
	struct stop *stop = &t->stop;
	enum abi abi;
	uint64_t nr;

	if (t->mended.set &&
	    (!(stop->reasons & (STOP_INTERRUPT | STOP_SIGNAL | STOP_GROUP)) ||
	     !still_mended(t)))
		t->mended.set = false;
	if (!(stop->reasons & (STOP_EXIT | STOP_INTERRUPT | STOP_SIGNAL)))
		return;
	if (stop->reasons & STOP_EXIT && stop->result != -EINTR)
		return;
	if (!looks_broken_off(t, &abi, &nr) || must_not_repeat(abi, nr))
		return;
	if (real_signal_pending(t, stop->reasons & STOP_SIGNAL ? stop->signal
	                                                       : 0))
		return;
	if (stop->reasons & STOP_EXIT && !t->interrupted &&
	    !t->stale_interrupt && !woken_by_ignored(t))
		return;
	/* Job control breaks it off without a tracer too: signal(7). */
	if (t->was_listening || (t->left_group_stop && stop->signal == SIGCONT))
		return;
	mend(t, abi, nr);
	if (stop->mended && stop->reasons & STOP_EXIT)
		stop->result = -ARCH_ERESTARTNOINTR;
}
