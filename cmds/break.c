/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breakpoints in code: set, and cleared where they stand. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "session/location.h"

#include <string.h>

/* What stands behind `break`, taken apart. */
struct break_words {
	char *location;      /* NULL: none */
	char *thread;
	const char *condition; /* in the command's line */
	bool force;
};

static void words_deinit(struct break_words *w)
{
	free(w->location);
	free(w->thread);
}

/* Commas belong to it too: f<int, long>. */
static size_t location_len(const char *text, bool to_comma)
{
	size_t len = location_extent(text);

	while (!to_comma && text[len] && *skip_blanks(text + len) == ',') {
		len = (size_t)(skip_blanks(text + len) - text) + 1;
		len += location_extent(text + len);
	}
	return len;
}

/* `break main if` lacks something, but not a function called "main if". */
static size_t before_bare_word(const char *text, size_t len)
{
	static const char *const words[] = { " if", " thread" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t word = strlen(words[i]);

		if (len > word && !text[len] &&
		    strcmp(text + len - word, words[i]) == 0)
			return trimmed_len(text, len - word);
	}
	return len;
}

static bool take_word(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*at, word, len) != 0 ||
	    ((*at)[len] && !strchr(" \t(", (*at)[len])))
		return false;
	*at = skip_blanks(*at + len);
	return true;
}

static struct error *take_thread(const char **at, struct break_words *w)
{
	size_t len = arg_word_len(*at);

	if (!len)
		return error_new(ERROR_USAGE, "a thread's number is missing "
		                 "behind `thread`: see `info threads`");
	free(w->thread);
	w->thread = xstrndup(*at, len);
	*at = skip_blanks(*at + len);
	return NULL;
}

static struct error *take_condition(const char *at, struct break_words *w)
{
	if (!*at)
		return error_new(ERROR_USAGE, "a condition is missing behind "
		                 "`if`");
	w->condition = at;
	return NULL;
}

/* LINE up to its end, or to a comma, where *REST is. */
static struct error *parse_words(const char *line, bool to_comma,
                                 struct break_words *w, const char **rest)
{
	const char *at = skip_blanks(line);
	size_t len;

	if (take_word(&at, "-force-condition"))
		w->force = true;
	if (strncmp(at, "thread ", 7) != 0 && strncmp(at, "if ", 3) != 0 &&
	    strncmp(at, "if(", 3) != 0) {
		len = before_bare_word(at, location_len(at, to_comma));
		if (len)
			w->location = xstrndup(at, len);
		at = skip_blanks(at + len);
	}
	while (*at && !(to_comma && *at == ',')) {
		if (take_word(&at, "thread")) {
			TRY(take_thread(&at, w));
		} else if (take_word(&at, "-force-condition")) {
			w->force = true;
		} else if (take_word(&at, "if")) {
			return take_condition(at, w);
		} else {
			AUTO_FREE char *shown = command_quoted(at, strlen(at));

			return error_new(ERROR_USAGE, "Garbage '%s' at end of "
			                 "command", shown);
		}
	}
	if (rest)
		*rest = at;
	return NULL;
}

/* Whether what is not there yet shall be waited for; REASON is gdb's note. */
static bool may_wait(struct session *s, const struct error *reason,
                     bool hardware, bool *declined)
{
	const struct command_input *input = &s->commands->input;

	if (reason->kind != ERROR_NOT_FOUND && reason->kind != ERROR_REFUSED)
		return false;
	if (s->settings.pending == PENDING_ON) {
		out_message(s->out, "note", ROLE_PLAIN, "%s", reason->message);
		return true;
	}
	if (s->settings.pending == PENDING_OFF || !input->ask)
		return false;
	out_message(s->out, "note", ROLE_PLAIN, "%s", reason->message);
	out_flush(s->out);
	*declined = !input->ask(input->ctx, hardware
	                        ? "Make hw breakpoint pending on future "
	                          "shared library load?"
	                        : "Make breakpoint pending on future shared "
	                          "library load?");
	return !*declined;
}

