/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/settings.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "arch/disasm.h"
#include "session/loaded_files.h"
#include "session/session.h"
#include "session/snapshot.h"
#include "session/source.h"
#include "session/step.h"
#include "symbols/image.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void follow_cpu_changed(struct session *s)
{
	s->target->poll = s->settings.follow_cpu == 1;
}

/* Children that nobody wants are let go before anybody sees them. */
static void follow_changed(struct session *s)
{
	s->target->follow_children = !s->settings.detach_on_fork ||
	                             s->settings.follow_fork == FOLLOW_CHILD;
}

static void log_size_changed(struct session *s)
{
	call_log_resize(s->log, (size_t)s->settings.log_size);
}

/* From now on the terminal is not asked. */
static void height_changed(struct session *s)
{
	s->settings.height_set = true;
}

static void width_changed(struct session *s)
{
	s->settings.width_set = true;
}

static void debug_directory_changed(struct session *s)
{
	const char *said = s->settings.debug_directories;

	symbols_set_debug_directory(s->symbols, said ? said
	                                             : SYMBOLS_DEBUG_DIRECTORY);
}

static void debuginfod_changed(struct session *s)
{
	symbols_look_again(s->symbols);
}

static const char *const debuginfod_words[] = {
	[DEBUGINFOD_OFF] = "off", [DEBUGINFOD_ON] = "on",
	[DEBUGINFOD_ASK] = "ask", NULL,
};
static const char *const dprintf_words[] = { "gdb", NULL };
static void directories_changed(struct session *s)
{
	source_forget(s);
}

static const char *const flavor_words[] = {
	[DISASM_ATT] = "att", [DISASM_INTEL] = "intel", NULL,
};
static const char *const follow_cpu_words[] = { "off", "poll", NULL };
static const char *const follow_fork_words[] = {
	[FOLLOW_PARENT] = "parent", [FOLLOW_CHILD] = "child",
	[FOLLOW_BOTH] = "both", NULL,
};
static const char *const locking_words[] = {
	[LOCK_OFF] = "off", [LOCK_ON] = "on", [LOCK_STEP] = "step", NULL,
};
static const char *const block_words[] = {
	[BLOCK_AUTO] = "auto", [BLOCK_HARDWARE] = "hardware",
	[BLOCK_SOFTWARE] = "software", NULL,
};
static const char *const snapshot_words[] = {
	[SNAPSHOT_AUTO] = "auto", [SNAPSHOT_HASH] = "hash",
	[SNAPSHOT_SOFT_DIRTY] = "soft-dirty", NULL,
};
static const char *const entry_words[] = {
	[ENTRY_DEFAULT] = "default", [ENTRY_BOTH] = "both",
	[ENTRY_COMPACT] = "compact", [ENTRY_IF_NEEDED] = "if-needed",
	[ENTRY_NO] = "no", [ENTRY_ONLY] = "only",
	[ENTRY_PREFERRED] = "preferred", NULL,
};
static const char *const argument_words[] = {
	[ARGUMENTS_SCALARS] = "scalars", [ARGUMENTS_ALL] = "all",
	[ARGUMENTS_NONE] = "none", [ARGUMENTS_PRESENCE] = "presence", NULL,
};
static const char *const pending_words[] = {
	[PENDING_AUTO] = "auto", [PENDING_ON] = "on", [PENDING_OFF] = "off",
	NULL,
};
static const char *const style_words[] = {
	[STYLE_AUTO] = "auto", [STYLE_SCDB] = "scdb",
	[STYLE_STRACE] = "strace", NULL,
};
static const char *const trace_time_words[] = {
	[TRACE_TIME_OFF] = "off", [TRACE_TIME_SECONDS] = "seconds",
	[TRACE_TIME_MICROSECONDS] = "microseconds",
	[TRACE_TIME_EPOCH] = "epoch", [TRACE_TIME_RELATIVE] = "relative",
	NULL,
};
static const char *const tty_words[] = { "pty", NULL };
static const char *const color_words[] = { "auto", "on", "off", NULL };

#define AT(member) offsetof(struct settings, member)

