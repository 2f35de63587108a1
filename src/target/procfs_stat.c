/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/procfs_stat.c: /proc/PID/task/TID/stat. */
#include "target/procfs_parse.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LINE_MOST = 2048,
	/* Fields of proc(5), by their numbers there less those up to the
	 * state. */
	PARENT = 0, GROUP = 1, SESSION = 2, FLAGS = 5, TIMES = 10, NICE = 15,
	FIELDS,
	SECOND_US = 1000000,
};

bool proc_take_stat(const char *line, size_t len, long ticks,
                    struct proc_stat *stat)
{
	const char *name_end = memrchr(line, ')', len);
	const char *end = line + len, *at;
	long long fields[FIELDS];

	if (!name_end || end - name_end < 4 || name_end[1] != ' ' ||
	    !isalpha((unsigned char)name_end[2]) || ticks <= 0)
		return false;
	at = name_end + 3;
	for (size_t i = 0; i < FIELDS; i++) {
		char word[24] = "", *stop;
		size_t n = 0;

		while (at < end && *at == ' ')
			at++;
		while (at < end && *at != ' ' && n + 1 < sizeof(word))
			word[n++] = *at++;
		fields[i] = strtoll(word, &stop, 10);
		if (stop == word || *stop)
			return false;
	}
	stat->state = name_end[2];
	stat->parent = (pid_t)fields[PARENT];
	stat->group = (pid_t)fields[GROUP];
	stat->session = (pid_t)fields[SESSION];
	stat->flags = (uint64_t)fields[FLAGS];
	stat->nice = (int)fields[NICE];
	for (size_t i = 0; i < ARRAY_LEN(stat->times_us); i++)
		stat->times_us[i] = (uint64_t)fields[TIMES + i] / (uint64_t)ticks *
			SECOND_US + (uint64_t)fields[TIMES + i] %
			(uint64_t)ticks * SECOND_US / (uint64_t)ticks;
	return true;
}

struct error *proc_stat(pid_t pid, pid_t tid, struct proc_stat *stat)
{
	char path[PROC_PATH_MAX];
	AUTO_BUF struct buf line = { 0 };

	buf_init(&line);
	snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid,
	         (int)tid);
	TRY(proc_read(path, LINE_MOST, &line));
	if (!proc_take_stat(line.data, line.len, sysconf(_SC_CLK_TCK), stat))
		return error_new(ERROR_UNSUPPORTED, "can't understand %s",
		                 path);
	return NULL;
}
