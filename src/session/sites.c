/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Address spaces, and the breakpoints planted in them. */
#include "session/sites.h"
#include "session/sites_internal.h"

#include "base/alloc.h"
#include "base/log.h"
#include "target/procfs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct space *space_of(const struct process *p)
{
	return p->mask.ctx;
}

struct process *space_process(const struct space *space)
{
	for (size_t i = 0; i < space->processes.len; i++)
		if (process_stopped_thread(space->processes.items[i]))
			return space->processes.items[i];
	return space->processes.len ? space->processes.items[0] : NULL;
}

void space_join(struct space *space, struct process *p)
{
	vec_push(&space->processes, p);
	mask_install(p, space);
}

static struct space *space_create(struct process *p)
{
	struct space *space = xcalloc(1, sizeof(*space));

	map_init(&space->by_addr);
	space->xol = xol_create(&displaced_ops);
	space_join(space, p);
	return space;
}

struct space *space_need(struct process *p)
{
	return space_of(p) ? space_of(p) : space_create(p);
}

/* What is dropped later finds its site dead. */
static void space_destroy(struct space *space)
{
	for (size_t i = 0; i < space->sites.len; i++) {
		struct site *site = space->sites.items[i];

		xol_site_deinit(&site->xol);
		site->space = NULL;
		site->planted = false;
		if (!site->users)
			free(site);
	}
	vec_deinit(&space->sites);
	vec_deinit(&space->graves);
	map_deinit(&space->by_addr);
	vec_deinit(&space->processes);
	xol_destroy(space->xol);
	free(space);
}

static void space_leave(struct space *space, struct process *p)
{
	for (size_t i = 0; i < space->processes.len; i++) {
		if (space->processes.items[i] == p) {
			vec_remove(&space->processes, i);
			break;
		}
	}
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->user)
			displaced_forget(p->threads.items[i]);
	mask_install(p, NULL);
	if (!space->processes.len)
		space_destroy(space);
}

struct site *site_at(const struct process *p, taddr addr)
{
	struct space *space = space_of(p);

	return space ? map_get(&space->by_addr, addr) : NULL;
}

bool site_was_at(const struct process *p, taddr addr)
{
	const struct space *space = space_of(p);

	for (size_t i = 0; space && i < space->graves.len; i++)
		if (space->graves.items[i].addr == addr)
			return true;
	return false;
}

struct error *site_plant(struct process *p, struct site *site)
{
	const uint8_t byte = INT3;

	TRY(target_write_raw(p, site->addr, &byte, 1));
	site->planted = true;
	return NULL;
}

void site_say_overwritten(struct site *site)
{
	struct session *s = site->space ? site->space->session : NULL;

	if (!s || site->complained)
		return;
	site->complained = true;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "warning: the program overwrote the breakpoint at 0x%llx: "
	            "what it wrote there stays",
	            (unsigned long long)site->addr);
	output_end(s);
}

/* Puts the program's byte back, unless it wrote another there itself. */
void site_unplant(struct process *p, struct site *site)
{
	uint8_t now;
	struct error *err;

	if (!site->planted)
		return;
	err = target_read_raw(p, site->addr, &now, 1);
	if (!err && now == INT3)
		err = target_write_raw(p, site->addr, &site->original, 1);
	else if (!err)
		site_say_overwritten(site);
	site->planted = false;
	if (err)
		LOG(LOG_SESSION, "site 0x%llx: %s",
		    (unsigned long long)site->addr, err->message);
	error_destroy(err);
}

static const struct arch *code_arch(struct process *p)
{
	struct thread *t = process_stopped_thread(p);
	enum abi abi = ABI_X86_64;

	if (t)
		error_destroy(target_abi(t, &abi));
	else
		return process_word(p) == 4 ? arch_i386() : arch_x86_64();
	return abi == ABI_I386 ? arch_i386() : arch_x86_64();
}

void batch_deinit(struct batch *b)
{
	proc_maps_deinit(&b->maps);
	error_destroy(b->maps_error);
}

void batch_init(struct batch *b, struct process *p)
{
	const struct thread *t = process_stopped_thread(p);

	*b = (struct batch){ .p = p, .arch = code_arch(p) };
	b->maps_error = proc_maps(t ? t->tid : p->pid, &b->maps);
}

static const struct proc_map *map_of(const struct batch *b, taddr addr)
{
	size_t low = 0, high = b->maps.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct proc_map *m = &b->maps.items[mid];

		if (addr < m->start)
			high = mid;
		else if (addr >= m->end)
			low = mid + 1;
		else
			return m;
	}
	return NULL;
}

/* Where no byte may be planted, though it could be. */
static struct error *check_place(const struct batch *b, taddr addr)
{
	const struct proc_map *m = map_of(b, addr);

	if (b->maps_error)
		return NULL; /* a thread that dies, say: the write will tell */
	if (!m)
		return error_fault(addr, "no breakpoint can stand at 0x%llx: "
		                   "no memory is there",
		                   (unsigned long long)addr);
	if (strcmp(m->name, "[vsyscall]") == 0)
		return error_new(ERROR_REFUSED, "no breakpoint can stand at "
		                 "0x%llx: the vsyscall page is the kernel's, "
		                 "which debug registers don't watch either: "
		                 "set it where the caller goes on",
		                 (unsigned long long)addr);
	if (m->perms[3] == 's')
		return error_new(ERROR_REFUSED, "no breakpoint can stand at "
		                 "0x%llx: its memory is shared with others, "
		                 "who would run into it (`hbreak` needs no "
		                 "change of memory)", (unsigned long long)addr);
	return NULL;
}

