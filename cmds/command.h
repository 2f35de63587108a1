/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmds/command.h: a command as data, and the dispatcher.
 *
 * Every family of commands is a file in cmds/ with one table of these; the
 * tables are listed in cmds/table.c.  Usage, `help`, completion and the
 * reference in docs/ come from the table.
 */
#ifndef SCDB_CMDS_COMMAND_H
#define SCDB_CMDS_COMMAND_H

#include "base/error.h"
#include "base/types.h"
#include "base/vec.h"
#include "session/session.h"

#include <stdbool.h>

enum command_flag {
	CMD_NEEDS_PROCESS = 1 << 0,
	CMD_NEEDS_STOPPED = 1 << 1, /* ... the current thread */
	CMD_REPEATS = 1 << 2,       /* an empty line does it again */
	CMD_REPEATS_BARE = 1 << 3,  /* ... but without its arguments (x) */
	CMD_RUNS = 1 << 4,          /* may start threads: `&` is allowed */
	CMD_PREFIX = 1 << 5,        /* has sub-commands: info, set, show */
};

enum command_group {
	GROUP_RUNNING, GROUP_SYSCALLS, GROUP_BREAKPOINTS, GROUP_LOOKING,
	GROUP_TOOL, GROUP_COUNT,
};

/* One parsed argument; which members are valid follows from the spec. */
struct command_arg {
	bool given;
	const char *text;          /* as typed, blanks around it taken off */
	uint64_t number;           /* count, number, pid */
	struct syscall_set *set;   /* set; owned by the args until taken */
};

enum { COMMAND_MAX_ARGS = 8 };

struct command_args {
	const char *line;          /* everything behind the command's name */
	struct command_arg arg[COMMAND_MAX_ARGS]; /* in the spec's order */
	bool background;           /* a final `&` */
	unsigned options;          /* bit N: the Nth letter of the spec's
	                            * [-abc] was given */
};

struct command {
	const char *name;          /* "catch syscall", "info registers" */
	const char *aliases;       /* "ss", blanks between; NULL: none */
	enum command_group group;
	/*
	 * The arguments, blanks between: NAME:TYPE, in [] where optional, the
	 * last one may be of a type that takes the rest of the line.  Types:
	 * count, number, pid, word, set, phase, condition (the word `if` and
	 * the rest), value, expression, rest, file, thread, command, setting,
	 * signal, register, argument.  [-s] is an option letter.  "" is none.
	 */
	const char *args;
	const char *summary;       /* one line, lower case, no full stop */
	const char *help;          /* the rest of its help; may be NULL */
	unsigned flags;
	struct error *(*run)(struct session *s, struct command_args *args);
};

struct command_table {
	const struct command *commands;
	size_t count;
};

/* Every table: cmds/table.c. */
const struct command_table *const *command_tables(size_t *count);

/*
 * Finds, checks, parses and runs LINE; then waits for what it started in the
 * foreground and runs `commands` of the stop.  An empty line does nothing here
 * (repeating is the prompt's matter: command_repeatable).
 */
struct error *command_execute(struct session *s, const char *line) MUST_CHECK;
/* What an empty line after LINE shall run, or NULL; the caller frees it. */
char *command_repeatable(const char *line);
/* Lines of FILE ("-": standard input); errors get "FILE:LINE: " before. */
struct error *command_source(struct session *s, const char *file) MUST_CHECK;
/*
 * Where multi-line commands (`commands` ... `end`) get their lines from: set
 * by whoever feeds the dispatcher.  NULL return: end of input.  The caller
 * frees the line.
 */
struct command_input {
	char *(*next_line)(void *ctx, const char *prompt);
	void *ctx;
};
struct command_input command_set_input(struct session *s,
                                       struct command_input input);

typedef VEC(char *) command_words;
/*
 * What may stand at the end of LINE (of which only the bytes before the cursor
 * are given): WORDS gets whole replacements for the word that starts at the
 * returned offset.
 */
size_t command_complete(struct session *s, const char *line,
                        command_words *words);

#endif
