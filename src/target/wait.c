/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Wait statuses become stops.  ptrace(2) "Stopped states" is the source of the
 * distinctions; traps.md's section on waiting that of the care.
 */
#include "target/internal.h"

#include "base/log.h"
#include "target/filter.h"
#include "target/mend.h"
#include "target/memory.h"
#include "target/procfs.h"
#include "target/served.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool event_message(struct thread *t, unsigned long *message)
{
	return ptrace(PTRACE_GETEVENTMSG, t->tid, 0, message) == 0;
}

/*
 * What is to be known of TID, made by PARENT (NULL: by whom is not known): where
 * PARENT has no filters, for which they would count, a signal that is none tells
 * at a tenth of the cost whether it leads a process.
 */
static struct error *identify(pid_t tid, const struct process *parent,
                              struct proc_status *status)
{
	if (!parent || parent->filter.count ||
	    syscall(SYS_tgkill, tid, tid, 0) != 0)
		return proc_status(tid, status);
	*status = (struct proc_status){ .tgid = tid, .parent = parent->pid };
	return NULL;
}

/*
 * A child that is already traced, made by T.  Its own first stop may have come
 * before (then it is known).
 */
static struct thread *adopt(struct target *target, struct process *parent,
                            pid_t tid)
{
	struct thread *t = target_thread(target, tid);
	struct proc_status status;
	struct error *err;
	struct process *p;

	if (t)
		return t;
	err = identify(tid, parent, &status);
	if (err) {
		/* Dead before it was seen: its status is nobody's. */
		error_destroy(err);
		return NULL;
	}
	p = target_process(target, status.tgid);
	if (!p) {
		if (!parent)
			parent = target_process(target, status.parent);
		/* An orphan by now, or CLONE_PARENT: its event says more. */
		p = process_create(target, status.tgid,
		                   parent ? parent->launched
		                          : !target->attached_any);
		p->parent = parent ? parent->pid : status.parent;
		if (parent)
			filter_inherit(p, &status, parent);
		if (parent)
			p->unserved_at = parent->unserved_at;
	}
	return thread_create(p, tid);
}

static bool take_birth(struct thread *t, unsigned reason)
{
	unsigned long child;
	struct thread *made;

	if (!event_message(t, &child))
		return false;
	t->stop.child = (pid_t)child;
	made = adopt(t->target, t->process, (pid_t)child);
	if (made && made->process != t->process) {
		made->process->parent = t->process->pid;
		made->process->born = true;
		made->process->launched = t->process->launched;
	}
	if (reason == STOP_VFORK) {
		t->in_vfork = true;
		if (made && made->process != t->process)
			made->process->vfork_parent = t->process;
	}
	return true;
}

/*
 * The thread that called execve is now the leader; all others are gone, some
 * without a notice (de_thread in the kernel's fs/exec.c).
 */
static struct thread *take_exec(struct thread *t)
{
	struct process *p = t->process;
	struct thread *caller = t;
	unsigned long former;

	if (!event_message(t, &former))
		former = (unsigned long)t->tid;
	if ((pid_t)former != t->tid) {
		struct thread *other = target_thread(t->target, (pid_t)former);

		if (other && other->process == p)
			caller = other;
	}
	target_scratch_release(caller);
	/* Before the others go: what they had set up is in memory no more. */
	process_memory_reset(p);
	served_new_memory(p);
	if (p->target->process_execs)
		p->target->process_execs(p);
	/* Stops of theirs that wait in the queue are taken out with them. */
	for (size_t i = p->threads.len; i-- > 0;)
		if (p->threads.items[i] != caller)
			thread_destroy(p->threads.items[i]);
	if (caller->tid != p->pid)
		thread_rename(caller, p->pid);
	thread_set_state(caller, THREAD_STOPPED);
	caller->interrupted = caller->stale_interrupt = false;
	caller->in_vfork = caller->was_listening = caller->mended.set = false;
	caller->untraced = caller->lost = caller->entry_told = false;
	caller->regs_valid = caller->pc_dirty = false;
	debug_forget(caller);
	target_unqueue(caller);
	p->vfork_parent = NULL;
	p->debug = (struct arch_debug){ 0 };
	p->debug_serial++;
	p->syscall_insn = p->int80_insn = 0;
	p->shared_signals = false;
	scratch_forget(p);
	caller->stop = (struct stop){ .thread = caller,
	                              .reasons = STOP_EXEC,
	                              .former_tid = (pid_t)former };
	return caller;
}

