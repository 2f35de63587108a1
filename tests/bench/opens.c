/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opens N PATH: N times openat(PATH); says "NANOSECONDS REFUSED": of the clock
 * a call, and how many of them gave EACCES.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
	long count = argc == 3 ? strtol(argv[1], NULL, 0) : 0, refused = 0;
	double start = now();

	if (count < 1)
		return 2;
	for (long i = 0; i < count; i++) {
		int fd = open(argv[2], O_RDONLY | O_CLOEXEC);

		if (fd >= 0)
			close(fd);
		else
			refused += errno == EACCES;
	}
	printf("%.0f %ld\n", (now() - start) / (double)count, refused);
	return 0;
}
