/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * siblings [direct|gone]
 *
 * Children by CLONE_PARENT, 20 of them, which call `work` 3 times each and end
 * with its result, 9: those of a child, so that the first process is their
 * parent. `direct`: those of the first process itself; whoever ran it gets
 * them. `gone`: fork children that outlive their parent.
 */
#include "tracee.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum { CHILDREN = 20 };

static volatile int sink;

__attribute__((noinline, noclone)) int work(int n)
{
	sink += n;
	return sink;
}

static void child(void)
{
	for (int i = 0; i < 3; i++)
		work(3);
	_exit(sink);
}

static void make(int flags)
{
	for (int i = 0; i < CHILDREN; i++) {
		long pid = syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);

		MUST(pid >= 0);
		if (!pid)
			child();
	}
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	int flags = strcmp(what, "gone") == 0 ? 0 : CLONE_PARENT;
	int status, sum = 0, count = 0;

	if (strcmp(what, "direct") == 0) {
		make(flags);
		return 0;
	}
	MUST(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
	if (fork() == 0) {
		make(flags);
		_exit(0);
	}
	while (wait(&status) > 0) {
		sum += WIFEXITED(status) ? WEXITSTATUS(status) : 1000;
		count++;
	}
	printf("%d children, sum %d\n", count, sum);
	return 0;
}