static bool call_info(struct thread *t, struct __ptrace_syscall_info *info)
{
	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, sizeof(*info), info) <= 0)
		return false;
	t->stop.pc = info->instruction_pointer;
	t->stop.sp = info->stack_pointer;
	return true;
}

/* ARGS has six. */
static void take_entry(struct stop *stop, uint32_t arch, uint64_t nr,
                       const uint64_t *args)
{
	struct target *target = stop->thread->target;

	stop->reasons |= STOP_ENTRY;
	stop->call.known_abi = arch_abi_of_call(arch, nr, &stop->call.abi);
	if (!stop->call.known_abi)
		stop->call.abi = ABI_X86_64;
	stop->abi = stop->call.abi;
	stop->call.nr = nr;
	for (int i = 0; i < 6; i++)
		stop->call.args[i] = args[i];
	target->served |= served_begins(&stop->call);
}

static bool take_syscall(struct thread *t)
{
	struct __ptrace_syscall_info info;
	struct stop *stop = &t->stop;

	if (!call_info(t, &info))
		return false;
	if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
		stop->reasons |= STOP_EXIT;
		/* The number is not told here; only x32 would differ. */
		if (!arch_abi_of_call(info.arch, 0, &stop->abi))
			stop->abi = ABI_X86_64;
		stop->result = info.exit.rval;
		/* Of what is no error the kernel tells a whole register, of
		 * which a 32-bit program has half. */
		if (stop->abi == ABI_I386 && !info.exit.is_error)
			stop->result = (uint32_t)stop->result;
		return true;
	}
	take_entry(stop, info.arch, info.entry.nr, info.entry.args);
	stop->unmade = t->last_mode == RESUME_SYSEMU;
	t->entry_told = true;
	t->entry_nr = info.entry.nr;
	return true;
}

/* What the kernel answers where nobody traces for a filter. */
static void answer_foreign(struct thread *t)
{
	const struct arch_abi *a = arch_abi(t->stop.abi);

	error_destroy(target_set_word(t, a->nr_offset, (uint64_t)-1));
	error_destroy(target_set_word(t, a->ret_offset, (uint64_t)-ENOSYS));
}

/*
 * A filter's stop is an entry.  TOLD: the one before was too; where both are the
 * same call's, and where the filter is not ours, STOP_FILTER is all there is:
 * the thread goes on.
 */
static bool take_filtered(struct thread *t, bool told)
{
	struct __ptrace_syscall_info info;

	if (!call_info(t, &info))
		return false;
	t->stop.reasons |= STOP_FILTER;
	take_entry(&t->stop, info.arch, info.seccomp.nr, info.seccomp.args);
	if (info.seccomp.ret_data != FILTER_DATA)
		answer_foreign(t);
	else if (!told || (t->last_mode != RESUME_SYSCALL &&
	                   (uint32_t)t->entry_nr !=
	                   (uint32_t)info.seccomp.nr))
		return true;
	t->stop.reasons = STOP_FILTER;
	return true;
}

/* SIGTRAPs that a step or a breakpoint makes (arch/x86/kernel/traps.c). */
static bool is_trap(const siginfo_t *info)
{
	return info->si_signo == SIGTRAP &&
	       (info->si_code == TRAP_TRACE || info->si_code == TRAP_BRKPT ||
	        info->si_code == TRAP_HWBKPT || info->si_code == SI_KERNEL);
}

/* A debug register's trap is nobody's signal; a step may end with it. */
static void take_trap(struct thread *t)
{
	debug_at_trap(t);
	if (!t->stop.debug_hits) {
		t->stop.reasons |= STOP_TRAP;
		return;
	}
	t->stop.reasons |= STOP_DEBUG;
	if (t->stop.siginfo.si_code == TRAP_TRACE)
		t->stop.reasons |= STOP_TRAP;
	else
		t->stop.signal = 0;
}

