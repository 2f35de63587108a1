/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/engine.h"

#include "session/internal.h"
#include "session/step.h"
#include "target/filter.h"

#include "base/alloc.h"

static void want_entries(void *ctx, const struct syscall_set *set)
{
	syscall_set_numbers(set, &((struct engine_wants *)ctx)->calls);
}

static void want(struct engine_wants *wants, const struct syscall_set *set)
{
	if (syscall_set_is_all(set))
		wants->all = true;
	else
		want_entries(wants, set);
}

static void want_breakpoint(struct engine_wants *wants,
                            const struct breakpoint *b)
{
	const struct syscall_set *set = catch_syscall_set(b);

	/* A watchpoint looks at the exits of all calls. */
	if (!set)
		wants->all = true;
	else if (catch_syscall_phases(b) & CATCH_EXIT)
		want(wants, set);
	else
		want_entries(wants, set);
}

void engine_gather(struct session *s)
{
	struct engine_wants wants = { .warned = s->wants.warned,
	                              .told = s->wants.told };

	for (size_t i = 0; i < s->call_breakpoints.len; i++)
		if (s->call_breakpoints.items[i]->enabled)
			want_breakpoint(&wants, s->call_breakpoints.items[i]);
	for (size_t i = 0; i < TRACES_MAX; i++)
		if (s->traces.traces[i])
			want(&wants, s->traces.traces[i]->set);
	if (s->plan.kind == PLAN_SYSUNTIL)
		want_entries(&wants, s->plan.set);
	rules_wanted(s, &wants.calls);
	s->wants = wants;
}

/* Processes may leave scdb while they run, and would take filters along. */
static bool processes_leave(const struct session *s)
{
	return s->settings.detach_on_fork || s->settings.yield_to_tracer ||
	       s->settings.follow_fork != FOLLOW_BOTH;
}

/* What speaks against filters, whichever the process; NULL: nothing. */
static const char *general_refusal(const struct session *s)
{
	switch ((enum engine)s->settings.engine) {
	case ENGINE_PTRACE:
		return "engine is ptrace";
	case ENGINE_AUTO:
		if (!s->stays_to_end)
			return "a process with a filter can't be let go, and "
			       "you may want to";
		break;
	case ENGINE_SECCOMP:
		break;
	}
	if (processes_leave(s))
		return "processes may leave scdb, and their calls would fail";
	return s->wants.all ? "every call is wanted" : NULL;
}

static const char *refusal(const struct session *s, const struct process *p)
{
	const char *why = general_refusal(s);

	if (why)
		return why;
	if (!p->launched)
		return "it was attached";
	if (p->filter.own)
		return "the program has a filter of its own, which comes "
		       "before";
	return p->filter.refusal;
}

/* Whether filters of P's tell of all that is wanted. */
static bool filters(const struct session *s, const struct process *p)
{
	return p->filter.count && !refusal(s, p) &&
	       call_bits_cover(&p->filter.calls, &s->wants.calls);
}

/*
 * A process that can't gain rights by running a set-uid program loses nothing by
 * no_new_privs: one that is traced without CAP_SYS_PTRACE.
 */
static enum filter_rights rights(const struct session *s)
{
	return s->settings.engine == ENGINE_SECCOMP ||
	       !target_keeps_gains() ? FILTER_NO_GAINS : FILTER_AS_IS;
}

static void warn(struct session *s, const struct process *p)
{
	if (!p->filter.no_gains || s->wants.warned || !target_keeps_gains())
		return;
	s->wants.warned = true;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "warning: the filter of the engine seccomp has set "
	            "no_new_privs: set-uid programs that this one runs get no "
	            "rights by that");
	output_end(s);
}

/* Who asked for filters is told once that it goes without. */
static void tell_refusal(struct session *s, const struct process *p)
{
	if (s->wants.told || s->settings.engine != ENGINE_SECCOMP)
		return;
	s->wants.told = true;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING,
	            "warning: there is no filter, and every call stops: %s",
	            p->filter.refusal);
	output_end(s);
}

