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
	CMD_RUNS = 1 << 4,          /* starts threads: what is left of a
	                             * stop's `commands` goes */
	CMD_BACKGROUND = 1 << 7,    /* takes a final `&` */
	CMD_PREFIX = 1 << 5,        /* has sub-commands: info, set, show */
	CMD_SETTINGS = 1 << 6,      /* ... and settings stand among them */
	CMD_BLOCK = 1 << 8,         /* lines up to `end` follow */
	CMD_RAW_BLOCK = 1 << 9,     /* ... which are text, not commands */
	CMD_USER = 1 << 10,         /* the user defined it */
	CMD_NEEDS_LIVE = 1 << 11,   /* a process, and no core */
};

enum command_group {
	GROUP_RUNNING, GROUP_SYSCALLS, GROUP_BREAKPOINTS, GROUP_LOOKING,
	GROUP_TOOL, GROUP_USER, GROUP_COUNT,
};

/* What an example wants: cat /etc/hosts is the program. */
enum example_at {
	EXAMPLE_AT_ANY,     /* nothing */
	EXAMPLE_AT_START,   /* its first instruction */
	EXAMPLE_AT_ENTRY,   /* the entry of the openat of that file */
	EXAMPLE_AT_EXIT,    /* ... its exit */
	EXAMPLE_AT_SIGNAL,  /* a signal stopped it */
	EXAMPLE_AT_RUNNING, /* it runs in the background */
};

/* One parsed argument; which members are valid follows from the spec. */
struct command_arg {
	bool given;
	char *text;                /* as typed, blanks around it taken off */
	size_t at;                 /* where that stands in the line */
	uint64_t number;           /* count, number, pid, phase, signal */
	uint64_t *numbers;         /* numbers */
	bool *ranged;              /* ... which are of a range */
	size_t number_count;
	struct syscall_set *set;   /* set; owned by the args until taken */
};

enum { COMMAND_MAX_ARGS = 6, COMMAND_MAX_LINE = 65536 };

struct command;

struct command_args {
	const struct command *command;
	char *line;                /* everything behind the command's name */
	struct command_arg arg[COMMAND_MAX_ARGS]; /* in the spec's order */
	bool background;           /* a final `&` */
	unsigned options;          /* bit N: the Nth letter of the spec's
	                            * [-abc] was given */
};

struct command {
	const char *name;          /* "catch syscall", "info registers" */
	/*
	 * Other words for the last word of the name ("r" of "info registers"
	 * is `info r`), blanks between; NULL: none.  They come before any
	 * abbreviation.
	 */
	const char *aliases;
	enum command_group group;
	/*
	 * The arguments, blanks between: NAME:TYPE, in [] where optional; the
	 * name in capitals stands for it in the usage.  [-s] are option
	 * letters.  "" is none.  What the types take:
	 *   count       a number from 1
	 *   number      a number
	 *   breakpoint  the number of a breakpoint
	 *   inferior    the number of an inferior
	 *   numbers     numbers of breakpoints, and ranges: 1 3-5
	 *   places      the same, and places of them: 1.2, 1.2-4
	 *   pid         a process id
	 *   word        up to a blank
	 *   thread      a thread's label, checked by the command
	 *   signal      a signal's name or number, or 0
	 *   argument    the name or number of a call's argument
	 *   set         a SET of calls; blanks separate as commas do
	 *   phase       the word entry, exit or both
	 *   signames    a signal, a range of them, or all
	 *   user        the name of a user-defined command
	 *   newname     ... of one that is to be made, or of a hook
	 *   variable    the name of a variable of the environment
	 *   rule-file   the name of a file of rules
	 *   pane        the name of a pane of the full screen
	 *   path        a file's name; quotes are for blanks in it
	 *   format      /FMT, close behind the command's name
	 *   value       a VALUE; ends at a blank outside brackets and quotes
	 *               unless it is the last
	 * and the rest of the line:
	 *   condition   the word `if` and an expression
	 *   expression, registers, file, command, setting, call, data, signals
	 *   (and what to do with them), shell (words of a shell), assignment
	 *   (VARIABLE=VALUE), traced (what `trace` takes), apply (threads and
	 *   a command), alias (NAME = COMMAND), values (a format and
	 *   expressions), symbol, rest, where (a location, and what may follow
	 *   it behind `break`), watched (the same of an expression),
	 *   break-setting, layout (of the full screen)
	 */
	const char *args;
	const char *summary;       /* one line, lower case, no full stop */
	const char *help;          /* the rest of its help; may be NULL */
	/*
	 * Lines that work in the state EXAMPLE_AT; new lines between.  A test
	 * runs them all (tests/scripts/examples.sh).
	 */
	const char *example;
	enum example_at example_at;
	unsigned flags;
	struct error *(*run)(struct session *s, struct command_args *args);
};

