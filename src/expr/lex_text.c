/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters and strings of expressions, wide ones too. */
#include "expr/internal.h"

#include <string.h>

int lexer_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

unsigned text_width(char prefix)
{
	return prefix == 'L' || prefix == 'U' ? 4 : prefix == 'u' ? 2 : 1;
}

/* One element, little-endian as all tracees are. */
static void put_element(struct buf *out, unsigned width, uint32_t c)
{
	for (unsigned i = 0; i < width; i++)
		buf_putc(out, (char)(c >> (8 * i)));
}

void text_put_code(struct buf *out, unsigned width, uint32_t c)
{
	if (width == 2 && c > 0xffff) {
		c -= 0x10000;
		put_element(out, 2, 0xd800 + (c >> 10));
		put_element(out, 2, 0xdc00 + (c & 0x3ff));
	} else if (width > 1 || c < 0x80) {
		put_element(out, width, c);
	} else if (c < 0x800) {
		put_element(out, 1, 0xc0 | c >> 6);
		put_element(out, 1, 0x80 | (c & 0x3f));
	} else {
		if (c > 0xffff)
			put_element(out, 1, 0xf0 | c >> 18);
		put_element(out, 1, c > 0xffff ? 0x80 | (c >> 12 & 0x3f)
		                               : 0xe0 | c >> 12);
		put_element(out, 1, 0x80 | (c >> 6 & 0x3f));
		put_element(out, 1, 0x80 | (c & 0x3f));
	}
}

/* Digits of an escape from S on: at most MAX of them.  False: over MOST. */
static bool escape_digits(const char **s, unsigned base, size_t max,
                          uint64_t most, uint64_t *value)
{
	bool fits = true;

	*value = 0;
	for (size_t i = 0; i < max; i++, (*s)++) {
		int digit = lexer_hex(**s);

		if (digit < 0 || (unsigned)digit >= base)
			break;
		*value = *value * base + (unsigned)digit;
		if (*value > most) {
			fits = false;
			*value = most;
		}
	}
	return fits;
}

/* \u and \U at S, which moves behind it; false: it is none, or no character. */
static bool universal(struct lexer *l, const char **s, unsigned width)
{
	size_t digits = **s == 'u' ? 4 : 8;
	const char *from = ++*s;
	uint64_t code;

	if (!escape_digits(s, 16, digits, 0x10ffff, &code) ||
	    (size_t)(*s - from) != digits || (code >= 0xd800 && code < 0xe000))
		return false;
	text_put_code(&l->string, width, (uint32_t)code);
	return true;
}

/* The escape at the lexer's backslash, appended.  False: it is bad. */
static bool lex_escape(struct lexer *l, unsigned width)
{
	static const char letters[] = "abefnrtv\\'\"?";
	static const char bytes[] = "\a\b\033\f\n\r\t\v\\'\"?";
	const char *start = l->text + l->at, *s = start + 1;
	const char *letter = *s ? strchr(letters, *s) : NULL;
	uint64_t most = width == 4 ? UINT32_MAX : width == 2 ? 0xffff : 0xff;
	uint64_t value = 0;
	bool ok = true, known = true;

	if (letter) {
		s++;
		value = (unsigned char)bytes[letter - letters];
	} else if (*s >= '0' && *s <= '7') {
		ok = escape_digits(&s, 8, 3, most, &value);
	} else if (*s == 'x' && lexer_hex(s[1]) >= 0) {
		s++;
		ok = escape_digits(&s, 16, EXPR_MAX_TEXT, most, &value);
	} else if (l->typed && (*s == 'u' || *s == 'U')) {
		known = universal(l, &s, width);
		l->at += known ? (size_t)(s - start) : 0;
		if (known)
			return true;
		s = start + 1;
	} else {
		known = false;
	}
	if (!known) {
		lexer_bad(l, "unknown escape", l->at, *s ? 2 : 1);
		return false;
	}
	if (!ok) {
		lexer_bad(l, width == 1 ? "escape beyond a byte:"
		          : "escape beyond the character's size:",
		          l->at, (size_t)(s - start));
		return false;
	}
	put_element(&l->string, width, (uint32_t)value);
	l->at += (size_t)(s - start);
	return true;
}

