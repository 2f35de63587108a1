/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bare [--sleep|--poll] [--count] PROGRAM [ARG...]
 * bare [--sleep|--poll] [--count] -p PID
 *
 * The least that a debugger can do which stops a program at the entry and the
 * exit of each of its system calls: seize, wait, go on. What scdb is measured
 * against, since no debugger that stops by ptrace can be faster.
 *
 * --sleep (the default) blocks in wait4; --poll asks wait4 for up to POLL_NS
 * first, which saves the trip through the scheduler to another processor.
 * With one processor allowed there is nothing to poll for, and --poll sleeps.
 * --count prints the number of syscall stops on stderr. Children and threads
 * are followed. The exit status is the program's; 128 and the signal's number
 * where one killed it.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POLL_NS 200000
#define FOLLOW (PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | \
		PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC)
/* The kernel's number for a stop that SEIZE's rules make. */
#define EVENT_STOP 128

static long now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

static bool one_processor(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) != 0 ||
	       CPU_COUNT(&set) < 2;
}

static pid_t next_stop(bool poll, int *status)
{
	if (poll) {
		long end = now_ns() + POLL_NS;

		do {
			pid_t pid = wait4(-1, status, __WALL | WNOHANG, NULL);

			if (pid != 0)
				return pid;
		} while (now_ns() < end);
	}
	return wait4(-1, status, __WALL, NULL);
}

static pid_t launch(char **argv)
{
	int go[2];
	pid_t pid;
	char c;

	if (pipe(go) != 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		close(go[1]);
		if (read(go[0], &c, 1) == 1) {
			close(go[0]);
			execvp(argv[0], argv);
			perror(argv[0]);
		}
		_exit(127);
	}
	close(go[0]);
	if (pid > 0 && ptrace(PTRACE_SEIZE, pid, 0,
			      FOLLOW | PTRACE_O_EXITKILL) != 0) {
		kill(pid, SIGKILL);
		pid = -1;
	}
	if (pid > 0 && (ptrace(PTRACE_INTERRUPT, pid, 0, 0) != 0 ||
			write(go[1], "g", 1) != 1))
		pid = -1;
	close(go[1]);
	return pid;
}

/* How to go on from a stop that is none of a system call. */
static void go_on(pid_t pid, int status)
{
	int sig = WSTOPSIG(status), event = status >> 16;

	if (event == EVENT_STOP && (sig == SIGSTOP || sig == SIGTSTP ||
				    sig == SIGTTIN || sig == SIGTTOU))
		ptrace(PTRACE_LISTEN, pid, 0, 0);
	else
		ptrace(PTRACE_SYSCALL, pid, 0, event ? 0 : sig);
}

static int drive(pid_t first, bool poll, unsigned long *stops)
{
	int status, result = 0;
	pid_t pid;

	for (;;) {
		pid = next_stop(poll, &status);
		if (pid < 0 && errno == EINTR)
			continue;
		if (pid < 0)
			return result;
		if (!WIFSTOPPED(status)) {
			if (pid == first)
				result = WIFEXITED(status) ?
					 WEXITSTATUS(status) :
					 128 + WTERMSIG(status);
			continue;
		}
		if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
			++*stops;
			ptrace(PTRACE_SYSCALL, pid, 0, 0);
		} else {
			go_on(pid, status);
		}
	}
}

static int usage(void)
{
	fprintf(stderr, "usage: bare [--sleep|--poll] [--count] "
		"PROGRAM [ARG...] | -p PID\n");
	return 2;
}

int main(int argc, char **argv)
{
	bool poll = false, count = false;
	unsigned long stops = 0;
	pid_t pid;
	int i, result;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] == '-'; i++) {
		if (strcmp(argv[i], "--poll") == 0)
			poll = true;
		else if (strcmp(argv[i], "--count") == 0)
			count = true;
		else if (strcmp(argv[i], "--sleep") != 0)
			return usage();
	}
	if (i == argc || (strcmp(argv[i], "-p") == 0 && i + 2 != argc))
		return usage();
	if (strcmp(argv[i], "-p") == 0) {
		pid = atoi(argv[i + 1]);
		if (pid <= 0 || ptrace(PTRACE_SEIZE, pid, 0, FOLLOW) != 0 ||
		    ptrace(PTRACE_INTERRUPT, pid, 0, 0) != 0)
			pid = -1;
	} else {
		pid = launch(argv + i);
	}
	if (pid < 0) {
		perror("bare");
		return 1;
	}
	result = drive(pid, poll && !one_processor(), &stops);
	if (count)
		fprintf(stderr, "stops %lu\n", stops);
	return result;
}
