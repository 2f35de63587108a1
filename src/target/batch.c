/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/batch.h"

#include "target/memory.h"
#include "target/procfs.h"

#include <errno.h>
#include <string.h>

void target_batch_add(struct target_batch *b, struct batch_item item)
{
	vec_push(&b->items, item);
}

void target_batch_read(struct target_batch *b, struct process *process,
                       taddr addr, void *data, size_t len)
{
	vec_push(&b->items, (struct batch_item){
		.kind = BATCH_READ,
		.process = process,
		.piece = { .addr = addr, .data = data, .len = len },
	});
}

void target_batch_write(struct target_batch *b, struct process *process,
                        taddr addr, const void *data, size_t len)
{
	vec_push(&b->items, (struct batch_item){
		.kind = BATCH_WRITE,
		.process = process,
		.piece = { .addr = addr, .data = (void *)(uintptr_t)data,
		           .len = len },
	});
}

void target_batch_regs(struct target_batch *b, struct thread *thread)
{
	vec_push(&b->items, (struct batch_item){
		.kind = BATCH_REGS, .thread = thread,
	});
}

void target_batch_deinit(struct target_batch *b)
{
	vec_deinit(&b->items);
}

static bool is_memory(const struct batch_item *item)
{
	return item->kind == BATCH_READ || item->kind == BATCH_WRITE;
}

/* Whether both may be pieces of one request. */
static bool goes_with(const struct batch_item *a, const struct batch_item *b)
{
	return a->kind == b->kind && a->process == b->process &&
	       a->raw == b->raw;
}

static void move(const struct batch_item *like, struct memory_piece *pieces,
                 size_t count)
{
	if (like->raw)
		memory_move_pieces(like->process, like->kind == BATCH_READ
		                   ? MEMORY_READ : MEMORY_WRITE,
		                   pieces, count);
	else if (like->kind == BATCH_READ)
		target_read_pieces(like->process, pieces, count);
	else
		target_write_pieces(like->process, pieces, count);
	if (like->raw && like->kind == BATCH_WRITE) {
		like->process->writes++;
		if (like->process->target)
			like->process->target->changes++;
	}
}

/* Those of ITEMS that go with the first of them, which are not yet DONE. */
static void move_alike(struct batch_item *items, size_t count, bool *done)
{
	AUTO_FREE struct memory_piece *pieces = xmalloc(count *
	                                                sizeof(*pieces));
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (!done[i] && goes_with(&items[0], &items[i]))
			pieces[n++] = items[i].piece;
	move(&items[0], pieces, n);
	n = 0;
	for (size_t i = 0; i < count; i++) {
		if (done[i] || !goes_with(&items[0], &items[i]))
			continue;
		items[i].piece = pieces[n++];
		done[i] = true;
	}
}

static void read_registers(struct batch_item *item)
{
	const struct arch_regs *regs;
	const struct arch_xstate *state;
	struct error *err = item->kind == BATCH_REGS
	                    ? target_regs(item->thread, &regs)
	                    : target_xstate(item->thread, &state);

	item->piece.errnum = !err ? 0 : err->errnum ? err->errnum : ESRCH;
	error_destroy(err);
}

/* Items of which no order matters: reads, or writes to different processes
 * and those to one in their order. */
static size_t group_end(const struct target_batch *b, size_t from)
{
	size_t end = from + 1;
	bool writes = b->items.items[from].kind == BATCH_WRITE;

	while (end < b->items.len &&
	       (b->items.items[end].kind == BATCH_WRITE) == writes)
		end++;
	return end;
}

static bool is_whole(const struct batch_item *item)
{
	return !item->piece.errnum && item->piece.done == item->piece.len;
}

size_t target_batch_run(struct target_batch *b)
{
	AUTO_FREE bool *done = xcalloc(b->items.len ? b->items.len : 1,
	                               sizeof(*done));
	size_t whole = 0;

	for (size_t from = 0, end; from < b->items.len; from = end) {
		end = group_end(b, from);
		for (size_t i = from; i < end; i++) {
			struct batch_item *item = &b->items.items[i];

			if (!is_memory(item))
				read_registers(item);
			else if (!done[i])
				move_alike(item, end - i, done + i);
		}
	}
	for (size_t i = 0; i < b->items.len; i++)
		whole += is_whole(&b->items.items[i]);
	return whole;
}

static pid_t live_tid(const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->state != THREAD_ZOMBIE &&
		    p->threads.items[i]->state != THREAD_GONE)
			return p->threads.items[i]->tid;
	return p->pid;
}

static const char *reason_of(const struct proc_smap *m)
{
	if (m->flags & VM_USERFAULT)
		return "waits for the program to serve it";
	if (m->flags & (VM_IO | VM_PFN))
		return "is a device's";
	if (!(m->flags & VM_READ))
		return "may not be accessed";
	if (m->map.inode)
		return "is behind the end of its file, or can't be read there";
	return "can't be read";
}

const char *target_piece_reason(struct process *process,
                                const struct memory_piece *piece)
{
	proc_smap_vec maps = { 0 };
	const char *reason = "is not mapped";
	taddr addr = piece->addr + piece->done;
	struct error *err;

	if (piece->errnum == ETIMEDOUT)
		return "waits for the program to serve it";
	if (process->core)
		return piece->errnum == ENODATA ? "is not in the core" : reason;
	if (piece->errnum != EFAULT)
		return strerror(piece->errnum);
	err = proc_smaps(live_tid(process), &maps);
	if (err)
		reason = "can't be read";
	error_destroy(err);
	for (size_t i = 0; i < maps.len; i++)
		if (addr >= maps.items[i].map.start &&
		    addr < maps.items[i].map.end)
			reason = reason_of(&maps.items[i]);
	proc_smaps_deinit(&maps);
	return reason;
}
