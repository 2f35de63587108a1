/* SPDX-License-Identifier: GPL-3.0-or-later */
/* target/memory_rush.c: many pieces by process_vm_readv and _writev. */
#include "target/memory.h"

#include "target/aside.h"

#include <errno.h>
#include <sys/uio.h>

bool memory_is_alive(const struct thread *t)
{
	return t->state != THREAD_GONE && t->state != THREAD_ZOMBIE;
}

/* A thread through which the memory can be reached: a stopped one first. */
const struct thread *memory_thread(const struct process *p)
{
	const struct thread *any = NULL;

	for (size_t i = 0; i < p->threads.len; i++) {
		const struct thread *t = p->threads.items[i];

		if (t->state == THREAD_STOPPED)
			return t;
		if (!any && memory_is_alive(t))
			any = t;
	}
	return any;
}

pid_t memory_tid(const struct process *p)
{
	const struct thread *t = memory_thread(p);

	return t ? t->tid : p->pid;
}

static ssize_t vm_call(pid_t tid, enum memory_way way, const struct iovec *here,
                       const struct iovec *there, size_t count)
{
	return way == MEMORY_READ
	       ? process_vm_readv(tid, here, count, there, count, 0)
	       : process_vm_writev(tid, here, count, there, count, 0);
}

struct iovec memory_here(const struct memory_span *s)
{
	return (struct iovec){ .iov_base = s->data, .iov_len = s->len };
}

struct iovec memory_there(const struct memory_span *s)
{
	return (struct iovec){ .iov_base = (void *)(uintptr_t)s->addr,
		               .iov_len = s->len };
}

/*
 * With a thread that died meanwhile the kernel says ESRCH, though the process
 * may live: any other may do.
 */
ssize_t memory_vm_move(struct process *p, enum memory_way way,
                       const struct iovec *here, const struct iovec *there,
                       size_t count)
{
	pid_t tid = memory_tid(p);
	ssize_t got = vm_call(tid, way, here, there, count);

	for (size_t i = 0; got < 0 && errno == ESRCH && i < p->threads.len;
	     i++) {
		const struct thread *t = p->threads.items[i];

		if (t->tid == tid || !memory_is_alive(t))
			continue;
		got = vm_call(t->tid, way, here, there, count);
	}
	return got;
}

struct memory_span memory_piece_rest(const struct memory_piece *piece)
{
	return (struct memory_span){
		.addr = piece->addr + piece->done,
		.data = piece->done
		        ? (unsigned char *)piece->data + piece->done
		        : piece->data,
		.len = piece->len - piece->done,
	};
}

size_t memory_account(struct memory_piece *pieces, size_t count, size_t got)
{
	for (size_t i = 0; i < count; i++) {
		size_t rest = pieces[i].len - pieces[i].done;
		size_t n = rest < got ? rest : got;

		pieces[i].done += n;
		got -= n;
		if (n < rest)
			return i;
	}
	return count;
}

struct rush {
	struct process *process;
	enum memory_way way;
	struct memory_piece *pieces;
	size_t count;
	size_t most;              /* pieces of the next call */
	struct aside aside;
};

/*
 * One call; returns the piece to go on with.  Where many fail, calls are short:
 * the kernel takes in all pieces before it carries out the first.
 */
static size_t rush_from(struct rush *rush, size_t from)
{
	struct iovec here[MEMORY_BATCH], there[MEMORY_BATCH];
	size_t n = 0, at;
	ssize_t got;

	for (; n < rush->most && from + n < rush->count; n++) {
		struct memory_span s = memory_piece_rest(
			&rush->pieces[from + n]);

		here[n] = memory_here(&s);
		there[n] = memory_there(&s);
	}
	if (!n)
		return rush->count;
	got = memory_vm_move(rush->process, rush->way, here, there, n);
	if (got < 0 && errno != EFAULT)
		return rush->count;
	at = memory_account(rush->pieces + from, n, got > 0 ? (size_t)got : 0);
	if (at < n)
		rush->most = rush->most / 2 + 1;
	else
		rush->most = rush->most < MEMORY_BATCH / 2 ? 2 * rush->most
		             : MEMORY_BATCH;
	return from + at + (at < n);
}

static void rush_all(void *ctx)
{
	struct rush *r = ctx;

	for (size_t at = 0; at < r->count; r->aside.progress++)
		at = rush_from(r, at);
}

void memory_rush(struct process *p, enum memory_way way,
                 struct memory_piece *pieces, size_t count, bool aside)
{
	struct rush r = {
		.process = p, .way = way, .pieces = pieces, .count = count,
		.most = MEMORY_BATCH,
		.aside = { .work = rush_all },
	};

	r.aside.ctx = &r;
	if (aside)
		aside_run(&r.aside);
	else
		rush_all(&r);
}
