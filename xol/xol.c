/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps over single instructions: how each is begun, and what its end means. */
#include "xol/xol.h"
#include "xol/slots.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

const char *xol_way_name(enum xol_way way)
{
	static const char *const names[] = {
		[XOL_EMULATED] = "emulated",
		[XOL_JUMPED] = "slot, jumps back",
		[XOL_STEPPED] = "slot, stepped",
		[XOL_CALLED] = "system call from a slot",
		[XOL_STEPPED_HERE] = "in place",
		[XOL_ABORTED] = "broken off",
	};

	return names[way];
}

struct xol *xol_create(const struct xol_ops *ops)
{
	struct xol *x = xcalloc(1, sizeof(*x));

	x->ops = *ops;
	x->limit = AREAS_MOST;
	return x;
}

void xol_destroy(struct xol *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->areas.len; i++)
		free(x->areas.items[i]);
	vec_deinit(&x->areas);
	free(x->trouble);
	free(x);
}

void xol_limit(struct xol *x, size_t areas)
{
	x->limit = areas;
}

struct error *xol_site_init(struct xol_site *site, const struct arch *arch,
                            const uint8_t *bytes, size_t n, taddr addr)
{
	char text[48];

	*site = (struct xol_site){ 0 };
	arch_displace(arch, bytes, n, addr, &site->insn);
	if (site->insn.how != DISPLACED_REFUSE)
		return NULL;
	displaced_bytes_text(&site->insn, text, sizeof(text));
	return error_new(ERROR_REFUSED, "no breakpoint can stand at 0x%llx: "
	                 "its instruction (%s) can't be stepped over: %s",
	                 (unsigned long long)addr, text, site->insn.reason);
}

void xol_site_deinit(struct xol_site *site)
{
	slot_drop(site);
}

static void count(struct xol *x, struct xol_site *site, enum xol_way way)
{
	site->counts[way]++;
	x->counts[way]++;
}

/* What emulation and fix-ups ask of memory. */
struct reach {
	const struct xol *x;
	void *thread;
};

static bool reach_read(void *arg, taddr at, void *data, size_t len)
{
	const struct reach *r = arg;

	return r->x->ops.read(r->thread, at, data, len);
}

static bool reach_write(void *arg, taddr at, const void *data, size_t len)
{
	const struct reach *r = arg;

	return r->x->ops.write(r->thread, at, data, len);
}

static bool reach_push(void *arg, taddr ret)
{
	const struct reach *r = arg;

	return r->x->ops.shadow_push(r->thread, ret);
}

static bool reach_pop(void *arg, taddr ret)
{
	const struct reach *r = arg;

	return r->x->ops.shadow_pop(r->thread, ret);
}

/* For D alone: only calls and returns ask for shadow stacks. */
static struct displaced_world world_of(struct reach *r,
                                       const struct displaced *d)
{
	const struct xol_ops *ops = &r->x->ops;
	bool shadow = (d->flow == FLOW_CALL || d->flow == FLOW_RETURN) &&
	              ops->has_shadow && ops->has_shadow(r->thread);

	return (struct displaced_world){
		.read = reach_read,
		.write = reach_write,
		.shadow_push = shadow ? reach_push : NULL,
		.shadow_pop = shadow ? reach_pop : NULL,
		.arg = r,
	};
}

/*
 * Whether to emulate rather than to run a copy.  What needs no memory is
 * always cheapest that way; a copy that jumps back is cheaper than memory
 * that is read or written for the thread.
 */
static bool prefers_emulation(const struct xol *x, const struct xol_site *site,
                              void *thread)
{
	const struct displaced *d = &site->insn;

	if (d->how != DISPLACED_EMULATE)
		return false;
	if (!d->touches_memory)
		return true;
	return d->flow == FLOW_CALL && !x->ops.watched(thread);
}

