/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `emulate` stored in the program's memory, for as long as it can be taken
 * back: until the thread goes on from the entry.
 */
#include "session/internal.h"
#include "session/call_dummy.h"

#include "base/alloc.h"

struct error *call_store(struct thread *t, taddr addr, const void *data,
                         size_t len)
{
	struct stored stored = { .addr = addr, .len = len };
	struct error *err;

	stored.old = xmalloc(len + 1);
	err = target_read(t->process, addr, stored.old, len);
	if (!err)
		err = target_write(t->process, addr, data, len);
	if (err) {
		free(stored.old);
		return err;
	}
	vec_push(&thread_info(t)->stored, stored);
	return NULL;
}

void call_unstore_from(struct thread *t, size_t kept)
{
	struct thread_info *info = thread_info(t);

	/* The newest first: they may overlap. */
	while (info->stored.len > kept) {
		struct stored *stored =
			&info->stored.items[--info->stored.len];

		error_destroy(target_write(t->process, stored->addr,
		                           stored->old, stored->len));
		free(stored->old);
	}
}

void call_unstore(struct thread *t)
{
	call_unstore_from(t, 0);
}

void store_forget(struct thread_info *info)
{
	while (info->stored.len)
		free(info->stored.items[--info->stored.len].old);
}

void thread_info_destroy(struct thread_info *info)
{
	if (!info)
		return;
	store_forget(info);
	vec_deinit(&info->stored);
	frames_destroy(info->frames);
	vec_deinit(&info->dues);
	vec_deinit(&info->changes);
	vec_deinit(&info->rule_counts);
	trace_call_destroy(info->trace);
	dummy_forget(info);
	vec_deinit(&info->dummies);
	notes_deinit(info);
	free(info);
}
