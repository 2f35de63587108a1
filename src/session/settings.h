/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/settings.h: what `set` and `show` know, as a table.
 *
 * The values are members of `struct settings`; a row of the table says the
 * name, the type, the range or words, the default and the texts.
 */
#ifndef SCDB_SESSION_SETTINGS_H
#define SCDB_SESSION_SETTINGS_H

#include "base/buf.h"
#include "base/error.h"
#include "base/types.h"

#include <stdbool.h>

struct session;

enum breakpoint_pending { PENDING_AUTO, PENDING_ON, PENDING_OFF };
enum engine { ENGINE_AUTO, ENGINE_PTRACE, ENGINE_SECCOMP };
enum follow_cpu { FOLLOW_CPU_OFF, FOLLOW_CPU_POLL, FOLLOW_CPU_NEAR };
enum follow_fork { FOLLOW_PARENT, FOLLOW_CHILD, FOLLOW_BOTH };
enum scheduler_locking { LOCK_OFF, LOCK_ON, LOCK_STEP };
enum debuginfod_mode { DEBUGINFOD_OFF, DEBUGINFOD_ON, DEBUGINFOD_ASK };
enum block_method { BLOCK_AUTO, BLOCK_HARDWARE, BLOCK_SOFTWARE };
enum snapshot_method { SNAPSHOT_AUTO, SNAPSHOT_HASH, SNAPSHOT_SOFT_DIRTY };
enum color_mode { COLOR_AUTO, COLOR_ON, COLOR_OFF };

/* How calls are written: AUTO as scdb at stops, as strace in traces. */
enum call_style { STYLE_AUTO, STYLE_SCDB, STYLE_STRACE };
/* strace's -t, -tt, -ttt and -r. */
enum trace_time {
	TRACE_TIME_OFF, TRACE_TIME_SECONDS, TRACE_TIME_MICROSECONDS,
	TRACE_TIME_EPOCH, TRACE_TIME_RELATIVE,
};

/* What `info stats` is sorted by: as strace's -S. */
enum trace_sort {
	TRACE_SORT_TIME, TRACE_SORT_MEAN, TRACE_SORT_MIN, TRACE_SORT_MEDIAN,
	TRACE_SORT_MAX, TRACE_SORT_CALLS, TRACE_SORT_ERRORS, TRACE_SORT_NAME,
};
enum trace_format { TRACE_TEXT, TRACE_JSON };

/* Arguments in a frame's line: what they were at the function's entry. */
enum entry_values {
	ENTRY_DEFAULT,   /* beside what they are now, where it is known */
	ENTRY_BOTH,      /* ... always */
	ENTRY_COMPACT,   /* ... or alone, where they are not known now */
	ENTRY_IF_NEEDED, /* only there */
	ENTRY_NO,
	ENTRY_ONLY,
	ENTRY_PREFERRED, /* rather than what they are now */
};
enum frame_arguments {
	ARGUMENTS_SCALARS, ARGUMENTS_ALL, ARGUMENTS_NONE, ARGUMENTS_PRESENCE,
};

