/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * owntracer
 *
 * A program that traces its own children. Where a debugger follows them too
 * it gets EPERM, which can't be hidden (it says so, and ends with 1); with
 * --no-follow, and natively, it works (status 0).
 */
#include "tracee.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

static int report(const char *what, long r)
{
	SAY("%s: %s\n", what, r == 0 ? "ok" : strerrorname_np(errno));
	return r != 0;
}

static int traceme(void)
{
	int status;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (pid == 0) {
		if (report("PTRACE_TRACEME", ptrace(PTRACE_TRACEME, 0, 0, 0)))
			_exit(1);
		raise(SIGSTOP);
		_exit(0);
	}
	MUST(waitpid(pid, &status, 0) == pid);
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	SAY("child stopped by %d\n", WSTOPSIG(status));
	ptrace(PTRACE_CONT, pid, 0, 0);
	MUST(waitpid(pid, &status, 0) == pid);
	return WEXITSTATUS(status);
}

static int seize(void)
{
	int status, go[2], failed;
	char c;
	pid_t pid;

	MUST(pipe(go) == 0);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0) {
		close(go[1]);
		_exit(read(go[0], &c, 1) == 0 ? 0 : 1);
	}
	failed = report("PTRACE_SEIZE", ptrace(PTRACE_SEIZE, pid, 0, 0));
	if (!failed)
		ptrace(PTRACE_DETACH, pid, 0, 0);
	close(go[1]);
	MUST(waitpid(pid, &status, 0) == pid);
	return failed | WEXITSTATUS(status);
}

int main(void)
{
	int first = traceme(), second = seize();

	return first | second;
}