static bool place_is_missing(struct session *s, const char *location)
{
	place_list places = { 0 };
	struct error *err = location_resolve(s, location, LOCATION_BREAK,
	                                     &places);

	vec_deinit(&places);
	error_destroy(err);
	return err != NULL;
}

/* By somebody who may not know what he has set: not by a script. */
static bool is_typed(const struct session *s)
{
	const struct command_state *state = s->commands;

	return state->input.next_line && !state->source_depth &&
	       !state->in_actions && !state->depth;
}

static struct error *add(struct session *s, struct break_request *request)
{
	struct breakpoint *b;
	struct error *err = break_add(s, request, &b);
	bool declined = false;

	/* A thread or a name in the condition may be what is missing. */
	if (err && request->location &&
	    place_is_missing(s, request->location) &&
	    may_wait(s, err, request->hardware, &declined)) {
		error_destroy(err);
		request->pending = true;
		err = break_add(s, request, &b);
	}
	if (declined) {
		/* Why was said with the question. */
		error_destroy(err);
		return error_new(ERROR_INTERRUPTED, "no breakpoint was set");
	}
	TRY(err);
	if (is_typed(s))
		break_note_others(s, b);
	break_announce(s, b);
	return NULL;
}

static struct error *set(struct session *s, const char *line, bool temporary,
                         bool hardware)
{
	CLEANUP(words_deinit) struct break_words w = { 0 };
	struct break_request request = { .temporary = temporary,
	                                 .hardware = hardware };

	TRY(parse_words(line, false, &w, NULL));
	if (!w.location)
		TRY(session_need_process(s));
	request.location = w.location;
	request.condition = w.condition;
	request.thread = w.thread;
	request.force = w.force;
	return add(s, &request);
}

static struct error *run_break(struct session *s, struct command_args *args)
{
	return set(s, args->line, false, false);
}

static struct error *run_tbreak(struct session *s, struct command_args *args)
{
	return set(s, args->line, true, false);
}

static struct error *run_hbreak(struct session *s, struct command_args *args)
{
	return set(s, args->line, false, true);
}

static struct error *run_thbreak(struct session *s, struct command_args *args)
{
	return set(s, args->line, true, true);
}

static struct error *run_dprintf(struct session *s, struct command_args *args)
{
	CLEANUP(words_deinit) struct break_words w = { 0 };
	struct break_request request = { 0 };
	const char *rest = "";

	TRY(parse_words(args->line, true, &w, &rest));
	rest = skip_blanks(rest + (*rest == ','));
	if (w.condition || !*rest)
		return error_new(ERROR_USAGE, "Format string required");
	TRY(printf_check(rest));
	if (!w.location)
		TRY(session_need_process(s));
	request.location = w.location;
	request.thread = w.thread;
	request.format = rest;
	return add(s, &request);
}

/* clear */

/* Whether B stands on the line that the user named, whatever its address. */
static bool is_on_line(const struct breakpoint *b, const struct place *place)
{
	return !place->exact_addr && place->has_line &&
	       break_is_on_line(b, place->line.file, place->line.line);
}

static bool is_meant(const struct breakpoint *b, const place_list *places,
                     bool lines)
{
	for (size_t i = 0; i < places->len; i++)
		if ((places->items[i].has_addr &&
		     break_is_at(b, places->items[i].addr)) ||
		    (lines && is_on_line(b, &places->items[i])))
			return true;
	return false;
}

/* LINE, FILE:LINE, and nothing at all mean the line; the rest one place. */
static bool names_line(const char *text)
{
	const char *colon = strrchr(text, ':');
	const char *digits = colon ? colon + 1 : text;

	return *digits && digits[strspn(digits, "0123456789")] == '\0';
}