struct settings {
	char *args;               /* `set args`, `run ARGS`: instead of the
	                           * command line's; NULL: those */
	char *cwd;                /* NULL: scdb's */
	char *inferior_tty;       /* "pty", a terminal's name; NULL: scdb's */
	unsigned engine;          /* enum engine */
	unsigned follow_fork;     /* enum follow_fork */
	bool detach_on_fork;      /* on by --no-follow */
	bool schedule_multiple;   /* going on means all processes */
	unsigned scheduler_locking; /* enum scheduler_locking */
	unsigned block_method;    /* enum block_method */
	unsigned snapshot_method; /* enum snapshot_method */
	bool step_mode;           /* `step` stops in functions without lines */
	bool non_stop;            /* a stop that is shown stops one thread */
	bool vdso;                /* programs that begin find theirs */
	bool yield_to_tracer;     /* who is to be traced by the program goes */
	unsigned follow_cpu;      /* enum follow_cpu */
	unsigned color;           /* enum color_mode */
	char *tui_watch;          /* calls that the screen has stop; "off";
	                           * NULL: all */
	char *tui_layout;         /* a name, or a layout; NULL: the usual */
	char *tui_custom_layouts; /* ui/tui/layouts.h */
	unsigned tui_changes;     /* not a setting: how often those were set */
	char *tui_registers;      /* what `info registers` shows in the pane */
	char *tui_memory;         /* what `x` shows in the pane; NULL: the
	                           * stack */
	bool confirm;
	bool stop_on_solib_events;
	unsigned dprintf_style;   /* 0: scdb writes */
	unsigned pending;         /* enum breakpoint_pending */
	bool pagination;          /* long output waits for its reader */
	uint64_t height, width;   /* of the screen; 0: without end */
	bool height_set, width_set; /* no settings: the user said one */
	char *safe_path;          /* directories with an init file; NULL */
	bool disable_randomization;
	uint64_t string_limit;    /* bytes of a string shown */
	uint64_t element_limit;   /* elements of an array shown */
	uint64_t syscall_limit;   /* of either, by `info syscall` */
	uint64_t log_size;        /* calls that `info syscalls` remembers */
	char *debug_directories;  /* of debug files; NULL: as compiled in */
	unsigned debuginfod;      /* enum debuginfod_mode */
	uint64_t backtrace_limit; /* frames; 0: without end */
	bool show_caller;         /* at stops at calls */
	bool unwind_on_signal;    /* a called function that gets one is left */
	bool past_main;           /* backtraces go on behind main */
	bool print_pretty, print_array, print_address, print_symbol;
	bool print_union, print_static, print_indexes, print_null_stop;
	bool print_events;        /* births, execs, ends of processes */
	unsigned print_entry_values; /* enum entry_values */
	unsigned print_frame_arguments; /* enum frame_arguments */
	uint64_t print_elements, print_repeats; /* 0: no limit */
	uint64_t print_depth;     /* UINT64_MAX: no limit */
	uint64_t max_value_size;  /* bytes that are read for one; 0: no limit */
	unsigned language;        /* enum language; `set language` */
	char *directories;        /* of source files; NULL: $cdir:$cwd */
	unsigned style;           /* enum call_style */
	char *rule_layer;         /* whose rules are made; NULL: by hand */
	char *rules_directory;    /* of `load rules`; NULL: those of scdb's */
	char *trace_file;         /* of `trace` without one; NULL: the user */
	unsigned trace_format;    /* enum trace_format: of files */
	unsigned trace_sort;      /* enum trace_sort */
	unsigned trace_time;      /* enum trace_time: before each line */
	bool trace_duration;      /* behind each result */
	bool trace_paths;         /* descriptors with what they are */
	bool whole_structs;       /* all fields, all of the environment */
	unsigned disassembly_flavor; /* enum disasm_syntax */
	bool examine_text;        /* `x` ends lines of numbers with it */
	uint64_t listsize;        /* lines that `list` shows; 0: all */
	bool use_coredump_filter; /* the process's, for core files */
	bool dump_excluded_mappings; /* MADV_DONTDUMP's, into core files */
	uint64_t history_size;    /* lines of the prompt's history */
	unsigned vdso_warned;     /* not a setting: said once */
};

/* Whose way values are shown in; AUTO: that of each one's type. */
enum language {
	LANGUAGE_AUTO, LANGUAGE_ASM, LANGUAGE_C, LANGUAGE_CPLUS,
	LANGUAGE_MINIMAL, LANGUAGE_RUST,
};

enum setting_type {
	SETTING_BOOL,    /* on off yes no 1 0 */
	SETTING_UINT,    /* "unlimited" is 0 where the row says so */
	SETTING_ENUM,
	SETTING_STRING,  /* the rest of the line; empty unsets */
};

struct setting {
	const char *name;             /* "follow-cpu" */
	enum setting_type type;
	uint16_t offset;              /* in struct settings */
	const char *const *words;     /* ENUM: NULL-terminated; value: index;
	                               * STRING: that mean more, or NULL */
	uint64_t least, most;         /* UINT */
	bool paths;                   /* STRING: of file names, with colons
	                               * between where there are several */
	bool unlimited;               /* UINT: "unlimited" and 0 are allowed */
	bool zero_counts;             /* ... and 0 is a number; "unlimited" is
	                               * UINT64_MAX, and -1 too */
	uint64_t initial;             /* BOOL, UINT, ENUM */
	const char *initial_text;     /* STRING: what unset means; or NULL */
	bool of_program;              /* about what is debugged: not saved */
	const char *summary;          /* one line, lower case */
	const char *help;
	const char *example;          /* lines that work without a process */
	/* ENUM: why it can't be VALUE; NULL: it always can. */
	struct error *(*check)(struct session *s, uint64_t value);
	/* STRING: the same, of a TEXT that is not empty. */
	struct error *(*check_text)(struct session *s, const char *text);
	/* Words that TEXT may be besides; NULL: none. */
	void (*offer)(struct session *s,
	              void (*fn)(void *ctx, const char *word), void *ctx);
	/* Called after a change; NULL: nothing to do. */
	void (*changed)(struct session *s);
	/* What its value comes to; either may give NULL. */
	const char *(*note)(struct session *s);
};

/* The one behind AFTER by name; NULL comes before the first and ends. */
const struct setting *setting_next(const struct setting *after);
void settings_init(struct settings *settings);
void settings_deinit(struct settings *settings);
/* What it may be set to: "on|off", "1..100|unlimited", "[TEXT]". */
void setting_values(const struct setting *setting, struct buf *text);
/* What it is before anybody sets it; the caller frees it. */
char *setting_initial(const struct setting *setting);
/* One that NAME is the beginning of, or NULL. */
const struct setting *setting_starting(const char *name);
/* Exact name or unique prefix; the error lists what it could be. */
struct error *setting_find(const char *name,
                           const struct setting **setting) MUST_CHECK;
struct error *setting_set(struct session *s, const struct setting *setting,
                          const char *text) MUST_CHECK;
/* The value as the user would type it; the caller frees it. */
char *setting_text(const struct session *s, const struct setting *setting);

#endif
