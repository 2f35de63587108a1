/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deciding about a call: checks, then a line in its plan. */
#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "target/filter.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

struct call *call_current(const struct thread *t)
{
	struct thread_info *info = t ? thread_info(t) : NULL;

	return info && info->depth ? &info->calls[info->depth - 1] : NULL;
}

static const char *where(const struct thread *t, const struct call *call)
{
	if (t->state != THREAD_STOPPED)
		return "it is running";
	if (!call || call->phase == CALL_INSIDE)
		return "it is outside of any call";
	if (call->phase == CALL_SUSPENDED)
		return "its call was broken off and goes on when it runs";
	return "it is at a call's exit";
}

struct error *call_at_entry(struct thread *t, struct call **call)
{
	struct call *c = call_current(t);

	if (t->state != THREAD_STOPPED || !c || c->phase != CALL_AT_ENTRY)
		return error_new(ERROR_USAGE,
		                 "the thread is not at a system call's entry: "
		                 "%s", where(t, c));
	*call = c;
	return NULL;
}

/* What no program may be given: errno values of the kernel's own. */
struct error *call_check_result(enum abi abi, int64_t result)
{
	if (result <= -512 && result >= -516)
		return error_new(ERROR_USAGE,
		                 "%lld is a code of the kernel's own, which "
		                 "no call returns", (long long)result);
	if (abi == ABI_I386 && (result > UINT32_MAX || result < INT32_MIN))
		return error_new(ERROR_USAGE,
		                 "%lld does not fit the 32-bit result of an "
		                 "i386 call", (long long)result);
	return NULL;
}

struct error *call_skip(struct thread *t, int64_t result, bool stop_at_exit)
{
	struct call *call;
	enum seccomp_mode mode;

	TRY(call_at_entry(t, &call));
	TRY(call_check_result(call->made.abi, result));
	/* PTRACE_SYSEMU comes before the filters. */
	mode = t->stop.unmade ? SECCOMP_NONE : target_seccomp(t);
	if (mode == SECCOMP_STRICT)
		return error_new(ERROR_REFUSED,
		                 "the process is in strict seccomp: the "
		                 "kernel would kill it for a skipped call "
		                 "(`fake` lets the call run)");
	call->plan.fate = FATE_SKIP;
	call->plan.needs_exit = mode != SECCOMP_NONE;
	call->plan.emulated = false;
	call->plan.has_result = true;
	call->plan.result = result;
	call->plan.stop_at_exit = stop_at_exit;
	return NULL;
}

struct error *call_emulate(struct thread *t, int64_t result)
{
	struct call *call;

	TRY(call_at_entry(t, &call));
	TRY(call_skip(t, result, call->plan.stop_at_exit));
	call->plan.emulated = true;
	return NULL;
}

struct error *call_fake(struct thread *t, int64_t result)
{
	struct call *call = call_current(t);
	struct syscall_view view;
	uint32_t traits;

	if (t->state != THREAD_STOPPED || !call ||
	    (call->phase != CALL_AT_ENTRY && call->phase != CALL_AT_EXIT))
		return error_new(ERROR_USAGE,
		                 "the thread is not at a system call's entry "
		                 "or exit: %s", where(t, call));
	TRY(call_check_result(call->made.abi, result));
	call_effective(call, t, &view);
	traits = view.desc ? view.desc->traits : 0;
	if (traits & (CALL_NO_RESULT | CALL_NO_RETURN))
		return error_new(ERROR_REFUSED,
		                 "%s has no result to replace", view.name);
	if (call->phase == CALL_AT_EXIT) {
		if (traits & CALL_EXECS && call->true_result == 0)
			return error_new(ERROR_REFUSED,
			                 "%s has succeeded: the new program "
			                 "gets no result", view.name);
		TRY(carry_result(t, call, result));
		call->result = result;
	} else if (call->plan.fate == FATE_SKIP) {
		return error_new(ERROR_USAGE,
		                 "the call is to be skipped with %lld: `skip "
		                 "VALUE` changes that",
		                 (long long)call->plan.result);
	}
	call->plan.has_result = true;
	call->plan.result = result;
	return NULL;
}

struct error *call_set_arg(struct thread *t, unsigned index, uint64_t value)
{
	struct call *call;

	TRY(call_at_entry(t, &call));
	if (index >= SYSCALL_ARGS)
		return error_new(ERROR_USAGE,
		                 "a system call has arguments 0 to %d",
		                 SYSCALL_ARGS - 1);
	if (call->view.multiplexed)
		return error_new(ERROR_UNSUPPORTED,
		                 "the arguments of %s stand in the program's "
		                 "memory (socketcall, ipc): change them there",
		                 call->view.name);
	if (call->made.abi == ABI_I386 && value > UINT32_MAX &&
	    (int64_t)value < INT32_MIN)
		return error_new(ERROR_USAGE,
		                 "the value does not fit a 32-bit argument");
	call->plan.changed_args |= 1u << index;
	call->plan.args[index] = value;
	return NULL;
}

/*
 * Where no memory can be had in the process: below the stack pointer, under the
 * red zone (128 bytes: System V ABI), where nothing lives during a call, and
 * under what other arguments have there.
 */
