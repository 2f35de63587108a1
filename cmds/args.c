/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed argument specs of commands: the one place that parses them. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "syscalls/decode.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_names[TAKES_TYPES] = {
	[TAKES_COUNT] = "count",
	[TAKES_NUMBER] = "number",
	[TAKES_NUMBERS] = "numbers",
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
	[TAKES_COMMAND] = "command",
	[TAKES_SETTING] = "setting",
	[TAKES_CALL] = "call",
	[TAKES_DATA] = "data",
	[TAKES_REST] = "rest",
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
	[TAKES_ALIAS] = "alias",
	[TAKES_VALUES] = "values",
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

struct error *parse_number(const char *text, const char *what,
                           uint64_t least, uint64_t most, uint64_t *number)
{
	AUTO_FREE char *shown = command_quoted(text, strlen(text));
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (!isdigit((unsigned char)*text) || *end)
		return error_new(ERROR_USAGE, "\"%s\" is not a %s", shown,
		                 what);
	if (!errno && value >= least && value <= most) {
		*number = value;
		return NULL;
	}
	if (errno || (most >= INT64_MAX && value > most))
		return error_new(ERROR_USAGE, "a %s has 64 bits at most, not "
		                 "%s", what, shown);
	if (most >= INT64_MAX)
		return error_new(ERROR_USAGE, "a %s is %llu at least, not %s",
		                 what, (unsigned long long)least, shown);
	return error_new(ERROR_USAGE, "a %s is from %llu to %llu, not %s",
	                 what, (unsigned long long)least,
	                 (unsigned long long)most, shown);
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
	if (arg->type == TAKES_NUMBERS || arg->type == TAKES_DATA ||
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

static size_t word_len(const char *text)
{
	size_t len = 0;

	while (text[len] && !isspace((unsigned char)text[len]))
		len++;
	return len;
}

static bool word_is(const char *text, const char *word)
{
	size_t len = word_len(text);

	return len == strlen(word) && memcmp(text, word, len) == 0;
}

/* -1: TEXT does not start with a phase. */
static int phase_of(const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(phase_words); i++)
		if (word_is(text, phase_words[i]))
			return (int)i;
	return -1;
}

/* One word of a SET; a /regex/ at the start of an element may hold blanks. */
static size_t set_word_len(const char *text)
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
	size_t len = set_word_len(text);

	while (text[len]) {
		const char *next = skip_blanks(text + len);
		bool joined = len && (text[len - 1] == ',' ||
		                      text[len - 1] == '!');

		if (!*next || word_is(next, "if") ||
		    (!joined && phase_of(next) >= 0))
			break;
		len = (size_t)(next - text) + set_word_len(next);
	}
	return len;
}

