/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typed values for commands: how they are shown, and what is wrong with them. */
#include "session/world.h"

#include "base/alloc.h"
#include "session/internal.h"

#include <stdlib.h>
#include <string.h>

void session_value_style(const struct session *s, char format,
                         struct value_style *style)
{
	const struct settings *set = &s->settings;

	*style = value_style_default;
	style->format = format;
	style->language = set->language == LANGUAGE_AUTO ? VALUE_AS_ITS_TYPE
		: set->language == LANGUAGE_RUST ? VALUE_AS_RUST : VALUE_AS_C;
	style->pretty = set->print_pretty;
	style->arrays = set->print_array;
	style->addresses = set->print_address;
	style->symbols = set->print_symbol;
	style->unions = set->print_union;
	style->static_members = set->print_static;
	style->array_indexes = set->print_indexes;
	style->null_stop = set->print_null_stop;
	style->utf8 = s->out->utf8;
	style->elements = (unsigned)set->print_elements;
	style->repeats = (unsigned)set->print_repeats;
	style->depth = set->print_depth == UINT64_MAX ? -1
		: (int)set->print_depth;
}

enum { CARET_AROUND = 40 };

/* Where bytes of TEXT begin that stand at COLUMN. */
static size_t byte_at(const char *text, unsigned long column)
{
	size_t at = 0;

	while (text[at] && --column) {
		at++;
		while (((unsigned char)text[at] & 0xc0) == 0x80)
			at++;
	}
	return at;
}

struct error *session_point(struct error *err, const char *text)
{
	AUTO_BUF struct buf shown = { 0 };
	struct error *made;
	size_t at, from, to, len = strlen(text);

	if (!err || !err->column || err->marked || err->column > len + 1 ||
	    strchr(text, '\n'))
		return err;
	at = err->column - 1;
	from = at > CARET_AROUND ? at - CARET_AROUND : 0;
	to = len - at > CARET_AROUND ? at + CARET_AROUND : len;
	buf_init(&shown);
	buf_puts(&shown, from ? "..." : "");
	buf_put_printable(&shown, text + from, at - from, false);
	buf_putc(&shown, '^');
	buf_put_printable(&shown, text + at, to - at, false);
	buf_puts(&shown, to < len ? "..." : "");
	made = error_new(err->kind, "%s: %s", err->message, shown.data);
	made = error_at(made, at);
	made->errnum = err->errnum;
	made->addr = err->addr;
	made->marked = true;
	error_destroy(err);
	return made;
}

/* Where ERR's message says " at column 5"; *COLUMN: 5.  NULL: it doesn't. */
static char *find_column(const struct error *err, unsigned long *column,
                         char **end)
{
	static const char mark[] = " at column ";
	char *at = err && !err->column ? strstr(err->message, mark) : NULL;

	if (at)
		*column = strtoul(at + strlen(mark), end, 10);
	return at;
}

struct error *session_mark(struct error *err, const char *text)
{
	unsigned long column;
	char *end;

	if (!find_column(err, &column, &end))
		return err;
	return session_point(error_at(err, byte_at(text, column)), text);
}

struct error *session_place(struct error *err, const char *text)
{
	unsigned long column;
	char *end, *at = find_column(err, &column, &end);

	if (!at)
		return err;
	memmove(at, end, strlen(end) + 1);
	return error_at(err, byte_at(text, column));
}

struct error *session_compile_value(struct session *s, const char *text,
                                    bool types, size_t *end,
                                    struct expr **expr)
{
	return session_mark(scope_compile_value(s, text, types, end, expr),
	                    text);
}

struct error *session_evaluate_value(struct session *s, struct thread *t,
                                     const struct expr *expr, bool quiet,
                                     struct value **value)
{
	return session_mark(scope_evaluate_value(s, t, expr, quiet, value),
	                    expr_text(expr));
}

struct error *session_value(struct session *s, const char *text,
                            struct value **value)
{
	struct expr *expr;
	struct error *err;

	TRY(session_compile_value(s, text, false, NULL, &expr));
	err = session_evaluate_value(s, s->current, expr, false, value);
	expr_destroy(expr);
	return err;
}
