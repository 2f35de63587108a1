/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: how calls are shown, logged and traced. */
#include "session/internal.h"

#include "session/settings.h"

static void log_size_changed(struct session *s)
{
	call_log_resize(s->log, (size_t)s->settings.log_size);
}

static const char *const style_words[] = {
	[STYLE_AUTO] = "auto", [STYLE_SCDB] = "scdb",
	[STYLE_STRACE] = "strace", NULL,
};
static const char *const trace_format_words[] = {
	[TRACE_TEXT] = "text", [TRACE_JSON] = "json", NULL,
};
static const char *const trace_sort_words[] = {
	[TRACE_SORT_TIME] = "time", [TRACE_SORT_MEAN] = "mean",
	[TRACE_SORT_MIN] = "min", [TRACE_SORT_MEDIAN] = "median",
	[TRACE_SORT_MAX] = "max", [TRACE_SORT_CALLS] = "calls",
	[TRACE_SORT_ERRORS] = "errors", [TRACE_SORT_NAME] = "name", NULL,
};
static const char *const trace_time_words[] = {
	[TRACE_TIME_OFF] = "off", [TRACE_TIME_SECONDS] = "seconds",
	[TRACE_TIME_MICROSECONDS] = "microseconds",
	[TRACE_TIME_EPOCH] = "epoch", [TRACE_TIME_RELATIVE] = "relative",
	NULL,
};

/* Ascending by name. */
static const struct setting rows[] = {
	{
		.name = "element-limit", .type = SETTING_UINT,
		.offset = AT(element_limit), .least = 1, .most = 100000,
		.initial = 32,
		.summary = "elements of an array that are shown",
		.example = "set element-limit 200",
	}, {
		.name = "info-syscall-limit", .type = SETTING_UINT,
		.offset = AT(syscall_limit), .least = 16, .most = 1 << 20,
		.initial = 4096,
		.summary = "bytes of a string or buffer, and elements of an "
			"array, that `info syscall` shows",
		.example = "set info-syscall-limit 65536",
	}, {
		.name = "log-size", .type = SETTING_UINT,
		.offset = AT(log_size), .least = 1, .most = 1000000,
		.initial = 1000,
		.summary = "calls that `info syscalls` remembers",
		.example = "set log-size 50000",
		.changed = log_size_changed,
	}, {
		.name = "rule-layer", .type = SETTING_STRING,
		.offset = AT(rule_layer),
		.summary = "the layer of the rules that are made from now on",
		.help = "`load rules NAME` makes a layer of its own. In each "
			"layer the first rule that decides about a call does "
			"so, and the next layer sees the call as that has "
			"changed it. Empty: the rules made by hand, which "
			"are a layer together.",
		.example = "set rule-layer disk",
	}, {
		.name = "rules-directory", .type = SETTING_STRING,
		.paths = true, .offset = AT(rules_directory),
		.summary = "where `load rules` looks",
		.help = "Empty: the rules that come with scdb.",
		.example = "set rules-directory /home/me/rules",
	}, {
		.name = "show-caller", .type = SETTING_BOOL,
		.offset = AT(show_caller), .initial = 0,
		.summary = "whether a stop at a call shows the function that "
			"made it",
		.help = "The innermost one outside the C library and the "
			"dynamic loader, by a backtrace.",
		.example = "set show-caller on",
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
		.of_program = true,
		.offset = AT(trace_file),
		.summary = "where `trace` writes to unless it is told",
		.help = "Empty: to you. The option -o sets this.",
		.example = "set trace-file /tmp/calls",
	}, {
		.name = "trace-format", .type = SETTING_ENUM,
		.offset = AT(trace_format), .words = trace_format_words,
		.initial = TRACE_TEXT,
		.summary = "what `trace` writes to files from now on",
		.help = "text: lines as strace has them. json: an object a "
			"line, as --json has them, written when the call "
			"has ended: its arguments raw and decoded, by name. "
			"With `trace-time` and `trace-duration` they have "
			"`time` (microseconds since 1970) and `nanoseconds`.",
		.example = "set trace-format json",
	}, {
		.name = "trace-paths", .type = SETTING_BOOL,
		.offset = AT(trace_paths), .initial = 0,
		.summary = "whether `trace` says what descriptors are",
		.help = "As strace's -yy.",
		.example = "set trace-paths on",
	}, {
		.name = "trace-sort", .type = SETTING_ENUM,
		.offset = AT(trace_sort), .words = trace_sort_words,
		.initial = TRACE_SORT_TIME,
		.summary = "what `info stats` is sorted by",
		.help = "As strace's -S. All but name: the most first.",
		.example = "set trace-sort calls",
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
		.name = "whole-structs", .type = SETTING_BOOL,
		.offset = AT(whole_structs), .initial = 0,
		.summary = "whether long structs are shown with all fields",
		.help = "As strace's -v: at stops and in traces. The "
			"instructions of filters and of BPF programs and the "
			"environment of execve are shown, too. `info "
			"syscall` shows all in any case.",
		.example = "set whole-structs on",
	},
};

const struct setting_rows settings_of_calls = { rows, ARRAY_LEN(rows) };
