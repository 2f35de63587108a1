/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a stepped thread goes on, and what its stops mean. */
#include "session/step.h"

#include "session/step_internal.h"

#include "arch/step.h"
#include "base/alloc.h"

#include <signal.h>
#include <string.h>

enum { TRAP_FLAG = 0x100 };

bool step_is_of(const struct thread *t)
{
	return step_of(t);
}

bool step_locks(const struct session *s)
{
	const struct step *step = s->current ? step_of(s->current) : NULL;

	return !step || step->kind == STEP_INSN || step->kind == STEP_LINE ||
	       step->kind == STEP_BLOCK;
}

void step_destroy(struct session *s, struct step *step)
{
	if (!step)
		return;
	for (size_t i = 0; i < step->planted.len; i++)
		site_drop(s, step->planted.items[i]);
	vec_deinit(&step->planted);
	map_deinit(&step->sites);
	vec_deinit(&step->jumps);
	vec_deinit(&step->ends);
	step_blocks_drop(step);
	map_deinit(&step->blocks);
	vec_deinit(&step->block_at);
	free(step);
}

/* Going on. */

/* What stands at PC, as the program has it.  False: nothing special. */
static bool look_at(struct thread *t, taddr pc, struct arch_step *insn)
{
	const struct arch *arch = step_arch(t);
	uint8_t bytes[ARCH_INSN_MAX];
	uint64_t word;
	const struct memory_piece piece = { .addr = pc, .data = &word,
	                                    .len = sizeof(word) };
	size_t got;

	if (target_glance(t, &piece, 1) && !site_at(t->process, pc) &&
	    !arch_step_matters(arch, word))
		return false;
	got = memory_read(&t->process->memory, pc, bytes, sizeof(bytes));
	arch_step_look(arch, bytes, got, pc, insn);
	/* call $+5: how code learns where it is; nothing returns from it. */
	if (insn->call && insn->len == 5 && bytes[0] == 0xe8 &&
	    memcmp(bytes + 1, "\0\0\0", 4) == 0)
		insn->call = false;
	return insn->len;
}

/* Whether every place to stop at will tell of itself. */
static bool runs_free(const struct step *step)
{
	if (step->aim != AIM_NONE)
		return step->resume.site;
	if (step->kind != STEP_FINISH && step->kind != STEP_ADVANCE)
		return false;
	for (size_t i = 0; i < step->ends.len; i++)
		if (!step->ends.items[i].site)
			return false;
	return true;
}

static bool is_in_call(const struct thread *t)
{
	const struct call *call = call_current(t);

	return call && (call->phase == CALL_AT_ENTRY ||
	                call->phase == CALL_INSIDE);
}

/* A handler comes first, and then what was to be. */
static void await_handler(struct session *s, struct thread *t, taddr pc,
                          taddr sp)
{
	struct step *step = step_of(t);

	if (step->aim == AIM_HANDLER)
		return;
	step->before = step->aim;
	step->before_resume = step->resume;
	step_run_to(s, t, AIM_HANDLER, pc, sp);
}

/* True: the call at PC is run through, or what it calls is to be decided. */
static bool take_call(struct session *s, struct thread *t,
                      const struct arch_step *insn, taddr pc, taddr sp)
{
	struct step *step = step_of(t);
	bool lines = step->kind == STEP_LINE || step->kind == STEP_UNTIL;

	if (step->aim != AIM_NONE || (!lines && step->kind != STEP_INSN))
		return false;
	if (step->over || (lines && !step->from_linker &&
	                   step_in_linker(s, t, pc))) {
		step_run_to(s, t, AIM_RETURN, pc + insn->len, sp);
		step_jumps_plant(s, t);
		return true;
	}
	step->called = lines;
	step->call_at = pc;
	step->return_to = pc + insn->len;
	step->return_sp = sp;
	return false;
}

static void by_instruction(struct session *s, struct thread *t, taddr pc,
                           taddr sp, enum resume_mode *mode)
{
	struct thread_info *info = thread_info(t);
	enum resume_mode whole = *mode;
	struct arch_step insn;

	*mode = RESUME_STEP;
	info->single = true;
	if (!look_at(t, pc, &insn))
		return;
	info->pushes_flags = insn.pushes_flags;
	info->flags_in_r11 = insn.syscall_register;
	info->steps_call = insn.syscall;
	/* A step runs across a call unseen. */
	if (insn.syscall && whole == RESUME_SYSCALL) {
		*mode = whole;
		info->single = info->steps_call = false;
		info->flags_in_r11 = false;
	} else if (insn.call && take_call(s, t, &insn, pc, sp) &&
	           runs_free(step_of(t))) {
		*mode = whole;
		info->single = false;
	}
}

