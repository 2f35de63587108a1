/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way of a stop: what the kernel told is entered (session/track.c), the
 * owners are asked in their order (catchpoints, stepping plans, signals), and
 * the thread goes on, or everything stops and the user is shown it.
 *
 * A stop that nobody will see formats nothing and reads nothing.
 */
#include "session/internal.h"
#include "session/call_dummy.h"
#include "session/delay.h"
#include "session/sites.h"
#include "session/step.h"
#include "session/watch.h"

#include "base/alloc.h"
#include "base/log.h"
#include "session/catch_event.h"
#include "target/procfs.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

struct thread_info *thread_info(const struct thread *t)
{
	struct thread *thread = (struct thread *)(uintptr_t)t;

	if (!thread->user) {
		struct thread_info *info = xcalloc(1, sizeof(*info));

		info->signal = -1;
		thread->user = info;
	}
	return thread->user;
}

bool stop_may_show_calls(const struct session *s, const struct thread *t)
{
	return catch_any(s) || rules_any(s) || plan_wants_calls(s, t) ||
	       carry_needs_exit(t);
}

static bool wants_calls(const struct session *s, const struct thread *t)
{
	return stop_may_show_calls(s, t) || trace_any(s) ||
	       s->settings.yield_to_tracer;
}

bool session_is_stopped(const struct session *s, const struct thread *t)
{
	return t->state == THREAD_STOPPED &&
	       (s->run == RUN_STOPPED || thread_info(t)->held ||
	        s->examined == t);
}

bool stop_is_job(const struct thread *t)
{
	return t->stop.reasons & STOP_GROUP && t->process->launched &&
	       (t->stop.signal == SIGTSTP || t->stop.signal == SIGTTIN ||
	        t->stop.signal == SIGTTOU);
}

void stop_resume(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	int signal = 0;
	enum resume_mode mode;
	bool calls, seen;

	if (delay_holds(s, t))
		return;
	rules_send(t);
	/* When it has died it is too late. */
	if (!info->comm[0])
		thread_name_refresh(t);
	info->booked = false;
	notes_clear(t);
	if (t->stop.reasons & STOP_GROUP && info->signal < 0) {
		target_listen(t);
		return;
	}
	calls = !t->process->passing && wants_calls(s, t);
	if (calls)
		engine_prepare(s, t);
	if (t->state != THREAD_STOPPED)
		return;
	if (info->signal >= 0)
		signal = info->signal;
	else if (t->stop.reasons & (STOP_SIGNAL | STOP_TRAP) &&
	         (t->process->passing ||
	          session_signal_action(s, t->stop.signal).pass))
		signal = t->stop.signal;
	seen = info->shown;
	image_process_ran(t->process, false);
	track_signal(t, signal);
	track_resume(s, t);
	if (!calls)
		track_lose(t);
	if (info->signal > 0 && !(t->stop.reasons & (STOP_SIGNAL | STOP_TRAP)))
		info->sent_signals |= UINT64_C(1) << (info->signal - 1);
	info->signal = -1;
	info->shown = info->unoffered = info->at_register = false;
	mode = calls ? engine_mode(s, t) : RESUME_CONT;
	info->single = false;
	if (step_is_of(t))
		step_resume(s, t, signal, seen, &mode);
	info->watch_step = calls && watch_steps(s, t);
	if (info->watch_step && mode != RESUME_STEP)
		mode = watch_step_mode(t);
	if (displaced_leave(s, t, signal, &mode))
		target_resume(t, mode, signal);
}

/* Whose stop it is that is about to be shown. */
static void name_stop(struct session *s, const struct thread *t,
                      const struct catch_verdict *verdict)
{
	s->stop_breakpoint = verdict->number;
	s->stop_shown = verdict->shown;
	s->stop_tid = t->tid;
}

/* The exit of a call that was skipped without -s is for rules alone. */
static bool is_seen(const struct call *call)
{
	return call->phase != CALL_AT_EXIT || call->plan.fate == FATE_RUN ||
	       call->plan.stop_at_exit;
}

/* Shows T's call stop where somebody wants it. */
static bool offer_call(struct session *s, struct thread *t)
{
	struct call *call = call_current(t);
	struct catch_verdict verdict = { 0 };
	bool show;

	if (!call)
		return false;
	if (s->settings.yield_to_tracer && follow_yield(s, t, call))
		return true;
	rules_at_call(s, t, call, &verdict);
	if (is_seen(call))
		catch_at_call(s, t, call, &verdict);
	if (call->phase == CALL_AT_EXIT)
		watch_at_exit(s, t, &verdict);
	show = verdict.stop;
	if (is_seen(call) && plan_at_call(s, t, call) == SHOW)
		show = true;
	if (call->phase == CALL_AT_EXIT && call->plan.stop_at_exit)
		show = true;
	if (!show)
		return false;
	name_stop(s, t, &verdict);
	stop_all_and_show(s, t, verdict.silent);
	return true;
}

