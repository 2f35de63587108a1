/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmds/internal.h: what the files of cmds/ share among themselves.
 */
#ifndef SCDB_CMDS_INTERNAL_H
#define SCDB_CMDS_INTERNAL_H

#include "cmds/command.h"

/* What `x` goes on with. */
struct examine_state {
	char format;
	char unit;
	uint64_t count;
	taddr next;
	bool valid;          /* next is set */
};

/* Kept between commands; session->commands. */
struct command_state {
	struct command_input input;
	unsigned source_depth;
	bool in_actions;     /* the `commands` of a stop are being run */
	uint64_t last_value; /* $N of `print` */
	struct examine_state examine;
};

/* args.c: the argument specs. */
enum takes {
	TAKES_COUNT, TAKES_NUMBER, TAKES_NUMBERS, TAKES_PID, TAKES_WORD,
	TAKES_THREAD, TAKES_SIGNAL, TAKES_ARGUMENT, TAKES_SET,
	TAKES_PHASE, TAKES_FORMAT,
	TAKES_VALUE, TAKES_CONDITION, TAKES_EXPRESSION, TAKES_REGISTERS,
	TAKES_FILE, TAKES_COMMAND, TAKES_SETTING, TAKES_CALL,
	TAKES_DATA, TAKES_REST, TAKES_BREAKPOINT, TAKES_INFERIOR,
	TAKES_SIGNALS, TAKES_SHELL,
	TAKES_TYPES,
};

struct arg_spec {
	char name[24];
	enum takes type;
	bool optional;
};

struct command_spec {
	struct arg_spec args[COMMAND_MAX_ARGS];
	size_t count;
	char options[8];     /* letters */
};

/* The tables are ours: a spec that can't be parsed fails an assertion. */
void command_spec_parse(const char *text, struct command_spec *spec);
/* ARGS is empty on error. */
struct error *command_args_parse(const struct command *command,
                                 const char *text,
                                 struct command_args *args) MUST_CHECK;
void command_args_deinit(struct command_args *args);
/* "catch syscall [SET] [entry|exit|both] [if COND]" */
void command_usage(const struct command *command, struct buf *text);
/*
 * One argument's end: where the text of a TYPE that starts at TEXT stops.
 * LAST: no argument stands behind it.  For completion too.
 */
size_t command_arg_extent(enum takes type, const char *text, bool last);
/*
 * Whether TEXT looks like an argument of TYPE, so that an optional one that has
 * others behind it is taken to be there.
 */
bool command_arg_looks_like(enum takes type, const char *text);
/* What stands before the first argument, blanks and options, is skipped. */
const char *command_skip_options(const struct command_spec *spec,
                                 const char *text, unsigned *options);
/* A whole number in C syntax, from LEAST to MOST. */
struct error *parse_number(const char *text, const char *what,
                           uint64_t least, uint64_t most,
                           uint64_t *number) MUST_CHECK;
/* Text that may stand inside an error message's quotes. */
char *command_quoted(const char *text, size_t len);
const char *skip_blanks(const char *text);
/* LEN without the blanks at TEXT's end. */
size_t trimmed_len(const char *text, size_t len);

/* dispatch.c: finding. */
size_t command_word_len(const char *text);
/*
 * *REST: behind the name, blanks skipped.  *COMMAND may be a bare prefix, whose
 * run is NULL.
 */
struct error *command_find(const char *line, const struct command **command,
                           const char **rest) MUST_CHECK;
/*
 * The command right below PARENT (NULL: at the top) that WORD names.  *FOUND
 * is NULL where nothing, but perhaps a setting, fits.
 */
struct error *command_find_below(const struct command *parent,
                                 const char *word, size_t len,
                                 const struct command **found) MUST_CHECK;
/* The last word of a command's name. */
const char *command_last_word(const struct command *command);
/* Whether COMMAND stands right below PARENT (NULL: has one word). */
bool command_is_child(const struct command *parent,
                      const struct command *command);
/* All commands, table by table; NULL behind the last. */
const struct command *command_at(size_t index);
/* The command with exactly this name, or NULL. */
const struct command *command_named(const char *name);

/* Lines up to `end`, nested `commands` kept whole; the caller frees them. */
struct error *command_read_block(struct session *s, char ***lines,
                                 size_t *count) MUST_CHECK;

/*
 * complete_words.c: whatever of TYPE could stand where TEXT's last word, from
 * WORD on, stands; TEXT is the argument so far.
 */
void complete_argument(struct session *s, enum takes type, const char *text,
                       const char *word, command_words *words);
/* Names of commands and settings below PARENT that start with WORD. */
void complete_name(const struct command *parent, const char *word,
                   command_words *words);
/* complete.c: the words of a whole command line; its offset in LINE. */
size_t complete_line(struct session *s, const char *line,
                     command_words *words, bool names_only);

/* look.c: the number that TEXT comes to at the current thread. */
struct error *evaluate_number(struct session *s, const char *text,
                              int64_t *value) MUST_CHECK;
/* syscalls.c: NAME or number of a call of ABI. */
struct error *command_call_number(const char *name, enum abi abi,
                                  uint64_t *nr) MUST_CHECK;

/* help.c */
struct error *command_help(struct session *s, const char *topic) MUST_CHECK;
/* The names below PREFIX with their summaries, as a table. */
void command_list_below(struct session *s, const struct command *prefix);

#endif
