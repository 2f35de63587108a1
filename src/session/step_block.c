/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `blockstep`: to after the next branch that is taken.  The branch that ends the
 * straight code is found by looking at it, a site there stops the thread, and
 * the branch alone is single-stepped.
 */
#include "session/step_internal.h"

enum { LOOK = 512 };

/* The straight code at PC. */
static bool find_end(struct thread *t, taddr pc, struct arch_block *block)
{
	uint8_t bytes[LOOK];
	size_t got = memory_read(&t->process->memory, pc, bytes,
	                         sizeof(bytes));

	arch_block_end(step_arch(t), bytes, got, pc, block);
	return got;
}

bool step_block_resume(struct session *s, struct thread *t, taddr pc)
{
	struct step *step = s->step;
	struct arch_block block;

	step->branched = false;
	if (find_end(t, pc, &block) && block.count > 1) {
		step_run_to(s, t, AIM_BLOCK, pc + block.len, 0);
		if (step->resume.site)
			return true;
		step->aim = AIM_NONE;
	}
	/* The branch, or what comes right before it. */
	step->branched = !block.count;
	step->always = block.flow == FLOW_JUMP || block.flow == FLOW_CALL ||
	               block.flow == FLOW_RETURN;
	step->next = pc + block.end_len;
	return false;
}

enum verdict step_block_at(struct session *s, struct thread *t, taddr pc)
{
	const struct step *step = s->step;

	(void)t;
	return step->branched && (step->always || pc != step->next) ? SHOW
	                                                            : GO_ON;
}
