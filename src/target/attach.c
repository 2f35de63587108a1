/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attaching to all threads of a process that runs. */
#include "target/internal.h"

#include "base/log.h"
#include "target/diagnose.h"
#include "target/procfs.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

/*
 * PTRACE_SEIZE takes the lock that an execve of the process holds
 * (cred_guard_mutex), and that exec may wait for one of our own tracees to be
 * reaped.  A handler that returns does not end the wait (the call restarts), so
 * it leaves by a jump.  One timer ticks for all seizes of a pass: what was under
 * way at one tick and still is, LIMIT ticks later, is blocked.
 */
static struct {
	sigjmp_buf blocked;               /* valid while NOW is set */
	volatile sig_atomic_t now;        /* the seize under way; 0: none */
	volatile sig_atomic_t seen, ticks, limit;
	sig_atomic_t count;
} watch;

enum { TICK_US = 5000 };

static void on_tick(int signal)
{
	(void)signal;
	if (!watch.now)
		return;
	if (watch.now != watch.seen) {
		watch.seen = watch.now;
		watch.ticks = 0;
	} else if (++watch.ticks >= watch.limit) {
		watch.now = 0;
		siglongjmp(watch.blocked, 1);
	}
}

static void watch_begin(struct sigaction *before)
{
	/* Left by a jump that puts no mask back: it changes none. */
	struct sigaction action = { .sa_handler = on_tick,
	                            .sa_flags = SA_NODEFER | SA_RESTART };
	struct itimerval timer = { .it_value.tv_usec = TICK_US,
	                           .it_interval.tv_usec = TICK_US };

	sigaction(SIGALRM, &action, before);
	setitimer(ITIMER_REAL, &timer, NULL);
}

static void watch_end(const struct sigaction *before)
{
	struct itimerval none = { 0 };

	setitimer(ITIMER_REAL, &none, NULL);
	sigaction(SIGALRM, before, NULL);
}

