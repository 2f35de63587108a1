/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slots and steps against a fake tracee: memory as an array, registers. */
#include "xol/xol.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CODE = 0x400000, STACK = 0x7ff000, AREA = 65536 };

/* What stands in for a thread and its process. */
struct fake {
	struct arch_regs regs;
	uint8_t stack[64];      /* at STACK */
	taddr next_area;
	size_t areas;
	bool refuses;           /* to map anything */
	bool unmapped;          /* what was mapped is gone */
	bool dying;             /* no request works */
	bool watched;
	bool has_shadow;        /* a shadow stack, of ... */
	taddr shadow[4];
	unsigned shadows;       /* ... so many */
	size_t writes;          /* of code */
	uint8_t last[DISPLACED_SLOT_SIZE];
};

static bool get(void *thread, uint32_t mask, struct arch_regs *regs)
{
	struct fake *f = thread;

	for (unsigned i = 0; mask >> i; i++)
		if (mask >> i & 1)
			arch_word_set(regs, i * 8,
			              arch_word_get(&f->regs, i * 8));
	return !f->dying;
}

static bool put(void *thread, uint32_t mask, const struct arch_regs *regs)
{
	struct fake *f = thread;

	for (unsigned i = 0; mask >> i; i++)
		if (mask >> i & 1)
			arch_word_set(&f->regs, i * 8,
			              arch_word_get(regs, i * 8));
	return !f->dying;
}

static bool reaches(taddr addr, size_t len)
{
	return addr >= STACK && addr + len <= STACK + 64;
}

static bool read_stack(void *thread, taddr addr, void *data, size_t len)
{
	struct fake *f = thread;

	if (!reaches(addr, len))
		return false;
	memcpy(data, f->stack + (addr - STACK), len);
	return true;
}

static bool write_stack(void *thread, taddr addr, const void *data, size_t len)
{
	struct fake *f = thread;

	if (!reaches(addr, len))
		return false;
	memcpy(f->stack + (addr - STACK), data, len);
	return true;
}

static bool write_code(void *thread, taddr addr, const void *data, size_t len)
{
	struct fake *f = thread;

	(void)addr;
	f->writes++;
	memcpy(f->last, data, len);
	return !f->unmapped && !f->dying;
}

static struct error *map(void *thread, taddr near, size_t len, taddr *addr)
{
	struct fake *f = thread;

	(void)near;
	assert_int_equal(len, AREA);
	if (f->refuses)
		return error_new(ERROR_REFUSED, "no memory for it");
	*addr = f->next_area;
	f->next_area += len;
	f->areas++;
	f->unmapped = false;
	return NULL;
}

static bool mapped(void *thread, taddr addr)
{
	struct fake *f = thread;

	(void)addr;
	return !f->unmapped;
}

static bool watched(void *thread)
{
	return ((struct fake *)thread)->watched;
}

static bool has_shadow(void *thread)
{
	return ((struct fake *)thread)->has_shadow;
}

static bool shadow_push(void *thread, taddr ret)
{
	struct fake *f = thread;

	if (f->shadows == 4)
		return false;
	f->shadow[f->shadows++] = ret;
	return true;
}

static bool shadow_pop(void *thread, taddr ret)
{
	struct fake *f = thread;

	if (!f->shadows || f->shadow[f->shadows - 1] != ret)
		return false;
	f->shadows--;
	return true;
}

static const struct xol_ops ops = {
	.get = get, .put = put, .read = read_stack, .write = write_stack,
	.write_code = write_code, .map = map, .mapped = mapped,
	.watched = watched, .has_shadow = has_shadow,
	.shadow_push = shadow_push, .shadow_pop = shadow_pop,
};

struct fixture {
	struct fake f;
	struct xol *x;
};

static int set_up(void **state)
{
	struct fixture *x = xcalloc(1, sizeof(*x));

	x->f.next_area = CODE + 0x100000;
	x->f.regs.user.rip = CODE;
	x->f.regs.user.rsp = STACK + 32;
	x->f.regs.user.eflags = 0x246;
	x->x = xol_create(&ops);
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;

	xol_destroy(x->x);
	free(x);
	return 0;
}

