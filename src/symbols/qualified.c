/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names as C++ and Rust people write them, found among mangled ones: those that
 * have the name's last part in them (an identifier stands there as it is, its
 * length before it) are demangled and compared.
 */
#include "symbols/symtab.h"

#include "base/alloc.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Where a list of parameters, with what follows it, begins; or the end. */
static size_t params_at(const char *name)
{
	size_t len = strlen(name), at = len;
	int depth = 0;

	while (at && name[at - 1] != ')') {
		/* Behind it stand only words: const, [clone .cold]. */
		if (strchr("<>:,*&", name[at - 1]))
			return len;
		at--;
	}
	while (at) {
		at--;
		depth += name[at] == ')' ? 1 : name[at] == '(' ? -1 : 0;
		if (!depth)
			break;
	}
	/* "(anonymous namespace)" alone, and operator() without any. */
	if (depth || !at || (at >= 8 && !strncmp(name + at - 8, "operator", 8)))
		return len;
	return at;
}

/* The bytes at NAME before LEN, from behind the last DELIMITER outside <>(). */
static size_t begin_behind(const char *name, size_t len, char delimiter)
{
	int depth = 0;

	for (size_t at = len; at--;) {
		if (strchr(">)", name[at]))
			depth++;
		else if (strchr("<(", name[at]))
			depth--;
		else if (!depth && name[at] == delimiter)
			return at + 1;
	}
	return 0;
}

/* LEN without the template's arguments at its end. */
static size_t without_template(const char *name, size_t len)
{
	int depth = 0;

	if (!len || name[len - 1] != '>')
		return len;
	for (size_t at = len; at--;) {
		depth += name[at] == '>' ? 1 : name[at] == '<' ? -1 : 0;
		if (!depth)
			return at;
	}
	return len;
}

/* Blanks do not count. */
static bool same_text(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a_len && a[i] == ' ')
			i++;
		while (j < b_len && b[j] == ' ')
			j++;
		if (i == a_len || j == b_len)
			return i == a_len && j == b_len;
		if (a[i++] != b[j++])
			return false;
	}
}

bool qualified_init(struct qualified_name *q, const char *name)
{
	size_t end = params_at(name), from, len;

	*q = (struct qualified_name){ .name = name, .len = strlen(name) };
	q->has_params = end < q->len;
	end = without_template(name, end);
	from = begin_behind(name, end, ':');
	q->qualified = from != 0;
	if (name[from] == '~')
		from++;
	len = end - from;
	if (strncmp(name + from, "operator", 8) == 0 && len > 8 &&
	    !isalnum((unsigned char)name[from + 8]) && name[from + 8] != '_')
		return q->qualified; /* they have letters of their own */
	if (!len || len > sizeof(q->part) - 24)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[from + i]) &&
		    !strchr("_$.", name[from + i]) &&
		    !(name[from + i] & 0x80))
			return false;
	snprintf(q->part, sizeof(q->part), "%zu%.*s", len, (int)len,
	         name + from);
	return true;
}

bool qualified_matches(const struct qualified_name *q, const char *mangled)
{
	AUTO_FREE char *readable = NULL;
	size_t end, from;

	if (mangled[0] != '_' || (mangled[1] != 'Z' && mangled[1] != 'R') ||
	    !strstr(mangled, q->part))
		return false;
	/* One of the global scope begins with it. */
	if (!q->qualified && mangled[1] == 'Z' &&
	    strncmp(mangled + 2 + (mangled[2] == 'L'), q->part,
	            strlen(q->part)) != 0)
		return false;
	readable = symbol_demangle(mangled);
	if (!readable)
		return false;
	end = params_at(readable);
	/* What a template returns stands before it; but "typeinfo for X" is
	 * no X. */
	from = strstr(readable, "operator") ||
	       strncmp(mangled, "_ZT", 3) == 0 ||
	       strncmp(mangled, "_ZG", 3) == 0 ? 0
		: begin_behind(readable, end, ' ');
	if (q->has_params)
		return same_text(readable + from, strlen(readable + from),
		                 q->name, q->len);
	return same_text(readable + from, end - from, q->name, q->len) ||
	       same_text(readable + from,
	                 without_template(readable + from, end - from),
	                 q->name, q->len);
}
