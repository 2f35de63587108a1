/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target/stream.h"

#include "base/alloc.h"
#include "target/batch.h"
#include "target/core.h"
#include "target/memory.h"
#include "target/pagemap.h"
#include "target/soft_dirty.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	PAGE = 4096,
	PLAN = 128,               /* chunks of one request */
	PROBES = 1024,            /* pages looked at behind one that fails */
};

/* What page tables can't span: no mapping ends above. */
static const taddr space_end = ~(taddr)(PAGE - 1);

struct memory_stream {
	struct process *process;
	unsigned flags;
	proc_map_vec maps;
	proc_smap_vec smaps;      /* read when first needed */
	bool has_smaps;
	struct pagemap pages;
	struct soft_dirty soft;
	bool (*known)(void *ctx, taddr addr); /* NULL: all is read */
	void *known_ctx;
	taddr at, end;            /* what is not planned yet */
	uint8_t *own;             /* STREAM_BUFFER, when first needed */
	uint8_t *buffer;
	size_t size;
	struct memory_chunk plan[PLAN + 2];
	bool there[PLAN + 2];     /* the chunk's pages are in memory */
	size_t planned, told;
};

static pid_t stream_tid(const struct memory_stream *m)
{
	const struct thread *t = process_stopped_thread(m->process);

	return t ? t->tid : m->process->pid;
}

struct error *memory_stream_create(struct process *process, unsigned flags,
                                   struct memory_stream **stream)
{
	CLEANUP(memory_stream_destroy) struct memory_stream *m =
		xcalloc(1, sizeof(*m));

	m->process = process;
	m->flags = flags;
	m->pages.fd = -1;
	TRY(process_maps(process, &m->maps));
	if (!process->core)
		TRY(pagemap_open(&m->pages, stream_tid(m)));
	*stream = m;
	m = NULL;
	return NULL;
}

void memory_stream_destroy(struct memory_stream **stream)
{
	struct memory_stream *m = *stream;

	if (!m)
		return;
	proc_maps_deinit(&m->maps);
	proc_smaps_deinit(&m->smaps);
	pagemap_close(&m->pages);
	free(m->own);
	free(m);
}

void memory_stream_use(struct memory_stream *m, uint8_t *data, size_t size)
{
	assert(size >= PAGE);
	m->buffer = data;
	m->size = size;
}

void memory_stream_skip(struct memory_stream *m,
                        bool (*known)(void *ctx, taddr addr), void *ctx)
{
	m->known = known;
	m->known_ctx = ctx;
}

bool memory_stream_pending(const struct memory_stream *m)
{
	return m->told < m->planned;
}

void memory_stream_seek(struct memory_stream *m, taddr start, taddr end)
{
	m->at = start < space_end ? start : space_end;
	m->end = end < space_end ? end : space_end;
	m->planned = m->told = 0;
}

const proc_map_vec *memory_stream_maps(const struct memory_stream *m)
{
	return &m->maps;
}

/* NULL where smaps can't be had: nothing is known then. */
static const struct proc_smap *details(struct memory_stream *m, taddr addr)
{
	if (!m->has_smaps && !m->process->core)
		error_destroy(proc_smaps(stream_tid(m), &m->smaps));
	m->has_smaps = true;
	return proc_smap_at(&m->smaps, addr);
}

/*
 * Whether pages of MAP that are not there are zero: a userfaultfd may be about
 * to give them data.
 */
static bool is_private_anonymous(const struct proc_map *map)
{
	return !map->inode && map->perms[3] == 'p' &&
	       strncmp(map->name, "[v", 2) != 0;
}

bool memory_stream_is_hole(const struct proc_map *map, unsigned flags)
{
	return is_private_anonymous(map) && (!flags || flags & PAGE_IS_ZERO);
}

static struct memory_chunk *plan(struct memory_stream *m, enum chunk_kind kind,
                                 const struct proc_map *map, uint64_t len)
{
	struct memory_chunk *c = &m->plan[m->planned++];

	*c = (struct memory_chunk){
		.kind = kind,
		.addr = m->at,
		.len = len,
		.map = map,
		.forced = map && map->perms[0] != 'r',
	};
	m->at += len;
	return c;
}

static void plan_hole(struct memory_stream *m, const struct proc_map *map,
                      uint64_t len)
{
	const struct proc_smap *s = details(m, m->at);

	if (s && s->flags & VM_USERFAULT)
		plan(m, CHUNK_UNREADABLE, map, len)->reason =
			"waits for the program to serve it";
	else
		plan(m, CHUNK_ZEROES, map, len);
}

