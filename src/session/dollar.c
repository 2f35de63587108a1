/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `$NAME` with its type: registers, variables, and what was printed. */
#include "session/world.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "session/internal.h"
#include "session/siginfo.h"

#include <string.h>
#include <sys/wait.h>

/* gdb's, of a register that holds flags. */
static const struct type flags_type = {
	.kind = TYPE_INT, .name = "i386_eflags", .size = 4, .is_signed = true,
};

static bool is_data_pointer(const struct arch_reg *reg)
{
	static const char *const names[] = { "rsp", "rbp", "esp", "ebp",
	                                     "sp", "fp" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(reg->name, names[i]) == 0)
			return true;
	return false;
}

static const struct type *register_type(const struct session *s,
                                        const struct arch_reg *reg)
{
	struct type_pool *pool = s->world->pool;
	const struct type *nothing = type_void(pool);
	/* As in gdb, the whole of a segment register is 32 bits. */
	AUTO_FREE char *name = xasprintf("int%u_t", reg->group == REG_SEGMENT
	                                 ? 32 : reg->size * 8u);

	if (reg->flags)
		return &flags_type;
	if (reg->code)
		return type_pointer_to(pool, type_function_to(pool, nothing));
	if (is_data_pointer(reg))
		return type_pointer_to(pool, nothing);
	return type_builtin(pool, name);
}

static struct error *register_value(struct session *s, struct thread *t,
                                    const struct arch_reg *reg,
                                    struct value **v)
{
	const struct frame *f = session_frame_of(s, t);
	const struct arch_regs *regs;
	uint64_t data[2] = { 0 };
	bool known = true;

	TRY(target_regs(t, &regs));
	if (f)
		TRY(session_frame_reg(t, f, reg, &data[0], &known));
	else
		data[0] = arch_reg_get(reg, regs);
	if (!known)
		return error_new(ERROR_NOT_FOUND,
		                 "$%s was not saved in this frame", reg->name);
	*v = value_in_register(s->world, register_type(s, reg), reg->name,
	                       data);
	return NULL;
}

static const struct arch_reg *register_named(const struct thread *t,
                                             const char *name)
{
	const struct arch_regs *regs;
	struct error *err;

	if (t && t->state == THREAD_STOPPED) {
		err = target_regs((struct thread *)(uintptr_t)t, &regs);
		if (!err)
			return arch_reg_find(arch_of_regs(regs), name);
		error_destroy(err);
	}
	return NULL;
}

static struct value *of_int(const struct session *s, int64_t n)
{
	return value_of_integer(s->world, type_builtin(s->world->pool, "int"),
	                        (uint64_t)n);
}

/* The present call's name, where there is one. */
static struct value *call_name(const struct session *s,
                               const struct thread *t)
{
	const struct call *call = t ? call_current(t) : NULL;
	const char *name = call && call->view.desc ? call->view.desc->name
	                                           : NULL;

	return name ? value_of_string(s->world, name, strlen(name))
	            : value_void(s->world);
}

static struct value *int_or_void(const struct session *s, int64_t n)
{
	return n ? of_int(s, n) : value_void(s->world);
}

/* Of what ended, and what was set; NULL: it is none of these. */
static struct value *past_value(const struct session *s, const char *name)
{
	if (strcmp(name, "_exitcode") == 0)
		return s->last_exit_status < 0 ? value_void(s->world)
		                               : of_int(s, s->last_exit_status);
	if (strcmp(name, "_exitsignal") == 0)
		return int_or_void(s, s->last_exit_signal);
	if (strcmp(name, "_shell_exitcode") == 0)
		return s->shell_status >= 0 && WIFEXITED(s->shell_status)
		       ? of_int(s, WEXITSTATUS(s->shell_status))
		       : value_void(s->world);
	if (strcmp(name, "_shell_exitsignal") == 0)
		return int_or_void(s, s->shell_status >= 0 &&
		                   WIFSIGNALED(s->shell_status)
		                   ? WTERMSIG(s->shell_status) : 0);
	if (strcmp(name, "bpnum") == 0)
		return of_int(s, s->last_breakpoint);
	if (strcmp(name, "rulenum") == 0)
		return of_int(s, rules_last(s));
	return NULL;
}

