/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: spend PROGRAM [ARG...]
 *
 * Runs PROGRAM and says on standard error how many microseconds it took from
 * fork to end, how many KB of memory it had at most, and how many microseconds
 * of processors it and what it waited for had.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}

static long us(struct timeval t)
{
	return t.tv_sec * 1000000L + t.tv_usec;
}

int main(int argc, char **argv)
{
	long start = now_us();
	struct rusage usage;
	int status;
	pid_t pid = argc > 1 ? vfork() : -1;

	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return 2;
	fprintf(stderr, "%ld %ld %ld\n", now_us() - start, usage.ru_maxrss,
	        us(usage.ru_utime) + us(usage.ru_stime));
	return status != 0;
}