/* Ascending by name. */
static const struct setting table[] = {
	{
		.name = "args", .type = SETTING_STRING, .paths = true,
		.offset = AT(args),
		.summary = "arguments that `run` gives the program",
		.help = "Empty: those of scdb's command line. `run` with "
			"arguments sets this.",
		.example = "set args -n /etc/hosts",
	}, {
		.name = "backtrace-limit", .type = SETTING_UINT,
		.offset = AT(backtrace_limit), .least = 1, .most = 100000,
		.unlimited = true, .initial = 0,
		.summary = "frames that a backtrace has at most",
		.example = "set backtrace-limit 50",
	}, {
		.name = "backtrace-past-main", .type = SETTING_BOOL,
		.offset = AT(past_main), .initial = 0,
		.summary = "whether backtraces go on behind main",
		.example = "set backtrace-past-main on",
	}, {
		.name = "block-step-method", .type = SETTING_ENUM,
		.offset = AT(block_method), .words = block_words,
		.initial = BLOCK_AUTO, .check = step_method_check,
		.note = step_method_note,
		.summary = "whether the processor finds the branches for "
			"`blockstep`",
		.help = "auto: where a test shows that it does. Both ways stop "
			"at the same places.",
		.example = "set block-step-method software",
	}, {
		.name = "breakpoint-pending", .type = SETTING_ENUM,
		.offset = AT(pending), .words = pending_words,
		.initial = PENDING_AUTO,
		.summary = "whether breakpoints wait for places not there yet",
		.help = "auto: asks, and where nobody can be asked they do "
			"not.",
		.example = "set breakpoint-pending on",
	}, {
		.name = "color", .type = SETTING_ENUM, .offset = AT(color),
		.words = color_words, .initial = COLOR_AUTO,
		.summary = "whether output is coloured",
		.help = "auto: on a terminal, unless TERM is dumb or NO_COLOR "
			"is set.",
		.example = "set color off",
	}, {
		.name = "confirm", .type = SETTING_BOOL, .offset = AT(confirm),
		.initial = 1,
		.summary = "whether to ask before a process is ended",
		.example = "set confirm off",
	}, {
		.name = "cwd", .type = SETTING_STRING, .paths = true,
		.offset = AT(cwd),
		.summary = "working directory of programs that are run",
		.help = "Empty: scdb's own.",
		.example = "set cwd /tmp",
	}, {
		.name = "debug-file-directory", .type = SETTING_STRING,
		.paths = true, .offset = AT(debug_directories),
		.changed = debug_directory_changed,
		.summary = "directories, separated by colons, of separate "
			"debug files",
		.help = "Empty: /usr/lib/debug. A debug file is looked for "
			"there by its build-id, beside the program, in .debug "
			"there, and under the program's own path in these.",
		.example = "set debug-file-directory /usr/lib/debug:/opt/debug",
	}, {
		.name = "debuginfod-enabled", .type = SETTING_ENUM,
		.offset = AT(debuginfod), .words = debuginfod_words,
		.initial = DEBUGINFOD_ASK, .changed = debuginfod_changed,
		.summary = "whether missing debug information is fetched by "
			"debuginfod",
		.help = "From the servers that the environment variable "
			"DEBUGINFOD_URLS names. ask: the first time, where "
			"somebody is there to answer. Ctrl-C breaks a download "
			"off. `set debuginfod enabled` is the same.",
		.example = "set debuginfod-enabled off",
	}, {
		.name = "detach-on-fork", .type = SETTING_BOOL,
		.offset = AT(detach_on_fork), .initial = 0,
		.summary = "whether, after a fork, the process that is not "
			"followed is let go",
		.help = "off: it stays; where follow-fork-mode is parent or "
			"child it stands still until you go on. --no-follow "
			"turns this on.",
		.example = "set detach-on-fork on",
		.changed = follow_changed,
	}, {
		.name = "directories", .type = SETTING_STRING, .paths = true,
		.offset = AT(directories), .changed = directories_changed,
		.summary = "directories, separated by colons, of source files",
		.help = "Empty: $cdir:$cwd, which stand for the directory of "
			"the compilation and scdb's own. `directory` puts "
			"others before.",
		.example = "set directories /usr/src:$cdir:$cwd",
	}, {
		.name = "disable-randomization", .type = SETTING_BOOL,
		.offset = AT(disable_randomization), .initial = 0,
		.summary = "whether programs run without address-space "
			"randomisation",
		.example = "set disable-randomization on",
	}, {
		.name = "disassembly-flavor", .type = SETTING_ENUM,
		.offset = AT(disassembly_flavor), .words = flavor_words,
		.initial = DISASM_ATT,
		.summary = "the syntax of disassembly",
		.example = "set disassembly-flavor intel",
	}, {
		.name = "dprintf-style", .type = SETTING_ENUM,
		.offset = AT(dprintf_style), .words = dprintf_words,
		.initial = 0,
		.summary = "who writes what a dprintf says",
		.help = "gdb: the debugger, here scdb. gdb's other styles, "
			"call and agent, have the program write; use "
			"`commands` with `call` for that.",
		.example = "set dprintf-style gdb",
	}, {
		.name = "dump-excluded-mappings", .type = SETTING_BOOL,
		.offset = AT(dump_excluded_mappings), .initial = 0,
		.summary = "whether core files get memory that the program "
			"keeps out of them",
		.help = "By madvise(MADV_DONTDUMP). The process's "
			"coredump_filter holds for it too.",
		.example = "set dump-excluded-mappings on",
	}, {
		.name = "element-limit", .type = SETTING_UINT,
		.offset = AT(element_limit), .least = 1, .most = 100000,
		.initial = 20,
		.summary = "elements of an array that are shown",
		.example = "set element-limit 200",
	}, {
		.name = "follow-cpu", .type = SETTING_ENUM,
		.offset = AT(follow_cpu), .words = follow_cpu_words,
		.initial = 1,
		.summary = "how a stream of stops is waited for",
		.help = "poll: ask again for a moment before sleeping, which "
			"is faster. off: sleep at once.",
		.example = "set follow-cpu off",
		.changed = follow_cpu_changed,
	}, {
		.name = "follow-fork-mode", .type = SETTING_ENUM,
		.offset = AT(follow_fork), .words = follow_fork_words,
		.initial = FOLLOW_BOTH,
		.summary = "which process is followed after a fork",
		.help = "both: the one that forks and its child run on, both "
			"traced. parent, child: that one; what becomes of the "
			"other says detach-on-fork.",
		.example = "set follow-fork-mode child\n"
			"set detach-on-fork on",
		.changed = follow_changed,
	}, {
		.name = "height", .type = SETTING_UINT,
		.offset = AT(height), .least = 1, .most = 1000000,
		.unlimited = true, .initial = 0,
		.summary = "lines of the screen, after which long output waits",
		.help = "Until it is set, those that the terminal has.",
		.example = "set height unlimited",
		.changed = height_changed,
	}, {
		.name = "history-size", .type = SETTING_UINT,
		.offset = AT(history_size), .least = 1, .most = 1000000,
		.unlimited = true, .initial = 10000,
		.summary = "lines that the prompt's history keeps",
		.example = "set history-size unlimited",
	}, {
		.name = "inferior-tty", .type = SETTING_STRING, .paths = true,
		.words = tty_words,
		.offset = AT(inferior_tty),
		.summary = "the terminal of programs that are run",
		.help = "Empty: scdb's own, which they have while they run in "
			"the foreground. FILE: that terminal. pty: one that "
			"scdb makes; keys go there while the program runs in "
			"the foreground, and what it writes is shown above "
			"the prompt.",
		.example = "set inferior-tty pty",
	}, {
		.name = "listsize", .type = SETTING_UINT,
		.offset = AT(listsize), .least = 1, .most = 1000000,
		.unlimited = true, .initial = 10,
		.summary = "lines of source that `list` shows",
		.example = "set listsize 20",
	}, {
		.name = "log-size", .type = SETTING_UINT,
		.offset = AT(log_size), .least = 1, .most = 1000000,
		.initial = 1000,
		.summary = "calls that `info syscalls` remembers",
		.example = "set log-size 50000",
		.changed = log_size_changed,
	}, {
		.name = "max-value-size", .type = SETTING_UINT,
		.offset = AT(max_value_size), .least = 16, .most = 1u << 30,
		.unlimited = true, .initial = 65536,
		.summary = "bytes that are read for one value",
		.help = "A larger one is refused; its address, size, members "
			"and elements can be had all the same.",
		.example = "set max-value-size 100000",
	}, {
		.name = "non-stop", .type = SETTING_BOOL,
		.offset = AT(non_stop), .initial = 0,
		.summary = "whether a stop that is shown stops one thread and "
			"not all",
		.help = "on: the others run on; `continue` lets the current "
			"thread go on, `continue -a` all; `interrupt` stops "
			"the current one, `interrupt -a` all.",
		.example = "set non-stop on",
	}, {
		.name = "pagination", .type = SETTING_BOOL,
		.offset = AT(pagination), .initial = 1,
		.summary = "whether output longer than the screen waits for "
			"its reader",
		.help = "Only what a command says that was typed at the "
			"prompt, on a terminal.",
		.example = "set pagination off",
	}, {
		.name = "print-address", .type = SETTING_BOOL,
		.offset = AT(print_address), .initial = 1,
		.summary = "whether `print` shows the addresses of pointers",
		.example = "set print-address off",
	}, {
		.name = "print-array", .type = SETTING_BOOL,
		.offset = AT(print_array), .initial = 0,
		.summary = "whether `print` gives each element of an array a "
			"line",
		.example = "set print-array on",
	}, {
		.name = "print-array-indexes", .type = SETTING_BOOL,
		.offset = AT(print_indexes), .initial = 0,
		.summary = "whether `print` shows the index of each element",
		.example = "set print-array-indexes on",
	}, {
		.name = "print-elements", .type = SETTING_UINT,
		.offset = AT(print_elements), .least = 1, .most = 1000000,
		.unlimited = true, .initial = 200,
		.summary = "elements of an array or string that `print` shows",
		.example = "set print-elements 20",
	}, {
		.name = "print-entry-values", .type = SETTING_ENUM,
		.offset = AT(print_entry_values), .words = entry_words,
		.initial = ENTRY_DEFAULT,
		.summary = "how frames show what arguments were at the "
			"function's entry",
		.help = "default: NAME=NAME@entry=5 where an argument is as it "
			"was, NAME=6, NAME@entry=5 where it changed, no entry "
			"where that is not known. compact: the entry alone "
			"where the present value is lost. if-needed: only "
			"then. preferred: the entry where it is known, else "
			"the present value. no, only, both: always so.",
		.example = "set print-entry-values no",
	}, {
		.name = "print-frame-arguments", .type = SETTING_ENUM,
		.offset = AT(print_frame_arguments), .words = argument_words,
		.initial = ARGUMENTS_SCALARS,
		.summary = "which arguments frames show",
		.help = "scalars: structures and arrays are \"...\". none: all "
			"are. presence: \"...\" once, where there are any.",
		.example = "set print-frame-arguments all",
	}, {
		.name = "print-max-depth", .type = SETTING_UINT,
		.offset = AT(print_depth), .most = 60,
		.unlimited = true, .zero_counts = true, .initial = 20,
		.summary = "structures in structures that `print` shows",
		.help = "Deeper ones are {...}. -1 is unlimited.",
		.example = "set print-max-depth 2",
	}, {
		.name = "print-null-stop", .type = SETTING_BOOL,
		.offset = AT(print_null_stop), .initial = 0,
		.summary = "whether `print` ends arrays of characters at "
			"their NUL",
		.example = "set print-null-stop on",
	}, {
		.name = "print-pretty", .type = SETTING_BOOL,
		.offset = AT(print_pretty), .initial = 0,
		.summary = "whether `print` gives each member of a structure "
			"a line",
		.example = "set print-pretty on",
	}, {
		.name = "print-repeats", .type = SETTING_UINT,
		.offset = AT(print_repeats), .least = 1, .most = 1000000,
		.unlimited = true, .initial = 10,
		.summary = "equal elements from which on `print` counts them",
		.help = "More than so many are shown once, with their number.",
		.example = "set print-repeats 3",
	}, {
		.name = "print-static-members", .type = SETTING_BOOL,
		.offset = AT(print_static), .initial = 1,
		.summary = "whether `print` shows static members of classes",
		.example = "set print-static-members off",
	}, {
		.name = "print-symbol", .type = SETTING_BOOL,
		.offset = AT(print_symbol), .initial = 1,
		.summary = "whether `print` shows what pointers point at by "
			"name",
		.example = "set print-symbol off",
	}, {
		.name = "print-union", .type = SETTING_BOOL,
		.offset = AT(print_union), .initial = 1,
		.summary = "whether `print` shows unions inside of structures",
		.example = "set print-union off",
	}, {
		.name = "safe-path", .type = SETTING_STRING, .paths = true,
		.offset = AT(safe_path),
		.summary = "directories, separated by colons, whose .scdbinit "
			"is read",
		.help = "They hold for what is below them too. The file and "
			"its directory must be yours.",
		.example = "set safe-path /home/me/src:/home/me/work",
	}, {
		.name = "schedule-multiple", .type = SETTING_BOOL,
		.offset = AT(schedule_multiple), .initial = 1,
		.summary = "whether going on lets all processes go on, and "
			"not the current one alone",
		.example = "set schedule-multiple off",
	}, {
		.name = "scheduler-locking", .type = SETTING_ENUM,
		.offset = AT(scheduler_locking), .words = locking_words,
		.initial = LOCK_OFF,
		.summary = "whether going on lets the current thread alone go "
			"on",
		.help = "step: only where it is stepped (step, next, stepi, "
			"nexti, blockstep, sysstep, sysuntil, sysfinish).",
		.example = "set scheduler-locking step",
	}, {
		.name = "show-caller", .type = SETTING_BOOL,
		.offset = AT(show_caller), .initial = 0,
		.summary = "whether a stop at a call shows the function that "
			"made it",
		.help = "The innermost one outside the C library and the "
			"dynamic loader, by a backtrace.",
		.example = "set show-caller on",
	}, {
		.name = "snapshot-method", .type = SETTING_ENUM,
		.offset = AT(snapshot_method), .words = snapshot_words,
		.initial = SNAPSHOT_AUTO, .check = snapshot_method_check,
		.note = snapshot_method_note,
		.summary = "how a snapshot finds what changed since the last",
		.help = "soft-dirty: the kernel marks the pages that are "
			"written; the others are not read again. hash: all "
			"are read. auto: soft-dirty where a test shows that "
			"there are such marks.",
		.example = "set snapshot-method hash",
	}, {
		.name = "step-mode", .type = SETTING_BOOL,
		.offset = AT(step_mode), .initial = 0,
		.summary = "whether `step` stops in functions without line "
			"information",
		.help = "off: it runs through them, as `next` does.",
		.example = "set step-mode on",
	}, {
		.name = "stop-on-solib-events", .type = SETTING_BOOL,
		.offset = AT(stop_on_solib_events), .initial = 0,
		.changed = solib_events_changed,
		.summary = "whether the program stops where its dynamic linker "
			"tells of libraries",
		.help = "Each time, also where none came or went; `catch load` "
			"and `catch unload` stop only for those.",
		.example = "set stop-on-solib-events on",
	}, {
		.name = "string-limit", .type = SETTING_UINT,
		.offset = AT(string_limit), .least = 1, .most = 1 << 20,
		.initial = 32,
		.summary = "bytes of a string that are shown",
		.example = "set string-limit 200",
	}, {
		.name = "style", .type = SETTING_ENUM, .offset = AT(style),
		.words = style_words, .initial = STYLE_AUTO,
		.summary = "how calls are written",
		.help = "scdb: arguments with their names, errors as -ENOENT. "
			"strace: as strace writes them. auto: as scdb at stops, "
			"as strace where they are traced.",
		.example = "set style strace",
	}, {
		.name = "trace-duration", .type = SETTING_BOOL,
		.offset = AT(trace_duration), .initial = 0,
		.summary = "whether `trace` says how long each call took",
		.help = "As strace's -T.",
		.example = "set trace-duration on",
	}, {
		.name = "trace-file", .type = SETTING_STRING, .paths = true,
		.offset = AT(trace_file),
		.summary = "where `trace` writes to unless it is told",
		.help = "Empty: to you. The option -o sets this.",
		.example = "set trace-file /tmp/calls",
	}, {
		.name = "trace-paths", .type = SETTING_BOOL,
		.offset = AT(trace_paths), .initial = 0,
		.summary = "whether `trace` says what descriptors are",
		.help = "As strace's -yy.",
		.example = "set trace-paths on",
	}, {
		.name = "trace-time", .type = SETTING_ENUM,
		.offset = AT(trace_time), .words = trace_time_words,
		.initial = TRACE_TIME_OFF,
		.summary = "the time before each line of `trace`",
		.help = "seconds, microseconds: of the day, as strace's -t and "
			"-tt. epoch: seconds since 1970, as -ttt. relative: "
			"since the line before, as -r.",
		.example = "set trace-time relative",
	}, {
		.name = "unwindonsignal", .type = SETTING_BOOL,
		.offset = AT(unwind_on_signal), .initial = 0,
		.summary = "whether a signal in a function that was called "
			"from scdb ends the call",
		.help = "on: the thread is put back as it was before the call. "
			"off: it stands where the signal came, with the call "
			"below it in backtraces; `return` leaves it.",
		.example = "set unwindonsignal on",
	}, {
		.name = "use-coredump-filter", .type = SETTING_BOOL,
		.offset = AT(use_coredump_filter), .initial = 1,
		.summary = "whether /proc/PID/coredump_filter says what core "
			"files have",
		.help = "off: what the kernel begins with, 0x33: private and "
			"shared memory without a file, huge pages of the "
			"private kind, the first page of ELF files.",
		.example = "set use-coredump-filter off",
	}, {
		.name = "width", .type = SETTING_UINT,
		.offset = AT(width), .least = 1, .most = 1000000,
		.unlimited = true, .initial = 0,
		.summary = "columns of the screen, into which tables are fitted",
		.help = "Until it is set, those that the terminal has.",
		.example = "set width unlimited",
		.changed = width_changed,
	}, {
		.name = "yield-to-tracer", .type = SETTING_BOOL,
		.offset = AT(yield_to_tracer), .initial = 0,
		.summary = "whether a process that the program wants to trace "
			"itself is let go",
		.help = "Only one can trace a process: where scdb follows the "
			"children of a debugger, the debugger gets EPERM. on: "
			"such a child leaves scdb just before the ptrace "
			"call.",
		.example = "set yield-to-tracer on",
	},
};

