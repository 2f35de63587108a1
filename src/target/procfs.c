/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/procfs.h"

#include "target/procfs_parse.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	STATUS_MAX = 16384,      /* grows with the machine's processors */
	STAT_MAX = 2048,
	CMDLINE_MAX = 128 * 1024,
};

/* include/linux/sched.h */
enum { PF_IO_WORKER = 0x10, PF_USER_WORKER = 0x4000, PF_KTHREAD = 0x200000 };

static struct error *no_process(pid_t pid)
{
	return error_new(ERROR_GONE, "no process %d", (int)pid);
}

/* Whether /proc says by ERRNUM that the process is not there any more. */
static bool is_gone(int errnum)
{
	return errnum == ENOENT || errnum == ESRCH || errnum == ENOTDIR;
}

/*
 * Fills DATA with the front of a file, SIZE bytes at most.  Returns how many,
 * or -1 with errno.
 */
static ssize_t read_front(const char *path, char *data, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t done = 0;
	int errnum = 0;

	if (fd < 0)
		return -1;
	while (done < size) {
		ssize_t got = read(fd, data + done, size - done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			errnum = errno;
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	close(fd);
	if (errnum && !done) {
		errno = errnum;
		return -1;
	}
	return (ssize_t)done;
}

struct error *proc_read(const char *path, size_t limit, struct buf *text)
{
	char chunk[4096];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	int errnum = 0;

	if (fd < 0)
		return error_errno(errno, "can't open %s", path);
	while (limit) {
		size_t want = limit < sizeof(chunk) ? limit : sizeof(chunk);
		ssize_t got = read(fd, chunk, want);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			errnum = errno;
		if (got <= 0)
			break;
		buf_add(text, chunk, (size_t)got);
		limit -= (size_t)got;
	}
	close(fd);
	if (errnum)
		return error_errno(errnum, "can't read %s", path);
	return NULL;
}

const char *proc_find_line(const char *text, const char *name)
{
	size_t len = strlen(name);

	while (text) {
		if (!strncmp(text, name, len) && text[len] == ':') {
			text += len + 1;
			return text + strspn(text, " \t");
		}
		text = strchr(text, '\n');
		if (text)
			text++;
	}
	return NULL;
}

/* A number of /proc in BASE, or 0 where the line is missing. */
static uint64_t line_number(const char *text, const char *name, int base)
{
	const char *at = proc_find_line(text, name);

	return at && isxdigit((unsigned char)*at) ? strtoull(at, NULL, base)
	                                          : 0;
}

static void line_ids(const char *text, const char *name, unsigned ids[4])
{
	const char *at = proc_find_line(text, name);

	for (int i = 0; i < 4; i++) {
		char *end;

		ids[i] = 0;
		if (!at)
			continue;
		at += strspn(at, " \t");
		if (!isdigit((unsigned char)*at))
			continue;
		ids[i] = (unsigned)strtoul(at, &end, 10);
		at = end;
	}
}

/*
 * The first line holds the process's own name; the kernel escapes new lines
 * in it, so that no name can pass for a line of its own.
 */
bool proc_parse_status(const char *text, struct proc_status *status)
{
	const char *state = proc_find_line(text, "State");
	const char *kthread = proc_find_line(text, "Kthread");

	if (!state || !isalpha((unsigned char)*state) ||
	    !proc_find_line(text, "Tgid") || !proc_find_line(text, "Pid"))
		return false;
	*status = (struct proc_status){
		.state = *state,
		.tgid = (pid_t)line_number(text, "Tgid", 10),
		.pid = (pid_t)line_number(text, "Pid", 10),
		.parent = (pid_t)line_number(text, "PPid", 10),
		.tracer = (pid_t)line_number(text, "TracerPid", 10),
		.pending = line_number(text, "SigPnd", 16),
		.shared_pending = line_number(text, "ShdPnd", 16),
		.blocked = line_number(text, "SigBlk", 16),
		.ignored = line_number(text, "SigIgn", 16),
		.caught = line_number(text, "SigCgt", 16),
		.threads = (unsigned)line_number(text, "Threads", 10),
		.seccomp = (unsigned)line_number(text, "Seccomp", 10),
		.filters = (unsigned)line_number(text, "Seccomp_filters", 10),
		.kernel_thread = kthread && *kthread == '1',
	};
	line_ids(text, "Uid", status->uid);
	line_ids(text, "Gid", status->gid);
	return true;
}

char proc_parse_stat(const char *text, size_t len, unsigned *flags)
{
	/* The name may hold anything but is followed by numbers only. */
	const char *name_end = memrchr(text, ')', len);
	const char *end = text + len;
	const char *at;

	*flags = 0;
	if (!name_end || end - name_end < 3 || name_end[1] != ' ' ||
	    !isalpha((unsigned char)name_end[2]))
		return 0;
	at = name_end + 3;
	/* From ppid to flags: fields 4 to 9 of proc(5). */
	for (int i = 0; i < 6 && at < end; i++) {
		const char *blank = memchr(at, ' ', (size_t)(end - at));

		at = blank ? blank + 1 : end;
	}
	if (at < end)
		*flags = (unsigned)strtoul(at, NULL, 10);
	return name_end[2];
}

/* The state, or 0 where it is gone. */
static char read_stat(const char *path, unsigned *flags)
{
	char text[STAT_MAX];
	ssize_t len = read_front(path, text, sizeof(text) - 1);

	*flags = 0;
	if (len <= 0)
		return 0;
	text[len] = '\0';
	return proc_parse_stat(text, (size_t)len, flags);
}

struct error *proc_status_at(const char *proc, pid_t tid,
                             struct proc_status *status)
{
	char path[PROC_PATH_MAX];
	char text[STATUS_MAX];
	unsigned flags;
	ssize_t len;

	snprintf(path, sizeof(path), "%s/%d/status", proc, (int)tid);
	len = read_front(path, text, sizeof(text) - 1);
	if (len < 0 && is_gone(errno))
		return no_process(tid);
	if (len < 0)
		return error_errno(errno, "can't read %s", path);
	text[len] = '\0';
	if (!proc_parse_status(text, status))
		return error_new(ERROR_UNSUPPORTED, "can't understand %s",
		                 path);
	/* Kernels before 6.8 don't say it in so many words. */
	if (!proc_find_line(text, "Kthread") &&
	    !proc_find_line(text, "VmSize")) {
		snprintf(path, sizeof(path), "%s/%d/stat", proc, (int)tid);
		read_stat(path, &flags);
		status->kernel_thread = flags & PF_KTHREAD;
	}
	return NULL;
}

struct error *proc_status(pid_t tid, struct proc_status *status)
{
	return proc_status_at("/proc", tid, status);
}

void proc_comm_at(const char *proc, pid_t tid, char name[64])
{
	char path[PROC_PATH_MAX];
	ssize_t len;

	snprintf(path, sizeof(path), "%s/%d/comm", proc, (int)tid);
	len = read_front(path, name, 63);
	if (len <= 0) {
		strcpy(name, "?");
		return;
	}
	/* Only the last new line is the kernel's. */
	if (name[len - 1] == '\n')
		len--;
	name[len] = '\0';
}

void proc_comm(pid_t tid, char name[64])
{
	proc_comm_at("/proc", tid, name);
}

bool proc_same_exe(pid_t a, pid_t b)
{
	struct stat one, other;
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)a);
	if (stat(path, &one) < 0)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/exe", (int)b);
	return stat(path, &other) == 0 && one.st_dev == other.st_dev &&
	       one.st_ino == other.st_ino;
}

