/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catchpoints on events beside system calls: set. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/catch_event.h"
#include "syscalls/decode.h"

#include <string.h>

static void announce(struct session *s, const struct breakpoint *b)
{
	bool temporary = b->disposition == DISPOSITION_DELETE;
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	catch_event_text(b, &text);
	out_begin(s->out, "catchpoint");
	out_text(s->out, ROLE_PLAIN, "%s ", temporary
	         ? "Temporary catchpoint" : "Catchpoint");
	out_uint(s->out, "number", ROLE_NUMBER, b->number, "%u", b->number);
	out_text(s->out, ROLE_PLAIN, " (");
	out_str(s->out, "event", ROLE_NAME, text.data);
	out_text(s->out, ROLE_PLAIN, ")\n");
	out_hidden_bool(s->out, "temporary", temporary);
	out_end(s->out);
}

/* Takes FILTER's pattern.  CONDITION: behind `if`, or NULL. */
static struct error *add(struct session *s, enum catch_event event,
                         struct catch_filter *filter, const char *condition,
                         bool temporary)
{
	struct expr *expr = NULL;
	struct error *err = NULL;
	struct breakpoint *b;

	if (condition)
		err = session_mark(session_compile_condition(s, condition, NULL,
		                                             &expr), condition);
	if (err) {
		free(filter->pattern);
		return err;
	}
	TRY(catch_event_add(s, event, filter, expr, temporary, &b));
	announce(s, b);
	return NULL;
}

static struct error *add_plain(struct session *s, struct command_args *args,
                               enum catch_event event, bool temporary)
{
	struct catch_filter none = { 0 };
	const struct command_arg *arg = &args->arg[0];

	return add(s, event, &none, arg->given ? arg->text : NULL, temporary);
}

/* The condition behind `if`; *LEN: what stands before it.  NULL: none. */
static const char *find_condition(const char *text, size_t *len)
{
	size_t at = 0;

	while (text[at] && !(arg_word_is(text + at, "if"))) {
		at += arg_word_len(text + at);
		at = (size_t)(skip_blanks(text + at) - text);
	}
	*len = trimmed_len(text, at);
	return text[at] ? skip_blanks(text + at + strlen("if")) : NULL;
}

static struct error *take_signal(const char *word, size_t len,
                                 struct catch_filter *filter)
{
	AUTO_FREE char *shown = command_quoted(word, len);
	AUTO_FREE char *name = xstrndup(word, len);
	int signal = signal_number(name);

	if (strcmp(name, "all") == 0) {
		filter->all_signals = true;
		return NULL;
	}
	if (signal < 1 || signal > 64)
		return error_new(ERROR_USAGE, "Unknown signal name '%s'.",
		                 shown);
	filter->signals |= 1ull << (signal - 1);
	return NULL;
}

static struct error *add_signal(struct session *s, struct command_args *args,
                                bool temporary)
{
	const char *text = args->arg[0].given ? args->arg[0].text : "";
	struct catch_filter filter = { 0 };
	size_t len;
	const char *condition = find_condition(text, &len);
	const char *end = text + len;

	while (text < end) {
		size_t word = arg_word_len(text);

		TRY(take_signal(text, word, &filter));
		text = skip_blanks(text + word);
	}
	if (filter.all_signals && filter.signals)
		return error_new(ERROR_USAGE,
		                 "'all' cannot be caught with other signals");
	return add(s, CATCH_SIGNAL, &filter, condition, temporary);
}

static struct error *add_modules(struct session *s, struct command_args *args,
                                 enum catch_event event, bool temporary)
{
	const char *text = args->arg[0].given ? args->arg[0].text : "";
	struct catch_filter filter = { 0 };
	size_t len;
	const char *condition = find_condition(text, &len);

	if (len)
		filter.pattern = xstrndup(text, len);
	return add(s, event, &filter, condition, temporary);
}

/* Two commands an event: for good, and for one stop. */
#define RUNS(event, add_it, ...) \
	static struct error *run_##event(struct session *s, \
	                                 struct command_args *args) \
	{ \
		return add_it(s, args, __VA_ARGS__ false); \
	} \
	static struct error *run_t##event(struct session *s, \
	                                  struct command_args *args) \
	{ \
		return add_it(s, args, __VA_ARGS__ true); \
	}