const struct setting *settings_table(size_t *count)
{
	*count = ARRAY_LEN(table);
	return table;
}

static void *member(const struct settings *settings,
                    const struct setting *setting)
{
	return (char *)(uintptr_t)settings + setting->offset;
}

static void store(struct settings *settings, const struct setting *setting,
                  uint64_t value)
{
	switch (setting->type) {
	case SETTING_BOOL:
		*(bool *)member(settings, setting) = value != 0;
		break;
	case SETTING_UINT:
		*(uint64_t *)member(settings, setting) = value;
		break;
	case SETTING_ENUM:
		*(unsigned *)member(settings, setting) = (unsigned)value;
		break;
	case SETTING_STRING:
		break;
	}
}

void settings_init(struct settings *settings)
{
	*settings = (struct settings){ 0 };
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		store(settings, &table[i], table[i].initial);
}

void settings_deinit(struct settings *settings)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (table[i].type == SETTING_STRING) {
			char **text = member(settings, &table[i]);

			free(*text);
			*text = NULL;
		}
}

struct error *setting_find(const char *name, const struct setting **setting)
{
	const struct setting *found = NULL;
	AUTO_BUF struct buf names = { 0 }, shown = { 0 };
	size_t fits = 0;

	buf_init(&names);
	buf_init(&shown);
	buf_put_printable(&shown, name, strnlen(name, 60), false);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (strcmp(table[i].name, name) == 0) {
			*setting = &table[i];
			return NULL;
		}
		if (strncmp(table[i].name, name, strlen(name)) == 0) {
			buf_printf(&names, "%s%s", fits++ ? ", " : "",
			           table[i].name);
			found = &table[i];
		}
	}
	if (fits > 1)
		return error_new(ERROR_USAGE, "ambiguous setting \"%s\": %s",
		                 shown.data, names.data);
	if (!found)
		return error_new(ERROR_USAGE, "there is no setting \"%s\"; "
		                 "`show` lists them", shown.data);
	*setting = found;
	return NULL;
}

