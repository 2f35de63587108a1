/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr/internal.h"

#include <string.h>

/* Longest first where one is the start of another. */
static const struct {
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

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

unsigned lexer_column(const char *text, size_t at)
{
	unsigned column = 1;

	for (size_t i = 0; i < at && text[i]; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			column++;
	return column;
}

void lexer_init(struct lexer *l, const char *text)
{
	*l = (struct lexer){ .text = text };
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

/* The token is bad: MESSAGE, about LEN bytes at AT where LEN is not 0. */
static void bad(struct lexer *l, const char *message, size_t at, size_t len)
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
static bool parse_suffix(const char *s, size_t len, bool *is_unsigned)
{
	size_t us = 0, ls = 0;

	if (len && (*s | 0x20) == 'u')
		us++, s++, len--;
	while (len && (*s | 0x20) == 'l' && (!ls || *s == s[-1]))
		ls++, s++, len--;
	if (len && !us && (*s | 0x20) == 'u')
		us++, len--;
	*is_unsigned = us;
	return !len && ls <= 2;
}

/* WORD of LEN bytes, which starts with a digit, as C reads it. */
static enum number parse_number(const char *word, size_t len,
                                struct expr_value *value, bool *is_decimal)
{
	unsigned base = 10;
	size_t i = 0, first;
	bool large = false, is_unsigned;
	uint64_t sum = 0;

	if (len > 1 && word[0] == '0') {
		char c = word[1] | 0x20;

		base = c == 'x' ? 16 : c == 'b' ? 2 : 8;
		i = base == 8 ? 1 : 2;
	}
	for (first = i; i < len; i++) {
		int digit = hex_value(word[i]);

		if (digit < 0 || (unsigned)digit >= base)
			break;
		if (__builtin_mul_overflow(sum, base, &sum) ||
		    __builtin_add_overflow(sum, (uint64_t)digit, &sum))
			large = true;
	}
	if ((i == first && base != 8) ||
	    !parse_suffix(word + i, len - i, &is_unsigned))
		return NUMBER_BAD;
	if (large)
		return NUMBER_TOO_LARGE;
	*is_decimal = base == 10 && i == len;
	value->type = is_unsigned || sum > INT64_MAX ? EXPR_UINT : EXPR_INT;
	value->u = sum;
	return NUMBER_OK;
}

static void lex_number(struct lexer *l)
{
	const char *word = l->text + l->at;
	size_t len = 0;

	/* All that C's preprocessor would take for one number. */
	while (is_word(word[len]) || word[len] == '.')
		len++;
	l->at += len;
	l->token.kind = TOKEN_NUMBER;
	switch (parse_number(word, len, &l->token.value,
	                     &l->token.is_decimal)) {
	case NUMBER_OK:
		break;
	case NUMBER_BAD:
		bad(l, "bad number", l->token.at, len);
		break;
	case NUMBER_TOO_LARGE:
		bad(l, "number beyond 64 bits:", l->token.at, len);
		break;
	}
}

/* Digits of an escape from S on: at most MAX of them.  False: over a byte. */
static bool escape_digits(const char **s, unsigned base, size_t max,
                          unsigned *value)
{
	bool fits = true;

	*value = 0;
	for (size_t i = 0; i < max; i++, (*s)++) {
		int digit = hex_value(**s);

		if (digit < 0 || (unsigned)digit >= base)
			break;
		*value = *value * base + (unsigned)digit;
		if (*value > 0xff) {
			fits = false;
			*value = 0xff;
		}
	}
	return fits;
}

/* The escape at the lexer's backslash, appended.  False: it is bad. */
static bool lex_escape(struct lexer *l)
{
	static const char letters[] = "abefnrtv\\'\"?";
	static const char bytes[] = "\a\b\033\f\n\r\t\v\\'\"?";
	const char *start = l->text + l->at, *s = start + 1;
	const char *letter = *s ? strchr(letters, *s) : NULL;
	unsigned value = 0;
	bool ok = true;

	if (letter) {
		s++;
		value = (unsigned char)bytes[letter - letters];
	} else if (*s >= '0' && *s <= '7') {
		ok = escape_digits(&s, 8, 3, &value);
	} else if (*s == 'x' && hex_value(s[1]) >= 0) {
		s++;
		ok = escape_digits(&s, 16, EXPR_MAX_TEXT, &value);
	} else {
		bad(l, "unknown escape", l->at, *s ? 2 : 1);
		return false;
	}
	if (!ok) {
		bad(l, "escape beyond a byte:", l->at, (size_t)(s - start));
		return false;
	}
	buf_putc(&l->string, (char)value);
	l->at += (size_t)(s - start);
	return true;
}

/* What is between two QUOTEs, into l->string.  False: it is bad. */
static bool lex_quoted(struct lexer *l, char quote)
{
	const char *plain;
	size_t n;

	buf_reset(&l->string);
	for (l->at++; l->text[l->at] != quote;) {
		plain = l->text + l->at;
		if (!*plain) {
			bad(l, quote == '"' ? "unterminated string"
			                    : "unterminated character",
			    l->token.at, 0);
			return false;
		}
		if (*plain == '\\') {
			if (!lex_escape(l))
				return false;
			continue;
		}
		for (n = 0; plain[n] && plain[n] != '\\' && plain[n] != quote;)
			n++;
		buf_add(&l->string, plain, n);
		l->at += n;
	}
	l->at++;
	return true;
}

static void lex_character(struct lexer *l)
{
	if (!lex_quoted(l, '\''))
		return;
	if (l->string.len != 1) {
		bad(l, "a character is one byte:", l->token.at,
		    l->at - l->token.at);
		return;
	}
	l->token.kind = TOKEN_NUMBER;
	/* C's char is signed on x86. */
	l->token.value = (struct expr_value){
		.type = EXPR_INT,
		.i = (signed char)l->string.data[0],
	};
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
		bad(l, "name too long:", l->token.at, l->at - l->token.at);
		return;
	}
	buf_add(&l->string, name, len);
}

static void lex_sign(struct lexer *l)
{
	const char *s = l->text + l->at;

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		size_t len = strlen(signs[i].text);

		if (!strncmp(s, signs[i].text, len)) {
			l->token.kind = signs[i].kind;
			l->at += len;
			return;
		}
	}
	/* With all bytes of its character. */
	for (l->at++; ((unsigned char)l->text[l->at] & 0xc0) == 0x80;)
		l->at++;
	bad(l, *s == '=' ? "nothing can be assigned here (== compares):"
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
	if (is_digit(c))
		lex_number(l);
	else if (is_letter(c))
		lex_name(l, TOKEN_NAME);
	else if (c == '$')
		lex_name(l, TOKEN_REGISTER);
	else if (c == '\'')
		lex_character(l);
	else if (c == '"' && lex_quoted(l, '"'))
		l->token.kind = TOKEN_STRING;
	else if (c && c != '"')
		lex_sign(l);
	l->token.end = l->at;
}

struct error *expr_parse_integer(const char *text, struct expr_value *value)
{
	const char *word = text, *end;
	struct expr_value v;
	bool negative, decimal;
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
		got = parse_number(word, (size_t)(end - word), &v, &decimal);
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
