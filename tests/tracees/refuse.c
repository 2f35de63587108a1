/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refuse HOW CALL[,CALL...] PROGRAM [ARG...]
 *
 * Runs PROGRAM under a seccomp filter that answers these calls by an errno, as
 * a container's filter does, or, with HOW "kill", kills for them.
 */
#include "tracee.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static const struct {
	const char *name;
	unsigned int number;
} calls[] = {
	{ "ptrace", SYS_ptrace },
	{ "process_vm_readv", SYS_process_vm_readv },
	{ "process_vm_writev", SYS_process_vm_writev },
	{ "seccomp", SYS_seccomp },
	{ "userfaultfd", SYS_userfaultfd },
};

static unsigned int action_of(const char *how)
{
	if (strcmp(how, "kill") == 0)
		return SECCOMP_RET_KILL_PROCESS;
	if (strcmp(how, "EPERM") == 0)
		return SECCOMP_RET_ERRNO | EPERM;
	if (strcmp(how, "ENOSYS") == 0)
		return SECCOMP_RET_ERRNO | ENOSYS;
	_exit(97);
}

static void refuse(const char *name, unsigned int action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };

	for (unsigned int i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		if (strcmp(calls[i].name, name) != 0)
			continue;
		code[1].k = calls[i].number;
		MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) ==
		     0);
		return;
	}
	_exit(97);
}

int main(int argc, char **argv)
{
	MUST(argc > 3);
	MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	for (char *name = strtok(argv[2], ","); name; name = strtok(NULL, ","))
		refuse(name, action_of(argv[1]));
	execvp(argv[3], argv + 3);
	return 96;
}
