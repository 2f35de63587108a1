/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * leaderexit [MS]
 *
 * The leader ends, its threads live on and print in turn. For "With a leader
 * that exited while its threads live, process_vm_readv(tgid) and opening mem
 * give ESRCH": names and buffers must be read through a live thread. The
 * last thread opens a file and exits the process with status 5.
 */
#include "tracee.h"

#include <fcntl.h>

static pthread_t leader, first_thread;
static long ms;

static void *second(void *arg)
{
	char text[8] = { 0 };
	int fd;

	(void)arg;
	pthread_join(first_thread, NULL);
	sleep_ms(ms);
	fd = open("/proc/self/status", O_RDONLY);
	MUST(fd >= 0);
	MUST(read(fd, text, 5) == 5);
	SAY("second: %s\n", text);
	exit(5);
}

static void *first(void *arg)
{
	pthread_t t;

	(void)arg;
	pthread_join(leader, NULL);
	SAY("first: the leader is gone\n");
	t = thread_start(second, NULL);
	MUST(access("/", F_OK) == 0);
	SAY("first: ends\n");
	pthread_detach(t);
	return NULL;
}

int main(int argc, char **argv)
{
	ms = arg_number(argc, argv, 1, 50);
	leader = pthread_self();
	SAY("leader: ends\n");
	first_thread = thread_start(first, NULL);
	pthread_exit(NULL);
}
