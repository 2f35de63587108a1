/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * sigstorm [SIGNALS]
 *
 * Queued signals, each with a number, that arrive while the program forks,
 * vforks, execs children, starts threads and makes calls: none may be lost,
 * doubled or changed, though stops for signals and events fall together ("a
 * signal passed on at the resume from an EVENT stop is dropped").
 */
#include "randcalls.h"

#include <sys/wait.h>

/* Any thread may be the one that a signal goes to. */
static int received;
static uint64_t sum;
static pid_t self;
static volatile bool sent_all;
static long signals;

static int count_received(void)
{
	return __atomic_load_n(&received, __ATOMIC_ACQUIRE);
}

static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	if (getpid() != self)
		return;
	__atomic_fetch_add(&sum, (unsigned int)info->si_value.sival_int,
			   __ATOMIC_RELAXED);
	__atomic_fetch_add(&received, 1, __ATOMIC_RELEASE);
}

static void *send_all(void *arg)
{
	sigset_t all;
	long i;

	(void)arg;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	for (i = 1; i <= signals; i++) {
		union sigval v = { .sival_int = (int)i };

		while (sigqueue(self, SIGRTMIN, v) != 0)
			sleep_ms(1);
		if (i % 16 == 0)
			sleep_ms(1);
	}
	sent_all = true;
	return NULL;
}

static void *brief(void *arg)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	syscall(SYS_getppid);
	return arg;
}

static void reap(pid_t pid)
{
	MUST(pid > 0);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static void one_event(int which)
{
	char *argv[] = { (char *)(uintptr_t)"true", NULL };
	pid_t pid;

	switch (which) {
	case 0:
		pid = fork();
		if (pid == 0)
			_exit(0);
		reap(pid);
		break;
	case 1:
		pid = vfork();
		if (pid == 0) {
			execv("/bin/true", argv);
			_exit(1);
		}
		reap(pid);
		break;
	default:
		pthread_join(thread_start(brief, NULL), NULL);
	}
}

int main(int argc, char **argv)
{
	struct sigaction a = { .sa_sigaction = on_signal,
			       .sa_flags = SA_SIGINFO | SA_RESTART };
	pthread_t sender;
	int i = 0;

	self = getpid();
	signals = arg_number(argc, argv, 1, 300);
	sigaction(SIGRTMIN, &a, NULL);
	sender = thread_start(send_all, NULL);
	while (!sent_all)
		one_event(i++ % 3);
	pthread_join(sender, NULL);
	/* Those still queued; a lost one must not keep the program. */
	for (i = 0; i < 1000 && count_received() < signals; i++)
		sleep_ms(1);
	SAY("sent %ld received %d sum %s\n", signals, count_received(),
	    sum == (uint64_t)signals * (uint64_t)(signals + 1) / 2 ?
	    "right" : "wrong");
	return count_received() == signals ? 0 : 1;
}
