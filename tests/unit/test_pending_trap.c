/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A breakpoint's SIGTRAP that is pending when an interrupt is told: the trap is
 * what the stop becomes, and a process that is let go does not die of it.  With
 * a true breakpoint that takes the right microsecond; here the child queues such
 * a signal to itself, blocked, and lets it come when a call was broken off.
 */
#include "target/procfs.h"
#include "target/target.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { STATUS = 7 };

/* Until it is interrupted (see epoll_wait(2), EINTR). */
static void child_main(int ready, bool queues)
{
	siginfo_t info = { .si_signo = SIGTRAP, .si_code = SI_KERNEL };
	struct epoll_event event;
	sigset_t set;
	int fd = epoll_create1(0), got;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGTRAP, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGTRAP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (queues && syscall(SYS_rt_tgsigqueueinfo, getpid(), getpid(),
	                      SIGTRAP, &info) != 0)
		_exit(1);
	if (write(ready, "r", 1) != 1)
		_exit(1);
	got = epoll_wait(fd, &event, 1, 20000);
	if (got == 0)
		_exit(2);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	_exit(STATUS);
}

static pid_t start(bool queues)
{
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0)
		child_main(ready[1], queues);
	assert_true(pid > 0);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void hide(void *ctx, taddr addr, uint8_t *data, size_t len)
{
	(void)ctx;
	(void)addr;
	(void)data;
	(void)len;
}

static uint8_t *cover(void *ctx, taddr addr, const uint8_t *data, size_t len)
{
	(void)ctx;
	(void)addr;
	(void)data;
	(void)len;
	return NULL;
}

/* Seized without any interrupt, then asked to stop. */
static struct thread *interrupted(struct target *target, pid_t pid,
                                  bool breakpoints)
{
	struct process *p;
	struct thread *t;
	struct error *err = target_attach(target, pid, &p);

	if (err)
		fail_msg("%s", err->message);
	while (target_next(target))
		;
	t = p->threads.items[0];
	if (breakpoints)
		p->mask = (struct memory_mask){ .hide = hide, .cover = cover };
	target_resume(t, RESUME_CONT, 0);
	/* So that it is in its call again. */
	for (int i = 0; i < 1000 && proc_state(pid, pid) != 'S'; i++)
		usleep(10000);
	target_interrupt(t);
	target_stop_all(target, 10000);
	return t;
}

static void finish(struct target *target, struct thread *t, int status)
{
	struct process *p = t->process;
	pid_t pid = p->pid;
	int got;

	while (target_next(target))
		;
	p->mask = (struct memory_mask){ 0 };
	t->stop.signal = 0;
	target_detach(p);
	assert_int_equal(waitpid(pid, &got, 0), pid);
	assert_int_equal(got, status);
	target_destroy(target);
}

static void the_trap_is_told(void **state)
{
	struct target *target;
	struct thread *t;
	pid_t pid = start(true);

	(void)state;
	assert_null(target_create(&target));
	t = interrupted(target, pid, true);
	assert_int_equal(t->state, THREAD_STOPPED);
	assert_true(t->stop.reasons & STOP_TRAP);
	assert_false(t->stop.reasons & STOP_INTERRUPT);
	assert_int_equal(t->stop.siginfo.si_code, SI_KERNEL);
	finish(target, t, STATUS << 8);
}

static void kill_it(struct target *target, pid_t pid)
{
	assert_int_equal(kill(pid, SIGKILL), 0);
	while (target_next(target))
		;
	target_destroy(target);
	waitpid(pid, NULL, 0);
}

/* It can only be the program's own, which has its time. */
static void not_where_no_breakpoint_is(void **state)
{
	struct target *target;
	struct thread *t;
	pid_t pid = start(true);

	(void)state;
	assert_null(target_create(&target));
	t = interrupted(target, pid, false);
	assert_int_equal(t->state, THREAD_STOPPED);
	assert_true(t->stop.reasons & STOP_INTERRUPT);
	kill_it(target, pid);
}

static void an_interrupt_alone(void **state)
{
	struct target *target;
	struct thread *t;
	pid_t pid = start(false);

	(void)state;
	assert_null(target_create(&target));
	t = interrupted(target, pid, true);
	assert_int_equal(t->state, THREAD_STOPPED);
	assert_true(t->stop.reasons & STOP_INTERRUPT);
	kill_it(target, pid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_trap_is_told),
		cmocka_unit_test(not_where_no_breakpoint_is),
		cmocka_unit_test(an_interrupt_alone),
	};
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
