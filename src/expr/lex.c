/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* Longest first where one is the start of another. */
static const struct sign {
	char text[3];
	enum token_kind kind;
} signs[] = {
	{ "||", TOKEN_OR_OR }, { "&&", TOKEN_AND_AND }, { "==", TOKEN_EQ },
	{ "!=", TOKEN_NE },    { "=~", TOKEN_MATCH },   { "<<", TOKEN_SHL },
	{ ">>", TOKEN_SHR },   { "<=", TOKEN_LE },      { ">=", TOKEN_GE },
	{ "<", TOKEN_LT },     { ">", TOKEN_GT },       { "(", TOKEN_OPEN },
	{ ")", TOKEN_CLOSE },  { "?", TOKEN_QUESTION }, { ":", TOKEN_COLON },
	{ "!", TOKEN_NOT },    { "~", TOKEN_TILDE },    { "|", TOKEN_OR },
	{ "^", TOKEN_XOR },    { "&", TOKEN_AND },      { "+", TOKEN_PLUS },
	{ "-", TOKEN_MINUS },  { "*", TOKEN_STAR },     { "/", TOKEN_SLASH },
	{ "%", TOKEN_PERCENT },
};

/* These come first where they are there at all. */
static const struct sign typed_signs[] = {
	{ "->", TOKEN_ARROW },     { "++", TOKEN_INCREMENT },
	{ "--", TOKEN_DECREMENT }, { "::", TOKEN_SCOPE },
	{ "[", TOKEN_INDEX },      { "]", TOKEN_INDEX_END },
	{ "{", TOKEN_BRACE },      { "}", TOKEN_BRACE_END },
	{ ".", TOKEN_DOT },        { ",", TOKEN_COMMA },
	{ "@", TOKEN_AT },
};

/* ASCII alone, whatever the locale. */
static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_word(char c)
{
	return is_letter(c) || is_digit(c);
}

unsigned lexer_column(const char *text, size_t at)
{
	unsigned column = 1;

	for (size_t i = 0; i < at && text[i]; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			column++;
	return column;
}

void lexer_init(struct lexer *l, const char *text, bool typed)
{
	*l = (struct lexer){ .text = text, .typed = typed };
	buf_init(&l->string);
}

void lexer_deinit(struct lexer *l)
{
	error_destroy(l->token.error);
	buf_deinit(&l->string);
}

/* Appends LEN bytes in quotes, escaped, and cut where they are too many. */
static void put_quoted(struct buf *out, const char *text, size_t len)
{
	enum { SHOWN = 40 };

	buf_putc(out, '"');
	buf_put_c_escaped(out, text, len < SHOWN ? len : SHOWN);
	buf_puts(out, len < SHOWN ? "\"" : "\"...");
}

void lexer_describe(const struct lexer *l, struct buf *out)
{
	if (l->token.kind == TOKEN_END)
		buf_puts(out, "the end");
	else
		put_quoted(out, l->text + l->token.at,
		           l->token.end - l->token.at);
}

void lexer_bad(struct lexer *l, const char *message, size_t at,
               size_t len)
{
	AUTO_BUF struct buf b = { 0 };

	buf_init(&b);
	buf_puts(&b, message);
	if (len) {
		buf_putc(&b, ' ');
		put_quoted(&b, l->text + at, len);
	}
	l->token.kind = TOKEN_BAD;
	l->token.error = error_new(ERROR_USAGE, "%s at column %u", b.data,
	                           lexer_column(l->text, at));
}

enum number { NUMBER_OK, NUMBER_BAD, NUMBER_TOO_LARGE };

/* u, l, ll, ul, ull, lu, llu in either case; not lL. */
static bool parse_suffix(const char *s, size_t len, bool *is_unsigned,
                         uint8_t *longs)
{
	size_t us = 0, ls = 0;

	if (len && (*s | 0x20) == 'u')
		us++, s++, len--;
	while (len && (*s | 0x20) == 'l' && (!ls || *s == s[-1]))
		ls++, s++, len--;
	if (len && !us && (*s | 0x20) == 'u')
		us++, len--;
	*is_unsigned = us;
	*longs = (uint8_t)ls;
	return !len && ls <= 2;
}

/* WORD of LEN bytes, which starts with a digit, as C reads it. */
static enum number parse_number(const char *word, size_t len,
                                struct token *t)
{
	unsigned base = 10;
	size_t i = 0, first;
	struct expr_value *value = &t->value;
	bool large = false, is_unsigned;
	uint64_t sum = 0;

	if (len > 1 && word[0] == '0') {
		char c = word[1] | 0x20;

		base = c == 'x' ? 16 : c == 'b' ? 2 : 8;
		i = base == 8 ? 1 : 2;
	}
	for (first = i; i < len; i++) {
		int digit = lexer_hex(word[i]);

		if (digit < 0 || (unsigned)digit >= base)
			break;
		if (__builtin_mul_overflow(sum, base, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)digit, &sum))
			large = true;
	}
	if ((i == first && base != 8) ||
	    !parse_suffix(word + i, len - i, &is_unsigned, &t->longs))
		return NUMBER_BAD;
	if (large)
		return NUMBER_TOO_LARGE;
	t->is_decimal = base == 10 && i == len;
	t->based = base != 10;
	t->has_u = is_unsigned;
	value->type = is_unsigned || sum > INT64_MAX ? EXPR_UINT : EXPR_INT;
	value->u = sum;
	return NUMBER_OK;
}

