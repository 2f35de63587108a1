/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vfork child uses its parent's: what it mapped would stay there. */
#include "target/internal.h"

static struct process *owner_of(struct process *p)
{
	for (unsigned depth = 0; p->vfork_parent && depth < 64; depth++)
		p = p->vfork_parent;
	return p;
}

static struct error *call_abi(struct thread *t, enum abi *abi)
{
	if (!(t->stop.reasons & STOP_ENTRY))
		return target_abi(t, abi);
	*abi = t->stop.call.abi;
	return NULL;
}

static struct error *map(struct thread *t, struct process *owner)
{
	struct remote_call call = {
		.args = { 0, TARGET_SCRATCH, 3 /* read, write */,
		          0x22 /* private, anonymous */, (uint64_t)-1, 0 },
	};
	int64_t result;

	TRY(call_abi(t, &call.abi));
	call.nr = call.abi == ABI_I386 ? 192 /* mmap2 */ : 9;
	TRY(target_remote_call(t, &call, &result));
	if (arch_is_error(result))
		return error_new(ERROR_REFUSED,
		                 "the process could not map memory for scdb");
	owner->scratch.addr = (taddr)result;
	return NULL;
}

/* Where LEN bytes are free; TARGET_SCRATCH: nowhere. */
static size_t find_room(const struct scratch *s, size_t len)
{
	size_t at = 0;

	for (size_t i = 0; i < s->pieces.len && at + len <= TARGET_SCRATCH;) {
		const struct scratch_piece *piece = &s->pieces.items[i];

		if (at < piece->at + piece->len && piece->at < at + len) {
			at = piece->at + piece->len;
			i = 0;
		} else {
			i++;
		}
	}
	return at + len <= TARGET_SCRATCH ? at : TARGET_SCRATCH;
}

struct error *target_scratch(struct thread *t, size_t len, taddr *addr)
{
	struct process *owner = owner_of(t->process);
	size_t at;

	len = (len + 15) & ~(size_t)15;
	if (!owner->scratch.addr)
		TRY(map(t, owner));
	at = find_room(&owner->scratch, len);
	if (at == TARGET_SCRATCH)
		return error_new(ERROR_REFUSED, "the memory that scdb has in "
		                 "the process is in use");
	vec_push(&owner->scratch.pieces,
	         (struct scratch_piece){ t->tid, at, len });
	*addr = owner->scratch.addr + at;
	return NULL;
}

void target_scratch_release(struct thread *t)
{
	struct scratch *s = &owner_of(t->process)->scratch;

	for (size_t i = s->pieces.len; i-- > 0;)
		if (s->pieces.items[i].tid == t->tid)
			vec_remove(&s->pieces, i);
}

taddr target_scratch_at(struct process *p)
{
	return owner_of(p)->scratch.addr;
}

void scratch_forget(struct process *p)
{
	p->scratch.addr = 0;
	vec_deinit(&p->scratch.pieces);
}

void scratch_unmap(struct process *p)
{
	struct remote_call call = { .args = { p->scratch.addr,
	                                      TARGET_SCRATCH } };
	int64_t result;

	for (size_t i = 0; p->scratch.addr && i < p->threads.len; i++) {
		struct thread *t = p->threads.items[i];
		struct error *err;

		if (t->state != THREAD_STOPPED)
			continue;
		err = call_abi(t, &call.abi);
		call.nr = call.abi == ABI_I386 ? 91 : 11;
		if (!err)
			err = target_remote_call(t, &call, &result);
		if (!err)
			scratch_forget(p);
		error_destroy(err);
	}
}