void engine_prepare(struct session *s, struct thread *t)
{
	struct process *p = t->process;
	struct call_bits missing = s->wants.calls;
	struct error *err;

	if (!target_filter_can_add(t) || refusal(s, p))
		return;
	call_bits_remove(&missing, &p->filter.calls);
	if (call_bits_empty(&missing))
		return;
	err = target_filter_add(t, &missing, rights(s));
	if (err && err->kind != ERROR_GONE && t->state == THREAD_STOPPED) {
		p->filter.refusal = xstrdup(err->message);
		tell_refusal(s, p);
	}
	error_destroy(err);
	warn(s, p);
}

/* Whether somebody waits for the exit of CALL. */
static bool exit_is_wanted(const struct session *s, const struct thread *t,
                           const struct call *call)
{
	const struct trace_call *traced = thread_info(t)->trace;

	for (size_t i = 0; i < s->call_breakpoints.len; i++) {
		const struct breakpoint *b = s->call_breakpoints.items[i];
		const struct syscall_set *set = catch_syscall_set(b);

		if (b->enabled && set &&
		    catch_syscall_phases(b) & CATCH_EXIT &&
		    syscall_set_has(set, &call->view))
			return true;
	}
	return traced && traced->active;
}

void engine_at_signal(struct thread *t)
{
	const siginfo_t *info = &t->stop.siginfo;
	bool fault = info->si_code > 0 &&
	             (info->si_signo == SIGSEGV || info->si_signo == SIGBUS ||
	              info->si_signo == SIGFPE || info->si_signo == SIGILL ||
	              info->si_signo == SIGSYS || info->si_signo == SIGTRAP);

	if (t->process->alive > 1 && info->si_code != SI_TKILL && !fault)
		t->process->shared_signals = true;
}

/*
 * A thread that is woken for a signal which another one takes makes its call
 * again, and of that nobody is told but by the call's exit.
 */
static bool may_restart_unseen(const struct thread *t, const struct call *call)
{
	return t->process->shared_signals && t->process->alive > 1 &&
	       call->plan.fate == FATE_RUN;
}

/* Whether T has a call that may be made again, or one whose exit is wanted. */
static bool is_in_wanted_call(const struct session *s, const struct thread *t)
{
	const struct thread_info *info = thread_info(t);

	for (size_t i = 0; i < info->depth; i++) {
		const struct call *call = &info->calls[i];

		if (call->phase == CALL_SUSPENDED ||
		    (call->phase == CALL_INSIDE &&
		     (exit_is_wanted(s, t, call) ||
		      may_restart_unseen(t, call))))
			return true;
	}
	return info->end_deferred;
}

/*
 * Of PTRACE_SYSCALL a call that is skipped makes two stops, of PTRACE_SYSEMU
 * one; a call that runs two, and three: it is made again (carry_again).
 */
static bool skips_nearly_all(const struct session *s, const struct thread *t)
{
	return s->settings.engine != ENGINE_PTRACE && !s->wants.all &&
	       thread_info(t)->skips >= SKIPS_MANY;
}

enum resume_mode engine_mode(const struct session *s, const struct thread *t)
{
	if (plan_follows_calls(s, t) || carry_needs_exit(t) || step_is_of(t) ||
	    is_in_wanted_call(s, t))
		return RESUME_SYSCALL;
	if (filters(s, t->process))
		return RESUME_CONT;
	return skips_nearly_all(s, t) ? RESUME_SYSEMU : RESUME_SYSCALL;
}

/*
 * From now on the program's filter may answer calls before scdb's tells of
 * them: all threads of the process are to stop at every call.
 */
