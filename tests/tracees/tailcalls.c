/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/* Functions that call the next one with a jump, on two ways that meet. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define OPTIMIZED __attribute__((noinline, noclone, optimize("O2")))

struct pair { int a; char b[4]; };

volatile int sink;

OPTIMIZED static int leaf(int x)
{
	sink += x;
	raise(SIGUSR1);
	return x + sink;
}

OPTIMIZED static int middle(int x, struct pair p)
{
	sink++;
	return leaf(x + p.a);
}

OPTIMIZED static int left(int x)
{
	sink += 2;
	return leaf(x * 3);
}

OPTIMIZED static int right(int x)
{
	sink -= 2;
	return leaf(x * 5);
}

OPTIMIZED static int either(int x)
{
	return x & 1 ? left(x) : right(x);
}

OPTIMIZED static int top(int x, struct pair *p)
{
	sink = middle(x + 1, *p);
	sink = either(sink);
	return middle(sink, *p);
}

int main(int argc, char **argv)
{
	struct pair p = { argc, "ab" };

	(void)argv;
	printf("%d\n", top(argc, &p));
	return 0;
}
