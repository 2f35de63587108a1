/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * forks MODE: children that a debugger follows without showing it.
 *
 *   tree        20 processes, four children of a process; each ends with
 *               a status of its own, and the sum is printed
 *   daemon      double fork and setsid; the grandchild reports through a pipe
 *   orphan MS   the parent ends with status 6 before its child, which prints
 *               MS later
 *   many N      N children, one after the other, that end at once: their
 *               first stop may come before their parent's event
 *   burst N     N children at the same time
 *   zombie MS   prints the pid of a child that is dead, and not reaped for MS
 *   reparent    reaped by init or whoever took it, seen as ECHILD
 */
#include "tracee.h"

#include <signal.h>
#include <sys/wait.h>

static int status_of(pid_t pid)
{
	int status;

	MUST(waitpid(pid, &status, 0) == pid);
	MUST(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Returns the sum of this process's number and its descendants'. */
static int grow(int number, int last)
{
	pid_t child[4];
	int i, sum = number;

	for (i = 0; i < 4; i++) {
		int n = number * 4 + i + 1;

		child[i] = -1;
		if (n > last)
			continue;
		child[i] = fork();
		MUST(child[i] >= 0);
		if (child[i] == 0)
			_exit(grow(n, last));
	}
	for (i = 0; i < 4; i++)
		if (child[i] > 0)
			sum += status_of(child[i]);
	return sum;
}

static int mode_daemon(void)
{
	int fd[2];
	char text[64] = { 0 };
	pid_t pid;

	MUST(pipe(fd) == 0);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0) {
		MUST(setsid() > 0);
		pid = fork();
		MUST(pid >= 0);
		if (pid > 0)
			_exit(1);
		snprintf(text, sizeof(text), "own session: %s",
			 getsid(0) != getpid() && getsid(0) > 0 ? "yes" : "no");
		_exit(write(fd[1], text, strlen(text)) > 0 ? 0 : 1);
	}
	close(fd[1]);
	SAY("first child: %d\n", status_of(pid));
	MUST(read(fd[0], text, sizeof(text) - 1) > 0);
	SAY("daemon: %s\n", text);
	MUST(read(fd[0], text, sizeof(text)) == 0);
	return 0;
}

static int mode_orphan(long ms)
{
	pid_t parent = getpid(), pid;

	SAY("parent: ends first\n");
	pid = fork();
	MUST(pid >= 0);
	if (pid > 0)
		return 6;
	while (getppid() == parent)
		sleep_ms(1);
	sleep_ms(ms);
	SAY("child: lives\n");
	return 0;
}

static int mode_many(long n)
{
	long i, sum = 0;

	for (i = 0; i < n; i++) {
		pid_t pid = fork();

		MUST(pid >= 0);
		if (pid == 0)
			_exit((int)(i % 7));
		sum += status_of(pid);
	}
	SAY("children %ld sum %ld\n", n, sum);
	return 0;
}

static int mode_burst(long n)
{
	long i, sum = 0;

	for (i = 0; i < n; i++) {
		pid_t pid = fork();

		MUST(pid >= 0);
		if (pid == 0) {
			syscall(SYS_getppid);
			_exit((int)(i % 7));
		}
	}
	for (i = 0; i < n; i++) {
		int status;

		MUST(wait(&status) > 0 && WIFEXITED(status));
		sum += WEXITSTATUS(status);
	}
	SAY("children %ld sum %ld\n", n, sum);
	return 0;
}

static int mode_zombie(long ms)
{
	siginfo_t info;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (pid == 0)
		_exit(8);
	MUST(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0);
	SAY("zombie %d\n", (int)pid);
	sleep_ms(ms);
	SAY("reaped %d\n", status_of(pid));
	return 0;
}

static int mode_reparent(void)
{
	int status;
	pid_t pid;

	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0)
		_exit(8);
	pid = waitpid(pid, &status, 0);
	SAY("wait: %s\n", pid == -1 ? strerrorname_np(errno) : "a child");
	return 0;
}

int main(int argc, char **argv)
{
	const char *mode = arg_word(argc, argv, 1);

	if (strcmp(mode, "tree") == 0) {
		SAY("sum %d\n", grow(0, 19));
		return 0;
	}
	if (strcmp(mode, "daemon") == 0)
		return mode_daemon();
	if (strcmp(mode, "orphan") == 0)
		return mode_orphan(arg_number(argc, argv, 2, 100));
	if (strcmp(mode, "many") == 0)
		return mode_many(arg_number(argc, argv, 2, 100));
	if (strcmp(mode, "burst") == 0)
		return mode_burst(arg_number(argc, argv, 2, 100));
	if (strcmp(mode, "zombie") == 0)
		return mode_zombie(arg_number(argc, argv, 2, 1000));
	if (strcmp(mode, "reparent") == 0)
		return mode_reparent();
	fprintf(stderr, "usage: forks MODE ...\n");
	return 2;
}