/* Of threads and of breakpoints' stops; NULL: it is none of these. */
static struct value *stop_value(const struct session *s,
                                const struct thread *t, const char *name)
{
	if (strcmp(name, "_hit_bpnum") == 0)
		return int_or_void(s, s->hit_breakpoint);
	if (strcmp(name, "_hit_locno") == 0)
		return int_or_void(s, s->hit_place);
	if (strcmp(name, "_thread") == 0)
		return of_int(s, t ? t->number : 0);
	if (strcmp(name, "_gthread") == 0)
		return of_int(s, t ? t->serial : 0);
	if (strcmp(name, "_inferior_thread_count") == 0)
		return of_int(s, t ? (int64_t)t->process->alive : 0);
	if (strcmp(name, "_inferior") == 0)
		return of_int(s, t ? t->process->number : 1);
	if (strcmp(name, "_tid") == 0)
		return of_int(s, t ? t->tid : 0);
	if (strcmp(name, "_syscall") == 0)
		return call_name(s, t);
	if (strcmp(name, "_signo") == 0)
		return t && t->stop.reasons & (STOP_SIGNAL | STOP_TRAP)
		       ? of_int(s, t->stop.siginfo.si_signo)
		       : value_void(s->world);
	return NULL;
}

/* NULL: it is none of scdb's own. */
static struct value *own_value(const struct session *s,
                               const struct thread *t, const char *name)
{
	struct value *v = past_value(s, name);

	return v ? v : stop_value(s, t, name);
}

static struct error *siginfo_value(struct session *s, struct thread *t,
                                   struct value **v)
{
	siginfo_t info;

	if (!t || !session_is_stopped(s, t))
		return session_need_stopped(s, &t);
	TRY(target_siginfo(t, &info));
	*v = value_of_bytes(s->world, siginfo_type(&s->siginfo),
	                    &info);
	return NULL;
}

bool dollar_known(struct session *s, const char *name)
{
	struct value *v = own_value(s, s->current, name);
	size_t digits = strspn(name, "$0123456789");
	struct arch_xreg xreg;
	bool known = v != NULL;

	value_unref(v);
	return known || arch_xreg_find(arch_x86_64(), name, &xreg) ||
	       digits == strlen(name) || variable_find(s, name) ||
	       strcmp(name, "_siginfo") == 0 ||
	       arch_reg_find(arch_x86_64(), name) ||
	       arch_reg_find(arch_i386(), name);
}

struct error *dollar_value(struct session *s, struct thread *t,
                           const char *name, struct value **v)
{
	const struct arch_reg *reg = register_named(t, name);
	const struct variable *variable = variable_find(s, name);
	struct arch_xreg xreg;
	struct thread *stopped;
	bool known;

	world_note(s, true, false);
	if (reg)
		return register_value(s, t, reg, v);
	if (xreg_find(t, name, &xreg)) {
		TRY(session_need_stopped(s, &stopped));
		return xreg_value(s, t, &xreg, v);
	}
	if (strcmp(name, "_siginfo") == 0)
		return siginfo_value(s, t, v);
	if (arch_reg_find(arch_x86_64(), name) ||
	    arch_reg_find(arch_i386(), name)) {
		TRY(session_need_stopped(s, &stopped));
		return error_new(ERROR_NOT_FOUND, "this thread's machine has "
		                 "no register $%s", name);
	}
	/* Of an empty history the last value is void, as in gdb. */
	if ((!*name || strcmp(name, "$") == 0) && !session_value_last(s)) {
		*v = value_void(s->world);
		return NULL;
	}
	TRY(value_by_name(s, name, &known, v));
	if (known) {
		*v = value_ref(*v);
		return NULL;
	}
	*v = own_value(s, t, name);
	if (*v)
		return NULL;
	*v = variable ? value_ref(variable_value(variable))
	              : value_void(s->world);
	return NULL;
}
