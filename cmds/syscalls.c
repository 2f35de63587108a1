/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stepping by system calls, and deciding about the present one. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "syscalls/decode.h"

#include <string.h>

/* Stepping. */

static struct error *run_sysstep(struct session *s, struct command_args *args)
{
	return session_sysstep(s, args->arg[0].given ? args->arg[0].number
	                                             : 1);
}

static struct error *run_sysuntil(struct session *s,
                                  struct command_args *args)
{
	struct syscall_set *set = args->arg[0].set;
	struct expr *condition = NULL;

	if (args->arg[1].given)
		TRY(arg_condition(s, args, &args->arg[1], set, &condition));
	args->arg[0].set = NULL;
	return session_sysuntil(s, set, condition);
}

static struct error *run_sysfinish(struct session *s,
                                   struct command_args *args)
{
	(void)args;
	return session_sysfinish(s);
}

/* Deciding. */

/* The present call as the kernel would get it; the thread must be at entry. */
static struct error *entry_view(struct session *s, struct syscall_view *view)
{
	struct call *call;

	TRY(call_at_entry(s->current, &call));
	call_effective(call, s->current, view);
	return NULL;
}

static void warn_of_skip(struct session *s, const struct syscall_view *view)
{
	const char *warning = call_skip_warning(s->current, view);

	if (warning)
		out_message(s->out, "warning", ROLE_WARNING,
		            "warning: %s is skipped: %s", view->name, warning);
}

static struct error *run_skip(struct session *s, struct command_args *args)
{
	struct syscall_view view;
	int64_t value = 0;

	TRY(entry_view(s, &view));
	if (args->arg[0].given)
		TRY(call_value_parse(s, s->current, args->arg[0].text,
		                     &value));
	TRY(call_skip(s->current, value, args->options & 1));
	warn_of_skip(s, &view);
	return NULL;
}

static struct error *run_fake(struct session *s, struct command_args *args)
{
	int64_t value;

	TRY(call_value_parse(s, s->current, args->arg[0].text, &value));
	return call_fake(s->current, value);
}

static struct error *run_arg(struct session *s, struct command_args *args)
{
	enum { MOST = 4096 };
	const char *text = args->arg[1].text;
	AUTO_FREE uint8_t *bytes = NULL;
	struct syscall_view view;
	unsigned index;
	int64_t value;
	size_t len;

	TRY(entry_view(s, &view));
	TRY(call_find_arg(&view, args->arg[0].text, &index));
	if (!call_is_data(text)) {
		TRY(evaluate_number(s, text, &value));
		return call_set_arg(s->current, index, (uint64_t)value);
	}
	if (!call_arg_points(&view, index))
		return call_arg_is_number(&view, index);
	TRY(decode_data_parse(&view, index, text, MOST, &bytes, &len));
	return call_set_arg_data(s->current, index, bytes, len);
}

struct error *command_call_number(const char *name, enum abi abi,
                                  uint64_t *nr)
{
	AUTO_FREE char *shown = command_quoted(name, strlen(name));
	AUTO_BUF struct buf offers = { 0 };
	const char *near[3];
	int64_t found = syscall_number(abi, name);
	size_t count;

	if (found < 0 && name[0] >= '0' && name[0] <= '9')
		return parse_number(name, "call's number", 0, UINT32_MAX,
		                    nr);
	if (found >= 0) {
		*nr = (uint64_t)found;
		return NULL;
	}
	buf_init(&offers);
	/* A class is no call, nor is one that another machine has. */
	count = name[0] == '%' || syscall_exists(name)
		? 0 : syscall_nearest(name, near, ARRAY_LEN(near));
	for (size_t i = 0; i < count; i++)
		buf_printf(&offers, "%s%s", i ? ", " : "; did you mean ",
		           near[i]);
	return error_new(ERROR_NOT_FOUND, "%s has no call \"%s\"%s%s",
	                 arch_abi(abi)->name, shown,
	                 offers.data, count ? "?" : "");
}

static struct error *run_nr(struct session *s, struct command_args *args)
{
	struct call *call;
	uint64_t nr;

	TRY(call_at_entry(s->current, &call));
	TRY(command_call_number(args->arg[0].text, call->made.abi, &nr));
	return call_set_nr(s->current, nr);
}

/* `emulate`: data for the memory that pointer arguments name. */

enum { MAX_STORES = SYSCALL_ARGS };

