/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catchpoints on system calls: set. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "syscalls/syscalls.h"

#include <string.h>

static void warn_of_vdso_call(void *ctx, const struct syscall_desc *desc)
{
	struct session *s = ctx;

	if (!(desc->traits & CALL_VDSO) || s->settings.vdso_warned ||
	    !s->settings.vdso)
		return;
	s->settings.vdso_warned = 1;
	out_message(s->out, "warning", ROLE_WARNING,
	            "note: the vDSO usually answers %s without a system "
	            "call, so it may never be seen (said once)", desc->name);
}

static void announce(struct session *s, const struct breakpoint *b)
{
	bool temporary = b->disposition == DISPOSITION_DELETE;
	const struct syscall_set *calls = catch_syscall_set(b);
	enum catch_phases phase = catch_syscall_phases(b);
	static const char *const phases[] = {
		[CATCH_ENTRY] = ", at entry",
		[CATCH_EXIT] = ", at exit",
		[CATCH_BOTH] = "",
	};

	out_begin(s->out, "catchpoint");
	out_text(s->out, ROLE_PLAIN, "%s ", temporary
	         ? "Temporary catchpoint" : "Catchpoint");
	out_uint(s->out, "number", ROLE_NUMBER, b->number, "%u", b->number);
	out_text(s->out, ROLE_PLAIN, " (");
	out_str_shown(s->out, "calls", ROLE_NAME, syscall_set_text(calls),
	              syscall_set_is_all(calls) ? "any system call"
	              : syscall_set_text(calls));
	out_text(s->out, ROLE_PLAIN, "%s)\n", phases[phase]);
	out_hidden_str(s->out, "phases", *phases[phase]
	               ? phases[phase] + strlen(", at ") : "both");
	out_hidden_bool(s->out, "temporary", temporary);
	out_end(s->out);
}

static struct error *add(struct session *s, struct command_args *args,
                         bool temporary)
{
	enum catch_phases phases = args->arg[1].given
		? (enum catch_phases)args->arg[1].number : s->phases;
	struct expr *condition = NULL;
	const struct syscall_set *calls;
	struct breakpoint *b;

	if (!args->arg[0].set)
		TRY(syscall_set_parse(NULL, &args->arg[0].set));
	if (args->arg[2].given)
		TRY(arg_condition(s, args, &args->arg[2], args->arg[0].set,
		                  &condition));
	b = catch_syscall_add(s, args->arg[0].set, phases, condition,
	                      temporary);
	args->arg[0].set = NULL;
	announce(s, b);
	calls = catch_syscall_set(b);
	if (!syscall_set_is_all(calls))
		syscall_set_each(calls, warn_of_vdso_call, s);
	return NULL;
}

static struct error *run_catch(struct session *s, struct command_args *args)
{
	return add(s, args, false);
}

static struct error *run_tcatch(struct session *s, struct command_args *args)
{
	return add(s, args, true);
}

#define CATCH_ARGS "[set:set] [phase:phase] [condition:condition]"

static const struct command table[] = {
	{
		.name = "catch", .group = GROUP_BREAKPOINTS, .args = "",
		.flags = CMD_PREFIX,
		.summary = "stop the program at events",
		.example = "catch syscall openat",
	}, {
		.name = "catch syscall", .group = GROUP_BREAKPOINTS,
		.args = CATCH_ARGS,
		.summary = "stop at the entry and the exit of system calls",
		.help = "SET is a list of names, numbers, /regex/, classes "
			"(%file, %network, ...) and `all`; ! before one takes "
			"it out; @64 or @32 behind it chooses the ABI. Without "
			"SET it is every call. `entry` or `exit` asks for one "
			"of the two stops. The condition sees the arguments by "
			"name, `ret` and `errno` at exit, and registers.",
		.example = "catch syscall openat entry if pathname ~ "
			"\"/etc/*\"",
		.run = run_catch,
	}, {
		.name = "tcatch", .group = GROUP_BREAKPOINTS, .args = "",
		.flags = CMD_PREFIX,
		.summary = "as `catch`, for one stop",
		.example = "tcatch syscall write",
	}, {
		.name = "tcatch syscall", .group = GROUP_BREAKPOINTS,
		.args = CATCH_ARGS,
		.summary = "as `catch syscall`, and gone after its first stop",
		.example = "tcatch syscall execve exit",
		.run = run_tcatch,
	},
};

const struct command_table commands_catch = { table, ARRAY_LEN(table) };
