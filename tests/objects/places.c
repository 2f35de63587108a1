/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places for breakpoints: functions, inlined copies, a library that comes and
 * goes.  CALLS, LOADS and CALLS_PLUGGED say how often.
 */
#include <dlfcn.h>
#include <stdio.h>

int counter;
long values[8];

static inline __attribute__((always_inline)) int twice(int x)
{
	int y = x * 2;

	__asm__ volatile("nop" : "+r"(y));
	return y + 1;
}

__attribute__((noinline)) int work(int n, long m)
{
	int r = n + (int)m;

	counter = r;
	return r;
}

__attribute__((noinline)) int first(int v)
{
	return twice(v) + 1;
}

__attribute__((noinline)) int second(int v)
{
	return twice(v) + 2;
}

int main(int argc, char **argv)
{
	int (*plugged)(int);
	void *library;
	int sum = 0;

	for (int i = 0; i < CALLS; i++)
		sum += work(i, argc);
	sum += first(1) + second(2);
	for (int k = 0; k < LOADS; k++) {
		library = dlopen(argv[1], RTLD_NOW);
		plugged = (int (*)(int))dlsym(library, "plugged");
		for (int i = 0; i < CALLS_PLUGGED; i++)
			sum += plugged(i);
		dlclose(library);
	}
	values[0] = 1;
	printf("%d\n", sum);
	return 0;
}
