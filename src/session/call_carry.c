/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one place where what was decided about a call becomes registers, and
 * where they become the program's own again.
 *
 * A changed argument register would stay changed after the call, which
 * preserves it (traps.md): so it is put back at every exit, and written again
 * when the call is made again.
 */
#include "session/internal.h"

#include "base/log.h"

#include <errno.h>

static void set_word(struct thread *t, unsigned offset, uint64_t value)
{
	struct error *err = target_set_word(t, offset, value);

	if (err)
		LOG(LOG_SESSION, "%s", err->message);
	error_destroy(err);
}

uint64_t carry_register(enum abi abi, uint64_t value)
{
	return abi == ABI_I386 ? (uint32_t)value : value;
}

static void set_args(struct thread *t, const struct call *call,
                     const uint64_t args[SYSCALL_ARGS])
{
	const struct arch_abi *a = arch_abi(call->made.abi);

	for (int i = 0; i < SYSCALL_ARGS; i++)
		if (call->plan.changed_args & (1u << i))
			set_word(t, a->arg_offsets[i],
			         carry_register(call->made.abi, args[i]));
}

void carry_out(struct thread *t, struct call *call)
{
	const struct arch_abi *a = arch_abi(call->made.abi);
	const struct call_plan *plan = &call->plan;

	/* restart_syscall goes on with what the kernel kept. */
	if (call->made.nr != t->stop.call.nr && t->stop.reasons & STOP_ENTRY &&
	    plan->fate == FATE_RUN)
		return;
	if (plan->fate == FATE_SKIP) {
		set_word(t, a->nr_offset, (uint64_t)-1);
		set_word(t, a->ret_offset,
		         carry_register(call->made.abi,
		                        (uint64_t)plan->result));
		call->applied = true;
		return;
	}
	if (plan->has_nr)
		set_word(t, a->nr_offset, plan->nr | a->nr_bit);
	set_args(t, call, plan->args);
	call->applied = plan->has_nr || plan->changed_args;
}

/*
 * The call shall run, and the kernel will not make it (PTRACE_SYSEMU): it is made
 * again, by an entry of which nobody is told.  False: the registers say that
 * none is made.
 */
bool carry_again(struct thread *t, struct call *call)
{
	const struct arch_abi *a = arch_abi(call->made.abi);
	uint64_t nr = (uint64_t)-1;
	struct error *err = target_word(t, a->nr_offset, &nr);

	error_destroy(err);
	if (err || (int32_t)nr == -1)
		return false;
	set_word(t, a->ret_offset, nr);
	set_word(t, a->nr_offset, (uint64_t)-1);
	set_word(t, arch_x86_64()->pc_offset, t->stop.pc - a->insn_len);
	call->phase = CALL_SUSPENDED;
	call->resumable = call->unmade = true;
	return true;
}

/* After these the registers are another program's, or an older frame's. */
static bool registers_replaced(const struct call *call)
{
	uint32_t traits = call->view.desc ? call->view.desc->traits : 0;

	return traits & CALL_NO_RESULT ||
	       (traits & CALL_EXECS && call->true_result == 0);
}

void carry_undo(struct thread *t, struct call *call, bool restart)
{
	const struct arch_abi *a = arch_abi(call->made.abi);

	if (!call->applied && !call->plan.changed_args)
		return;
	if (call->plan.fate == FATE_SKIP || registers_replaced(call))
		return;
	set_args(t, call, call->made.args);
	if (restart && call->plan.has_nr) {
		/* What the kernel, or target/mend, will make it again with. */
		unsigned offset = t->stop.mended ? a->ret_offset
		                                 : a->nr_offset;

		set_word(t, offset, call->made.nr);
	}
	call->applied = false;
}

struct error *carry_result(struct thread *t, struct call *call, int64_t result)
{
	const struct arch_abi *a = arch_abi(call->made.abi);

	if (call->plan.fate == FATE_RUN && registers_replaced(call))
		return error_new(ERROR_REFUSED, "the registers are another "
		                 "program's now: there is no result to "
		                 "replace");
	return target_set_word(t, a->ret_offset,
	                       carry_register(call->made.abi,
	                                      (uint64_t)result));
}

bool carry_needs_exit(const struct thread *t)
{
	const struct thread_info *info = thread_info(t);

	for (size_t i = 0; i < info->depth; i++) {
		const struct call_plan *plan = &info->calls[i].plan;

		if (plan->changed_args || plan->has_nr || plan->stop_at_exit ||
		    plan->needs_exit || plan->rules_at_exit ||
		    (plan->has_result && plan->fate == FATE_RUN))
			return true;
	}
	return false;
}
