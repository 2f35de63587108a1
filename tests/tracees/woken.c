/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * woken TIMES: the first thread waits in one read, and is woken for signals that
 * the process gets and that its other thread takes.  The kernel makes the read
 * again then, and nobody hears of it.  Before that one such signal comes.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int ends[2], times;
static pthread_barrier_t start;

static void on_signal(int number)
{
	(void)number;
}

static void *takes(void *unused)
{
	pid_t pid = getpid();
	long tid = syscall(SYS_gettid);

	(void)unused;
	pthread_barrier_wait(&start);
	for (int i = 0; i < times; i++) {
		for (volatile int k = 0; k < 2000; k++)
			;
		/* The first wakes the reader; both are taken here, if it is
		 * not sooner. */
		kill(pid, SIGUSR1);
		syscall(SYS_tgkill, pid, tid, SIGUSR2);
	}
	if (write(ends[1], "x", 1) != 1)
		_exit(1);
	return NULL;
}

int main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_signal,
	                         .sa_flags = SA_RESTART };
	pthread_t other;
	char c;
	long got;

	times = argc > 1 ? atoi(argv[1]) : 1;
	sigaction(SIGUSR1, &act, NULL);
	sigaction(SIGUSR2, &act, NULL);
	pthread_barrier_init(&start, NULL, 2);
	if (pipe(ends) != 0 || pthread_create(&other, NULL, takes, NULL) != 0)
		return 1;
	kill(getpid(), SIGUSR1);
	pthread_barrier_wait(&start);
	got = syscall(SYS_read, ends[0], &c, 1);
	pthread_join(other, NULL);
	printf("read %ld\n", got);
	return 0;
}
