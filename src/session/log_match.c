/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which calls of the log somebody wants to see: those of a SET for which a
 * condition holds.  It is asked of what the log has kept: the numbers, the
 * result, and strings as far as they were decoded then.  What the log does not
 * know makes the condition false, as `ret` does before a call's exit.
 */
#include "session/log_internal.h"
#include "session/scope_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/fields.h"

#include <stdlib.h>
#include <string.h>

struct log_env {
	struct session *s;
	const struct log_entry *e;
	const struct syscall_view *view;
	VEC(char *) strings;     /* of this evaluation */
};

static struct error *not_kept(const char *what)
{
	return error_new(ERROR_NOT_FOUND, "the log does not know %s", what);
}

static unsigned octal(const char **at)
{
	unsigned value = 0;

	for (int i = 0; i < 3 && **at >= '0' && **at <= '7'; i++)
		value = value * 8 + (unsigned)(*(*at)++ - '0');
	return value;
}

/* What C's escapes of a decoded string stand for. */
static char unescape(const char **at)
{
	static const char letters[] = "n\nt\tr\rf\fv\va\ab\b";
	const char *found;

	if (**at >= '0' && **at <= '7')
		return (char)octal(at);
	for (found = letters; *found; found += 2)
		if (*found == **at) {
			(*at)++;
			return found[1];
		}
	return **at ? *(*at)++ : '\\';
}

/* The string that the text of an argument begins with. */
static struct error *unquote(struct log_env *env, const char *text,
                             struct expr_value *value)
{
	struct buf data;

	if (!text || *text != '"')
		return not_kept("that string");
	buf_init(&data);
	for (text++; *text && *text != '"';)
		if (*text == '\\' && text[1]) {
			text++;
			buf_putc(&data, unescape(&text));
		} else {
			buf_putc(&data, *text++);
		}
	vec_push(&env->strings, data.data);
	*value = (struct expr_value){ .type = EXPR_STRING,
	                              .s = { data.data, data.len } };
	return NULL;
}

static struct error *get_text(struct log_env *env, const char *text, size_t len,
                              struct expr_value *value)
{
	char *copy = xstrndup(text, len);

	vec_push(&env->strings, copy);
	*value = (struct expr_value){ .type = EXPR_STRING,
	                              .s = { copy, len } };
	return NULL;
}

static struct error *get_fixed(struct log_env *env, enum slot slot,
                               struct expr_value *value);

static struct error *get_arg(struct log_env *env, const char *name,
                             bool as_string, struct expr_value *value)
{
	const struct syscall_desc *desc = env->view->desc;
	int index = desc ? field_arg_index(desc, name) : -1;
	struct expr_ref fixed;

	if (index < 0 && !as_string && scope_find_fixed(name, &fixed))
		return get_fixed(env, (enum slot)fixed.slot, value);
	if (index < 0)
		return not_kept(name);
	if (as_string)
		return unquote(env, env->e->values[index], value);
	value->i = decode_arg_value(env->view, (unsigned)index);
	value->type = decode_arg_is_signed(&desc->args[index]) ? EXPR_INT
	                                                       : EXPR_UINT;
	return NULL;
}

/* fd.path: what stands in the text of a descriptor, 3</etc/hosts>. */
static struct error *get_field(struct log_env *env,
                               const struct field_name *field, bool as_string,
                               struct expr_value *value)
{
	const struct syscall_desc *desc = env->view->desc;
	const char *arg = field_is_path(field), *text, *begin, *end;
	int index = arg && desc ? field_arg_index(desc, arg) : -1;

	if (!arg)
		return error_new(ERROR_UNSUPPORTED, "of a call in the log a "
		                 "condition can ask for arguments, fd.path, "
		                 "ret, errno, nr, pid, tid and comm");
	text = index >= 0 ? env->e->values[index] : NULL;
	begin = text ? strchr(text, '<') : NULL;
	end = text ? strrchr(text, '>') : NULL;
	if (!as_string || !begin || !end || end < begin)
		return not_kept("that path");
	return get_text(env, begin + 1, (size_t)(end - begin - 1), value);
}

static struct error *get_comm(struct log_env *env, struct expr_value *value)
{
	const struct thread *t = target_thread(env->s->target, env->e->tid);
	const char *comm = t ? thread_info(t)->comm : "";

	if (!*comm)
		return not_kept("that thread's name");
	return get_text(env, comm, strlen(comm), value);
}

static struct error *get_fixed(struct log_env *env, enum slot slot,
                               struct expr_value *value)
{
	const struct log_entry *e = env->e;

	value->type = EXPR_INT;
	switch (slot) {
	case SLOT_RET:
	case SLOT_ERRNO:
		if (!e->finished)
			return not_kept("the result yet");
		value->i = slot == SLOT_RET ? e->result
		           : arch_is_error(e->result) ? -e->result : 0;
		return NULL;
	case SLOT_PID:
		value->i = e->pid;
		return NULL;
	case SLOT_TID:
		value->i = e->tid;
		return NULL;
	case SLOT_NR:
		value->i = (int64_t)e->made.nr;
		return NULL;
	case SLOT_COMM:
		return get_comm(env, value);
	default:
		return error_new(ERROR_UNSUPPORTED, "of a call in the log a "
		                 "condition can ask for arguments, fd.path, "
		                 "ret, errno, nr, pid, tid and comm");
	}
}

static struct error *get(void *ctx, const struct expr_ref *ref,
                         bool as_string, struct expr_value *value)
{
	struct log_env *env = ctx;

	if (ref->slot == SLOT_ARG)
		return get_arg(env, ref->data, as_string, value);
	if (ref->slot == SLOT_FIELD)
		return get_field(env, ref->data, as_string, value);
	return get_fixed(env, (enum slot)ref->slot, value);
}

static struct error *holds(struct session *s, const struct log_entry *e,
                           const struct syscall_view *view,
                           const struct expr *condition, bool *truth)
{
	struct log_env ctx = { .s = s, .e = e, .view = view };
	const struct expr_env env = { .ctx = &ctx, .get = get };
	struct error *err;

	*truth = false;
	if (expr_is_typed(condition))
		return error_new(ERROR_UNSUPPORTED, "of a call in the log a "
		                 "condition can't ask for the program's "
		                 "variables");
	err = expr_eval_bool(condition, &env, truth);
	for (size_t i = 0; i < ctx.strings.len; i++)
		free(ctx.strings.items[i]);
	vec_deinit(&ctx.strings);
	if (!err || err->kind != ERROR_NOT_FOUND)
		return err;
	error_destroy(err);
	return NULL;
}

struct error *log_matches(struct session *s, const struct log_entry *e,
                          const struct log_filter *filter, bool *fits)
{
	struct syscall_view view;

	*fits = true;
	if (!filter->set && !filter->condition)
		return NULL;
	syscall_resolve(&e->made, NULL, &view);
	if (filter->set)
		*fits = syscall_set_has(filter->set, &view);
	if (!*fits || !filter->condition)
		return NULL;
	return holds(s, e, &view, filter->condition, fits);
}
