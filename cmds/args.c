/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed argument specs of commands: the one place that parses them. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "session/ranges.h"
#include "syscalls/decode.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_names[TAKES_TYPES] = {
	[TAKES_COUNT] = "count",
	[TAKES_NUMBER] = "number",
	[TAKES_NUMBERS] = "numbers",
	[TAKES_PLACES] = "places",
	[TAKES_PID] = "pid",
	[TAKES_WORD] = "word",
	[TAKES_THREAD] = "thread",
	[TAKES_SIGNAL] = "signal",
	[TAKES_ARGUMENT] = "argument",
	[TAKES_SET] = "set",
	[TAKES_PHASE] = "phase",
	[TAKES_FORMAT] = "format",
	[TAKES_VALUE] = "value",
	[TAKES_CONDITION] = "condition",
	[TAKES_EXPRESSION] = "expression",
	[TAKES_REGISTERS] = "registers",
	[TAKES_FILE] = "file",
	[TAKES_PATH] = "path",
	[TAKES_RULE_FILE] = "rule-file",
	[TAKES_COMMAND] = "command",
	[TAKES_SETTING] = "setting",
	[TAKES_CALL] = "call",
	[TAKES_DATA] = "data",
	[TAKES_REST] = "rest",
	[TAKES_PANE] = "pane",
	[TAKES_LAYOUT] = "layout",
	[TAKES_BREAKPOINT] = "breakpoint",
	[TAKES_INFERIOR] = "inferior",
	[TAKES_SIGNALS] = "signals",
	[TAKES_SHELL] = "shell",
	[TAKES_SIGNAMES] = "signames",
	[TAKES_USER] = "user",
	[TAKES_NEWNAME] = "newname",
	[TAKES_VARIABLE] = "variable",
	[TAKES_ASSIGNMENT] = "assignment",
	[TAKES_APPLY] = "apply",
	[TAKES_TRACED] = "traced",
	[TAKES_ALIAS] = "alias",
	[TAKES_VALUES] = "values",
	[TAKES_SYMBOL] = "symbol",
	[TAKES_LOCATION] = "location",
	[TAKES_WHERE] = "where",
	[TAKES_WATCHED] = "watched",
	[TAKES_BREAK_SETTING] = "break-setting",
	[TAKES_FRAME] = "frame",
	[TAKES_PRINT_SETTING] = "print-setting",
	[TAKES_BACKTRACE_SETTING] = "backtrace-setting",
};

static const char *const phase_words[] = { "entry", "exit", "both" };

const char *skip_blanks(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return text;
}

size_t trimmed_len(const char *text, size_t len)
{
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	return len;
}

char *command_quoted(const char *text, size_t len)
{
	enum { MOST = 60 };
	AUTO_BUF struct buf b = { 0 };

	buf_init(&b);
	buf_put_printable(&b, text, len > MOST ? MOST : len, false);
	if (len > MOST)
		buf_puts(&b, "...");
	return buf_take(&b);
}

/* The spec. */

static void spec_word(const char *word, size_t len, struct command_spec *spec)
{
	struct arg_spec *arg = &spec->args[spec->count];
	const char *colon;
	size_t type_len;

	if (len > 2 && word[0] == '[' && word[1] == '-') {
		assert(len - 3 < sizeof(spec->options));
		memcpy(spec->options, word + 2, len - 3);
		return;
	}
	assert(spec->count < COMMAND_MAX_ARGS);
	*arg = (struct arg_spec){ .optional = word[0] == '[' };
	if (arg->optional) {
		word++;
		len -= 2;
	}
	colon = memchr(word, ':', len);
	assert(colon && (size_t)(colon - word) < sizeof(arg->name));
	memcpy(arg->name, word, (size_t)(colon - word));
	colon++;
	type_len = len - (size_t)(colon - word);
	while (arg->type < TAKES_TYPES &&
	       (strlen(type_names[arg->type]) != type_len ||
	        memcmp(type_names[arg->type], colon, type_len) != 0))
		arg->type++;
	assert(arg->type < TAKES_TYPES);
	spec->count++;
}

void command_spec_parse(const char *text, struct command_spec *spec)
{
	*spec = (struct command_spec){ 0 };
	for (text = skip_blanks(text); *text; text = skip_blanks(text)) {
		size_t len = strcspn(text, " ");

		spec_word(text, len, spec);
		text += len;
	}
}

