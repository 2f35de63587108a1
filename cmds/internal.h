/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmds/internal.h: what the files of cmds/ share among themselves.
 */
#ifndef SCDB_CMDS_INTERNAL_H
#define SCDB_CMDS_INTERNAL_H

#include "cmds/command.h"
#include "symbols/debug.h"

struct pattern;

/* What `x` goes on with. */
struct examine_state {
	char format;
	char unit;
	uint64_t count;
	taddr next;
	taddr last;          /* the last unit that was shown */
	bool valid;          /* next is set */
};

/* What `display` shows at each stop. */
struct display {
	unsigned number;
	bool enabled;
	char *format;        /* without its slash; "" */
	char *text;
};

/* What `define` made: script.c. */
struct user_command {
	struct command command;  /* the first: the dispatcher knows only it */
	char **lines;
	size_t count;
	char *text, *summary;    /* of `document`; or NULL */
};

struct alias {
	char *name;
	char *target;        /* a command, perhaps with arguments */
};

/* A user command being run, for $arg0. */
struct command_frame {
	const command_words *args;
	const char *line;    /* all of them, as typed */
};

enum flow { FLOW_ON, FLOW_BREAK, FLOW_CONTINUE };

/* Debug information that is being fetched: debuginfod.c. */
struct download_state {
	char *path;          /* for what; NULL: nothing */
	unsigned part;       /* quarters that were shown */
	bool broken_off;     /* by Ctrl-C, during this command */
};

/* Kept between commands; session->commands. */
struct command_state {
	uint64_t given;              /* by command_begin */
	struct command_input input;
	unsigned source_depth;
	bool in_actions;     /* the `commands` of a stop are being run */
	bool in_stop_hook;
	bool in_dprintf;     /* its `commands` are being run */
	const char *hooked;  /* the command whose hook runs; NULL: none */
	bool no_repeat;      /* `dont-repeat` */
	bool has_read_detach; /* a line of a file has that word */
	bool quiet_rules;    /* rules that are made are not told */
	VEC(struct user_command *) user; /* never taken out again */
	VEC(struct alias) aliases;
	const struct command_frame *frame; /* NULL: none */
	unsigned depth;      /* of lists of lines */
	unsigned loops;      /* `while`s around the present line */
	bool peeking;        /* command_peek: what is kept stays as it is */
	bool in_batch;       /* lines are many, and quickly run */
	enum flow flow;      /* where the lines of a loop go on */
	size_t error_line;   /* of an error, counted from the block's first */
	bool error_placed;   /* a user command's name and line are in it */
	struct examine_state examine;
	struct download_state download;
	VEC(struct display *) displays;
	unsigned last_display;
};

/* display.c */
void displays_deinit(struct command_state *state);
void display_after_stop(struct session *s);
/*
 * frames.c: the frame of the current thread that TEXT says, as `frame` has it:
 * a level, `function NAME`, `address EXPRESSION`; "": the selected one.
 */
struct frame;
struct error *frame_find(struct session *s, const char *text,
                         const struct frame **frame) MUST_CHECK;
/* examine_code.c: COUNT instructions. */
struct error *examine_code(struct session *s, struct examine_state *x,
                           uint64_t count) MUST_CHECK;
/*
 * examine_back.c: *ADDR goes back over *COUNT strings or instructions, which is
 * how many there were then.
 */
struct error *examine_rewind(struct session *s, char format, taddr *addr,
                             uint64_t *count) MUST_CHECK;