/* WORD of LEN bytes as a floating point number; false: it is none. */
static bool parse_float(const char *word, size_t len, struct token *t)
{
	AUTO_FREE char *copy = xstrndup(word, len);
	bool hex = len > 1 && (word[1] | 0x20) == 'x';
	char *end;

	if (!strpbrk(copy, hex ? ".pP" : ".eE"))
		return false;
	t->f = strtold(copy, &end);
	t->narrow = end != copy && (*end | 0x20) == 'f';
	t->longs = end != copy && (*end | 0x20) == 'l';
	end += t->narrow || t->longs;
	t->kind = TOKEN_FLOAT;
	return end != copy && !*end;
}

/* All that C's preprocessor would take for one number; floats with a sign in
 * their exponent only where they are wanted. */
static size_t number_len(const char *word, bool typed)
{
	bool hex = word[0] == '0' && (word[1] | 0x20) == 'x';
	size_t len = 0;

	for (;; len++) {
		char before = len ? word[len - 1] | 0x20 : 0;

		if (is_word(word[len]) || word[len] == '.')
			continue;
		if (!typed || (word[len] != '+' && word[len] != '-') ||
		    before != (hex ? 'p' : 'e') || !is_digit(word[len + 1]))
			return len;
	}
}

static void lex_number(struct lexer *l)
{
	const char *word = l->text + l->at;
	size_t len = number_len(word, l->typed);

	l->at += len;
	l->token.kind = TOKEN_NUMBER;
	switch (parse_number(word, len, &l->token)) {
	case NUMBER_OK:
		break;
	case NUMBER_BAD:
		if (!l->typed || !parse_float(word, len, &l->token))
			lexer_bad(l, "bad number", l->token.at, len);
		break;
	case NUMBER_TOO_LARGE:
		lexer_bad(l, "number beyond 64 bits:", l->token.at, len);
		break;
	}
}

/* Identifiers joined by dots, or what stands behind a `$`. */
static void lex_name(struct lexer *l, enum token_kind kind)
{
	const char *name;
	size_t len = 0;

	l->at += kind == TOKEN_REGISTER;
	name = l->text + l->at;
	/* $$ and $$2 are values that were printed. */
	len += kind == TOKEN_REGISTER && *name == '$';
	while (is_word(name[len]) ||
	       (kind == TOKEN_NAME && name[len] == '.' &&
	        is_letter(name[len + 1])))
		len++;
	l->at += len;
	l->token.kind = kind;
	buf_reset(&l->string);
	if (len > EXPR_MAX_NAME) {
		lexer_bad(l, "name too long:", l->token.at, l->at - l->token.at);
		return;
	}
	buf_add(&l->string, name, len);
}

static const struct sign *find_sign(const struct sign *table, size_t count,
                                    const char *s)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(s, table[i].text, strlen(table[i].text)) == 0)
			return &table[i];
	return NULL;
}