static struct error *stack_room(struct thread *t, const struct call *call,
                                size_t len, taddr *addr)
{
	const struct arch_regs *regs;
	taddr top;

	TRY(target_regs(t, &regs));
	top = regs->user.rsp - 128;
	for (int i = 0; i < SYSCALL_ARGS; i++) {
		taddr arg = call->plan.args[i];

		if (call->plan.changed_args & (1u << i) && arg < top &&
		    regs->user.rsp - arg < SYSCALL_ARGS * 8192)
			top = arg;
	}
	*addr = (top - len) & ~(taddr)15;
	return NULL;
}

struct error *call_set_arg_data(struct thread *t, unsigned index,
                                const void *data, size_t len)
{
	struct call *call;
	struct error *err;
	taddr addr;

	TRY(call_at_entry(t, &call));
	if (len > 4096)
		return error_new(ERROR_USAGE,
		                 "%zu bytes are too many: at most 4096", len);
	err = target_scratch(t, len, &addr);
	if (err && err->kind == ERROR_REFUSED) {
		error_destroy(err);
		err = stack_room(t, call, len, &addr);
	}
	if (err)
		return err;
	TRY(target_write(t->process, addr, data, len));
	return call_set_arg(t, index, addr);
}

struct error *call_set_arg_field(struct thread *t, unsigned index,
                                 const struct call_data *data)
{
	enum { MOST = 4096 };
	struct syscall_view view;
	struct call *call;
	uint8_t copy[MOST];
	size_t len;

	TRY(call_at_entry(t, &call));
	call_effective(call, t, &view);
	len = decode_arg_room(&view, index);
	if (len > MOST || data->offset + data->len > len)
		return error_new(ERROR_USAGE, "argument %u has no room for "
		                 "that field", index);
	if (memory_read(&t->process->memory, view.args[index], copy,
	                len) < len)
		return error_fault(view.args[index], "can't read argument %u "
		                   "at 0x%llx", index,
		                   (unsigned long long)view.args[index]);
	memcpy(copy + data->offset, data->bytes, data->len);
	return call_set_arg_data(t, index, copy, len);
}

struct error *call_set_nr(struct thread *t, uint64_t nr)
{
	struct call *call;

	TRY(call_at_entry(t, &call));
	if (call->view.desc && call->view.desc->traits & CALL_NO_RESULT)
		return error_new(ERROR_REFUSED,
		                 "%s must return through the kernel: it can't "
		                 "be made another call", call->view.name);
	call->plan.has_nr = true;
	call->plan.nr = nr;
	return NULL;
}

void call_effective(const struct call *call, const struct thread *t,
                    struct syscall_view *view)
{
	struct syscall_made made = call->made;

	if (!call->plan.has_nr && !call->plan.changed_args) {
		*view = call->view;
		return;
	}
	if (call->plan.has_nr)
		made.nr = call->plan.nr;
	for (int i = 0; i < SYSCALL_ARGS; i++)
		if (call->plan.changed_args & (1u << i))
			made.args[i] = call->plan.args[i];
	syscall_resolve(&made, &t->process->memory, view);
}

const char *call_skip_warning(struct thread *t,
                              const struct syscall_view *view)
{
	uint32_t traits = view->desc ? view->desc->traits : 0;

	/* Filters are run after a tracer's changes: seccomp(2). */
	if (target_seccomp(t) == SECCOMP_FILTERED)
		return "the process's own seccomp filter sees it as number "
		       "-1, and may kill for that";
	if (traits & CALL_NO_RETURN)
		return "the program does not expect this call to return: it "
		       "will run on into whatever follows";
	if (traits & CALL_EXECS)
		return "the old program goes on as if the exec had failed, or "
		       "returned, with this value";
	if (traits & CALL_FORKS)
		return "no child is made; the program may wait for, or signal, "
		       "whatever this value names";
	if (traits & CALL_NO_RESULT)
		return "the thread does not get back to where its signal "
		       "handler was called: it will most likely crash";
	return NULL;
}

bool call_errno_value(const char *text, int64_t *value)
{
	int errnum = errno_number(text[0] == '-' ? text + 1 : text);

	if (errnum)
		*value = -errnum;
	return errnum != 0;
}

struct error *call_value_parse(struct session *s, struct thread *t,
                               const char *text, int64_t *value)
{
	AUTO_FREE char *trimmed = xstrdup(text);
	struct expr_value result;
	struct expr *expr;
	struct error *err;
	size_t len = strlen(trimmed);

	while (len && isspace((unsigned char)trimmed[len - 1]))
		trimmed[--len] = '\0';
	if (!len)
		return error_new(ERROR_USAGE, "a value is missing");
	if (trimmed[strspn(trimmed, " \t")] == '"')
		return error_new(ERROR_USAGE,
		                 "a number or an errno name is wanted, not a "
		                 "string");
	if (call_errno_value(trimmed + strspn(trimmed, " \t"), value))
		return NULL;
	TRY(session_compile(s, trimmed, &expr));
	err = session_evaluate(s, t, expr, &result);
	expr_destroy(expr);
	if (err)
		return err;
	if (result.type == EXPR_STRING)
		return error_new(ERROR_USAGE,
		                 "a number or an errno name is wanted, not a "
		                 "string");
	*value = result.i;
	return NULL;
}
