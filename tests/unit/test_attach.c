/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attaching where PTRACE_SEIZE is overtaken by its own alarm.  That takes a
 * thread in the middle of an exec and the right microsecond; here ptrace is
 * this file's, and the alarm comes when a test says so.
 */
#include "target/target.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { THREADS = 5 };

/* When the alarm of a seize comes. */
enum overtakes {
	NEVER,
	ONE_TICK,      /* which is too soon to call it blocked */
	BLOCKED,       /* before it has done anything */
	JUST_AFTER,    /* when the thread is a tracee */
	STOPPED_AFTER, /* ... and has told of its first stop */
};

static struct {
	enum overtakes when;
	unsigned seizes;          /* all of them */
	unsigned overtaken;       /* those that did not return */
	pid_t last;               /* the thread that it was for */
} fake;

static void alarms(int count)
{
	/* The handler does not come back where it takes the seize for blocked:
	 * what is behind the loop counts those. */
	fake.overtaken++;
	for (int i = 0; i < count; i++)
		raise(SIGALRM);
	fake.overtaken--;
}

static long seize(pid_t tid, void *data,
                  long (*real)(enum __ptrace_request, ...))
{
	struct itimerval none = { 0 };
	bool again = tid == fake.last;
	siginfo_t info;
	long result;

	if (fake.when != NEVER)
		setitimer(ITIMER_REAL, &none, NULL);
	fake.seizes++;
	fake.last = tid;
	if (again)
		return real(PTRACE_SEIZE, tid, NULL, data);
	if (fake.when == ONE_TICK)
		alarms(1);
	if (fake.when == BLOCKED)
		alarms(100);
	result = real(PTRACE_SEIZE, tid, NULL, data);
	if (fake.when == STOPPED_AFTER) {
		real(PTRACE_INTERRUPT, tid, NULL, NULL);
		waitid(P_PID, (id_t)tid, &info, WSTOPPED | WNOWAIT | __WALL);
	}
	if (fake.when == JUST_AFTER || fake.when == STOPPED_AFTER)
		alarms(100);
	return result;
}

long ptrace(enum __ptrace_request request, ...)
{
	long (*real)(enum __ptrace_request, ...);
	void *found = dlsym(RTLD_NEXT, "ptrace");
	void *addr, *data;
	va_list args;
	pid_t tid;

	memcpy(&real, &found, sizeof(real));
	va_start(args, request);
	tid = va_arg(args, pid_t);
	addr = va_arg(args, void *);
	data = va_arg(args, void *);
	va_end(args);
	if (request == PTRACE_SEIZE)
		return seize(tid, data, real);
	return real(request, tid, addr, data);
}

static void *sleeps(void *arg)
{
	for (;;)
		pause();
	return arg;
}

static pid_t start(void)
{
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		pthread_t thread;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (int i = 1; i < THREADS; i++)
			if (pthread_create(&thread, NULL, sleeps, NULL))
				_exit(1);
		if (write(ready[1], "r", 1) == 1)
			sleeps(NULL);
		_exit(1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return pid;
}

/* All threads, each once, all stopped, none of them a newborn. */
static void check_threads(const struct process *p)
{
	assert_int_equal(p->threads.len, THREADS);
	assert_int_equal(p->alive, THREADS);
	assert_int_equal(target_thread_count(p->target), THREADS);
	for (size_t i = 0; i < p->threads.len; i++) {
		struct thread *t = p->threads.items[i];

		assert_ptr_equal(target_thread(p->target, t->tid), t);
		assert_int_equal(t->state, THREAD_STOPPED);
		assert_false(t->stop.reasons & STOP_NEW);
		assert_true(t->stop.reasons & STOP_INTERRUPT);
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(p->threads.items[k]->tid, t->tid);
	}
}

static void attach(enum overtakes when, unsigned seizes, unsigned overtaken)
{
	struct target *target;
	struct process *p;
	pid_t pid = start();
	struct error *err;

	memset(&fake, 0, sizeof(fake));
	fake.when = when;
	err = target_create(&target);
	assert_null(err);
	err = target_attach(target, pid, &p);
	assert_null(err);
	assert_int_equal(fake.seizes, seizes);
	assert_int_equal(fake.overtaken, overtaken);
	check_threads(p);
	target_detach(p);
	/* Let go: it can be attached to once more. */
	fake.when = NEVER;
	err = target_attach(target, pid, &p);
	assert_null(err);
	check_threads(p);
	target_destroy(target);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void test_never(void **state)
{
	(void)state;
	attach(NEVER, THREADS, 0);
}

static void test_one_tick(void **state)
{
	(void)state;
	attach(ONE_TICK, THREADS, 0);
}

static void test_blocked(void **state)
{
	(void)state;
	attach(BLOCKED, 2 * THREADS, THREADS);
}

static void test_just_after(void **state)
{
	(void)state;
	attach(JUST_AFTER, 2 * THREADS, THREADS);
}

static void test_stopped_after(void **state)
{
	(void)state;
	attach(STOPPED_AFTER, THREADS, THREADS);
}

/* What was SIGALRM's and the timer's is that again. */
static void test_alarm_put_back(void **state)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, now;
	struct itimerval timer;

	(void)state;
	sigaction(SIGALRM, &ignore, NULL);
	attach(NEVER, THREADS, 0);
	sigaction(SIGALRM, NULL, &now);
	assert_ptr_equal(now.sa_handler, SIG_IGN);
	assert_int_equal(getitimer(ITIMER_REAL, &timer), 0);
	assert_int_equal(timer.it_value.tv_usec, 0);
	assert_int_equal(timer.it_interval.tv_usec, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_never),
		cmocka_unit_test(test_one_tick),
		cmocka_unit_test(test_blocked),
		cmocka_unit_test(test_just_after),
		cmocka_unit_test(test_stopped_after),
		cmocka_unit_test(test_alarm_put_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
