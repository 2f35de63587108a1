/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A random call whose result is known: what a busy thread does. The sum of
 * what random_call() returns depends on the seed alone, so that a call which
 * a debugger spoilt shows in the sum.
 */
#ifndef TRACEES_RANDCALLS_H
#define TRACEES_RANDCALLS_H

#include "tracee.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>

struct caller {
	uint64_t state;		/* of the random numbers, never 0 */
	int pipe[2];
	pid_t pid, tid;
};

static inline void caller_init(struct caller *c, uint64_t seed)
{
	*c = (struct caller){ .state = seed * 0x9e3779b97f4a7c15ULL + 1 };
	MUST(pipe(c->pipe) == 0);
	c->pid = getpid();
	c->tid = (pid_t)syscall(SYS_gettid);
}

static inline void caller_deinit(struct caller *c)
{
	close(c->pipe[0]);
	close(c->pipe[1]);
}

static inline uint32_t caller_pipe(struct caller *c, uint32_t r)
{
	uint32_t got = 0;

	if (write(c->pipe[1], &r, sizeof(r)) != sizeof(r) ||
	    read(c->pipe[0], &got, sizeof(got)) != sizeof(got))
		return 1;
	return got;
}

static inline uint32_t caller_map(uint32_t r)
{
	size_t len = ((r >> 8) % 8 + 1) * 4096;
	unsigned char *p = mmap(NULL, len, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint32_t sum;

	if (p == MAP_FAILED)
		return 2;
	p[len - 1] = (unsigned char)r;
	sum = p[len - 1] + p[0];
	return munmap(p, len) == 0 ? sum : 3;
}

static inline uint32_t random_call(struct caller *c)
{
	uint32_t r = random_next(&c->state);
	struct timespec brief = { 0, r % 20000 };
	struct pollfd p = { .fd = c->pipe[0], .events = POLLIN };
	sigset_t set;

	switch (r % 11) {
	case 0:
		return syscall(SYS_getpid) == c->pid ? r : 0;
	case 1:
		return syscall(SYS_gettid) == c->tid ? r : 0;
	case 2:
		return caller_pipe(c, r);
	case 3:
		return caller_map(r);
	case 4:
		return nanosleep(&brief, NULL) == 0 ? r : 0;
	case 5:
		return sched_yield() == 0 ? r : 0;
	case 6:
		return poll(&p, 1, 0) == 0 ? r : 0;
	case 7:
		return open("/nonexistent/file", O_RDONLY) == -1 &&
		       errno == ENOENT ? r : 0;
	case 8:
		return lseek(c->pipe[0], 0, SEEK_SET) == -1 &&
		       errno == ESPIPE ? r : 0;
	case 9:
		sigemptyset(&set);
		return pthread_sigmask(SIG_BLOCK, &set, NULL) == 0 ? r : 0;
	default:
		return syscall(SYS_tgkill, c->pid, c->tid, 0) == 0 ? r : 0;
	}
}

#endif
