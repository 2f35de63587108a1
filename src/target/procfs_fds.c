/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/procfs_fds.c: what the descriptors of a process are. */
#include "target/procfs_parse.h"

#include "base/alloc.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FDINFO_MAX = 1024,          /* its first lines are what is wanted */
	TARGETS_MAX = 256 << 20,    /* bytes of all link texts together */
};

void proc_parse_fdinfo(const char *text, struct proc_fd *fd)
{
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, "pos:\t", 5))
			fd->pos = strtoull(line + 5, NULL, 10);
		else if (!strncmp(line, "flags:\t", 7))
			fd->flags = (unsigned)strtoul(line + 7, NULL, 8);
	}
}

static void read_fdinfo(pid_t pid, struct proc_fd *fd)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)pid, fd->fd);
	error_destroy(proc_read(path, FDINFO_MAX, &text));
	proc_parse_fdinfo(text.data, fd);
}

/* A link's text, cut to SIZE; its length, or -1 where there is none. */
static ssize_t read_link(const char *path, char *data, size_t size)
{
	ssize_t len = readlink(path, data, size - 1);

	data[len > 0 ? len : 0] = '\0';
	return len;
}

static int compare_fds(const void *a, const void *b)
{
	int x = ((const struct proc_fd *)a)->fd;
	int y = ((const struct proc_fd *)b)->fd;

	return (x > y) - (x < y);
}

/* Whether NAME is a plain decimal number that an int holds. */
static bool parse_fd(const char *name, int *fd)
{
	char *end;
	long value;

	if (!isdigit((unsigned char)*name))
		return false;
	value = strtol(name, &end, 10);
	if (*end || value > INT_MAX)
		return false;
	*fd = (int)value;
	return true;
}

/* Descriptors that are closed while they are listed are left out. */
static struct error *list_fds(pid_t pid, DIR *dir, proc_fd_vec *fds)
{
	char path[PROC_PATH_MAX];
	char target[PROC_LINK_MAX];
	struct dirent *entry;
	size_t total = 0;

	while ((errno = 0, entry = readdir(dir)) != NULL) {
		struct proc_fd fd = { 0 };

		if (!parse_fd(entry->d_name, &fd.fd))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid,
		         fd.fd);
		if (read_link(path, target, sizeof(target)) < 0)
			continue;
		read_fdinfo(pid, &fd);
		total += strlen(target);
		if (total > TARGETS_MAX)
			return error_new(ERROR_REFUSED,
			                 "process %d has too many descriptors",
			                 (int)pid);
		fd.target = xstrdup(target);
		vec_push(fds, fd);
	}
	if (errno && errno != ENOENT && errno != ESRCH)
		return error_errno(errno, "can't read /proc/%d/fd", (int)pid);
	if (fds->len)
		qsort(fds->items, fds->len, sizeof(fds->items[0]),
		      compare_fds);
	return NULL;
}

struct error *proc_fds(pid_t pid, proc_fd_vec *fds)
{
	char path[PROC_PATH_MAX];
	proc_fd_vec found = { 0 };
	struct error *err;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	if (!dir && (errno == ENOENT || errno == ESRCH))
		return error_new(ERROR_GONE, "no process %d", (int)pid);
	if (!dir)
		return error_errno(errno, "can't read %s", path);
	err = list_fds(pid, dir, &found);
	closedir(dir);
	if (err) {
		proc_fds_deinit(&found);
		return err;
	}
	*fds = found;
	return NULL;
}

void proc_fds_deinit(proc_fd_vec *fds)
{
	for (size_t i = 0; i < fds->len; i++)
		free(fds->items[i].target);
	vec_deinit(fds);
}

/* "socket:[INODE]": no path looks so, for paths begin with a slash. */
static bool parse_socket(const char *text, uint64_t *inode)
{
	char *end;

	if (strncmp(text, "socket:[", 8) || !isdigit((unsigned char)text[8]))
		return false;
	*inode = strtoull(text + 8, &end, 10);
	return !strcmp(end, "]");
}

/* A pidfd by its process: "pid:77" (-1 once it is gone). */
static ssize_t pidfd_text(pid_t pid, int fd, char *data, size_t size)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf info = { 0 };
	const char *line;

	buf_init(&info);
	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", (int)pid, fd);
	error_destroy(proc_read(path, FDINFO_MAX, &info));
	line = strstr(info.data, "\nPid:\t");
	if (line)
		snprintf(data, size, "pid:%d", atoi(line + 6));
	return (ssize_t)strlen(data);
}

ssize_t proc_netlink_text(pid_t pid, int fd, char *data, size_t size)
{
	char path[PROC_PATH_MAX], text[64];
	uint64_t inode;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	if (fd < 0 || read_link(path, text, sizeof(text)) < 0 ||
	    !parse_socket(text, &inode) ||
	    !proc_socket_is(pid, fd, inode, "NETLINK"))
		return -1;
	return proc_socket_text(pid, fd, inode, data, size);
}

ssize_t proc_fd_text(pid_t pid, int fd, char *data, size_t size)
{
	char path[PROC_PATH_MAX];
	uint64_t inode;
	ssize_t len;

	if (!size)
		return -1;
	data[0] = '\0';
	if (fd < 0)
		return -1;
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	len = read_link(path, data, size);
	if (len > 0 && !strcmp(data, "anon_inode:[pidfd]"))
		return pidfd_text(pid, fd, data, size);
	if (len < 0 || !parse_socket(data, &inode))
		return len;
	len = proc_socket_text(pid, fd, inode, data, size);
	return len >= 0 ? len : (ssize_t)strlen(data);
}
