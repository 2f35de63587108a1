/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/session.h: what the user set up and what happens at a stop.
 *
 * One `struct session` is a whole debugging session; main makes it, everybody
 * else is passed it.  It owns the target, the breakpoints (catchpoints among
 * them), the settings, the log of calls, and the program to run.
 *
 * The way of a stop: target_collect -> session/stop.c asks the owners in turn
 * -> the thread goes on, or everything stops and the user is shown it.
 *
 * Running: a command starts threads (session_continue and friends) and returns;
 * the dispatcher then calls session_wait, which comes back when a stop was
 * shown, or everything ended.  In the background the prompt's loop calls
 * session_pump instead.
 */
#ifndef SCDB_SESSION_SESSION_H
#define SCDB_SESSION_SESSION_H

#include "base/error.h"
#include "base/out.h"
#include "base/vec.h"
#include "session/breakpoint.h"
#include "session/call.h"
#include "session/engine.h"
#include "session/rules.h"
#include "session/settings.h"
#include "session/trace.h"
#include "syscalls/syscalls.h"
#include "target/target.h"

#include <poll.h>
#include <stdbool.h>

/* What there is by name, and what is said of it. */
enum screen_list { SCREEN_LIST_PANES, SCREEN_LIST_LAYOUTS };

enum shell_event { SHELL_BEGINS, SHELL_ENDED, SHELL_STOPPED };

/* What the session needs of those above it.  Any may be NULL. */
struct session_hooks {
	void *ctx;
	/* The program's group gets the terminal; PGRP 0: scdb takes it back. */
	void (*terminal_give)(void *ctx, pid_t pgrp);
	void (*terminal_take)(void *ctx);
	/*
	 * Before a launch.  WANTED: makes a pseudo-terminal for the program;
	 * *SLAVE is its end, the caller closes it.  Otherwise the one before
	 * goes, and *SLAVE is left as it is.  terminal_give then is about that one.
	 */
	struct error *(*pty)(void *ctx, bool wanted, int *slave);
	/* A command of the shell has the terminal; it no longer has; it was
	 * stopped, and goes on with the group in which scdb is too. */
	void (*shell)(void *ctx, enum shell_event event);
	/* Output comes while a line may be being typed. */
	void (*output_begin)(void *ctx);
	void (*output_end)(void *ctx);
	/* Calls FN with the last COUNT lines that were typed, oldest first. */
	void (*history)(void *ctx, size_t count,
	                void (*fn)(void *arg, uint64_t number,
	                           const char *line), void *arg);
	/* True breaks off what takes long (Ctrl-C was typed). */
	bool (*interrupted)(void *ctx);
	/* Records as lines of JSON, behind what TO holds, with the first line
	 * that says so; and its end. */
	struct out *(*json_create)(void *ctx, struct buf *to);
	void (*json_destroy)(void *ctx, struct out *o);
	/* A line that the next takes the place of; NULL: it goes. */
	void (*progress)(void *ctx, const char *text);
	/* The screen may want to see other calls now: its settings. */
	void (*watch_changed)(void *ctx);
	/* The full screen: LINE is what stands behind `tui`. */
	struct error *(*screen)(void *ctx, const char *line);
	void (*screen_list)(void *ctx, enum screen_list list,
	                    void (*fn)(void *arg, const char *name,
	                               const char *text), void *arg);
};

/* A descriptor of those above, looked at whenever the loop looks at any. */
struct watch {
	int fd;
	short events;    /* of poll(2); 0: not now */
	void (*ready)(void *ctx, short events);
	void *ctx;
};

enum { SESSION_MAX_WATCHES = 5 };

enum run_state {
	RUN_NONE,       /* no process */
	RUN_STOPPED,    /* all that can stop are stopped, or held */
	RUN_FOREGROUND, /* a command waits for the next stop */
	RUN_BACKGROUND, /* `continue &` */
};

