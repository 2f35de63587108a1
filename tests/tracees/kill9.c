/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * kill9 [TIMES [SEED [THREADS]]]
 *
 * Children with THREADS threads at work that die by SIGKILL at instants
 * chosen by SEED: at any of them a debugger may be reading registers, writing
 * memory or resuming. Prints how many died, and by what.
 */
#include "randcalls.h"

#include <sys/wait.h>

static void *work(void *arg)
{
	struct caller c;

	caller_init(&c, (uintptr_t)arg + 1);
	for (;;)
		random_call(&c);
	return NULL;
}

static void child(long threads)
{
	long i;

	for (i = 1; i < threads; i++)
		thread_start(work, (void *)(uintptr_t)i);
	work(NULL);
}

int main(int argc, char **argv)
{
	long times = arg_number(argc, argv, 1, 100), i, killed = 0;
	uint64_t seed = (uint64_t)arg_number(argc, argv, 2, 1);
	long threads = arg_number(argc, argv, 3, 3);

	seed = seed * 0x9e3779b97f4a7c15ULL + 1;
	for (i = 0; i < times; i++) {
		struct timespec t = { 0, random_next(&seed) % 4000000 };
		int status;
		pid_t pid = fork();

		MUST(pid >= 0);
		if (pid == 0)
			child(threads);
		nanosleep(&t, NULL);
		kill(pid, SIGKILL);
		MUST(waitpid(pid, &status, 0) == pid);
		killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	}
	SAY("killed %ld of %ld\n", killed, times);
	return killed == times ? 0 : 1;
}
