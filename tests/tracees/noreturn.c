/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * noreturn MODE ...: ends, and calls that never come back to where they were.
 *
 *   status N   exit with N
 *   raw N      exit_group alone
 *   thread N   a thread calls exit_group while others wait
 *   last N     the leader has ended; the last thread's exit ends the process
 *              (with N or 1, by the kernel's version)
 *   die SIG    by a signal; no core
 *   segv       by a fault
 *   sigreturn  counts handlers: each ends by rt_sigreturn, which restores
 *              registers, and has no result of its own
 *   waves N    N threads that end at the same time
 */
#include "tracee.h"

#include <signal.h>
#include <sys/resource.h>

static long value;
static pthread_barrier_t together;
static volatile sig_atomic_t handled;

static void *sit(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return NULL;
}

static void *exit_all(void *arg)
{
	(void)arg;
	SAY("a thread ends all\n");
	syscall(SYS_exit_group, value);
	return NULL;
}

static void *end_late(void *arg)
{
	(void)arg;
	sleep_ms(30);
	SAY("the last thread ends\n");
	syscall(SYS_exit, 1L);
	return NULL;
}

static void *wave(void *arg)
{
	(void)arg;
	pthread_barrier_wait(&together);
	return NULL;
}

static void on_signal(int sig)
{
	(void)sig;
	handled++;
}

static int mode_thread(void)
{
	thread_start(sit, NULL);
	thread_start(sit, NULL);
	thread_start(exit_all, NULL);
	sit(NULL);
	return 1;
}

static int mode_last(void)
{
	thread_start(end_late, NULL);
	SAY("the leader ends\n");
	syscall(SYS_exit, value);
	return 1;
}

static int mode_die(int sig)
{
	struct rlimit none = { 0, 0 };
	sigset_t set;

	setrlimit(RLIMIT_CORE, &none);
	signal(sig, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	SAY("dying by %d\n", sig);
	if (value == -1)
		*(volatile char *)(uintptr_t)8 = 1;
	else
		kill(getpid(), sig);
	sleep_ms(100);
	SAY("not dead\n");
	return 1;
}

static int mode_sigreturn(void)
{
	int i;
	long bad = 0;

	signal(SIGUSR1, on_signal);
	for (i = 0; i < 100; i++)
		bad += syscall(SYS_tgkill, getpid(), syscall(SYS_gettid),
			       SIGUSR1) != 0;
	SAY("handled %d, wrong results %ld\n", (int)handled, bad);
	return 0;
}

static int mode_waves(long n)
{
	pthread_t *t = calloc((size_t)n, sizeof(*t));
	long i, k;

	MUST(t && n > 0);
	pthread_barrier_init(&together, NULL, (unsigned int)n);
	for (k = 0; k < 5; k++) {
		for (i = 0; i < n; i++)
			t[i] = thread_start(wave, NULL);
		for (i = 0; i < n; i++)
			pthread_join(t[i], NULL);
	}
	free(t);
	SAY("threads %ld\n", n * k);
	return 0;
}

int main(int argc, char **argv)
{
	const char *mode = arg_word(argc, argv, 1);

	value = arg_number(argc, argv, 2, 0);
	if (strcmp(mode, "status") == 0)
		return (int)value;
	if (strcmp(mode, "raw") == 0)
		return (int)syscall(SYS_exit_group, value);
	if (strcmp(mode, "thread") == 0)
		return mode_thread();
	if (strcmp(mode, "last") == 0)
		return mode_last();
	if (strcmp(mode, "die") == 0)
		return mode_die((int)value);
	if (strcmp(mode, "sigreturn") == 0)
		return mode_sigreturn();
	if (strcmp(mode, "waves") == 0)
		return mode_waves(arg_number(argc, argv, 2, 20));
	if (strcmp(mode, "segv") == 0) {
		value = -1;
		return mode_die(SIGSEGV);
	}
	fprintf(stderr, "usage: noreturn MODE ...\n");
	return 2;
}