/* What `run` starts. */
struct program {
	char *path;      /* as the user named it; NULL: none */
	char **args;     /* of the command line; NULL-terminated, no argv[0] */
	char **env;      /* the environment of the program; NULL-terminated */
	char *user;      /* -u */
	sigset_t mask;   /* of signals that it starts with blocked */
	bool to_stderr;  /* its standard output is scdb's standard error, and
	                  * so is that of `shell` */
};

/* A stepping plan: how far a thread goes before it is shown. */
enum plan_kind {
	PLAN_NONE, PLAN_SYSSTEP, PLAN_SYSUNTIL, PLAN_SYSFINISH,
	PLAN_STEP,                  /* session/step.h */
};
struct step;
struct plan {
	enum plan_kind kind;
	struct step *step;          /* STEP */
	uint64_t count;             /* SYSSTEP: stops still to come */
	struct syscall_set *set;    /* SYSUNTIL */
	struct expr *condition;     /* SYSUNTIL */
	uint64_t call;              /* SYSFINISH: the call's index in the log */
};

struct call_log;
struct step_end;
struct step_probe;
struct signal_table;
struct value_store;

struct symbols;
struct loaded_files;
struct image;
struct source_store;
struct snapshots;

struct session {
	struct target *target;
	struct out *out;
	struct session_hooks hooks;
	struct settings settings;
	struct program program;
	struct thread *current;     /* selected; NULL: none */
	struct thread *examined;    /* its stop is being looked at, to be shown
	                             * or not; NULL: none */
	enum run_state run;
	struct plan plan;           /* of all threads (SYSUNTIL); the other
	                             * ones are their threads' */
	struct soft_probe *soft_probe; /* snapshot_method.c's; NULL: not tried */
	struct step_probe *block_probe; /* step_method.c's; NULL: not tried */
	struct step_end *step_end;  /* the stop is a step's; or NULL */
	enum catch_phases phases;   /* what catch and sysstep stop at */
	VEC(pid_t) releases;        /* processes to be let go before the next
	                             * thread goes on */
	bool may_be_idle;           /* a thread died: perhaps none runs now */
	VEC(struct breakpoint *) breakpoints; /* ascending numbers */
	unsigned last_breakpoint;
	VEC(struct breakpoint *) call_breakpoints; /* those that are about
	                             * system calls */
	const struct code_scope *compiling; /* names mean what they mean there;
	                             * NULL: in the selected frame */
	struct break_index *breaks; /* places of breakpoints: break_place.h */
	bool any_doomed;            /* some go when the stop was shown */
	struct call_log *log;
	struct trace_table traces;
	struct rule_table *rules;
	struct delay_state *delays; /* delay.h; NULL: none yet */
	struct engine_wants wants;  /* calls that are to stop */
	bool stays_to_end;          /* nobody will say `detach`: main sets it */
	struct signal_table *signals;
	struct value_store *values; /* $name, $1 */
	struct symbols *symbols;    /* files, for all processes */
	struct loaded_files *solibs; /* of `stop-on-solib-events` */
	VEC(struct image *) offline; /* the program's file; the newest last */
	char *offline_path;         /* program.path as it was for that one */
	struct value_world *world;  /* of typed values: world.h */
	struct siginfo_types *siginfo; /* NULL: nobody asked: siginfo.h */
	struct source_store *sources; /* source files: session/source.h */
	struct snapshots *snapshots; /* of memory: session/snapshot.h */
	bool quit;                  /* leave the loop */
	int exit_signal;            /* why: SIGTERM, SIGHUP; 0: quit */
	int signal_fd;              /* scdb's own signals; -1: none */
	struct watch watches[SESSION_MAX_WATCHES];
	size_t watch_count;
	VEC(char *) actions;        /* `commands` of the last stop, to be run */
	int last_exit_status;       /* $_exitcode; -1: none, or ... */
	int last_exit_signal;       /* ... $_exitsignal; 0: none */
	int shell_status;           /* as wait(2) has it, of `shell`; -1 */
	struct command_state *commands; /* cmds' own */
	/* What a dprintf says: printf's arguments, for the current thread. */
	struct error *(*format)(struct session *s, const char *text,
	                        struct buf *said);
	/* What a dprintf's `commands` do, where the current thread is. */
	struct error *(*run_lines)(struct session *s, char *const *lines,
	                           size_t count);
	/* Everything stands, and a stop is about to be shown; or NULL. */
	void (*before_stop)(struct session *s);
	/* ... and was shown; or NULL. */
	void (*after_stop)(struct session *s);
	bool showing;               /* a stop is being shown */
	uint64_t stops_shown;       /* how many were */
	bool interrupted;           /* a Ctrl-C came while nothing ran */
	unsigned stop_breakpoint;   /* the catchpoint of the last stop; 0 */
	unsigned stop_shown;        /* ... that says what the stop is */
	unsigned hit_breakpoint;    /* $_hit_bpnum; 0: none yet */
	unsigned hit_place;         /* $_hit_locno */
	pid_t stop_tid;             /* ... and the thread that it stopped */
	pid_t terminal_group;       /* of what was launched; 0: nothing */
	bool foreign_tty;           /* what was launched has another terminal */
	unsigned interrupt_seen;    /* how often a SIGINT that the program
	                             * blocks was seen pending: at the second
	                             * time it is acted upon */
	VEC(char *) strings;        /* room for those of evaluations ... */
	size_t strings_used;        /* ... of which the last one has so many */
	VEC(struct field_name *) fields; /* fields.h */
	struct paths *paths;        /* paths.h */
	struct error_room lent_error; /* of conditions, which are asked often */
};

