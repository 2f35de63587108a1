/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion behind `break`, `watch` and their like. */
#include "cmds/complete.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "session/location.h"

#include <ctype.h>
#include <string.h>

static const char *const tails[] = { "if", "thread", "-force-condition" };

/* Whether TEXT goes on behind WORD, a word of its own. */
static bool has_passed(const char *text, const char *word)
{
	size_t len = strlen(word);

	return strncmp(text, word, len) == 0 &&
	       (isspace((unsigned char)text[len]) || text[len] == '(');
}

/*
 * What stands behind a location or an expression: `thread N`, `if COND`.  WHERE:
 * the location whose names COND may have; NULL: none but those of here.
 */
static void complete_tail(struct session *s, const char *at,
                          const char *word, const char *where,
                          command_words *words)
{
	struct offer o = offer_begin(word, "", words);

	for (;;) {
		at = skip_blanks(at);
		if (has_passed(at, "if")) {
			complete_expression_at(s, at + 2, word, NULL, where,
			                       words);
			return;
		}
		if (at >= word) {
			offer_all(&o, tails, where ? 3 : 2);
			return;
		}
		if (has_passed(at, "thread") &&
		    skip_blanks(at + strlen("thread")) == word) {
			complete_thread(s, word, words);
			return;
		}
		while (*at && !isspace((unsigned char)*at))
			at++;
	}
}

/* "%d\n",x: what stands behind the format. */
static void complete_format(struct session *s, const char *text,
                            const char *word, const char *where,
                            command_words *words)
{
	bool quoted = false;

	for (const char *at = text; *at; at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (*at == '"')
			quoted = !quoted;
	}
	if (!quoted && strchr(text, '"'))
		complete_expression_at(s, text, word, NULL, where, words);
}

/* Where the tail begins behind LEN bytes of a location: the last word may be
 * the beginning of one. */
static size_t before_begun(const char *text, size_t len, const char *word)
{
	size_t before = (size_t)(word - text);

	if (text[len] || before >= len || !before)
		return len;
	for (size_t i = 0; i < ARRAY_LEN(tails); i++)
		if (strncmp(tails[i], word, strlen(word)) == 0)
			return before;
	return len;
}

void complete_where(struct session *s, const char *text, const char *word,
                    command_words *words)
{
	size_t len = location_extent(text);
	AUTO_FREE char *where = NULL;

	/* A blank behind a whole location begins its tail. */
	if (!*word && word > text && !text[len + strspn(text + len, " \t")])
		len = strlen(text);
	len = before_begun(text, len, word);
	where = xstrndup(text, len);
	where[location_extent(where)] = '\0';
	if (text[len] == ',')
		complete_format(s, text + len + 1, word, where, words);
	else if (word < text + len || word == text)
		complete_location(s, word, words);
	else
		complete_tail(s, text + len, word, where, words);
}

static void destroy_expr(struct expr **expr)
{
	expr_destroy(*expr);
}

void complete_watched(struct session *s, const char *text, const char *word,
                      command_words *words)
{
	static const char *const options[] = { "-location" };
	CLEANUP(destroy_expr) struct expr *expr = NULL;
	struct offer o = offer_begin(word, "", words);
	const char *at = text;
	struct error *err;
	size_t len = 0;

	if (has_passed(at, "-location") || has_passed(at, "-l"))
		at = skip_blanks(at + strcspn(at, " \t"));
	else if (*at == '-' && word == text)
		offer_all(&o, options, 1);
	err = *at ? session_compile_value(s, at, false, &len, &expr) : NULL;
	if (!err && len && word > at && word >= at + len)
		complete_tail(s, at + len, word, NULL, words);
	else
		complete_expression_at(s, at, word, NULL, NULL, words);
	error_destroy(err);
}

void complete_break_setting(const char *text, const char *word,
                            command_words *words)
{
	static const char *const names[] = { "always-inserted", "auto-hw",
	                                     "condition-evaluation",
	                                     "pending" };
	static const char *const values[][4] = {
		{ "on" }, { "off" }, { "host" }, { "auto", "off", "on" },
	};
	struct offer o = offer_begin(word, "", words);

	if (word == text)
		offer_all(&o, names, ARRAY_LEN(names));
	for (size_t i = 0; word > text && i < ARRAY_LEN(names); i++)
		for (size_t k = 0; has_passed(text, names[i]) &&
		     values[i][k]; k++)
			offer(&o, values[i][k]);
}