struct stores {
	struct call_data items[MAX_STORES];
	size_t count;
};

static void stores_deinit(struct stores *stores)
{
	for (size_t i = 0; i < stores->count; i++)
		free(stores->items[i].bytes);
}

static struct error *add_store(const struct syscall_view *view,
                               unsigned index, const char *data,
                               struct stores *stores)
{
	if (stores->count == MAX_STORES)
		return error_new(ERROR_USAGE, "more stores than arguments");
	return call_data_parse(view, index, data,
	                       &stores->items[stores->count++]);
}

/* NAME=DATA, blanks between. */
static struct error *parse_stores(const char *text,
                                  const struct syscall_view *view,
                                  struct stores *stores)
{
	while (*(text = skip_blanks(text))) {
		size_t len = command_arg_extent(TAKES_VALUE, text, false);
		AUTO_FREE char *word = xstrndup(text, len);
		char *equals = strchr(word, '=');
		unsigned index;

		if (!equals || equals == word) {
			AUTO_FREE char *shown = command_quoted(word, len);

			return error_new(ERROR_USAGE, "say ARG=DATA, as in "
			                 "buf=\"text\", not \"%s\"", shown);
		}
		*equals = '\0';
		TRY(call_find_arg(view, word, &index));
		TRY(add_store(view, index, equals + 1, stores));
		text += len;
	}
	return NULL;
}

/* All of them, or none. */
static struct error *store_all(struct thread *t, const struct stores *stores)
{
	struct error *err = NULL;

	for (size_t i = 0; !err && i < stores->count; i++)
		err = call_store(t, stores->items[i].addr,
		                 stores->items[i].bytes, stores->items[i].len);
	if (err)
		call_unstore(t);
	return err;
}

static struct error *run_emulate(struct session *s, struct command_args *args)
{
	CLEANUP(stores_deinit) struct stores stores = { 0 };
	struct syscall_view view;
	struct call_plan before;
	struct error *err;
	struct call *call;
	int64_t value;

	TRY(entry_view(s, &view));
	TRY(call_value_parse(s, s->current, args->arg[0].text, &value));
	if (args->arg[1].given)
		TRY(parse_stores(args->arg[1].text, &view, &stores));
	call = call_current(s->current);
	before = call->plan;
	TRY(call_emulate(s->current, value));
	err = store_all(s->current, &stores);
	if (err)
		call->plan = before;
	else
		warn_of_skip(s, &view);
	return err;
}

/* Looking. */

static struct error *run_info_syscall(struct session *s,
                                      struct command_args *args)
{
	struct thread *thread;

	if (args->arg[0].given)
		return call_log_show_whole(s, args->arg[0].number);
	TRY(session_need_live(s));
	TRY(session_need_stopped(s, &thread));
	return show_call_whole(s, s->current);
}

static struct error *run_info_syscalls(struct session *s,
                                       struct command_args *args)
{
	enum { SHOWN = 20 };
	size_t count = args->arg[0].given ? (size_t)args->arg[0].number : SHOWN;
	struct expr *condition = NULL;
	struct error *err;

	/* Of calls of all kinds, their arguments have names too. */
	if (!args->arg[1].given)
		TRY(syscall_set_parse("all", &args->arg[1].set));
	if (args->arg[2].given)
		TRY(session_compile_condition(s, args->arg[2].text,
		                              args->arg[1].set, &condition));
	err = call_log_show(s, count, &(struct log_filter){
		.set = args->arg[1].set, .condition = condition });
	expr_destroy(condition);
	return err;
}

enum {
	AT_STOP = CMD_NEEDS_STOPPED | CMD_NEEDS_LIVE,
	STEPS = CMD_NEEDS_STOPPED | CMD_REPEATS | CMD_RUNS,
};

static struct error *run_phases(struct session *s, struct command_args *args)
{
	static const char *const words[] = {
		[CATCH_ENTRY] = "entry", [CATCH_EXIT] = "exit",
		[CATCH_BOTH] = "both",
	};

