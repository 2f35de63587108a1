/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * single COUNT PROGRAM [ARG...]: the addresses at which PROGRAM stands after each
 * of its first COUNT instructions, by PTRACE_SINGLESTEP alone; addresses are not
 * randomised.
 */
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(char **argv)
{
	personality(ADDR_NO_RANDOMIZE);
	ptrace(PTRACE_TRACEME, 0, 0, 0);
	execv(argv[0], argv);
	_exit(127);
}

int main(int argc, char **argv)
{
	long count;
	pid_t pid;
	int status;

	if (argc < 3)
		return 2;
	count = atol(argv[1]);
	pid = fork();
	if (!pid)
		run(argv + 2);
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return 1;
	for (long i = 0; i < count; i++) {
		if (ptrace(PTRACE_SINGLESTEP, pid, 0, 0) ||
		    waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
			break;
		printf("0x%lx\n", (unsigned long)ptrace(PTRACE_PEEKUSER, pid,
		       offsetof(struct user_regs_struct, rip), 0));
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return 0;
}
