/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What names mean in an expression: arguments of the call by name, what is
 * known about the stop (ret, errno, pid, tid, comm, nr), registers, and the
 * kernel's constants.
 *
 * `ret` and `errno` are known at exits only: elsewhere their evaluation fails
 * with ERROR_NOT_FOUND, which a condition takes for false.
 */
#include "session/scope_internal.h"

#include "session/internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/fields.h"
#include "session/paths.h"
#include "session/world.h"
#include "target/procfs.h"

#include <limits.h>
#include <string.h>

static const struct {
	const char *name;
	enum slot slot;
	enum expr_type type;
	enum expr_cost cost;
} fixed_names[] = {
	{ "ret", SLOT_RET, EXPR_INT, EXPR_AT_HAND },
	{ "errno", SLOT_ERRNO, EXPR_INT, EXPR_AT_HAND },
	{ "pid", SLOT_PID, EXPR_INT, EXPR_AT_HAND },
	{ "tid", SLOT_TID, EXPR_INT, EXPR_AT_HAND },
	{ "nr", SLOT_NR, EXPR_INT, EXPR_AT_HAND },
	{ "comm", SLOT_COMM, EXPR_STRING, EXPR_DEAR },
	{ "caller", SLOT_CALLER_MODULE, EXPR_STRING, EXPR_DEAREST },
	{ "caller.module", SLOT_CALLER_MODULE, EXPR_STRING, EXPR_DEAREST },
	{ "caller.function", SLOT_CALLER_FUNCTION, EXPR_STRING, EXPR_DEAREST },
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

enum expr_type scope_arg_type(const struct syscall_arg *arg)
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
	type = scope_arg_type(&desc->args[index]);
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

bool scope_find_fixed(const char *name, struct expr_ref *ref)
{
	for (size_t i = 0; i < ARRAY_LEN(fixed_names); i++) {
		if (strcmp(name, fixed_names[i].name) != 0)
			continue;
		ref->kind = EXPR_REF_SLOT;
		ref->slot = fixed_names[i].slot;
		ref->type = fixed_names[i].type;
		ref->cost = fixed_names[i].cost;
		ref->is_text = ref->type == EXPR_STRING;
		return true;
	}
	return false;
}

static struct error *lookup_caller(const char *name, struct expr_ref *ref)
{
	if (scope_find_fixed(name, ref))
		return NULL;
	return error_new(ERROR_NOT_FOUND, "caller has no field \"%s\": it has "
	                 "module, function", strchr(name, '.') + 1);
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
		ctx->late = scope_find_fixed(name, ref);
	else if (ctx->set)
		syscall_set_each(ctx->set, find_arg, ctx);
	else if (ctx->desc)
		find_arg(ctx, ctx->desc);
}

static struct error *lookup_name(void *data, const char *name,
                                 struct expr_ref *ref)
{
	int64_t value;

	if (strncmp(name, "caller.", 7) == 0)
		return lookup_caller(name, ref);
	if (strchr(name, '.'))
		return lookup_field(data, name, ref);
	lookup_call(data, name, ref);
	if (ref->kind != EXPR_REF_NONE || scope_find_fixed(name, ref))
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

static bool lookup_function(void *data, const char *name, size_t *least,
                            size_t *most)
{
	(void)data;
	return path_function_args(name, least, most);
}

/* A string, or an integer of at most 64 bits, is the machine's too. */
bool scope_plain_value(struct value *v, struct expr_value *plain)
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
		if (scope_plain_value(kept, &ref->value))
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
	} else if (v && scope_plain_value(variable_value(v), &plain)) {
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
		.function = lookup_function,
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

/* The only call of a set, or the last of more. */
struct only_call {
	size_t count;
	const struct syscall_desc *desc;
};

static void look_at_call(void *ctx, const struct syscall_desc *desc)
{
	struct only_call *only = ctx;

	only->count++;
	only->desc = desc;
}

/* A name that is none: the arguments, where SET is one call. */
static struct error *with_arguments(struct error *err,
                                    const struct syscall_set *set)
{
	AUTO_BUF struct buf names = { 0 };
	struct only_call only = { 0 };
	struct error *made;

	syscall_set_each(set, look_at_call, &only);
	if (only.count != 1 || strncmp(err->message, "unknown name", 12) != 0 ||
	    !only.desc->nargs)
		return err;
	buf_init(&names);
	for (unsigned i = 0; i < only.desc->nargs; i++)
		buf_printf(&names, "%s%s", i ? ", " : "",
		           only.desc->args[i].name);
	made = error_new(err->kind, "%s; %s has %s", err->message,
	                 only.desc->name, names.data);
	error_destroy(err);
	return made;
}

struct error *session_compile_rule(struct session *s, const char *text,
                                   const struct syscall_set *set, bool truth,
                                   struct expr **expr, bool *at_exit)
{
	struct expr_scope scope;
	struct scope_ctx ctx;

	struct error *err;

	scope_init(s, set, &ctx, &scope);
	err = truth ? expr_compile_bool(text, &scope, expr)
	            : expr_compile(text, &scope, expr);
	if (err)
		return with_arguments(err, set);
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