static void usage_arg(const struct arg_spec *arg, struct buf *text)
{
	if (arg->type == TAKES_TRACED) {
		buf_puts(text, "[SET|off [if COND] [to FILE]]");
		return;
	}
	if (arg->optional)
		buf_putc(text, '[');
	if (arg->type == TAKES_PHASE)
		buf_puts(text, "entry|exit|both");
	else if (arg->type == TAKES_FORMAT)
		buf_puts(text, "/");
	if (arg->type == TAKES_CONDITION)
		buf_puts(text, "if ");
	for (const char *c = arg->name; *c && arg->type != TAKES_PHASE; c++)
		buf_putc(text, (char)toupper((unsigned char)*c));
	if (arg->optional)
		buf_putc(text, ']');
	if (arg->type == TAKES_NUMBERS || arg->type == TAKES_PLACES || arg->type == TAKES_DATA ||
	    arg->type == TAKES_SIGNALS || arg->type == TAKES_REGISTERS)
		buf_puts(text, "...");
}

void command_usage(const struct command *command, struct buf *text)
{
	struct command_spec spec;

	command_spec_parse(command->args, &spec);
	buf_puts(text, command->name);
	for (const char *c = spec.options; *c; c++)
		buf_printf(text, " [-%c]", *c);
	for (size_t i = 0; i < spec.count; i++) {
		if (spec.args[i].type != TAKES_FORMAT)
			buf_putc(text, ' ');
		usage_arg(&spec.args[i], text);
	}
	if (command->flags & CMD_BACKGROUND)
		buf_puts(text, " [&]");
}

/* Where arguments end. */

size_t arg_word_len(const char *text)
{
	size_t len = 0;

	while (text[len] && !isspace((unsigned char)text[len]))
		len++;
	return len;
}

bool arg_word_is(const char *text, const char *word)
{
	size_t len = arg_word_len(text);

	return len == strlen(word) && memcmp(text, word, len) == 0;
}

int arg_phase(const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(phase_words); i++)
		if (arg_word_is(text, phase_words[i]))
			return (int)i;
	return -1;
}

size_t arg_set_word_len(const char *text)
{
	size_t len = 0;
	bool starts = true;

	while (text[len] && !isspace((unsigned char)text[len])) {
		if (starts && text[len] == '/') {
			len++;
			while (text[len] && text[len] != '/')
				len += text[len] == '\\' && text[len + 1]
					? 2 : 1;
			if (!text[len])
				break;
		}
		starts = text[len] == ',' || text[len] == '!';
		len++;
	}
	return len;
}

static size_t set_len(const char *text)
{
	size_t len = arg_set_word_len(text);

	while (text[len]) {
		const char *next = skip_blanks(text + len);
		bool joined = len && (text[len - 1] == ',' ||
		                      text[len - 1] == '!');

		if (!*next || arg_word_is(next, "if") ||
		    (!joined && arg_phase(next) >= 0))
			break;
		len = (size_t)(next - text) + arg_set_word_len(next);
	}
	return len;
}

size_t command_arg_extent(enum takes type, const char *text, bool last)
{
	switch (type) {
	case TAKES_COUNT:
	case TAKES_NUMBER:
	case TAKES_BREAKPOINT:
	case TAKES_INFERIOR:
	case TAKES_PID:
	case TAKES_WORD:
	case TAKES_PANE:
	case TAKES_THREAD:
	case TAKES_SIGNAL:
	case TAKES_ARGUMENT:
	case TAKES_PHASE:
	case TAKES_FORMAT:
	case TAKES_SIGNAMES:
	case TAKES_USER:
	case TAKES_NEWNAME:
	case TAKES_VARIABLE:
		return arg_word_len(text);
	case TAKES_SET:
		return set_len(text);
	case TAKES_PATH:
		return range_word_len(text);
	case TAKES_VALUE:
		return last ? trimmed_len(text, strlen(text))
		            : range_word_len(text);
	default:
		return trimmed_len(text, strlen(text));
	}
}

bool command_arg_looks_like(enum takes type, const char *text)
{
	switch (type) {
	case TAKES_COUNT:
	case TAKES_NUMBER:
	case TAKES_BREAKPOINT:
	case TAKES_INFERIOR:
	case TAKES_PID:
		return isdigit((unsigned char)*text) || *text == '$';
	case TAKES_PHASE:
		return arg_phase(text) >= 0;
	case TAKES_FORMAT:
		return *text == '/';
	case TAKES_CONDITION:
		return arg_word_is(text, "if");
	case TAKES_SET:
		/* `exit` is a call too: as the first word it is that. */
		return !arg_word_is(text, "if") && !arg_word_is(text, "entry") &&
		       !arg_word_is(text, "both");
	default:
		return true;
	}
}

/* Parsing. */

