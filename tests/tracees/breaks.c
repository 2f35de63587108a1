/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * breaks MODE: a function that is called, in a loop or wherever a process can
 * be.
 *
 *   loop N      N times
 *   forks       10 times in each of three children, one after the other
 *   threads N   N times in each of four threads
 *   execs       5 times, then the same after a vfork and exec, and an exec
 */
#include "tracee.h"

#include <sys/wait.h>

static volatile int sink;

__attribute__((noinline, noclone)) int work(int n, long m)
{
	int r = n + (int)m;

	sink = r;
	return r;
}

static int repeat(int count)
{
	int sum = 0;

	for (int i = 0; i < count; i++)
		sum += work(i, 1);
	return sum;
}

static void forks(void)
{
	for (int i = 0; i < 3; i++) {
		pid_t pid = fork();

		if (!pid)
			_exit(repeat(10));
		waitpid(pid, NULL, 0);
	}
}

static void *thread(void *count)
{
	repeat(*(int *)count);
	return NULL;
}

static void threads(int count)
{
	pthread_t t[4];

	for (int i = 0; i < 4; i++)
		pthread_create(&t[i], NULL, thread, &count);
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
}

static void execs(char *self)
{
	pid_t pid;

	repeat(5);
	pid = vfork();
	if (!pid) {
		execl("/proc/self/exe", self, "loop", "5", NULL);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	execl("/proc/self/exe", self, "loop", "5", NULL);
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "loop";
	int count = argc > 2 ? atoi(argv[2]) : 10;

	if (strcmp(mode, "forks") == 0)
		forks();
	else if (strcmp(mode, "threads") == 0)
		threads(count);
	else if (strcmp(mode, "execs") == 0)
		execs(argv[0]);
	else
		repeat(count);
	printf("done\n");
	return 0;
}
