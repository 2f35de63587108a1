/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * memory [--addr] [--ready]
 *
 * Pages of every kind, and calls whose pointers lie at their edges: a string
 * that ends with the last byte before an unmapped page, one that has no end
 * there, buffers across two pages of which one is gone. process_vm_readv
 * ends at the first bad piece and at a page edge inside one. --addr prints
 * "NAME ADDRESS" for each area first; --ready then says "ready" and waits
 * for a line of stdin.
 *
 *   rw, ro, none, xo (execute only), shared, file (private, of this program)
 *   edge    a page "ABC...", followed by no page
 *   gap     three pages of 'g', the middle one unmapped
 *   down    below the stack pointer, not yet grown
 */
#include "report.h"
#include "tracee.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/uio.h>

#define PAGE 4096

struct area {
	const char *name;
	unsigned char *at;
};

enum { RW, RO, NONE, XO, SHARED, FILE_PAGE, EDGE, GAP, AREAS };

static struct area areas[AREAS];

static unsigned char *pages(size_t n, int flags)
{
	void *p = mmap(NULL, n * PAGE, PROT_READ | PROT_WRITE,
		       flags | MAP_ANONYMOUS, -1, 0);

	MUST(p != MAP_FAILED);
	return p;
}

static void set_area(int i, const char *name, unsigned char *at)
{
	areas[i].name = name;
	areas[i].at = at;
}

static void setup(void)
{
	int fd = open("/proc/self/exe", O_RDONLY), i;
	unsigned char *p;

	set_area(RW, "rw", pages(1, MAP_PRIVATE));
	set_area(RO, "ro", pages(1, MAP_PRIVATE));
	set_area(NONE, "none", pages(1, MAP_PRIVATE));
	set_area(XO, "xo", pages(1, MAP_PRIVATE));
	set_area(SHARED, "shared", pages(1, MAP_SHARED));
	set_area(FILE_PAGE, "file", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE,
					 fd, 0));
	close(fd);
	strcpy((char *)areas[RW].at, "writable");
	strcpy((char *)areas[RO].at, "/read/only/path");
	strcpy((char *)areas[NONE].at, "hidden");
	areas[XO].at[0] = 0xc3;
	strcpy((char *)areas[SHARED].at, "shared");
	MUST(mprotect(areas[RO].at, PAGE, PROT_READ) == 0);
	MUST(mprotect(areas[NONE].at, PAGE, PROT_NONE) == 0);
	MUST(mprotect(areas[XO].at, PAGE, PROT_EXEC) == 0);
	p = pages(2, MAP_PRIVATE);
	for (i = 0; i < PAGE; i++)
		p[i] = (unsigned char)('A' + i % 26);
	MUST(munmap(p + PAGE, PAGE) == 0);
	set_area(EDGE, "edge", p);
	p = pages(3, MAP_PRIVATE);
	memset(p, 'g', 3 * PAGE);
	MUST(munmap(p + PAGE, PAGE) == 0);
	set_area(GAP, "gap", p);
}

static long kernel(long r)
{
	return r == -1 ? -errno : r;
}

static void say_open(const char *name, const void *path)
{
	printf("open ");
	say(name, kernel(syscall(SYS_openat, AT_FDCWD, path, O_RDONLY)));
}

static void say_write(const char *name, int fd, const void *p, size_t n)
{
	printf("write ");
	say(name, kernel(syscall(SYS_write, fd, p, n)));
}

static void paths(void)
{
	unsigned char *end = areas[EDGE].at + PAGE;

	say_open("read-only", areas[RO].at);
	say_open("no access", areas[NONE].at);
	say_open("shared", areas[SHARED].at);
	memcpy(end - 6, "/edge", 6);
	say_open("up to the edge", end - 6);
	memcpy(end - 6, "/edge!", 6);
	say_open("over the edge", end - 6);
	say_open("from the gap", areas[GAP].at + PAGE);
	say_open("null", NULL);
	say_open("kernel", (void *)-4096);
	say_open("too long", areas[GAP].at);
}

static void buffers(void)
{
	unsigned char *gap = areas[GAP].at;
	struct iovec v[3] = {
		{ areas[RW].at, 8 }, { areas[NONE].at, 8 },
		{ areas[RO].at, 8 },
	};
	int fd[2];

	MUST(pipe(fd) == 0);
	say_write("rw", fd[1], areas[RW].at, 8);
	say_write("ro", fd[1], areas[RO].at, 8);
	say_write("none", fd[1], areas[NONE].at, 8);
	say_write("file", fd[1], areas[FILE_PAGE].at, 64);
	say_write("into the gap", fd[1], gap + PAGE - 16, 32);
	say_write("out of the gap", fd[1], gap + 2 * PAGE - 16, 32);
	say_write("nothing of null", fd[1], NULL, 0);
	say("writev with a hole", kernel(writev(fd[1], v, 3)));
	say("writev of a bad vector", kernel(writev(fd[1],
			(struct iovec *)(uintptr_t)areas[NONE].at, 3)));
	say("read into ro", kernel(read(fd[0], areas[RO].at, 4)));
	say("read over a gap", kernel(read(fd[0], gap + PAGE - 4, 8)));
}

/* 64 KB below the stack pointer: the kernel's write makes the stack grow. */
static __attribute__((noinline)) void stack_growth(void)
{
	volatile char here = 0;
	unsigned long below = (unsigned long)&here - 65536;
	int fd = open("/dev/zero", O_RDONLY);

	say("read below the stack", kernel(syscall(SYS_read, fd, below, 16)));
	close(fd);
}

int main(int argc, char **argv)
{
	int i, k;
	char c;

	report_init();
	setup();
	for (k = 1; k < argc; k++) {
		for (i = 0; i < AREAS && strcmp(argv[k], "--addr") == 0; i++)
			printf("%s %#lx\n", areas[i].name,
			       (unsigned long)areas[i].at);
		if (strcmp(argv[k], "--ready") != 0)
			continue;
		SAY("ready\n");
		while (read(0, &c, 1) == 1 && c != '\n')
			;
	}
	paths();
	buffers();
	stack_growth();
	fflush(stdout);
	return 0;
}
