/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At a call: which rules want it, in their order; at an exit the last layer
 * first, so that each sees the result as those behind it have left it.
 */
#include "session/rule_internal.h"

#include "session/frames.h"

static void complain(const struct rule_run *run, struct rule *r,
                     struct error *err)
{
	r->failures++;
	if (!r->complained && err->kind != ERROR_GONE) {
		r->complained = true;
		output_begin(run->s);
		out_message(run->s->out, "warning", ROLE_WARNING,
		            "warning: rule %u failed, and the call goes on "
		            "without it: %s (said once)", r->number,
		            err->message);
		output_end(run->s);
	}
	error_destroy(err);
}

static bool holds(const struct rule_run *run, struct rule *r)
{
	struct error *err;
	bool truth = false;

	if (!r->condition)
		return true;
	frames_unselect(run->t);
	run->s->examined = run->t;
	err = session_evaluate_bool(run->s, run->t, r->condition, &truth);
	run->s->examined = NULL;
	if (!err)
		return truth;
	/* A call of the set that does not have what is asked for. */
	if (err->kind == ERROR_NOT_FOUND)
		error_destroy(err);
	else
		complain(run, r, err);
	return false;
}

static bool has_exit_acts(const struct rule *r)
{
	for (size_t i = 0; i < r->acts.len; i++)
		if (r->acts.items[i].phase == CATCH_EXIT)
			return true;
	return false;
}

/* Not every time is R's: all must be counted. */
static bool counts(const struct rule *r)
{
	return r->when.first != 1 || r->when.last || r->when.step != 1;
}

/* Nothing is left to be decided for any layer. */
static bool is_settled(const struct call *call)
{
	return call->plan.fate == FATE_SKIP || call->plan.has_nr;
}

/*
 * Whether it is R's turn: its call, its condition, its time, which counts where
 * another has decided too.
 */
static bool matches(const struct rule_run *run, struct rule *r)
{
	bool lost = r->decides && (is_settled(run->call) ||
	                           rule_layer_decided(run, r));

	if (lost && !counts(r))
		return false;
	if (!holds(run, r) ||
	    !rule_when_counts(run->s, r, run->t, run->call) || lost)
		return false;
	if (r->ignore) {
		r->ignore--;
		return false;
	}
	r->hits++;
	return true;
}

/* What R, at the entry, has DECIDED beside the plan BEFORE. */
static void keep_decision(const struct rule_run *run, const struct rule *r,
                          const struct call_plan *before, bool decided)
{
	struct call_plan *plan = &run->call->plan;

	/* The first layer is the one that the program's result comes from. */
	if (before->has_result)
		plan->result = before->result;
	if (decided && !is_settled(run->call))
		rule_layer_keep(run, r, before);
}

/* A decision that failed takes back what R has decided before. */
static void act(const struct rule_run *run, struct rule *r, bool late)
{
	struct call *call = run->call;
	struct call_plan before = call->plan;
	size_t stored = thread_info(run->t)->stored.len;
	bool decided = late;
	struct error *err = rule_do(run, r, &decided);

	if (run->phase == CATCH_ENTRY && (!err || !r->decides)) {
		keep_decision(run, r, &before, decided);
	} else if (run->phase == CATCH_ENTRY) {
		call->plan = before;
		call_unstore_from(run->t, stored);
	}
	if (err)
		complain(run, r, err);
}

/* What is decided at the exit is so from the entry on: no other may. */
static bool decides_late(const struct rule *r)
{
	for (size_t i = 0; i < r->acts.len; i++)
		if (r->acts.items[i].phase == CATCH_EXIT &&
		    rule_act_decides(&r->acts.items[i]) &&
		    !r->acts.items[i].chance.given)
			return true;
	return false;
}

static void keep_due(const struct rule_run *run, const struct rule *r)
{
	if (!has_exit_acts(r))
		return;
	run->call->plan.rules_at_exit = true;
	vec_push(&thread_info(run->t)->dues,
	         (struct rule_due){ run->call->log_index, r->number });
}