/* The page tables' run from where it goes on; all present where unknown. */
static struct error *run_here(struct memory_stream *m, taddr end,
                              struct page_run *run)
{
	taddr page = m->at - m->at % PAGE;

	TRY(pagemap_next(&m->pages, page, end, run));
	run->start = m->at;
	if (run->end > end)
		run->end = end;
	return NULL;
}

static bool is_same(struct memory_stream *m, taddr addr, taddr end)
{
	return soft_dirty_same(&m->soft, m->pages.fd, addr, end) &&
	       m->known(m->known_ctx, addr);
}

/*
 * What may change without a bit: huge pages of hugetlbfs, and what somebody
 * serves or maps by himself.
 */
static bool keeps_bits(struct memory_stream *m, const struct proc_map *map)
{
	const struct proc_smap *s = details(m, m->at);

	return s && map->inode == s->map.inode &&
	       !(s->flags & (VM_SHARED | VM_HUGETLB | VM_PFN | VM_IO |
	                     VM_USERFAULT | VM_USERFAULT_WP |
	                     VM_USERFAULT_MINOR | VM_SHADOW_STACK |
	                     VM_SOFT_DIRTY));
}

/* Of RUN: whether what comes next is as it was; *LEN: of how many bytes. */
static bool skips(struct memory_stream *m, const struct proc_map *map,
                  const struct page_run *run, uint64_t *len)
{
	uint64_t at = PAGE;
	bool same;

	if (!m->known || !is_private_anonymous(map) || m->at % PAGE ||
	    !(run->flags & PAGE_IS_THERE) || run->flags & PAGE_IS_OF_FILE ||
	    !keeps_bits(m, map))
		return false;
	same = is_same(m, m->at, run->end);
	while (at < *len && is_same(m, m->at + at, run->end) == same)
		at += PAGE;
	if (at < *len)
		*len = at;
	return same;
}

/* The same of a core. */
static void plan_core(struct memory_stream *m, const struct proc_map *map,
                      taddr end, size_t room)
{
	uint64_t len = end - m->at;

	switch (core_extent(m->process->core, m->at, &len)) {
	case CORE_DUMPED:
	case CORE_MAPPED:
		m->there[m->planned] = false;
		plan(m, CHUNK_DATA, map, len < room ? len : room);
		break;
	case CORE_ZEROED:
		plan(m, CHUNK_ZEROES, map, len);
		break;
	case CORE_LACKING:
		plan(m, CHUNK_UNREADABLE, map, len)->reason =
			"is not in the core";
		break;
	}
}

/* The next chunk within MAP, of ROOM bytes at most where it is data. */
static struct error *plan_mapped(struct memory_stream *m,
                                 const struct proc_map *map, size_t room)
{
	taddr end = map->end < m->end ? map->end : m->end;
	struct page_run run;
	uint64_t len;

	if (m->process->core) {
		plan_core(m, map, end, room);
		return NULL;
	}
	TRY(run_here(m, end, &run));
	len = run.end - run.start;
	if (run.flags & PAGE_IS_GUARD) {
		plan(m, CHUNK_UNREADABLE, map, len)->reason =
			"is a guard page";
		return NULL;
	}
	if (memory_stream_is_hole(map, run.flags)) {
		plan_hole(m, map, len);
		return NULL;
	}
	if (skips(m, map, &run, &len)) {
		plan(m, CHUNK_SAME, map, len);
		return NULL;
	}
	m->there[m->planned] = run.flags & PAGE_IS_THERE;
	plan(m, CHUNK_DATA, map, len < room ? len : room);
	return NULL;
}

static void plan_gap(struct memory_stream *m)
{
	size_t low = 0, high = m->maps.len;
	taddr next = m->end;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (m->maps.items[mid].start <= m->at)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < m->maps.len && m->maps.items[low].start < next)
		next = m->maps.items[low].start;
	plan(m, CHUNK_UNMAPPED, NULL, next - m->at);
}

/* Fills the plan, or what data the buffer takes. */
static struct error *make_plan(struct memory_stream *m)
{
	size_t used = 0;

