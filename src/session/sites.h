/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/sites.h: the breakpoint instructions that scdb has planted.
 *
 * What the user set (session/breakpoint.h) is a specification; a site is one
 * byte in one address space.  Many specifications share a site: it is counted.
 * An address space is a process's, or several ones' where they share their
 * memory (vfork, CLONE_VM).  A child that got a copy inherits the sites: those
 * that nobody asked for before it goes on are taken out of it.
 *
 * Reads and writes of memory see what the program has there (struct
 * memory_mask), the site keeps it.
 *
 * Ownership: a site is the caller's until site_drop; it stays valid when its
 * process ends or executes another program (site_is_dead then).
 */
#ifndef SCDB_SESSION_SITES_H
#define SCDB_SESSION_SITES_H

#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

struct session;
struct process;
struct thread;
struct site;
struct xol;
struct xol_site;

/*
 * Plants a breakpoint at ADDR of P's memory, or counts the one that is there.
 * Errors: the instruction can't be stepped over, the memory can't be written,
 * or is shared with others.
 */
struct error *site_add(struct session *s, struct process *p, taddr addr,
                       struct site **site) MUST_CHECK;
/*
 * The same for COUNT addresses, page by page where all threads of P stand.
 * Where one fails its SITES is NULL and its ERRORS the reason, the caller's
 * (ERRORS NULL: they are dropped).  Returns how many succeeded.
 */
size_t site_add_many(struct session *s, struct process *p, const taddr *addrs,
                     size_t count, struct site **sites, struct error **errors);
/* NULL is fine. */
void site_drop(struct session *s, struct site *site);
/* The same for many, page by page; SITES's items may be NULL. */
void site_drop_many(struct session *s, struct site **sites, size_t count);
taddr site_address(const struct site *site);
/* Its address space is gone. */
bool site_is_dead(const struct site *site);
/* "emulated", "slot, jumps back" ...: how threads step over it, and why. */
const char *site_how(const struct site *site);
const char *site_reason(const struct site *site);

/* All sites of P's address space, ascending, until FN returns false. */
void sites_each(struct process *p, bool (*fn)(void *ctx, struct site *site),
                void *ctx);
/* The site at ADDR, or NULL. */
struct site *site_at(const struct process *p, taddr addr);
struct xol_site *site_xol(struct site *site);
/* How often a thread ran into it. */
uint64_t site_hits(const struct site *site);
/* P's slots and counts; NULL: none yet. */
struct xol *sites_xol(const struct process *p);

/* For session/stop.c and its like. */
/* P is new: it shares its maker's memory, or has a copy of it. */
void sites_process_born(struct session *s, struct process *p);
/* Takes out what nobody asked for in P, of what it inherited. */
void sites_sweep(struct process *p);
/*
 * P is let go: nothing of scdb stays in its memory.  Where others share that
 * they have no breakpoints either, until sites_replant.
 */
void sites_release(struct process *p);
/*
 * P, a child that is not followed, is about to be let go: its copy is cleaned.
 * False: it shares its maker's memory, and must stay till it has its own.
 */
bool sites_child_leaves(struct session *s, struct process *p);
/* P has its memory for itself again. */
void sites_replant(struct process *p);
/* Its memory is no more: it executes another program, or died. */
void sites_forget(struct process *p);

#endif
