/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watchpoints: set and listed. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/watch.h"

#include <string.h>

/* `thread N` and `if COND`, in any order but that a condition is the last. */
struct tail {
	char *thread;
	const char *condition;
};

static struct error *parse_tail(const char *at, struct tail *tail)
{
	at = skip_blanks(at);
	while (arg_word_is(at, "thread")) {
		size_t len;

		at = skip_blanks(at + strlen("thread"));
		len = arg_word_len(at);
		if (!len)
			return error_new(ERROR_USAGE, "a thread's number is "
			                 "missing behind `thread`");
		free(tail->thread);
		tail->thread = xstrndup(at, len);
		at = skip_blanks(at + len);
	}
	if (strncmp(at, "if", 2) == 0 && strchr(" \t(", at[2])) {
		tail->condition = skip_blanks(at + 2);
		if (*tail->condition)
			return NULL;
		return error_new(ERROR_USAGE, "a condition is missing behind "
		                 "`if`");
	}
	if (*at) {
		AUTO_FREE char *shown = command_quoted(at, strlen(at));

		return error_new(ERROR_USAGE, "expected `thread N` or `if` "
		                 "and a condition, not \"%s\"", shown);
	}
	return NULL;
}

static bool take_location(const char **at)
{
	if (!arg_word_is(*at, "-l") && !arg_word_is(*at, "-location"))
		return false;
	*at = skip_blanks(*at + arg_word_len(*at));
	return true;
}

static struct error *watch(struct session *s, struct command_args *args,
                           enum watch_kind kind)
{
	const char *at = args->arg[0].given ? args->arg[0].text : "";
	struct watch_request r = { .kind = kind };
	AUTO_FREE char *text = NULL;
	struct tail tail = { 0 };
	struct expr *expr = NULL;
	struct breakpoint *b;
	struct error *err;
	size_t len;

	r.location = take_location(&at);
	if (!*at)
		return error_new(ERROR_USAGE, "Argument required (expression "
		                 "to compute).");
	TRY(session_compile_value(s, at, false, &len, &expr));
	expr_destroy(expr);
	text = xstrndup(at, trimmed_len(at, len));
	err = parse_tail(at + len, &tail);
	r.text = text;
	r.thread = tail.thread;
	r.condition = tail.condition;
	if (!err)
		err = watch_add(s, &r, &b);
	free(tail.thread);
	if (!err)
		watch_announce(s, b);
	return err;
}

static struct error *run_watch(struct session *s, struct command_args *args)
{
	return watch(s, args, WATCH_WRITE);
}

static struct error *run_rwatch(struct session *s, struct command_args *args)
{
	return watch(s, args, WATCH_READ);
}

static struct error *run_awatch(struct session *s, struct command_args *args)
{
	return watch(s, args, WATCH_ACCESS);
}

static struct error *run_info(struct session *s, struct command_args *args)
{
	const struct command_arg *arg = &args->arg[0];
	AUTO_FREE unsigned *numbers = xcalloc(s->breakpoints.len + 1,
	                                      sizeof(*numbers));
	size_t count = 0;

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];
		bool chosen = !arg->given;

		for (size_t k = 0; k < arg->number_count; k++)
			chosen = chosen || arg->numbers[k] == b->number;
		if (chosen && watch_is(b))
			numbers[count++] = b->number;
	}
	if (count)
		breakpoint_list(s, numbers, count);
	else
		out_message(s->out, "note", ROLE_PLAIN, "No watchpoints.");
	return NULL;
}

#define WATCH_TAIL \
	" `-l` (`-location`) watches the memory that it stands in, whatever " \
	"the names mean later. `thread N` counts only what that thread does."

static const struct command table[] = {
	{
		.name = "watch", .group = GROUP_BREAKPOINTS,
		.args = "[expression:watched]",
		.summary = "stop when the value of an expression changes",
		.help = "By the debug registers where they can have all that "
			"the expression is read from (four aligned pieces of "
			"8 bytes), else by stepping, which is slow: it is "
			"called just a watchpoint then. What the kernel "
			"writes is seen at the end of the call." WATCH_TAIL,
		.example = "watch *(int *) $sp\nwatch -l *(long *) $sp if pid",
		.example_at = EXAMPLE_AT_START,
		.run = run_watch,
	}, {
		.name = "rwatch", .group = GROUP_BREAKPOINTS,
		.args = "[expression:watched]",
		.summary = "stop when the value of an expression is read",
		.help = "By the debug registers, which can't tell reads from "
			"writes of the same value." WATCH_TAIL,
		.example = "rwatch -l *(int *) $sp",
		.example_at = EXAMPLE_AT_START,
		.run = run_rwatch,
	}, {
		.name = "awatch", .group = GROUP_BREAKPOINTS,
		.args = "[expression:watched]",
		.summary = "stop when the value of an expression is read or "
			"written",
		.help = "By the debug registers." WATCH_TAIL,
		.example = "awatch -l *(int *) $sp",
		.example_at = EXAMPLE_AT_START,
		.run = run_awatch,
	}, {
		.name = "info watchpoints", .group = GROUP_BREAKPOINTS,
		.args = "[numbers:numbers]",
		.summary = "list the watchpoints",
		.example = "info watchpoints",
		.run = run_info,
	},
};

const struct command_table commands_watch = { table, ARRAY_LEN(table) };
