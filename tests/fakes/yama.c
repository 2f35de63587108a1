/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Yama, where there is none, for LD_PRELOAD in front of a tracer: the process
 * FAKE_PID can't be attached to, and Yama's file says FAKE_SCOPE (empty: there
 * is no such file).
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <unistd.h>

static int scope_file(const char *scope)
{
	int ends[2];

	if (!*scope) {
		errno = ENOENT;
		return -1;
	}
	if (pipe(ends) != 0 || write(ends[1], scope, 1) != 1 ||
	    write(ends[1], "\n", 1) != 1)
		abort();
	close(ends[1]);
	return ends[0];
}

int open(const char *path, int flags, ...)
{
	const char *scope = getenv("FAKE_SCOPE");
	va_list rest;
	mode_t mode;

	va_start(rest, flags);
	mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
	va_end(rest);
	if (scope && !strcmp(path, "/proc/sys/kernel/yama/ptrace_scope"))
		return scope_file(scope);
	return openat(AT_FDCWD, path, flags, mode);
}

long ptrace(enum __ptrace_request request, ...)
{
	long (*real)(int, ...) = (long (*)(int, ...))dlsym(RTLD_NEXT,
	                                                   "ptrace");
	const char *refused = getenv("FAKE_PID");
	va_list rest;
	pid_t pid;
	void *addr, *data;

	va_start(rest, request);
	pid = va_arg(rest, pid_t);
	addr = va_arg(rest, void *);
	data = va_arg(rest, void *);
	va_end(rest);
	if (request == PTRACE_SEIZE && refused && pid == atoi(refused)) {
		errno = EPERM;
		return -1;
	}
	return real(request, pid, addr, data);
}
