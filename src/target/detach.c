/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letting processes go, and ending them. */
#include "target/internal.h"

#include "base/log.h"
#include "target/filter.h"
#include "target/mend.h"
#include "target/procfs.h"

#include <errno.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The signal that a stopped thread is to go on with: nobody is left who could
 * have asked for a SIGTRAP but the program itself.
 */
static int pending_signal(const struct thread *t)
{
	if (t->stop.reasons & STOP_DEBUG)
		return 0;
	return t->stop.reasons & (STOP_SIGNAL | STOP_TRAP) ? t->stop.signal : 0;
}

/*
 * Calls that return EINTR when anything wakes them (signal(7), "Interruption of
 * system calls"), and that fail at once, without an effect, where all their
 * arguments are -1.
 */
static bool is_breakable(enum abi abi, uint64_t nr)
{
	/* read, write, readv, writev, accept, connect, send*, recv*, sem*op,
	 * rt_sigtimedwait, io_*getevents, epoll_*wait */
	static const uint16_t x86_64[] = { 0, 1, 19, 20, 42, 43, 44, 45, 46, 47,
		65, 128, 208, 220, 232, 281, 288, 299, 307, 333, 441 };
	static const uint16_t i386[] = { 3, 4, 102, 117, 145, 146, 177, 247,
		256, 319, 337, 345, 362, 364, 369, 370, 371, 372, 385, 416,
		417, 420, 421, 441 };
	const uint16_t *numbers = abi == ABI_I386 ? i386 : x86_64;
	size_t count = abi == ABI_I386 ? ARRAY_LEN(i386) : ARRAY_LEN(x86_64);

	for (size_t i = 0; i < count; i++)
		if (nr == numbers[i])
			return true;
	return false;
}

/* Makes the call that T is about to make none; false: it must be made. */
static bool disarm_call(struct thread *t, const struct arch_regs *now)
{
	const struct arch_abi *a = arch_abi(t->stop.call.abi);
	struct arch_regs regs = *now;
	struct proc_status status;
	struct error *err = NULL;

	if (t->stop.unmade)
		return true;
	err = proc_status(t->tid, &status);
	if (!err && filter_mode(t->process, &status) == SECCOMP_NONE) {
		regs.user.orig_rax = (unsigned long long)-1;
		err = target_set_regs(t, &regs);
	} else if (!err && is_breakable(t->stop.call.abi, t->stop.call.nr)) {
		/* A filter might kill for the number -1. */
		for (int i = 0; i < 6; i++)
			arch_word_set(&regs, a->arg_offsets[i], (uint64_t)-1);
		err = target_set_regs(t, &regs);
	} else if (!err) {
		return false;
	}
	if (!err)
		return true;
	error_destroy(err);
	return false;
}

/*
 * The kernel wakes a detached thread as for a signal (__ptrace_unlink in
 * kernel/ptrace.c), which a call that is about to begin would notice, and
 * return EINTR.  So an entry is left by its exit, undone, to be made again.
 */
static void leave_entry(struct thread *t)
{
	const struct arch_regs *now;
	struct arch_regs regs;
	struct error *err;

	if (!(t->stop.reasons & STOP_ENTRY))
		return;
	err = target_regs(t, &now);
	if (err) {
		error_destroy(err);
		return;
	}
	regs = *now;
	if (!disarm_call(t, &regs))
		return;
	target_resume(t, RESUME_SYSCALL, 0);
	if (!wait_for(t, 1000) || !(t->stop.reasons & STOP_EXIT))
		return;
	regs.user.rip -= arch_abi(t->stop.abi)->insn_len;
	regs.user.rax = regs.user.orig_rax;
	regs.user.orig_rax = (unsigned long long)-1;
	error_destroy(target_set_regs(t, &regs));
}

static void detach_thread(struct thread *t)
{
	int signal = pending_signal(t);

	if (t->state != THREAD_STOPPED) {
		/* A vfork parent can't be asked: at its next stop. */
		if (!t->untraced && t->state != THREAD_GONE)
			map_put(&t->target->leaving, (uint64_t)t->tid, t);
		return;
	}
	if (!arch_debug_empty(&t->debug))
		debug_clear(t->tid);
	if (!signal && t->stop.reasons & STOP_SIGNAL)
		mend_at_signal(t, 0);
	else
		mend_at_detach(t, signal);
	regs_flush(t);
	if (ptrace(PTRACE_DETACH, t->tid, 0, (void *)(uintptr_t)signal) != 0)
		LOG(LOG_TARGET, "detach of %d: errno %d", (int)t->tid, errno);
}

/*
 * All leave their entries before the first one is let go: what runs may exec or
 * exit, and end those that are still being seen to.
 */
void target_detach(struct process *p)
{
	if (p->core) {
		process_destroy(p);
		return;
	}
	scratch_unmap(p);
	for (size_t i = 0; i < p->threads.len; i++) {
		target_unqueue(p->threads.items[i]);
		if (p->threads.items[i]->state == THREAD_STOPPED)
			leave_entry(p->threads.items[i]);
	}
	for (size_t i = 0; i < p->threads.len; i++)
		detach_thread(p->threads.items[i]);
	process_destroy(p);
}

/*
 * Takes what the kernel tells; deaths in P only by P's count, and its stops not
 * at all.  Returns whether P's last one is dead.
 */
static bool reap(struct process *p)
{
	struct target *target = p->target;
	int status;
	pid_t tid;

	while ((tid = wait4(-1, &status, __WALL | WNOHANG, NULL)) > 0) {
		struct thread *t = target_thread(target, tid);

		if (t && t->process == p) {
			if (WIFSTOPPED(status)) {
				if (status >> 16 == PTRACE_EVENT_EXIT)
					ptrace(PTRACE_CONT, tid, 0, 0);
				continue;
			}
			thread_destroy(t);
			/* The leader's end is told after all others'. */
			if (tid == p->pid)
				return true;
			continue;
		}
		t = wait_take(target, tid, status);
		if (t)
			thread_queue(t);
	}
	return tid < 0 && errno == ECHILD;
}

void target_kill(struct process *p)
{
	struct thread *leader = process_leader(p);
	/* One that was dead at the attach is nobody's to wait for. */
	size_t untold = leader && leader->untraced;

	if (p->core) {
		process_destroy(p);
		return;
	}
	target_stop_ticking(p->target);
	/* One whose end was told already may have left its id to another. */
	if (p->alive > untold && kill(p->pid, SIGKILL) != 0 && errno != ESRCH)
		LOG(LOG_TARGET, "kill of %d: errno %d", (int)p->pid, errno);
	for (int round = 0; round < 2000; round++) {
		if (p->alive == untold || reap(p))
			break;
		usleep(500);
	}
	process_destroy(p);
}
