/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libcalls N [threads]: calls functions of libc that nobody else calls, numbers
 * of times that are known: getppid N + 100 times (with 4 threads 4 * N more),
 * umask twice that in children of every kind, getsid once for each of 25
 * signals, getpgid after each of 10 longjmps.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static long count;
static volatile int handled;
static jmp_buf back;

static void *parents(void *arg)
{
	long n = *(long *)arg;

	while (n-- > 0)
		getppid();
	return NULL;
}

static void on_signal(int signal)
{
	(void)signal;
	handled += getsid(0) > 0;
}

static int masks(long n)
{
	while (n-- > 0)
		umask(022);
	return 7;
}

static int end_of(pid_t child)
{
	int status = 0;

	return waitpid(child, &status, 0) == child && WIFEXITED(status)
	       ? WEXITSTATUS(status) : 90;
}

/* 2 * N + 200 masks. */
static int children(char **argv)
{
	char *again[] = { argv[0], (char *)"masks", NULL };
	pid_t child = fork();
	int sum;

	if (!child)
		_exit(masks(count));
	sum = end_of(child);
	child = vfork();
	if (!child)
		_exit(masks(count));
	sum += end_of(child);
	if (posix_spawn(&child, "/proc/self/exe", NULL, NULL, again, environ))
		return 91;
	sum += end_of(child);
	child = vfork();
	if (!child) {
		execv("/proc/self/exe", again);
		_exit(92);
	}
	return sum + end_of(child);
}

static int jumps(void)
{
	volatile int n = 0;

	if (setjmp(back))
		getpgid(0);
	if (n++ < 10)
		longjmp(back, 1);
	return n;
}

static int compare(const void *a, const void *b)
{
	return *(const char *)a - *(const char *)b;
}

int main(int argc, char **argv)
{
	char text[] = "libcalls";
	pthread_t ids[4];
	long hundred = 100;
	int sum;

	if (argc > 1 && strcmp(argv[1], "masks") == 0)
		return masks(100);
	count = argc > 1 ? atol(argv[1]) : 1;
	parents(&count);
	parents(&hundred);
	signal(SIGUSR1, on_signal);
	for (int i = 0; i < 25; i++)
		raise(SIGUSR1);
	sum = children(argv) + jumps() + handled;
	for (int i = 0; argc > 2 && i < 4; i++)
		pthread_create(&ids[i], NULL, parents, &count);
	for (int i = 0; argc > 2 && i < 4; i++)
		pthread_join(ids[i], NULL);
	qsort(text, sizeof(text) - 1, 1, compare);
	printf("sum %d %s\n", sum, text);
	return sum;
}
