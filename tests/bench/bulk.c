/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk --hold TOUCHED UNTOUCHED    (MB)
 * bulk --change TOUCHED UNTOUCHED
 * bulk --copy PID START LENGTH FILE
 * bulk --read PID START LENGTH
 * bulk --sum FILE
 *
 * Who has much memory, and bare loops that copy it. --hold touches all of the
 * first area, maps the second, prints "START LENGTH START LENGTH SUM" in hex
 * and waits to be killed; --change instead calls getppid, changes every 100th
 * page, and calls it again. --copy reads 1 MB at a time by process_vm_readv and
 * writes that, --read only reads: the least that a dump, or a snapshot, can
 * cost. --sum prints the same SUM of a file's first area's worth of bytes.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PAGE = 4096, CHUNK = 1 << 20 };

static uint64_t sum_of(uint64_t sum, const void *data, size_t len)
{
	const uint64_t *word = data;

	for (size_t i = 0; i < len / 8; i++)
		sum = (sum ^ word[i]) * 0x100000001b3 + (sum >> 47);
	return sum;
}

static char *area(size_t len)
{
	char *p = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE |
		       MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	return p;
}

static int hold(size_t touched, size_t untouched, int change)
{
	char *a = area(touched), *b = area(untouched);
	uint64_t n = 88172645463325252ull;

	for (size_t i = 0; i < touched / 8; i++) {
		n ^= n << 13;
		n ^= n >> 7;
		n ^= n << 17;
		((uint64_t *)a)[i] = n;
	}
	printf("%lx %zx %lx %zx %llx\n", (unsigned long)a, touched,
	       (unsigned long)b, untouched,
	       (unsigned long long)sum_of(0, a, touched));
	fflush(stdout);
	while (!change)
		pause();
	syscall(SYS_getppid);
	for (size_t at = 0; at < touched; at += 100 * PAGE)
		a[at + 8] ^= 1;
	syscall(SYS_getppid);
	return 0;
}

static int copy(char **argv, const char *file)
{
	static char buffer[CHUNK];
	pid_t pid = atoi(argv[0]);
	uintptr_t start = strtoul(argv[1], NULL, 16);
	size_t len = strtoul(argv[2], NULL, 16);
	int fd = file ? open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

	for (size_t at = 0; at < len; at += CHUNK) {
		struct iovec here = { buffer, CHUNK };
		struct iovec there = { (void *)(start + at), CHUNK };

		if (process_vm_readv(pid, &here, 1, &there, 1, 0) != CHUNK ||
		    (file && write(fd, buffer, CHUNK) != CHUNK)) {
			perror("copy");
			return 1;
		}
	}
	return 0;
}

static int sum_file(const char *path)
{
	static char buffer[CHUNK];
	int fd = open(path, O_RDONLY);
	uint64_t sum = 0;
	ssize_t got;

	while ((got = read(fd, buffer, CHUNK)) > 0)
		sum = sum_of(sum, buffer, (size_t)got);
	printf("%llx\n", (unsigned long long)sum);
	return got < 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "--hold") == 0 && argc == 4)
		return hold(strtoul(argv[2], NULL, 10) << 20,
			    strtoul(argv[3], NULL, 10) << 20, 0);
	if (strcmp(what, "--change") == 0 && argc == 4)
		return hold(strtoul(argv[2], NULL, 10) << 20,
			    strtoul(argv[3], NULL, 10) << 20, 1);
	if (strcmp(what, "--copy") == 0 && argc == 6)
		return copy(argv + 2, argv[5]);
	if (strcmp(what, "--read") == 0 && argc == 5)
		return copy(argv + 2, NULL);
	if (strcmp(what, "--sum") == 0 && argc == 3)
		return sum_file(argv[2]);
	fprintf(stderr, "usage: bulk --hold|--copy|--read|--sum ...\n");
	return 2;
}
