/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: the terminal, files, and what goes into them. */
#include "session/internal.h"

#include "base/alloc.h"
#include "session/settings.h"
#include "session/snapshot.h"
#include "session/source.h"
#include "symbols/image.h"

#include <string.h>

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

static void directories_changed(struct session *s)
{
	source_forget(s);
}

static void watch_changed(struct session *s)
{
	if (s->hooks.watch_changed)
		s->hooks.watch_changed(s->hooks.ctx);
}

static struct error *check_watch(struct session *s, const char *text)
{
	struct syscall_set *set;

	(void)s;
	if (strcmp(text, "off") == 0)
		return NULL;
	TRY(syscall_set_parse(text, &set));
	syscall_set_destroy(set);
	return NULL;
}

static const char *const watch_words[] = { "all", "off", NULL };
static const char *const debuginfod_words[] = {
	[DEBUGINFOD_OFF] = "off", [DEBUGINFOD_ON] = "on",
	[DEBUGINFOD_ASK] = "ask", NULL,
};
static const char *const snapshot_words[] = {
	[SNAPSHOT_AUTO] = "auto", [SNAPSHOT_HASH] = "hash",
	[SNAPSHOT_SOFT_DIRTY] = "soft-dirty", NULL,
};
static const char *const color_words[] = { "auto", "on", "off", NULL };

/* What layouts there are, and what makes one, is the screen's to say. */
static struct error *ask_screen(struct session *s, const char *verb,
                                const char *text)
{
	AUTO_FREE char *line = xasprintf("%s %s", verb, text);

	return s->hooks.screen ? s->hooks.screen(s->hooks.ctx, line) : NULL;
}

static struct error *check_layout(struct session *s, const char *text)
{
	return ask_screen(s, "check-layout", text);
}

static struct error *check_custom_layouts(struct session *s, const char *text)
{
	return ask_screen(s, "check-layouts", text);
}

static void layout_changed(struct session *s)
{
	s->settings.tui_changes++;
	watch_changed(s);
}

/* Words of a list of the screen's, without what belongs to each. */
struct layout_offer {
	void (*fn)(void *ctx, const char *word);
	void *ctx;
};

static void offer_layout(void *arg, const char *name, const char *text)
{
	const struct layout_offer *offer = arg;

	(void)text;
	offer->fn(offer->ctx, name);
}

static void offer_layouts(struct session *s,
                          void (*fn)(void *ctx, const char *word), void *ctx)
{
	struct layout_offer offer = { fn, ctx };

	if (s->hooks.screen_list)
		s->hooks.screen_list(s->hooks.ctx, SCREEN_LIST_LAYOUTS,
		                     offer_layout, &offer);
}
/* Ascending by name. */
static const struct setting rows[] = {
	{
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
		.name = "directories", .type = SETTING_STRING, .paths = true,
		.offset = AT(directories), .changed = directories_changed,
		.summary = "directories, separated by colons, of source files",
		.help = "Empty: $cdir:$cwd, which stand for the directory of "
			"the compilation and scdb's own. `directory` puts "
			"others before.",
		.example = "set directories /usr/src:$cdir:$cwd",
	}, {
		.name = "dump-excluded-mappings", .type = SETTING_BOOL,
		.offset = AT(dump_excluded_mappings), .initial = 0,
		.summary = "whether core files get memory that the program "
			"keeps out of them",
		.help = "By madvise(MADV_DONTDUMP). The process's "
			"coredump_filter holds for it too.",
		.example = "set dump-excluded-mappings on",
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
		.name = "pagination", .type = SETTING_BOOL,
		.offset = AT(pagination), .initial = 1,
		.summary = "whether output longer than the screen waits for "
			"its reader",
		.help = "Only what a command says that was typed at the "
			"prompt, on a terminal.",
		.example = "set pagination off",
	}, {
		.name = "print-inferior-events", .type = SETTING_BOOL,
		.offset = AT(print_events), .initial = 1,
		.summary = "whether scdb tells of processes that come, run "
			"other programs and end",
		.help = "Off: only the ends of those that were launched or "
			"attached are told. The option -o turns it off where "
			"--batch is given.",
		.example = "set print-inferior-events off",
	}, {
		.name = "safe-path", .type = SETTING_STRING, .paths = true,
		.offset = AT(safe_path),
		.summary = "directories, separated by colons, whose .scdbinit "
			"is read",
		.help = "They hold for what is below them too. The file and "
			"its directory must be yours.",
		.example = "set safe-path /home/me/src:/home/me/work",
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
		.name = "tui-custom-layouts", .type = SETTING_STRING,
		.offset = AT(tui_custom_layouts),
		.check_text = check_custom_layouts, .changed = layout_changed,
		.summary = "your own layouts of the full screen",
		.help = "NAME LAYOUT; NAME LAYOUT; ... `tui new-layout` puts "
			"one in, `tui delete-layout` takes one out.",
		.example = "set tui-custom-layouts wide columns(calls prompt)",
	}, {
		.name = "tui-layout", .type = SETTING_STRING,
		.offset = AT(tui_layout), .initial_text = "calls",
		.check_text = check_layout, .changed = layout_changed,
		.offer = offer_layouts,
		.summary = "which panes the full screen shows",
		.help = "calls: system calls. code: source, instructions, "
			"registers. memory: memory, registers. overview: "
			"threads, breakpoints, descriptors, counters. One of "
			"tui-custom-layouts; or a layout itself: rows(A B) has "
			"panes one above the other, columns(A B) side by side, "
			"and A:3 gets three times the room of A. F2, F3, F4 "
			"and `tui layout` choose too.",
		.example = "set tui-layout code\n"
			"set tui-layout rows(columns(code calls):2 prompt)",
	}, {
		.name = "tui-memory", .type = SETTING_STRING,
		.offset = AT(tui_memory),
		.summary = "what the pane `memory` of the full screen shows",
		.help = "What may stand behind `x`. Empty: /32xg $sp, the "
			"stack.",
		.example = "set tui-memory /16xw $sp",
	}, {
		.name = "tui-registers", .type = SETTING_STRING,
		.offset = AT(tui_registers),
		.summary = "what the pane `registers` of the full screen shows",
		.help = "What may stand behind `info registers`: groups and "
			"names. Empty: what that shows by itself. `tui "
			"registers` and the key v choose groups.",
		.example = "set tui-registers vector",
	}, {
		.name = "tui-watch", .type = SETTING_STRING,
		.offset = AT(tui_watch), .words = watch_words,
		.check_text = check_watch, .changed = watch_changed,
		.summary = "which calls the full screen wants to see go by",
		.help = "A SET as in `help catch syscall`; empty: all; off: "
			"none. They stop in the kernel, and go on at once, as "
			"long as the panes `calls` or `counters` are shown. "
			"`tui watch` sets it too.",
		.example = "set tui-watch %file,%network",
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
	},
};

const struct setting_rows settings_of_tool = { rows, ARRAY_LEN(rows) };
