/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/aside.h"

#include "target/internal.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_UNPOISON_MEMORY_REGION(addr, size) ((void)(addr), (void)(size))
#endif

enum { STACK = 256 << 10 };

static int child(void *arg)
{
	struct aside *a = arg;

	a->work(a->ctx);
	return 0;
}

/* Until the child ends, or makes no progress for too long. */
static bool wait_for_end(struct aside *a, int pidfd)
{
	unsigned seen = a->progress;
	int64_t last = now_ms();

	for (;;) {
		struct pollfd fd = { .fd = pidfd, .events = POLLIN };
		int64_t left = last + ASIDE_PATIENCE_MS - now_ms();

		if (poll(&fd, 1, left > 0 ? (int)left : 0) == 1)
			return true;
		if (a->progress != seen) {
			seen = a->progress;
			last = now_ms();
		} else if (now_ms() - last >= ASIDE_PATIENCE_MS) {
			return false;
		}
	}
}

/* A signal for scdb must not be taken by a child that shares its memory. */
static pid_t start_child(struct aside *a, char *stack, int *pidfd)
{
	sigset_t all, before;
	pid_t pid;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	pid = clone(child, stack + STACK, CLONE_VM | CLONE_FILES | CLONE_PIDFD,
	            a, pidfd);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return pid;
}

bool aside_run(struct aside *a)
{
	char *stack = mmap(NULL, STACK, PROT_READ | PROT_WRITE,
	                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	int pidfd = -1, status;
	bool ended = false;
	pid_t pid;

	if (stack == MAP_FAILED)
		return false;
	pid = start_child(a, stack, &pidfd);
	if (pid > 0) {
		ended = wait_for_end(a, pidfd);
		if (!ended)
			kill(pid, SIGKILL);
		while (waitpid(pid, &status, __WALL) < 0 && errno == EINTR)
			;
		close(pidfd);
		ended = ended && WIFEXITED(status);
	}
	/* A child that was killed has left marks of its frames. */
	ASAN_UNPOISON_MEMORY_REGION(stack, STACK);
	munmap(stack, STACK);
	return ended;
}