static struct error *clear_places(struct session *s, const char *text,
                                  place_list *places, bool *lines)
{
	AUTO_FREE char *here = NULL;
	taddr pc;

	*lines = !*text || names_line(text);
	if (!*text) {
		TRY(location_pc(s, &pc));
		here = xasprintf("*0x%llx", (unsigned long long)pc);
		TRY(location_resolve(s, here, LOCATION_BREAK, places));
		places->items[0].exact_addr = false;
		return NULL;
	}
	return location_resolve(s, text, LOCATION_BREAK, places);
}

static void clear_found(struct session *s, const unsigned *numbers,
                        size_t count)
{
	out_begin(s->out, "cleared");
	out_text(s->out, ROLE_PLAIN, count > 1 ? "Deleted breakpoints "
	                                       : "Deleted breakpoint ");
	out_list_begin(s->out, "breakpoints");
	for (size_t i = 0; i < count; i++) {
		out_begin(s->out, "cleared-breakpoint");
		out_uint(s->out, "number", ROLE_NUMBER, numbers[i], "%u ",
		         numbers[i]);
		out_end(s->out);
		breakpoint_delete(s, breakpoint_find(s, numbers[i]));
	}
	out_list_end(s->out);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *run_clear(struct session *s, struct command_args *args)
{
	const char *text = args->arg[0].given ? args->arg[0].text : "";
	VEC(unsigned) numbers = { 0 };
	place_list places = { 0 };
	bool lines = false;
	struct error *err = clear_places(s, text, &places, &lines);

	for (size_t i = 0; !err && i < s->breakpoints.len; i++)
		if (is_meant(s->breakpoints.items[i], &places, lines))
			vec_push(&numbers, s->breakpoints.items[i]->number);
	if (!err && numbers.len)
		clear_found(s, numbers.items, numbers.len);
	else if (!err)
		err = *text ? error_new(ERROR_NOT_FOUND,
		                        "No breakpoint at %s.", text)
		            : error_new(ERROR_NOT_FOUND,
		                        "No breakpoint at this line.");
	vec_deinit(&numbers);
	vec_deinit(&places);
	return err;
}

/* set breakpoint, show breakpoint */

/* What gdb lets one choose, and here is always so. */
static const struct {
	const char *name, *value, *summary, *why;
} fixed[] = {
	{ "always-inserted", "on", "breakpoints stay planted at a stop",
	  "a breakpoint stays planted until it is disabled or deleted: threads "
	  "step over it out of line" },
	{ "auto-hw", "off", "debug registers are taken where memory can't be "
	  "written",
	  "no breakpoint takes a debug register by itself: `hbreak` does" },
	{ "condition-evaluation", "host", "who looks at conditions",
	  "scdb itself looks at conditions, before any other thread is "
	  "stopped" },
};

static struct error *unknown_setting(void)
{
	return error_new(ERROR_USAGE, "there are `set breakpoint pending "
	                 "auto|on|off`, `always-inserted on`, `auto-hw off` "
	                 "and `condition-evaluation host`");
}

static struct error *run_set(struct session *s, struct command_args *args)
{
	const char *text = args->arg[0].text;
	const char *value = skip_blanks(text + arg_word_len(text));
	const struct setting *setting;

	for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
		if (!arg_word_is(text, fixed[i].name))
			continue;
		if (strcmp(value, fixed[i].value) == 0)
			return NULL;
		return error_new(ERROR_UNSUPPORTED, "it can only be %s: %s",
		                 fixed[i].value, fixed[i].why);
	}
	if (!arg_word_is(text, "pending"))
		return unknown_setting();
	TRY(setting_find("breakpoint-pending", &setting));
	return setting_set(s, setting, value);
}

