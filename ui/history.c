/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history.h"

#include "base/alloc.h"
#include "base/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>

enum { MAX_FILE = 64 << 20 };

/* As the XDG base directory specification has it: a relative one is invalid. */
static char *history_path(void)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (state && *state == '/')
		return xasprintf("%s/scdb/history", state);
	if (home && *home == '/')
		return xasprintf("%s/.local/state/scdb/history", home);
	return NULL;
}

static int clamp(uint64_t size)
{
	return size > INT_MAX ? INT_MAX : (int)size;
}

char *history_open(uint64_t size)
{
	char *path = history_path();
	struct stat st;
	int fd;

	using_history();
	if (size)
		stifle_history(clamp(size));
	if (!path)
		return NULL;
	directory_make_parents(path);
	/* O_NONBLOCK: what stands there may be a pipe. */
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    st.st_size > MAX_FILE) {
		free(path);
		path = NULL;
	}
	if (fd >= 0)
		close(fd);
	if (path)
		read_history(path);
	return path;
}

void history_keep(const char *file, const char *line, uint64_t size)
{
	HIST_ENTRY *last = history_length
		? history_get(history_base + history_length - 1) : NULL;

	if (last && strcmp(last->line, line) == 0)
		return;
	if (size)
		stifle_history(clamp(size));
	else
		unstifle_history();
	add_history(line);
	if (file)
		append_history(1, file);
}

void history_each(size_t count,
                  void (*fn)(void *arg, uint64_t number, const char *line),
                  void *arg)
{
	size_t len = (size_t)history_length;
	size_t first = count < len ? len - count : 0;

	for (size_t i = first; i < len; i++) {
		int number = history_base + (int)i;

		fn(arg, (uint64_t)number, history_get(number)->line);
	}
}

void history_close(const char *file, uint64_t size)
{
	if (file && size)
		history_truncate_file(file, clamp(size));
}
