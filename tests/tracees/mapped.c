/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mappings of all kinds, with text in them that crosses whatever a reader may
 * cut memory at.  Stops itself, then leaves.
 */
/* builds: 64 32 */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, BIG = 3 << 20, STEP = 256 << 10 };

/* Where each is; sizes are in bytes. */
char *big, *hole, *hidden, *shared, *past_end, *exec_only, *private_file, *thp;
unsigned long big_size = BIG;
int numbers[] = { 7, 8, 7, 9, 7 };
double floats[] = { 1.5, -2.25 };
float narrow = 3.75F;
char text[] = "needle-needle";

static char *map(size_t size, int prot, int flags, int fd)
{
	char *at = mmap(NULL, size, prot, flags, fd, 0);

	if (at == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	return at;
}

static int make_file(size_t size)
{
	int fd = memfd_create("mapped", MFD_CLOEXEC);

	if (fd < 0 || ftruncate(fd, (off_t)size))
		exit(1);
	return fd;
}

static void fill_big(void)
{
	uint32_t x = 12345;

	big = map(BIG, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	for (size_t i = 0; i < BIG; i++) {
		x = x * 1664525 + 1013904223;
		big[i] = (char)(x >> 24);
	}
	for (size_t at = STEP; at < BIG; at += STEP)
		memcpy(big + at - 5, "straddling", 10);
	memcpy(big, "at the start", 12);
	memcpy(big + BIG - 10, "at the end", 10);
}

/* Untouched pages between two that are not. */
static void fill_hole(void)
{
	hole = map(64 * PAGE, PROT_READ | PROT_WRITE,
	           MAP_PRIVATE | MAP_ANONYMOUS, -1);
	madvise(hole, 64 * PAGE, MADV_NOHUGEPAGE);
	memcpy(hole + PAGE - 3, "ABC", 3);
	memcpy(hole + 63 * PAGE, "DEF", 3);
}

int main(void)
{
	int prot = PROT_READ | PROT_WRITE;
	int fd = make_file(2 * PAGE);

	fill_big();
	fill_hole();
	hidden = map(PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	strcpy(hidden, "hidden by PROT_NONE");
	mprotect(hidden, PAGE, PROT_NONE);
	shared = map(2 * PAGE, prot, MAP_SHARED | MAP_ANONYMOUS, -1);
	strcpy(shared + PAGE - 4, "shared text");
	past_end = map(3 * PAGE, prot, MAP_SHARED, fd);
	strcpy(past_end, "in the file");
	private_file = map(2 * PAGE, prot, MAP_PRIVATE, fd);
	exec_only = map(PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	strcpy(exec_only, "only to be run");
	mprotect(exec_only, PAGE, PROT_EXEC);
	thp = map(8 << 20, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	thp = (char *)(((uintptr_t)thp + (2 << 20)) & ~(uintptr_t)0x1fffff);
	madvise(thp, 4 << 20, MADV_HUGEPAGE);
	strcpy(thp + (2 << 20) - 5, "in huge pages");
	raise(SIGSTOP);
	munmap(big + PAGE, PAGE);
	raise(SIGSTOP);
	return 0;
}
