/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * execs MODE ...: becoming another program, in every way.
 *
 *   thread      a thread that is not the leader execs, others live: the ids
 *               swap without a death notice of the old one
 *   threads N   the same N times, one after the other: a process that is in
 *               mid-exec most of the time, to attach to
 *   chain N     execs itself N times
 *   to OTHER N  execs OTHER, which execs this one, N times in all: with a
 *               64-bit and a 32-bit build, the personality changes each time
 *   vfork MS    vfork; the child sleeps MS before its exec, and the parent
 *               does not answer PTRACE_INTERRUPT meanwhile
 *   fork        fork and exec
 *   spawn       posix_spawn
 *   fail        execs that fail, then one that works
 *   final       prints its threads and ends with status 3
 */
#include "tracee.h"

#include <dirent.h>
#include <spawn.h>
#include <sys/wait.h>

#define BITS ((int)sizeof(void *) * 8)

static char self[] = "/proc/self/exe";

static int count_threads(void)
{
	DIR *d = opendir("/proc/self/task");
	struct dirent *e;
	int n = 0;

	MUST(d != NULL);
	while ((e = readdir(d)))
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static void become(const char *path, const char *mode, const char *arg,
		   const char *arg2)
{
	char *argv[] = { (char *)(uintptr_t)"execs", (char *)(uintptr_t)mode,
			 (char *)(uintptr_t)arg, (char *)(uintptr_t)arg2,
			 NULL };

	execv(path, argv);
}

static void *exec_in_thread(void *arg)
{
	long n = *(long *)arg;
	char left[24];

	snprintf(left, sizeof(left), "%ld", n - 1);
	become(self, n > 1 ? "threads" : "final", left, NULL);
	MUST(!"execv returned");
	return NULL;
}

static void *idle(void *arg)
{
	(void)arg;
	for (;;)
		pause();
	return NULL;
}

static int mode_threads(long n)
{
	static long left;
	int i;

	left = n;
	for (i = 0; i < 3; i++)
		thread_start(idle, NULL);
	if (n <= 1)
		SAY("4 threads, the last one execs\n");
	thread_start(exec_in_thread, &left);
	idle(NULL);
	return 1;
}

static int mode_chain(long n)
{
	char left[24];

	SAY("chain %ld\n", n);
	snprintf(left, sizeof(left), "%ld", n - 1);
	become(self, n > 0 ? "chain" : "final", left, NULL);
	MUST(!"execv returned");
	return 1;
}

/* `back` is how this build is called by the other. */
static int mode_to(const char *other, long n, const char *back)
{
	char *argv[] = { (char *)(uintptr_t)other, (char *)(uintptr_t)"to",
			 (char *)(uintptr_t)back, NULL, NULL };
	char left[24];

	SAY("%d bits, %ld to go\n", BITS, n);
	if (n <= 0)
		return 4;
	snprintf(left, sizeof(left), "%ld", n - 1);
	argv[3] = left;
	execv(other, argv);
	MUST(!"execv returned");
	return 1;
}

static int child_status(pid_t pid)
{
	int status;

	MUST(waitpid(pid, &status, 0) == pid);
	MUST(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int mode_vfork(long ms)
{
	volatile int shared = 1;
	int n;
	pid_t pid = vfork();

	MUST(pid >= 0);
	if (pid == 0) {
		struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

		nanosleep(&t, NULL);
		shared = 2;
		become(self, "final", NULL, NULL);
		_exit(9);
	}
	n = shared;
	SAY("child ended with %d\n", child_status(pid));
	SAY("parent after vfork: shared %d\n", n);
	return 0;
}

static int mode_fork(void)
{
	pid_t pid = fork();

	MUST(pid >= 0);
	if (pid == 0) {
		become(self, "final", NULL, NULL);
		_exit(9);
	}
	SAY("child ended with %d\n", child_status(pid));
	return 0;
}

static int mode_spawn(void)
{
	char *argv[] = { (char *)(uintptr_t)"execs",
			 (char *)(uintptr_t)"final", NULL };
	pid_t pid;

	errno = posix_spawn(&pid, self, NULL, NULL, argv, environ);
	MUST(errno == 0);
	SAY("child ended with %d\n", child_status(pid));
	return 0;
}

static int mode_fail(void)
{
	char *argv[] = { (char *)(uintptr_t)"x", NULL };
	static const char *const paths[] = {
		"/nonexistent", "/etc/passwd", "/", "",
	};
	size_t i;

	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		execv(paths[i], argv);
		SAY("exec of '%s': %s\n", paths[i], strerrorname_np(errno));
	}
	syscall(SYS_execve, (void *)1, argv, NULL);
	SAY("exec of a bad pointer: %s\n", strerrorname_np(errno));
	become(self, "final", NULL, NULL);
	return 1;
}

int main(int argc, char **argv)
{
	const char *mode = arg_word(argc, argv, 1);

	if (strcmp(mode, "thread") == 0)
		return mode_threads(1);
	if (strcmp(mode, "threads") == 0)
		return mode_threads(arg_number(argc, argv, 2, 100));
	if (strcmp(mode, "chain") == 0)
		return mode_chain(arg_number(argc, argv, 2, 3));
	if (strcmp(mode, "to") == 0 && argc >= 4)
		return mode_to(argv[2], arg_number(argc, argv, 3, 0), argv[0]);
	if (strcmp(mode, "vfork") == 0)
		return mode_vfork(arg_number(argc, argv, 2, 50));
	if (strcmp(mode, "fork") == 0)
		return mode_fork();
	if (strcmp(mode, "spawn") == 0)
		return mode_spawn();
	if (strcmp(mode, "fail") == 0)
		return mode_fail();
	if (strcmp(mode, "final") == 0) {
		SAY("final: %d bits, %d thread, tid is pid: %d\n", BITS,
		    count_threads(), getpid() == (pid_t)syscall(SYS_gettid));
		return 3;
	}
	fprintf(stderr, "usage: execs MODE ...\n");
	return 2;
}
