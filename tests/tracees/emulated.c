/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * emulated N EVERY [wait | ticks | fork | thread]
 *
 * N calls, of which one of each EVERY is gettid, the others getpgid(0); says how
 * many of these gave 4711, how many the process's group, and how many calls
 * gave neither that nor the thread's id. Before that: `wait` for a line of
 * standard input; `ticks` lets a signal's handler, which makes a call, come
 * between all the time. `fork` and `thread`: the same once more there.
 */
#include "tracee.h"

#include <sys/time.h>
#include <sys/wait.h>

static long count, every;

static void calls(const char *who)
{
	long faked = 0, group = 0, wrong = 0;
	long own = syscall(SYS_gettid), pgrp = getpgrp();

	for (long i = 0; i < count; i++) {
		long result;

		if (every && i % every == 0) {
			wrong += syscall(SYS_gettid) != own;
			continue;
		}
		result = syscall(SYS_getpgid, 0);
		faked += result == 4711;
		group += result == pgrp;
		wrong += result != 4711 && result != pgrp;
	}
	printf("%s: %ld faked, %ld group, %ld wrong\n", who, faked, group,
	       wrong);
	fflush(stdout);
}

static void *in_thread(void *unused)
{
	calls("thread");
	return unused;
}

static void on_tick(int number)
{
	(void)number;
	syscall(SYS_getppid);
}

static void start_ticks(void)
{
	struct itimerval often = { { 0, 300 }, { 0, 300 } };

	signal(SIGALRM, on_tick);
	MUST(setitimer(ITIMER_REAL, &often, NULL) == 0);
}

int main(int argc, char **argv)
{
	const char *how = argc > 3 ? argv[3] : "";
	pthread_t thread;

	MUST(argc > 2);
	count = strtol(argv[1], NULL, 0);
	every = strtol(argv[2], NULL, 0);
	if (!strcmp(how, "wait"))
		MUST(getchar() == '\n');
	if (!strcmp(how, "ticks"))
		start_ticks();
	calls("first");
	if (!strcmp(how, "fork")) {
		if (fork() == 0) {
			calls("child");
			return 0;
		}
		MUST(wait(NULL) > 0);
	} else if (!strcmp(how, "thread")) {
		MUST(pthread_create(&thread, NULL, in_thread, NULL) == 0);
		MUST(pthread_join(thread, NULL) == 0);
	}
	return 0;
}
