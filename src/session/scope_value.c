/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the names of an expression come to at a stop. */
#include "session/scope_internal.h"

#include "session/internal.h"

#include "base/alloc.h"
#include "session/fields.h"
#include "session/frames.h"
#include "session/paths.h"
#include "session/world.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Where values come from at one evaluation. */
struct env_ctx {
	struct symbol_env place;       /* the first: see symbol_env_init */
	struct session *s;
	struct thread *thread;
	const struct call *call;
	struct error_room *room;       /* for errors, or NULL */
};

/* The longest string that a condition compares: a path, as in the kernel. */
enum { STRING_MAX = PATH_MAX + 1 };

/* Room for a string that stays until the next evaluation. */
static char *string_room(struct session *s)
{
	if (s->strings_used == s->strings.len)
		vec_push(&s->strings, xmalloc(STRING_MAX + 1));
	return s->strings.items[s->strings_used++];
}

static struct error *read_string(struct env_ctx *env, unsigned index,
                                 struct expr_value *value)
{
	const struct syscall_view *view = &env->call->view;
	const struct memory *memory = &env->thread->process->memory;
	char *data = string_room(env->s);
	_Bool cut;
	ssize_t len;

	if (decode_arg_shape(&view->desc->args[index]) == SHAPE_BUFFER) {
		size_t room = decode_arg_room(view, index);

		if (room > STRING_MAX)
			room = STRING_MAX;
		len = (ssize_t)memory_read(memory, view->args[index], data,
		                           room);
		if (!len && room)
			len = -1;
	} else {
		len = memory_read_string(memory, view->args[index], data,
		                         STRING_MAX, &cut);
	}
	if (len < 0)
		return error_fault_in(env->room, view->args[index],
		                      "can't read %s at 0x%llx",
		                      view->desc->args[index].name,
		                      (unsigned long long)view->args[index]);
	data[len] = '\0';
	*value = (struct expr_value){ .type = EXPR_STRING,
	                              .s = { data, (size_t)len } };
	return NULL;
}

static struct error *get_comm(struct env_ctx *env, bool as_string,
                              struct expr_value *value)
{
	char *data = string_room(env->s);

	if (!as_string)
		return error_new_in(env->room, ERROR_USAGE,
		                    "comm is a string, not a number");
	session_thread_name(env->thread, data);
	*value = (struct expr_value){ .type = EXPR_STRING,
	                              .s = { data, strlen(data) } };
	return NULL;
}

/* Nothing where that can't be told. */
static struct error *get_caller(struct env_ctx *env, enum slot slot,
                                bool as_string, struct expr_value *value)
{
	const struct frame *f = caller_find(env->s, env->thread);
	char *data = string_room(env->s);
	const char *name = NULL;

	if (!as_string)
		return error_new_in(env->room, ERROR_USAGE,
		                    "caller is a string, not a number");
	if (f && slot == SLOT_CALLER_MODULE)
		name = module_short_name(f->module);
	else if (f)
		name = session_frame_name(env->s, env->thread, f);
	snprintf(data, STRING_MAX + 1, "%s", name ? name : "");
	*value = (struct expr_value){ .type = EXPR_STRING,
	                              .s = { data, strlen(data) } };
	return NULL;
}

static struct error *get_value(void *data, const struct expr_ref *ref,
                               bool as_string, struct expr_value *value);

static struct error *get_arg(struct env_ctx *env, const struct expr_ref *ref,
                             bool as_string, struct expr_value *value)
{
	const struct syscall_view *view;
	struct expr_ref fixed;
	int index = -1;

	if (env->call && env->call->view.desc) {
		view = &env->call->view;
		index = field_arg_index(view->desc, ref->data);
	}
	if (index < 0 && scope_find_fixed(ref->data, &fixed))
		return get_value(env, &fixed, as_string, value);
	if (index < 0)
		return error_new_in(env->room, ERROR_NOT_FOUND,
		                    "this call has no %s",
		                    (const char *)ref->data);
	if (as_string) {
		if (scope_arg_type(&view->desc->args[index]) != EXPR_STRING)
			return error_new_in(env->room, ERROR_NOT_FOUND,
			                    "%s of this call is not a string",
			                    (const char *)ref->data);
		return read_string(env, (unsigned)index, value);
	}
	value->i = decode_arg_value(view, (unsigned)index);
	value->type = decode_arg_is_signed(&view->desc->args[index])
	              ? EXPR_INT : EXPR_UINT;
	return NULL;
}

static struct error *get_result(const struct env_ctx *env, bool as_errno,
                                struct expr_value *value)
{
	int64_t result;

	if (!env->call || env->call->phase != CALL_AT_EXIT)
		return error_new_in(env->room, ERROR_NOT_FOUND,
		                    "%s is known only at a call's exit",
		                    as_errno ? "errno" : "ret");
	result = env->call->result;
	if (as_errno)
		result = arch_is_error(result) ? -result : 0;
	*value = (struct expr_value){ .type = EXPR_INT, .i = result };
	return NULL;
}

static struct error *get_reg(struct env_ctx *env, const struct arch_reg *reg,
                             struct expr_value *value)
{
	const struct arch_regs *regs;

	unsigned spare = 64 - reg->size * 8u;

