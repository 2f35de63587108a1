/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `blockstep`: to after the next branch that is taken.
 *
 * By software: the branch that ends the straight code is found by looking at it,
 * a site there stops the thread, and the branch alone is single-stepped.
 *
 * By the processor (session/step_method.c says whether): it traps by itself
 * behind the branch. What comes before is looked at all the same, since calls to
 * the kernel and what handles the flags must not be met that way: a site stops
 * the thread there, and it goes over that by software. So it does over
 * breakpoints.
 */
#include "session/step_internal.h"

#include "arch/step.h"
#include "base/alloc.h"
#include "session/watch.h"

#include <string.h>

enum { LOOK = 512, MAX_BLOCKS = 4096, TRAP_FLAG = 0x100 };

/* What is at an address, as long as SIZE bytes of it are BYTES. */
struct step_block {
	struct arch_block block;
	struct arch_stretch stretch;
	size_t size;
	uint8_t bytes[];
};

static void drop_block(struct step *step, size_t index)
{
	free(map_remove(&step->blocks, step->block_at.items[index]));
}

void step_blocks_drop(struct step *step)
{
	for (size_t i = 0; i < step->block_at.len; i++)
		drop_block(step, i);
	step->block_at.len = 0;
}

static struct step_block *make_block(const struct step *step,
                                     const struct arch *arch, taddr pc,
                                     const uint8_t *bytes, size_t got)
{
	struct arch_block block;
	struct arch_stretch stretch = { .closed = true };
	struct step_block *b;
	size_t size = got;

	arch_block_end(arch, bytes, got, pc, &block);
	if (step->hardware)
		arch_block_stretch(arch, bytes, got, pc, &stretch);
	if (block.known && stretch.closed) {
		size = block.len + block.end_len;
		size = stretch.len > size ? stretch.len : size;
	}
	b = xmalloc(sizeof(*b) + size);
	*b = (struct step_block){ .block = block, .stretch = stretch,
	                          .size = size };
	memcpy(b->bytes, bytes, size);
	return b;
}

/* The straight code at PC; NULL: nothing can be read there. */
static const struct step_block *find_block(struct step *step, struct thread *t,
                                           taddr pc)
{
	struct step_block *b = map_get(&step->blocks, pc);
	uint8_t bytes[LOOK];
	size_t got = memory_read(&t->process->memory, pc, bytes,
	                         b ? b->size : sizeof(bytes));

	if (b && got == b->size && memcmp(bytes, b->bytes, got) == 0)
		return b;
	if (b)
		got = memory_read(&t->process->memory, pc, bytes,
		                  sizeof(bytes));
	if (!got)
		return NULL;
	if (step->block_at.len == MAX_BLOCKS)
		step_blocks_drop(step);
	b = make_block(step, step_arch(t), pc, bytes, got);
	free(map_remove(&step->blocks, pc));
	map_put(&step->blocks, pc, b);
	vec_push(&step->block_at, pc);
	return b;
}

static bool has_trap_flag(struct thread *t)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);
	bool has = err || regs->user.eflags & TRAP_FLAG;

	error_destroy(err);
	return has;
}

/* T is at D, which it goes over by itself. */
static void begin_branch(struct step *step, struct thread *t,
                         const struct displaced *d)
{
	const struct arch_regs *regs;
	struct error *err = target_regs(t, &regs);

	step->branched = true;
	step->always = !err && displaced_is_taken(d, regs);
	step->next = d->address + d->len;
	error_destroy(err);
}

/* At a planted site what is there is known. */
static bool leave_site(struct step *step, struct thread *t,
                       struct site *site, enum resume_mode *mode)
{
	const struct displaced *d = &site_xol(site)->insn;

	if (d->flow != FLOW_JUMP && d->flow != FLOW_BRANCH &&
	    d->flow != FLOW_CALL && d->flow != FLOW_RETURN)
		return false;
	begin_branch(step, t, d);
	thread_info(t)->single = true;
	*mode = RESUME_STEP;
	return true;
}

/* By the processor.  False: what is at PC is for software. */
static bool go_by_branches(struct session *s, struct thread *t, taddr pc,
                           const struct step_block *b, enum resume_mode *mode)
{
	struct step *step = step_of(t);

	if (!b->stretch.len || has_trap_flag(t) || watch_steps(s, t))
		return false;
	if (!b->stretch.closed) {
		step_run_to(s, t, AIM_BLOCK, pc + b->stretch.len, 0);
		if (!step->resume.site) {
			step->aim = AIM_NONE;
			return false;
		}
	}
	step->by_branches = true;
	thread_info(t)->single = true;
	*mode = RESUME_BLOCK;
	return true;
}

/* One instruction: the branch, or what comes right before it. */
static void look_at_one(struct step *step, struct thread *t, taddr pc,
                        const struct step_block *b)
{
	const struct arch *arch = step_arch(t);
	struct arch_step look;
	struct displaced d;

	if (b->block.count)
		return;
	arch_displace(arch, b->bytes, b->size, pc, &d);
	begin_branch(step, t, &d);
	/* sysenter comes back elsewhere, but a call is no branch. */
	arch_step_look(arch, b->bytes, b->size, pc, &look);
	if (look.syscall && d.flow == FLOW_FAR)
		step->branched = false;
}

bool step_block_resume(struct session *s, struct thread *t, taddr pc,
                       enum resume_mode *mode)
{
	struct step *step = step_of(t);
	struct site *site = site_at(t->process, pc);
	const struct step_block *b;

	step->branched = step->always = step->by_branches = false;
	step->next = pc;
	if (site && leave_site(step, t, site, mode))
		return true;
	b = find_block(step, t, pc);
	if (!b)
		return false;
	if (step->hardware && !site && go_by_branches(s, t, pc, b, mode))
		return true;
	if (b->block.count > 1) {
		step_run_to(s, t, AIM_BLOCK, pc + b->block.len, 0);
		if (step->resume.site)
			return true;
		step->aim = AIM_NONE;
	}
	look_at_one(step, t, pc, b);
	return false;
}

enum verdict step_block_at(const struct thread *t, taddr pc)
{
	const struct step *step = step_of(t);

	if (step->by_branches)
		return thread_info(t)->trapped ? SHOW : GO_ON;
	return step->branched && (step->always || pc != step->next) ? SHOW
	                                                            : GO_ON;
}
