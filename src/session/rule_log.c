/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `log` writes: the call, or a text with values in braces. */
#include "session/rule_internal.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/words.h"

#include <string.h>

void rule_piece_deinit(struct rule_piece *piece)
{
	free(piece->text);
	free(piece->arg);
	expr_destroy(piece->expr);
}

static bool is_arg(const struct syscall_set *set, const char *name)
{
	struct error *err = strchr("0123456789", *name) ? NULL
		: rule_arg_check(set, name, false);
	bool found = !err && !strchr("0123456789", *name);

	error_destroy(err);
	return found;
}

/* What stands in braces: an argument, `ret`, or any expression. */
static struct error *parse_value(struct session *s, char *text,
                                 const struct syscall_set *set,
                                 struct rule_piece *piece, bool *at_exit)
{
	char *start = text;
	size_t len = strlen(text);
	struct error *err;
	bool late = false;

	if (len > 2 && text[len - 2] == ':' && strchr("dx", text[len - 1])) {
		piece->format = text[len - 1];
		text[len - 2] = '\0';
	}
	text = words_skip(text);
	words_trim(text);
	if (!*text)
		return error_new(ERROR_USAGE, "there is nothing in the braces "
		                 "of the format");
	if (!piece->format && strcmp(text, "ret") == 0) {
		piece->result = *at_exit = true;
		return NULL;
	}
	if (!piece->format && is_arg(set, text)) {
		piece->arg = xstrdup(text);
		return NULL;
	}
	err = session_place(session_compile_rule(s, text, set, false,
	                                         &piece->expr, &late), text);
	if (err)
		return error_at(err, (size_t)(text - start));
	*at_exit = *at_exit || late;
	return NULL;
}

/* Text up to a brace; `{{` is one. */
static char *take_literal(char **at)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	while (**at && (**at != '{' || (*at)[1] == '{')) {
		buf_putc(&text, **at);
		*at += **at == '{' ? 2 : 1;
	}
	return buf_take(&text);
}

static struct error *parse_pieces(struct session *s, char *format,
                                  const struct syscall_set *set,
                                  struct rule_act *act, bool *at_exit)
{
	const char *start = format;

	while (*format) {
		struct rule_piece *piece;
		struct error *err;
		size_t len;

		vec_push(&act->pieces, (struct rule_piece){ 0 });
		piece = &act->pieces.items[act->pieces.len - 1];
		piece->text = take_literal(&format);
		if (!*format)
			break;
		len = words_extent(++format, "}");
		if (format[len] != '}')
			return error_at(error_new(ERROR_USAGE, "a brace of the "
				"format is not closed ({{ is a brace)"),
				(size_t)(format - start) - 1);
		format[len] = '\0';
		err = parse_value(s, format, set, piece, at_exit);
		if (err)
			return error_at(err, (size_t)(format - start));
		format += len + 1;
	}
	return NULL;
}

/* Where the byte AT of what the literal TEXT stands for is in TEXT itself. */
static size_t literal_at(const char *text, size_t at)
{
	const char *s = text + 1;

	for (; at && *s; at--) {
		size_t most = 3, digits;

		if (*s++ != '\\' || !*s)
			continue;
		if (*s == 'x') {
			s++;
			most = 2;
		}
		digits = strspn(s, most == 2 ? "0123456789abcdefABCDEF"
		                             : "01234567");
		s += most == 3 && !digits ? 1 : digits < most ? digits : most;
	}
	return (size_t)(s - text);
}

struct error *rule_format_parse(struct session *s, const char *text,
                                const struct syscall_set *set,
                                struct rule_act *act, bool *at_exit)
{
	enum { MOST = 4096 };
	const struct syscall_view none = { .abi = ABI_X86_64 };
	AUTO_FREE char *format = NULL;
	struct error *err;
	uint8_t *bytes;
	size_t len;

	if (*text != '"')
		return error_new(ERROR_USAGE, "a format stands in quotes, as "
		                 "in `log \"fd {fd}\"`, not \"%s\"", text);
	TRY(decode_data_parse(&none, 0, text, MOST, &bytes, &len));
	format = xstrndup((const char *)bytes, len);
	free(bytes);
	act->formatted = true;
	err = parse_pieces(s, format, set, act, at_exit);
	if (err)
		err->column = literal_at(text, err->column - 1) + 1;
	return err;
}

static void put_expr(struct session *s, struct thread *t,
                     const struct rule_piece *piece, struct buf *out)
{
	struct expr_value value;
	struct error *err = session_evaluate(s, t, piece->expr, &value);

	if (err) {
		buf_printf(out, "<%s>", err->message);
		error_destroy(err);
	} else if (value.type == EXPR_STRING) {
		buf_add(out, value.s.data, value.s.len);
	} else if (piece->format == 'x') {
		buf_printf(out, "0x%llx", (unsigned long long)value.u);
	} else if (value.type == EXPR_INT || piece->format == 'd') {
		buf_printf(out, "%lld", (long long)value.i);
	} else {
		buf_printf(out, "%llu", (unsigned long long)value.u);
	}
}

static void put_piece(struct session *s, struct thread *t,
                      const struct rule_piece *piece,
                      const struct decode_context *c, struct buf *out)
{
	struct error *err = NULL;
	unsigned index;

	buf_puts(out, piece->text ? piece->text : "");
	if (piece->arg)
		err = call_find_arg(c->call, piece->arg, &index);
	if (err)
		buf_puts(out, "?");
	else if (piece->arg)
		decode_arg(c, index, out);
	else if (piece->result)
		decode_result(c, out);
	else if (piece->expr)
		put_expr(s, t, piece, out);
	error_destroy(err);
}

static void put_call(const struct call *call, const struct decode_context *c,
                     struct buf *out)
{
	buf_printf(out, "%s(", c->call->name);
	decode_args(c, out);
	buf_puts(out, ")");
	if (call->phase != CALL_AT_EXIT)
		return;
	buf_puts(out, " = ");
	decode_result(c, out);
	if (call->plan.has_result)
		buf_puts(out, call->plan.fate == FATE_SKIP ? " (skipped)"
		                                          : " (faked)");
}

void rule_log(struct session *s, const struct rule *r,
              const struct rule_act *act, struct thread *t, struct call *call)
{
	AUTO_BUF struct buf text = { 0 };
	struct syscall_view view;
	struct decode_context c;

	buf_init(&text);
	call_effective(call, t, &view);
	call_decode_context(s, t, &view, &c);
	if (!act->formatted)
		put_call(call, &c, &text);
	for (size_t i = 0; i < act->pieces.len; i++)
		put_piece(s, t, &act->pieces.items[i], &c, &text);
	output_begin(s);
	out_begin(s->out, "rule-log");
	out_hidden_uint(s->out, "rule", r->number);
	show_thread_known(s, t);
	out_str(s->out, "text", ROLE_PLAIN, text.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	output_end(s);
}
