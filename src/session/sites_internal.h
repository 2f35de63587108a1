/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/sites_internal.h: what sites.c, sites_mask.c and displaced.c share. */
#ifndef SCDB_SESSION_SITES_INTERNAL_H
#define SCDB_SESSION_SITES_INTERNAL_H

#include "session/sites.h"
#include "session/internal.h"
#include "target/procfs.h"
#include "xol/xol.h"

enum { INT3 = 0xcc, SITE_PAGE = 4096 };

struct site {
	struct space *space;     /* NULL: dead */
	taddr addr;
	unsigned users;
	bool planted;            /* the byte at ADDR is ours */
	uint8_t original;        /* what the program has there */
	bool complained;         /* that the program changed it */
	uint64_t hits;
	struct xol_site xol;
};

/* A site that was taken out while somebody ran: a child's copy of the memory
 * may still have it. */
struct grave {
	taddr addr;
	uint8_t original;
};

struct space {
	struct session *session; /* to say what is odd; NULL: not known yet */
	VEC(struct process *) processes;
	VEC(struct grave) graves;
	struct map by_addr;
	VEC(struct site *) sites; /* ascending */
	struct xol *xol;
};

/* P's, or NULL. */
struct space *space_of(const struct process *p);
/* P's; made if there is none. */
struct space *space_need(struct process *p);
/* Any of its processes that can be asked. */
struct process *space_process(const struct space *space);
/* P is one of SPACE's processes. */
void space_join(struct space *space, struct process *p);
/* SITE, new, becomes SPACE's. */
void space_enter(struct space *space, struct site *site);
/* Whether all stand who could run in the memory. */
bool space_stands(const struct space *space);
/* SITE is out of its space's lists: frees it. */
void site_bury(struct site *site);
/* Frees those that nobody wants and that are not planted. */
void space_take_out_unused(struct space *space);
/* The index of the first site at or behind ADDR. */
size_t space_lower(const struct space *space, taddr addr);

/* session/sites_mask.c: has reads and writes of P's memory pass SPACE. */
void mask_install(struct process *p, struct space *space);
/*
 * The instruction under SITE may be another now: takes it apart again.  False:
 * it can't be stepped over, so no breakpoint stands there any more.
 */
bool site_analyse(struct process *p, struct site *site);
/* session/displaced_ops.c */
extern const struct xol_ops displaced_ops;

/* What sites of one request share. */
struct batch {
	struct process *p;
	const struct arch *arch;
	proc_map_vec maps;
	struct error *maps_error;
};
void batch_init(struct batch *b, struct process *p);
void batch_deinit(struct batch *b);
/*
 * A site at ADDR, where the program has LEN BYTES: taken apart, not planted,
 * not entered anywhere.
 */
struct error *site_create(const struct batch *b, taddr addr,
                          const uint8_t *bytes, size_t len,
                          struct site **result) MUST_CHECK;

/* Whether a site at ADDR was taken out while somebody ran. */
bool site_was_at(const struct process *p, taddr addr);
/* Puts the breakpoint's byte in, or takes it out, by P. */
struct error *site_plant(struct process *p, struct site *site) MUST_CHECK;
void site_unplant(struct process *p, struct site *site);
/* Something else is there, which stays: said once. */
void site_say_overwritten(struct site *site);

#endif
