/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * filtered NR PROGRAM [ARG...]
 *
 * The least that a debugger can do which stops a program at the entries of the
 * call NR alone: a seccomp filter, wait, ask what the call is, go on. What the
 * engine seccomp is measured against. The exit status is the program's.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(unsigned int nr, char **argv)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };

	raise(SIGSTOP);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0 &&
	    (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	     syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0))
		_exit(126);
	execvp(argv[0], argv);
	_exit(127);
}

static int drive(pid_t pid)
{
	struct __ptrace_syscall_info info;
	int status, signal;

	for (;;) {
		if (wait4(pid, &status, __WALL, NULL) < 0) {
			if (errno == EINTR)
				continue;
			return 1;
		}
		if (WIFEXITED(status))
			return WEXITSTATUS(status);
		if (WIFSIGNALED(status))
			return 128 + WTERMSIG(status);
		signal = status >> 16 ? 0 : WSTOPSIG(status);
		if (status >> 16 == PTRACE_EVENT_SECCOMP)
			ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info),
			       &info);
		ptrace(PTRACE_CONT, pid, 0, signal == SIGSTOP ? 0 : signal);
	}
}

int main(int argc, char **argv)
{
	int status;
	pid_t pid;

	if (argc < 3) {
		fprintf(stderr, "usage: filtered NR PROGRAM [ARG...]\n");
		return 2;
	}
	pid = fork();
	if (pid == 0)
		become((unsigned int)atoi(argv[1]), argv + 2);
	if (pid < 0 || waitpid(pid, &status, WUNTRACED) != pid ||
	    ptrace(PTRACE_SEIZE, pid, 0,
		   PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP) != 0) {
		perror("filtered");
		return 1;
	}
	kill(pid, SIGCONT);
	return drive(pid);
}
