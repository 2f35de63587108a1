/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 */
/*
 * texts: calls whose paths somebody else changes: 32 threads that each open a
 * file of their own below /nowhere and rename it to and fro, many times, and
 * children by vfork that run /nowhere/true.  Says how often it was not the file,
 * how often the rename failed, and what the children left in memory (KiB).
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 32, TIMES = 10, CHILDREN = 20 };

static int wrong, failed;

static void open_own(const char *path, const char *want)
{
	char got[16] = "";
	int fd = open(path, O_RDONLY);
	ssize_t len = read(fd, got, sizeof(got) - 1);

	got[len > 0 ? len : 0] = '\0';
	if (strcmp(got, want) != 0)
		__atomic_add_fetch(&wrong, 1, __ATOMIC_RELAXED);
	close(fd);
}

static void *use(void *number)
{
	char want[16], path[64], other[64];

	snprintf(want, sizeof(want), "%d", *(int *)number);
	snprintf(path, sizeof(path), "/nowhere/%s", want);
	snprintf(other, sizeof(other), "/nowhere/other-%s", want);
	for (int i = 0; i < TIMES; i++) {
		open_own(path, want);
		if (rename(path, other) != 0 || rename(other, path) != 0)
			__atomic_add_fetch(&failed, 1, __ATOMIC_RELAXED);
	}
	return NULL;
}

static long size(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	long pages = 0;

	if (!f || fscanf(f, "%ld", &pages) != 1)
		pages = -1;
	if (f)
		fclose(f);
	return pages * 4;
}

int main(void)
{
	static int numbers[THREADS];
	static pthread_t threads[THREADS];
	long before = 0;

	for (int i = 0; i < THREADS; i++) {
		numbers[i] = i;
		pthread_create(&threads[i], NULL, use, &numbers[i]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("wrong %d failed %d\n", wrong, failed);
	for (int i = 0; i < CHILDREN; i++) {
		pid_t child = vfork();
		int status;

		if (child == 0) {
			execl("/nowhere/true", "true", NULL);
			_exit(9);
		}
		if (waitpid(child, &status, 0) != child || status)
			puts("not run");
		if (i == 0)
			before = size();
	}
	printf("grown by %ld\n", size() - before);
	return 0;
}
