/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * vforkwait
 *
 * A child made by vfork that says "ready" and reads a line of stdin before it
 * ends with 7: until then its parent, whose memory it shares, can't be
 * stopped, as "a vfork parent does not answer PTRACE_INTERRUPT until its child
 * execs or exits". Prints the child's status, as the parent saw it.
 */
#include "tracee.h"

#include <sys/wait.h>

int main(void)
{
	volatile int seen = 0;
	int status = -1;
	pid_t pid = vfork();

	MUST(pid >= 0);
	if (pid == 0) {
		char c = 0;

		seen = 1;
		if (write(1, "ready\n", 6) != 6)
			_exit(98);
		while (c != '\n' && read(0, &c, 1) == 1)
			;
		_exit(7);
	}
	MUST(waitpid(pid, &status, 0) == pid);
	SAY("child: memory %s, status %d\n", seen ? "shared" : "own",
	    WEXITSTATUS(status));
	return 3;
}
