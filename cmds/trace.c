/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing calls down, and counting them, as the program runs. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/trace.h"
#include "session/words.h"

#include <string.h>

/* "SET [if COND] [to FILE]" in pieces, which stand in TEXT. */
struct trace_words {
	char *set;
	char *condition;   /* NULL: none */
	char *file;
};

/* Cuts TEXT before WORD; what stands behind it, or NULL. */
static struct error *cut_at(char *text, const char *word, bool last,
                            const char *missing, char **behind)
{
	char *at = words_find(text, word, last);

	*behind = NULL;
	if (!at)
		return NULL;
	*at = '\0';
	*behind = words_skip(at + strlen(word));
	words_trim(text);
	words_trim(*behind);
	if (!**behind)
		return error_new(ERROR_USAGE, "%s must follow `%s`", missing,
		                 word);
	return NULL;
}

static struct error *split(char *text, struct trace_words *words)
{
	words->set = text;
	TRY(cut_at(text, "to", true, "a file's name", &words->file));
	return cut_at(text, "if", false, "a condition", &words->condition);
}

static struct error *make_wish(struct session *s,
                               const struct trace_words *words, bool counts,
                               struct trace_wish *wish)
{
	struct error *err;

	*wish = (struct trace_wish){ .file = words->file, .counts = counts };
	if (words->file && counts)
		return error_new(ERROR_USAGE, "what is counted goes to no "
		                 "file: `info stats` shows it");
	TRY(arg_parse_set(words->set, &wish->set));
	if (!words->condition)
		return NULL;
	wish->condition_text = words->condition;
	err = session_place(session_compile_condition(s, words->condition,
	                                              wish->set,
	                                              &wish->condition),
	                    words->condition);
	if (!err)
		return NULL;
	syscall_set_destroy(wish->set);
	return error_at(err, (size_t)(words->condition - words->set));
}

static struct error *run_trace(struct session *s, struct command_args *args)
{
	bool counts = args->options & 1;
	char all[] = "all";
	struct trace_words words = { .set = all };
	struct trace_wish wish;

	if (!args->arg[0].given && !counts) {
		trace_list(s);
		return NULL;
	}
	if (args->arg[0].given)
		TRY(split(args->arg[0].text, &words));
	if (strcmp(words.set, "off") == 0 && (counts || words.condition))
		return error_new(ERROR_USAGE,
		                 "say `trace off` or `trace off to FILE`");
	if (strcmp(words.set, "off") == 0)
		return trace_off(s, words.file);
	TRY(arg_point(make_wish(s, &words, counts, &wish), args,
	              &args->arg[0]));
	return trace_add(s, &wish);
}

static struct error *run_info_stats(struct session *s,
                                    struct command_args *args)
{
	if (args->options & 1)
		trace_show_bars(s);
	else
		trace_show_stats(s);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "trace", .group = GROUP_SYSCALLS,
		.args = "[-c] [traced:traced]",
		.summary = "write calls down as the program runs, without "
			"stopping",
		.help = "SET [if COND] [to FILE]: these calls, one a line, as "
			"strace has them. Without a file they go where `set "
			"trace-file` or the option -o says, else to you. "
			"FILE may be |COMMAND, which the shell runs. "
			"Signals and ends of threads are written too. Several "
			"traces can be under way; `trace` alone lists them. "
			"off [to FILE]: ends all of them, or those to a file. "
			"-c [SET [if COND]]: counts calls instead; `info "
			"stats` shows them. A condition may ask for `ret` and "
			"`errno`. SET is as in `help catch syscall`.",
		.example = "trace all to /dev/null\n"
			"trace -c %file if ret < 0\n"
			"trace off",
		.run = run_trace,
	}, {
		.name = "info stats", .group = GROUP_SYSCALLS, .args = "[-b]",
		.summary = "show what `trace -c` has counted so far",
		.help = "Calls, errors and times, which are those of the "
			"clock, from a call's entry to its exit; min, median, "
			"95% (most calls took no longer) and max are "
			"microseconds. The median and 95% are right to 3 %. "
			"-b: as bars, by what `set trace-sort` says, and how "
			"many calls a second there were since the last look "
			"that is a second ago, or from the first call on.",
		.example = "info stats -b",
		.run = run_info_stats,
	},
};

const struct command_table commands_trace = { table, ARRAY_LEN(table) };