void text_widen(const char *text, size_t len, unsigned width, struct buf *out)
{
	for (size_t at = 0; at < len;) {
		uint32_t c;
		size_t n = utf8_decode(text + at, len - at, &c);

		/* A byte that is of no character stands for itself. */
		text_put_code(out, width, n ? c : (unsigned char)text[at]);
		at += n ? n : 1;
	}
}

/* What is between two QUOTEs, into l->string.  False: it is bad. */
static bool lex_quoted(struct lexer *l, char quote, unsigned width)
{
	const char *plain;
	size_t n;

	buf_reset(&l->string);
	for (l->at++; l->text[l->at] != quote;) {
		plain = l->text + l->at;
		if (!*plain) {
			lexer_bad(l, quote == '"' ? "unterminated string"
			                          : "unterminated character",
			          l->token.at, 0);
			return false;
		}
		if (*plain == '\\') {
			if (!lex_escape(l, width))
				return false;
			continue;
		}
		for (n = 0; plain[n] && plain[n] != '\\' && plain[n] != quote;)
			n++;
		if (width == 1)
			buf_add(&l->string, plain, n);
		else
			text_widen(plain, n, width, &l->string);
		l->at += n;
	}
	l->at++;
	return true;
}

static bool is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       c == '~' || c == ':' || (c & 0x80) || c == '(';
}

/* 'file.c'::x, 'ns::x', 'f(int)', 'vtable for D': names of the program. */
static bool is_quoted_name(const struct lexer *l)
{
	return l->typed && l->string.len > 1 &&
	       (strncmp(l->text + l->at, "::", 2) == 0 ||
	        is_name_start(l->string.data[0]) ||
	        strstr(l->string.data, "::"));
}

static void character_is(struct lexer *l, char prefix)
{
	const unsigned char *data = (const unsigned char *)l->string.data;
	unsigned width = text_width(prefix);
	uint64_t value = 0;

	for (unsigned i = width; i-- > 0;)
		value = value << 8 | data[i];
	/* C's char is signed on x86, and so is wchar_t. */
	if (width == 1)
		value = (uint64_t)(int64_t)(signed char)value;
	else if (prefix == 'L')
		value = (uint64_t)(int64_t)(int32_t)value;
	l->token.kind = TOKEN_NUMBER;
	l->token.is_character = true;
	l->token.prefix = prefix;
	l->token.value = (struct expr_value){ .type = EXPR_INT, .u = value };
}

static void lex_character(struct lexer *l, char prefix)
{
	if (!lex_quoted(l, '\'', text_width(prefix)))
		return;
	if (!prefix && is_quoted_name(l)) {
		l->token.kind = TOKEN_QUOTED;
		return;
	}
	if (l->string.len == text_width(prefix)) {
		character_is(l, prefix);
		return;
	}
	lexer_bad(l, prefix ? "no single character:"
	          : "a character is one byte:", l->token.at,
	          l->at - l->token.at);
}

static void lex_string(struct lexer *l, char prefix)
{
	if (!lex_quoted(l, '"', text_width(prefix)))
		return;
	l->token.kind = TOKEN_STRING;
	l->token.prefix = prefix;
}

void lexer_character(struct lexer *l)
{
	lex_character(l, 0);
}

void lexer_string(struct lexer *l)
{
	lex_string(l, 0);
}

bool lexer_prefixed(struct lexer *l)
{
	const char *s = l->text + l->at;
	size_t len = s[0] == 'u' && s[1] == '8' ? 2 : 1;

	if (!l->typed || !s[0] || !strchr("LuU", s[0]) ||
	    (s[len] != '"' && s[len] != '\''))
		return false;
	l->at += len;
	if (s[len] == '"')
		lex_string(l, len == 2 ? '8' : s[0]);
	else
		lex_character(l, len == 2 ? '8' : s[0]);
	l->token.end = l->at;
	return true;
}