static bool take_signal(struct thread *t, int signal)
{
	if (ptrace(PTRACE_GETSIGINFO, t->tid, 0, &t->stop.siginfo) != 0)
		return false;
	t->stop.signal = signal;
	if (is_trap(&t->stop.siginfo))
		take_trap(t);
	else
		t->stop.reasons |= STOP_SIGNAL;
	return true;
}

static bool take_end(struct thread *t)
{
	unsigned long status;

	if (!event_message(t, &status))
		return false;
	t->stop.exit_status = (int)status;
	return true;
}

static bool take_event(struct thread *t, int event, int signal, bool first)
{
	switch (event) {
	case PTRACE_EVENT_STOP:
		t->stop.reasons |= first ? STOP_NEW : 0;
		if (signal != SIGTRAP) {
			t->stop.reasons |= STOP_GROUP;
			t->stop.signal = signal;
		} else if (!first) {
			t->stop.reasons |= STOP_INTERRUPT;
		}
		return true;
	case PTRACE_EVENT_CLONE:
		t->stop.reasons |= STOP_CLONE;
		return take_birth(t, STOP_CLONE);
	case PTRACE_EVENT_FORK:
		t->stop.reasons |= STOP_FORK;
		return take_birth(t, STOP_FORK);
	case PTRACE_EVENT_VFORK:
		t->stop.reasons |= STOP_VFORK;
		return take_birth(t, STOP_VFORK);
	case PTRACE_EVENT_VFORK_DONE:
		t->stop.reasons |= STOP_VFORK_DONE;
		return true;
	case PTRACE_EVENT_EXIT:
		t->stop.reasons |= STOP_DYING;
		return take_end(t);
	default:
		return true;
	}
}

static struct thread *take_death(struct thread *t, int status)
{
	struct process *p = t->process;

	target_unqueue(t);
	map_remove(&t->target->threads, (uint64_t)t->tid);
	thread_set_state(t, THREAD_GONE);
	t->stop = (struct stop){ .thread = t };
	if (WIFEXITED(status)) {
		t->stop.reasons = STOP_EXITED;
		t->stop.exit_status = WEXITSTATUS(status);
	} else {
		t->stop.reasons = STOP_KILLED;
		t->stop.signal = WTERMSIG(status);
		t->stop.core_dumped = WCOREDUMP(status);
	}
	if (p->alive == 1 && process_leader(p) && process_leader(p)->untraced)
		thread_destroy(process_leader(p)); /* nobody tells of its end */
	if (!p->alive)
		t->stop.reasons |= STOP_LAST;
	return t;
}

/* A stop of T; false where T died between the wait and the look. */
static bool take_stop(struct thread *t, int status)
{
	int signal = WSTOPSIG(status);
	int event = status >> 16;
	bool first = t->state == THREAD_STARTING, told = t->entry_told;

	t->entry_told = false;
	t->writes_before = t->writes;
	thread_set_state(t, THREAD_STOPPED);
	t->regs_valid = t->pc_dirty = false;
	t->stop.reasons = 0;
	t->stop.debug_hits = 0;
	t->stop.mended = false;
	t->stop.signal = 0;
	if (event != PTRACE_EVENT_VFORK)
		t->in_vfork = false;
	if (signal == (SIGTRAP | 0x80))
		return take_syscall(t);
	if (event == PTRACE_EVENT_SECCOMP)
		return take_filtered(t, told);
	if (event)
		return take_event(t, event, signal, first);
	return take_signal(t, signal);
}

/* One that was let go while it could not be asked to stop. */
static bool let_leave(struct target *target, pid_t tid, int status)
{
	int signal = 0;

	if (!map_get(&target->leaving, (uint64_t)tid))
		return false;
	map_remove(&target->leaving, (uint64_t)tid);
	if (!WIFSTOPPED(status))
		return true;
	if (!(status >> 16) && !(WSTOPSIG(status) & 0x80))
		signal = WSTOPSIG(status);
	debug_clear(tid);
	ptrace(PTRACE_DETACH, tid, 0, (void *)(uintptr_t)signal);
	return true;
}

