/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: seize PID | --threads N | --deep N
 *
 * The least that an attach costs: each thread of PID is seized and stopped, all
 * stops are waited for, and all are let go. Or what is attached to: N threads
 * that sleep; or a program that calls getppid at N frames' depth, for ever.
 */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 1 << 16 };

static void *sleeps(void *arg)
{
	for (;;)
		pause();
	return arg;
}

static int threads(long count)
{
	pthread_attr_t attr;
	pthread_t thread;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 1 << 16);
	while (--count > 0)
		if (pthread_create(&thread, &attr, sleeps, NULL))
			return 1;
	puts("ready");
	fflush(stdout);
	sleeps(NULL);
	return 0;
}

__attribute__((noinline)) static long deep(long left, long sum)
{
	static volatile int go_on = 1;

	if (left > 1)
		return deep(left - 1, sum * left) ^ left;
	while (go_on)
		sum += getppid();
	return sum;
}

static int seize(const char *pid)
{
	static pid_t tids[MOST];
	char path[64];
	struct dirent *entry;
	int count = 0, status;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%s/task", pid);
	dir = opendir(path);
	while (dir && count < MOST && (entry = readdir(dir))) {
		pid_t tid = (pid_t)atoi(entry->d_name);

		if (tid > 0 && ptrace(PTRACE_SEIZE, tid, 0, 0) == 0 &&
		    ptrace(PTRACE_INTERRUPT, tid, 0, 0) == 0)
			tids[count++] = tid;
	}
	for (int i = 0; i < count; i++)
		waitpid(tids[i], &status, __WALL);
	for (int i = 0; i < count; i++)
		ptrace(PTRACE_DETACH, tids[i], 0, 0);
	printf("threads %d\n", count);
	return count == 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--threads") == 0)
		return threads(atol(argv[2]));
	if (argc == 3 && strcmp(argv[1], "--deep") == 0)
		return (int)deep(atol(argv[2]), 1);
	return argc == 2 ? seize(argv[1]) : 2;
}
