/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stack of calls of each thread (session/call.h) follows the kernel's
 * stops.  What an exit stop means depends on its result: ERESTART* is not the
 * end of a call; after a signal handler it ends, or is made again, where
 * rt_sigreturn put the thread.
 */
#include "session/internal.h"

#include "target/procfs.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

static struct call *top(struct thread_info *info)
{
	return info->depth ? &info->calls[info->depth - 1] : NULL;
}

static struct call *push(struct thread_info *info)
{
	if (info->depth == CALL_DEPTH) {
		memmove(info->calls, info->calls + 1,
		        (CALL_DEPTH - 1) * sizeof(*info->calls));
		info->depth--;
	}
	info->calls[info->depth] = (struct call){ 0 };
	return &info->calls[info->depth++];
}

/* Calls whose exit was not watched are over when another one starts. */
static void drop_unwatched(struct thread_info *info)
{
	while (info->depth && top(info)->phase != CALL_SUSPENDED)
		info->depth--;
}

static bool is_restart_syscall(enum abi abi, uint64_t nr)
{
	const struct syscall_desc *desc = syscall_by_number(abi, nr);

	return desc && desc->traits & CALL_RESTART;
}

/* Whether the entry STOP is CALL, made again. */
static bool continues(const struct call *call, const struct stop *stop)
{
	if (call->phase != CALL_SUSPENDED || !call->resumable)
		return false;
	if (is_restart_syscall(stop->call.abi, stop->call.nr))
		return true;
	return call->made.abi == stop->call.abi &&
	       call->made.nr == stop->call.nr && call->pc == stop->pc &&
	       call->sp == stop->sp;
}

static void fill_call(struct thread *t, struct call *call)
{
	const struct stop *stop = &t->stop;

	call->made.abi = stop->call.abi;
	call->made.nr = stop->call.nr;
	memcpy(call->made.args, stop->call.args, sizeof(call->made.args));
	call->known_abi = stop->call.known_abi;
	call->pc = stop->pc;
	call->sp = stop->sp;
	syscall_resolve(&call->made, &t->process->memory, &call->view);
}

/*
 * Whether a call made at SP shows that the handler which broke CALL off left
 * by a jump (siglongjmp), and that CALL never comes back.  Its frames are
 * below those of CALL, unless it has a stack of its own (sigaltstack(2)).
 */
static bool is_abandoned(struct call *call, taddr sp)
{
	enum { NEAR = 1 << 18, STACK = 1 << 23 };

	if (call->phase != CALL_SUSPENDED || call->resumable)
		return false;
	if (!call->handler_called) {
		call->handler_called = true;
		call->handler_below = sp < call->sp && call->sp - sp < NEAR;
	}
	return sp == call->sp || (call->handler_below && sp > call->sp &&
	                          sp - call->sp < STACK);
}

void track_exec(struct thread *t)
{
	struct thread_info *info = thread_info(t);

	info->left = (struct call){ 0 };
	/* What a handler had broken off went with the old program. */
	if (info->depth > 1) {
		info->calls[0] = *top(info);
		info->depth = 1;
	}
}

static bool track_entry(struct thread *t, struct thread_info *info)
{
	struct call *call;

	drop_unwatched(info);
	while (info->depth && is_abandoned(top(info), t->stop.sp))
		info->depth--;
	call = top(info);
	if (call && continues(call, &t->stop)) {
		call->unmade = false;
		call->phase = CALL_AT_ENTRY;
		call->broken_off = call->resumable = false;
		call->applied = false;
		if (call->entry_seen)
			return false;
		call->entry_seen = true;
		return true;
	}
	/* It should have come now, and another call came: it is over. */
	while (info->depth && top(info)->resumable)
		info->depth--;
	if (!info->depth)
		target_scratch_release(t);
	call = push(info);
	call->phase = CALL_AT_ENTRY;
	call->entry_seen = true;
	fill_call(t, call);
	return true;
}

