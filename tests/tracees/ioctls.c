/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ioctls LIST: makes ioctl(-1, NUMBER, ...) for each number that the file LIST
 * has, one a line, in decimal: with memory that is there, memory that ends
 * in the middle, NULL, an address that is none, and so that it fails.  A filter
 * answers for the kernel, so that nothing happens and structs that it would
 * write are shown too.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BAD_FD = -1, FAILING_FD = -2, PAGE = 4096, ROOM = 1024, SHORT = 12 };

/* ioctl succeeds, or fails with EINVAL where its descriptor is FAILING_FD. */
static void answer(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		         offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		         offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)FAILING_FD, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
		perror("seccomp");
		exit(1);
	}
}

static void request(int fd, unsigned long number, const void *arg)
{
	syscall(SYS_ioctl, fd, number, arg);
}

int main(int argc, char **argv)
{
	FILE *list = argc > 1 ? fopen(argv[1], "re") : NULL;
	unsigned char *pages = mmap((void *)0x20000000, 3 * PAGE,
	                            PROT_READ | PROT_WRITE, MAP_PRIVATE |
	                            MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	unsigned char *full = pages, *end = pages + 2 * PAGE - SHORT;
	unsigned long number;

	if (!list || pages == MAP_FAILED || munmap(pages + 2 * PAGE, PAGE)) {
		perror("ioctls");
		return 1;
	}
	for (size_t i = 0; i < ROOM; i++)
		full[i] = (unsigned char)(i < 64 ? i % 3 : i % 5 ? i : 0);
	memcpy(full, "lo\0\0\1\0\0\0\2", 9);
	memset(end, 0xff, SHORT);
	answer();
	while (fscanf(list, "%lu", &number) == 1) {
		request(BAD_FD, number, full);
		request(BAD_FD, number, full + ROOM);
		request(BAD_FD, number, end);
		request(BAD_FD, number, NULL);
		request(BAD_FD, number, (void *)0x10);
		request(FAILING_FD, number, full);
	}
	return 0;
}
