/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * hits THREADS COUNT [SIGNALS]: each thread calls `busy` COUNT times, which
 * does some of everything that is stepped over; SIGNALS: a timer interrupts them
 * 1,000 times a second, and a child is forked now and then.  Says the sum, and ends with
 * its rest by 97.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static long count;
static volatile sig_atomic_t signals;
long table[16];

__attribute__((noinline, noclone)) long helper(long x)
{
	__asm__ volatile("" ::: "memory");
	return x * 3;
}

__attribute__((noinline, noclone)) long busy(long x)
{
	char from[64], to[64];

	memset(from, (int)x, sizeof(from));
	memcpy(to, from, sizeof(to));
	table[x & 15] += helper(x) + to[5];
	return x & 1 ? helper(x + 1) : to[3];
}

static void on_alarm(int signal)
{
	(void)signal;
	signals++;
}

static void *run(void *arg)
{
	long *sum = arg;

	for (long i = 0; i < count; i++)
		*sum += busy(i);
	return NULL;
}

int main(int argc, char **argv)
{
	int threads = argc > 1 ? atoi(argv[1]) : 1;
	pthread_t ids[64];
	long sums[64] = { 0 }, total = 0;

	count = argc > 2 ? atol(argv[2]) : 10;
	if (threads > 64)
		return 2;
	if (argc > 3) {
		struct itimerval timer = { { 0, 1000 }, { 0, 1000 } };

		signal(SIGALRM, on_alarm);
		setitimer(ITIMER_REAL, &timer, NULL);
	}
	for (int i = 0; i < threads; i++)
		pthread_create(&ids[i], NULL, run, &sums[i]);
	for (int i = 0; argc > 3 && i < 5; i++) {
		pid_t child = fork();
		int status = 0;

		if (!child) {
			long sum = 0;

			for (long k = 0; k < 10; k++)
				sum += busy(k);
			_exit((int)(sum & 63));
		}
		while (waitpid(child, &status, 0) < 0)
			;
		total += WEXITSTATUS(status);
	}
	for (int i = 0; i < threads; i++) {
		pthread_join(ids[i], NULL);
		total += sums[i];
	}
	printf("total %ld\n", total);
	return (int)(total % 97);
}