void proc_exe(pid_t pid, char *path, size_t size)
{
	char link[PROC_PATH_MAX];
	ssize_t len;

	if (!size)
		return;
	snprintf(link, sizeof(link), "/proc/%d/exe", (int)pid);
	len = readlink(link, path, size - 1);
	path[len > 0 ? len : 0] = '\0';
}

void proc_cmdline(pid_t pid, struct buf *line)
{
	char path[PROC_PATH_MAX];
	size_t start = line->len;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
	error_destroy(proc_read(path, CMDLINE_MAX, line));
	/* Programs that set their title leave a row of NULs behind. */
	while (line->len > start && !line->data[line->len - 1])
		buf_truncate(line, line->len - 1);
	for (size_t i = start; i < line->len; i++)
		if (!line->data[i])
			line->data[i] = ' ';
}

char proc_state(pid_t pid, pid_t tid)
{
	char path[PROC_PATH_MAX];
	unsigned flags;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid,
	         (int)tid);
	return read_stat(path, &flags);
}

unsigned proc_flags_at(const char *proc, pid_t pid, pid_t tid)
{
	char path[PROC_PATH_MAX];
	unsigned flags;

	snprintf(path, sizeof(path), "%s/%d/task/%d/stat", proc, (int)pid,
	         (int)tid);
	read_stat(path, &flags);
	return flags;
}

bool proc_is_kernel_worker(pid_t pid, pid_t tid)
{
	return proc_flags_at("/proc", pid, tid) &
	       (PF_IO_WORKER | PF_USER_WORKER | PF_KTHREAD);
}

static int compare_pids(const void *a, const void *b)
{
	pid_t x = *(const pid_t *)a;
	pid_t y = *(const pid_t *)b;

	return (x > y) - (x < y);
}

/* Adds the numbers among DIR's names; returns 0 or an errno. */
static int read_numbers(const char *path, pid_vec *numbers)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int errnum;

	if (!dir)
		return errno;
	while ((errno = 0, entry = readdir(dir)) != NULL) {
		char *end;
		long number = strtol(entry->d_name, &end, 10);

		if (isdigit((unsigned char)entry->d_name[0]) && !*end &&
		    number > 0 && number <= INT_MAX)
			vec_push(numbers, (pid_t)number);
	}
	errnum = errno;
	closedir(dir);
	if (numbers->len)
		qsort(numbers->items, numbers->len, sizeof(pid_t),
		      compare_pids);
	/* A process that goes away while it is listed ends the list. */
	return is_gone(errnum) && numbers->len ? 0 : errnum;
}

struct error *proc_tasks_at(const char *proc, pid_t pid, pid_vec *tids)
{
	char path[PROC_PATH_MAX];
	pid_vec found = { 0 };
	int errnum;

	snprintf(path, sizeof(path), "%s/%d/task", proc, (int)pid);
	errnum = read_numbers(path, &found);
	if (!errnum && found.len) {
		*tids = found;
		return NULL;
	}
	vec_deinit(&found);
	if (!errnum || is_gone(errnum))
		return no_process(pid);
	return error_errno(errnum, "can't read %s", path);
}

struct error *proc_tasks(pid_t pid, pid_vec *tids)
{
	return proc_tasks_at("/proc", pid, tids);
}

struct error *proc_pids(pid_vec *pids)
{
	pid_vec found = { 0 };
	int errnum = read_numbers("/proc", &found);

	if (errnum) {
		vec_deinit(&found);
		return error_errno(errnum, "can't read /proc");
	}
	*pids = found;
	return NULL;
}