struct command_table {
	const struct command *commands;
	size_t count;
};

/* Every table: cmds/table.c. */
const struct command_table *const *command_tables(size_t *count);

/* What the commands keep between them; session->commands points to it. */
void command_init(struct session *s);
void command_deinit(struct session *s);

/*
 * Finds, checks, parses and runs LINE; then waits for what it started in the
 * foreground and runs `commands` of the stop.  An empty line does nothing here
 * (repeating is the prompt's matter: command_repeatable).
 */
struct error *command_execute(struct session *s, const char *line) MUST_CHECK;
/*
 * Around the command that LINE, typed or an option, stands for: what belongs
 * to it has the record "command" before and "done" behind it.  The end reports
 * ERR, as command_report does, and says whether there was none.
 */
void command_begin(struct session *s, const char *line);
bool command_end(struct session *s, struct error *err);
/*
 * What the command LINE, one that only looks, says now, into OUT.  It leaves no
 * trace: hooks don't run, nothing is asked or fetched, $_ and what `x` and `list`
 * go on with stay as they are.  Threads may run.
 */
struct error *command_peek(struct session *s, const char *line,
                           struct out *out) MUST_CHECK;
/* The `commands` of a stop that the background brought. */
struct error *command_run_actions(struct session *s) MUST_CHECK;
/* Refuses lines too long, and those with NUL or other control bytes. */
struct error *command_check_line(const char *line, size_t len) MUST_CHECK;
/* What an empty line after LINE shall run, or NULL; the caller frees it. */
char *command_repeatable(const struct session *s, const char *line);
/* Whether what is being run stands in a file. */
bool command_in_file(const struct session *s);
/* Whether the last one asked not to be repeated (dont-repeat). */
bool command_forgets(struct session *s);
/* Lines of FILE ("-": standard input); errors get "FILE:LINE: " before. */
struct error *command_source(struct session *s, const char *file) MUST_CHECK;
/*
 * The user's settings and init file, and the init file in the working directory
 * where that is safe: section "Init files" of docs/manual.md.
 */
struct error *command_source_init(struct session *s) MUST_CHECK;
/* Whether TEXT has a word with which `detach` begins, or `source`. */
bool command_says_detach(const char *text);
/* Whether a line of a file did so far. */
bool command_has_read_detach(const struct session *s);
/* Shows ERR to the user and destroys it. */
void command_report(struct session *s, struct error *err);

/*
 * Where multi-line commands (`commands` ... `end`) get their lines from, and
 * who answers questions: set by whoever feeds the dispatcher.
 */
struct command_input {
	/* NULL: end of input.  The caller frees the line. */
	char *(*next_line)(void *ctx, const char *prompt);
	/* NULL: nobody is there to ask; the answer is yes. */
	bool (*ask)(void *ctx, const char *question);
	void *ctx;
};
/* Returns the one before. */
struct command_input command_set_input(struct session *s,
                                       struct command_input input);
/* Asks where `confirm` is on and somebody is there. */
bool command_confirm(struct session *s, const char *fmt, ...)
	PRINTF_LIKE(2, 3);

typedef VEC(char *) command_words;
/*
 * What may stand at the end of LINE (of which only the bytes before the cursor
 * are given): WORDS gets whole replacements for the word that starts at the
 * returned offset.  A TAB in one ends it; behind that stands a note that is
 * only shown (the name of a process).
 */
size_t command_complete(struct session *s, const char *line,
                        command_words *words);

#endif
