/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Three threads, each with values of its own in thread-local variables, of the
 * program (some aligned more than the rest) and of what it was linked with:
 * tests/scripts/tls-oracle.sh builds this file with TLS_LIBRARY as that library.
 */
#ifdef TLS_LIBRARY
__thread int lib_number = 42;
static __thread char lib_text[16] = "library";

int *lib_place(void);
int *lib_place(void)
{
	lib_text[0] = 'L';
	return &lib_number;
}
#else
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

#ifndef TLS_LINKED
static __thread int lib_number;
#else
extern __thread int lib_number;
int *lib_place(void);
#endif

__thread int tls_number = 5;
static __thread char tls_text[8] = "own";
__thread long tls_zero;
__thread struct { int x; double d; } tls_struct = { 1, 2.5 };
__thread _Alignas(64) int tls_aligned = 9;

static pthread_barrier_t barrier;

static void *run(void *arg)
{
	tls_number = 100 + (int)(intptr_t)arg;
	lib_number = 200 + (int)(intptr_t)arg;
	tls_text[0] = (char)('A' + (intptr_t)arg);
	errno = (int)(intptr_t)arg;
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	pthread_barrier_init(&barrier, NULL, 3);
	for (intptr_t i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, run, (void *)(i + 1));
	pthread_barrier_wait(&barrier);
	tls_number += 1;
	tls_zero = tls_aligned + tls_struct.x;
	errno = 34;
#ifdef TLS_LINKED
	*lib_place() += 1;
#endif
	getppid();
	pthread_barrier_wait(&barrier);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	return tls_text[0] != 'o';
}
#endif
