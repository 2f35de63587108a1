/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/snapshot_method.c: whether a snapshot asks the kernel what was written
 * since the last one.
 *
 * A snapshot that did so is `tracked`: all soft-dirty bits were cleared right
 * after it, so that what has none is what the snapshot has.  That ends when
 * anybody else clears them.  To see that, the last page of the stack (the
 * program's name and environment, which hardly anybody writes) gets one of its
 * bytes once more, and so its bit: where that is gone, nothing is known.  A new
 * program (exec) has all bits.
 */
#include "session/snapshot.h"

#include "target/probe.h"
#include "target/procfs.h"
#include "target/soft_dirty.h"

struct soft_probe {
	struct probe_result result;
};

static const struct probe_result *probe(struct session *s)
{
	if (!s->soft_probe) {
		s->soft_probe = xcalloc(1, sizeof(*s->soft_probe));
		probe_dirty_bits(&s->soft_probe->result);
	}
	return &s->soft_probe->result;
}

static bool by_bits(struct session *s)
{
	return s->settings.snapshot_method != SNAPSHOT_HASH &&
	       probe(s)->answer == PROBE_YES;
}

struct error *snapshot_method_check(struct session *s, uint64_t method)
{
	if (method != SNAPSHOT_SOFT_DIRTY || probe(s)->answer == PROBE_YES)
		return NULL;
	return error_new(ERROR_REFUSED, "this kernel has no soft-dirty bits: "
	                 "%s", probe(s)->text);
}

const char *snapshot_method_note(struct session *s)
{
	if (s->settings.snapshot_method != SNAPSHOT_AUTO)
		return NULL;
	return by_bits(s) ? "by soft-dirty bits"
	       : "by page hashes: this kernel has no soft-dirty bits";
}

/* Whoever runs may write between the reading and the clearing. */
static bool all_stand(const struct target *target, const struct process *p)
{
	for (size_t i = 0; i < target->processes.len; i++) {
		const struct process *q = target->processes.items[i];

		if (q != p && (q->core || !soft_dirty_shares(p->pid, q->pid)))
			continue;
		for (size_t n = 0; n < q->threads.len; n++)
			if (q->threads.items[n]->state <= THREAD_RUNNING)
				return false;
	}
	return true;
}

struct snapshot *snapshot_tracked(struct session *s)
{
	const struct process *p = s->current->process;
	const struct thread *t = process_stopped_thread(p);
	const struct snapshots *all = s->snapshots;

	if (p->core || !t || !by_bits(s) || !all_stand(s->target, p))
		return NULL;
	for (size_t i = all->all.len; i-- > 0;) {
		struct snapshot *b = all->all.items[i];

		if (b->tracked && b->pid == p->pid &&
		    b->process == p->number)
			return soft_dirty_has(t->tid, b->mark) ? b : NULL;
	}
	return NULL;
}

/* 0: there is no such page. */
static taddr find_mark(const proc_map_vec *maps)
{
	for (size_t i = 0; i < maps->len; i++)
		if (!strcmp(maps->items[i].name, "[stack]"))
			return maps->items[i].end - sizeof(uint64_t);
	return 0;
}

void snapshot_track(struct session *s, struct snapshot *made,
                    const proc_map_vec *maps)
{
	struct process *p = s->current->process;
	const struct thread *t = process_stopped_thread(p);
	taddr mark = find_mark(maps);
	struct error *err;
	uint8_t byte;

	if (p->core || !t || !mark || !by_bits(s) || !all_stand(s->target, p))
		return;
	for (size_t i = 0; i < s->snapshots->all.len; i++) {
		struct snapshot *old = s->snapshots->all.items[i];

		if (old->tracked && (old->pid == p->pid ||
		                     soft_dirty_shares(old->pid, p->pid)))
			old->tracked = false;
	}
	err = soft_dirty_clear(t->tid);
	if (!err && !soft_dirty_has(t->tid, mark)) {
		err = target_read(p, mark, &byte, 1);
		if (!err)
			err = target_write(p, mark, &byte, 1);
		made->tracked = !err && soft_dirty_has(t->tid, mark);
	}
	/* Without it the next one reads all: no more than that. */
	error_destroy(err);
	made->process = p->number;
	made->mark = mark;
}