/* The instruction that BYTES, LEN of them, are at ADDR. */
static struct xol_site site_of(taddr addr, const char *bytes, size_t len)
{
	struct xol_site site;
	struct error *err = xol_site_init(&site, arch_x86_64(),
	                                  (const uint8_t *)bytes, len, addr);

	if (err)
		fail_msg("%s", err->message);
	return site;
}
#define SITE(addr, bytes) site_of(addr, bytes, sizeof(bytes) - 1)

static uint64_t counted(struct xol *x, enum xol_way way)
{
	uint64_t counts[XOL_WAY_COUNT];

	xol_counts(x, counts);
	return counts[way];
}

static const struct xol_stop by_step = { .trap = true },
                             by_entry = { .entry = true },
                             by_int3 = { .int3 = true }, by_other = { 0 };

/* What the last stop was: the step's own. */
static bool own;

/* A jump is done at once: no slot, no memory. */
static void emulated(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = SITE(CODE, "\xeb\x10");
	struct xol_step step = { 0 };

	assert_int_equal(xol_site_way(&site), XOL_EMULATED);
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_DONE);
	assert_int_equal(t->f.regs.user.rip, CODE + 0x12);
	assert_int_equal(step.state, XOL_IDLE);
	assert_int_equal(t->f.areas, 0);
	assert_int_equal(counted(t->x, XOL_EMULATED), 1);
	xol_site_deinit(&site);
}

/* A call whose stack can't be written runs in a slot, and faults there. */
static void call_that_faults(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = SITE(CODE, "\xe8\x10\x00\x00\x00");
	struct xol_step step = { 0 };
	struct xol_stop stop = { .fault = true, .fault_addr = 0xfff8 };
	taddr pc;

	t->f.regs.user.rsp = 0x10000;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_STEP);
	pc = t->f.regs.user.rip;
	assert_int_not_equal(pc, CODE);
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &stop, &pc, &own),
	                 XOL_AT_START);
	assert_int_equal(pc, CODE);
	assert_int_equal(t->f.regs.user.rip, CODE);
	assert_int_equal(t->f.regs.user.rsp, 0x10000);
	xol_site_deinit(&site);
}

/* A call leaves its return on both stacks, however it is done. */
static void shadowed_calls(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = SITE(CODE, "\xe8\x10\x00\x00\x00");
	struct xol_step step = { 0 };
	taddr pc, on_stack;

	t->f.has_shadow = true;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_DONE);
	assert_int_equal(t->f.shadows, 1);
	assert_int_equal(t->f.shadow[0], CODE + 5);
	/* In a slot the processor pushes the slot's. */
	t->f.watched = true;
	t->f.regs.user.rip = CODE;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_STEP);
	on_stack = xol_site_slot(&site) + 5;
	pc = on_stack + 0x10;
	t->f.regs.user.rip = pc;
	t->f.regs.user.rsp -= 8;
	assert_true(write_stack(&t->f, t->f.regs.user.rsp, &on_stack, 8));
	assert_true(shadow_push(&t->f, on_stack));
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_step, &pc, &own),
	                 XOL_AT_PAST);
	assert_int_equal(pc, CODE + 0x15);
	assert_true(read_stack(&t->f, t->f.regs.user.rsp, &on_stack, 8));
	assert_int_equal(on_stack, CODE + 5);
	assert_int_equal(t->f.shadows, 2);
	assert_int_equal(t->f.shadow[1], CODE + 5);
	/* What can't be pushed is not done. */
	t->f.watched = false;
	t->f.shadows = 4;
	t->f.regs.user.rip = CODE;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_STEP);
	xol_forget(&step);
	/* Without such a stack nobody asks for one. */
	t->f.has_shadow = false;
	t->f.regs.user.rip = CODE;
	t->f.shadows = 0;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_DONE);
	assert_int_equal(t->f.shadows, 0);
	xol_site_deinit(&site);
}

static const char add[] = "\x48\x01\xd8"; /* add %rbx,%rax */

static struct xol_site add_at(taddr addr)
{
	return site_of(addr, add, sizeof(add) - 1);
}

