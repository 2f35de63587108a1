/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of processes and threads, and the queue of stops. */
#include "target/internal.h"

#include "base/alloc.h"
#include "target/core.h"
#include "target/cache.h"
#include "target/memory.h"
#include "target/procfs.h"

#include <assert.h>
#include <errno.h>
#include <sched.h>
#include <sys/ptrace.h>
#include <sys/signalfd.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

unsigned long target_options(bool launched)
{
	unsigned long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
	                        PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK |
	                        PTRACE_O_TRACEVFORK |
	                        PTRACE_O_TRACEVFORKDONE;

	if (launched)
		options |= PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP;
	return options;
}

bool target_has_processors(void)
{
	cpu_set_t cpus;

	return sched_getaffinity(0, sizeof(cpus), &cpus) != 0 ||
	       CPU_COUNT(&cpus) > 1;
}

static unsigned own_filters(void)
{
	struct proc_status status;
	struct error *err = proc_status(getpid(), &status);

	if (!err)
		return status.filters;
	error_destroy(err);
	return 0;
}

struct error *target_create(struct target **target)
{
	struct target *t = xcalloc(1, sizeof(*t));
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	t->child_fd = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	if (t->child_fd < 0) {
		free(t);
		return error_errno(errno, "can't make a signalfd");
	}
	map_init(&t->threads);
	map_init(&t->leaving);
	t->follow_children = true;
	t->poll = target_has_processors();
	t->own_filters = own_filters();
	t->processors = (unsigned)get_nprocs();
	*target = t;
	return NULL;
}

void target_destroy(struct target *t)
{
	if (!t)
		return;
	while (t->processes.len) {
		struct process *p = t->processes.items[0];

		if (p->launched) {
			target_kill(p);
		} else {
			target_stop_all(t, 1000);
			target_detach(p);
		}
	}
	vec_deinit(&t->processes);
	map_deinit(&t->threads);
	map_deinit(&t->leaving);
	target_cache_destroy(t);
	close(t->child_fd);
	free(t);
}

struct process *process_create(struct target *t, pid_t pid, bool launched)
{
	struct process *p = xcalloc(1, sizeof(*p));

	if (!t->processes.len)
		t->last_process_number = t->last_thread_serial = 0;
	p->target = t;
	p->pid = pid;
	p->number = ++t->last_process_number;
	p->launched = launched;
	p->mem_fd = -1;
	process_memory_init(p);
	vec_push(&t->processes, p);
	return p;
}

void process_destroy(struct process *p)
{
	struct target *t = p->target;

	t->changes++;
	while (p->threads.len)
		thread_destroy(p->threads.items[p->threads.len - 1]);
	for (size_t i = 0; i < t->processes.len; i++) {
		struct process *other = t->processes.items[i];

		if (other->vfork_parent == p)
			other->vfork_parent = NULL;
		if (other == p)
			vec_remove(&t->processes, i--);
	}
	if (t->process_dies)
		t->process_dies(p);
	process_memory_reset(p);
	core_destroy(p->core);
	free(p->filter.refusal);
	scratch_forget(p);
	vec_deinit(&p->threads);
	free(p);
}

static bool may_report(enum thread_state state)
{
	return state != THREAD_STOPPED && state != THREAD_GONE;
}

void thread_set_state(struct thread *t, enum thread_state state)
{
	t->target->running -= may_report(t->state);
	t->target->running += may_report(state);
	near_rests(t);
	t->process->alive -= t->state != THREAD_GONE;
	t->process->alive += state != THREAD_GONE;
	t->state = state;
}

struct thread *thread_create(struct process *p, pid_t tid)
{
	struct thread *t = xcalloc(1, sizeof(*t));

	t->target = p->target;
	t->process = p;
	t->tid = tid;
	t->number = ++p->last_thread_number;
	t->serial = ++p->target->last_thread_serial;
	t->state = THREAD_STARTING;
	t->is_new = true;
	t->target->running++;
	p->alive++;
	t->stop.thread = t;
	vec_push(&p->threads, t);
	map_put(&t->target->threads, (uint64_t)tid, t);
	return t;
}

void thread_destroy(struct thread *t)
{
	struct process *p = t->process;

	if (t->target->thread_dies)
		t->target->thread_dies(t, t->target->thread_dies_ctx);
	target_xstate_forget(t);
	target_scratch_release(t);
	target_unqueue(t);
	thread_set_state(t, THREAD_GONE);
	if (map_get(&t->target->threads, (uint64_t)t->tid) == t)
		map_remove(&t->target->threads, (uint64_t)t->tid);
	/* From the end: there the newest stand, and process_destroy begins. */
	for (size_t i = p->threads.len; i-- > 0;) {
		if (p->threads.items[i] == t) {
			vec_remove(&p->threads, i);
			break;
		}
	}
	free(t);
}

void thread_rename(struct thread *t, pid_t tid)
{
	map_remove(&t->target->threads, (uint64_t)t->tid);
	t->tid = tid;
	map_put(&t->target->threads, (uint64_t)tid, t);
}

void target_forget(struct thread *t)
{
	struct process *p = t->process;

	assert(t->state == THREAD_GONE);
	thread_destroy(t);
	if (!p->threads.len)
		process_destroy(p);
}

void thread_queue(struct thread *t)
{
	struct target *target = t->target;

	if (t->queued)
		return;
	t->queued = true;
	t->next_queued = NULL;
	if (target->queue_tail)
		target->queue_tail->next_queued = t;
	else
		target->queue_head = t;
	target->queue_tail = t;
}

void target_unqueue(struct thread *t)
{
	struct thread **at = &t->target->queue_head;
	struct thread *before = NULL;

	if (!t->queued)
		return;
	while (*at != t) {
		before = *at;
		at = &before->next_queued;
	}
	*at = t->next_queued;
	if (t->target->queue_tail == t)
		t->target->queue_tail = before;
	t->queued = false;
	t->next_queued = NULL;
}

void target_requeue(struct thread *t)
{
	thread_queue(t);
}

struct stop *target_next(struct target *target)
{
	struct thread *t = target->queue_head;

	if (!t)
		return NULL;
	target_unqueue(t);
	return &t->stop;
}

bool target_has_queued(const struct target *target)
{
	return target->queue_head != NULL;
}

struct thread *target_thread(const struct target *target, pid_t tid)
{
	return map_get(&target->threads, (uint64_t)tid);
}

struct process *target_process(const struct target *target, pid_t pid)
{
	for (size_t i = 0; i < target->processes.len; i++)
		if (target->processes.items[i]->pid == pid)
			return target->processes.items[i];
	return NULL;
}

struct thread *process_leader(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->tid == p->pid)
			return p->threads.items[i];
	return NULL;
}

struct thread *process_stopped_thread(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state == THREAD_STOPPED)
			return p->threads.items[i];
	return NULL;
}

size_t target_thread_count(const struct target *target)
{
	return target->threads.len;
}