/* args.c: the argument specs. */
enum takes {
	TAKES_COUNT, TAKES_NUMBER, TAKES_NUMBERS, TAKES_PID, TAKES_WORD,
	TAKES_THREAD, TAKES_SIGNAL, TAKES_ARGUMENT, TAKES_SET,
	TAKES_PHASE, TAKES_FORMAT,
	TAKES_VALUE, TAKES_CONDITION, TAKES_EXPRESSION, TAKES_REGISTERS,
	TAKES_FILE, TAKES_COMMAND, TAKES_SETTING, TAKES_CALL,
	TAKES_DATA, TAKES_REST, TAKES_BREAKPOINT, TAKES_INFERIOR,
	TAKES_SIGNALS, TAKES_SHELL, TAKES_SIGNAMES, TAKES_USER, TAKES_NEWNAME,
	TAKES_VARIABLE, TAKES_ASSIGNMENT, TAKES_APPLY, TAKES_ALIAS,
	TAKES_VALUES, TAKES_SYMBOL, TAKES_LOCATION, TAKES_FRAME,
	TAKES_WHERE, TAKES_WATCHED, TAKES_BREAK_SETTING,
	TAKES_PRINT_SETTING, TAKES_BACKTRACE_SETTING,
	TAKES_PANE, TAKES_LAYOUT,
	TAKES_PLACES, TAKES_PATH, TAKES_TRACED, TAKES_RULE_FILE,
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
struct error *command_args_parse(struct session *s,
                                 const struct command *command,
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
size_t arg_word_len(const char *text);
bool arg_word_is(const char *text, const char *word);
/* -1: TEXT does not start with a phase. */
int arg_phase(const char *text);
/* One word of a SET; a /regex/ at the start of an element may hold blanks. */
size_t arg_set_word_len(const char *text);
/* convert.c: the members of ARG that its type has, from its text. */
struct error *arg_convert(struct session *s, const struct arg_spec *spec,
                          struct command_arg *arg) MUST_CHECK;
/* args.c: ERR, which is about ARG, with a caret in the line; NULL is fine. */
struct error *arg_point(struct error *err, const struct command_args *args,
                        const struct command_arg *arg) MUST_CHECK;
/* ARG as a condition about calls of SET. */
struct error *arg_condition(struct session *s, const struct command_args *args,
                            const struct command_arg *arg,
                            const struct syscall_set *set,
                            struct expr **expr) MUST_CHECK;
/*
 * Those of ARG's numbers of which CHECK says that they are there.  What is
 * missing within a range is passed over, where one of all is there; else it is
 * an error, and nothing is done.
 */
struct error *arg_settle_numbers(const struct session *s,
                                 struct command_arg *arg,
                                 struct error *(*check)(
                                         const struct session *s,
                                         uint64_t number)) MUST_CHECK;
/* A SET, in which blanks separate as commas do. */
struct error *arg_parse_set(const char *text,
                            struct syscall_set **set) MUST_CHECK;
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
struct error *command_find(const struct session *s, const char *line,
                           const struct command **command,
                           const char **rest) MUST_CHECK;
/*
 * The command right below PARENT (NULL: at the top) that WORD names.  *FOUND
 * is NULL where nothing, but perhaps a setting, fits.  S: whose user commands;
 * NULL: none.
 */
struct error *command_find_below(const struct session *s,
                                 const struct command *parent,
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

/* tool.c: "NAME VALUE", which is cut there, as `set` takes it. */
struct error *command_cut_setting(char *text, const struct setting **setting,
                                  char **value) MUST_CHECK;

/* control.c: blocks of lines. */
/*
 * Lines up to `end`, nested blocks kept whole; the caller frees them.  RAW: they
 * are no commands, the first `end` ends them.
 */
struct error *command_read_block(struct session *s, bool raw, char ***lines,
                                 size_t *count) MUST_CHECK;
/* LINES from FROM to (not with) TO. */
struct error *command_run_lines(struct session *s, char *const *lines,
                                size_t from, size_t to) MUST_CHECK;
/* Gives LINES the blanks that show how they nest, and takes others off. */
void command_indent(const struct session *s, char **lines, size_t count);
/* Whether LINE is WORD, blanks aside. */
bool command_is_word(const char *line, const char *word);
/* CMD_BLOCK, perhaps with CMD_RAW_BLOCK, where LINE begins a block; else 0. */
unsigned command_opens_block(const struct session *s, const char *line);

/* script.c: what the user made. */
void script_deinit(struct command_state *state);
/* S may be NULL: there is none. */
struct user_command *user_command_named(const struct session *s,
                                        const char *name, size_t len);
struct error *user_command_run(struct session *s,
                               const struct command *command,
                               const char *args) MUST_CHECK;
/* LINE with $arg0 and so on filled in; *MADE untouched: it has none. */
struct error *script_substitute(const struct session *s, const char *line,
                                char **made) MUST_CHECK;
/* LINE with an alias at its beginning replaced; NULL: there is none. */
char *script_expand_alias(const struct session *s, const char *line);
/* WHICH is hook or hookpost. */
struct error *script_run_hook(struct session *s, const char *which,
                              const char *name) MUST_CHECK;
/* hook-stop. */
void script_before_stop(struct session *s);

/*
 * complete_words.c: whatever of TYPE could stand where TEXT's last word, from
 * WORD on, stands; TEXT is the argument so far.
 */
struct completion {
	enum takes type;
	const char *text, *word;
	const struct syscall_set *set; /* that stands before it; or NULL */
	const char *where;            /* the place of such a breakpoint; or NULL */
	bool more;                    /* other arguments may follow */
	command_words *words;
};
void complete_argument(struct session *s, const struct completion *c);
/* Names of commands and settings below PARENT that start with WORD. */
void complete_name(const struct session *s, const struct command *parent,
                   const char *word, command_words *words);
/* complete.c: the words of a whole command line; its offset in LINE. */
size_t complete_line(struct session *s, const char *line,
                     command_words *words, bool names_only);

/* core.c: `core-file FILE`, and without one. */
struct error *command_core(struct session *s, const char *file) MUST_CHECK;
void command_drop_core(struct session *s);
/* Whether a command that may name a process is about a core. */
bool command_on_core(const struct session *s, const struct command_args *args);
/* `info proc`, `info proc mappings` and the beginning of `info files` then. */
struct error *core_info_proc(struct session *s) MUST_CHECK;
struct error *core_info_mappings(struct session *s) MUST_CHECK;
void core_show_file(struct session *s, const struct process *p);
/* run.c: the inferior that ARG names, or NULL for the current one. */
struct error *command_process(const struct session *s,
                              const struct command_arg *arg,
                              struct process **process) MUST_CHECK;
/* look.c: the number that TEXT comes to at the current thread. */
struct error *evaluate_number(struct session *s, const char *text,
                              int64_t *value) MUST_CHECK;
/* debuginfod.c: the session's symbols are fetched as the user allows. */
void debuginfod_init(struct session *s);
void debuginfod_deinit(struct session *s);
/* ERR, or, where a download was broken off since the last command, that: what
 * else was said or done is then of no use. */
struct error *debuginfod_check(struct session *s,
                               struct error *err) MUST_CHECK;
/* declared.c: a basic expression, as gdb has them; NULL where ARG isn't given. */
struct error *command_pattern(const struct command_arg *arg,
                              struct pattern **pattern) MUST_CHECK;
/* symbols.c: what is asked about symbols: a process, or the program's file. */
struct error *command_image(struct session *s,
                            struct image **image) MUST_CHECK;
/*
 * declared.c: what debug information declares of WHAT, by file, as a list
 * "declarations" of the present record.  PATTERN NULL: all.
 */
void types_list(struct session *s, struct image *image, enum debug_what what,
                struct pattern *pattern);
/* syscalls.c: NAME or number of a call of ABI. */
struct error *command_call_number(const char *name, enum abi abi,
                                  uint64_t *nr) MUST_CHECK;

/*
 * code.c: the instruction at ADDR as `x/i` shows it, a line; *NEXT: behind it.
 */
struct error *code_show_insn(struct session *s, taddr addr,
                             taddr *next) MUST_CHECK;
/* ... and only how long it is. */
struct error *code_insn_len(struct session *s, taddr addr,
                            unsigned *len) MUST_CHECK;

/* list.c: gdb's name of a DW_LANG_*. */
const char *command_language(unsigned language);

/* printf.c: whether TEXT can be printf's format and arguments. */
struct error *printf_check(const char *text) MUST_CHECK;
/* ... what it says. */
struct error *printf_format(struct session *s, const char *text,
                            struct buf *said) MUST_CHECK;

/* restore.c: what became of it, shown; ERR or an error that follows. */
struct restored;
struct error *restored_end(struct session *s, const char *from, bool raw,
                           const struct restored *r,
                           struct error *err) MUST_CHECK;

/* save.c: TEXT into the file that the user calls NAME, which is said. */
struct error *command_save(struct session *s, const char *name,
                           const struct buf *text) MUST_CHECK;

/*
 * tui.c: has the full screen, where there can be one, do LINE, which stands
 * behind `tui`; and the same of a command `tui VERB` as it was typed.
 */
struct error *screen_ask(struct session *s, const char *line) MUST_CHECK;
struct error *screen_run(struct session *s,
                         struct command_args *args) MUST_CHECK;

/* source.c: NAME among the user's own files; NULL: nothing says where. */
char *command_configured(const char *name);

/* tool.c: a file's name with ~/ at its beginning filled in; to be freed. */
char *command_path(const char *text);

/* help.c */
struct error *command_help(struct session *s, const char *topic) MUST_CHECK;
/* VERBOSE: with the whole of what matched. */
struct error *command_apropos(struct session *s, const char *regex,
                              bool verbose) MUST_CHECK;
/* ", at the entry of an openat" */
const char *command_example_where(enum example_at at);
/* The name of a group as `help` takes it, and its title. */
const char *command_group_name(enum command_group group);
const char *command_group_title(enum command_group group);
/* The names below PREFIX with their summaries, as a table. */
void command_list_below(struct session *s, const struct command *prefix);

#endif