/* The comma belongs to what comes before the last argument. */
#define COMMA ,
RUNS(exec, add_plain, CATCH_EXEC COMMA)
RUNS(fork, add_plain, CATCH_FORK COMMA)
RUNS(vfork, add_plain, CATCH_VFORK COMMA)
RUNS(clone, add_plain, CATCH_CLONE COMMA)
RUNS(exit, add_plain, CATCH_END COMMA)
RUNS(signal, add_signal, )
RUNS(load, add_modules, CATCH_LOAD COMMA)
RUNS(unload, add_modules, CATCH_UNLOAD COMMA)

static const struct command table[] = {
	{
		.name = "catch exec", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "stop where a process runs another program",
		.help = "It is at the end of the execve, before the new "
			"program's first instruction.",
		.example = "catch exec",
		.run = run_exec,
	}, {
		.name = "tcatch exec", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "as `catch exec`, and gone after its first stop",
		.example = "tcatch exec",
		.run = run_texec,
	}, {
		.name = "catch fork", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "stop where a process forks",
		.help = "The stop is that of the parent; the child "
			"exists and has not run yet.",
		.example = "catch fork if pid != 1",
		.run = run_fork,
	}, {
		.name = "tcatch fork", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "as `catch fork`, and gone after its first stop",
		.example = "tcatch fork if pid != 1",
		.run = run_tfork,
	}, {
		.name = "catch vfork", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "stop where a process makes another by vfork",
		.help = "The stop is that of the parent, which then "
			"waits until its child execs or ends.",
		.example = "catch vfork",
		.run = run_vfork,
	}, {
		.name = "tcatch vfork", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "as `catch vfork`, and gone after its first "
			"stop",
		.example = "tcatch vfork",
		.run = run_tvfork,
	}, {
		.name = "catch clone", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "stop where a thread is made, or a process by "
			"clone",
		.help = "The stop is that of the thread that makes the "
			"other one.",
		.example = "catch clone",
		.run = run_clone,
	}, {
		.name = "tcatch clone", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "as `catch clone`, and gone after its first "
			"stop",
		.example = "tcatch clone",
		.run = run_tclone,
	}, {
		.name = "catch exit", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "stop where a thread is about to end",
		.help = "Each thread, just before it ends: its memory "
			"can still be read, and nothing can keep it "
			"from ending.",
		.example = "catch exit",
		.run = run_exit,
	}, {
		.name = "tcatch exit", .group = GROUP_BREAKPOINTS,
		.args = "[condition:condition]",
		.summary = "as `catch exit`, and gone after its first stop",
		.example = "tcatch exit",
		.run = run_texit,
	}, {
		.name = "catch signal", .group = GROUP_BREAKPOINTS,
		.args = "[signals:rest]",
		.summary = "stop where a signal is about to be delivered",
		.help = "Without a name it is every signal but SIGTRAP "
			"and SIGINT; with `all`, those too. It stops "
			"whatever `handle` says of the signal.",
		.example = "catch signal SIGUSR1 SIGUSR2",
		.run = run_signal,
	}, {
		.name = "tcatch signal", .group = GROUP_BREAKPOINTS,
		.args = "[signals:rest]",
		.summary = "as `catch signal`, and gone after its first "
			"stop",
		.example = "tcatch signal SIGUSR1 SIGUSR2",
		.run = run_tsignal,
	}, {
		.name = "catch load", .group = GROUP_BREAKPOINTS,
		.args = "[regex:rest]",
		.summary = "stop where libraries are loaded",
		.help = "REGEX is an extended regular expression that "
			"is searched for in the names of the files; "
			"without it it is any library.",
		.example = "catch load libm",
		.run = run_load,
	}, {
		.name = "tcatch load", .group = GROUP_BREAKPOINTS,
		.args = "[regex:rest]",
		.summary = "as `catch load`, and gone after its first stop",
		.example = "tcatch load libm",
		.run = run_tload,
	}, {
		.name = "catch unload", .group = GROUP_BREAKPOINTS,
		.args = "[regex:rest]",
		.summary = "stop where libraries are unloaded",
		.help = "REGEX is an extended regular expression that "
			"is searched for in the names of the files; "
			"without it it is any library.",
		.example = "catch unload libm",
		.run = run_unload,
	}, {
		.name = "tcatch unload", .group = GROUP_BREAKPOINTS,
		.args = "[regex:rest]",
		.summary = "as `catch unload`, and gone after its first "
			"stop",
		.example = "tcatch unload libm",
		.run = run_tunload,
	},
};

const struct command_table commands_catch_event = {
	table, ARRAY_LEN(table)
};