/* OUT and HOOKS are borrowed.  SIGCHLD must be blocked. */
struct error *session_create(struct out *out, const struct session_hooks *hooks,
                             struct session **session) MUST_CHECK;
/* Kills what was launched, lets go what was attached.  NULL is fine. */
void session_destroy(struct session *s);

/* Running: session/run.c.  Each refuses in a state that does not fit. */
/* ENTRY: stop before the first instruction (starti). */
struct error *session_launch(struct session *s, bool entry,
                             bool background) MUST_CHECK;
struct error *session_attach(struct session *s, pid_t pid) MUST_CHECK;
/*
 * A core file instead of what is debugged now: src/session/core.c.  It is a
 * process that stands for ever, of which `core` says that it is none.
 */
struct error *session_open_core(struct session *s,
                                const char *path) MUST_CHECK;
/* The core that is looked at; NULL: none. */
struct process *session_core(const struct session *s);
/* Another program was chosen, which may be the core's. */
void session_core_program(struct session *s);
/* Nothing where there is none. */
void session_drop_core(struct session *s);
/* PROCESS NULL: the current one's. */
struct error *session_detach(struct session *s,
                             struct process *process) MUST_CHECK;
struct error *session_kill(struct session *s,
                           struct process *process) MUST_CHECK;
/* ALL: threads that the settings would leave standing too.
 * SIGNAL: -1 what the stop brought (as `handle` says), 0 none, else that. */
struct error *session_continue(struct session *s, int signal, bool all,
                               bool background) MUST_CHECK;
struct error *session_sysstep(struct session *s, uint64_t count) MUST_CHECK;
/* Takes SET and CONDITION (which may be NULL), also when it fails. */
struct error *session_sysuntil(struct session *s, struct syscall_set *set,
                               struct expr *condition) MUST_CHECK;
struct error *session_sysfinish(struct session *s) MUST_CHECK;
/*
 * Stops what runs in the background; the stop is shown by the loop.  ALL: not
 * the current thread alone where `non-stop` is on.
 */
struct error *session_interrupt(struct session *s, bool all) MUST_CHECK;
/* Whether T stands, and stays so until the user lets it go on. */
bool session_is_stopped(const struct session *s, const struct thread *t);
struct error *session_select(struct session *s,
                             struct thread *thread) MUST_CHECK;

