/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * injected REPORT: makes some calls of each of a few kinds, and writes what came
 * of them to the file REPORT, by pwrite64 alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char report[8192];
static size_t used;
static volatile int usr1, usr2;

static void on_signal(int number)
{
	if (number == SIGUSR1)
		usr1++;
	else
		usr2++;
}

static void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	used += (size_t)vsnprintf(report + used, sizeof(report) - used,
	                          format, args);
	va_end(args);
}

/* Results above all but errors are pids and the like, unless they are odd. */
static void said(const char *name, long result, int error)
{
	say("%s %ld %s usr %d %d\n", name, result, result == -1
	    ? strerrorname_np(error) : "-", usr1, usr2);
}

static void reads(int fd)
{
	char data[9];

	for (int i = 0; i < 6; i++) {
		long got;

		strcpy(data, "........");
		errno = 0;
		got = syscall(SYS_read, fd, data, 4);
		said("read", got, errno);
		say("  %s at %ld\n", data, (long)lseek(fd, 0, SEEK_CUR));
	}
}

static void others(const char *path)
{
	struct timespec ten = { 0, 10000000 }, rest = { 7, 7 };
	struct timespec from, to;
	struct stat st;
	long got;

	for (int i = 0; i < 4; i++) {
		long own = getpid();

		errno = 0;
		got = syscall(SYS_getppid);
		/* A true parent's id is more than what is injected. */
		said("getppid", got == own ? -2 : got > 9 ? 10 : got, errno);
		errno = 0;
		got = syscall(SYS_access, path, R_OK);
		said("access", got, errno);
		errno = 0;
		got = syscall(SYS_fstat, -1, &st);
		said("fstat", got, errno);
	}
	clock_gettime(CLOCK_MONOTONIC, &from);
	errno = 0;
	got = syscall(SYS_nanosleep, &ten, &rest);
	said("nanosleep", got, errno);
	clock_gettime(CLOCK_MONOTONIC, &to);
	say("  long %d\n", (to.tv_sec - from.tv_sec) * 1000000000 +
	    to.tv_nsec - from.tv_nsec > 1000000000);
}

static void child(void)
{
	char name[] = "/nothing/here";
	int status = 0;
	pid_t pid = (pid_t)syscall(SYS_fork);

	if (pid == 0) {
		errno = 0;
		(void)!syscall(SYS_chdir, name);
		_exit(errno);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	say("child %d status %x %s\n", pid > 0, (unsigned)status, name);
	errno = 0;
	status = (int)syscall(SYS_chdir, name);
	said("chdir", status, errno);
	say("  %s\n", name);
}

int main(int argc, char **argv)
{
	int out = argc > 1 ? open(argv[1], O_WRONLY | O_CREAT, 0600) : 2;
	int fd = open(argv[0], O_RDONLY);

	signal(SIGUSR1, on_signal);
	signal(SIGUSR2, on_signal);
	reads(fd);
	others(argv[0]);
	child();
	(void)!pwrite(out, report, used, 0);
	return (int)(used % 97);
}
