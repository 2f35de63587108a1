/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: how values, frames and code are shown. */
#include "session/internal.h"

#include "arch/disasm.h"
#include "session/settings.h"

static const char *const flavor_words[] = {
	[DISASM_ATT] = "att", [DISASM_INTEL] = "intel", NULL,
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

/* Ascending by name. */
static const struct setting rows[] = {
	{
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
		.name = "disassembly-flavor", .type = SETTING_ENUM,
		.offset = AT(disassembly_flavor), .words = flavor_words,
		.initial = DISASM_ATT,
		.summary = "the syntax of disassembly",
		.example = "set disassembly-flavor intel",
	}, {
		.name = "examine-text", .type = SETTING_BOOL,
		.offset = AT(examine_text), .initial = 0,
		.summary = "whether `x` shows numbers as text too",
		.help = "Behind the numbers of a line their bytes, those that "
			"are no printable ASCII as dots.",
		.example = "set examine-text on",
	}, {
		.name = "listsize", .type = SETTING_UINT,
		.offset = AT(listsize), .least = 1, .most = 1000000,
		.unlimited = true, .initial = 10,
		.summary = "lines of source that `list` shows",
		.example = "set listsize 20",
	}, {
		.name = "max-value-size", .type = SETTING_UINT,
		.offset = AT(max_value_size), .least = 16, .most = 1u << 30,
		.unlimited = true, .initial = 65536,
		.summary = "bytes that are read for one value",
		.help = "A larger one is refused; its address, size, members "
			"and elements can be had all the same.",
		.example = "set max-value-size 100000",
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
	},
};

const struct setting_rows settings_of_values = { rows, ARRAY_LEN(rows) };