/* The stop's news, and the end of an older call behind it. */
static bool offer_calls(struct session *s, struct thread *t, bool news)
{
	if (news && offer_call(s, t))
		return true;
	while (track_deferred_end(s, t))
		if (offer_call(s, t))
			return true;
	return false;
}

/*
 * Whether P's parent is who made it: by CLONE_PARENT it is another process, with
 * breakpoints of its own, or none of the program's.
 */
static bool maker_is_known(const struct session *s, const struct process *p)
{
	const struct process *maker = target_process(s->target, p->parent);

	return maker && (p->born || !sites_xol(maker) ||
	                 proc_same_exe(p->pid, maker->pid));
}

/*
 * A process or thread is here for the first time.  Whoever made it may stand in
 * a call whose arguments were changed; its event may not have come yet.
 */
static void take_new(struct session *s, struct thread *t)
{
	struct process *p = t->process;
	struct process *maker = p->threads.len > 1
	                        ? p : target_process(s->target, p->parent);

	thread_name_refresh(t);
	if (p->threads.len == 1 && p->parent && !maker_is_known(s, p)) {
		/* The event of who made it is about to come. */
		target_stop_all(s->target, 2000);
		maker = target_process(s->target, p->parent);
	}
	if (p->threads.len == 1 && p->passing) {
		sites_process_born(s, p);
	} else if (p->threads.len == 1 && p->parent) {
		sites_process_born(s, p);
		show_process_born(s, p);
		follow_fork(s, p);
		breakpoints_process_forked(s, p);
		watch_process_forked(s, p);
	}
	for (size_t i = 0; maker && i < maker->threads.len; i++)
		if (maker->threads.items[i] != t)
			track_birth(maker->threads.items[i], t);
	track_born(t);
}

void stop_take_terminal(struct session *s)
{
	if (s->run == RUN_FOREGROUND && s->hooks.terminal_take)
		s->hooks.terminal_take(s->hooks.ctx);
}

static void no_process_left(struct session *s)
{
	stop_take_terminal(s);
	trace_flush(s);
	s->run = RUN_NONE;
	s->current = NULL;
	plan_clear(s);
}

/* True where it was the last process: what ran has ended. */
static bool take_death(struct session *s, struct thread *t)
{
	bool last = t->stop.reasons & STOP_LAST;

	if (last) {
		bool exited = t->stop.reasons & STOP_EXITED;

		s->last_exit_status = exited ? t->stop.exit_status : -1;
		s->last_exit_signal = exited ? 0 : t->stop.signal;
	}
	if (last && target_thread_count(s->target) == 0)
		stop_take_terminal(s);
	if (!t->process->passing)
		trace_death(s, t);
	if (last && !t->process->passing)
		show_death(s, &t->stop);
	target_forget(t);
	breakpoints_reap(s);
	s->may_be_idle = true;
	if (s->target->processes.len)
		return false;
	no_process_left(s);
	return true;
}

/* `signal N`, sent where it could not be passed on: it is not news. */
static bool is_own_signal(const struct thread *t)
{
	struct thread_info *info = thread_info(t);
	uint64_t bit = UINT64_C(1) << (t->stop.signal - 1);
	bool own = info->sent_signals & bit &&
	           t->stop.siginfo.si_code <= 0 &&
	           t->stop.siginfo.si_pid == getpid();

	if (own)
		info->sent_signals &= ~bit;
	return own;
}

/* True: a breakpoint wanted this stop, which was shown. */
static bool stop_for(struct session *s, struct thread *t,
                     const struct catch_verdict *verdict)
{
	if (!verdict->stop)
		return false;
	name_stop(s, t, verdict);
	stop_all_and_show(s, t, verdict->silent);
	return true;
}

static bool take_signal(struct session *s, struct thread *t)
{
	struct catch_verdict verdict = { 0 };

	s->stop_breakpoint = 0;
	trace_signal(s, t);
	if (is_own_signal(t)) {
		thread_info(t)->signal = t->stop.signal;
		return false;
	}
	catch_at_signal(s, t, &verdict);
	if (stop_for(s, t, &verdict))
		return true;
	if (signals_at_stop(s, t) != SHOW)
		return false;
	stop_all_and_show(s, t, false);
	return true;
}

