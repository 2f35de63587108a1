/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who gets which debug register, in each process: the oldest first; equal wishes
 * share one.  What finds no room is stepped for, or said to be missing.
 */
#include "session/watch.h"

#include "session/internal.h"

#include <string.h>

static bool same(const struct arch_debug_slot *a,
                 const struct arch_debug_slot *b)
{
	return a->kind == b->kind && a->addr == b->addr && a->len == b->len;
}

static bool put_one(struct arch_debug *d, const struct arch_debug_slot *slot)
{
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		if (same(&d->slots[i], slot))
			return true;
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++) {
		if (d->slots[i].kind == DEBUG_NONE) {
			d->slots[i] = *slot;
			return true;
		}
	}
	return false;
}

/* All of them, or none. */
static bool put(struct arch_debug *d, const struct arch_debug_slot *slots,
                size_t count)
{
	struct arch_debug with = *d;

	if (count > ARCH_DEBUG_SLOTS)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!put_one(&with, &slots[i]))
			return false;
	*d = with;
	return true;
}

/* What B wants in P; 0: nothing.  SOFTWARE: also where it does without. */
static size_t wishes(const struct breakpoint *b, const struct process *p,
                     bool software,
                     struct arch_debug_slot slots[ARCH_DEBUG_SLOTS])
{
	struct watch_part *w = watch_part_of(b);
	struct watch_place *place = w ? watch_place_in(w, p) : NULL;

	if (!b->enabled || b->doomed)
		return 0;
	if (!w)
		return hbreak_slots(b, p, slots);
	if (!place || w->registers || w->software != software || !place->count)
		return 0;
	memcpy(slots, place->slots, sizeof(place->slots));
	return place->count;
}

static void set_planned(struct breakpoint *b, const struct process *p,
                        const char *refused)
{
	struct watch_part *w = watch_part_of(b);
	struct watch_place *place = w ? watch_place_in(w, p) : NULL;

	if (place)
		place->planned = !refused;
	else if (!w)
		hbreak_refused(b, p, refused);
}

/* Once: it is said again when it has been disabled in between. */
static void complain(struct session *s, struct breakpoint *b, const char *why)
{
	if (b->complained)
		return;
	b->complained = true;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING, "warning: Could not "
	            "insert %s %u: %s", hbreak_is(b) ? "hardware breakpoint"
	            : "hardware watchpoint", b->number, why);
	output_end(s);
}

/* Gives up all of P's: what the kernel refuses, it refuses as a whole. */
static void refuse_all(struct session *s, struct process *p, const char *why)
{
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];

		if (!wishes(b, p, false, slots) &&
		    !wishes(b, p, true, slots))
			continue;
		set_planned(b, p, why);
		if (!watch_is(b) || !watch_part_of(b)->software)
			complain(s, b, why);
	}
}

/*
 * Where programs can have nothing, unless pages have five levels: the kernel
 * then refuses an address there, and with it all that is asked together
 * (TASK_SIZE_MAX in arch/x86/include/asm/page_64.h).
 */
static const taddr HIGH = ((taddr)1 << 47) - 4096;

static bool has_high(const struct arch_debug_slot *slots, size_t count)
{
	for (size_t i = 0; i < count && i < ARCH_DEBUG_SLOTS; i++)
		if (slots[i].addr >= HIGH)
			return true;
	return false;
}

/*
 * P's registers as far as those came that are to be had, then the others.
 * REFUSED: why none at a high address is; NULL: that has to be seen.
 */
static void hand_out(struct session *s, struct process *p, bool software,
                     const char *refused, struct arch_debug *d)
{
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		struct breakpoint *b = s->breakpoints.items[i];
		size_t count = wishes(b, p, software, slots);
		AUTO_BUF struct buf why = { 0 };
		bool high = refused && has_high(slots, count);
		bool fits = count && !high && put(d, slots, count);

		if (!count)
			continue;
		buf_init(&why);
		if (high) {
			buf_puts(&why, refused);
		} else if (!fits) {
			buf_puts(&why, "the four debug registers are held by ");
			watch_holders(s, p, &why);
		}
		set_planned(b, p, fits ? NULL : why.data);
		if (!fits && (hbreak_is(b) ||
		              watch_part_of(b)->kind != WATCH_WRITE))
			complain(s, b, why.data);
	}
}

