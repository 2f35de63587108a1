/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What many tracees need: a check that ends the program with a line, time,
 * a random number generator that gives the same on every machine, threads.
 */
#ifndef TRACEES_TRACEE_H
#define TRACEES_TRACEE_H

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* A tracee that can't do its work says so and exits with 98. */
#define MUST(condition) must(condition, #condition, __LINE__)

static inline void must(bool holds, const char *what, int line)
{
	if (holds)
		return;
	printf("FAILED line %d: %s: %s\n", line, what, strerrorname_np(errno));
	fflush(stdout);
	_exit(98);
}

static inline double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Not shortened by signals. */
static inline void sleep_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) != 0 && errno == EINTR)
		;
}

/* xorshift64*: the state is the seed, which must not be 0. */
static inline uint32_t random_next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)(*state * 0x2545f4914f6cdd1dULL >> 32);
}

static inline pthread_t thread_start(void *(*run)(void *), void *arg)
{
	pthread_attr_t a;
	pthread_t t;

	pthread_attr_init(&a);
	pthread_attr_setstacksize(&a, 128 * 1024);
	errno = pthread_create(&t, &a, run, arg);
	MUST(errno == 0);
	pthread_attr_destroy(&a);
	return t;
}

/* Says a line at once: others write to the same stdout. */
#define SAY(...) (printf(__VA_ARGS__), (void)fflush(stdout))

static inline long arg_number(int argc, char **argv, int i, long otherwise)
{
	return i < argc ? strtol(argv[i], NULL, 0) : otherwise;
}

static inline const char *arg_word(int argc, char **argv, int i)
{
	return i < argc ? argv[i] : "";
}

#endif
