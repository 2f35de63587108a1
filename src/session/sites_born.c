/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * New processes: one shares its maker's memory, or has a copy of it as it was at
 * the fork, with the breakpoints of that moment. Since then some may have
 * come and some gone: its own bytes tell.
 */
#include "session/sites_internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

bool space_stands(const struct space *space)
{
	for (size_t i = 0; i < space->processes.len; i++) {
		const struct process *p = space->processes.items[i];

		/* What waits in the queue may be the trap of a site. */
		for (size_t k = 0; k < p->threads.len; k++)
			if (p->threads.items[k]->state == THREAD_RUNNING ||
			    p->threads.items[k]->queued)
				return false;
	}
	return true;
}

void site_bury(struct site *site)
{
	struct space *space = site->space;

	if (!space_stands(space))
		vec_push(&space->graves, (struct grave){ site->addr,
		                                         site->original });
	else
		space->graves.len = 0;
	xol_site_deinit(&site->xol);
	free(site);
}

/* kcmp(2); what the kernel does not tell (it may lack the call) is no. */
static bool shares_memory(const struct process *p, const struct process *q)
{
	enum { KCMP_VM = 1 };
	long order = syscall(SYS_kcmp, p->pid, q->pid, KCMP_VM, 0, 0);

	if (order >= 0)
		return order == 0;
	return p->vfork_parent == q;
}

/* Bytes of one process, a page at a time. */
struct pages {
	struct process *p;
	taddr page;
	size_t len;
	uint8_t bytes[SITE_PAGE];
};

static bool is_planted(struct pages *pages, taddr addr)
{
	taddr page = addr / SITE_PAGE * SITE_PAGE;
	struct error *err;

	if (!pages->len || page != pages->page) {
		err = target_read_raw(pages->p, page, pages->bytes, SITE_PAGE);
		pages->page = page;
		pages->len = err ? 0 : SITE_PAGE;
		error_destroy(err);
	}
	return pages->len && pages->bytes[addr - page] == INT3;
}

static void inherit(struct process *p, const struct space *from)
{
	struct space *space = space_need(p);
	struct pages pages = { .p = p };

	for (size_t i = 0; i < from->sites.len; i++) {
		const struct site *old = from->sites.items[i];
		struct site *site;

		if (!is_planted(&pages, old->addr))
			continue;
		site = xcalloc(1, sizeof(*site));
		site->addr = old->addr;
		site->original = old->original;
		site->planted = true;
		site->xol.insn = old->xol.insn;
		space_enter(space, site);
	}
	for (size_t i = 0; i < from->graves.len; i++) {
		const struct grave *g = &from->graves.items[i];

		if (is_planted(&pages, g->addr) && !site_at(p, g->addr))
			error_destroy(target_write_raw(p, g->addr,
			                               &g->original, 1));
	}
}

void sites_process_born(struct session *s, struct process *p)
{
	struct process *maker = target_process(s->target, p->parent);
	struct space *space = maker ? space_of(maker) : NULL;

	if (!space || space_of(p))
		return;
	if (shares_memory(p, maker))
		space_join(space, p);
	else
		inherit(p, space);
	space_of(p)->session = s;
}