static bool take_own_child(struct own_child *own, pid_t tid, int status)
{
	if (!tid || own->pid != tid)
		return false;
	own->ended = true;
	own->status = status;
	return true;
}

/*
 * Children by clone without SIGCHLD come with threads (PTRACE_EVENT_CLONE);
 * where children are not followed they are let go.
 */
static bool let_child_go(struct thread *t)
{
	struct process *p = t->process;

	if (t->target->follow_children || !p->parent ||
	    p->last_thread_number > 1 || !(t->stop.reasons & STOP_NEW))
		return false;
	if (t->target->child_leaves &&
	    !t->target->child_leaves(p, t->target->thread_dies_ctx)) {
		p->passing = true;
		return false;
	}
	ptrace(PTRACE_DETACH, t->tid, 0, 0);
	process_destroy(p);
	return true;
}

/*
 * An interrupt is told before the SIGTRAP that a breakpoint, a step or a debug
 * register has made.  That comes when the thread goes on, before it runs any
 * code; whoever lets the process go now would kill it with that.
 */
static bool trap_is_pending(const struct thread *t)
{
	siginfo_t infos[16];
	struct __ptrace_peeksiginfo_args from = { .nr = ARRAY_LEN(infos) };
	long got;

	if (debug_is_pending(t))
		return true;
	if (!t->process->mask.cover && !t->stepped)
		return false;
	got = ptrace(PTRACE_PEEKSIGINFO, t->tid, &from, infos);
	for (long i = 0; i < got; i++)
		if (is_trap(&infos[i]))
			return true;
	return false;
}

static int take_pending_trap(const struct thread *t, int status)
{
	if (WSTOPSIG(status) == SIGTRAP &&
	    ptrace(PTRACE_CONT, t->tid, 0, 0) == 0)
		while (wait4(t->tid, &status, __WALL, NULL) < 0 &&
		       errno == EINTR)
			;
	return status;
}

struct thread *wait_take(struct target *target, pid_t tid, int status)
{
	struct thread *t = target_thread(target, tid);

	if (take_own_child(&target->own_child, tid, status) ||
	    let_leave(target, tid, status))
		return NULL;
	if (!WIFSTOPPED(status))
		return t ? take_death(t, status) : NULL;
	target->stops++;
	if (!t)
		t = adopt(target, NULL, tid);
	if (!t)
		return NULL;
	t->lost = false;
	if (status >> 16 == PTRACE_EVENT_STOP && trap_is_pending(t)) {
		t->interrupted = false;
		status = take_pending_trap(t, status);
	}
	if (!WIFSTOPPED(status))
		return take_death(t, status);
	if (status >> 16 == PTRACE_EVENT_EXEC)
		return take_exec(t);
	if (!take_stop(t, status)) {
		/* It is being killed: what comes next is its death. */
		thread_set_state(t, THREAD_RUNNING);
		return NULL;
	}
	if (t->stop.reasons == STOP_FILTER) {
		target_go_on(t);
		return NULL;
	}
	if (let_child_go(t))
		return NULL;
	mend_at_stop(t);
	/* Any stop uses up a pending interrupt; one sent after it is left. */
	t->stale_interrupt = t->interrupted &&
	                     status >> 16 != PTRACE_EVENT_STOP;
	t->interrupted = false;
	t->left_group_stop = t->was_listening &&
	                     !(t->stop.reasons & STOP_GROUP);
	if (!(t->stop.reasons & STOP_GROUP))
		t->was_listening = false;
	LOG(LOG_TARGET, "%d stops: reasons %#x signal %d", (int)t->tid,
	    t->stop.reasons, t->stop.signal);
	return t;
}

void target_collect(struct target *target)
{
	/*
	 * All that is pending is taken: a child may have lived and died before
	 * its parent's news of it is looked at, and is not born again then.
	 * But where nobody runs who could have more, one is enough.
	 */
	if (target->streaming && target->queue_head && !target->running)
		return;
	do {
		int status;
		pid_t tid = wait4(-1, &status, __WALL | WNOHANG, NULL);
		struct thread *t;

		if (tid <= 0)
			return;
		t = wait_take(target, tid, status);
		if (t)
			thread_queue(t);
	} while (target->running || !target->streaming);
}
