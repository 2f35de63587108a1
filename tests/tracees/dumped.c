/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * dumped DIR
 *
 * Memory of many kinds, for who copies it from outside, and what the program
 * itself says of it. It calls getppid between its parts:
 *
 *   1. fills all, prints "NAME START END" for each area;
 *   2. prints "anonymous KB" as the kernel counts them at the start of 2, and
 *      "untouched N", the pages of `sparse` that are nowhere; then writes each
 *      area into DIR/NAME.1;
 *   3. changes some: prints "changed ADDR LEN" for each place;
 *   4. writes each area into DIR/NAME.4.
 *
 *   anon    64 pages of noise          sparse  16 MB, every 64th page written
 *   huge    16 MB, huge pages wanted   shared  8 pages, with a child's noise
 *   file    this program's first page, private, never looked at
 *   none    a page of PROT_NONE        xo      a page of PROT_EXEC
 */
#include "tracee.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>

#define PAGE 4096

struct config {
	int level;
	char name[16];
	double ratio;
	struct { short a, b; } pair[3];
} config = { 1, "first", 0.5, { { 1, 2 }, { 3, 4 }, { 5, 6 } } };
int counter = 41;
static int hidden = 7;

struct area {
	const char *name;
	unsigned char *at;
	size_t pages;
	int prot;            /* of it, but when it is filled and written */
};

enum { ANON, SPARSE, HUGE, SHARED, FILED, NONE, XO, AREAS };
enum { RW = PROT_READ | PROT_WRITE };

static struct area areas[AREAS] = {
	[ANON] = { "anon", NULL, 64, RW },
	[SPARSE] = { "sparse", NULL, 4096, RW },
	[HUGE] = { "huge", NULL, 4096, RW },
	[SHARED] = { "shared", NULL, 8, RW },
	[FILED] = { "file", NULL, 1, PROT_READ },
	[NONE] = { "none", NULL, 1, PROT_NONE },
	[XO] = { "xo", NULL, 1, PROT_EXEC },
};

static unsigned char *map(size_t pages, int flags, int fd)
{
	void *p = mmap(NULL, pages * PAGE, fd < 0 ? RW : PROT_READ,
		       flags | (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0);

	MUST(p != MAP_FAILED);
	return p;
}

static void noise(unsigned char *at, size_t len, uint64_t seed)
{
	for (size_t i = 0; i < len; i++)
		at[i] = (unsigned char)random_next(&seed);
}

static void fill(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	pid_t child;

	for (int i = 0; i < AREAS; i++)
		areas[i].at = map(areas[i].pages,
				  i == SHARED ? MAP_SHARED : MAP_PRIVATE,
				  i == FILED ? fd : -1);
	close(fd);
	noise(areas[ANON].at, 64 * PAGE, 1);
	for (size_t i = 0; i < areas[SPARSE].pages; i += 64)
		noise(areas[SPARSE].at + i * PAGE, PAGE, i + 2);
	madvise(areas[HUGE].at, 4096 * PAGE, MADV_HUGEPAGE);
	noise(areas[HUGE].at + 512 * PAGE, 3584 * PAGE, 3);
	child = fork();
	if (!child) {
		noise(areas[SHARED].at, 8 * PAGE, 4);
		_exit(0);
	}
	MUST(waitpid(child, NULL, 0) == child);
	noise(areas[NONE].at, PAGE, 5);
	noise(areas[XO].at, PAGE, 6);
	for (int i = 0; i < AREAS; i++)
		MUST(mprotect(areas[i].at, areas[i].pages * PAGE,
			      areas[i].prot) == 0);
}

static void say_areas(void)
{
	for (int i = 0; i < AREAS; i++)
		printf("%s %p %p\n", areas[i].name, (void *)areas[i].at,
		       (void *)(areas[i].at + areas[i].pages * PAGE));
	printf("config %p\ncounter %p\nhidden %p\n", (void *)&config,
	       (void *)&counter, (void *)&hidden);
	fflush(stdout);
}

/* Without touching what it counts. */
static void say_what_is_there(void)
{
	FILE *f = fopen("/proc/self/smaps_rollup", "r");
	int fd = open("/proc/self/pagemap", O_RDONLY);
	unsigned long untouched = 0;
	char line[256];
	uint64_t entry;

	MUST(f && fd >= 0);
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, "Anonymous:", 10))
			printf("anonymous %lu\n", strtoul(line + 10, NULL, 10));
	fclose(f);
	for (size_t i = 0; i < areas[SPARSE].pages; i++) {
		uint64_t page = (uintptr_t)areas[SPARSE].at / PAGE + i;

		MUST(pread(fd, &entry, 8, (off_t)(page * 8)) == 8);
		untouched += !(entry >> 62);
	}
	close(fd);
	printf("untouched %lu\n", untouched);
	fflush(stdout);
}

static void write_areas(const char *dir, int part)
{
	for (int i = 0; i < AREAS; i++) {
		size_t len = areas[i].pages * PAGE;
		char path[4096];
		int fd;

		snprintf(path, sizeof(path), "%s/%s.%d", dir, areas[i].name,
			 part);
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		MUST(fd >= 0);
		mprotect(areas[i].at, len, areas[i].prot | PROT_READ);
		MUST(write(fd, areas[i].at, len) == (ssize_t)len);
		mprotect(areas[i].at, len, areas[i].prot);
		close(fd);
	}
}

static void change(void *at, const void *data, size_t len)
{
	printf("changed %p %zu\n", at, len);
	memcpy(at, data, len);
}

static void change_some(void)
{
	char many[300];

	memset(many, 'M', sizeof(many));
	counter++;
	hidden = 8;
	config.level = 2;
	strcpy(config.name, "second");
	config.pair[1].b = 99;
	change(areas[ANON].at + 5 * PAGE + 17, "\0one byte or more", 4);
	change(areas[SPARSE].at + 64 * PAGE, "old page", 8);
	change(areas[SPARSE].at + 65 * PAGE + 100, "new page", 8);
	change(areas[SHARED].at + PAGE - 3, "edges", 5);
	change(areas[HUGE].at + 900 * PAGE, many, sizeof(many));
	fflush(stdout);
}

int main(int argc, char **argv)
{
	MUST(argc > 1);
	fill();
	say_areas();
	getppid();
	say_what_is_there();
	write_areas(argv[1], 1);
	getppid();
	change_some();
	getppid();
	write_areas(argv[1], 4);
	printf("counter %d hidden %d level %d name %s pair %d\n", counter,
	       hidden, config.level, config.name, config.pair[1].b);
	fflush(stdout);
	getppid();
	return 0;
}