static bool emulate(struct xol *x, struct xol_site *site, void *thread)
{
	struct reach r = { .x = x, .thread = thread };
	struct displaced_world world = world_of(&r, &site->insn);
	struct arch_regs regs;

	if (site->insn.reads && !x->ops.get(thread, site->insn.reads, &regs))
		return false;
	regs.user.rip = site->insn.address;
	return displaced_emulate(&site->insn, &world, &regs) &&
	       x->ops.put(thread, site->insn.writes | ARCH_REG_BIT(rip),
	                  &regs);
}

/* How the thread goes through SLOT. */
static enum xol_state choose_state(const struct xol *x,
                                   const struct xol_slot *slot, void *thread,
                                   bool single)
{
	const struct displaced *d = &slot->owner->insn;
	struct arch_regs regs;

	if (d->how == DISPLACED_SYSCALL)
		return XOL_CALLING;
	if (!x->ops.get(thread, ARCH_REG_BIT(eflags), &regs))
		return XOL_STEPPING;
	switch (displaced_resume(&slot->copy, regs.user.eflags)) {
	case DISPLACED_RUN:
		return single ? XOL_STEPPING : XOL_LOOSE;
	case DISPLACED_RUN_TO_TRAP:
		return XOL_TRAPPING;
	default:
		return XOL_STEPPING;
	}
}

static enum xol_go go(struct xol *x, struct xol_site *site,
                      enum xol_state state)
{
	switch (state) {
	case XOL_LOOSE:
		count(x, site, XOL_JUMPED);
		return XOL_GO_RUN;
	case XOL_TRAPPING:
		count(x, site, XOL_STEPPED);
		return XOL_GO_TRAP;
	case XOL_STEPPING:
		count(x, site, XOL_STEPPED);
		return XOL_GO_STEP;
	case XOL_CALLING:
		count(x, site, XOL_CALLED);
		return XOL_GO_CALL;
	default:
		count(x, site, XOL_STEPPED_HERE);
		return XOL_GO_IN_PLACE;
	}
}

static enum xol_go enter_slot(struct xol *x, struct xol_site *site,
                              struct xol_step *step, void *thread, bool single)
{
	struct xol_slot *slot = slot_take(x, site, thread);
	struct arch_regs regs;

	step->insn = site->insn;
	if (!slot) {
		step->slot = NULL;
		step->state = XOL_IN_PLACE;
		return go(x, site, step->state);
	}
	if (slot->copy.before_reads &&
	    !x->ops.get(thread, slot->copy.before_reads, &regs))
		return XOL_GO_FAILED;
	step->copy = slot->copy;
	displaced_before(&site->insn, &slot->copy, &regs, &step->saved);
	if (!x->ops.put(thread, slot->copy.before_writes, &regs))
		return XOL_GO_FAILED;
	step->state = choose_state(x, slot, thread, single);
	step->slot = slot;
	slot->inside++;
	return go(x, site, step->state);
}

enum xol_go xol_begin(struct xol *x, struct xol_site *site,
                      struct xol_step *step, void *thread, bool single)
{
	step->state = XOL_IDLE;
	if (prefers_emulation(x, site, thread) && emulate(x, site, thread)) {
		count(x, site, XOL_EMULATED);
		return XOL_GO_DONE;
	}
	return enter_slot(x, site, step, thread, single);
}

void xol_forget(struct xol_step *step)
{
	if (step->slot)
		step->slot->inside--;
	step->slot = NULL;
	step->state = XOL_IDLE;
}

/* The fault of fetching the slot itself. */
static bool is_lost(const struct xol *x, const struct xol_step *step,
                    void *thread, const struct xol_stop *stop, taddr pc)
{
	return stop->fault && pc == step->copy.slot &&
	       stop->fault_addr - pc < step->copy.size &&
	       !x->ops.mapped(thread, pc);
}

static enum xol_at after_in_place(const struct xol_step *step, bool own,
                                  taddr pc)
{
	if (pc != step->insn.address)
		return XOL_AT_PAST;
	/* A jump to itself has been made, too. */
	return !own ? XOL_AT_START :
	       step->insn.repeats ? XOL_AT_MORE : XOL_AT_PAST;
}

