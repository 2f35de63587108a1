/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What names mean in an expression: arguments of the call by name, what is
 * known about the stop (ret, errno, pid, tid, comm, nr), registers, and the
 * kernel's constants.
 *
 * `ret` and `errno` are known at exits only: elsewhere their evaluation fails
 * with ERROR_NOT_FOUND, which a condition takes for false.
 */
#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/fields.h"
#include "session/world.h"
#include "target/procfs.h"

#include <limits.h>
#include <string.h>

enum slot {
	SLOT_ARG, /* ref.data is the argument's name */
	SLOT_FIELD, /* ref.data is the struct field_name */
	SLOT_RET, SLOT_ERRNO, SLOT_PID, SLOT_TID, SLOT_COMM, SLOT_NR,
	SLOT_REG, /* ref.data is the struct arch_reg */
	SLOT_EXITCODE, SLOT_BPNUM, SLOT_RULENUM,
	SLOT_VARIABLE, /* ref.data is the struct variable */
};

static const struct {
	const char *name;
	enum slot slot;
	enum expr_type type;
} fixed_names[] = {
	{ "ret", SLOT_RET, EXPR_INT },     { "errno", SLOT_ERRNO, EXPR_INT },
	{ "pid", SLOT_PID, EXPR_INT },     { "tid", SLOT_TID, EXPR_INT },
	{ "comm", SLOT_COMM, EXPR_STRING }, { "nr", SLOT_NR, EXPR_INT },
};

/* What a scope is about: calls of a set, or one thread's call. */
struct scope_ctx {
	struct session *s;
	const struct syscall_set *set;
	const struct syscall_desc *desc;
	/* While a name is looked up. */
	const char *name;
	struct expr_ref *ref;
	bool at_exit;          /* ... and its result is known */
	bool late;             /* what only the exit knows was asked for */
	/* While names are listed. */
	void (*fn)(void *arg, const char *name);
	void *arg;
};

static enum expr_type type_of(const struct syscall_arg *arg)
{
	enum arg_shape shape = decode_arg_shape(arg);

	if (shape == SHAPE_STRING || shape == SHAPE_BUFFER)
		return EXPR_STRING;
	return decode_arg_is_signed(arg) ? EXPR_INT : EXPR_UINT;
}

/* Calls of a set may differ in what they call by a name: a string wins. */
static void find_arg(void *data, const struct syscall_desc *desc)
{
	struct scope_ctx *ctx = data;
	int index = field_arg_index(desc, ctx->name);
	enum expr_type type;

	if (index < 0)
		return;
	type = type_of(&desc->args[index]);
	if (ctx->ref->kind == EXPR_REF_SLOT &&
	    (ctx->ref->type == EXPR_STRING || type == EXPR_UINT))
		return;
	ctx->ref->kind = EXPR_REF_SLOT;
	ctx->ref->type = type;
	ctx->ref->slot = SLOT_ARG;
	/* `fd` may be another's name here. */
	ctx->ref->data = strcmp(ctx->name, "fd") == 0
		? "fd" : desc->args[index].name;
}

static void find_field(void *data, const struct syscall_desc *desc)
{
	field_look(data, desc);
}

/* ARG.FIELD; an argument that has no such field is an error. */
static struct error *lookup_field(struct scope_ctx *ctx, const char *name,
                                  struct expr_ref *ref)
{
	struct field_search search = { .s = ctx->s, .name = name, .ref = ref };

	ref->slot = SLOT_FIELD;
	if (ctx->set)
		syscall_set_each(ctx->set, find_field, &search);
	else if (ctx->desc)
		find_field(&search, ctx->desc);
	ctx->late = ctx->late || search.late;
	return search.err;
}

static bool find_fixed(const char *name, struct expr_ref *ref)
{
	for (size_t i = 0; i < ARRAY_LEN(fixed_names); i++) {
		if (strcmp(name, fixed_names[i].name) != 0)
			continue;
		ref->kind = EXPR_REF_SLOT;
		ref->slot = fixed_names[i].slot;
		ref->type = fixed_names[i].type;
		return true;
	}
	return false;
}

/* What the call itself has, and what goes before the program's names. */
static void lookup_call(struct scope_ctx *ctx, const char *name,
                        struct expr_ref *ref)
{
	ctx->name = name;
	ctx->ref = ref;
	/* A call's own argument goes before what is known of every stop
	 * (kill's pid before the process's), but there is only one result. */
	if (strcmp(name, "ret") == 0 || strcmp(name, "errno") == 0)
		ctx->late = find_fixed(name, ref);
	else if (ctx->set)
		syscall_set_each(ctx->set, find_arg, ctx);
	else if (ctx->desc)
		find_arg(ctx, ctx->desc);
}

static struct error *lookup_name(void *data, const char *name,
                                 struct expr_ref *ref)
{
	int64_t value;

