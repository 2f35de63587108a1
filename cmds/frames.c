/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backtraces, and which frame the other commands look at. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "session/frames.h"
#include "session/source.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

/* backtrace */

struct backtrace {
	bool full;
	bool counted;
	int64_t count;     /* negative: the outermost ones */
};

static bool broken_off(struct session *s)
{
	return s->hooks.interrupted && s->hooks.interrupted(s->hooks.ctx);
}

static struct error *interrupted(void)
{
	return error_new(ERROR_INTERRUPTED, "interrupted");
}

/* A number, signed or an expression. */
static struct error *take_count(struct session *s, const char *text,
                                int64_t *count)
{
	char *end;
	long long n;

	errno = 0;
	n = strtoll(text, &end, 0);
	if (!errno && end != text && !*skip_blanks(end)) {
		*count = n;
		return NULL;
	}
	return evaluate_number(s, text, count);
}

/* "-frame-arguments all": a setting, for this one. */
static struct error *take_setting(struct session *s, const char **text,
                                  size_t len, bool *taken)
{
	static const struct { const char *option, *name; } known[] = {
		{ "-entry-values", "print-entry-values" },
		{ "-frame-arguments", "print-frame-arguments" },
		{ "-past-main", "backtrace-past-main" },
	};
	const char *word = skip_blanks(*text + len);
	size_t word_len = strcspn(word, " \t");
	AUTO_FREE char *value = xstrndup(word, word_len);
	const struct setting *setting;

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (len < 2 || strncmp(known[i].option, *text, len) != 0)
			continue;
		*taken = true;
		TRY(setting_find(known[i].name, &setting));
		if (setting->type == SETTING_BOOL && *word != 'o') {
			*text += len;
			return setting_set(s, setting, "on");
		}
		*text = word + word_len;
		return setting_set(s, setting, value);
	}
	return NULL;
}

/* -full, full, and options of gdb's that only say how it looks. */
static struct error *take_trace(struct session *s, const char *text,
                                struct backtrace *trace)
{
	for (;;) {
		bool taken = false;
		size_t len;

		text = skip_blanks(text);
		len = strcspn(text, " \t");
		if (!len)
			return NULL;
		if (text[0] == '-' && isdigit((unsigned char)text[1]))
			break;
		if (len <= 5 && (strncmp(text, "-full", len) == 0 ||
		                 strncmp(text, "full", len) == 0)) {
			trace->full = true;
		} else if (len == 2 && strncmp(text, "--", 2) == 0) {
			text += len;
			break;
		} else if (text[0] == '-') {
			AUTO_FREE char *shown = command_quoted(text, len);

			TRY(take_setting(s, &text, len, &taken));
			if (taken)
				continue;
			return error_new(ERROR_USAGE, "\"%s\" is no option of "
			                 "backtrace: say -full, or N, or -N",
			                 shown);
		} else {
			break;
		}
		text += len;
	}
	trace->counted = true;
	return take_count(s, text, &trace->count);
}

/* The level of the first of the COUNT outermost frames. */
static struct error *outermost(struct session *s, int64_t count,
                               unsigned *level)
{
	uint64_t wanted = -(uint64_t)count;
	unsigned all = 0;

	while (session_frame_at(s, s->current, all)) {
		if (all % 1024 == 1023 && broken_off(s))
			return interrupted();
		all++;
	}
	*level = wanted < all ? all - (unsigned)wanted : 0;
	return NULL;
}

static struct error *show_frames(struct session *s, const struct backtrace *trace,
                                 bool *all)
{
	const struct frame *f;
	unsigned level = 0, shown = 0;

	if (trace->counted && trace->count < 0)
		TRY(outermost(s, trace->count, &level));
	for (;; level++, shown++) {
		f = session_frame_at(s, s->current, level);
		if (!f || (trace->counted && trace->count >= 0 &&
		           shown >= (uint64_t)trace->count))
			break;
		show_frame(s, s->current, f, trace->full);
		if (broken_off(s))
			return interrupted();
	}
	*all = !f;
	return NULL;
}

/* Behind the last frame, why there is no other. */
static void show_end(struct session *s)
{
	const char *reason = session_frames_end(s, s->current);

	if (!reason)
		return;
	out_text(s->out, ROLE_PLAIN, "Backtrace stopped: ");
	out_str(s->out, "stopped", ROLE_WARNING, reason);
	out_text(s->out, ROLE_PLAIN, "\n");
}

static struct error *show_backtrace(struct session *s, const char *text)
{
	struct backtrace trace = { 0 };
	struct error *err = NULL;
	bool all = false;