static void at_entry(const struct rule_run *run, struct rule *r)
{
	if (r->at_exit) {
		run->call->plan.rules_at_exit = true;
	} else if (matches(run, r)) {
		act(run, r, decides_late(r));
		keep_due(run, r);
	}
}

/* Whether R acted at CALL's entry, and was to do so here. */
static bool take_due(const struct rule_run *run, const struct rule *r)
{
	struct thread_info *info = thread_info(run->t);

	for (size_t i = 0; i < info->dues.len; i++) {
		const struct rule_due *due = &info->dues.items[i];

		if (due->call == run->call->log_index &&
		    due->rule == r->number)
			return true;
	}
	return false;
}

static void at_exit(const struct rule_run *run, struct rule *r)
{
	if (r->at_exit ? matches(run, r) : take_due(run, r))
		act(run, r, false);
}

/* The call is over, and so are those that never came to their exits. */
static void forget_dues(struct thread *t, uint64_t call)
{
	struct thread_info *info = thread_info(t);

	while (info->dues.len &&
	       info->dues.items[info->dues.len - 1].call >= call)
		info->dues.len--;
	while (info->changes.len &&
	       info->changes.items[info->changes.len - 1].call >= call)
		info->changes.len--;
	if (info->depth <= 1)
		info->dues.len = info->changes.len = 0;
}

/* The rule at PLACE is asked, with the call as it comes to its layer. */
static void ask(const struct rule_run *run, const struct rule_list *rules,
                size_t place)
{
	struct rule *r = rules->items[place];
	struct syscall_view own, changed;
	bool layered;

	if (!r->enabled || !syscall_set_has(r->set, &run->call->view))
		return;
	layered = thread_info(run->t)->changes.len &&
	          rule_layer_view(run, rules, place, &changed);
	if (layered) {
		own = run->call->view;
		run->call->view = changed;
	}
	if (run->phase == CATCH_ENTRY)
		at_entry(run, r);
	else
		at_exit(run, r);
	if (layered)
		run->call->view = own;
}

/* The rules of each layer in their order, the last layer first. */
static void ask_backward(const struct rule_run *run,
                         const struct rule_list *rules)
{
	for (size_t end = rules->len, begin; end; end = begin) {
		begin = end - 1;
		while (begin && rules->items[begin - 1]->layer ==
		                rules->items[begin]->layer)
			begin--;
		for (size_t i = begin; i < end; i++)
			ask(run, rules, i);
	}
}

void rules_at_call(struct session *s, struct thread *t, struct call *call,
                   struct catch_verdict *verdict)
{
	const struct rule_list *rules = rules_of_call(s->rules, &call->view);
	const struct rule_run run = {
		.s = s, .t = t, .call = call, .verdict = verdict,
		.phase = call->phase == CALL_AT_ENTRY ? CATCH_ENTRY
		                                      : CATCH_EXIT,
	};

	/* What calls without an exit of their own have left. */
	if (run.phase == CATCH_ENTRY)
		forget_dues(t, call->log_index);
	for (size_t i = 0; run.phase == CATCH_ENTRY && i < rules->len; i++)
		ask(&run, rules, i);
	if (run.phase == CATCH_EXIT) {
		ask_backward(&run, rules);
		forget_dues(t, call->log_index);
	}
}

void rules_send(struct thread *t)
{
	struct thread_info *info = thread_info(t);

	for (int signal = 1; info->due_signals; signal++) {
		uint64_t bit = UINT64_C(1) << (signal - 1);

		if (!(info->due_signals & bit))
			continue;
		info->due_signals &= ~bit;
		info->sent_signals |= bit;
		error_destroy(target_send(t, signal));
	}
}

void rules_drop(struct thread *t)
{
	struct thread_info *info = thread_info(t);

	info->dues.len = info->changes.len = 0;
	info->due_signals = 0;
	info->wakes = 0;
}
