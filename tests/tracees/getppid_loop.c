/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * getppid_loop [--time] [--ready] N
 *
 * N calls of getppid and nothing else: what one stop costs (make bench), and
 * a loop to attach to. Prints the number of calls made; --time adds the
 * nanoseconds that one took; --ready says "ready" first and begins only when
 * a line (or the end) of stdin has been read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void wait_for_line(void)
{
	char c;

	printf("ready\n");
	fflush(stdout);
	while (read(0, &c, 1) == 1 && c != '\n')
		;
}

int main(int argc, char **argv)
{
	int i, show_time = 0, ready = 0;
	unsigned long n, k, same = 0;
	long parent;
	double start, ns;

	for (i = 1; i < argc - 1; i++) {
		if (strcmp(argv[i], "--time") == 0)
			show_time = 1;
		else if (strcmp(argv[i], "--ready") == 0)
			ready = 1;
	}
	if (argc < 2) {
		fprintf(stderr, "usage: getppid_loop [--time] [--ready] N\n");
		return 2;
	}
	n = strtoul(argv[argc - 1], NULL, 0);
	if (ready)
		wait_for_line();
	parent = syscall(SYS_getppid);
	start = seconds_now();
	for (k = 0; k < n; k++)
		same += syscall(SYS_getppid) == parent;
	ns = (seconds_now() - start) * 1e9;
	printf("calls %lu\n", same);
	if (show_time)
		printf("ns %.0f\n", n ? ns / (double)n : 0.0);
	return same == n ? 0 : 1;
}
