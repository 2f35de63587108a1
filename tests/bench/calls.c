/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: calls N [THREADS]
 *
 * Each thread opens, looks at, reads, seeks and closes this program's file, N
 * times: five calls a time, with strings, a struct and bytes in them.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void *work(void *arg)
{
	long count = (long)(intptr_t)arg;
	struct stat st;
	char data[256];

	for (long i = 0; i < count; i++) {
		int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

		if (fd < 0 || fstat(fd, &st) != 0 ||
		    read(fd, data, sizeof(data)) != sizeof(data) ||
		    lseek(fd, 0, SEEK_SET) != 0 || close(fd) != 0)
			exit(1);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	enum { MOST = 64 };
	void *count = (void *)(intptr_t)(argc > 1 ? atol(argv[1]) : 0);
	int threads = argc > 2 ? atoi(argv[2]) : 1;
	pthread_t ids[MOST];

	if (threads > MOST)
		return 2;
	for (int i = 1; i < threads; i++)
		if (pthread_create(&ids[i], NULL, work, count) != 0)
			return 1;
	work(count);
	for (int i = 1; i < threads; i++)
		pthread_join(ids[i], NULL);
	return 0;
}