/* Let run, it is nobody's business until the thread is seen elsewhere. */
static void loose(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = add_at(CODE);
	struct xol_step step = { 0 };
	taddr pc, slot;

	assert_int_equal(xol_site_way(&site), XOL_JUMPED);
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_RUN);
	slot = xol_site_slot(&site);
	assert_int_equal(t->f.regs.user.rip, slot);
	assert_memory_equal(t->f.last, add, 3);
	assert_int_equal(t->f.last[3], 0xe9);
	/* Stopped at the jump back: done. */
	pc = slot + 3;
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_other, &pc, &own),
	                 XOL_AT_PAST);
	assert_int_equal(pc, CODE + 3);
	/* Stopped before the copy: nothing is done. */
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_RUN);
	pc = slot;
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_other, &pc, &own),
	                 XOL_AT_START);
	assert_int_equal(pc, CODE);
	/* Seen elsewhere. */
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_RUN);
	pc = 0x1234;
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_other, &pc, &own),
	                 XOL_AT_ELSEWHERE);
	assert_int_equal(pc, 0x1234);
	assert_int_equal(t->f.writes, 1);
	assert_int_equal(counted(t->x, XOL_ABORTED), 1);
	xol_site_deinit(&site);
}

/* One that single-steps itself is not let run. */
static void with_trap_flag(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = add_at(CODE);
	struct xol_step step = { 0 };

	t->f.regs.user.eflags |= 0x100;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_STEP);
	xol_forget(&step);
	xol_site_deinit(&site);
}

static void exactly_one(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = add_at(CODE);
	struct xol_step step = { 0 };
	taddr pc;

	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, true),
	                 XOL_GO_STEP);
	pc = xol_site_slot(&site) + 3;
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_step, &pc, &own),
	                 XOL_AT_PAST);
	assert_int_equal(t->f.regs.user.rip, CODE + 3);
	xol_site_deinit(&site);
}

/* A single step over popf would leave its trap flag behind. */
static void trapping(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = SITE(CODE, "\x9d"); /* popf */
	struct xol_step step = { 0 };
	taddr pc;

	assert_int_equal(xol_site_way(&site), XOL_STEPPED);
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, true),
	                 XOL_GO_TRAP);
	assert_int_equal(t->f.last[1], 0xcc);
	pc = xol_site_slot(&site) + 2;
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_int3, &pc, &own),
	                 XOL_AT_PAST);
	assert_true(own);
	assert_int_equal(t->f.regs.user.rip, CODE + 1);
	xol_site_deinit(&site);
}

/* One turn a step: it is begun again until it is done. */
static void repeated(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = SITE(CODE, "\xf3\xa4"); /* rep movsb */
	struct xol_step step = { 0 };
	taddr pc;

	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, true),
	                 XOL_GO_STEP);
	pc = xol_site_slot(&site);
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_step, &pc, &own),
	                 XOL_AT_MORE);
	assert_int_equal(pc, CODE);
	xol_site_deinit(&site);
}

static void system_call(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = SITE(CODE, "\x0f\x05");
	struct xol_step step = { 0 };
	taddr pc;

	assert_int_equal(xol_site_way(&site), XOL_CALLED);
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_CALL);
	pc = xol_site_slot(&site) + 2;
	t->f.regs.user.rip = t->f.regs.user.rcx = pc;
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_entry, &pc, &own),
	                 XOL_AT_PAST);
	assert_true(own);
	assert_int_equal(t->f.regs.user.rip, CODE + 2);
	assert_int_equal(t->f.regs.user.rcx, CODE + 2);
	xol_site_deinit(&site);
}

/* Where no memory is to be had, and it is not asked for a second time. */
static void in_place(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = add_at(CODE);
	struct xol_step step = { 0 };
	taddr pc = CODE + 3;

	t->f.refuses = true;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
		                 XOL_GO_IN_PLACE);
		assert_int_equal(step.state, XOL_IN_PLACE);
		assert_int_equal(xol_at_stop(t->x, &step, &t->f, &by_step,
		                             &pc, &own), XOL_AT_PAST);
		assert_int_equal(pc, CODE + 3);
		t->f.refuses = false;
	}
	assert_string_equal(xol_trouble(t->x), "no memory for it");
	assert_int_equal(t->f.areas, 0);
	assert_int_equal(counted(t->x, XOL_STEPPED_HERE), 2);
	xol_site_deinit(&site);
}