static void show_one(struct session *s, const char *name, const char *full,
                     const char *value, const char *summary)
{
	out_begin(s->out, "setting");
	out_str_shown(s->out, "name", ROLE_NAME, full, name);
	out_text(s->out, ROLE_PLAIN, " is ");
	out_str(s->out, "value", ROLE_CONSTANT, value);
	out_text(s->out, ROLE_PLAIN, ": ");
	out_str(s->out, "summary", ROLE_PLAIN, summary);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *run_show(struct session *s, struct command_args *args)
{
	const char *text = args->arg[0].given ? args->arg[0].text : NULL;
	const struct setting *setting;
	bool any = false;

	for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
		AUTO_FREE char *full = xasprintf("breakpoint %s",
		                                 fixed[i].name);

		if (text && strcmp(text, fixed[i].name) != 0)
			continue;
		show_one(s, fixed[i].name, full, fixed[i].value,
		         fixed[i].summary);
		any = true;
	}
	if (text && strcmp(text, "pending") != 0)
		return any ? NULL : unknown_setting();
	TRY(setting_find("breakpoint-pending", &setting));
	AUTO_FREE char *value = setting_text(s, setting);
	show_one(s, "pending", setting->name, value, setting->summary);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "break", .aliases = "b br brea",
		.group = GROUP_BREAKPOINTS, .args = "[location:where]",
		.summary = "stop where the program comes to a place",
		.help = "LOCATION is FUNCTION, FILE:LINE, LINE, *ADDRESS, "
			"LIB:FUNCTION or FUNCTION+N, and every place that it "
			"stands for, in every process; without it, where the "
			"selected frame stands. `thread N` behind it lets only "
			"that thread stop, `if COND` only where the condition "
			"holds; -force-condition takes one that can't be "
			"understood yet. A place that is not there yet can "
			"wait for the library that has it (`set breakpoint "
			"pending`).",
		.example = "break write\n"
			"break *$pc if $rdx > 8",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_break,
	}, {
		.name = "tbreak", .aliases = "tb",
		.group = GROUP_BREAKPOINTS, .args = "[location:where]",
		.summary = "as `break`, and gone after its first stop",
		.example = "tbreak write",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_tbreak,
	}, {
		.name = "hbreak", .group = GROUP_BREAKPOINTS,
		.args = "[location:where]",
		.summary = "as `break`, in debug registers",
		.help = "Nothing is written into the program. There are four "
			"such registers in each process, one for each place "
			"that LOCATION stands for, and they are shared with "
			"watchpoints.",
		.example = "hbreak *$pc",
		.example_at = EXAMPLE_AT_START,
		.run = run_hbreak,
	}, {
		.name = "thbreak", .group = GROUP_BREAKPOINTS,
		.args = "[location:where]",
		.summary = "as `hbreak`, and gone after its first stop",
		.example = "thbreak *$pc",
		.example_at = EXAMPLE_AT_START,
		.run = run_thbreak,
	}, {
		.name = "dprintf", .group = GROUP_BREAKPOINTS,
		.args = "location,format:where",
		.summary = "print where the program comes to a place, and go "
			"on",
		.help = "The format, in quotes, and its arguments are those of "
			"`printf`.",
		.example = "dprintf write,\"%d bytes to %d\\n\",$rdx,$rdi",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_dprintf,
	}, {
		.name = "clear", .group = GROUP_BREAKPOINTS,
		.args = "[location:location]",
		.summary = "delete the breakpoints at a place",
		.help = "Without one, those on the line where the selected "
			"frame stands.",
		.example = "break write\n"
			"clear write",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_clear,
	}, {
		.name = "set breakpoint", .group = GROUP_BREAKPOINTS,
		.args = "setting:break-setting",
		.summary = "change how breakpoints are set",
		.help = "`set breakpoint pending auto|on|off`: whether one "
			"whose place is not there waits for it; auto asks. "
			"always-inserted, auto-hw and condition-evaluation "
			"are gdb's: here they are what `show breakpoint` says "
			"and can be nothing else.",
		.example = "set breakpoint pending on",
		.run = run_set,
	}, {
		.name = "show breakpoint", .group = GROUP_BREAKPOINTS,
		.args = "[setting:break-setting]",
		.summary = "show how breakpoints are set",
		.example = "show breakpoint pending",
		.run = run_show,
	},
};

const struct command_table commands_break = { table, ARRAY_LEN(table) };