	if (strchr(name, '.'))
		return lookup_field(data, name, ref);
	lookup_call(data, name, ref);
	if (ref->kind != EXPR_REF_NONE || find_fixed(name, ref))
		return NULL;
	if (constant_value(name, &value)) {
		ref->kind = EXPR_REF_CONSTANT;
		ref->value = (struct expr_value){ .type = EXPR_INT,
		                                  .i = value };
	}
	return NULL;
}

/* For values: names of the program go before what is known of every stop, and
 * before the kernel's constants; `ret` and `errno` only where they are known. */
static struct error *lookup_argument(void *data, const char *name,
                                     struct expr_ref *ref)
{
	struct scope_ctx *ctx = data;

	if (ctx->at_exit || (strcmp(name, "ret") != 0 &&
	                     strcmp(name, "errno") != 0))
		lookup_call(ctx, name, ref);
	return NULL;
}

static struct error *lookup_symbol(void *data, const char *name,
                                   struct expr_symbol *symbol)
{
	const struct scope_ctx *ctx = data;

	return symbol_compile(ctx->s, ctx->s->current, name, symbol);
}

static const struct type *lookup_type(void *data, char tag, const char *name)
{
	const struct scope_ctx *ctx = data;

	return symbol_type(ctx->s, ctx->s->current, tag, name);
}

static bool lookup_is_cplus(void *data)
{
	const struct scope_ctx *ctx = data;

	return symbol_is_cplus(ctx->s, ctx->s->current);
}

static bool lookup_dollar(void *data, const char *name)
{
	const struct scope_ctx *ctx = data;

	return dollar_known(ctx->s, name);
}

/* A string, or an integer of at most 64 bits, is the machine's too. */
static bool plain_value(struct value *v, struct expr_value *plain)
{
	const struct type *t = type_strip(value_type(v));
	const uint8_t *data;
	struct error *err;

	if (t->kind == TYPE_ARRAY &&
	    type_strip(type_target(t))->kind == TYPE_CHAR) {
		err = value_bytes(v, &data);
		if (!err) {
			plain->type = EXPR_STRING;
			plain->s.data = (const char *)data;
			plain->s.len = strnlen((const char *)data,
			                       type_size(t));
		}
	} else if (type_is_integral(t) && type_size(t) <= 8) {
		err = value_as_integer(v, &plain->u);
		plain->type = t->is_signed ? EXPR_INT : EXPR_UINT;
	} else {
		return false;
	}
	error_destroy(err);
	return !err;
}

/* What stands behind a `$` and is no register. */
static struct error *lookup_variable(const struct session *s,
                                     const char *name, struct expr_ref *ref)
{
	const struct variable *v = variable_find(s, name);
	struct expr_value plain;
	struct value *kept;
	bool known;

	TRY(value_by_name(s, name, &known, &kept));
	if (known) {
		if (plain_value(kept, &ref->value))
			ref->kind = EXPR_REF_CONSTANT;
		return NULL;
	}
	ref->kind = EXPR_REF_SLOT;
	ref->type = EXPR_INT;
	if (strcmp(name, "_exitcode") == 0) {
		ref->slot = SLOT_EXITCODE;
	} else if (strcmp(name, "bpnum") == 0) {
		ref->slot = SLOT_BPNUM;
	} else if (strcmp(name, "rulenum") == 0) {
		ref->slot = SLOT_RULENUM;
	} else if (v && plain_value(variable_value(v), &plain)) {
		ref->slot = SLOT_VARIABLE;
		ref->type = plain.type;
		ref->data = v;
	} else {
		ref->kind = EXPR_REF_NONE;
	}
	return NULL;
}

static struct error *lookup_reg(void *data, const char *name,
                                struct expr_ref *ref)
{
	const struct arch_reg *reg = arch_reg_find(arch_x86_64(), name);
	const struct scope_ctx *ctx = data;

	if (!reg)
		reg = arch_reg_find(arch_i386(), name);
	if (!reg)
		return lookup_variable(ctx->s, name, ref);
	ref->kind = EXPR_REF_SLOT;
	ref->slot = SLOT_REG;
	ref->data = reg;
	/* As gdb types them: addresses are unsigned, all else not. */
	ref->type = reg->code ? EXPR_UINT : EXPR_INT;
	return NULL;
}

static void list_args(void *data, const struct syscall_desc *desc)
{
	struct scope_ctx *ctx = data;

	for (unsigned i = 0; i < desc->nargs; i++)
		ctx->fn(ctx->arg, desc->args[i].name);
}

static void list_variable(void *data, const char *name,
                          struct value *value)
{
	const struct scope_ctx *ctx = data;
	AUTO_FREE char *shown = xasprintf("$%s", name);

	(void)value;
	ctx->fn(ctx->arg, shown);
}

static void list_names(void *data, void (*fn)(void *arg, const char *name),
                       void *arg)
{
	struct scope_ctx *ctx = data;

	ctx->fn = fn;
	ctx->arg = arg;
	if (ctx->set && !syscall_set_is_all(ctx->set))
		syscall_set_each(ctx->set, list_args, ctx);
	else if (ctx->desc)
		list_args(ctx, ctx->desc);
	for (size_t i = 0; i < ARRAY_LEN(fixed_names); i++)
		fn(arg, fixed_names[i].name);
	session_variables_each(ctx->s, list_variable, ctx);
}