	if (text)
		TRY(take_trace(s, text, &trace));
	out_begin(s->out, "backtrace");
	out_list_begin(s->out, "frames");
	err = show_frames(s, &trace, &all);
	out_list_end(s->out);
	if (all)
		show_end(s);
	else if (!err)
		out_text(s->out, ROLE_DIM, "(More stack frames follow...)\n");
	out_end(s->out);
	return err;
}

static struct error *run_backtrace(struct session *s,
                                   struct command_args *args)
{
	struct settings *set = &s->settings;
	unsigned entry = set->print_entry_values;
	unsigned shown = set->print_frame_arguments;
	bool past_main = set->past_main;
	struct error *err = show_backtrace(s, args->arg[0].given
	                                   ? args->arg[0].text : NULL);

	set->print_entry_values = entry;
	set->print_frame_arguments = shown;
	set->past_main = past_main;
	return err;
}

/* frame, up, down */

static struct error *show_selected(struct session *s)
{
	const struct frame *f = session_frame(s);

	if (!f)
		return error_new(ERROR_GONE, "the thread has no frame");
	show_frame(s, s->current, f, false);
	source_show_frame(s, s->current, f);
	return NULL;
}

static struct error *find_level(struct session *s, int64_t level,
                                const struct frame **frame)
{
	const struct frame *f = level < 0 || level > UNWIND_MAX ? NULL
		: session_frame_at(s, s->current, (unsigned)level);

	if (!f)
		return error_new(ERROR_NOT_FOUND, "no frame at level %lld",
		                 (long long)level);
	*frame = f;
	return NULL;
}

static struct error *find_function(struct session *s, const char *name,
                                   const struct frame **frame)
{
	AUTO_FREE char *shown = command_quoted(name, strlen(name));
	const struct frame *f;
	const char *is;

	for (unsigned level = 0;
	     (f = session_frame_at(s, s->current, level)); level++) {
		is = session_frame_name(s, s->current, f);
		if (is && strcmp(is, name) == 0) {
			*frame = f;
			return NULL;
		}
		if (broken_off(s))
			return interrupted();
	}
	return error_new(ERROR_NOT_FOUND, "no frame for function \"%s\"",
	                 shown);
}

/* ADDRESS is a frame's CFA: what `info frame` calls "frame at". */
static struct error *find_address(struct session *s, const char *text,
                                  const struct frame **frame)
{
	const struct frame *f;
	int64_t address;

	TRY(evaluate_number(s, text, &address));
	for (unsigned level = 0;
	     (f = session_frame_at(s, s->current, level)); level++) {
		if (f->cfa == (taddr)address) {
			*frame = f;
			return NULL;
		}
		if (broken_off(s))
			return interrupted();
	}
	return error_new(ERROR_NOT_FOUND, "no frame at address 0x%llx",
	                 (unsigned long long)address);
}

struct error *frame_find(struct session *s, const char *text,
                         const struct frame **frame)
{
	size_t len = strcspn(text, " \t");
	const char *rest = skip_blanks(text + len);
	const struct frame *selected = session_frame(s);
	int64_t level;

	if (!selected)
		return error_new(ERROR_GONE, "the thread has no frame");
	if (!len) {
		*frame = selected;
		return NULL;
	}
	if (*rest && len <= 8 && strncmp(text, "function", len) == 0)
		return find_function(s, rest, frame);
	if (*rest && len <= 7 && strncmp(text, "address", len) == 0)
		return find_address(s, rest, frame);
	if (*rest && len <= 5 && strncmp(text, "level", len) == 0)
		text = rest;
	TRY(take_count(s, text, &level));
	return find_level(s, level, frame);
}

static struct error *run_frame(struct session *s, struct command_args *args)
{
	const struct frame *f;

	TRY(frame_find(s, args->arg[0].given ? args->arg[0].text : "", &f));
	session_frame_select(s, f->level);
	return show_selected(s);
}

/* As far as there are frames; an error where that is not at all. */
static struct error *move_by(struct session *s, int64_t by, bool told)
{
	const struct frame *f = session_frame(s);
	int64_t from, to;

	if (!f)
		return error_new(ERROR_GONE, "the thread has no frame");
	from = to = f->level;
	if (by < 0) {
		to = by < -from ? 0 : from + by;
	} else {
		while (to < from + by &&
		       session_frame_at(s, s->current, (unsigned)to + 1)) {
			to++;
			if (to % 1024 == 0 && broken_off(s))
				return interrupted();
		}
	}
	if (to == from && by && !told)
		return error_new(ERROR_REFUSED, by > 0
		                 ? "initial frame selected; you cannot go up"
		                 : "bottom (innermost) frame selected; you "
		                   "cannot go down");
	session_frame_select(s, (unsigned)to);
	return NULL;
}