static void end_call(struct thread *t, struct call *call, int64_t result)
{
	struct error *err;

	call->seconds = call_seconds(call);
	call->phase = CALL_AT_EXIT;
	call->true_result = call->result = result;
	carry_undo(t, call, false);
	if (!call->plan.has_result)
		return;
	call->result = call->plan.result;
	if (call->plan.fate == FATE_SKIP && result == call->result)
		return;
	err = carry_result(t, call, call->plan.result);
	if (err) {
		call->result = result;
		call->plan.has_result = false;
	}
	error_destroy(err);
}

static bool track_exit(struct thread *t, struct thread_info *info)
{
	struct call *call = top(info);
	const struct stop *stop = &t->stop;

	if (!call || call->phase != CALL_INSIDE)
		return false; /* its entry was not seen: nobody asked */
	if (arch_is_restart(stop->result) && call->plan.fate == FATE_RUN) {
		call->phase = CALL_SUSPENDED;
		call->resumable = true;
		call->broken_off = stop->mended;
		carry_undo(t, call, true);
		return false;
	}
	end_call(t, call, stop->result);
	return true;
}

/* `skip` without -s: such a call has no exit that anybody but rules sees. */
static bool is_unseen(const struct call *call)
{
	return call->plan.fate == FATE_SKIP && !call->plan.stop_at_exit &&
	       !call->plan.rules_at_exit;
}

/*
 * A handler has returned (rt_sigreturn): the call that it broke off has ended
 * with EINTR where the thread stands behind its instruction again.
 */
bool track_deferred_end(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	const struct arch_regs *regs;
	struct call *call;
	struct error *err;
	int64_t result;

	if (!info->end_deferred)
		return false;
	info->end_deferred = false;
	if (top(info) && top(info)->phase == CALL_AT_EXIT)
		info->depth--; /* the sigreturn's own */
	call = top(info);
	if (!call || call->phase != CALL_SUSPENDED)
		return false;
	err = target_regs(t, &regs);
	if (err) {
		error_destroy(err);
		return false;
	}
	result = arch_result(call->made.abi, regs->user.rax);
	if (regs->user.rsp != call->sp)
		return false;
	if (regs->user.rip == call->pc - arch_abi(call->made.abi)->insn_len)
		call->resumable = true;
	if (regs->user.rip != call->pc || result != -EINTR)
		return false;
	end_call(t, call, result);
	call_log_leave(s, t, call, call_seconds(call));
	return true;
}

/*
 * A signal is about to be passed on.  Where a handler takes it, the call that
 * it broke off comes back only when that returns.
 */
void track_signal(struct thread *t, int signal)
{
	struct call *call = top(thread_info(t));
	struct proc_status status;
	struct error *err;

	if (!signal || !call || call->phase != CALL_SUSPENDED ||
	    !call->resumable)
		return;
	err = proc_status(t->tid, &status);
	if (!err && status.caught & (1ull << (signal - 1)))
		call->resumable = call->handler_called = false;
	error_destroy(err);
}

/* An entry that was passed over is left, and comes again: as if it had not. */
static bool is_unmade(const struct thread *t, struct thread_info *info)
{
	const struct call *call = top(info);

	return call && call->phase == CALL_SUSPENDED && call->unmade &&
	       (!(t->stop.reasons & STOP_ENTRY) ||
	        continues(call, &t->stop));
}

bool track_stop(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	bool news = false;

	if (is_unmade(t, info)) {
		if (t->stop.reasons & STOP_ENTRY)
			track_entry(t, info);
	} else if (t->stop.reasons & STOP_ENTRY) {
		news = track_entry(t, info);
		if (news)
			call_log_enter(s, t, top(info));
		trace_entry(s, t);
	} else if (t->stop.reasons & STOP_EXIT) {
		struct call *call = top(info);

		news = track_exit(t, info);
		if (call && call->view.desc &&
		    call->view.desc->traits & CALL_NO_RESULT)
			info->end_deferred = true;
		if (news)
			call_log_leave(s, t, call, call_seconds(call));
		if (news)
			trace_exit(s, t, call->result,
			           call->plan.has_result);
		else
			trace_exit(s, t, t->stop.result, false);
		if (news && is_unseen(call))
			return false;
	}
	return news;
}

