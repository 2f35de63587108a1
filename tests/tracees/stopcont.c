/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * stopcont [SIGNAL]
 *
 * A program that stops and continues itself, and a parent that watches its
 * child stop and go on, as a shell's job control does: a group stop must stay
 * one under a debugger (PTRACE_LISTEN), for every thread, and the parent must
 * see it. SIGNAL: 19 (SIGSTOP, the default), 20 (SIGTSTP), 21, 22.
 */
#include "tracee.h"

#include <signal.h>
#include <sys/wait.h>

static volatile sig_atomic_t continued;

static void on_continue(int sig)
{
	(void)sig;
	continued++;
}

/* 't' for traced and 'T' for stopped are one here. */
static bool is_stopped(pid_t pid)
{
	char path[64], text[512] = "", *end;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (!f)
		return false;
	if (!fgets(text, sizeof(text), f))
		text[0] = '\0';
	fclose(f);
	end = strrchr(text, ')');
	return end && (end[2] == 'T' || end[2] == 't');
}

/* SIGCONT until the parent has gone on: it may come before the stop. */
static void wake_parent(pid_t parent, int ended)
{
	char c;

	while (!is_stopped(parent))
		sleep_ms(2);
	sleep_ms(30);
	kill(parent, SIGCONT);
	MUST(read(ended, &c, 1) == 0);
	_exit(0);
}

static void stop_self(int sig)
{
	int end[2], status;
	pid_t pid;

	MUST(pipe(end) == 0);
	signal(SIGCONT, on_continue);
	continued = 0;
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0) {
		close(end[1]);
		wake_parent(getppid(), end[0]);
	}
	close(end[0]);
	SAY("stopping by %d\n", sig);
	kill(getpid(), sig);
	while (!continued)
		sleep_ms(1);
	SAY("went on, SIGCONT handled %d\n", (int)continued);
	close(end[1]);
	MUST(waitpid(pid, &status, 0) == pid);
}

static volatile unsigned long beats[2];
static int go_on[2];

static void *beat(void *arg)
{
	volatile unsigned long *n = arg;

	for (;;) {
		++*n;
		sleep_ms(1);
	}
	return NULL;
}

static void child_of_watcher(int sig)
{
	char c;

	thread_start(beat, (void *)(uintptr_t)&beats[0]);
	thread_start(beat, (void *)(uintptr_t)&beats[1]);
	while (beats[0] == 0 || beats[1] == 0)
		sleep_ms(1);
	kill(getpid(), sig);
	MUST(read(go_on[0], &c, 1) == 1);
	_exit(23);
}

static void watch_child(int sig)
{
	int status;
	pid_t pid;

	MUST(pipe(go_on) == 0);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0)
		child_of_watcher(sig);
	MUST(waitpid(pid, &status, WUNTRACED | WCONTINUED) == pid);
	SAY("child stopped %d by %d\n", WIFSTOPPED(status), WSTOPSIG(status));
	sleep_ms(30);
	MUST(waitpid(pid, &status, WUNTRACED | WCONTINUED | WNOHANG) == 0);
	SAY("child still stopped\n");
	kill(pid, SIGCONT);
	MUST(waitpid(pid, &status, WUNTRACED | WCONTINUED) == pid);
	SAY("child continued %d\n", WIFCONTINUED(status));
	MUST(write(go_on[1], "x", 1) == 1);
	MUST(waitpid(pid, &status, WUNTRACED | WCONTINUED) == pid);
	SAY("child ended with %d\n", WEXITSTATUS(status));
}

/* An orphaned process group is not stopped by SIGTSTP: have a leader here. */
static void own_group(int sig)
{
	int status;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (pid == 0) {
		setpgid(0, 0);
		stop_self(sig);
		watch_child(sig);
		_exit(0);
	}
	do {
		MUST(waitpid(pid, &status, 0) == pid);
	} while (!WIFEXITED(status));
}

int main(int argc, char **argv)
{
	own_group((int)arg_number(argc, argv, 1, SIGSTOP));
	return 0;
}
