/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * usage: scatter [COUNT [MB]]
 *
 * Reads COUNT (10000) times 64 bytes at random places of MB (1024) megabytes
 * of a stopped process: by bare calls of process_vm_readv with as many pieces as
 * it takes, and by target/batch.h.  Says how many nanoseconds a read took, of
 * processors' time, the least of nine rounds, and whether all bytes were the
 * same:
 *
 *	bare 812 batch 840 same
 */
#include "target/batch.h"
#include "target/memory.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LEN = 64, ROUNDS = 9 };

struct scatter {
	size_t count;
	char *area;
	size_t size;
	struct iovec *here, *there;
	struct process process;
	struct thread thread;
};

static uint64_t used_ns(void)
{
	static const int whose[] = { RUSAGE_SELF, RUSAGE_CHILDREN };
	uint64_t ns = 0;

	for (int i = 0; i < 2; i++) {
		struct rusage u;

		getrusage(whose[i], &u);
		ns += (uint64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) *
		      1000000000 + (uint64_t)(u.ru_utime.tv_usec +
		                              u.ru_stime.tv_usec) * 1000;
	}
	return ns;
}

static void hold(struct scatter *s)
{
	s->area = mmap(NULL, s->size, PROT_READ | PROT_WRITE,
	               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (s->area == MAP_FAILED)
		exit(1);
	s->thread.tid = fork();
	if (!s->thread.tid) {
		for (size_t i = 0; i < s->size / 8; i++)
			((uint64_t *)s->area)[i] = i * 0x9e3779b97f4a7c15;
		raise(SIGSTOP);
		_exit(0);
	}
	ptrace(PTRACE_SEIZE, s->thread.tid, 0, PTRACE_O_EXITKILL);
	waitpid(s->thread.tid, NULL, 0);
	s->process.pid = s->thread.tid;
	s->thread.process = &s->process;
	s->thread.state = THREAD_STOPPED;
	vec_push(&s->process.threads, &s->thread);
	process_memory_init(&s->process);
}

static uint64_t bare(struct scatter *s)
{
	uint64_t start = used_ns();

	for (size_t at = 0; at < s->count; at += IOV_MAX) {
		size_t n = s->count - at < IOV_MAX ? s->count - at : IOV_MAX;

		if (process_vm_readv(s->thread.tid, s->here + at, n,
		                     s->there + at, n, 0) !=
		    (ssize_t)n * LEN)
			exit(1);
	}
	return used_ns() - start;
}

static uint64_t batched(struct scatter *s, char *into)
{
	uint64_t start = used_ns();
	struct target_batch b = { 0 };

	for (size_t i = 0; i < s->count; i++)
		target_batch_read(&b, &s->process,
		                  (taddr)(uintptr_t)s->there[i].iov_base,
		                  into + i * LEN, LEN);
	if (target_batch_run(&b) != s->count)
		exit(1);
	target_batch_deinit(&b);
	return used_ns() - start;
}

int main(int argc, char **argv)
{
	struct scatter s = {
		.count = argc > 1 ? strtoul(argv[1], NULL, 10) : 10000,
		.size = (argc > 2 ? strtoul(argv[2], NULL, 10) : 1024) << 20,
	};
	char *one = calloc(s.count, LEN), *other = calloc(s.count, LEN);
	uint64_t least[2] = { UINT64_MAX, UINT64_MAX };

	s.here = calloc(s.count, sizeof(*s.here));
	s.there = calloc(s.count, sizeof(*s.there));
	hold(&s);
	memset(one, 1, s.count * LEN);
	memset(other, 2, s.count * LEN);
	for (size_t i = 0; i < s.count; i++) {
		uint64_t r = (uint64_t)random() << 20 ^ (uint64_t)random();

		s.here[i] = (struct iovec){ one + i * LEN, LEN };
		s.there[i] = (struct iovec){ s.area + r % (s.size - LEN), LEN };
	}
	for (int round = 0; round < ROUNDS; round++) {
		uint64_t t[2] = { bare(&s), batched(&s, other) };

		for (int i = 0; i < 2; i++)
			least[i] = t[i] < least[i] ? t[i] : least[i];
	}
	printf("bare %.0f batch %.0f %s\n", (double)least[0] / (double)s.count,
	       (double)least[1] / (double)s.count,
	       memcmp(one, other, s.count * LEN) ? "different" : "same");
	kill(s.thread.tid, SIGKILL);
	return 0;
}
