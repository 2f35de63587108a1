/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session/words.h: a line in pieces, where quotes and brackets keep together
 * what stands in them.
 */
#ifndef SCDB_SESSION_WORDS_H
#define SCDB_SESSION_WORDS_H

#include "base/error.h"

#include <stdbool.h>

/* The word WORD of TEXT, outside quotes, between blanks; LAST: the last one. */
char *words_find(char *text, const char *word, bool last);
/* How long TEXT is up to the first of STOPS outside quotes and brackets. */
size_t words_extent(const char *text, const char *stops);
/* Behind the blanks that TEXT begins with. */
char *words_skip(const char *text);
/* Takes the blanks at TEXT's end off. */
void words_trim(char *text);
/*
 * Cuts the first word off *TEXT, and what is between it and the next.  "": there
 * is none.
 */
char *words_cut(char **text);
/* Whether TEXT begins with WORD, and a blank or the end is behind it. */
bool words_begin(const char *text, const char *word);
/* ERROR_USAGE where a quote or a bracket of TEXT is not closed. */
struct error *words_check(const char *text) MUST_CHECK;

#endif