/* The loop: session/loop.c. */
/* Until what runs in the foreground was shown to stop, or ended. */
void session_wait(struct session *s);
/*
 * Handles stops and scdb's own signals until one of FDS is ready, TIMEOUT_MS
 * is over, or something was shown.  Returns how many of FDS are ready.
 */
int session_pump(struct session *s, struct pollfd *fds, size_t count,
                 int timeout_ms);
/*
 * Waits for the end of PID, a child that is no tracee; what runs in the
 * background runs on.  *STATUS is wait(2)'s.
 */
struct error *session_await_child(struct session *s, pid_t pid,
                                  int *status) MUST_CHECK;
/*
 * Watches WATCH->fd, or changes how it is watched.  At most SESSION_MAX_WATCHES
 * descriptors; not within a `ready`, but to change the events.
 */
void session_watch(struct session *s, const struct watch *watch);
void session_unwatch(struct session *s, int fd);
/* The next line of a catchpoint's `commands`, to be run now; the caller frees
 * it; NULL: no more. */
char *session_next_action(struct session *s);
void session_drop_actions(struct session *s);

/* States, for commands that need one: usage errors that say what to do. */
struct error *session_need_process(const struct session *s) MUST_CHECK;
/* ... that is no core. */
struct error *session_need_live(const struct session *s) MUST_CHECK;
/* Also needs the current thread to be stopped. */
struct error *session_need_stopped(const struct session *s,
                                   struct thread **thread) MUST_CHECK;

/* "[1] 4711 "cat" " in front of everything about a thread: session/show.c. */
void show_thread(struct session *s, const struct thread *thread);
/* T's name; "?" where it can't be had. */
void session_thread_name(const struct thread *t, char name[64]);
/* The stop's one line (section 4 of the manual's model). */
void show_stop(struct session *s, const struct thread *thread);
/* What `info syscall` shows. */
struct error *show_call_whole(struct session *s,
                              struct thread *thread) MUST_CHECK;

/* "1" or "2.1": the thread's name for the user, as `thread` takes it. */
void session_thread_label(const struct session *s, const struct thread *thread,
                          char label[24]);
/* By such a label, or by tid where none fits ("4711" is tried as a number
 * first).  Error where there is none. */
struct error *session_thread_find(const struct session *s, const char *label,
                                  struct thread **thread) MUST_CHECK;

/*
 * The scope of expressions at a stop: session/scope.c.  A condition is true or
 * false; the arguments that it knows by name are those of SET's calls.  NULL,
 * and any other expression: those of the current thread's call.
 */
struct expr;
struct expr_value;
struct error *session_compile(struct session *s, const char *text,
                              struct expr **expr) MUST_CHECK;
/* The same for a breakpoint where the scope says. */
struct code_scope { struct image *image; taddr pc; };
struct error *session_compile_at(struct session *s, const char *text,
                                 const struct code_scope *scope,
                                 struct expr **expr) MUST_CHECK;
struct error *session_compile_condition(struct session *s, const char *text,
                                        const struct syscall_set *set,
                                        struct expr **expr) MUST_CHECK;
struct error *session_evaluate(struct session *s, struct thread *thread,
                               const struct expr *expr,
                               struct expr_value *value) MUST_CHECK;
/* Its error is in room of the session's: good until the next evaluation. */
struct error *session_evaluate_bool(struct session *s, struct thread *thread,
                                    const struct expr *expr,
                                    bool *truth) MUST_CHECK;

/*
 * ERR, of which "... at column 5" gets what stands there in TEXT behind a caret:
 * "(1 + ^nosuch)".  NULL is fine.
 */
struct error *session_mark(struct error *err, const char *text) MUST_CHECK;
/* ERR without its "at column 5", which becomes its column in TEXT. */
struct error *session_place(struct error *err, const char *text) MUST_CHECK;
/* The same for an ERR whose column counts in TEXT. */
struct error *session_point(struct error *err, const char *text) MUST_CHECK;
/*
 * For a rule about calls of SET.  TRUTH: a condition.  *AT_EXIT: it asks for what
 * only a call's exit knows.
 */