static struct error *try_plan(struct session *s, struct process *p,
                              const char *refused, bool *high)
{
	struct arch_debug d = { 0 };

	hand_out(s, p, false, refused, &d);
	hand_out(s, p, true, refused, &d);
	*high = has_high(d.slots, ARCH_DEBUG_SLOTS);
	return target_debug_set(p, &d);
}

void watch_plan(struct session *s, struct process *p)
{
	struct error *err, *first = NULL;
	bool high;

	if (p->passing || p->core)
		return;
	err = try_plan(s, p, NULL, &high);
	if (err && high) {
		first = err;
		err = try_plan(s, p, first->message, &high);
	}
	if (err)
		refuse_all(s, p, err->message);
	error_destroy(first);
	error_destroy(err);
}

void watch_plan_all(struct session *s)
{
	for (size_t i = 0; i < s->target->processes.len; i++)
		watch_plan(s, s->target->processes.items[i]);
	watch_promote(s);
	session_calls_changed(s);
}

bool watch_would_fit(struct session *s, const struct process *p,
                     const struct arch_debug_slot *slots, size_t count)
{
	struct arch_debug_slot others[ARCH_DEBUG_SLOTS];
	struct arch_debug d = { 0 };

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		size_t more = wishes(s->breakpoints.items[i], p, false,
		                     others);

		if (more)
			put(&d, others, more);
	}
	return put(&d, slots, count);
}

/* "breakpoint 2", "watchpoints 3 and 4" */
static void name_holders(const unsigned *numbers, size_t count,
                         const char *noun, struct buf *text)
{
	if (!count)
		return;
	buf_printf(text, "%s%s%s", text->len ? " and " : "", noun,
	           count > 1 ? "s" : "");
	for (size_t i = 0; i < count; i++)
		buf_printf(text, "%s%u", !i ? " " : i + 1 < count ? ", "
		           : " and ", numbers[i]);
}

size_t watch_holders(struct session *s, const struct process *p,
                     struct buf *text)
{
	struct arch_debug_slot slots[ARCH_DEBUG_SLOTS];
	unsigned numbers[2][ARCH_DEBUG_SLOTS];
	AUTO_BUF struct buf names = { 0 };
	struct arch_debug d = { 0 };
	size_t count[2] = { 0 }, used = 0;

	buf_init(&names);
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];
		size_t more = wishes(b, p, false, slots);
		bool watch = watch_is(b);

		if (more && put(&d, slots, more) &&
		    count[watch] < ARCH_DEBUG_SLOTS)
			numbers[watch][count[watch]++] = b->number;
	}
	for (int i = 0; i < ARCH_DEBUG_SLOTS; i++)
		used += d.slots[i].kind != DEBUG_NONE;
	name_holders(numbers[0], count[0], "breakpoint", &names);
	name_holders(numbers[1], count[1], "watchpoint", &names);
	buf_puts(text, names.data);
	return used;
}

bool watch_steps(const struct session *s, const struct thread *t)
{
	for (size_t i = 0; i < s->call_breakpoints.len; i++) {
		struct breakpoint *b = s->call_breakpoints.items[i];
		struct watch_part *w = watch_part_of(b);
		struct watch_place *place;

		if (!w || !b->enabled || w->kind != WATCH_WRITE)
			continue;
		place = watch_place_in(w, t->process);
		if (place && !place->planned && (!w->tid || w->tid == t->tid))
			return true;
	}
	return false;
}

/* `syscall`, `int $0x80`, `sysenter`. */
static bool is_call(const uint8_t bytes[2])
{
	return (bytes[0] == 0x0f && (bytes[1] == 0x05 || bytes[1] == 0x34)) ||
	       (bytes[0] == 0xcd && bytes[1] == 0x80);
}

enum resume_mode watch_step_mode(struct thread *t)
{
	const struct arch_regs *regs;
	uint8_t bytes[2];
	struct error *err;
	bool call;

	/* In a call, or about to make one again. */
	if (t->stop.reasons & STOP_ENTRY)
		return RESUME_SYSCALL;
	err = target_regs(t, &regs);
	call = !err && ((int64_t)regs->user.orig_rax >= 0 &&
	                arch_is_restart((int64_t)regs->user.rax));
	if (!err && !call)
		call = memory_read(&t->process->memory, arch_pc(regs), bytes,
		                   2) == 2 && is_call(bytes);
	error_destroy(err);
	return call ? RESUME_SYSCALL : RESUME_STEP;
}