const char *command_skip_options(const struct command_spec *spec,
                                 const char *text, unsigned *options)
{
	text = skip_blanks(text);
	*options = 0;
	while (spec->options[0] && *text == '-') {
		size_t len = arg_word_len(text);
		unsigned bits = 0;

		const char *letters = text + 1;

		/* Long ones: gdb's, and one of scdb's. */
		if (arg_word_is(text, "-force") && strchr(spec->options, 'f'))
			len = 2;
		if (arg_word_is(text, "--all") && strchr(spec->options, 'a')) {
			letters = "a";
			len = 2;
		}
		for (size_t i = 1; i < len; i++) {
			const char *at = strchr(spec->options, letters[i - 1]);

			if (!at)
				return text;
			bits |= 1U << (at - spec->options);
		}
		if (len < 2)
			return text;
		*options |= bits;
		text = skip_blanks(text + arg_word_len(text));
	}
	return text;
}

static struct error *usage_error(const struct command *command,
                                 const char *what)
{
	AUTO_BUF struct buf usage = { 0 };

	buf_init(&usage);
	command_usage(command, &usage);
	return error_new(ERROR_USAGE, "%s (usage: %s)", what, usage.data);
}

static struct error *missing(const struct command *command,
                             const struct arg_spec *arg)
{
	AUTO_BUF struct buf what = { 0 };

	buf_init(&what);
	for (const char *c = arg->name; *c; c++)
		buf_putc(&what, (char)toupper((unsigned char)*c));
	buf_puts(&what, " is missing");
	return usage_error(command, what.data);
}

struct error *arg_point(struct error *err, const struct command_args *args,
                        const struct command_arg *arg)
{
	if (!err || !err->column || err->marked)
		return err;
	return session_point(error_at(err, arg->at), args->line);
}

struct error *arg_condition(struct session *s, const struct command_args *args,
                            const struct command_arg *arg,
                            const struct syscall_set *set, struct expr **expr)
{
	struct error *err = session_compile_condition(s, arg->text, set, expr);

	/* About the whole, where it says no column. */
	return arg_point(error_at(session_place(err, arg->text), 0), args, arg);
}

/* `&` at the end of a command that runs. */
static void take_background(struct command_args *args)
{
	size_t len = strlen(args->line);

	if (len && args->line[len - 1] == '&' &&
	    (len < 2 || args->line[len - 2] != '\\')) {
		args->background = true;
		len = trimmed_len(args->line, len - 1);
		args->line[len] = '\0';
	}
}

static struct error *parse_all(struct session *s,
                               const struct command *command,
                               const struct command_spec *spec,
                               struct command_args *args)
{
	const char *at = command_skip_options(spec, args->line,
	                                      &args->options);

	for (size_t i = 0; i < spec->count; i++) {
		const struct arg_spec *want = &spec->args[i];
		struct command_arg *arg = &args->arg[i];
		bool last = i + 1 == spec->count;
		size_t len;

		at = skip_blanks(at);
		if (!*at || (want->optional && !last &&
		             !command_arg_looks_like(want->type, at))) {
			if (!want->optional)
				return missing(command, want);
			continue;
		}
		len = command_arg_extent(want->type, at, last);
		arg->text = xstrndup(at, len);
		arg->at = (size_t)(at - args->line);
		arg->given = true;
		TRY(arg_point(arg_convert(s, want, arg), args, arg));
		at += len;
	}
	at = skip_blanks(at);
	if (*at) {
		AUTO_FREE char *shown = command_quoted(at, strlen(at));
		AUTO_FREE char *what = xasprintf("unexpected \"%s\"", shown);

		return usage_error(command, what);
	}
	return NULL;
}

struct error *command_args_parse(struct session *s,
                                 const struct command *command,
                                 const char *text, struct command_args *args)
{
	struct command_spec spec;
	struct error *err;

	command_spec_parse(command->args, &spec);
	*args = (struct command_args){ .command = command };
	text = skip_blanks(text);
	args->line = xstrndup(text, trimmed_len(text, strlen(text)));
	if (command->flags & CMD_BACKGROUND)
		take_background(args);
	err = parse_all(s, command, &spec, args);
	if (err)
		command_args_deinit(args);
	return err;
}

void command_args_deinit(struct command_args *args)
{
	for (size_t i = 0; i < COMMAND_MAX_ARGS; i++) {
		free(args->arg[i].text);
		free(args->arg[i].numbers);
		free(args->arg[i].ranged);
		syscall_set_destroy(args->arg[i].set);
	}
	free(args->line);
	*args = (struct command_args){ 0 };
}
