/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 */
/*
 * changing DIR WHAT
 *
 * Two areas of SIZE bytes with the same text, which DIR/want has too: `area` is
 * anonymous, `file` a shared file's; DIR/facts says where.  Calls getppid; a
 * second thread waits for DIR/go, does WHAT, and makes DIR/done:
 *
 *   unmap   the third quarter of `area` is unmapped
 *   cut     `file` has its first half only
 *   grow    ... and before that, its second half comes
 *   die     SIGKILL for the process
 */
#include "tracee.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

enum {
	SIZE = 32 << 20, HALF = SIZE / 2,
	MARKS = 1024,            /* from one to the next */
	RW = PROT_READ | PROT_WRITE,
};

char *area, *file;
static char text[SIZE];
static const char *what;
static int fd;
static pthread_barrier_t runs;

static bool is(const char *word)
{
	return strcmp(what, word) == 0;
}

static void make(const char *name, const void *data, size_t len)
{
	int made = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	MUST(made >= 0 && write(made, data, len) == (ssize_t)len);
	close(made);
}

/* The process, and the halves of both areas. */
static void tell(void)
{
	char line[100];

	make("facts", line, (size_t)snprintf(line, sizeof(line), "%d %p %p\n",
	                                     getpid(), (void *)(area + HALF),
	                                     (void *)(file + HALF)));
}

static void *change(void *arg)
{
	pthread_barrier_wait(&runs);
	while (access("go", F_OK) != 0)
		usleep(2000);
	if (is("unmap"))
		MUST(munmap(area + HALF, SIZE / 4) == 0);
	else if (is("cut"))
		MUST(ftruncate(fd, HALF) == 0);
	else if (is("grow"))
		MUST(pwrite(fd, text + HALF, HALF, HALF) == HALF);
	else if (is("die"))
		kill(getpid(), SIGKILL);
	make("done", "", 0);
	return arg;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	MUST(argc == 3 && chdir(argv[1]) == 0);
	what = argv[2];
	for (size_t i = 0; i < SIZE; i++)
		text[i] = (char)(i % 251 % 26 + 'a');
	for (size_t i = 0; i < SIZE; i += MARKS)
		memcpy(text + i, "MARK", 4);
	make("want", text, SIZE);
	fd = memfd_create("changing", 0);
	MUST(pwrite(fd, text, is("grow") ? HALF : SIZE, 0) > 0);
	area = mmap(NULL, SIZE, RW, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	file = mmap(NULL, SIZE, RW, MAP_SHARED, fd, 0);
	MUST(area != MAP_FAILED && file != MAP_FAILED);
	memcpy(area, text, SIZE);
	tell();
	pthread_barrier_init(&runs, NULL, 2);
	MUST(pthread_create(&thread, NULL, change, NULL) == 0);
	/* scdb has no more to do with it. */
	pthread_barrier_wait(&runs);
	getppid();
	MUST(pthread_join(thread, NULL) == 0);
	return 7;
}