void step_resume(struct session *s, struct thread *t, int signal, bool seen,
                 enum resume_mode *mode)
{
	struct step *step = step_of(t);
	struct thread_info *info = thread_info(t);
	taddr pc, sp;

	info->single = info->pushes_flags = info->flags_in_r11 = false;
	info->steps_call = false;
	if (step->by_branches && step->aim == AIM_BLOCK)
		step->aim = AIM_NONE;
	step->by_branches = false;
	if (runs_free(step) || !step_get_pc(t, &pc, &sp))
		return;
	if (signal && !seen)
		await_handler(s, t, pc, sp);
	if (runs_free(step))
		return;
	if (*mode == RESUME_SYSCALL && is_in_call(t))
		return;
	if (signal || t->stop.reasons & STOP_ENTRY) {
		*mode = RESUME_STEP;
		info->single = true;
		info->steps_call = t->stop.reasons & STOP_ENTRY;
	} else if (step->kind != STEP_BLOCK || step->aim != AIM_NONE ||
	           !step_block_resume(s, t, pc, mode)) {
		by_instruction(s, t, pc, sp, mode);
	}
}

/* Stops. */

/*
 * At a handler's first instruction the kernel says so by a SIGTRAP with that
 * number as si_code (signal_setup_done in kernel/signal.c), behind a call by one
 * with TRAP_BRKPT (user_single_step_report in arch/x86/kernel/ptrace.c).
 */
static bool is_steps_trap(const struct thread *t)
{
	const siginfo_t *info = &t->stop.siginfo;

	if (!(t->stop.reasons & (STOP_TRAP | STOP_SIGNAL)) ||
	    info->si_signo != SIGTRAP)
		return false;
	return info->si_code == TRAP_TRACE ||
	       (info->si_code == TRAP_BRKPT && thread_info(t)->steps_call) ||
	       (info->si_code == SIGTRAP && info->si_pid == t->tid);
}

/* What the step's own trap flag has left where flags were stored. */
static void mend_flags(struct thread *t, struct thread_info *info,
                       const struct arch_regs *regs)
{
	struct arch_regs mended = *regs;
	taddr at = arch_sp(regs) + 1;
	uint8_t flags;

	if (info->pushes_flags &&
	    target_read_plain(t->process, at, &flags, 1) && flags & 1) {
		flags &= (uint8_t)~1u;
		if (!target_write_plain(t->process, at, &flags, 1))
			error_destroy(target_write(t->process, at, &flags, 1));
	}
	mended.user.r11 &= ~(unsigned long long)TRAP_FLAG;
	if (info->flags_in_r11 && mended.user.r11 != regs->user.r11)
		error_destroy(target_set_regs(t, &mended));
	info->pushes_flags = info->flags_in_r11 = false;
}

void step_enter(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	const struct arch_regs *regs;
	struct error *err;

	(void)s;
	if (!info->single)
		return;
	info->trapped = is_steps_trap(t);
	if (!info->trapped && !(t->stop.reasons & STOP_STEPPED))
		return;
	err = target_regs(t, &regs);
	if (err) {
		error_destroy(err);
		return;
	}
	/* The program single-steps itself: its trap is its own. */
	if (regs->user.eflags & TRAP_FLAG)
		return;
	if (!(t->stop.reasons & STOP_STEPPED)) {
		t->stop.reasons &= ~(unsigned)(STOP_TRAP | STOP_SIGNAL);
		t->stop.reasons |= STOP_STEPPED;
		t->stop.signal = 0;
	}
	mend_flags(t, info, regs);
	displaced_land(t, arch_pc(regs));
	info->register_pc = arch_pc(regs);
	info->at_register = target_debug_pass(t);
}

static enum verdict end_step(struct session *s, struct thread *t)
{
	struct step *step = step_of(t);
	struct step_frame now;

	free(s->step_end);
	s->step_end = xcalloc(1, sizeof(*s->step_end));
	s->step_end->tid = t->tid;
	s->step_end->result = step->result;
	if (step->kind == STEP_FINISH || step->kind == STEP_ADVANCE)
		return SHOW;
	/* By instructions one gets into an inlined function, as in gdb. */
	if (step->kind == STEP_INSN || step->kind == STEP_BLOCK)
		frames_enter_inlined(t, true);
	now = step_frame_key(s, t, step_frame_at(s, t, 0));
	s->step_end->same_frame =
		step_frame_equal(&now, &step->frame) &&
		step_frame_key(s, t, step_frame_real(s, t,
		                     step_frame_at(s, t, 0))).function ==
		step->started_in;
	return SHOW;
}

