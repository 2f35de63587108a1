/* SPDX-License-Identifier: GPL-3.0-or-later */
/* echo and printf: text of scripts. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "expr/expr.h"
#include "expr/value.h"

#include <ctype.h>
#include <string.h>

enum { MAX_WIDTH = 1000, MAX_STRING = 65536 };

/* One byte of C's escapes at AT (behind the backslash) into TEXT; its length. */
static size_t put_escape(const char *at, struct buf *text)
{
	static const char letters[] = "abefnrtv";
	static const char codes[] = "\a\b\033\f\n\r\t\v";
	const char *letter = strchr(letters, *at);
	size_t digits = strspn(at, "01234567");

	if (digits) {
		unsigned value = 0;

		digits = digits > 3 ? 3 : digits;
		for (size_t i = 0; i < digits; i++)
			value = value * 8 + (unsigned)(at[i] - '0');
		buf_putc(text, (char)value);
		return digits;
	}
	buf_putc(text, letter ? codes[letter - letters] : *at);
	return 1;
}

/* With its new lines, and as one field for programs. */
static void say(struct session *s, const char *record, const char *text)
{
	out_begin(s->out, record);
	out_hidden_str(s->out, "text", text);
	out_text(s->out, ROLE_PLAIN, "%s", text);
	out_end(s->out);
	out_flush(s->out);
}

/* Escapes as in C strings. */
static struct error *run_echo(struct session *s, struct command_args *args)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (const char *at = args->line; *at; at++) {
		if (*at != '\\')
			buf_putc(&text, *at);
		else if (!at[1])
			break; /* it keeps blanks before it */
		else
			at += put_escape(at + 1, &text);
	}
	say(s, "echo", text.data);
	return NULL;
}

/* %-08.3llx taken apart. */
struct directive {
	char flags[8];
	int width, precision;   /* -1: none */
	unsigned bits;          /* of the argument: 8 16 32 64 */
	bool wide;              /* L */
	char letter;
};

static struct error *take_number(const char **at, int *number)
{
	unsigned long value = strtoul(*at, (char **)(uintptr_t)at, 10);

	if (value > MAX_WIDTH)
		return error_new(ERROR_USAGE, "a width or precision is at "
		                 "most %d", (int)MAX_WIDTH);
	*number = (int)value;
	return NULL;
}

/* *AT stands behind the `%`. */
static struct error *take_directive(const char **at, struct directive *d)
{
	size_t flags = strspn(*at, "-+ #0");

	*d = (struct directive){ .width = -1, .precision = -1, .bits = 32 };
	if (flags >= sizeof(d->flags))
		return error_new(ERROR_USAGE, "too many flags in a format");
	memcpy(d->flags, *at, flags);
	*at += flags;
	if (isdigit((unsigned char)**at))
		TRY(take_number(at, &d->width));
	if (**at == '.') {
		++*at;
		TRY(take_number(at, &d->precision));
	}
	for (; **at && strchr("hlzjt", **at); ++*at)
		d->bits = **at != 'h' ? 64 : d->bits == 16 ? 8 : 16;
	for (; **at == 'L'; ++*at)
		d->wide = true;
	d->letter = **at;
	if (!d->letter || !strchr("diuoxXcspfFgGeEaA", d->letter))
		return error_new(ERROR_USAGE, d->letter
		                 ? "unknown format %%%c: say one of d i u o x "
		                   "X c s p f g e a" : "a format ends behind its %%",
		                 isprint((unsigned char)d->letter)
		                 ? d->letter : '?');
	++*at;
	return NULL;
}

static void put_number(const struct directive *d, uint64_t value,
                       struct buf *text)
{
	unsigned spare = 64 - d->bits;
	AUTO_FREE char *format = xasprintf("%%%s*.*ll%c", d->flags, d->letter);
	int width = d->width < 0 ? 0 : d->width;

	value = d->letter == 'd' || d->letter == 'i'
		? (uint64_t)((int64_t)(value << spare) >> spare)
		: value << spare >> spare;
	buf_printf(text, format, width, d->precision,
	           (unsigned long long)value);
}

/* What a string argument of the present call holds: its length is the call's
 * to say.  False: it is no such name alone. */
static bool get_argument(struct session *s, const char *name, struct buf *text)
{
	struct expr_value value = { .type = EXPR_INT };
	struct expr *expr;
	struct error *err;

	err = name ? session_compile(s, name, &expr) : NULL;
	if (err || !name) {
		error_destroy(err);
		return false;
	}
	err = session_evaluate(s, s->current, expr, &value);
	if (!err && value.type == EXPR_STRING)
		buf_add(text, value.s.data, value.s.len);
	expr_destroy(expr);
	error_destroy(err);
	return !err && value.type == EXPR_STRING;
}

static void destroy_expr(struct expr **expr)
{
	expr_destroy(*expr);
}

/* A string of scdb's own, or one in the program's memory. */
static struct error *get_string(struct session *s, const char *expression,
                                struct buf *text)
{
	CLEANUP(destroy_expr) struct expr *expr = NULL;
	AUTO_VALUE struct value *v = NULL;
	struct error *err;
	uint64_t at = 1;

	TRY(session_compile_value(s, expression, false, NULL, &expr));
	if (get_argument(s, expr_single_name(expr), text))
		return NULL;
	TRY(session_evaluate_value(s, s->current, expr, false, &v));
	if (type_is_scalar(value_type(v))) {
		TRY(value_as_integer(v, &at));
		if (!at) {
			buf_puts(text, "(null)");
			return NULL;
		}
	}
	err = value_text(v, MAX_STRING, text);
	return err ? error_prefix(err, "%s", expression) : NULL;
}

