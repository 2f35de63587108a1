/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule's actions at a call. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "session/delay.h"

#include <string.h>

static struct error *do_stores(const struct rule_run *run,
                               struct rule_act *act, int64_t *len)
{
	for (size_t i = 0; i < act->data.len; i++) {
		struct call_data data = { 0 };
		struct error *err = rule_data_make(run, &act->data.items[i],
		                                   true, &data);

		if (!err && run->phase == CATCH_ENTRY)
			err = call_store(run->t, data.addr, data.bytes,
			                 data.len);
		else if (!err)
			err = target_write(run->t->process, data.addr,
			                   data.bytes, data.len);
		free(data.bytes);
		if (err)
			return err;
		if (!i)
			*len = (int64_t)data.len;
	}
	return NULL;
}

static struct error *do_skip(const struct rule_run *run, struct rule_act *act)
{
	int64_t value, len = 0;

	TRY(do_stores(run, act, &len));
	TRY(rule_value_next(run->s, run->t, &act->values, len, &value));
	TRY(call_skip(run->t, value, act->shows_exit));
	run->call->plan.emulated = act->kind == ACT_EMULATE;
	return NULL;
}

static struct error *do_fake(const struct rule_run *run, struct rule_act *act)
{
	int64_t value;

	TRY(rule_value_next(run->s, run->t, &act->values, 0, &value));
	return call_fake(run->t, value);
}

/* A text gets a place in the program, a number is the argument itself. */
static struct error *do_arg_value(const struct rule_run *run,
                                  struct rule_act *act, unsigned index)
{
	AUTO_FREE char *text = NULL;
	struct expr_value value;

	TRY(rule_value_any(run->s, run->t, &act->values, 0, &value));
	if (value.type != EXPR_STRING)
		return call_set_arg(run->t, index, value.u);
	if (!call_arg_points(&run->call->view, index))
		return call_arg_is_number(&run->call->view, index);
	text = xstrndup(value.s.data, value.s.len);
	return call_set_arg_data(run->t, index, text, strlen(text) + 1);
}

static struct error *do_arg(const struct rule_run *run, struct rule_act *act)
{
	const struct syscall_view *view = &run->call->view;
	struct rule_data *data = act->data.len ? &act->data.items[0] : NULL;
	struct call_data made = { 0 };
	struct error *err;
	unsigned index;

	TRY(call_find_arg(view, data ? data->field.arg : act->name, &index));
	if (!data)
		return do_arg_value(run, act, index);
	err = rule_data_make(run, data, false, &made);
	if (!err && data->field.path)
		err = call_set_arg_field(run->t, index, &made);
	else if (!err)
		err = call_set_arg_data(run->t, index, made.bytes, made.len);
	free(made.bytes);
	return err;
}

/* Variables of rules hold numbers of 64 bits, and texts. */
static struct error *do_set(const struct rule_run *run, struct rule_act *act)
{
	const struct value_world *w = run->s->world;
	AUTO_VALUE struct value *made = NULL;
	struct expr_value value;

	TRY(rule_value_any(run->s, run->t, &act->values, 0, &value));
	made = value.type == EXPR_STRING
		? value_of_string(w, value.s.data, value.s.len)
		: value_of_integer(w, type_builtin(w->pool,
			value.type == EXPR_INT ? "long long"
			                       : "unsigned long long"),
			value.u);
	session_variable_set(run->s, act->name, made);
	return NULL;
}

static struct error *do_delay(const struct rule_run *run, struct rule_act *act)
{
	static const int64_t most = INT64_C(1000000000) * 86400 * 365;
	int64_t time = 1;

	if (act->values.items.len)
		TRY(rule_value_next(run->s, run->t, &act->values, 0, &time));
	if (time < 0 || (act->nanoseconds &&
	                 time > most / (int64_t)act->nanoseconds))
		return error_new(ERROR_USAGE, "%lld is no time to wait for",
		                 (long long)time);
	return delay_add(run->s, run->t, (uint64_t)time * act->nanoseconds);
}

static struct error *do_nr(const struct rule_run *run,
                           const struct rule_act *act)
{
	enum abi abi = run->call->made.abi;
	int64_t nr = syscall_number(abi, act->name);

	if (nr < 0 && act->name[0] >= '0' && act->name[0] <= '9')
		nr = strtol(act->name, NULL, 0);
	if (nr < 0)
		return error_new(ERROR_NOT_FOUND, "%s has no call %s",
		                 arch_abi(abi)->name, act->name);
	return call_set_nr(run->t, (uint64_t)nr);
}

/*
 * Beside a decision the stop is at the exit, where that is seen; else where the
 * rule acts.
 */
static void do_stop(const struct rule_run *run, const struct rule *r)
{
	struct call_plan *plan = &run->call->plan;

	if (run->phase == CATCH_ENTRY && r->decides &&
	    (plan->fate == FATE_SKIP || plan->has_result)) {
		plan->stop_at_exit = true;
		return;
	}
	run->verdict->stop = true;
	note_add(run->t, &(struct stop_note){
		.number = r->number, .title = "Rule", .kind = "rule" });
}

static void do_commands(const struct rule_run *run,
                        const struct rule_act *act, const struct rule *r)
{
	bool silent = act->lines.len &&
	              strcmp(act->lines.items[0], "silent") == 0;

	if (!silent)
		do_stop(run, r);
	run->verdict->silent = silent && (!run->verdict->stop ||
	                                  run->verdict->silent);
	run->verdict->stop = true;
	for (size_t i = silent; i < act->lines.len; i++)
		vec_push(&run->s->actions, xstrdup(act->lines.items[i]));
}

static struct error *do_one(const struct rule_run *run, const struct rule *r,
                            struct rule_act *act)
{
	int64_t len;

	switch (act->kind) {
	case ACT_STOP:
		do_stop(run, r);
		return NULL;
	case ACT_SKIP:
	case ACT_EMULATE:
		return do_skip(run, act);
	case ACT_FAKE:
		return do_fake(run, act);
	case ACT_ARG:
		return do_arg(run, act);
	case ACT_NR:
		return do_nr(run, act);
	case ACT_SIGNAL:
		thread_info(run->t)->due_signals |=
			UINT64_C(1) << (act->signal - 1);
		return NULL;
	case ACT_DELAY:
		return do_delay(run, act);
	case ACT_SET:
		return do_set(run, act);
	case ACT_POKE:
		return do_stores(run, act, &len);
	case ACT_LOG:
		rule_log(run->s, r, act, run->t, run->call);
		return NULL;
	case ACT_COMMANDS:
		do_commands(run, act, r);
		return NULL;
	case ACT_COUNT:
		break;
	}
	return NULL;
}

/* Something was said of the fate already, by an act that came by chance. */
static bool is_taken(const struct rule_run *run, const struct rule_act *act)
{
	return rule_act_decides(act) && run->call->plan.fate == FATE_SKIP;
}

struct error *rule_do(const struct rule_run *run, struct rule *r,
                      bool *decided)
{
	struct error *first = NULL;

	for (size_t i = 0; i < r->acts.len; i++) {
		struct rule_act *act = &r->acts.items[i];
		struct error *err;

		if (act->phase != run->phase || is_taken(run, act) ||
		    !rule_chance_takes(&act->chance))
			continue;
		err = do_one(run, r, act);
		if (err && rule_act_decides(act)) {
			error_destroy(first);
			return err;
		}
		if (!err && rule_act_decides(act))
			*decided = true;
		/* What only observes leaves the rest as it is. */
		if (first)
			error_destroy(err);
		else
			first = err;
	}
	return first;
}
