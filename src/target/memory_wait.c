/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target/memory_wait.c: mappings of file systems in user space (or over the
 * network), whose server may be a process that stands: a page that is not there
 * yet is read aside.
 */
#include "target/memory.h"

#include "base/alloc.h"
#include "target/aside.h"
#include "target/internal.h"
#include "target/procfs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OFTEN_MS = 50 };

struct memory_waits {
	int64_t looked;           /* when; 0: never */
	VEC(struct memory_span) ranges; /* of such mappings */
	taddr blocked, blocked_end; /* where somebody waited in vain ... */
	uint64_t blocked_at;      /* ... at target->changes */
};

void memory_waits_destroy(struct process *p)
{
	if (!p->waits)
		return;
	vec_deinit(&p->waits->ranges);
	free(p->waits);
	p->waits = NULL;
}

/*
 * All such file systems of the machine, in whatever namespace, as maps has them:
 * what has a device of its own and no disk is a user's or the network's.
 */
static void list_devices(struct memory_devices *list)
{
	DIR *dir = opendir("/sys/class/bdi");
	const struct dirent *entry;

	list->count = 0;
	while (dir && list->count < ARRAY_LEN(list->names) &&
	       (entry = readdir(dir)) != NULL) {
		unsigned major, minor;

		if (sscanf(entry->d_name, "%u:%u", &major, &minor) != 2 ||
		    (major && !strstr(entry->d_name, "-fuse")))
			continue;
		snprintf(list->names[list->count++], sizeof(list->names[0]),
		         "%02x:%02x", major, minor);
	}
	if (dir)
		closedir(dir);
}

static void look(struct process *p, struct memory_waits *w)
{
	const struct memory_devices *list = &p->target->devices;
	proc_map_vec maps = { 0 };

	w->ranges.len = 0;
	error_destroy(proc_maps(memory_tid(p), &maps));
	for (size_t i = 0; i < maps.len; i++) {
		const struct proc_map *m = &maps.items[i];

		for (size_t k = 0; k < list->count; k++)
			if (strcmp(m->dev, list->names[k]) == 0)
				vec_push(&w->ranges, (struct memory_span){
					.addr = m->start,
					.len = (size_t)(m->end - m->start) });
	}
	proc_maps_deinit(&maps);
}

static const struct memory_span *range_of(const struct memory_waits *w,
                                          const struct memory_span *s)
{
	for (size_t i = 0; i < w->ranges.len; i++) {
		const struct memory_span *r = &w->ranges.items[i];

		if (s->addr < r->addr + r->len && r->addr < s->addr + s->len)
			return r;
	}
	return NULL;
}

/* Whether it is time for another look; notes when it was. */
static bool is_due(int64_t *looked)
{
	int64_t now = now_ms();

	if (*looked && now - *looked < OFTEN_MS)
		return false;
	*looked = now;
	return true;
}

bool memory_may_wait(struct process *p, const struct memory_span *s)
{
	struct memory_devices *list;

	if (!p->target)
		return false;
	list = &p->target->devices;
	if (is_due(&list->looked))
		list_devices(list);
	if (!list->count)
		return false;
	if (!p->waits)
		p->waits = xcalloc(1, sizeof(*p->waits));
	if (is_due(&p->waits->looked))
		look(p, p->waits);
	return range_of(p->waits, s) != NULL;
}

struct mem_read {
	int fd;
	struct memory_span span;
	ssize_t got;
	int errnum;
};

static void read_mem(void *ctx)
{
	struct mem_read *r = ctx;

	r->got = pread(r->fd, r->span.data, r->span.len, (off_t)r->span.addr);
	r->errnum = r->got < 0 ? errno : 0;
}

ssize_t memory_read_aside(struct process *p, const struct memory_span *s)
{
	struct mem_read r = { .fd = p->mem_fd, .span = *s, .got = -1 };
	struct aside aside = { .work = read_mem, .ctx = &r };
	struct memory_waits *w = p->waits;
	const struct memory_span *range = range_of(w, s);

	errno = ETIMEDOUT;
	if (w->blocked_at == p->target->changes &&
	    s->addr < w->blocked_end && w->blocked < s->addr + s->len)
		return -1;
	if (aside_run(&aside)) {
		errno = r.errnum;
		return r.got;
	}
	w->blocked = range->addr;
	w->blocked_end = range->addr + range->len;
	w->blocked_at = p->target->changes;
	errno = ETIMEDOUT;
	return -1;
}