/* The program unmaps the slots: other ones are made. */
static void lost(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = add_at(CODE);
	struct xol_step step = { 0 };
	struct xol_stop stop = { .fault = true };
	taddr pc, first;

	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_RUN);
	first = pc = stop.fault_addr = xol_site_slot(&site);
	t->f.unmapped = true;
	assert_int_equal(xol_at_stop(t->x, &step, &t->f, &stop, &pc, &own),
	                 XOL_AT_LOST);
	assert_int_equal(pc, CODE);
	assert_true(xol_area_at(t->x, 0).lost);
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_RUN);
	assert_int_not_equal(xol_site_slot(&site), first);
	assert_int_equal(xol_area_count(t->x), 2);
	xol_forget(&step);
	xol_site_deinit(&site);
}

/* More instructions than slots, and threads inside some of them. */
static void slots_change_hands(void **state)
{
	enum { SITES = 3000 };
	struct fixture *t = *state;
	struct xol_site *sites = xcalloc(SITES, sizeof(*sites));
	struct xol_step inside = { 0 }, step = { 0 };
	taddr kept, pc;

	xol_limit(t->x, 1);
	sites[0] = add_at(CODE);
	assert_int_equal(xol_begin(t->x, &sites[0], &inside, &t->f, false),
	                 XOL_GO_RUN);
	kept = xol_site_slot(&sites[0]);
	for (size_t i = 1; i < SITES; i++) {
		sites[i] = add_at(CODE + i * 16);
		assert_int_equal(xol_begin(t->x, &sites[i], &step, &t->f,
		                           false), XOL_GO_RUN);
		assert_int_not_equal(t->f.regs.user.rip, kept);
		pc = CODE;
		xol_at_stop(t->x, &step, &t->f, &by_other, &pc, &own);
	}
	assert_int_equal(xol_area_count(t->x), 1);
	assert_int_equal(xol_area_at(t->x, 0).used, xol_area_at(t->x, 0).slots);
	assert_int_equal(xol_site_slot(&sites[0]), kept);
	/* The one that lost its slot gets another one. */
	assert_int_equal(xol_site_slot(&sites[1]), 0);
	assert_int_equal(xol_begin(t->x, &sites[1], &step, &t->f, false),
	                 XOL_GO_RUN);
	assert_int_not_equal(xol_site_slot(&sites[1]), 0);
	/* The first goes while a thread is in its slot: that stays its own. */
	xol_site_deinit(&sites[0]);
	pc = kept;
	assert_int_equal(xol_at_stop(t->x, &inside, &t->f, &by_other, &pc, &own),
	                 XOL_AT_START);
	assert_int_equal(pc, CODE);
	xol_forget(&step);
	for (size_t i = 1; i < SITES; i++)
		xol_site_deinit(&sites[i]);
	free(sites);
}

/* A debug register must see what the instruction does. */
static void watched_memory(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = SITE(CODE, "\xe8\x10\x00\x00\x00");
	struct xol_step step = { 0 };

	t->f.watched = true;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_STEP);
	xol_forget(&step);
	t->f.watched = false;
	t->f.regs.user.rsp = STACK + 32;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_DONE);
	assert_int_equal(t->f.regs.user.rip, CODE + 0x15);
	assert_int_equal(*(uint64_t *)(t->f.stack + 24), CODE + 5);
	xol_site_deinit(&site);
}

static void refused(void **state)
{
	struct xol_site site;
	struct error *err = xol_site_init(&site, arch_x86_64(),
	                                  (const uint8_t *)"\x48\xcf", 2, CODE);

	(void)state;
	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_REFUSED);
	assert_non_null(strstr(err->message, "0x400000"));
	assert_non_null(strstr(err->message, "48 cf"));
	error_destroy(err);
}

static void dying(void **state)
{
	struct fixture *t = *state;
	struct xol_site site = add_at(CODE);
	struct xol_step step = { 0 };

	t->f.dying = true;
	assert_int_equal(xol_begin(t->x, &site, &step, &t->f, false),
	                 XOL_GO_IN_PLACE);
	xol_forget(&step);
	xol_site_deinit(&site);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(emulated), CASE(call_that_faults), CASE(loose),
		CASE(emulated), CASE(shadowed_calls), CASE(loose),
		CASE(with_trap_flag), CASE(exactly_one), CASE(trapping), CASE(repeated),
		CASE(system_call), CASE(in_place), CASE(lost),
		CASE(slots_change_hands), CASE(watched_memory), CASE(refused),
		CASE(dying),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