static void take_birth(struct session *s, struct thread *t)
{
	struct thread *made = target_thread(s->target, t->stop.child);

	if (!made)
		return;
	track_maker(t, made);
	/* While its maker is there for sure. */
	if (made->process != t->process)
		sites_process_born(s, made->process);
}

/* T may have run into a breakpoint. */
static bool take_site(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	struct catch_verdict verdict = { 0 };
	taddr addr = info->register_pc;
	unsigned means = info->at_register ? MEANS_REGISTER : 0;

	info->at_register = false;
	if (displaced_hit(t, &addr))
		means |= MEANS_SITE;
	if (!means || t->process->passing)
		return false;
	breakpoints_at(s, t, addr, means, &verdict);
	if (means & MEANS_SITE)
		watch_at_site(s, t, addr, &verdict);
	return stop_for(s, t, &verdict);
}

/* What a stop tells of processes and threads is entered, once. */
static void book(struct session *s, struct thread *t)
{
	unsigned reasons = t->stop.reasons;

	if (thread_info(t)->booked)
		return;
	if (reasons & STOP_NEW)
		take_new(s, t);
	if (reasons & (STOP_CLONE | STOP_FORK | STOP_VFORK))
		take_birth(s, t);
	if (reasons & STOP_EXEC) {
		thread_name_refresh(t);
		track_exec(t);
		dummy_forget(thread_info(t));
		if (step_is_of(t))
			plan_drop(s, t);
		image_process_ran(t->process, true);
		if (t->process->passing) {
			vec_push(&s->releases, t->process->pid);
		} else {
			run_program_begins(s, t);
			trace_exec(s, t);
			show_exec(s, t);
			breakpoints_process_new(s, t->process);
			watch_process_new(s, t->process);
		}
	}
	if (reasons & STOP_VFORK_DONE && !t->process->passing)
		sites_replant(t->process);
	if (reasons & (STOP_INTERRUPT | STOP_SIGNAL | STOP_GROUP) &&
	    !t->process->passing)
		track_found(s, t);
	if (reasons & STOP_SIGNAL)
		engine_at_signal(t);
	if (reasons & (STOP_TRAP | STOP_STEPPED | STOP_DEBUG))
		track_outside(t);
	thread_info(t)->booked = true;
}

static bool offer_event(struct session *s, struct thread *t)
{
	struct catch_verdict verdict = { 0 };

	if (!catch_event_wanted(s, t))
		return false;
	catch_at_event(s, t, &verdict);
	return stop_for(s, t, &verdict);
}

static bool take_step(struct session *s, struct thread *t,
                      enum verdict verdict)
{
	if (verdict != SHOW)
		return false;
	s->stop_breakpoint = 0;
	stop_all_and_show(s, t, false);
	return true;
}

static bool offer_watch(struct session *s, struct thread *t)
{
	struct catch_verdict verdict = { 0 };

	if (!(t->stop.reasons & STOP_DEBUG) && !thread_info(t)->watch_step)
		return false;
	watch_at_stop(s, t, &verdict);
	return stop_for(s, t, &verdict);
}

/* Everything but the deaths.  True: it was shown, and T stays. */
static bool take_live(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	unsigned reasons;
	bool news = info->unoffered;

	displaced_enter(s, t);
	step_enter(s, t);
	reasons = t->stop.reasons;
	book(s, t);
	if (t->process->passing)
		return false;
	if (offer_event(s, t) || offer_watch(s, t))
		return true;
	reasons = t->stop.reasons;
	if (reasons & (STOP_ENTRY | STOP_EXIT)) {
		if (reasons & STOP_ENTRY)
			engine_at_entry(s, t);
		if (!info->unoffered)
			news = track_stop(s, t);
		info->unoffered = false;
		if (offer_calls(s, t, news) ||
		    take_step(s, t, step_at_call(s, t, call_current(t))))
			return true;
	}
	if (info->dummies.len && dummy_at_stop(s, t))
		return true;
	if (reasons & STOP_STEPPED &&
	    (take_site(s, t) || take_step(s, t, step_at_stop(s, t))))
		return true;
	if (reasons & (STOP_SIGNAL | STOP_TRAP))
		return take_signal(s, t);
	if (reasons & STOP_GROUP && s->run == RUN_FOREGROUND &&
	    t->process->pid == s->terminal_group && stop_is_job(t)) {
		/* The terminal is nobody's now, as a shell would find it. */
		stop_all_and_show(s, t, false);
		return true;
	}
	if (reasons & STOP_GROUP) {
		trace_group_stop(s, t);
		show_group_stop(s, t);
	}
	return false;
}

