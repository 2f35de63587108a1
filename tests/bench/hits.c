/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hits N [THREADS]          calls `hit` N times (in each thread), and prints
 *                           "ns T", the time of one call
 * hits --wait N [THREADS]   the same once somebody traces it
 * hits --loop N             runs a loop of N turns, 10 instructions each
 * hits --bare N             the least that a debugger can do for a breakpoint
 *                           whose condition is false: waits, reads an argument
 *                           and pc, writes pc, goes on; prints "ns T"
 * hits --bare N THREADS     the same for each of so many threads
 * hits --bare-step N        the least for N single steps
 *
 * All bare ones poll wait4 where there is more than one processor.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

long total;

/* Begins with an instruction that can't be emulated without a run. */
__attribute__((noinline, noclone)) void hit(long n)
{
	__atomic_fetch_add(&total, n, __ATOMIC_RELAXED);
}

static long count;

static void *run(void *arg)
{
	(void)arg;
	for (long i = 0; i < count; i++)
		hit(i);
	return NULL;
}

static bool is_traced(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[128];
	int tracer = 0;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "TracerPid: %d", &tracer) == 1)
			break;
	if (f)
		fclose(f);
	return tracer != 0;
}

static int measure(int threads)
{
	pthread_t ids[2048];
	long start = now_ns();

	if (threads > 2048)
		return 2;
	for (int i = 0; i < threads; i++)
		if (pthread_create(&ids[i], NULL, run, NULL) != 0)
			return 1;
	for (int i = 0; i < threads; i++)
		pthread_join(ids[i], NULL);
	if (!threads)
		run(NULL);
	printf("ns %ld\n", (now_ns() - start) /
	       (count * (threads ? threads : 1)));
	return 0;
}

static int loop(void)
{
	long n = count;

	__asm__ volatile(".globl turn\n.type turn,@function\nturn:\n\t"
	                 "add $1, %%rax\n\tadd $2, %%rax\n\t"
	                 "add $3, %%rax\n\tadd $4, %%rax\n\t"
	                 "add $5, %%rax\n\tadd $6, %%rax\n\t"
	                 "add $7, %%rax\n\tadd $8, %%rax\n\t"
	                 "dec %0\n\tjnz turn\n"
	                 : "+r"(n) : : "rax", "cc");
	return 0;
}

static void *trap(void *arg)
{
	(void)arg;
	for (long i = 0; i < count; i++)
		__asm__ volatile("int3; nop");
	return NULL;
}

static void run_threads(int threads)
{
	pthread_t ids[2048];

	for (int i = 0; i < threads; i++)
		if (pthread_create(&ids[i], NULL, trap, NULL) != 0)
			_exit(1);
	for (int i = 0; i < threads; i++)
		pthread_join(ids[i], NULL);
}

static pid_t next_stop(pid_t pid, bool poll, int *status)
{
	pid_t got = 0;

	while (poll && got == 0)
		got = wait4(pid, status, __WALL | WNOHANG, NULL);
	return poll ? got : wait4(pid, status, __WALL, NULL);
}

/* A child that stops at each of COUNT breakpoint instructions. */
static pid_t start(bool breakpoints)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		for (long i = 0; breakpoints && i < count; i++)
			__asm__ volatile("int3; nop");
		if (!breakpoints)
			for (;;)
				hit(1);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return pid;
}

static bool several_processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 &&
	       CPU_COUNT(&set) > 1;
}

static int bare(void)
{
	void *pc_at = (void *)offsetof(struct user_regs_struct, rip);
	void *arg_at = (void *)offsetof(struct user_regs_struct, rdi);
	bool poll = several_processors();
	pid_t pid = start(true);
	long begin = now_ns(), hits = 0, sum = 0;
	int status;

	ptrace(PTRACE_CONT, pid, 0, 0);
	while (next_stop(pid, poll, &status) == pid && WIFSTOPPED(status)) {
		long pc = ptrace(PTRACE_PEEKUSER, pid, pc_at, 0);

		sum += ptrace(PTRACE_PEEKUSER, pid, arg_at, 0) == -1;
		ptrace(PTRACE_POKEUSER, pid, pc_at, pc);
		ptrace(PTRACE_CONT, pid, 0, 0);
		hits++;
	}
	if (hits != count || sum)
		return 1;
	printf("ns %ld\n", (now_ns() - begin) / count);
	return 0;
}

static int bare_step(void)
{
	bool poll = several_processors();
	pid_t pid = start(false);
	long begin = now_ns();
	int status;

	for (long i = 0; i < count; i++) {
		ptrace(PTRACE_SINGLESTEP, pid, 0, 0);
		if (next_stop(pid, poll, &status) != pid)
			return 1;
	}
	printf("ns %ld\n", (now_ns() - begin) / count);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return 0;
}

/* One stop of THREAD at its instruction: looked at, and passed by. */
static long pass(pid_t thread)
{
	void *pc_at = (void *)offsetof(struct user_regs_struct, rip);
	void *arg_at = (void *)offsetof(struct user_regs_struct, rdi);
	long pc = ptrace(PTRACE_PEEKUSER, thread, pc_at, 0);
	long match = ptrace(PTRACE_PEEKUSER, thread, arg_at, 0) == -1;

	ptrace(PTRACE_POKEUSER, thread, pc_at, pc);
	return match;
}

static int bare_threads(int threads)
{
	bool poll = several_processors();
	pid_t child = fork(), pid;
	long begin, hits = 0, sum = 0;
	int status;

	if (child == 0) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		run_threads(threads);
		_exit(0);
	}
	waitpid(child, &status, 0);
	ptrace(PTRACE_SETOPTIONS, child, 0,
	       PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
	begin = now_ns();
	ptrace(PTRACE_CONT, child, 0, 0);
	while ((pid = next_stop(-1, poll, &status)) > 0) {
		if (!WIFSTOPPED(status))
			continue;
		if (status >> 8 == SIGTRAP) {
			sum += pass(pid);
			hits++;
		}
		ptrace(PTRACE_CONT, pid, 0, 0);
	}
	if (hits != count * threads || sum)
		return 1;
	printf("ns %ld\n", (now_ns() - begin) / hits);
	return 0;
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 && argv[1][0] == '-' ? argv[1] : "";
	int at = *mode ? 2 : 1;

	if (at >= argc)
		return 2;
	count = atol(argv[at]);
	if (strcmp(mode, "--bare") == 0 && at + 1 < argc)
		return bare_threads(atoi(argv[at + 1]));
	if (strcmp(mode, "--bare") == 0)
		return bare();
	if (strcmp(mode, "--bare-step") == 0)
		return bare_step();
	if (strcmp(mode, "--loop") == 0)
		return loop();
	if (strcmp(mode, "--wait") == 0) {
		puts("ready");
		fflush(stdout);
		while (!is_traced())
			usleep(1000);
		usleep(300000);
	}
	return measure(at + 1 < argc ? atoi(argv[at + 1]) : 0);
}
