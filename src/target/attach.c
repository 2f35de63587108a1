/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attaching to all threads of a process that runs. */
#include "target/internal.h"

#include "base/log.h"
#include "target/diagnose.h"
#include "target/procfs.h"

#include <errno.h>
#include <setjmp.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <unistd.h>

/*
 * PTRACE_SEIZE takes the lock that an execve of the process holds
 * (cred_guard_mutex), and that exec may wait for one of our own tracees to be
 * reaped.  A handler that returns does not end the wait (the call restarts), so
 * it leaves by a jump.  Valid only between sigsetjmp and the end of seize().
 */
static sigjmp_buf seize_blocked;

static void on_alarm(int signal)
{
	(void)signal;
	siglongjmp(seize_blocked, 1);
}

/* Returns 0 or an errno; EDEADLK where it blocked too long. */
static int seize(pid_t tid, unsigned long options)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct sigaction before;
	struct itimerval timer = { .it_value.tv_usec = 200000 };
	struct itimerval none = { 0 };
	int errnum;

	sigaction(SIGALRM, &action, &before);
	if (sigsetjmp(seize_blocked, 1)) {
		errnum = EDEADLK;
	} else {
		setitimer(ITIMER_REAL, &timer, NULL);
		errnum = ptrace(PTRACE_SEIZE, tid, 0, (void *)options) == 0
		         ? 0 : errno;
	}
	setitimer(ITIMER_REAL, &none, NULL);
	sigaction(SIGALRM, &before, NULL);
	return errnum;
}

/*
 * Whether scdb traces TID already, though no stop has told of it yet: since its
 * birth, by a thread that was seized, or since a seize that an alarm cut short.
 */
static bool is_ours(pid_t tid)
{
	struct proc_status status;
	struct error *err = proc_status(tid, &status);

	error_destroy(err);
	return !err && status.tracer == getpid();
}

/* One thread; *MADE is set where it is a new one. */
static int seize_thread(struct process *p, pid_t tid, bool *made)
{
	struct thread *t = target_thread(p->target, tid);
	int errnum = EDEADLK;
	int attempt;

	if (t)
		return 0;
	/* Let go while it waited in vfork, and attached to again. */
	if (map_get(&p->target->leaving, (uint64_t)tid)) {
		map_remove(&p->target->leaving, (uint64_t)tid);
		if (!is_ours(tid))
			return seize_thread(p, tid, made);
		t = thread_create(p, tid);
		thread_set_state(t, THREAD_RUNNING);
		t->in_vfork = true;
		*made = true;
		return 0;
	}
	for (attempt = 0; attempt < 5 && errnum == EDEADLK; attempt++) {
		errnum = seize(tid, target_options(false));
		if (errnum == EDEADLK)
			target_collect(p->target); /* reap what it waits for */
	}
	if (errnum == EPERM && is_ours(tid)) {
		if (attempt == 1)
			return 0; /* its first stop is on its way */
		errnum = 0;
	}
	if (errnum == 0) {
		t = thread_create(p, tid);
		thread_set_state(t, THREAD_RUNNING);
		*made = true;
	}
	return errnum;
}

/* Dying threads refuse a seize with EPERM, dead ones with ESRCH. */
static bool is_dead(pid_t pid, pid_t tid)
{
	char state = proc_state(pid, tid);

	return !state || state == 'Z' || state == 'X';
}

/* It is thread 1, also where its threads' ids have wrapped around. */
static void leader_first(pid_t pid, pid_vec *tids)
{
	for (size_t i = 1; i < tids->len; i++) {
		if (tids->items[i] == pid) {
			tids->items[i] = tids->items[0];
			tids->items[0] = pid;
		}
	}
}

/*
 * Until the directory shows nothing new: a thread that is not yet traced may
 * make more while it is read.  A thread that is gone is none.
 */
static int seize_all(struct process *p)
{
	bool made = true;

	while (made) {
		pid_vec tids = { 0 };
		struct error *err = proc_tasks(p->pid, &tids);
		int errnum = 0;

		made = false;
		if (err) {
			error_destroy(err);
			return ESRCH;
		}
		leader_first(p->pid, &tids);
		for (size_t i = 0; i < tids.len && !errnum; i++) {
			pid_t tid = tids.items[i];

			errnum = seize_thread(p, tid, &made);
			if (errnum && (is_dead(p->pid, tid) ||
			               proc_is_kernel_worker(p->pid, tid)))
				errnum = 0;
		}
		vec_deinit(&tids);
		if (errnum)
			return errnum;
	}
	return 0;
}

/* A leader that has exited can't be seized; it is known all the same. */
static void add_dead_leader(struct process *p)
{
	if (!process_leader(p) && p->threads.len &&
	    proc_state(p->pid, p->pid) == 'Z') {
		struct thread *t = thread_create(p, p->pid);

		thread_set_state(t, THREAD_ZOMBIE);
		t->untraced = true;
	}
}

/* Not a thread's id, nor nobody's; what can't be read is left to the seize. */
static bool is_process(pid_t pid)
{
	struct proc_status status;
	struct error *err = proc_status(pid, &status);

	error_destroy(err);
	return err || status.tgid == pid;
}

struct error *target_attach(struct target *target, pid_t pid,
                            struct process **process)
{
	const struct diagnose_env env = diagnose_env();
	struct process *p;
	int errnum;

	if (target_process(target, pid))
		return error_new(ERROR_USAGE,
		                 "process %d is already being debugged",
		                 (int)pid);
	TRY(diagnose_before(&env, pid));
	if (!is_process(pid))
		return target_diagnose(pid, EPERM);
	tick_stop(target);
	target->attached_any = true;
	p = process_create(target, pid, false);
	errnum = seize_all(p);
	if (!errnum && !p->threads.len)
		errnum = ESRCH;
	if (errnum) {
		target_stop_all(target, 1000);
		if (p->threads.len)
			target_detach(p);
		else
			process_destroy(p);
		return target_diagnose(pid, errnum);
	}
	add_dead_leader(p);
	target_stop_all(target, 2000);
	*process = p;
	return NULL;
}
