/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seek --remote PID START LENGTH TEXT
 * seek --here LENGTH TEXT
 *
 * Looks for TEXT, which is not there: in a process's memory (START and LENGTH
 * in hex), 1 MB at a time by process_vm_readv; in memory of its own, as much,
 * of the same kind.  --here prints the microseconds that memmem took, and that
 * memchr took for all bytes like TEXT's first.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <time.h>

enum { CHUNK = 1 << 20 };

static int remote(char **argv)
{
	static char buffer[CHUNK];
	pid_t pid = atoi(argv[0]);
	uintptr_t start = strtoul(argv[1], NULL, 16);
	size_t len = strtoul(argv[2], NULL, 16);

	for (size_t at = 0; at < len; at += CHUNK) {
		struct iovec here = { buffer, CHUNK };
		struct iovec there = { (void *)(start + at), CHUNK };

		if (process_vm_readv(pid, &here, 1, &there, 1, 0) != CHUNK) {
			perror("seek");
			return 1;
		}
		if (memmem(buffer, CHUNK, argv[3], strlen(argv[3])))
			return 1;
	}
	return 0;
}

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}

static int here(char **argv)
{
	size_t len = strtoul(argv[0], NULL, 16), count = 0;
	char *area = mmap(NULL, len, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t n = 88172645463325252ull;
	long start;
	int found;

	if (area == MAP_FAILED)
		return 1;
	for (size_t i = 0; i < len / 8; i++) {
		n ^= n << 13;
		n ^= n >> 7;
		n ^= n << 17;
		((uint64_t *)area)[i] = n;
	}
	start = now_us();
	found = memmem(area, len, argv[1], strlen(argv[1])) != NULL;
	printf("memmem %ld\n", now_us() - start);
	start = now_us();
	for (char *at = area; (at = memchr(at, argv[1][0],
					   (size_t)(area + len - at))) != NULL;
	     at++)
		count++;
	printf("memchr %ld\n", now_us() - start);
	return found || !count;
}

int main(int argc, char **argv)
{
	if (argc == 6 && strcmp(argv[1], "--remote") == 0)
		return remote(argv + 2);
	if (argc == 4 && strcmp(argv[1], "--here") == 0)
		return here(argv + 2);
	fprintf(stderr, "usage: seek --remote|--here ...\n");
	return 2;
}