	if (args->arg[0].given) {
		s->phases = (enum catch_phases)args->arg[0].number;
		return NULL;
	}
	out_begin(s->out, "phases");
	out_text(s->out, ROLE_PLAIN, "catch syscall and sysstep stop at: ");
	out_str(s->out, "phases", ROLE_CONSTANT, words[s->phases]);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "phases", .group = GROUP_SYSCALLS,
		.args = "[phase:phase]",
		.summary = "say what a plain `catch syscall` and `sysstep` "
			"stop at: entry, exit or both",
		.help = "Catchpoints that exist stay as they are.",
		.example = "phases exit",
		.run = run_phases,
	}, {
		.name = "sysstep", .aliases = "ss", .group = GROUP_SYSCALLS,
		.args = "[n:count]", .flags = STEPS,
		.summary = "go on to this thread's next entry or exit of a "
			"system call",
		.help = "N times. Other threads run, and stop for catchpoints "
			"only.",
		.example = "sysstep 3",
		.example_at = EXAMPLE_AT_START,
		.run = run_sysstep,
	}, {
		.name = "sysuntil", .aliases = "su", .group = GROUP_SYSCALLS,
		.args = "set:set [condition:condition]", .flags = STEPS,
		.summary = "go on to the next entry of one of these calls",
		.help = "SET is as in `help catch syscall`.",
		.example = "sysuntil %file if pathname ~ \"/etc/*\"",
		.example_at = EXAMPLE_AT_START,
		.run = run_sysuntil,
	}, {
		.name = "sysfinish", .aliases = "sf", .group = GROUP_SYSCALLS,
		.args = "", .flags = STEPS,
		.summary = "go on to the exit of this very call",
		.example = "sysfinish",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_sysfinish,
	}, {
		.name = "skip", .group = GROUP_SYSCALLS,
		.args = "[-s] [value:value]", .flags = AT_STOP,
		.summary = "do not run this call: it returns VALUE, or 0",
		.help = "VALUE is a number, an errno name (ENOENT and -ENOENT "
			"both mean the error return) or an expression. With "
			"-s its exit is still a stop.",
		.example = "skip -EACCES",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_skip,
	}, {
		.name = "emulate", .group = GROUP_SYSCALLS,
		.args = "value:value [arg=data:data]", .flags = AT_STOP,
		.summary = "as `skip`, and store data where arguments point",
		.help = "DATA is a text in quotes, x\"BYTES\", {NUMBERS} or "
			"@FILE: buf=\"hello\", fds={3,4}, statbuf=@FILE. "
			"Several stand behind each other.",
		.example = "sysuntil read\n"
			"emulate 6 buf=\"hello\\n\"",
		.example_at = EXAMPLE_AT_START,
		.run = run_emulate,
	}, {
		.name = "fake", .group = GROUP_SYSCALLS,
		.args = "value:value", .flags = AT_STOP,
		.summary = "let this call run, and replace its result",
		.help = "At its entry or at its exit.",
		.example = "fake -ENOENT",
		.example_at = EXAMPLE_AT_EXIT,
		.run = run_fake,
	}, {
		.name = "arg", .group = GROUP_SYSCALLS,
		.args = "argument:argument value:expression", .flags = AT_STOP,
		.summary = "change an argument of this call",
		.help = "ARGUMENT is a name or a number from 0. A text in "
			"quotes, x\"BYTES\", {NUMBERS} or @FILE is stored in "
			"memory of scdb's own in the program, and the "
			"argument points there.",
		.example = "arg pathname \"/etc/hostname\"",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_arg,
	}, {
		.name = "nr", .group = GROUP_SYSCALLS, .args = "call:call",
		.flags = AT_STOP,
		.summary = "make this call another one, with the same "
			"arguments",
		.example = "nr getpid",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_nr,
	}, {
		.name = "info syscall", .group = GROUP_SYSCALLS,
		.args = "[n:count]",
		.summary = "show this thread's call whole, and what was "
			"decided",
		.help = "With N the call that has this number in `info "
			"syscalls`, as far as the log knows it: strings as "
			"they were shown, or decoded for the full screen, "
			"else pointers.",
		.example = "info syscall",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_syscall,
	}, {
		.name = "info syscalls", .group = GROUP_SYSCALLS,
		.args = "[n:count] [set:set] [condition:condition]",
		.summary = "show the last calls, their results and times",
		.help = "The last N (20) of SET for which the condition holds. "
			"It can ask for arguments, fd.path, ret, errno, nr, "
			"pid, tid and comm; what the log does not know of a "
			"call makes it false. On a screen the lines are cut "
			"to fit: `info syscall N` shows one whole.",
		.example = "info syscalls 5 %file if ret < 0",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_syscalls,
	},
};

const struct command_table commands_syscalls = { table, ARRAY_LEN(table) };