/* Makes the registers true; false: the thread is dying. */
static bool make_true(struct xol *x, struct xol_step *step, void *thread,
                      taddr *pc, enum displaced_at *at)
{
	struct reach r = { .x = x, .thread = thread };
	struct displaced_world world = world_of(&r, &step->insn);
	struct arch_regs regs;
	uint32_t reads = step->copy.after_reads;

	if (reads & ~ARCH_REG_BIT(rip) && !x->ops.get(thread, reads, &regs))
		return false;
	regs.user.rip = *pc;
	*at = displaced_after(&step->insn, &step->copy, &step->saved,
	                      step->state == XOL_STEPPING, &world, &regs);
	*pc = regs.user.rip;
	return x->ops.put(thread, step->copy.after_writes, &regs);
}

/* The thread is in STEP's slot, or has just left it by a step. */
static enum xol_at after_slot(struct xol *x, struct xol_step *step,
                              void *thread, const struct xol_stop *stop,
                              bool own, taddr *pc)
{
	bool lost = is_lost(x, step, thread, stop, *pc);
	enum displaced_at at;

	if (!make_true(x, step, thread, pc, &at))
		return XOL_AT_ELSEWHERE;
	if (lost) {
		step->slot->area->lost = true;
		return XOL_AT_LOST;
	}
	switch (at) {
	case DISPLACED_AT_START:
		return own && step->insn.repeats ? XOL_AT_MORE
		                                       : XOL_AT_START;
	case DISPLACED_SPOILT:
		return XOL_AT_SPOILT;
	default:
		return XOL_AT_PAST;
	}
}

/* Whether STOP is what the step waited for. */
static bool is_own(const struct xol_step *step, const struct xol_stop *stop,
                   taddr pc)
{
	switch (step->state) {
	case XOL_TRAPPING:
		return stop->int3 &&
		       pc == step->copy.slot + step->insn.len + 1;
	case XOL_CALLING:
		return stop->entry;
	case XOL_STEPPING:
		return stop->trap;
	case XOL_IN_PLACE:
		return stop->trap || stop->entry;
	default:
		return false;
	}
}

enum xol_at xol_at_stop(struct xol *x, struct xol_step *step, void *thread,
                        const struct xol_stop *stop, taddr *pc, bool *own)
{
	enum xol_at at;

	*own = is_own(step, stop, *pc);
	if (step->state == XOL_IDLE)
		return XOL_AT_ELSEWHERE;
	if (step->state == XOL_IN_PLACE)
		at = after_in_place(step, *own, *pc);
	else if (step->state == XOL_LOOSE &&
	         *pc - step->copy.slot >= step->copy.size)
		at = XOL_AT_ELSEWHERE;
	else
		at = after_slot(x, step, thread, stop, *own, pc);
	if (at == XOL_AT_START || at == XOL_AT_LOST)
		x->counts[XOL_ABORTED]++;
	xol_forget(step);
	return at;
}

size_t xol_area_count(const struct xol *x)
{
	return x->areas.len;
}

struct xol_area xol_area_at(const struct xol *x, size_t index)
{
	const struct area *a = x->areas.items[index];

	return (struct xol_area){ .addr = a->addr, .len = AREA_SIZE,
		                  .used = a->used, .slots = AREA_SLOTS,
		                  .lost = a->lost };
}

taddr xol_site_slot(const struct xol_site *site)
{
	return site->slot ? site->slot->addr : 0;
}

enum xol_way xol_site_way(const struct xol_site *site)
{
	const struct displaced *d = &site->insn;
	struct displaced_copy copy;

	if (d->how == DISPLACED_SYSCALL)
		return XOL_CALLED;
	if (d->how == DISPLACED_EMULATE &&
	    (!d->touches_memory || d->flow == FLOW_CALL))
		return XOL_EMULATED;
	if (site->slot)
		copy = site->slot->copy;
	else
		displaced_make_copy(d, d->address, &copy);
	return copy.one_stop ? XOL_JUMPED : XOL_STEPPED;
}

void xol_counts(const struct xol *x, uint64_t counts[XOL_WAY_COUNT])
{
	memcpy(counts, x->counts, sizeof(x->counts));
}

const char *xol_trouble(const struct xol *x)
{
	return x->trouble;
}
