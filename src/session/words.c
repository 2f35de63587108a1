/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/words.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

static bool is_blank(char c)
{
	return isspace((unsigned char)c);
}

char *words_find(char *text, const char *word, bool last)
{
	size_t len = strlen(word);
	char *found = NULL;
	char quote = '\0';

	for (char *c = text; *c; c++) {
		if (quote && *c == '\\' && c[1]) {
			c++;
		} else if (quote) {
			quote = *c == quote ? '\0' : quote;
		} else if (*c == '"' || *c == '\'') {
			quote = *c;
		} else if (strncmp(c, word, len) == 0 &&
		           (c == text || is_blank(c[-1])) &&
		           (!c[len] || is_blank(c[len]))) {
			found = c;
			if (!last)
				break;
		}
	}
	return found;
}

/* What a scan of a text has seen. */
struct scan {
	char quote;
	unsigned depth;
	size_t quoted_at;      /* where the last quote began */
	size_t opened_at;      /* where the outermost bracket was opened */
};

/* Takes the byte at AT; returns how many were taken. */
static size_t scan_one(struct scan *scan, const char *text, size_t at)
{
	char c = text[at];

	if (scan->quote && c == '\\' && text[at + 1])
		return 2;
	if (scan->quote) {
		scan->quote = c == scan->quote ? '\0' : scan->quote;
	} else if (c == '"' || c == '\'') {
		scan->quote = c;
		scan->quoted_at = at;
	} else if (strchr("([{", c)) {
		scan->opened_at = scan->depth ? scan->opened_at : at;
		scan->depth++;
	} else if (strchr(")]}", c)) {
		scan->depth -= scan->depth > 0;
	}
	return 1;
}

size_t words_extent(const char *text, const char *stops)
{
	struct scan scan = { 0 };
	size_t at = 0;

	while (text[at]) {
		if (!scan.quote && !scan.depth && strchr(stops, text[at]))
			break;
		at += scan_one(&scan, text, at);
	}
	return at;
}

struct error *words_check(const char *text)
{
	struct scan scan = { 0 };

	for (size_t at = 0; text[at];)
		at += scan_one(&scan, text, at);
	if (scan.quote)
		return error_at(error_new(ERROR_USAGE, "a quote is not closed"),
		                scan.quoted_at);
	if (scan.depth)
		return error_at(error_new(ERROR_USAGE,
		                          "a bracket is not closed"),
		                scan.opened_at);
	return NULL;
}

char *words_skip(const char *text)
{
	while (is_blank(*text))
		text++;
	return (char *)(uintptr_t)text;
}

void words_trim(char *text)
{
	size_t len = strlen(text);

	while (len && is_blank(text[len - 1]))
		text[--len] = '\0';
}

char *words_cut(char **text)
{
	char *word = words_skip(*text);
	size_t len = words_extent(word, " \t");

	*text = word + len;
	if (**text)
		*(*text)++ = '\0';
	*text = words_skip(*text);
	return word;
}

bool words_begin(const char *text, const char *word)
{
	size_t len = strlen(word);

	return strncmp(text, word, len) == 0 &&
	       (!text[len] || is_blank(text[len]));
}
