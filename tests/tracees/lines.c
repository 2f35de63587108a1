/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code whose lines are of several files, in another order than they stand, or
 * of no file at all.  It makes the call getppid in a known line.
 */
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lines.h"

static volatile int sink;

static inline long raw_call(long nr)
{
	long result;

#ifdef __x86_64__
	__asm__ volatile("syscall" : "=a"(result) : "0"(nr)
	                 : "rcx", "r11", "memory");
#else
	__asm__ volatile("int $0x80" : "=a"(result) : "0"(nr) : "memory");
#endif
	return result;
}

static int __attribute__((noinline)) loop(int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++) {
		int square = i * i;

		sum += twice(square);
		if (sum > 1000)
			sum -= in_header(sum);
	}
	return sum;
}

static int __attribute__((noinline)) branchy(int n)
{
	switch (n % 5) {
	case 0:
		sink = 3;
		break;
	case 1:
		sink = loop(n);
		break;
	default:
		sink += n;
	}
	return sink;
}

#line 500 "made-up.y"
static int __attribute__((noinline)) generated(int n)
{
	sink = n;
	return branchy(n) + 1;
}

#line 64 "tests/tracees/lines.c"
static void __attribute__((noinline, cold)) unlikely(int n)
{
	fprintf(stderr, "%d\n", n);
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 100)
		unlikely(argc);
	sink = generated(argc);
	raw_call(SYS_getppid);
	sink = loop(10);
	return sink == 12345;
}
