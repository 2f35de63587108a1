/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * watched [fork|threads|own]
 *
 * Memory that changes: by stores of all sizes, by calls, through pointers, in a
 * function's frame. `fork`: a child writes too. `threads`: four of them write
 * 50 times each. `own`: SIGTRAPs that the program makes itself; it says how
 * many its handler saw.
 */
#include "tracee.h"

#include <signal.h>
#include <sys/wait.h>

volatile int counter = 1;
volatile char bytes[16];
volatile struct {
	short a;
	int b;
	long c[12];
} record;
volatile int first = 10, second = 20;
volatile int *pointer = &first;
volatile double real;
volatile int traps;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static __attribute__((noinline)) int deeper(volatile int *out, int n)
{
	*out += n;
	counter = n;
	return *out;
}

static __attribute__((noinline)) int frame(int n)
{
	volatile int local = n;

	local += 2;
	if (n > 1)
		local += frame(n - 1);
	deeper((volatile int *)&local, 3);
	return local;
}

static __attribute__((noinline)) void plain(void)
{
	int fd[2];

	counter = 2;
	counter = 2;
	counter = 3;
	bytes[3] = 'a';
	bytes[15] = 'b';
	record.a = 1;
	record.c[11] = 7;
	first = 11;
	pointer = &second;
	first = 12;
	second = 21;
	real = 1.5;
	counter = counter + first;
	MUST(pipe(fd) == 0 && write(fd[1], "kernel", 6) == 6);
	MUST(read(fd[0], (char *)bytes, 6) == 6);
	counter = frame(2);
}

static void *add(void *arg)
{
	for (int i = 0; i < 50; i++) {
		pthread_mutex_lock(&lock);
		counter++;
		pthread_mutex_unlock(&lock);
	}
	return arg;
}

static void run_threads(void)
{
	pthread_t threads[4];

	for (int i = 0; i < 4; i++)
		MUST(pthread_create(&threads[i], NULL, add, NULL) == 0);
	for (int i = 0; i < 4; i++)
		MUST(pthread_join(threads[i], NULL) == 0);
}

static void run_fork(void)
{
	int status;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (!pid) {
		counter = 100;
		_exit(counter == 100 ? 4 : 5);
	}
	MUST(waitpid(pid, &status, 0) == pid);
	counter = WEXITSTATUS(status);
}

static void on_trap(int signal)
{
	traps += signal == SIGTRAP;
}

static void run_own(void)
{
	siginfo_t info = { .si_signo = SIGTRAP, .si_code = 4 /* HWBKPT */ };

	signal(SIGTRAP, on_trap);
	counter = 5;
	raise(SIGTRAP);
	__asm__ volatile("int3");
	/* One that looks as if it came from a debug register. */
	syscall(SYS_rt_sigqueueinfo, getpid(), SIGTRAP, &info);
	counter = 6;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!*what)
		plain();
	else if (strcmp(what, "threads") == 0)
		run_threads();
	else if (strcmp(what, "fork") == 0)
		run_fork();
	else
		run_own();
	printf("counter %d traps %d\n", counter, traps);
	return 0;
}