/* The log tells what the kernel gets, not what the program asked for. */
static void log_changes(struct session *s, struct thread *t, struct call *call)
{
	if (call->plan.has_nr || call->plan.changed_args)
		call_log_change(s, t, call);
}

/*
 * What the call will write over, of what is needed to read its answer: where
 * somebody is to see that.
 */
static void keep_length(struct session *s, struct thread *t, struct call *call)
{
	struct syscall_view view;

	if (!trace_sees(thread_info(t)->trace) && !stop_may_show_calls(s, t))
		return;
	if (!call->plan.has_nr && !(call->view.desc &&
	                            call->view.desc->traits & CALL_LENGTH))
		return;
	call_effective(call, t, &view);
	call->has_length_before = view.desc &&
		view.desc->traits & CALL_LENGTH &&
		decode_length_before(&view, &t->process->memory,
		                     &call->length_before);
}

/* Whether the kernel shall pass over the next calls as well. */
static void count_skip(struct thread_info *info, const struct call *call)
{
	if (call->plan.fate == FATE_SKIP)
		info->skips += info->skips < SKIPS_MOST;
	else
		info->skips -= info->skips < SKIPS_RUN ? info->skips
		                                       : SKIPS_RUN;
}

void track_resume(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct call *call = top(info);

	if (!call)
		return;
	if (call->phase == CALL_AT_EXIT) {
		info->depth--;
		if (!info->depth)
			target_scratch_release(t);
	} else if (call->phase == CALL_AT_ENTRY) {
		count_skip(info, call);
		if (t->stop.unmade && call->plan.fate == FATE_RUN &&
		    carry_again(t, call))
			return;
		log_changes(s, t, call);
		keep_length(s, t, call);
		carry_out(t, call);
		store_forget(info);
		call->phase = CALL_INSIDE;
		clock_gettime(CLOCK_MONOTONIC, &call->started);
	}
}

/* Whether MADE's registers are those that CALL's plan gave its maker. */
static bool has_args_of(struct thread *made, const struct call *call)
{
	const struct arch_abi *a = arch_abi(call->made.abi);

	for (int i = 0; i < SYSCALL_ARGS; i++) {
		uint64_t word;
		struct error *err;

		if (!(call->plan.changed_args & (1u << i)))
			continue;
		err = target_word(made, a->arg_offsets[i], &word);
		error_destroy(err);
		if (err || word != carry_register(call->made.abi,
		                                  call->plan.args[i]))
			return false;
	}
	return true;
}

/* Whether the kernel makes a process or thread of it, as planned. */
static bool makes_child(const struct call *call)
{
	const struct syscall_desc *desc = call->view.desc;

	if (call->plan.has_nr)
		desc = syscall_by_number(call->made.abi, call->plan.nr);
	return call->plan.changed_args && desc && desc->traits & CALL_FORKS;
}

void track_maker(struct thread *maker, struct thread *made)
{
	const struct call *call = call_current(maker);

	if (made->state == THREAD_STARTING && call && makes_child(call)) {
		thread_info(made)->birth = *call;
		thread_info(made)->has_birth = true;
	}
}

void track_birth(struct thread *maker, struct thread *made)
{
	struct thread_info *info = thread_info(made);
	const struct call *call = call_current(maker);

	if (info->has_birth)
		return;
	if (call && makes_child(call) && has_args_of(made, call)) {
		info->birth = *call;
		info->has_birth = true;
	}
}

void track_born(struct thread *made)
{
	struct thread_info *info = thread_info(made);

	if (info->has_birth)
		carry_undo(made, &info->birth, false);
	info->has_birth = false;
}

