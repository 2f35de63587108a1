/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What watchpoints say of a stop: values compared, frames that were left. */
#include "session/watch.h"

#include "base/alloc.h"
#include "expr/value.h"
#include "session/internal.h"
#include "session/note.h"
#include "session/sites.h"

/* How a stop touches a watchpoint. */
enum touch { TOUCH_NONE, TOUCH_COMPARE, TOUCH_TRAP };

static void tell(struct session *s, struct thread *t, struct breakpoint *b,
                 const struct watch_part *w, struct value *before,
                 struct value *now, bool changed)
{
	struct stop_note note = {
		.number = b->number, .title = watch_title(w),
		.kind = b->kind->type,
		.what = xasprintf("%s%s", w->location ? "-location " : "",
		                  w->text),
		.new_value = watch_text(s, now),
	};

	if (changed)
		note.old_value = watch_text(s, before);
	note_add(t, &note);
}

/* A vfork parent's memory is its child's. */
static void share_value(struct watch_part *w, const struct process *p,
                        struct value *now)
{
	struct watch_place *place = p->vfork_parent
		? watch_place_in(w, p->vfork_parent) : NULL;

	if (!place)
		return;
	value_unref(place->old);
	place->old = now ? value_ref(now) : NULL;
}

static void look(struct session *s, struct thread *t, struct breakpoint *b,
                 enum touch touch, struct catch_verdict *verdict)
{
	struct watch_part *w = watch_part_of(b);
	struct watch_place *place = watch_place_in(w, t->process);
	struct value *before, *now;
	bool changed, wanted;

	now = watch_value(s, t, w, place);
	before = place->old;
	changed = watch_differs(before, now);
	if (changed)
		share_value(w, t->process, now);
	place->old = now ? value_ref(now) : NULL;
	/* There is no register for reads alone: a change was a write. */
	wanted = w->kind == WATCH_READ ? touch == TOUCH_TRAP && !changed
		: changed || (w->kind == WATCH_ACCESS && touch == TOUCH_TRAP);
	if (wanted && breakpoint_hit(s, t, b, verdict))
		tell(s, t, b, w, before, now, changed);
	value_unref(before);
	value_unref(now);
}

/* Frames. */

static bool is_left(struct thread *t, const struct watch_part *w)
{
	const struct arch_regs *regs;
	struct error *err;
	bool left;

	if (!w->local || !w->cfa || w->tid != t->tid)
		return false;
	err = target_regs(t, &regs);
	left = !err && arch_sp(regs) >= w->cfa;
	error_destroy(err);
	return left;
}

/* It goes, and that is a stop. */
static void leave(struct session *s, struct thread *t, struct breakpoint *b,
                  struct catch_verdict *verdict)
{
	const struct stop_note note = {
		.number = b->number, .title = "Watchpoint",
		.kind = b->kind->type, .left = true,
	};

	b->doomed = s->any_doomed = true;
	breakpoint_enable(s, b, false);
	if (!verdict->stop)
		verdict->number = b->number;
	verdict->stop = true;
	note_add(t, &note);
}

/* Stops. */

static enum touch touch_of(const struct thread *t,
                           const struct watch_place *place, bool compare)
{
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++) {
		const struct arch_debug_slot *hit = &t->debug.slots[i];

		if (!(t->stop.debug_hits >> i & 1))
			continue;
		for (size_t k = 0; k < place->count && place->planned; k++)
			if (place->slots[k].kind == hit->kind &&
			    place->slots[k].addr == hit->addr &&
			    place->slots[k].len == hit->len)
				return TOUCH_TRAP;
	}
	return compare ? TOUCH_COMPARE : TOUCH_NONE;
}

/* COMPARE: those whose registers have not trapped too; SOFTWARE: of these, only
 * those that have no registers. */
static void check(struct session *s, struct thread *t, bool compare,
                  bool software, struct catch_verdict *verdict)
{
	for (size_t i = 0; i < s->call_breakpoints.len; i++) {
		struct breakpoint *b = s->call_breakpoints.items[i];
		struct watch_part *w = watch_part_of(b);
		struct watch_place *place = w
			? watch_place_in(w, t->process) : NULL;
		enum touch touch;

		if (!place || !b->enabled)
			continue;
		if (is_left(t, w)) {
			leave(s, t, b, verdict);
			continue;
		}
		touch = touch_of(t, place,
		                 compare && (!software || !place->planned));
		if (touch && (!w->software || !w->tid || w->tid == t->tid))
			look(s, t, b, touch, verdict);
	}
}