bool stop_has_news(struct session *s, struct thread *t)
{
	struct thread_info *info = thread_info(t);
	unsigned reasons;
	unsigned quiet = STOP_INTERRUPT | STOP_NEW | STOP_CLONE | STOP_FORK |
	                 STOP_VFORK | STOP_VFORK_DONE | STOP_EXEC;

	displaced_enter(s, t);
	step_enter(s, t);
	reasons = t->stop.reasons;
	if (reasons & STOP_STEPPED && !(reasons & STOP_DEBUG))
		return info->at_site || info->at_register;
	if (reasons & (STOP_ENTRY | STOP_EXIT)) {
		if (!info->unoffered)
			info->unoffered = track_stop(s, t);
		return info->unoffered || info->end_deferred;
	}
	if (!(reasons & quiet) || reasons & (STOP_SIGNAL | STOP_GROUP))
		return true;
	book(s, t);
	return catch_event_wanted(s, t);
}

bool stop_handle(struct session *s, struct stop *stop)
{
	struct thread *t = stop->thread;

	if (stop->reasons & (STOP_EXITED | STOP_KILLED))
		return take_death(s, t);
	if (thread_info(t)->held && !thread_info(t)->asked) {
		thread_info(t)->parked = stop_has_news(s, t);
		return false;
	}
	if (take_live(s, t))
		return true;
	if (thread_info(t)->asked) {
		s->stop_breakpoint = 0;
		stop_all_and_show(s, t, false);
		return true;
	}
	if ((s->run == RUN_FOREGROUND || s->run == RUN_BACKGROUND) &&
	    !thread_info(t)->held)
		stop_resume(s, t);
	return false;
}

/* What came while all were stopped.  True: it was shown. */
static bool take_queued(struct session *s)
{
	struct stop *stop;
	bool shown = false;

	while (!shown && (stop = target_next(s->target))) {
		struct thread *t = stop->thread;

		if (stop->reasons & (STOP_EXITED | STOP_KILLED))
			shown = take_death(s, t);
		else if (thread_info(t)->held)
			thread_info(t)->parked = stop_has_news(s, t);
		else
			shown = take_live(s, t);
	}
	return shown;
}

bool stop_resume_all(struct session *s)
{
	struct target *target = s->target;
	VEC(struct thread *) ready = { 0 };
	bool shown = take_queued(s);

	engine_gather(s);
	for (size_t i = 0; !shown && i < target->processes.len; i++) {
		struct process *p = target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++) {
			struct thread *t = p->threads.items[k];

			if (t->state == THREAD_STOPPED &&
			    !thread_info(t)->held)
				vec_push(&ready, t);
		}
	}
	for (size_t i = 0; !shown && i < ready.len; i++)
		shown = offer_calls(s, ready.items[i], false);
	for (size_t i = 0; !shown && i < ready.len; i++)
		if (ready.items[i]->state == THREAD_STOPPED)
			stop_resume(s, ready.items[i]);
	vec_deinit(&ready);
	return shown;
}

void stop_release(struct session *s)
{
	enum run_state before = s->run;

	s->run = RUN_STOPPED;
	stop_all(s);
	while (s->releases.len) {
		pid_t pid = s->releases.items[--s->releases.len];
		struct process *p = target_process(s->target, pid);

		if (!p)
			continue;
		output_begin(s);
		if (!p->passing)
			show_detached(s, pid, ROLE_DIM);
		output_end(s);
		session_release(s, p);
	}
	s->run = before;
	if (!s->target->processes.len)
		no_process_left(s);
	else if (s->run == RUN_FOREGROUND || s->run == RUN_BACKGROUND)
		stop_resume_all(s);
}

bool stop_take_deaths(struct session *s)
{
	VEC(struct thread *) all = { 0 };
	struct stop *stop;
	bool ended = false;

	while ((stop = target_next(s->target)))
		vec_push(&all, stop->thread);
	for (size_t i = 0; i < all.len; i++) {
		struct thread *t = all.items[i];

		if (!(t->stop.reasons & (STOP_EXITED | STOP_KILLED)))
			target_requeue(t);
		else
			ended = take_death(s, t) || ended;
	}
	vec_deinit(&all);
	return ended;
}