	m->planned = m->told = 0;
	if (!m->buffer) {
		m->own = xmalloc(STREAM_BUFFER);
		m->buffer = m->own;
		m->size = STREAM_BUFFER;
	}
	while (m->at < m->end && m->planned < PLAN && used < m->size) {
		const struct proc_map *map = proc_map_at(&m->maps, m->at);
		struct memory_chunk *c;

		if (map)
			TRY(plan_mapped(m, map, m->size - used));
		else
			plan_gap(m);
		c = &m->plan[m->planned - 1];
		if (c->kind != CHUNK_DATA)
			continue;
		c->data = m->buffer + used;
		used += (size_t)c->len;
	}
	return NULL;
}

static const char *why_not(struct memory_stream *m, taddr addr, int errnum,
                           bool *all)
{
	struct memory_piece piece = { .addr = addr, .errnum = errnum };
	const struct proc_smap *s = details(m, addr);

	*all = s && s->flags & (VM_IO | VM_PFN);
	if (errnum == EFAULT && s && !*all && s->flags & VM_USERFAULT)
		return "waits for the program to serve it";
	return target_piece_reason(m->process, &piece);
}

/* From the page that fails: how many bytes, up to LEN, fail likewise. */
static uint64_t failing(struct memory_stream *m, taddr addr, uint64_t len)
{
	uint64_t bad = PAGE - addr % PAGE;

	for (int i = 0; bad < len && i < PROBES; i++, bad += PAGE) {
		uint8_t byte;
		struct memory_span s = {
			.addr = addr + bad, .data = &byte, .len = 1,
		};
		int errnum;

		if (memory_move(m->process, MEMORY_READ, s, &errnum))
			break;
	}
	return bad < len ? bad : len;
}

/*
 * Chunk C could be read up to DONE only: the plan is cut behind it, and goes on
 * from there.
 */
static struct error *cut_plan(struct memory_stream *m, size_t index,
                              const struct memory_piece *piece)
{
	struct memory_chunk *c = &m->plan[index];
	uint64_t left = c->len - piece->done;
	const struct proc_map *map = c->map;
	struct memory_chunk *bad;
	const char *reason;
	bool all;

	if (piece->errnum == ESRCH)
		return error_new(ERROR_GONE, "process %d is gone",
		                 (int)m->process->pid);
	m->at = c->addr + piece->done;
	reason = why_not(m, m->at, piece->errnum, &all);
	m->planned = index;
	if (piece->done) {
		c->len = piece->done;
		m->planned++;
	}
	bad = plan(m, CHUNK_UNREADABLE, map,
	           all ? (map->end < m->end ? map->end : m->end) - m->at
	           : piece->errnum == ETIMEDOUT ? left
	           : failing(m, m->at, left));
	bad->reason = reason;
	return NULL;
}

/* Data of pages that are THERE, or of others; DONE gets what became of it. */
static void read_those(struct memory_stream *m, bool there,
                       struct memory_piece done[PLAN])
{
	struct memory_piece pieces[PLAN];
	size_t whose[PLAN], count = 0;

	for (size_t i = 0; i < m->planned; i++) {
		const struct memory_chunk *c = &m->plan[i];

		if (c->kind != CHUNK_DATA || m->there[i] != there)
			continue;
		whose[count] = i;
		pieces[count++] = (struct memory_piece){
			.addr = c->addr,
			.data = (void *)(uintptr_t)c->data,
			.len = (size_t)c->len,
		};
	}
	if (there)
		memory_move_known(m->process, pieces, count);
	else if (count)
		memory_move_pieces(m->process, MEMORY_READ, pieces, count);
	for (size_t i = 0; i < count; i++)
		done[whose[i]] = pieces[i];
}

static struct error *carry_out(struct memory_stream *m)
{
	struct memory_piece done[PLAN];

	read_those(m, true, done);
	read_those(m, false, done);
	for (size_t i = 0; i < m->planned; i++) {
		const struct memory_piece *p = &done[i];

		if (m->plan[i].kind != CHUNK_DATA)
			continue;
		if (!(m->flags & STREAM_RAW))
			memory_hide(m->process, p->addr, p->data, p->done);
		if (p->done < p->len)
			return cut_plan(m, i, p);
	}
	return NULL;
}

struct error *memory_stream_next(struct memory_stream *m,
                                 struct memory_chunk *chunk)
{
	if (m->told == m->planned) {
		if (m->at >= m->end) {
			*chunk = (struct memory_chunk){ .kind = CHUNK_END };
			return NULL;
		}
		TRY(make_plan(m));
		TRY(carry_out(m));
	}
	*chunk = m->plan[m->told++];
	return NULL;
}
