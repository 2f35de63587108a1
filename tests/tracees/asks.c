/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * asks [--ready] THREADS N VALUE
 *
 * Threads that ask getppid N times each, and gettid in between: how often the
 * answer was VALUE, how often gettid's was not the thread's id. What is
 * decided about a call holds for every thread, and for that call alone.
 * --ready says "ready" and waits for a line of stdin, in the main thread;
 * the others are there and wait for it.
 */
#include "raw.h"
#include "report.h"
#include "tracee.h"

static long times, value;
static pthread_barrier_t start;
static unsigned long told, wrong;

static void *ask(void *arg)
{
	static const unsigned long none[6] = { 1, 2, 3, 4, 5, 6 };
	long tid = syscall(SYS_gettid), i;

	(void)arg;
	pthread_barrier_wait(&start);
	for (i = 0; i < times; i++) {
		if (raw_call_via(VIA_DEFAULT, SYS_getppid, none) == value)
			__atomic_fetch_add(&told, 1, __ATOMIC_RELAXED);
		if (raw_call_via(VIA_DEFAULT, SYS_gettid, none) != tid)
			__atomic_fetch_add(&wrong, 1, __ATOMIC_RELAXED);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	bool ready = strcmp(arg_word(argc, argv, 1), "--ready") == 0;
	long count = arg_number(argc, argv, 1 + ready, 4), i;
	pthread_t *threads;
	char c;

	times = arg_number(argc, argv, 2 + ready, 10);
	value = arg_number(argc, argv, 3 + ready, 4711);
	MUST(count > 0 && count <= 1000);
	threads = calloc((size_t)count, sizeof(*threads));
	MUST(threads != NULL);
	MUST(pthread_barrier_init(&start, NULL, (unsigned int)count + 1) == 0);
	for (i = 0; i < count; i++)
		threads[i] = thread_start(ask, NULL);
	if (ready) {
		SAY("ready\n");
		while (read(0, &c, 1) == 1 && c != '\n')
			;
	}
	pthread_barrier_wait(&start);
	for (i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	SAY("told %ld %lu of %ld, gettid wrong %lu\n", value, told,
	    count * times, wrong);
	return raw_status(0);
}