struct error *session_compile_rule(struct session *s, const char *text,
                                   const struct syscall_set *set, bool truth,
                                   struct expr **expr,
                                   bool *at_exit) MUST_CHECK;
/*
 * A typed value of TEXT for the current thread: *VALUE is new.  What is wrong
 * with the text is marked by a caret in the error: session/typed.c.
 */
struct value;
struct value_world;
struct error *session_value(struct session *s, const char *text,
                            struct value **value) MUST_CHECK;
/* Compiled for many evaluations; TYPES, END as in expr_compile_value. */
struct error *session_compile_value(struct session *s, const char *text,
                                    bool types, size_t *end,
                                    struct expr **expr) MUST_CHECK;
/* QUIET: for its type alone, nothing is changed. */
struct error *session_evaluate_value(struct session *s, struct thread *thread,
                                     const struct expr *expr, bool quiet,
                                     struct value **value) MUST_CHECK;

/* DW_LANG_* of where the current frame of T (NULL: the current thread) stands,
 * else of main; 0: not known. */
unsigned session_language(struct session *s, struct thread *t);

/* How values are shown: as `set print` has it, with FORMAT (0: their own). */
struct value_style;
void session_value_style(const struct session *s, char format,
                         struct value_style *style);

/*
 * `$name` of the user, and the values that `print` numbered: session/values.c.
 * NAME comes without its `$`; the variable holds a copy of VALUE.
 */
void session_variable_set(struct session *s, const char *name,
                          struct value *value);
bool session_variable_is_set(const struct session *s, const char *name);
void session_variables_each(const struct session *s,
                            void (*fn)(void *ctx, const char *name,
                                       struct value *value),
                            void *ctx);
/* Its number, from 1.  The newest 10,000 are kept. */
uint64_t session_value_keep(struct session *s, struct value *value);
/* The number of the last one kept; 0: none. */
uint64_t session_value_last(const struct session *s);
/* Borrowed; NULL: it is not there (any more). */
struct value *session_value_at(const struct session *s, uint64_t number);

/* P's modules and symbols: session/image.c.  Never NULL; P's, until it dies. */
struct image *session_image(struct session *s, struct process *p);
/*
 * The current thread's process; where nothing runs, the program's file as it
 * was linked; NULL: there is none either.
 */
struct image *session_current_image(struct session *s);
/* P's auxiliary vector, its end too, until FN returns false. */
void session_each_auxv(struct process *p,
                       bool (*fn)(void *ctx, uint64_t type, uint64_t value),
                       void *ctx);

/* The log of calls: session/log.c. */
/* Keeps the newest SIZE (from 1) calls; for `set log-size`. */
void call_log_resize(struct call_log *log, size_t size);
/* The number of the newest call; 0: there is none. */
uint64_t call_log_last(const struct session *s);
/*
 * Of COUNT more calls that are to come the text is kept, with the strings that
 * are there then; of MOST at once.  What is shown at a stop is kept anyway.
 */
void call_log_decode_next(struct session *s, unsigned count, unsigned most);
/* Both are borrowed, and may be NULL: all calls. */
struct log_filter {
	const struct syscall_set *set;
	const struct expr *condition;
};
/* Shows the last COUNT calls that FILTER lets through. */
struct error *call_log_show(struct session *s, size_t count,
                            const struct log_filter *filter) MUST_CHECK;
/* Shows one whole, session/log_whole.c. */
struct error *call_log_show_whole(struct session *s,
                                  uint64_t index) MUST_CHECK;

/* Signals: session/signals.c. */
struct signal_action { bool stop, print, pass; };
struct signal_action session_signal_action(const struct session *s, int signum);
/* SIGNUM from 1 to 64. */
void session_handle_signal(struct session *s, int signum,
                           struct signal_action action);
/* All of them, SIGINT and SIGTRAP too, without a stop or a word. */
void session_pass_signals(struct session *s);

#endif
