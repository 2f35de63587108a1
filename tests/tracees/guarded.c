/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guarded MODE [PROGRAM]
 *
 * Processes that can't be attached to; each says "ready" when it is so, and
 * ends with its input.
 *
 *   dumpable   it has called prctl(PR_SET_DUMPABLE, 0)
 *   thread     a child of it traces its second thread
 *   exec       so, and never waits for it, while it execs PROGRAM
 *   tracer     it traces PROGRAM, run as a child, and lets it do all;
 *              exits with its status
 */
#include "tracee.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

static void wait_for_input(void)
{
	char c;

	while (read(0, &c, 1) == 1)
		;
}

static void ready(void)
{
	puts("ready");
	fflush(stdout);
}

static void *second(void *arg)
{
	*(volatile pid_t *)arg = (pid_t)syscall(SYS_gettid);
	for (;;)
		pause();
	return NULL;
}

/* A process apart that traces TID and does no more than live. */
static void guard(pid_t tid, int told)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "guard");
	MUST(ptrace(PTRACE_SEIZE, tid, 0, 0) == 0);
	MUST(write(told, "", 1) == 1);
	for (;;)
		pause();
}

static void guard_second(void)
{
	volatile pid_t tid = 0;
	int told[2];
	char byte;

	thread_start(second, (void *)(uintptr_t)&tid);
	while (!tid)
		sleep_ms(1);
	MUST(pipe(told) == 0);
	if (fork() == 0)
		guard(tid, told[1]);
	MUST(read(told[0], &byte, 1) == 1);
}

static int trace(char **argv)
{
	pid_t pid = fork();
	int status;

	MUST(pid >= 0);
	if (pid == 0) {
		kill(getpid(), SIGSTOP);
		execvp(argv[0], argv);
		_exit(96);
	}
	MUST(waitpid(pid, &status, WUNTRACED) == pid);
	MUST(ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_EXITKILL) == 0);
	kill(pid, SIGCONT);
	while (waitpid(pid, &status, __WALL) == pid && WIFSTOPPED(status)) {
		int sig = status >> 16 ? 0 : WSTOPSIG(status);

		if (sig == SIGSTOP || sig == SIGTRAP)
			sig = 0;
		ptrace(PTRACE_CONT, pid, 0, sig);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 95;
}

int main(int argc, char **argv)
{
	MUST(argc > 1);
	if (strcmp(argv[1], "tracer") == 0)
		return trace(argv + 2);
	if (strcmp(argv[1], "dumpable") == 0)
		MUST(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
	else
		guard_second();
	ready();
	if (strcmp(argv[1], "exec") == 0)
		execv(argv[2], argv + 2);
	wait_for_input();
	return 0;
}