/* Whether a debug register stopped T before the instruction at pc. */
static bool is_register_hit(const struct thread *t)
{
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		if (t->stop.debug_hits >> i & 1 &&
		    t->debug.slots[i].kind == DEBUG_EXECUTE)
			return true;
	return false;
}

/*
 * Where T stops for a watchpoint, whatever else stands at its pc is met too:
 * it is told and counted with it, and not once more when T goes on.
 */
static void meet_others(struct session *s, struct thread *t, unsigned means,
                        struct catch_verdict *verdict)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	taddr pc = err ? 0 : arch_pc(regs), addr;

	error_destroy(err);
	if (err)
		return;
	if (means)
		breakpoints_at(s, t, pc, means, verdict);
	if (!verdict->stop)
		return;
	displaced_land(t, pc);
	if (displaced_hit(t, &addr)) {
		breakpoints_at(s, t, pc, MEANS_SITE, verdict);
		watch_at_site(s, t, pc, verdict);
	}
	if (!means && target_debug_pass(t))
		breakpoints_at(s, t, pc, MEANS_REGISTER, verdict);
}

void watch_at_stop(struct session *s, struct thread *t,
                   struct catch_verdict *verdict)
{
	struct thread_info *info = thread_info(t);
	bool stepped = info->watch_step &&
	               (t->stop.reasons & STOP_STEPPED ||
	                (t->stop.reasons & STOP_TRAP &&
	                 t->stop.siginfo.si_code != SI_KERNEL &&
	                 t->stop.siginfo.si_code > 0));

	info->watch_step = false;
	if (stepped && t->stop.reasons & STOP_TRAP) {
		t->stop.reasons &= ~(unsigned)STOP_TRAP;
		t->stop.reasons |= STOP_STEPPED;
		t->stop.signal = 0;
	}
	if (stepped || t->stop.reasons & STOP_DEBUG)
		check(s, t, stepped, true, verdict);
	meet_others(s, t, is_register_hit(t) ? MEANS_REGISTER : 0, verdict);
	t->stop.debug_hits = 0;
}

/*
 * Whether the trap of another thread that wrote waits to be told: then the
 * change is that thread's.  Only who stands has nothing to tell any more.
 */
static bool writer_waits(struct session *s, const struct thread *t)
{
	const struct process *p = t->process;

	for (size_t i = 0; i < p->threads.len; i++) {
		if (p->threads.items[i]->state != THREAD_RUNNING)
			continue;
		target_stop_all(s->target, 2000);
		break;
	}
	for (size_t i = 0; i < p->threads.len; i++)
		if (p->threads.items[i]->queued &&
		    p->threads.items[i]->stop.reasons & STOP_DEBUG)
			return true;
	return false;
}

/* Without anything being said or remembered. */
static bool any_changed(struct session *s, struct thread *t)
{
	bool changed = false;

	for (size_t i = 0; i < s->call_breakpoints.len && !changed; i++) {
		struct breakpoint *b = s->call_breakpoints.items[i];
		struct watch_part *w = watch_part_of(b);
		struct watch_place *place = w
			? watch_place_in(w, t->process) : NULL;
		struct value *now;

		if (!place || !b->enabled)
			continue;
		now = watch_value(s, t, w, place);
		changed = watch_differs(place->old, now) || is_left(t, w);
		value_unref(now);
	}
	return changed;
}

void watch_at_exit(struct session *s, struct thread *t,
                   struct catch_verdict *verdict)
{
	if (any_changed(s, t) && !writer_waits(s, t))
		check(s, t, true, false, verdict);
}

void watch_at_site(struct session *s, struct thread *t, taddr addr,
                   struct catch_verdict *verdict)
{
	for (size_t i = 0; i < s->call_breakpoints.len; i++) {
		struct breakpoint *b = s->call_breakpoints.items[i];
		const struct watch_part *w = watch_part_of(b);

		if (w && b->enabled && w->scope &&
		    site_address(w->scope) == addr && is_left(t, w))
			leave(s, t, b, verdict);
	}
}
