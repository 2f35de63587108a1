/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letting threads go on, and asking them to stop. */
#include "target/internal.h"

#include "base/alloc.h"
#include "base/log.h"
#include "target/core.h"
#include "target/mend.h"
#include "target/procfs.h"
#include "target/served.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* PTRACE_SINGLEBLOCK, which the C library's header leaves out: linux/ptrace.h. */
enum { SINGLEBLOCK = 33 };

struct error *target_send(struct thread *t, int signal)
{
	if (t->process->core)
		return core_refusal();
	if (syscall(SYS_tgkill, t->process->pid, t->tid, signal) == 0)
		return NULL;
	if (errno == ESRCH)
		return error_new(ERROR_GONE, "thread %d is gone", (int)t->tid);
	return error_errno(errno, "can't send signal %d to thread %d", signal,
	                   (int)t->tid);
}

void target_trace_exit(struct target *target, bool on)
{
	target->trace_exit = on;
	target->exit_was_traced = target->exit_was_traced || on;
}

/* What was asked of all threads, and reaches each before it goes on. */
static void settle(struct thread *t)
{
	const struct target *target = t->target;
	unsigned long options;

	if (t->debug_serial != t->process->debug_serial)
		error_destroy(target_debug_apply(t));
	if (!target->exit_was_traced || t->process->launching ||
	    (t->exit_traced == target->trace_exit && !t->is_new))
		return;
	options = target_options(t->process->launched);
	if (target->trace_exit)
		options |= PTRACE_O_TRACEEXIT;
	t->is_new = false;
	if (ptrace(PTRACE_SETOPTIONS, t->tid, 0, (void *)options) == 0)
		t->exit_traced = target->trace_exit;
}

static void request(struct thread *t, int signal)
{
	static const int requests[] = {
		[RESUME_CONT] = PTRACE_CONT,
		[RESUME_SYSCALL] = PTRACE_SYSCALL,
		[RESUME_STEP] = PTRACE_SINGLESTEP,
		[RESUME_BLOCK] = SINGLEBLOCK,
		[RESUME_SYSEMU] = PTRACE_SYSEMU,
	};
	bool near = near_before(t);

	served_goes_on(t);
	thread_set_state(t, THREAD_RUNNING);
	near_goes(t);
	/* ESRCH: it was killed.  Its death will be told by a wait. */
	if (ptrace((enum __ptrace_request)requests[t->last_mode], t->tid, 0,
	           (void *)(uintptr_t)signal) != 0)
		LOG(LOG_TARGET, "resume of %d: errno %d", (int)t->tid, errno);
	if (near)
		near_after(t);
}

/*
 * The call that it goes on with, which a filter will tell of again; and whether
 * it may make a filter unseen.
 */
static void note_entry(struct thread *t, enum resume_mode mode)
{
	t->last_mode = mode;
	if (mode != RESUME_SYSCALL && mode != RESUME_SYSEMU &&
	    !t->process->filter.count)
		t->process->unwatched++;
	if (t->entry_told && mode != RESUME_SYSCALL && t->process->filter.count)
		error_destroy(target_word(t, arch_abi(t->stop.abi)->nr_offset,
		                          &t->entry_nr));
}

void target_go_on(struct thread *t)
{
	regs_flush(t);
	t->regs_valid = false;
	request(t, 0);
	/* The stop has used an interrupt up. */
	if (t->interrupted)
		t->interrupted = ptrace(PTRACE_INTERRUPT, t->tid, 0, 0) == 0;
}

void target_resume(struct thread *t, enum resume_mode mode, int signal)
{
	assert(t->state == THREAD_STOPPED);
	assert(!t->queued && !t->process->core);
	if (t->stop.reasons & STOP_SIGNAL)
		mend_at_signal(t, signal);
	if (signal && !(t->stop.reasons & (STOP_SIGNAL | STOP_TRAP))) {
		/* Passed on at any other stop it would be dropped. */
		error_destroy(target_send(t, signal));
		signal = 0;
	}
	settle(t);
	note_entry(t, mode);
	regs_flush(t);
	t->regs_valid = false;
	target_xstate_forget(t);
	t->runs++;
	t->target->changes++;
	t->stepped = mode == RESUME_STEP || mode == RESUME_BLOCK;
	request(t, signal);
}

void target_resume_alone(struct thread *t, enum resume_mode mode, int limit_ms)
{
	target_unqueue(t);
	target_resume(t, mode, 0);
	if (wait_for(t, limit_ms) || t->state == THREAD_GONE)
		thread_queue(t);
}

void target_listen(struct thread *t)
{
	assert(t->state == THREAD_STOPPED && !t->queued);
	settle(t);
	regs_flush(t);
	t->regs_valid = false;
	target_xstate_forget(t);
	t->runs++;
	t->target->changes++;
	if (ptrace(PTRACE_LISTEN, t->tid, 0, 0) == 0) {
		thread_set_state(t, THREAD_LISTENING);
		t->was_listening = true;
	} else {
		/* SIGCONT came in between: the group stop is over. */
		target_resume(t, RESUME_SYSCALL, 0);
	}
}

