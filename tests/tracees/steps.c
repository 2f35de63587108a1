/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions to step through: one that is left by longjmp, a recursive one, one
 * that sends itself a signal.
 *
 * builds: 64 32
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static jmp_buf back;
static volatile int told;

static void handler(int sig)
{
	told += sig;
}

__attribute__((noinline)) static void leave(int n)
{
	told = n;
	if (n > 2)
		longjmp(back, n);
	told++;
}

__attribute__((noinline)) static int sum(int n)
{
	if (n == 0)
		return 0;
	return n + sum(n - 1);
}

__attribute__((noinline)) static int signals(void)
{
	kill(getpid(), SIGUSR1);
	told++;
	return told;
}

int main(void)
{
	volatile int total = 0;

	signal(SIGUSR1, handler);
	total += sum(3);
	if (setjmp(back) == 0) {
		leave(1);
		leave(3);
		total = -1;
	} else {
		total++;
	}
	total += signals();
	printf("%d\n", total);
	return 0;
}
