/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What manycalls.c and morecalls.c share. They make some hundred calls of all
 * kinds, with arguments that are right and wrong: flags known and unknown, no
 * pointer and bad ones, strings that are long or end with their page, large
 * counts. It makes no sense to them: what they are for is that strace and scdb
 * read the same in it. So they do the same on each run as far as they can; all
 * their data lies in static storage and in one mapping. They may run as root:
 * no call may change the machine, and nothing is left but files in DIR.
 */
#ifndef TRACEES_MANYCALLS_H
#define TRACEES_MANYCALLS_H

#include "tracee.h"

#include <sys/mman.h>

#define S(name, ...) syscall(SYS_##name, ##__VA_ARGS__)
#define BAD ((void *)16L)

/* A 64-bit argument: two registers on i386. */
#ifdef __i386__
#define OFF(x) (long)(x), (long)((long long)(x) >> 32)
#else
#define OFF(x) (long)(x)
#endif

static char data[65536] __attribute__((aligned(4096)));
static char text[8192];
static char *page;	/* what is behind it is not mapped */
static char *no_nul;	/* the last 100 bytes of it */

static inline void prepare(const char *dir)
{
	MUST(dir && chdir(dir) == 0);
	close_range(3, ~0U, 0);
	page = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	MUST(page != MAP_FAILED);
	munmap(page + 4096, 4096);
	memset(page, 'n', 4096);
	no_nul = page + 4096 - 100;
	for (size_t i = 0; i < sizeof(text) - 1; i++)
		text[i] = (char)('a' + i % 26);
	for (int i = 0; i < 256; i++)
		data[i] = (char)i;
	memcpy(data + 256, "a\1b\0012\"q\"\\\t\n\33[31mred\303\244\377", 23);
}

/* A copy of LEN bytes with nothing behind it. */
static inline void *at_end(const void *from, size_t len)
{
	return memcpy(page + 4096 - len, from, len);
}

#endif
