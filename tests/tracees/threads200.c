/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * threads200 [THREADS [CALLS]]
 *
 * 200 threads that make 100 calls each at random, the same on every run, and
 * a sum that tells when one of them got a wrong answer. For the promise that
 * a program with many threads behaves as without scdb, and for a queue of
 * stops in which none may starve.
 */
#include "randcalls.h"

static long calls;
static pthread_barrier_t start;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t total;

static void *work(void *arg)
{
	struct caller c;
	uint64_t sum = 0;
	long i;

	caller_init(&c, (uintptr_t)arg + 1);
	pthread_barrier_wait(&start);
	for (i = 0; i < calls; i++)
		sum += random_call(&c);
	caller_deinit(&c);
	pthread_mutex_lock(&lock);
	total += sum;
	pthread_mutex_unlock(&lock);
	return NULL;
}

int main(int argc, char **argv)
{
	long n = arg_number(argc, argv, 1, 200), i;
	pthread_t *threads = calloc((size_t)n, sizeof(*threads));

	calls = arg_number(argc, argv, 2, 100);
	MUST(threads && n > 0);
	pthread_barrier_init(&start, NULL, (unsigned int)n);
	for (i = 0; i < n; i++)
		threads[i] = thread_start(work, (void *)(uintptr_t)i);
	for (i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	free(threads);
	printf("threads %ld calls %ld sum %llu\n", n, n * calls,
	       (unsigned long long)total);
	return 0;
}