/* Returns 0 or an errno; EDEADLK where it blocked for so many ticks. */
static int seize(pid_t tid, unsigned long options, int ticks)
{
	int errnum;

	if (sigsetjmp(watch.blocked, 0))
		return EDEADLK;
	watch.limit = ticks;
	watch.now = ++watch.count;
	errnum = ptrace(PTRACE_SEIZE, tid, 0, (void *)options) == 0 ? 0
	                                                            : errno;
	watch.now = 0;
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

enum { ATTEMPTS = 20 };

/*
 * The alarm may go off behind a seize that went well, and the first stop be
 * collected before anybody knows the thread: it is no newborn for that.
 */
static bool is_collected(struct target *target, pid_t tid)
{
	struct thread *t = target_thread(target, tid);

	if (!t)
		return false;
	if (t->stop.reasons & STOP_NEW)
		t->stop.reasons ^= STOP_NEW;
	if (t->state == THREAD_STOPPED && !t->stop.reasons)
		t->stop.reasons = STOP_INTERRUPT;
	return true;
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
	for (attempt = 0; attempt < ATTEMPTS && errnum == EDEADLK; attempt++) {
		errnum = seize(tid, target_options(false), attempt + 1);
		if (errnum != EDEADLK)
			break;
		target_collect(p->target); /* reap what it waits for */
		if (is_collected(p->target, tid)) {
			*made = true;
			return 0;
		}
	}
	if (errnum == EPERM && is_ours(tid)) {
		if (attempt == 0)
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

/*
 * Dying threads refuse a seize with EPERM, dead ones with ESRCH.  The id that a
 * thread had before its exec keeps an entry in /proc that tells of it.
 */
static bool is_dead(pid_t pid, pid_t tid)
{
	char state;

	if (syscall(SYS_tgkill, pid, tid, 0) != 0 && errno == ESRCH)
		return true;
	state = proc_state(pid, tid);
	return !state || state == 'Z' || state == 'X';
}

/*
 * A leader that another thread's exec has just ended refuses too, or is nowhere,
 * and a moment later its id is that thread's: only a refusal that lasts is one.
 * Until then the leader is dead.  And an exec that waits for a thread of another
 * tracer's would block the seize for as long.
 */
static int seize_patiently(struct process *p, pid_t tid, bool *made)
{
	enum { EXEC_MS = 500, BLOCKED_MS = 3000 };
	int64_t begin = now_ms();
	int errnum = 0;

	for (int attempt = 0; attempt < ATTEMPTS ||
	     (proc_state(p->pid, p->pid) == 'Z' &&
	      now_ms() < begin + EXEC_MS); attempt++) {
		errnum = seize_thread(p, tid, made);
		/* A thread that is gone is none. */
		if (errnum && (is_dead(p->pid, tid) ||
		               proc_is_kernel_worker(p->pid, tid)))
			return 0;
		if (errnum != EPERM && errnum != EDEADLK && errnum != ESRCH)
			break;
		if (errnum == EDEADLK && now_ms() > begin + BLOCKED_MS)
			break;
		usleep(250);
	}
	return errnum;
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

/* Dead, and nobody has asked for its status yet: no thread but the leader, and
 * that one is a zombie.  In the middle of an exec there is another one. */
static bool seems_over(pid_t pid)
{
	pid_vec tids = { 0 };
	struct error *err;
	bool alone;

	if (kill(pid, 0) != 0 && errno == ESRCH)
		return true;
	if (!is_dead(pid, pid))
		return false;
	err = proc_tasks(pid, &tids);
	alone = !err && tids.len <= 1;
	error_destroy(err);
	vec_deinit(&tids);
	return alone;
}

/* Whether the kernel counts as many threads as are known. */
static bool all_known(const struct process *p)
{
	struct proc_status status;
	struct error *err = proc_status(p->pid, &status);

	error_destroy(err);
	return !err && status.threads == p->alive;
}

/* For as long as it takes to give the leader's id to the thread that execs, it
 * may look like that, too. */
static bool is_over(pid_t pid)
{
	for (int i = 0; i < 5; i++) {
		if (!seems_over(pid))
			return false;
		usleep(500);
	}
	return true;
}

/*
 * Until nothing new is there: a thread that is not yet traced may make more
 * while the directory is read.
 */
static int seize_listed(struct process *p, int64_t deadline)
{
	bool made = true;

	while (made) {
		pid_vec tids = { 0 };
		struct error *err = proc_tasks(p->pid, &tids);
		int errnum = 0;

		if (err) {
			/* In the middle of an exec by another thread, too. */
			error_destroy(err);
			if (is_over(p->pid) || now_ms() > deadline)
				return ESRCH;
			usleep(250);
			continue;
		}
		made = false;
		leader_first(p->pid, &tids);
		for (size_t i = 0; i < tids.len && !errnum; i++)
			errnum = seize_patiently(p, tids.items[i], &made);
		vec_deinit(&tids);
		if (errnum)
			return errnum;
		if (made && all_known(p))
			return 0;
	}
	return 0;
}

static int seize_all(struct process *p, int64_t deadline)
{
	struct sigaction before;
	int errnum;

	watch_begin(&before);
	errnum = seize_listed(p, deadline);
	watch_end(&before);
	return errnum;
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

/* True: some were lost, and the process goes on without us. */
static bool drop_lost(struct process *p)
{
	bool any = false;

	for (size_t i = p->threads.len; i-- > 0;) {
		struct thread *t = p->threads.items[i];

		if (!t->lost)
			continue;
		thread_destroy(t);
		any = true;
	}
	return any;
}

/*
 * All threads, stopped.  Where one that is not seized yet execs, those that are
 * end without a notice: then it starts anew.
 */
static int seize_and_stop(struct process *p)
{
	/* On a busy machine a stop takes its time to come. */
	enum { PATIENCE_MS = 3000 };
	int64_t deadline = now_ms() + PATIENCE_MS;

	while (now_ms() < deadline) {
		int errnum = seize_all(p, deadline);

		if (errnum)
			return errnum;
		if (!p->threads.len) {
			/* Dead, or its first stop is still on its way. */
			if (is_over(p->pid))
				return ESRCH;
			usleep(250);
			target_collect(p->target);
			continue;
		}
		add_dead_leader(p);
		target_stop_all(p->target, 2000);
		if (!drop_lost(p))
			return 0;
	}
	return ESRCH;
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
	if (!is_process(pid) || proc_is_kernel_worker(pid, pid))
		return target_diagnose(pid, EPERM);
	target_stop_ticking(target);
	target->attached_any = true;
	p = process_create(target, pid, false);
	errnum = seize_and_stop(p);
	if (errnum) {
		target_stop_all(target, 1000);
		if (p->threads.len)
			target_detach(p);
		else
			process_destroy(p);
		return target_diagnose(pid, errnum);
	}
	*process = p;
	return NULL;
}