const struct setting *setting_starting(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (strncmp(table[i].name, name, strlen(name)) == 0)
			return &table[i];
	return NULL;
}

static struct error *parse_bool(const char *text, uint64_t *value)
{
	static const char *const yes[] = { "on", "yes", "1", "enable", "" };
	static const char *const no[] = { "off", "no", "0", "disable" };

	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (strcmp(text, yes[i]) == 0) {
			*value = 1;
			return NULL;
		}
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		if (strcmp(text, no[i]) == 0) {
			*value = 0;
			return NULL;
		}
	return error_new(ERROR_USAGE, "say on or off");
}

static struct error *parse_uint(const struct setting *setting,
                                const char *text, uint64_t *value)
{
	unsigned long long number;
	char *end;

	if (setting->unlimited && (strcmp(text, "unlimited") == 0 ||
	    (setting->zero_counts && strcmp(text, "-1") == 0))) {
		*value = setting->zero_counts ? UINT64_MAX : 0;
		return NULL;
	}
	errno = 0;
	number = strtoull(text, &end, 0);
	if (!isdigit((unsigned char)*text) || *end || errno ||
	    number > setting->most ||
	    (number < setting->least && !(setting->unlimited && !number)))
		return error_new(ERROR_USAGE,
		                 "say a number from %llu to %llu%s",
		                 (unsigned long long)setting->least,
		                 (unsigned long long)setting->most,
		                 setting->unlimited ? ", or unlimited" : "");
	*value = number;
	return NULL;
}