/* Up to a blank outside brackets and quotes. */
static size_t value_len(const char *text)
{
	size_t len = 0;
	unsigned depth = 0;
	char quote = 0;

	for (; text[len]; len++) {
		char c = text[len];

		if (quote) {
			if (c == '\\' && text[len + 1])
				len++;
			else if (c == quote)
				quote = 0;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (strchr("([{", c)) {
			depth++;
		} else if (strchr(")]}", c)) {
			depth -= depth > 0;
		} else if (isspace((unsigned char)c) && !depth) {
			break;
		}
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
	case TAKES_THREAD:
	case TAKES_SIGNAL:
	case TAKES_ARGUMENT:
	case TAKES_PHASE:
	case TAKES_FORMAT:
	case TAKES_SIGNAMES:
	case TAKES_USER:
	case TAKES_NEWNAME:
	case TAKES_VARIABLE:
		return word_len(text);
	case TAKES_SET:
		return set_len(text);
	case TAKES_VALUE:
		return last ? trimmed_len(text, strlen(text))
		            : value_len(text);
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
		return phase_of(text) >= 0;
	case TAKES_FORMAT:
		return *text == '/';
	case TAKES_CONDITION:
		return word_is(text, "if");
	case TAKES_SET:
		/* `exit` is a call too: as the first word it is that. */
		return !word_is(text, "if") && !word_is(text, "entry") &&
		       !word_is(text, "both");
	default:
		return true;
	}
}

/* Conversions. */

static struct error *convert_signal(const char *text, uint64_t *number)
{
	AUTO_FREE char *shown = NULL;
	int signum;

	*number = 0;
	if (strcmp(text, "0") == 0)
		return NULL;
	signum = signal_number(text);
	if (signum > 0) {
		*number = (uint64_t)signum;
		return NULL;
	}
	shown = command_quoted(text, strlen(text));
	return error_new(ERROR_USAGE,
	                 "no signal is called \"%s\": say SIGINT, INT, 2, or 0",
	                 shown);
}

/* "1 3-5,7" */
static struct error *convert_numbers(const char *text, struct command_arg *arg)
{
	enum { MOST = 10000 };
	VEC(uint64_t) numbers = { 0 };
	struct error *err = NULL;

	while (!err && *(text = text + strspn(text, " \t,"))) {
		size_t len = strcspn(text, " \t,");
		AUTO_FREE char *word = xstrndup(text, len);
		char *dash = strchr(word, '-');
		uint64_t first = 0, last = 0;

		if (dash &&
		    (dash == word || !isdigit((unsigned char)dash[1]))) {
			AUTO_FREE char *shown = command_quoted(word, len);

			err = error_new(ERROR_USAGE, "\"%s\" is not a number "
			                "or range", shown);
			break;
		}
		if (dash)
			*dash = '\0';
		err = parse_number(word, "number or range", 1, UINT32_MAX,
		                   &first);
		last = first;
		if (!err && dash)
			err = parse_number(dash + 1, "range's end", first,
			                   UINT32_MAX, &last);
		if (!err && last - first >= MOST - numbers.len)
			err = error_new(ERROR_USAGE,
			                "more than %d numbers", MOST);
		for (uint64_t n = first; !err && n <= last; n++)
			vec_push(&numbers, n);
		text += len;
	}
	if (err) {
		vec_deinit(&numbers);
		return err;
	}
	arg->numbers = numbers.items;
	arg->number_count = numbers.len;
	return NULL;
}

/* Blanks between names become commas: gdb's way to list calls. */
static struct error *convert_set(const char *text, struct command_arg *arg)
{
	AUTO_BUF struct buf joined = { 0 };

	buf_init(&joined);
	while (*text) {
		size_t len = set_word_len(text);
		char before = joined.len ? joined.data[joined.len - 1] : ',';

		if (before != ',' && before != '!' && *text != ',')
			buf_putc(&joined, ',');
		buf_add(&joined, text, len);
		text = skip_blanks(text + len);
	}
	return syscall_set_parse(joined.data, &arg->set);
}

static struct error *convert_phase(const char *text, struct command_arg *arg)
{
	AUTO_FREE char *shown = command_quoted(text, strlen(text));
	int phase = phase_of(text);

	if (phase < 0)
		return error_new(ERROR_USAGE,
		                 "say entry, exit or both, not \"%s\"", shown);
	arg->number = (uint64_t)phase + 1;
	return NULL;
}

/* Takes the word `if` off. */
static struct error *convert_condition(struct command_arg *arg)
{
	AUTO_FREE char *shown = command_quoted(arg->text, word_len(arg->text));
	const char *text;

	if (!word_is(arg->text, "if"))
		return error_new(ERROR_USAGE,
		                 "expected `if` and a condition, not \"%s\"",
		                 shown);
	text = skip_blanks(arg->text + 2);
	if (!*text)
		return error_new(ERROR_USAGE, "a condition is missing behind "
		                 "`if`");
	memmove(arg->text, text, strlen(text) + 1);
	return NULL;
}

static bool is_numeric(enum takes type)
{
	return type == TAKES_COUNT || type == TAKES_NUMBER ||
	       type == TAKES_NUMBERS || type == TAKES_PID ||
	       type == TAKES_BREAKPOINT || type == TAKES_INFERIOR;
}

/* `$bpnum` and other variables become the numbers that they stand for. */
static struct error *fill_variables(struct session *s,
                                    struct command_arg *arg)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (const char *at = arg->text; *at;) {
		size_t len = *at == '$' ? 1 + command_word_len(at + 1) : 1;
		AUTO_FREE char *word = xstrndup(at, len);
		int64_t value;

		if (*at == '$') {
			TRY(evaluate_number(s, word, &value));
			buf_printf(&text, "%lld", (long long)value);
		} else {
			buf_putc(&text, *at);
		}
		at += len;
	}
	free(arg->text);
	arg->text = xstrdup(text.data);
	return NULL;
}

static struct error *convert(struct session *s, const struct arg_spec *spec,
                             struct command_arg *arg)
{
	if (is_numeric(spec->type) && strchr(arg->text, '$'))
		TRY(fill_variables(s, arg));
	switch (spec->type) {
	case TAKES_COUNT:
		return parse_number(arg->text, "count", 1, INT64_MAX,
		                    &arg->number);
	case TAKES_NUMBER:
	case TAKES_BREAKPOINT:
	case TAKES_INFERIOR:
		return parse_number(arg->text, "number", 0, UINT64_MAX,
		                    &arg->number);
	case TAKES_PID:
		return parse_number(arg->text, "process id", 1, INT_MAX,
		                    &arg->number);
	case TAKES_SIGNAL:
		return convert_signal(arg->text, &arg->number);
	case TAKES_NUMBERS:
		return convert_numbers(arg->text, arg);
	case TAKES_SET:
		return convert_set(arg->text, arg);
	case TAKES_PHASE:
		return convert_phase(arg->text, arg);
	case TAKES_CONDITION:
		return convert_condition(arg);
	case TAKES_FORMAT:
		if (*arg->text != '/')
			return error_new(ERROR_USAGE, "a format starts with /");
		memmove(arg->text, arg->text + 1, strlen(arg->text));
		return NULL;
	default:
		return NULL;
	}
}

/* Parsing. */

const char *command_skip_options(const struct command_spec *spec,
                                 const char *text, unsigned *options)
{
	text = skip_blanks(text);
	*options = 0;
	while (spec->options[0] && *text == '-') {
		size_t len = word_len(text);
		unsigned bits = 0;

		for (size_t i = 1; i < len; i++) {
			const char *at = strchr(spec->options, text[i]);

			if (!at)
				return text;
			bits |= 1U << (at - spec->options);
		}
		if (len < 2)
			return text;
		*options |= bits;
		text = skip_blanks(text + len);
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
		arg->given = true;
		TRY(convert(s, want, arg));
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
	*args = (struct command_args){ 0 };
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
		syscall_set_destroy(args->arg[i].set);
	}
	free(args->line);
	*args = (struct command_args){ 0 };
}