/*
 * The call that a thread's registers say it is in the middle of: one that the
 * kernel will restart, or that target/mend has set to be made again.
 */
static bool find_call(struct thread *t, struct call *call)
{
	const struct arch_regs *regs;
	const struct arch_abi *a;
	struct error *err = target_regs(t, &regs);
	enum abi abi;

	if (!err)
		err = target_abi(t, &abi);
	if (err) {
		error_destroy(err);
		return false;
	}
	a = arch_abi(abi);
	if (t->stop.mended) {
		call->made.nr = regs->user.rax;
		call->pc = regs->user.rip + a->insn_len;
	} else if ((int64_t)regs->user.orig_rax >= 0 &&
	           arch_is_restart(arch_result(abi, regs->user.rax))) {
		call->made.nr = regs->user.orig_rax;
		call->pc = regs->user.rip;
	} else {
		return false;
	}
	call->made.abi = abi;
	call->sp = regs->user.rsp;
	for (int i = 0; i < SYSCALL_ARGS; i++) {
		uint64_t word = arch_word_get(regs, a->arg_offsets[i]);

		call->made.args[i] = abi == ABI_I386 ? (uint32_t)word : word;
	}
	return true;
}

/*
 * restart_syscall continues the call that the thread was left in, if it stands
 * behind the same instruction; its arguments still are in the registers.
 */
void track_name_restarted(const struct thread_info *info, struct call *found)
{
	const struct call *left = &info->left;

	if (is_restart_syscall(found->made.abi, found->made.nr) &&
	    left->made.abi == found->made.abi && left->pc == found->pc &&
	    left->sp == found->sp)
		found->made.nr = left->made.nr;
}

/*
 * Whether CALL, whose exit nobody watches, is the one that was FOUND: its entry
 * is not to be told again.
 */
static bool is_unwatched(const struct call *call, const struct call *found)
{
	return call && call->phase == CALL_INSIDE &&
	       call->made.abi == found->made.abi && call->pc == found->pc &&
	       call->sp == found->sp &&
	       (call->made.nr == found->made.nr ||
	        is_restart_syscall(found->made.abi, found->made.nr));
}

void track_outside(struct thread *t)
{
	struct thread_info *info = thread_info(t);

	while (top(info) && top(info)->phase == CALL_INSIDE)
		info->depth--;
}

void track_found(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct call found = {
		.phase = CALL_SUSPENDED,
		.broken_off = true,
		.resumable = true,
		.known_abi = true,
	};

	if (top(info) && top(info)->phase == CALL_SUSPENDED)
		return;
	if (!find_call(t, &found)) {
		drop_unwatched(info);
		return;
	}
	if (is_unwatched(top(info), &found)) {
		top(info)->phase = CALL_SUSPENDED;
		top(info)->resumable = true;
		top(info)->broken_off = !(t->stop.reasons & STOP_SIGNAL);
		return;
	}
	drop_unwatched(info);
	track_name_restarted(info, &found);
	syscall_resolve(&found.made, &t->process->memory, &found.view);
	clock_gettime(CLOCK_MONOTONIC, &found.started);
	call_log_enter(s, t, &found);
	*push(info) = found;
}

void track_drop_plans(struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct call *call = top(info);

	/* Stopped by an event inside it: a fork, say, with other arguments. */
	if (call && call->phase == CALL_INSIDE && t->state == THREAD_STOPPED)
		carry_undo(t, call, false);
	call_unstore(t);
	for (size_t i = 0; i < info->depth; i++)
		info->calls[i].plan = (struct call_plan){ 0 };
}

void track_lose(struct thread *t)
{
	struct thread_info *info = thread_info(t);
	const struct call *call = top(info);

	if (call && call->phase == CALL_SUSPENDED && call->resumable)
		info->left = *call;
	info->depth = 0;
}