/* = and the operators before it; false: none. */
static bool lex_assignment(struct lexer *l, const struct sign *sign)
{
	static const char can[] = "+-*/%&|^";
	const char *s = l->text + l->at;

	if (*s == '=' && s[1] != '=' && s[1] != '~') {
		l->token.kind = TOKEN_ASSIGN;
		l->at++;
		return true;
	}
	if (!sign || s[strlen(sign->text)] != '=' ||
	    s[strlen(sign->text) + 1] == '=')
		return false;
	if (sign->kind != TOKEN_SHL && sign->kind != TOKEN_SHR &&
	    (sign->text[1] || !strchr(can, sign->text[0])))
		return false;
	l->token.kind = TOKEN_ASSIGN_OP;
	l->token.op = sign->kind;
	l->at += strlen(sign->text) + 1;
	return true;
}

static void lex_sign(struct lexer *l)
{
	const char *s = l->text + l->at;
	const struct sign *sign = find_sign(signs, ARRAY_LEN(signs), s);
	const struct sign *typed = l->typed
		? find_sign(typed_signs, ARRAY_LEN(typed_signs), s) : NULL;

	if (l->typed && !typed && lex_assignment(l, sign))
		return;
	sign = typed ? typed : sign;
	if (sign) {
		l->token.kind = sign->kind;
		l->at += strlen(sign->text);
		return;
	}
	/* With all bytes of its character. */
	for (l->at++; ((unsigned char)l->text[l->at] & 0xc0) == 0x80;)
		l->at++;
	lexer_bad(l, *s == '=' ? "nothing can be assigned here (== compares):"
	                 : "stray",
	    l->token.at, l->at - l->token.at);
}

void lexer_next(struct lexer *l)
{
	char c;

	error_destroy(l->token.error);
	while (is_blank(l->text[l->at]))
		l->at++;
	l->token = (struct token){ .kind = TOKEN_END, .at = l->at };
	c = l->text[l->at];
	if (is_digit(c) || (l->typed && c == '.' &&
	                    is_digit(l->text[l->at + 1])))
		lex_number(l);
	else if (lexer_prefixed(l))
		return;
	else if (is_letter(c))
		lex_name(l, TOKEN_NAME);
	else if (c == '$')
		lex_name(l, TOKEN_REGISTER);
	else if (c == '\'')
		lexer_character(l);
	else if (c == '"')
		lexer_string(l);
	else if (c)
		lex_sign(l);
	l->token.end = l->at;
}

void lexer_seek(struct lexer *l, size_t at)
{
	l->at = at;
	lexer_next(l);
}

void lexer_seek_name(struct lexer *l, size_t at)
{
	char *dot;

	lexer_seek(l, at);
	dot = l->token.kind == TOKEN_NAME ? strchr(l->string.data, '.') : NULL;
	if (!dot)
		return;
	buf_truncate(&l->string, (size_t)(dot - l->string.data));
	l->at = l->token.end = at + l->string.len;
}

struct error *expr_parse_integer(const char *text, struct expr_value *value)
{
	const char *word = text, *end;
	struct token t = { .kind = TOKEN_NUMBER };
	struct expr_value v = { .u = 0 };
	bool negative;
	AUTO_BUF struct buf shown = { 0 };
	enum number got = NUMBER_BAD;

	buf_init(&shown);
	while (is_blank(*word))
		word++;
	negative = *word == '-';
	if (*word == '-' || *word == '+')
		word++;
	for (end = word + strlen(word); end > word && is_blank(end[-1]);)
		end--;
	if (is_digit(*word))
		got = parse_number(word, (size_t)(end - word), &t);
	v = t.value;
	if (got == NUMBER_OK && negative) {
		/* Only a plain number, not one with `u`, can be too small. */
		if (v.type == EXPR_UINT && v.u > 1ull << 63 &&
		    !memchr(word, 'u', (size_t)(end - word)) &&
		    !memchr(word, 'U', (size_t)(end - word)))
			got = NUMBER_TOO_LARGE;
		else if (v.u == 1ull << 63)
			v.type = EXPR_INT;
		v.u = -v.u;
	}
	if (got == NUMBER_OK) {
		*value = v;
		return NULL;
	}
	put_quoted(&shown, text, strlen(text));
	return error_new(ERROR_USAGE, got == NUMBER_BAD
	                 ? "%s is not an integer" : "%s is beyond 64 bits",
	                 shown.data);
}