static struct error *parse_enum(const struct setting *setting,
                                const char *text, uint64_t *value)
{
	AUTO_BUF struct buf words = { 0 };
	size_t fits = 0, len = strlen(text);

	buf_init(&words);
	for (size_t i = 0; setting->words[i]; i++) {
		buf_printf(&words, "%s%s", i ? ", " : "", setting->words[i]);
		if (strcmp(setting->words[i], text) == 0) {
			*value = i;
			return NULL;
		}
		if (len && strncmp(setting->words[i], text, len) == 0) {
			*value = i;
			fits++;
		}
	}
	if (fits == 1)
		return NULL;
	return error_new(ERROR_USAGE, "say one of: %s", words.data);
}

struct error *setting_set(struct session *s, const struct setting *setting,
                          const char *text)
{
	struct error *err = NULL;
	uint64_t value = 0;

	switch (setting->type) {
	case SETTING_BOOL:
		err = parse_bool(text, &value);
		break;
	case SETTING_UINT:
		err = parse_uint(setting, text, &value);
		break;
	case SETTING_ENUM:
		err = parse_enum(setting, text, &value);
		break;
	case SETTING_STRING: {
		char **old = member(&s->settings, setting);
		char *new = *text ? xstrdup(text) : NULL;

		free(*old);
		*old = new;
		break;
	}
	}
	if (!err && setting->check)
		err = setting->check(s, value);
	if (err)
		return error_prefix(err, "%s", setting->name);
	store(&s->settings, setting, value);
	if (setting->changed)
		setting->changed(s);
	return NULL;
}