static void scope_init(struct session *s, const struct syscall_set *set,
                       struct scope_ctx *ctx, struct expr_scope *scope)
{
	const struct call *call = call_current(s->current);

	*ctx = (struct scope_ctx){
		.s = s,
		.set = set,
		.desc = call ? call->view.desc : NULL,
		.at_exit = call && call->phase == CALL_AT_EXIT,
	};
	*scope = (struct expr_scope){
		.ctx = ctx,
		.typed = true,
		.name = lookup_name,
		.reg = lookup_reg,
		.symbol = lookup_symbol,
		.dollar = lookup_dollar,
		.type = lookup_type,
		.is_cplus = lookup_is_cplus,
		.world = s->world,
		.each = list_names,
	};
	world_enter(s, s->current);
}

struct error *session_compile(struct session *s, const char *text,
                              struct expr **expr)
{
	struct expr_scope scope;
	struct scope_ctx ctx;

	scope_init(s, NULL, &ctx, &scope);
	return expr_compile(text, &scope, expr);
}

struct error *session_compile_condition(struct session *s, const char *text,
                                        const struct syscall_set *set,
                                        struct expr **expr)
{
	struct expr_scope scope;
	struct scope_ctx ctx;

	scope_init(s, set, &ctx, &scope);
	return expr_compile_bool(text, &scope, expr);
}

struct error *session_compile_rule(struct session *s, const char *text,
                                   const struct syscall_set *set, bool truth,
                                   struct expr **expr, bool *at_exit)
{
	struct expr_scope scope;
	struct scope_ctx ctx;

	scope_init(s, set, &ctx, &scope);
	if (truth)
		TRY(expr_compile_bool(text, &scope, expr));
	else
		TRY(expr_compile(text, &scope, expr));
	*at_exit = ctx.late;
	return NULL;
}

struct error *session_compile_at(struct session *s, const char *text,
                                 const struct code_scope *where,
                                 struct expr **expr)
{
	const struct code_scope *before = s->compiling;
	struct expr_scope scope;
	struct scope_ctx ctx;
	struct error *err;

	scope_init(s, NULL, &ctx, &scope);
	ctx.desc = NULL;
	scope.name = NULL;
	scope.late = lookup_name;
	s->compiling = where;
	err = expr_compile_bool(text, &scope, expr);
	s->compiling = before;
	return err;
}

struct error *scope_compile_value(struct session *s, const char *text,
                                  bool types, size_t *end,
                                  struct expr **expr)
{
	struct expr_scope scope;
	struct scope_ctx ctx;

	scope_init(s, NULL, &ctx, &scope);
	scope.name = lookup_argument;
	scope.late = lookup_name;
	return expr_compile_value(text, &scope, types, end, expr);
}

/* Where values come from at one evaluation. */
struct env_ctx {
	struct symbol_env place;       /* the first: see symbol_env_init */
	struct session *s;
	struct thread *thread;
	const struct call *call;
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
		return error_fault(view->args[index],
		                   "can't read %s at 0x%llx",
		                   view->desc->args[index].name,
		                   (unsigned long long)view->args[index]);
	*value = (struct expr_value){ .type = EXPR_STRING,
	                              .s = { data, (size_t)len } };
	return NULL;
}

static struct error *get_comm(struct env_ctx *env, bool as_string,
                              struct expr_value *value)
{
	char *data = string_room(env->s);

	if (!as_string)
		return error_new(ERROR_USAGE,
		                 "comm is a string, not a number");
	session_thread_name(env->thread, data);
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
	if (index < 0 && find_fixed(ref->data, &fixed))
		return get_value(env, &fixed, as_string, value);
	if (index < 0)
		return error_new(ERROR_NOT_FOUND, "this call has no %s",
		                 (const char *)ref->data);
	if (as_string) {
		if (type_of(&view->desc->args[index]) != EXPR_STRING)
			return error_new(ERROR_NOT_FOUND,
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
		return error_new(ERROR_NOT_FOUND,
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
static struct error *get_variable(const struct variable *v, bool as_string,
                                  struct expr_value *value)
{
	struct expr_value now;

	if (!plain_value(variable_value(v), &now) ||
	    (now.type == EXPR_STRING) != as_string)
		return error_new(ERROR_USAGE, as_string
		                 ? "$%s is a number, not a string"
		                 : "$%s is a string, not a number",
		                 variable_name(v));
	*value = now;
	return NULL;
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
		return get_variable(ref->data, as_string, value);
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
	case SLOT_FIELD:
		return field_get(env->thread, env->call, ref->data, as_string,
		                 string_room(env->s), STRING_MAX, value);
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
	*ctx = (struct env_ctx){ { s, t }, s, t, call_current(t) };
	*env = (struct expr_env){
		.ctx = ctx,
		.get = get_value,
		.world = s->world,
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
