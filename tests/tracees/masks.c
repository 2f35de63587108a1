/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * masks N: says how often it saw another affinity than it began with: N times
 * by the call, by /proc, in a child and in a thread; then it chooses one of its
 * own, and says how often that was another one later. A debugger that moves the
 * program from processor to processor must not be seen to.
 */
#include "tracee.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>

static cpu_set_t first;
static char first_line[4096];
static int wrong;

static void check_call(void)
{
	cpu_set_t now;

	MUST(sched_getaffinity(0, sizeof(now), &now) == 0);
	wrong += !CPU_EQUAL(&now, &first);
}

/* "Cpus_allowed:\t3" of this process, into LINE. */
static void read_line(char line[4096])
{
	char text[8192];
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t len = read(fd, text, sizeof(text) - 1);
	char *start, *end;

	MUST(len > 0 && close(fd) == 0);
	text[len] = '\0';
	start = strstr(text, "Cpus_allowed:");
	MUST(start != NULL);
	end = strchr(start, '\n');
	MUST(end && end - start < 4096);
	*end = '\0';
	memcpy(line, start, (size_t)(end - start) + 1);
}

static void check_proc(void)
{
	char line[4096];

	read_line(line);
	wrong += strcmp(line, first_line) != 0;
}

static void check_child(void)
{
	int status;
	pid_t pid = fork();

	MUST(pid >= 0);
	if (!pid) {
		int before = wrong;

		check_call();
		_exit(wrong != before);
	}
	MUST(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	wrong += WEXITSTATUS(status);
}

static void *check_thread(void *arg)
{
	check_call();
	return arg;
}

static void check_all(long count)
{
	for (long i = 0; i < count; i++) {
		for (int k = 0; k < 10; k++)
			syscall(SYS_getppid);
		check_call();
		check_proc();
		if (i % 20)
			continue;
		check_child();
		pthread_join(thread_start(check_thread, NULL), NULL);
	}
}

int main(int argc, char **argv)
{
	long count = arg_number(argc, argv, 1, 100);
	int cpu = 0, before;

	MUST(sched_getaffinity(0, sizeof(first), &first) == 0);
	read_line(first_line);
	check_all(count);
	SAY("seen: %d\n", wrong);
	while (!CPU_ISSET((size_t)cpu, &first))
		cpu++;
	CPU_ZERO(&first);
	CPU_SET((size_t)cpu, &first);
	MUST(sched_setaffinity(0, sizeof(first), &first) == 0);
	read_line(first_line);
	before = wrong;
	check_all(count);
	SAY("chosen, seen: %d\n", wrong - before);
	return 0;
}
