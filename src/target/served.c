/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/served.h"

#include "target/internal.h"
#include "target/memory.h"
#include "target/procfs.h"

#include <string.h>

enum {
	OFTEN_MS = 1000,   /* between two looks ... */
	TIMES = 50,        /* ... or what one took so many times */
};

const struct served_calls served_calls[ABI_COUNT] = {
	[ABI_X86_64] = { 323, 16 },
	[ABI_X32] = { 323, 514 },
	[ABI_I386] = { 374, 54 },
};

static bool makes_one(enum abi abi, uint64_t nr, uint64_t second)
{
	nr &= ~(uint64_t)arch_abi(abi)->nr_bit;
	return nr == served_calls[abi].userfaultfd ||
	       (nr == served_calls[abi].ioctl &&
	        (uint32_t)second == SERVED_REQUEST);
}

bool served_begins(const struct target_call *call)
{
	return makes_one(call->abi, call->nr, call->args[1]);
}

/* What scdb has made of the call that T stands before. */
static bool begins_changed(struct thread *t)
{
	const struct arch_abi *a = arch_abi(t->stop.call.abi);
	uint64_t nr = 0, second = 0;
	struct error *err = target_word(t, a->nr_offset, &nr);

	if (!err)
		err = target_word(t, a->arg_offsets[1], &second);
	error_destroy(err);
	return makes_one(t->stop.call.abi, nr, second);
}

/*
 * Single steps are never made over the instruction of a call. Where a filter of
 * the program's own is asked too, ours need not be told.
 */
static bool is_seen(const struct thread *t)
{
	const struct process_filter *filter = &t->process->filter;

	switch (t->last_mode) {
	case RESUME_SYSCALL:
	case RESUME_STEP:
	case RESUME_SYSEMU:
		return true;
	case RESUME_CONT:
		return filter->count && !filter->own;
	case RESUME_BLOCK:
		break;
	}
	return false;
}

void served_goes_on(struct thread *t)
{
	if (t->stop.reasons & STOP_ENTRY && t->writes != t->writes_before &&
	    begins_changed(t))
		t->target->served = true;
	if (!is_seen(t))
		t->target->unseen++;
}

void served_new_memory(struct process *p)
{
	p->unserved_at = p->target->unseen + 1;
}

/* Whether any tracee runs so that its calls are not seen. */
static bool any_unseen(const struct target *target)
{
	for (size_t i = 0; i < target->processes.len; i++) {
		const struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			const struct thread *t = p->threads.items[k];

			if (memory_is_alive(t) && t->state != THREAD_STOPPED &&
			    !is_seen(t))
				return true;
		}
	}
	return false;
}

/* True also where it can't be told. */
static bool has_pages(struct process *p)
{
	const unsigned served = VM_USERFAULT | VM_USERFAULT_WP |
	                        VM_USERFAULT_MINOR;
	proc_smap_vec maps = { 0 };
	struct error *err = proc_smaps(memory_tid(p), &maps);
	bool found = err != NULL;

	error_destroy(err);
	for (size_t i = 0; i < maps.len && !found; i++)
		found = maps.items[i].flags & served;
	proc_smaps_deinit(&maps);
	return found;
}

static bool has_descriptor(struct process *p)
{
	proc_fd_vec fds = { 0 };
	struct error *err = proc_fds(memory_tid(p), &fds);
	bool found = err != NULL;

	error_destroy(err);
	for (size_t i = 0; i < fds.len && !found; i++)
		found = strcmp(fds.items[i].target,
		               "anon_inode:[userfaultfd]") == 0;
	proc_fds_deinit(&fds);
	return found;
}

bool served_never(struct process *p)
{
	struct target *target = p->target;
	int64_t start, took;

	if (!target || target->served)
		return false;
	if (p->unserved_at == target->unseen + 1)
		return true;
	start = now_ms();
	if (start < p->served_next || any_unseen(target))
		return false;
	if (!has_pages(p) && !has_descriptor(p))
		served_new_memory(p);
	took = now_ms() - start;
	p->served_next = start + took + (took * TIMES > OFTEN_MS
	                                 ? took * TIMES : OFTEN_MS);
	return p->unserved_at == target->unseen + 1;
}