void setting_values(const struct setting *setting, struct buf *text)
{
	switch (setting->type) {
	case SETTING_BOOL:
		buf_puts(text, "on|off");
		break;
	case SETTING_UINT:
		buf_printf(text, "%llu..%llu%s",
		           (unsigned long long)setting->least,
		           (unsigned long long)setting->most,
		           setting->unlimited ? "|unlimited" : "");
		break;
	case SETTING_ENUM:
		for (size_t i = 0; setting->words[i]; i++)
			buf_printf(text, "%s%s", i ? "|" : "",
			           setting->words[i]);
		break;
	case SETTING_STRING:
		buf_puts(text, "[TEXT]");
		break;
	}
}

static char *value_text(const struct settings *settings,
                        const struct setting *setting)
{
	const void *value = member(settings, setting);

	switch (setting->type) {
	case SETTING_BOOL:
		return xstrdup(*(const bool *)value ? "on" : "off");
	case SETTING_UINT:
		if (setting->unlimited && *(const uint64_t *)value ==
		    (setting->zero_counts ? UINT64_MAX : 0))
			return xstrdup("unlimited");
		return xasprintf("%llu", (unsigned long long)
		                 *(const uint64_t *)value);
	case SETTING_ENUM:
		return xstrdup(setting->words[*(const unsigned *)value]);
	case SETTING_STRING:
		break;
	}
	value = *(char *const *)value;
	return xstrdup(value ? value : "");
}

char *setting_text(const struct session *s, const struct setting *setting)
{
	return value_text(&s->settings, setting);
}

char *setting_initial(const struct setting *setting)
{
	struct settings settings = { 0 };

	store(&settings, setting, setting->initial);
	return value_text(&settings, setting);
}