static struct error *move_given(struct session *s, struct command_args *args,
                                int sign)
{
	int64_t by = 1;

	if (args->arg[0].given)
		TRY(take_count(s, args->arg[0].text, &by));
	if (by > UNWIND_MAX || by < -UNWIND_MAX)
		by = by < 0 ? -UNWIND_MAX : UNWIND_MAX;
	return move_by(s, sign * by, args->arg[0].given);
}

static struct error *run_up(struct session *s, struct command_args *args)
{
	TRY(move_given(s, args, 1));
	return show_selected(s);
}

static struct error *run_down(struct session *s, struct command_args *args)
{
	TRY(move_given(s, args, -1));
	return show_selected(s);
}

static struct error *run_up_silently(struct session *s,
                                     struct command_args *args)
{
	return move_given(s, args, 1);
}

static struct error *run_down_silently(struct session *s,
                                       struct command_args *args)
{
	return move_given(s, args, -1);
}

/* gdb's names of the settings backtrace-limit and backtrace-past-main. */
static struct error *run_set_backtrace(struct session *s,
                                       struct command_args *args)
{
	const char *word = args->arg[0].text;
	size_t len = strcspn(word, " \t=");
	const char *value = skip_blanks(word + len);
	AUTO_FREE char *name = xasprintf("backtrace-%.*s", (int)len, word);
	const struct setting *setting;

	TRY(setting_find(name, &setting));
	if (*value == '=')
		value = skip_blanks(value + 1);
	return setting_set(s, setting, value);
}

#define BACKTRACE_HELP                                                     \
	"N: the N innermost frames; -N: the N outermost. -full: with the " \
	"variables of each. Frames of inlined functions are shown as if " \
	"they had been called. -frame-arguments, -entry-values and " \
	"-past-main are those settings, for this one. " \
	"`set backtrace-limit` and `set " \
	"backtrace-past-main` say how far it goes."

static const struct command table[] = {
	{
		.name = "set backtrace", .group = GROUP_LOOKING,
		.args = "setting:backtrace-setting",
		.summary = "change how far backtraces go",
		.help = "`set backtrace limit 10` is `set backtrace-limit 10`; "
			"the other is past-main.",
		.example = "set backtrace limit 10\n"
			"set backtrace past-main on",
		.run = run_set_backtrace,
	}, {
		.name = "backtrace", .aliases = "bt ba where",
		.group = GROUP_LOOKING, .args = "[n:rest]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show who called whom, from where the thread "
			"stands outwards",
		.help = BACKTRACE_HELP,
		.example = "backtrace\n"
			"backtrace 1\n"
			"backtrace -2",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_backtrace,
	}, {
		.name = "info stack", .aliases = "s",
		.group = GROUP_LOOKING, .args = "[n:rest]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show who called whom: `backtrace`",
		.example = "info stack",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_backtrace,
	}, {
		.name = "frame", .aliases = "f",
		.group = GROUP_LOOKING, .args = "[which:frame]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "select a frame, or show the selected one",
		.help = "N or level N: by its number in the backtrace. "
			"function NAME: the innermost one of that function. "
			"address EXPRESSION: by its canonical frame address. "
			"Registers, variables and expressions are then those "
			"of that frame, until the thread goes on.",
		.example = "frame\n"
			"frame 1\n"
			"frame level 0",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_frame,
	}, {
		.name = "up",
		.group = GROUP_LOOKING, .args = "[n:rest]",
		.flags = CMD_NEEDS_STOPPED | CMD_REPEATS,
		.summary = "select the frame that called this one",
		.example = "up",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_up,
	}, {
		.name = "down", .aliases = "dow",
		.group = GROUP_LOOKING, .args = "[n:rest]",
		.flags = CMD_NEEDS_STOPPED | CMD_REPEATS,
		.summary = "select the frame that this one called",
		.example = "up\n"
			"down",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_down,
	}, {
		.name = "up-silently",
		.group = GROUP_LOOKING, .args = "[n:rest]",
		.flags = CMD_NEEDS_STOPPED | CMD_REPEATS,
		.summary = "select the frame that called this one, and say "
			"nothing",
		.example = "up-silently",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_up_silently,
	}, {
		.name = "down-silently",
		.group = GROUP_LOOKING, .args = "[n:rest]",
		.flags = CMD_NEEDS_STOPPED | CMD_REPEATS,
		.summary = "select the frame that this one called, and say "
			"nothing",
		.example = "up-silently\n"
			"down-silently",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_down_silently,
	},
};

const struct command_table commands_frames = { table, ARRAY_LEN(table) };
