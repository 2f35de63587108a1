/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letting processes go, and ending them. */
#include "target/internal.h"

#include "base/log.h"

#include <errno.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* The signal that a stopped thread is to go on with. */
static int pending_signal(const struct thread *t)
{
	return t->stop.reasons & STOP_SIGNAL ? t->stop.signal : 0;
}

/*
 * A page of scdb's own goes with the debugger.  The munmap is made by a thread
 * that stands where a remote call is possible; where none does, the page stays.
 */
static void unmap_scratch(struct process *p)
{
	struct thread *t = process_stopped_thread(p);
	struct remote_call unmap = { .args = { p->scratch, 4096 } };
	int64_t result;
	struct error *err;

	if (!p->scratch || !t)
		return;
	err = target_abi(t, &unmap.abi);
	unmap.nr = unmap.abi == ABI_I386 ? 91 : 11;
	if (!err)
		err = target_remote_call(t, &unmap, &result);
	error_destroy(err);
	p->scratch = 0;
}

static void detach_thread(struct thread *t)
{
	int signal = pending_signal(t);

	target_unqueue(t);
	if (t->state != THREAD_STOPPED) {
		/* A vfork parent can't be asked: at its next stop. */
		if (t->state != THREAD_ZOMBIE && t->state != THREAD_GONE)
			map_put(&t->target->leaving, (uint64_t)t->tid, t);
		return;
	}
	if (ptrace(PTRACE_DETACH, t->tid, 0, (void *)(uintptr_t)signal) != 0)
		LOG(LOG_TARGET, "detach of %d: errno %d", (int)t->tid, errno);
}

void target_detach(struct process *p)
{
	unmap_scratch(p);
	for (size_t i = 0; i < p->threads.len; i++)
		detach_thread(p->threads.items[i]);
	process_destroy(p);
}

void target_kill(struct process *p)
{
	bool reaped = false;

	if (kill(p->pid, SIGKILL) != 0 && errno != ESRCH)
		LOG(LOG_TARGET, "kill of %d: errno %d", (int)p->pid, errno);
	/* Dying threads report one by one, the leader last. */
	for (int round = 0; round < 2000 && !reaped; round++) {
		for (size_t i = 0; i < p->threads.len; i++) {
			struct thread *t = p->threads.items[i];
			int status;
			pid_t got = waitpid(t->tid, &status,
			                    __WALL | WNOHANG);

			if (got == t->tid && t->tid == p->pid &&
			    !WIFSTOPPED(status))
				reaped = true;
			if (got < 0 && t->tid == p->pid)
				reaped = true;
		}
		if (!reaped)
			usleep(500);
	}
	process_destroy(p);
}
