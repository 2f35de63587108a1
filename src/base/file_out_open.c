/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/file_out_open.c: what a name that the user gave stands for. */
#include "base/file_out_internal.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <time.h>
#include <unistd.h>

enum { TMPFS = 0x01021994 };

static struct error *cannot(const struct file_out *f, int errnum)
{
	return error_errno(errnum, "can't write %s", f->path);
}

/* The descriptor of scdb's own that PATH means, or -1. */
static int own_descriptor(const char *path)
{
	static const char prefix[] = "/dev/fd/";
	char *end;
	long fd;

	if (strcmp(path, "/dev/stdout") == 0)
		return STDOUT_FILENO;
	if (strcmp(path, "/dev/stderr") == 0)
		return STDERR_FILENO;
	if (strncmp(path, prefix, strlen(prefix)) != 0)
		return -1;
	path += strlen(prefix);
	fd = strtol(path, &end, 10);
	return *path && !*end && fd >= 0 && fd <= INT_MAX ? (int)fd : -1;
}

/* Something that is written as it is. */
static struct error *take_stream(struct file_out *f)
{
	struct stat st;

	f->stream = true;
	if (isatty(f->fd))
		return error_new(ERROR_REFUSED, "%s is a terminal: memory is "
		                 "not written there as it is", f->path);
	if (fstat(f->fd, &st) == 0)
		f->pipe = S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode);
	return NULL;
}

/* A FIFO that nobody reads yet is waited for. */
static struct error *open_special(struct file_out *f)
{
	const struct timespec moment = { .tv_nsec = 10000000 };
	struct stat st;

	for (;;) {
		f->fd = open(f->path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK |
		             O_NOCTTY | O_CLOEXEC);
		if (f->fd >= 0)
			return take_stream(f);
		if (errno != ENXIO || lstat(f->path, &st) != 0 ||
		    !S_ISFIFO(st.st_mode))
			return cannot(f, errno);
		if (f->interrupted && f->interrupted(f->ctx))
			return error_new(ERROR_INTERRUPTED,
			                 "interrupted: nobody reads %s",
			                 f->path);
		nanosleep(&moment, NULL);
	}
}

static struct error *refuse_link(const struct file_out *f)
{
	char target[PATH_MAX];
	ssize_t len = readlink(f->path, target, sizeof(target) - 1);

	target[len > 0 ? len : 0] = '\0';
	return error_new(ERROR_REFUSED, "%s is a symbolic link: name what it "
	                 "points to, %s, or remove it", f->path, target);
}

static struct error *open_temporary(struct file_out *f)
{
	static const char name[] = ".scdb-XXXXXX";
	const char *slash = strrchr(f->path, '/');
	int dir_len = slash ? (int)(slash - f->path) + 1 : 0;
	char *temporary = xasprintf("%.*s%s", dir_len, f->path, name);

	f->fd = mkostemp(temporary, O_CLOEXEC);
	if (f->fd >= 0) {
		f->temporary = temporary;
		return NULL;
	}
	free(temporary);
	return cannot(f, errno);
}

static struct error *open_appended(struct file_out *f)
{
	struct stat st;

	f->fd = open(f->path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
	if (f->fd < 0 || fstat(f->fd, &st) != 0)
		return cannot(f, errno);
	if (!S_ISREG(st.st_mode))
		return error_new(ERROR_REFUSED, "%s changes meanwhile",
		                 f->path);
	f->append = true;
	f->base = (uint64_t)st.st_size;
	return NULL;
}

/* The signal that a limit on files' sizes makes needs the thread. */
static bool is_in_memory(const struct file_out *f)
{
	struct rlimit limit;
	struct statfs fs;

	return !f->stream && fstatfs(f->fd, &fs) == 0 && fs.f_type == TMPFS &&
	       getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
	       limit.rlim_cur == RLIM_INFINITY;
}

static struct error *open_file(struct file_out *f)
{
	int own = own_descriptor(f->path);
	struct stat st;

	if (own >= 0) {
		f->fd = fcntl(own, F_DUPFD_CLOEXEC, 3);
		return f->fd < 0 ? cannot(f, errno) : take_stream(f);
	}
	if (!*f->path)
		return error_new(ERROR_USAGE, "a file's name is missing");
	if (lstat(f->path, &st) != 0)
		return errno == ENOENT ? open_temporary(f) : cannot(f, errno);
	if (S_ISLNK(st.st_mode))
		return refuse_link(f);
	if (S_ISDIR(st.st_mode))
		return cannot(f, EISDIR);
	if (!S_ISREG(st.st_mode))
		return open_special(f);
	/* To replace it only the directory's permission would be needed. */
	if (faccessat(AT_FDCWD, f->path, W_OK, AT_EACCESS) != 0)
		return cannot(f, errno);
	return f->append ? open_appended(f) : open_temporary(f);
}

struct error *file_out_open(struct file_out *f)
{
	TRY(open_file(f));
	f->in_memory = is_in_memory(f);
	return NULL;
}
