/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stopwatch mark [--wait] FIFO PROGRAM [ARG...]
 * stopwatch read FIFO
 *
 * How long a program took from its exec to its end, whatever traced it and
 * however long that took to start and to end. `mark` writes the time into
 * FIFO and becomes PROGRAM, which keeps the FIFO open, with its output to
 * /dev/null; `read` prints the nanoseconds from then until the FIFO closes.
 * With --wait, `mark` first says "ready" and reads a line from stdin: time to
 * attach to it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void wait_for_line(void)
{
	char c;

	printf("ready\n");
	fflush(stdout);
	while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n')
		;
}

static int mark(const char *fifo, char **argv)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int fd = open(fifo, O_WRONLY);
	long start;

	if (fd < 0 || null < 0) {
		perror(fifo);
		return 126;
	}
	dup2(null, STDOUT_FILENO);
	start = now_ns();
	if (write(fd, &start, sizeof(start)) != sizeof(start))
		return 126;
	execvp(argv[0], argv);
	perror(argv[0]);
	return 127;
}

static int read_span(const char *fifo)
{
	int fd = open(fifo, O_RDONLY);
	long start;
	char c;

	if (fd < 0 || read(fd, &start, sizeof(start)) != sizeof(start)) {
		fprintf(stderr, "stopwatch: nothing marked\n");
		return 1;
	}
	while (read(fd, &c, 1) > 0)
		;
	printf("%ld\n", now_ns() - start);
	return 0;
}

int main(int argc, char **argv)
{
	int wait = argc > 2 && strcmp(argv[2], "--wait") == 0;

	if (argc == 3 && strcmp(argv[1], "read") == 0)
		return read_span(argv[2]);
	if (argc >= 4 + wait && strcmp(argv[1], "mark") == 0) {
		if (wait)
			wait_for_line();
		return mark(argv[2 + wait], argv + 3 + wait);
	}
	fprintf(stderr, "usage: stopwatch mark [--wait] FIFO PROGRAM [ARG...]"
		" | read FIFO\n");
	return 2;
}
