/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * events [N]
 *
 * All that a catchpoint may be about beside calls, one after the other: a fork
 * whose child ends with 1, a vfork whose child ends with 2, SIGUSR1 and SIGUSR2
 * to itself, a thread, a library that comes and goes; N (2) times. Then it runs
 * itself again as `events last`, which ends with 5.
 */
#include "tracee.h"

#include <dlfcn.h>
#include <signal.h>
#include <sys/wait.h>

static volatile int signals;

static void on_signal(int signal)
{
	signals += signal == SIGUSR1 ? 1 : 10;
}

static void *run_thread(void *arg)
{
	return arg;
}

static void once(void)
{
	pthread_t thread;
	int status;
	void *library;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (!pid)
		_exit(1);
	MUST(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 1);
	pid = vfork();
	MUST(pid >= 0);
	if (!pid)
		_exit(2);
	MUST(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 2);
	MUST(raise(SIGUSR1) == 0 && raise(SIGUSR2) == 0);
	MUST(pthread_create(&thread, NULL, run_thread, NULL) == 0);
	MUST(pthread_join(thread, NULL) == 0);
	library = dlopen("libutil.so.1", RTLD_NOW);
	MUST(library);
	dlclose(library);
}

int main(int argc, char **argv)
{
	int n = argc > 1 ? atoi(argv[1]) : 2;

	if (argc > 1 && strcmp(argv[1], "last") == 0)
		return 5;
	signal(SIGUSR1, on_signal);
	signal(SIGUSR2, on_signal);
	for (int i = 0; i < n; i++)
		once();
	printf("signals: %d\n", signals);
	fflush(stdout);
	execl("/proc/self/exe", argv[0], "last", NULL);
	return 98;
}
