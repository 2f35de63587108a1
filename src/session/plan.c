/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stepping by calls: sysstep, sysuntil, sysfinish. */
#include "session/internal.h"

#include "expr/expr.h"
#include "session/step.h"

void plan_clear(struct session *s)
{
	syscall_set_destroy(s->plan.set);
	expr_destroy(s->plan.condition);
	step_clear(s);
	s->plan = (struct plan){ 0 };
}

void plan_thread_dies(struct session *s, struct thread *t)
{
	/* The others run on: there is nobody left to step. */
	if (s->plan.thread == t)
		plan_clear(s);
}

bool plan_wants_calls(const struct session *s, const struct thread *t)
{
	return s->plan.kind != PLAN_NONE && s->plan.kind != PLAN_STEP &&
	       (!s->plan.thread || s->plan.thread == t);
}

static enum verdict sysstep_at_call(struct session *s, const struct call *call)
{
	enum catch_phases phase = call->phase == CALL_AT_ENTRY ? CATCH_ENTRY
	                                                       : CATCH_EXIT;

	if (!(s->phases & phase))
		return NOT_MINE;
	if (s->plan.count > 1) {
		s->plan.count--;
		return GO_ON;
	}
	return SHOW;
}

static enum verdict until_at_call(struct session *s, struct thread *t,
                                  const struct call *call)
{
	struct expr_value value;
	struct error *err;

	if (call->phase != CALL_AT_ENTRY ||
	    !syscall_set_has(s->plan.set, &call->view))
		return NOT_MINE;
	if (!s->plan.condition)
		return SHOW;
	err = session_evaluate(s, t, s->plan.condition, &value);
	if (err) {
		error_destroy(err);
		return NOT_MINE;
	}
	return value.u ? SHOW : NOT_MINE;
}

enum verdict plan_at_call(struct session *s, struct thread *t,
                          struct call *call)
{
	struct plan *plan = &s->plan;

	if (!plan_wants_calls(s, t))
		return NOT_MINE;
	switch (plan->kind) {
	case PLAN_SYSSTEP:
		return sysstep_at_call(s, call);
	case PLAN_SYSUNTIL:
		return until_at_call(s, t, call);
	case PLAN_SYSFINISH:
		return call->phase == CALL_AT_EXIT &&
		       call->log_index == plan->call ? SHOW : NOT_MINE;
	case PLAN_STEP: /* step_at_stop */
	case PLAN_NONE:
		break;
	}
	return NOT_MINE;
}
