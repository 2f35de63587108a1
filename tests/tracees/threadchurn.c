/* SPDX-License-Identifier: GPL-3.0-or-later */
/* builds: 64 32 static */
/*
 * threadchurn [--ready] [THREADS [AT_ONCE]]
 *
 * Threads that begin and end all the time: AT_ONCE of them live, each makes a
 * few calls, starts its successor and ends, until THREADS have lived. For
 * attaching (/proc/PID/task is read until nothing new appears), and for
 * threads that die while they are examined. --ready says "ready" first.
 */
#include "randcalls.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static long left, alive, next_number;
static uint64_t total;

static void start_one(void);

static void *work(void *arg)
{
	struct caller c;
	uint64_t sum = 0;
	long i, calls;

	caller_init(&c, (uintptr_t)arg + 1);
	calls = 1 + random_next(&c.state) % 12;
	for (i = 0; i < calls; i++)
		sum += random_call(&c);
	caller_deinit(&c);
	pthread_mutex_lock(&lock);
	total += sum;
	start_one();
	alive--;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
	return NULL;
}

/* With the lock held. */
static void start_one(void)
{
	if (left == 0)
		return;
	left--;
	alive++;
	pthread_detach(thread_start(work, (void *)(uintptr_t)next_number++));
}

int main(int argc, char **argv)
{
	bool ready = strcmp(arg_word(argc, argv, 1), "--ready") == 0;
	long threads = arg_number(argc, argv, 1 + ready, 1000);
	long at_once = arg_number(argc, argv, 2 + ready, 8);

	if (ready)
		SAY("ready\n");
	left = threads;
	pthread_mutex_lock(&lock);
	for (; at_once > 0; at_once--)
		start_one();
	while (alive > 0)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	printf("threads %ld sum %llu\n", threads, (unsigned long long)total);
	return 0;
}