	TRY(target_regs(env->thread, &regs));
	value->type = reg->code ? EXPR_UINT : EXPR_INT;
	value->u = arch_reg_get(reg, regs);
	if (!reg->code)
		value->i = (int64_t)(value->u << spare) >> spare;
	return NULL;
}

/* It may have been set to another type since the text was compiled. */
static struct error *get_variable(const struct env_ctx *env,
                                  const struct variable *v, bool as_string,
                                  struct expr_value *value)
{
	struct expr_value now;

	if (!scope_plain_value(variable_value(v), &now) ||
	    (now.type == EXPR_STRING) != as_string)
		return error_new_in(env->room, ERROR_USAGE, as_string
		                    ? "$%s is a number, not a string"
		                    : "$%s is a string, not a number",
		                    variable_name(v));
	*value = now;
	return NULL;
}

static struct error *get_field(struct env_ctx *env,
                               const struct field_name *field, bool as_string,
                               struct expr_value *value)
{
	const struct field_ask ask = {
		.s = env->s, .t = env->thread, .call = env->call,
		.room = env->room, .text = string_room(env->s),
		.size = STRING_MAX,
	};

	return field_get(&ask, field, as_string, value);
}

/* Says what would help, as commands do that need a stop. */
static struct error *error_not_stopped(struct session *s)
{
	struct thread *thread;

	TRY(session_need_stopped(s, &thread));
	return error_new(ERROR_USAGE, "the thread is not stopped");
}

static struct error *get_value(void *data, const struct expr_ref *ref,
                               bool as_string, struct expr_value *value)
{
	struct env_ctx *env = data;

	value->type = EXPR_INT;
	if (ref->slot == SLOT_EXITCODE) {
		value->i = env->s->last_exit_status;
		return NULL;
	}
	if (ref->slot == SLOT_BPNUM) {
		value->i = env->s->last_breakpoint;
		return NULL;
	}
	if (ref->slot == SLOT_RULENUM) {
		value->i = rules_last(env->s);
		return NULL;
	}
	if (ref->slot == SLOT_VARIABLE)
		return get_variable(env, ref->data, as_string, value);
	if (!env->thread || env->thread->state != THREAD_STOPPED)
		return error_not_stopped(env->s);
	switch ((enum slot)ref->slot) {
	case SLOT_ARG:
		return get_arg(env, ref, as_string, value);
	case SLOT_RET:
	case SLOT_ERRNO:
		return get_result(env, ref->slot == SLOT_ERRNO, value);
	case SLOT_PID:
		value->i = env->thread->process->pid;
		return NULL;
	case SLOT_TID:
		value->i = env->thread->tid;
		return NULL;
	case SLOT_NR:
		value->i = env->call ? (int64_t)env->call->made.nr : -1;
		return NULL;
	case SLOT_COMM:
		return get_comm(env, as_string, value);
	case SLOT_CALLER_MODULE:
	case SLOT_CALLER_FUNCTION:
		return get_caller(env, (enum slot)ref->slot, as_string, value);
	case SLOT_FIELD:
		return get_field(env, ref->data, as_string, value);
	case SLOT_REG:
		return get_reg(env, ref->data, value);
	case SLOT_EXITCODE:
	case SLOT_BPNUM:
	case SLOT_RULENUM:
	case SLOT_VARIABLE:
		break;
	}
	return NULL;
}

static void env_init(struct session *s, struct thread *t, struct env_ctx *ctx,
                     struct expr_env *env)
{
	s->strings_used = 0;
	*ctx = (struct env_ctx){ { s, t }, s, t, call_current(t), NULL };
	*env = (struct expr_env){
		.ctx = ctx,
		.get = get_value,
		.world = s->world,
		.function = path_function,
	};
	symbol_env_init(env, &ctx->place);
}

struct error *session_evaluate(struct session *s, struct thread *t,
                               const struct expr *expr,
                               struct expr_value *value)
{
	struct env_ctx ctx;
	struct expr_env env;
	struct error *err;

	if (expr_is_constant(expr))
		return expr_eval(expr, NULL, value);
	env_init(s, t, &ctx, &env);
	if (!expr_is_typed(expr))
		return expr_eval(expr, &env, value);
	world_enter(s, t);
	err = expr_eval(expr, &env, value);
	world_leave(s);
	return err;
}

struct error *session_evaluate_bool(struct session *s, struct thread *t,
                                    const struct expr *expr, bool *truth)
{
	struct env_ctx ctx;
	struct expr_env env;
	struct error *err;

	env_init(s, t, &ctx, &env);
	env.room = ctx.room = &s->lent_error;
	if (!expr_is_typed(expr))
		return expr_eval_bool(expr, &env, truth);
	world_enter(s, t);
	err = expr_eval_bool(expr, &env, truth);
	world_leave(s);
	return err;
}

struct error *scope_evaluate_value(struct session *s, struct thread *t,
                                   const struct expr *expr, bool quiet,
                                   struct value **value)
{
	struct env_ctx ctx;
	struct expr_env env;
	struct error *err;

	env_init(s, t, &ctx, &env);
	world_enter(s, t);
	err = expr_eval_value(expr, &env, quiet, value);
	world_leave(s);
	return err;
}
