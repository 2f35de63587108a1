/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of one argument becomes what its type says. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

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
	VEC(bool) ranged = { 0 };
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
		for (uint64_t n = first; !err && n <= last; n++) {
			vec_push(&numbers, n);
			vec_push(&ranged, first != last);
		}
		text += len;
	}
	if (err) {
		vec_deinit(&numbers);
		vec_deinit(&ranged);
		return err;
	}
	arg->numbers = numbers.items;
	arg->ranged = ranged.items;
	arg->number_count = numbers.len;
	return NULL;
}

/* Blanks between names become commas: gdb's way to list calls. */
/* TEXT's words with commas between; where the byte AT of that is in TEXT. */
static size_t join_set(const char *text, size_t at, struct buf *joined)
{
	const char *start = text;
	size_t found = 0;

	while (*text) {
		size_t len = arg_set_word_len(text);
		char before = joined->len ? joined->data[joined->len - 1] : ',';

		if (before != ',' && before != '!' && *text != ',')
			buf_putc(joined, ',');
		if (at >= joined->len)
			found = (size_t)(text - start) + at - joined->len;
		buf_add(joined, text, len);
		text = skip_blanks(text + len);
	}
	return found;
}

struct error *arg_parse_set(const char *text, struct syscall_set **set)
{
	AUTO_BUF struct buf joined = { 0 };
	struct error *err;

	buf_init(&joined);
	join_set(text, 0, &joined);
	err = syscall_set_parse(joined.data, set);
	if (err && err->column) {
		buf_reset(&joined);
		err->column = join_set(text, err->column - 1, &joined) + 1;
	}
	return err;
}

static struct error *convert_phase(const char *text, struct command_arg *arg)
{
	AUTO_FREE char *shown = command_quoted(text, strlen(text));
	int phase = arg_phase(text);

	if (phase < 0)
		return error_new(ERROR_USAGE,
		                 "say entry, exit or both, not \"%s\"", shown);
	arg->number = (uint64_t)phase + 1;
	return NULL;
}

/* Takes the word `if` off. */
static struct error *convert_condition(struct command_arg *arg)
{
	AUTO_FREE char *shown = command_quoted(arg->text, arg_word_len(arg->text));
	const char *text;

	if (!arg_word_is(arg->text, "if"))
		return error_at(error_new(ERROR_USAGE, "expected `if` and a "
		                          "condition, not \"%s\"", shown),
		                0);
	text = skip_blanks(arg->text + 2);
	if (!*text)
		return error_at(error_new(ERROR_USAGE, "a condition is missing "
		                          "behind `if`"),
		                (size_t)(text - arg->text));
	arg->at += (size_t)(text - arg->text);
	memmove(arg->text, text, strlen(text) + 1);
	return NULL;
}

static bool is_numeric(enum takes type)
{
	return type == TAKES_COUNT || type == TAKES_NUMBER ||
	       type == TAKES_NUMBERS || type == TAKES_PID ||
	       type == TAKES_PLACES ||
	       type == TAKES_BREAKPOINT || type == TAKES_INFERIOR;
}

/* Of `bpnum.2` the name alone. */
static size_t variable_len(const char *text)
{
	size_t len = 0;

	while (isalnum((unsigned char)text[len]) || text[len] == '_')
		len++;
	return len;
}

/* `$bpnum` and other variables become the numbers that they stand for. */
static struct error *fill_variables(struct session *s,
                                    struct command_arg *arg)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (const char *at = arg->text; *at;) {
		size_t len = *at == '$' ? 1 + variable_len(at + 1) : 1;
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

/* Quotes are for blanks; a tilde is the home directory. */
static struct error *convert_path(struct command_arg *arg)
{
	AUTO_BUF struct buf name = { 0 };
	char quote = 0;

	buf_init(&name);
	for (const char *c = arg->text; *c; c++) {
		if (!quote && (*c == '"' || *c == '\''))
			quote = *c;
		else if (quote && *c == quote)
			quote = 0;
		else if (quote == '"' && *c == '\\' && c[1])
			buf_putc(&name, *++c);
		else
			buf_putc(&name, *c);
	}
	if (quote)
		return error_new(ERROR_USAGE, "the quote of the file's name "
		                 "is missing at its end");
	free(arg->text);
	arg->text = command_path(name.data);
	return NULL;
}

struct error *arg_convert(struct session *s, const struct arg_spec *spec,
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
		return arg_parse_set(arg->text, &arg->set);
	case TAKES_PHASE:
		return convert_phase(arg->text, arg);
	case TAKES_CONDITION:
		return convert_condition(arg);
	case TAKES_FORMAT:
		if (*arg->text != '/')
			return error_new(ERROR_USAGE, "a format starts with /");
		memmove(arg->text, arg->text + 1, strlen(arg->text));
		return NULL;
	case TAKES_PATH:
		return convert_path(arg);
	default:
		return NULL;
	}
}

struct error *arg_settle_numbers(const struct session *s,
                                 struct command_arg *arg,
                                 struct error *(*check)(
                                         const struct session *s,
                                         uint64_t number))
{
	size_t kept = 0;

	for (size_t i = 0; i < arg->number_count; i++) {
		struct error *err = check(s, arg->numbers[i]);
		bool last = i + 1 == arg->number_count;

		if (err && (!arg->ranged[i] || (last && !kept)))
			return err;
		error_destroy(err);
		if (!err)
			arg->numbers[kept++] = arg->numbers[i];
	}
	arg->number_count = kept;
	return NULL;
}
