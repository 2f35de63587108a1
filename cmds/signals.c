/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `handle` and `info signals`: what becomes of signals. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "syscalls/decode.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { SIGNALS = 64 };

static const struct out_column columns[] = {
	{ "signal", "Signal", false },  { "stop", "Stop", false },
	{ "print", "Print", false },    { "pass", "Pass to program", false },
	{ "description", "Description", false },
};

static void show_rows(struct session *s, const bool chosen[SIGNALS + 1])
{
	out_table_begin(s->out, "signals", columns, ARRAY_LEN(columns));
	for (int i = 1; i <= SIGNALS; i++) {
		struct signal_action action = session_signal_action(s, i);
		char name[16];

		if (!chosen[i])
			continue;
		out_row(s->out);
		out_str(s->out, "signal", ROLE_NAME, signal_name(i, name));
		out_bool(s->out, "stop", action.stop,
		         action.stop ? "Yes" : "No");
		out_bool(s->out, "print", action.print,
		         action.print ? "Yes" : "No");
		out_bool(s->out, "pass", action.pass,
		         action.pass ? "Yes" : "No");
		out_str(s->out, "description", ROLE_PLAIN, strsignal(i));
	}
	out_row(s->out);
	out_table_end(s->out);
}

/*
 * "SIGINT", "14", "14-15" (only 1 to 15, as in gdb), "all" (all but SIGINT and
 * SIGTRAP, which a debugger needs).  False: it is none of these.
 */
static bool choose(const char *word, bool chosen[SIGNALS + 1])
{
	unsigned from, to;
	int end = 0, one;

	if (strcmp(word, "all") == 0) {
		for (int i = 1; i <= SIGNALS; i++)
			if (i != SIGINT && i != SIGTRAP)
				chosen[i] = true;
		return true;
	}
	if (sscanf(word, "%2u-%2u%n", &from, &to, &end) == 2 && !word[end] &&
	    from >= 1 && to <= 15 && from <= to) {
		while (from <= to)
			chosen[from++] = true;
		return true;
	}
	one = signal_number(word);
	if (one < 1 || one > SIGNALS)
		return false;
	chosen[one] = true;
	return true;
}

/* What the words ask for: bits to set and bits to clear. */
struct wish {
	struct signal_action on, off;
};

/* As in gdb: to stop is to print, not to print is not to stop. */
static bool wish_for(const char *word, struct wish *wish)
{
	static const struct {
		const char *word;
		struct wish wish;
	} words[] = {
		{ "stop", { .on = { .stop = true, .print = true } } },
		{ "nostop", { .off = { .stop = true } } },
		{ "print", { .on = { .print = true } } },
		{ "noprint", { .off = { .stop = true, .print = true } } },
		{ "pass", { .on = { .pass = true } } },
		{ "noignore", { .on = { .pass = true } } },
		{ "nopass", { .off = { .pass = true } } },
		{ "ignore", { .off = { .pass = true } } },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const struct wish *w = &words[i].wish;

		if (strcmp(word, words[i].word) != 0)
			continue;
		wish->on.stop = (wish->on.stop && !w->off.stop) || w->on.stop;
		wish->on.print = (wish->on.print && !w->off.print) ||
		                 w->on.print;
		wish->on.pass = (wish->on.pass && !w->off.pass) || w->on.pass;
		wish->off.stop = (wish->off.stop && !w->on.stop) ||
		                 w->off.stop;
		wish->off.print = (wish->off.print && !w->on.print) ||
		                  w->off.print;
		wish->off.pass = (wish->off.pass && !w->on.pass) ||
		                 w->off.pass;
		return true;
	}
	return false;
}

static void grant(struct session *s, int signum, const struct wish *wish)
{
	struct signal_action a = session_signal_action(s, signum);

	a.stop = (a.stop && !wish->off.stop) || wish->on.stop;
	a.print = (a.print && !wish->off.print) || wish->on.print;
	a.pass = (a.pass && !wish->off.pass) || wish->on.pass;
	session_handle_signal(s, signum, a);
}

static struct error *run_handle(struct session *s, struct command_args *args)
{
	AUTO_FREE char *text = xstrdup(args->arg[0].text);
	bool chosen[SIGNALS + 1] = { false };
	struct wish wish = { { 0 }, { 0 } };
	bool any = false;
	char *rest = NULL;

	for (char *word = strtok_r(text, " \t", &rest); word;
	     word = strtok_r(NULL, " \t", &rest)) {
		AUTO_FREE char *shown = command_quoted(word, strlen(word));

		if (wish_for(word, &wish))
			continue;
		if (!choose(word, chosen))
			return error_new(ERROR_USAGE,
			                 "\"%s\" is neither a signal nor one "
			                 "of stop, nostop, print, noprint, "
			                 "pass, nopass", shown);
		any = true;
	}
	if (!any)
		return error_new(ERROR_USAGE,
		                 "which signal? A name, a number from 1 to "
		                 "15, or all");
	for (int i = 1; i <= SIGNALS; i++)
		if (chosen[i])
			grant(s, i, &wish);
	show_rows(s, chosen);
	return NULL;
}

static struct error *run_info_signals(struct session *s,
                                      struct command_args *args)
{
	bool chosen[SIGNALS + 1] = { false };
	const char *word = args->arg[0].text;

	if (!args->arg[0].given) {
		for (int i = 1; i <= SIGNALS; i++)
			chosen[i] = true;
	} else if (!choose(word, chosen)) {
		AUTO_FREE char *shown = command_quoted(word, strlen(word));

		return error_new(ERROR_NOT_FOUND, "no signal \"%s\"", shown);
	}
	show_rows(s, chosen);
	return NULL;
}

static const struct command commands[] = {
	{
		.name = "handle", .group = GROUP_RUNNING,
		.args = "signal:signals",
		.summary = "say what becomes of a signal",
		.help = "handle SIGNAL... [stop|nostop] [print|noprint] "
			"[pass|nopass]\n\n"
			"A signal can stop the program, be told of, and be "
			"passed on to the program. SIGNAL is a name "
			"(SIGUSR1, USR1), a number from 1 to 15, a range of "
			"these (2-5), or all, which leaves SIGINT and "
			"SIGTRAP out.",
		.example = "handle SIGUSR1 nostop noprint pass",
		.run = run_handle,
	}, {
		.name = "info signals", .aliases = "handle",
		.group = GROUP_RUNNING, .args = "[signal:signames]",
		.summary = "show what becomes of signals",
		.example = "info signals SIGINT",
		.run = run_info_signals,
	},
};

const struct command_table commands_signals = { commands,
                                                ARRAY_LEN(commands) };
