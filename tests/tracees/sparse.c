/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * sparse N EVERY [fork | thread | filter | PROGRAM ARG...]
 *
 * N calls, of which the first of each EVERY is getpgid(0), the others getppid;
 * says how often getpgid gave the process's group, -1 and 4711. EVERY 0: none
 * is getpgid. Then, or in what was asked for, the same once more: in a child;
 * in a second thread; behind a seccomp filter of its own, which answers getpgid
 * by EPERM; or in PROGRAM, which it becomes.
 */
#include "tracee.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static unsigned long count, every;

static void calls(const char *who)
{
	unsigned long group = 0, failed = 0, faked = 0;
	pid_t own = getpgrp();
	long result;

	for (unsigned long i = 0; i < count; i++) {
		if (!every || i % every) {
			syscall(SYS_getppid);
			continue;
		}
		result = syscall(SYS_getpgid, 0);
		group += result == own;
		failed += result == -1;
		faked += result == 4711;
	}
	printf("%s: %lu group, %lu failed, %lu faked\n", who, group, failed,
	       faked);
	fflush(stdout);
}

static void *in_thread(void *unused)
{
	(void)unused;
	calls("thread");
	return NULL;
}

static void add_filter(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpgid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };

	MUST(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	MUST(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

int main(int argc, char **argv)
{
	const char *then = argc > 3 ? argv[3] : "";
	pthread_t thread;

	MUST(argc > 2);
	count = strtoul(argv[1], NULL, 0);
	every = strtoul(argv[2], NULL, 0);
	calls("first");
	if (!strcmp(then, "fork")) {
		if (fork() == 0) {
			calls("child");
			return 0;
		}
		MUST(wait(NULL) > 0);
	} else if (!strcmp(then, "thread")) {
		MUST(pthread_create(&thread, NULL, in_thread, NULL) == 0);
		MUST(pthread_join(thread, NULL) == 0);
	} else if (!strcmp(then, "filter")) {
		add_filter();
		calls("filtered");
	} else if (*then) {
		execv(then, argv + 3);
		MUST(!"execv");
	}
	return 0;
}