struct error *site_create(const struct batch *b, taddr addr,
                          const uint8_t *bytes, size_t len,
                          struct site **result)
{
	struct site *site;
	struct error *err;

	TRY(check_place(b, addr));
	if (!len)
		return error_fault(addr, "no breakpoint can stand at 0x%llx: "
		                   "its memory can't be read",
		                   (unsigned long long)addr);
	site = xcalloc(1, sizeof(*site));
	err = xol_site_init(&site->xol, b->arch, bytes, len, addr);
	if (err) {
		free(site);
		return err;
	}
	site->addr = addr;
	site->original = bytes[0];
	*result = site;
	return NULL;
}

void space_enter(struct space *space, struct site *site)
{
	size_t index = space_lower(space, site->addr);

	vec_push(&space->sites, site);
	memmove(&space->sites.items[index + 1], &space->sites.items[index],
	        (space->sites.len - 1 - index) * sizeof(site));
	space->sites.items[index] = site;
	map_put(&space->by_addr, site->addr, site);
	site->space = space;
}

static void take_out(struct site *site)
{
	struct space *space = site->space;
	size_t index = space_lower(space, site->addr);

	vec_remove(&space->sites, index);
	map_remove(&space->by_addr, site->addr);
	site_bury(site);
}

static struct error *add(const struct batch *b, taddr addr,
                         struct site **result)
{
	struct site *site = site_at(b->p, addr);
	uint8_t bytes[ARCH_INSN_MAX];
	struct error *err;

	if (!site) {
		size_t got = memory_read(&b->p->memory, addr, bytes,
		                         sizeof(bytes));

		TRY(site_create(b, addr, bytes, got, &site));
		space_enter(space_need(b->p), site);
	}
	if (!site->planted) {
		err = site_plant(b->p, site);
		if (err && !site->users)
			take_out(site);
		if (err)
			return error_prefix(err, "no breakpoint can stand at "
			                    "0x%llx: ",
			                    (unsigned long long)addr);
	}
	site->users++;
	*result = site;
	return NULL;
}

struct error *site_add(struct session *s, struct process *p, taddr addr,
                       struct site **site)
{
	CLEANUP(batch_deinit) struct batch b;

	batch_init(&b, p);
	TRY(add(&b, addr, site));
	space_of(p)->session = s;
	return NULL;
}

void site_drop(struct session *s, struct site *site)
{
	struct process *p;

	(void)s;
	if (!site || --site->users)
		return;
	if (!site->space) {
		free(site);
		return;
	}
	p = space_process(site->space);
	site_unplant(p, site);
	take_out(site);
}

taddr site_address(const struct site *site)
{
	return site->addr;
}

bool site_is_dead(const struct site *site)
{
	return !site->space;
}

const char *site_how(const struct site *site)
{
	return xol_way_name(xol_site_way(&site->xol));
}

const char *site_reason(const struct site *site)
{
	return site->xol.insn.reason;
}

struct xol_site *site_xol(struct site *site)
{
	return &site->xol;
}

uint64_t site_hits(const struct site *site)
{
	return site->hits;
}

struct xol *sites_xol(const struct process *p)
{
	struct space *space = space_of(p);

	return space ? space->xol : NULL;
}

void sites_each(struct process *p, bool (*fn)(void *ctx, struct site *site),
                void *ctx)
{
	struct space *space = space_of(p);

	for (size_t i = 0; space && i < space->sites.len; i++)
		if (!fn(ctx, space->sites.items[i]))
			return;
}

void space_take_out_unused(struct space *space)
{
	size_t kept = 0;

	for (size_t i = 0; i < space->sites.len; i++) {
		struct site *site = space->sites.items[i];

		if (site->users || site->planted) {
			space->sites.items[kept++] = site;
			continue;
		}
		map_remove(&space->by_addr, site->addr);
		site_bury(site);
	}
	space->sites.len = kept;
}

void sites_sweep(struct process *p)
{
	struct space *space = space_of(p);

	if (!space)
		return;
	for (size_t i = 0; i < space->sites.len; i++)
		if (!space->sites.items[i]->users)
			site_unplant(p, space->sites.items[i]);
	space_take_out_unused(space);
}

static void unplant_all(struct process *p)
{
	struct space *space = space_of(p);

	for (size_t i = 0; i < space->sites.len; i++)
		site_unplant(p, space->sites.items[i]);
}

void sites_release(struct process *p)
{
	if (!space_of(p))
		return;
	unplant_all(p);
	space_leave(space_of(p), p);
}

bool sites_child_leaves(struct session *s, struct process *p)
{
	sites_process_born(s, p);
	if (!space_of(p) || !space_of(p)->sites.len)
		return true;
	if (space_of(p)->processes.len > 1)
		return false;
	sites_release(p);
	return true;
}

void sites_replant(struct process *p)
{
	struct space *space = space_of(p);

	for (size_t i = 0; space && i < space->sites.len; i++) {
		struct site *site = space->sites.items[i];

		if (site->users && !site->planted)
			error_destroy(site_plant(p, site));
	}
}

void sites_forget(struct process *p)
{
	if (space_of(p))
		space_leave(space_of(p), p);
}