/* One of the count is done. */
static enum verdict count_down(struct session *s, struct thread *t)
{
	struct step *step = step_of(t);
	struct error *err = NULL;
	bool done = true;

	step->called = step->branched = false;
	while (--step->count) {
		if (step->kind == STEP_INSN || step->kind == STEP_BLOCK)
			return GO_ON;
		err = step_prepare(s, t, &done);
		if (err || !done)
			break;
	}
	if (!err && step->count)
		return GO_ON;
	if (err) {
		output_begin(s);
		out_message(s->out, "warning", ROLE_WARNING, "%s",
		            err->message);
		output_end(s);
	}
	error_destroy(err);
	return end_step(s, t);
}

static enum verdict at_an_end(struct session *s, struct thread *t, taddr pc,
                              taddr sp)
{
	struct step *step = step_of(t);

	for (size_t i = 0; i < step->ends.len; i++) {
		const struct step_place *place = &step->ends.items[i];

		if (!step_place_reached(s, t, place, pc, sp))
			continue;
		if (!place->returns)
			step->result = NULL;
		return end_step(s, t);
	}
	return GO_ON;
}

/* A non-local jump went to PC: gdb's rule is to stop unless that is deeper. */
static enum verdict has_landed(struct session *s, struct thread *t)
{
	struct step *step = step_of(t);
	const struct frame *f = step_frame_real(s, t, step_frame_at(s, t, 0));

	step->landing = false;
	step->aim = AIM_NONE;
	if (f && f->cfa && step->outer.known && f->cfa < step->outer.cfa) {
		step->resume = step->before_resume;
		step->aim = step->before;
		return GO_ON;
	}
	step->result = NULL;
	return end_step(s, t);
}

/* T has reached what it was to run to. */
static enum verdict arrived(struct session *s, struct thread *t, taddr pc,
                            taddr sp)
{
	struct step *step = step_of(t);
	enum step_aim aim = step->aim;

	if (step->landing)
		return has_landed(s, t);
	if (aim == AIM_HANDLER) {
		/* As if nothing had been. */
		step->resume = step->before_resume;
		step->aim = step->before;
		return GO_ON;
	}
	step->aim = AIM_NONE;
	if (aim == AIM_BODY)
		return count_down(s, t);
	if (aim == AIM_BLOCK)
		return step_block_at(t, pc) == SHOW ? count_down(s, t)
		                                       : GO_ON;
	if (step->kind == STEP_INSN)
		return count_down(s, t);
	return step_line_at(s, t, pc, sp) == SHOW ? count_down(s, t) : GO_ON;
}

enum verdict step_at_stop(struct session *s, struct thread *t)
{
	struct step *step = step_of(t);
	taddr pc, sp;

	if (!step_is_of(t) || !step_get_pc(t, &pc, &sp))
		return NOT_MINE;
	if (step->jumps_planted && step_jump_at(s, t, pc))
		return GO_ON;
	if (step->by_branches && thread_info(t)->trapped)
		step->aim = AIM_NONE;
	if (step->aim != AIM_NONE)
		return step_place_reached(s, t, &step->resume, pc, sp)
		       ? arrived(s, t, pc, sp) : GO_ON;
	if (step->kind == STEP_FINISH || step->kind == STEP_ADVANCE)
		return at_an_end(s, t, pc, sp);
	if (!thread_info(t)->single)
		return GO_ON;
	if (step->kind == STEP_INSN)
		return count_down(s, t);
	if (step->kind == STEP_BLOCK)
		return step_block_at(t, pc) == SHOW ? count_down(s, t)
		                                       : GO_ON;
	return step_line_at(s, t, pc, sp) == SHOW ? count_down(s, t) : GO_ON;
}

enum verdict step_at_call(struct session *s, struct thread *t,
                          const struct call *call)
{
	struct thread_info *info = thread_info(t);

	if (!step_is_of(t) || runs_free(step_of(t)) || !call ||
	    call->phase != CALL_AT_EXIT)
		return NOT_MINE;
	/* The exit is as good as the trap behind the instruction. */
	info->single = true;
	return step_at_stop(s, t);
}