void engine_at_entry(struct session *s, struct thread *t)
{
	struct process *p = t->process;

	if (p->filter.own || !filter_is_made_by(&t->stop.call))
		return;
	p->filter.own = true;
	if (p->filter.count && p->alive > 1)
		target_stop_all(s->target, 2000);
}

/* Leaving. */

struct error *engine_check_leave(const struct process *p)
{
	if (!p->filter.count)
		return NULL;
	return error_new(ERROR_REFUSED, "it has a filter of scdb's in the "
	                 "kernel, which stays: the calls that it stops would "
	                 "fail with ENOSYS without scdb (`detach -f` does it "
	                 "all the same; with `set engine ptrace` before `run` "
	                 "there is no filter)");
}

struct error *engine_check_leaving(struct session *s, uint64_t value)
{
	for (size_t i = 0; value && i < s->target->processes.len; i++)
		if (s->target->processes.items[i]->filter.count)
			return error_new(ERROR_REFUSED, "a process has a "
			                 "filter of scdb's, with which it and "
			                 "its children can't leave: set it "
			                 "before `run`");
	return NULL;
}

struct error *engine_check_follow(struct session *s, uint64_t value)
{
	return engine_check_leaving(s, value != FOLLOW_BOTH);
}

/* Showing. */

const char *engine_note(struct session *s)
{
	engine_gather(s);
	return general_refusal(s) ? "ptrace" : "seccomp";
}

static bool is_emulated(const struct session *s, const struct process *p)
{
	for (size_t i = 0; i < p->threads.len; i++)
		if (skips_nearly_all(s, p->threads.items[i]))
			return !filters(s, p);
	return false;
}

static void process_row(struct session *s, const struct process *p)
{
	const char *why = p->core ? "it is a core" : refusal(s, p);
	const char *engine = filters(s, p) ? "seccomp" : "ptrace";
	struct out *o = s->out;

	if (is_emulated(s, p)) {
		engine = "sysemu";
		why = "nearly all its calls are skipped";
	}

	if (!why && !p->filter.count)
		why = call_bits_empty(&s->wants.calls)
		      ? "no call is wanted" : "it has not gone on since";
	out_row(o);
	out_uint(o, "inferior", ROLE_NUMBER, p->number, "%u", p->number);
	out_int(o, "pid", ROLE_NUMBER, p->pid, "%d", (int)p->pid);
	out_str(o, "engine", ROLE_NAME, engine);
	out_uint(o, "filters", ROLE_NUMBER, p->filter.count, "%u",
	         p->filter.count);
	out_bool(o, "no_new_privs", p->filter.no_gains,
	         p->filter.no_gains ? "set" : "-");
	out_str(o, "reason", ROLE_PLAIN, why ? why : "");
}

void engine_show(struct session *s)
{
	static const struct out_column columns[] = {
		{ "inferior", "Num", true }, { "pid", "PID", true },
		{ "engine", "Engine", false }, { "filters", "Filters", true },
		{ "no_new_privs", "no_new_privs", false },
		{ "reason", "Because", false },
	};
	static const char *const names[] = {
		[ENGINE_AUTO] = "auto", [ENGINE_PTRACE] = "ptrace",
		[ENGINE_SECCOMP] = "seccomp",
	};
	struct out *o = s->out;

	engine_gather(s);
	out_begin(o, "engine");
	out_text(o, ROLE_PLAIN, "Engine ");
	out_str(o, "setting", ROLE_NAME, names[s->settings.engine]);
	out_text(o, ROLE_PLAIN, "; the kernel has told of ");
	out_uint(o, "stops", ROLE_NUMBER, s->target->stops, "%llu",
	         (unsigned long long)s->target->stops);
	out_text(o, ROLE_PLAIN, " stops\n");
	if (s->target->processes.len) {
		out_table_begin(o, "processes", columns, ARRAY_LEN(columns));
		for (size_t i = 0; i < s->target->processes.len; i++)
			process_row(s, s->target->processes.items[i]);
		out_table_end(o);
	}
	out_end(o);
}
