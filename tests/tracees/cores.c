/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * cores HOW THREADS [WORD...]: something to make core files of.
 *
 * Memory of every kind that a core file treats in its own way, each known by a
 * global variable; THREADS threads, each a few functions deep, with a value of
 * its own in a vector register; then HOW the main thread ends up: "stop" stops
 * the process by SIGSTOP (and it ends when it goes on), "fault" writes to
 * address 0x10, "abort" aborts, "wait" sleeps for a minute, "fork" has two
 * children that sleep too, "call" calls getppid and ends with 7.  "ready" is
 * said before.  Of the WORDs, +N makes N mappings more, %N is N MB of memory that
 * is touched, =NAME is the name of the thread, and others are files to be mapped, and
 * removed where they begin with "gone".
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 64 };

char *touched, *untouched, *excluded, *shared, *unreadable, *written, *hidden;
char *much;
char initialised[3 * PAGE] = "initialised";
char zeroed[3 * PAGE];
__thread int own = 5;
static pthread_barrier_t barrier;
static const char *how;

static char *map(int prot, int flags, int fd)
{
	char *at = mmap(NULL, PAGES * PAGE, prot, flags, fd, 0);

	if (at == MAP_FAILED) {
		perror("mmap");
		exit(3);
	}
	return at;
}

static void fill(char *at, size_t step)
{
	for (size_t i = 0; i < PAGES * PAGE; i += step)
		at[i] = (char)(i / step + 1);
}

static void make_memory(void)
{
	int private = MAP_PRIVATE | MAP_ANONYMOUS;
	int both = PROT_READ | PROT_WRITE;

	touched = map(both, private, -1);
	fill(touched, 509);
	untouched = map(both, private, -1);
	untouched[7 * PAGE] = 'u';
	excluded = map(both, private, -1);
	fill(excluded, 1021);
	madvise(excluded, PAGES * PAGE, MADV_DONTDUMP);
	shared = map(both, MAP_SHARED | MAP_ANONYMOUS, -1);
	fill(shared, 2039);
	unreadable = map(PROT_NONE, private, -1);
	hidden = map(both, private, -1);
	fill(hidden, 4093);
	mprotect(hidden, PAGES * PAGE, PROT_NONE);
	written = initialised;
	written[PAGE] = 'w';
}

static void map_many(long count)
{
	char *at = mmap(NULL, (size_t)count * PAGE, PROT_READ, MAP_PRIVATE |
	                MAP_ANONYMOUS, -1, 0);

	for (long i = 0; at != MAP_FAILED && i < count; i += 2)
		if (mprotect(at + i * PAGE, PAGE, PROT_READ | PROT_WRITE))
			exit(4);
}

static void take_word(const char *word)
{
	int fd;

	if (*word == '+') {
		map_many(atol(word + 1));
		return;
	}
	if (*word == '%') {
		size_t size = (size_t)atol(word + 1) << 20;

		much = malloc(size);
		if (!much)
			exit(4);
		memset(much, 'm', size);
		return;
	}
	if (*word == '=') {
		prctl(PR_SET_NAME, word + 1);
		return;
	}
	fd = open(word, O_RDONLY);
	if (fd < 0 || mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0) ==
	    MAP_FAILED)
		exit(5);
	close(fd);
	if (!strncmp(word, "gone", 4))
		unlink(word);
}

static void end(void)
{
	if (!strcmp(how, "fork") && fork())
		fork();
	puts("ready");
	fflush(stdout);
	if (!strcmp(how, "stop"))
		raise(SIGSTOP);
	else if (!strcmp(how, "fault"))
		*(volatile char *)0x10 = 1;
	else if (!strcmp(how, "abort"))
		abort();
	else if (!strcmp(how, "call"))
		_exit(getppid() == getppid() ? 7 : 8);
	else
		sleep(60);
	_exit(0);
}

__attribute__((noinline, target("sse2"))) static void stay(double value)
{
	__asm__ volatile ("movapd %0, %%xmm1\n\txorps %%xmm2, %%xmm2"
	                  : : "x" (value) : "xmm1", "xmm2");
	pthread_barrier_wait(&barrier);
	while (how)
		pause();
}

__attribute__((noinline)) static void deep(unsigned level, double value)
{
	volatile unsigned here = level;

	if (level)
		deep(level - 1, value);
	else
		stay(value);
	here++;
}

static void *run(void *arg)
{
	unsigned number = (unsigned)(size_t)arg;

	own = (int)number;
	deep(number % 5, number * 1.5);
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned count = argc > 2 ? (unsigned)atoi(argv[2]) : 0;
	pthread_attr_t attr;

	how = argc > 1 ? argv[1] : "stop";
	for (int i = 3; i < argc; i++)
		take_word(argv[i]);
	make_memory();
	pthread_barrier_init(&barrier, NULL, count + 1);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 64 * 1024);
	for (unsigned i = 0; i < count; i++) {
		pthread_t thread;

		if (pthread_create(&thread, &attr, run, (void *)(size_t)(i + 1)))
			return 3;
	}
	pthread_barrier_wait(&barrier);
	usleep(20000);
	end();
}
