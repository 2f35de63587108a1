/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stepping by calls: sysstep, sysuntil, sysfinish. */
#include "session/internal.h"

#include "expr/expr.h"
#include "session/step.h"

static void end(struct session *s, struct plan *plan)
{
	syscall_set_destroy(plan->set);
	expr_destroy(plan->condition);
	step_destroy(s, plan->step);
	*plan = (struct plan){ 0 };
}

void plan_drop(struct session *s, struct thread *t)
{
	/* The others run on: there is nobody left to step. */
	if (t->user)
		end(s, &thread_info(t)->plan);
}

void plan_clear(struct session *s)
{
	end(s, &s->plan);
	for (size_t i = 0; i < s->target->processes.len; i++) {
		struct process *p = s->target->processes.items[i];

		for (size_t k = 0; k < p->threads.len; k++)
			plan_drop(s, p->threads.items[k]);
	}
}

struct plan *plan_begin(struct session *s, struct thread *t)
{
	if (s->settings.non_stop)
		plan_drop(s, t);
	else
		plan_clear(s);
	return &thread_info(t)->plan;
}

static bool is_of_calls(const struct plan *plan)
{
	return plan->kind != PLAN_NONE && plan->kind != PLAN_STEP;
}

bool plan_any(const struct session *s)
{
	return s->plan.kind != PLAN_NONE ||
	       (s->current && thread_info(s->current)->plan.kind != PLAN_NONE);
}

bool plan_wants_calls(const struct session *s, const struct thread *t)
{
	return is_of_calls(&s->plan) || is_of_calls(&thread_info(t)->plan);
}

bool plan_follows_calls(const struct session *s, const struct thread *t)
{
	return is_of_calls(&thread_info(t)->plan) ||
	       (is_of_calls(&s->plan) && s->plan.kind != PLAN_SYSUNTIL);
}

static enum verdict sysstep_at_call(const struct session *s,
                                    struct plan *plan,
                                    const struct call *call)
{
	enum catch_phases phase = call->phase == CALL_AT_ENTRY ? CATCH_ENTRY
	                                                       : CATCH_EXIT;

	if (!(s->phases & phase))
		return NOT_MINE;
	if (plan->count > 1) {
		plan->count--;
		return GO_ON;
	}
	return SHOW;
}

static enum verdict until_at_call(struct session *s, struct thread *t,
                                  const struct plan *plan,
                                  const struct call *call)
{
	struct expr_value value;
	struct error *err;

	if (call->phase != CALL_AT_ENTRY ||
	    !syscall_set_has(plan->set, &call->view))
		return NOT_MINE;
	if (!plan->condition)
		return SHOW;
	err = session_evaluate(s, t, plan->condition, &value);
	if (err) {
		error_destroy(err);
		return NOT_MINE;
	}
	return value.u ? SHOW : NOT_MINE;
}

static enum verdict ask(struct session *s, struct thread *t,
                        struct plan *plan, const struct call *call)
{
	switch (plan->kind) {
	case PLAN_SYSSTEP:
		return sysstep_at_call(s, plan, call);
	case PLAN_SYSUNTIL:
		return until_at_call(s, t, plan, call);
	case PLAN_SYSFINISH:
		return call->phase == CALL_AT_EXIT &&
		       call->log_index == plan->call ? SHOW : NOT_MINE;
	case PLAN_STEP: /* step_at_stop */
	case PLAN_NONE:
		break;
	}
	return NOT_MINE;
}

enum verdict plan_at_call(struct session *s, struct thread *t,
                          struct call *call)
{
	enum verdict verdict = ask(s, t, &thread_info(t)->plan, call);

	return verdict == SHOW ? SHOW : ask(s, t, &s->plan, call);
}