static struct error *put_float(const struct directive *d, struct value *v,
                               struct buf *text)
{
	AUTO_FREE char *format = xasprintf("%%%s*.*%s%c", d->flags,
	                                   d->wide ? "L" : "", d->letter);
	int width = d->width < 0 ? 0 : d->width;
	long double f;

	TRY(value_as_float(v, &f));
	if (d->wide)
		buf_printf(text, format, width, d->precision, f);
	else
		buf_printf(text, format, width, d->precision, (double)f);
	return NULL;
}

static struct error *put_argument(struct session *s,
                                  const struct directive *d,
                                  const char *expression, struct buf *text)
{
	AUTO_VALUE struct value *v = NULL;
	AUTO_BUF struct buf string = { 0 };
	uint64_t number;

	buf_init(&string);
	if (d->letter == 's') {
		TRY(get_string(s, expression, &string));
		buf_printf(text, strchr(d->flags, '-') ? "%-*.*s" : "%*.*s",
		           d->width < 0 ? 0 : d->width, d->precision,
		           string.data);
		return NULL;
	}
	TRY(session_value(s, expression, &v));
	if (strchr("fFgGeEaA", d->letter))
		return put_float(d, v, text);
	TRY(value_as_integer(v, &number));
	if (d->letter == 'p')
		buf_printf(text, "0x%llx", (unsigned long long)number);
	else if (d->letter == 'c')
		buf_putc(text, (char)number);
	else
		put_number(d, number, text);
	return NULL;
}

/* The next argument, up to a comma outside of brackets and quotes. */
static struct error *next_argument(const char **rest, char **expression)
{
	const char *at = skip_blanks(*rest);
	unsigned depth = 0;
	char quote = 0;
	size_t len;

	if (*at != ',')
		return error_new(ERROR_USAGE, "the format wants more "
		                 "arguments than there are");
	at = skip_blanks(at + 1);
	for (len = 0; at[len] && (quote || depth || at[len] != ','); len++) {
		if (at[len] == '\\' && at[len + 1])
			len++;
		else if (quote)
			quote = at[len] == quote ? 0 : quote;
		else if (at[len] == '"' || at[len] == '\'')
			quote = at[len];
		else if (at[len] == '(')
			depth++;
		else if (at[len] == ')' && depth)
			depth--;
	}
	*expression = xstrndup(at, trimmed_len(at, len));
	*rest = at + len;
	return **expression ? NULL
		: error_new(ERROR_USAGE, "an argument is empty");
}

/* Where the format's closing quote is, or NULL. */
static const char *closing_quote(const char *at)
{
	for (; *at && *at != '"'; at++)
		if (*at == '\\' && at[1])
			at++;
	return *at ? at : NULL;
}

static struct error *format(struct session *s, const char *at,
                            const char *end, const char **rest,
                            struct buf *text)
{
	while (at < end) {
		AUTO_FREE char *expression = NULL;
		struct directive d;

		if (*at == '\\') {
			at += 1 + put_escape(at + 1, text);
		} else if (*at != '%') {
			buf_putc(text, *at++);
		} else if (at[1] == '%') {
			buf_putc(text, '%');
			at += 2;
		} else {
			at++;
			TRY(take_directive(&at, &d));
			TRY(next_argument(rest, &expression));
			TRY(put_argument(s, &d, expression, text));
		}
	}
	return NULL;
}

struct error *printf_check(const char *text)
{
	const char *at = text, *end;
	struct directive d;

	if (*text != '"')
		return error_new(ERROR_USAGE, "Bad format string");
	end = closing_quote(text + 1);
	if (!end)
		return error_new(ERROR_USAGE,
		                 "Bad format string, missing '\"'");
	for (at = text + 1; at < end;) {
		if (*at == '\\') {
			at += 2;
		} else if (*at != '%' || at[1] == '%') {
			at += *at == '%' ? 2 : 1;
		} else {
			at++;
			TRY(take_directive(&at, &d));
		}
	}
	at = skip_blanks(end + 1);
	return *at && *at != ','
		? error_new(ERROR_USAGE, "Invalid argument syntax") : NULL;
}

struct error *printf_format(struct session *s, const char *text,
                            struct buf *said)
{
	const char *at = text, *end, *rest;

	if (*at != '"')
		return error_new(ERROR_USAGE, "the format is a string in "
		                 "quotes: printf \"%%d\\n\", 1");
	end = closing_quote(at + 1);
	if (!end)
		return error_new(ERROR_USAGE,
		                 "the format's closing quote is missing");
	rest = end + 1;
	TRY(format(s, at + 1, end, &rest, said));
	if (*skip_blanks(rest)) {
		AUTO_FREE char *shown = command_quoted(rest, strlen(rest));

		return error_new(ERROR_USAGE, "the format wants no \"%s\"",
		                 shown);
	}
	return NULL;
}

static struct error *run_printf(struct session *s, struct command_args *args)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	TRY(printf_format(s, args->line, &text));
	say(s, "printf", text.data);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "echo", .group = GROUP_TOOL, .args = "[text:rest]",
		.summary = "print a text; \\n ends its line",
		.help = "C's escapes; a backslash at the end keeps the blanks "
			"before it.",
		.example = "echo ready\\n",
		.run = run_echo,
	}, {
		.name = "printf", .group = GROUP_TOOL,
		.args = "format,values:values",
		.summary = "print values in C's formats",
		.help = "%d %i %u %o %x %X %c %p, with l for 64 bits, %f %g %e "
			"%a, and %s for a string: one of scdb's, an array of "
			"characters, or a pointer to some; widths and flags as "
			"in C.",
		.example = "printf \"%s has %d\\n\", \"scdb\", 1 + 1",
		.run = run_printf,
	},
};

const struct command_table commands_print = { table, ARRAY_LEN(table) };