void target_interrupt(struct thread *t)
{
	if (t->state != THREAD_RUNNING && t->state != THREAD_LISTENING)
		return;
	if (ptrace(PTRACE_INTERRUPT, t->tid, 0, 0) == 0)
		t->interrupted = true;
}

/* Whether a thread that was asked to stop can't: it need not be waited for. */
static bool cant_answer(const struct thread *t)
{
	return t->lost || (t->in_vfork && t->state == THREAD_RUNNING);
}

/* Whether nobody will ever tell of T's end: it is no tracee any more. */
static void find_out_if_lost(struct thread *t)
{
	siginfo_t info;

	if (waitid(P_PID, (id_t)t->tid, &info, WEXITED | WSTOPPED | WNOHANG |
	           WNOWAIT | __WALL) != 0 && errno == ECHILD)
		t->lost = true;
}

/*
 * Whether T waits in the kernel in vfork, and nobody has told so: attached
 * while it did, or children are not followed.  The numbers are those of vfork,
 * clone and clone3.
 */
static bool waits_in_vfork(const struct thread *t)
{
	static const long numbers[] = { 58, 56, 435, 190, 120 };
	AUTO_FREE char *path = xasprintf("/proc/%d/syscall", (int)t->tid);
	FILE *f = fopen(path, "re");
	long nr = -1;
	bool told = f && fscanf(f, "%ld", &nr) == 1;

	if (f)
		fclose(f);
	for (size_t i = 0; told && i < ARRAY_LEN(numbers); i++)
		if (nr == numbers[i])
			return true;
	return false;
}

static void find_vfork_parents(struct target *target)
{
	for (size_t i = 0; i < target->processes.len; i++) {
		struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			struct thread *t = p->threads.items[k];

			if (t->state == THREAD_RUNNING && t->interrupted &&
			    proc_state(p->pid, t->tid) == 'D')
				t->in_vfork = waits_in_vfork(t);
		}
	}
}

/* A leader that exited before its threads never answers: fs/proc state Z. */
static void find_zombies(struct target *target)
{
	for (size_t i = 0; i < target->processes.len; i++) {
		struct thread *leader =
			process_leader(target->processes.items[i]);

		if (leader && leader->state == THREAD_RUNNING &&
		    proc_state(leader->process->pid, leader->tid) == 'Z')
			thread_set_state(leader, THREAD_ZOMBIE);
	}
}

/* Those who have not answered and can. */
static void list_unanswered(const struct target *target, pid_vec *tids)
{
	tids->len = 0;
	for (size_t i = 0; i < target->processes.len; i++) {
		const struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			const struct thread *t = p->threads.items[k];

			if ((t->state == THREAD_RUNNING ||
			     t->state == THREAD_LISTENING ||
			     t->state == THREAD_STARTING) && !cant_answer(t))
				vec_push(tids, t->tid);
		}
	}
}

/*
 * Takes what these have to say.  A wait for anybody looks at every tracee until
 * it finds one with news: with thousands, that all answer, asking each is much
 * cheaper.  (Stops may change the lists of threads: hence a list of ids.)
 */
static void collect_from(struct target *target, const pid_vec *tids)
{
	for (size_t i = 0; i < tids->len; i++) {
		int status;
		pid_t tid = wait4(tids->items[i], &status, __WALL | WNOHANG,
		                  NULL);
		struct thread *t = tid > 0 ? wait_take(target, tid, status)
		                           : NULL;

		if (t)
			thread_queue(t);
	}
}

static void interrupt_all(struct target *target)
{
	for (size_t i = 0; i < target->processes.len; i++) {
		struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			struct thread *t = p->threads.items[k];

			if (t->interrupted || t->lost)
				continue;
			target_interrupt(t);
			if (!t->interrupted && t->state == THREAD_RUNNING)
				find_out_if_lost(t);
		}
	}
}

/* As many, at least, are asked one by one whether they have stopped. */
enum { FEW = 16 };

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void target_stop_all(struct target *target, int limit_ms)
{
	int64_t start = now_ms(), looked = start;
	pid_vec tids = { 0 };

	target_stop_ticking(target);
	target->streaming = false;
	find_zombies(target);
	for (;;) {
		int64_t spent;

		interrupt_all(target);
		list_unanswered(target, &tids);
		if (tids.len > FEW)
			collect_from(target, &tids);
		target_collect(target);
		list_unanswered(target, &tids);
		spent = now_ms() - start;
		if (!tids.len || spent > limit_ms)
			break;
		if (start + spent - looked >= 20) {
			looked = start + spent;
			find_zombies(target);
			find_vfork_parents(target);
		}
		target_sleep(target, NULL, 0, spent > 20 ? 10 : 2);
	}
	vec_deinit(&tids);
}
