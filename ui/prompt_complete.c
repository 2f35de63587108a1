/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion at the prompt: the words are the commands', the rest readline's. */
#include "ui/prompt.h"

#include "base/alloc.h"
#include "cmds/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

static char *common_start(const command_words *words)
{
	size_t len = strlen(words->items[0]);

	for (size_t i = 1; i < words->len; i++) {
		size_t same = 0;

		while (same < len &&
		       words->items[i][same] == words->items[0][same])
			same++;
		len = same;
	}
	return strndup(words->items[0], len);
}

/*
 * Replacements for the line from OFFSET on become replacements from START on,
 * which is where readline thinks that the word begins.
 */
static void move_words(command_words *words, size_t offset, size_t start)
{
	for (size_t i = 0; i < words->len; i++) {
		char *old = words->items[i];
		size_t gone = start > offset ? start - offset : 0;

		if (gone > strlen(old))
			gone = strlen(old);
		words->items[i] = start > offset
			? xstrdup(old + gone)
			: xasprintf("%.*s%s", (int)(offset - start),
			            rl_line_buffer + start, old);
		free(old);
	}
}

/* The note behind WORD's TAB, or NULL. */
static char *cut_note(char *word)
{
	char *tab = strchr(word, '\t');

	if (!tab)
		return NULL;
	*tab = '\0';
	return xasprintf("%s %s", word, tab + 1);
}

/* Each match with its note; readline has sorted and thinned them. */
static void show_notes(char **matches, int count, int longest)
{
	const struct prompt *p = prompt_only();
	char **shown = xcalloc((size_t)count + 2, sizeof(*shown));

	for (int i = 0; i <= count; i++) {
		shown[i] = matches[i];
		for (size_t k = 0; i && k < p->notes.len; k++) {
			const char *note = p->notes.items[k];
			size_t len = strlen(matches[i]);

			if (strncmp(note, matches[i], len) == 0 &&
			    note[len] == ' ')
				shown[i] = p->notes.items[k];
		}
		if ((int)strlen(shown[i]) > longest)
			longest = (int)strlen(shown[i]);
	}
	if (p->screen) {
		p->screen->matches(p->screen->ctx, shown + 1, (size_t)count);
	} else {
		rl_display_match_list(shown, count, longest);
		rl_forced_update_display();
	}
	free(shown);
}

void prompt_drop_notes(struct prompt *p)
{
	for (size_t i = 0; i < p->notes.len; i++)
		free(p->notes.items[i]);
	vec_deinit(&p->notes);
}

static void take_notes(struct prompt *p, command_words *words)
{
	prompt_drop_notes(p);
	for (size_t i = 0; i < words->len; i++) {
		char *note = cut_note(words->items[i]);

		if (note)
			vec_push(&p->notes, note);
	}
	/* Without notes readline's own way, which asks where there are many. */
	rl_completion_display_matches_hook = p->notes.len || p->screen
	                                     ? show_notes : NULL;
	rl_sort_completion_matches = !p->notes.len;
}

static char **complete(const char *text, int start, int end)
{
	AUTO_FREE char *line = xstrndup(rl_line_buffer, (size_t)end);
	command_words words = { 0 };
	char **matches = NULL;
	size_t offset;

	(void)text;
	rl_attempted_completion_over = 1;
	offset = command_complete(prompt_only()->session, line, &words);
	take_notes(prompt_only(), &words);
	move_words(&words, offset, (size_t)start);
	if (words.len) {
		/* Readline frees these with free(3), as it does the words. */
		matches = xcalloc(words.len + 2, sizeof(*matches));
		matches[0] = common_start(&words);
		for (size_t i = 0; i < words.len && words.len > 1; i++)
			matches[i + 1] = words.items[i];
		if (words.len == 1) {
			const char *word = words.items[0];
			size_t len = strlen(word);

			rl_completion_append_character =
				len && strchr("=(/|", word[len - 1])
				? '\0' : ' ';
			free(words.items[0]);
		}
	}
	vec_deinit(&words);
	return matches;
}

void prompt_complete_init(void)
{
	rl_attempted_completion_function = complete;
	rl_completer_word_break_characters = " \t,|=(!";
	rl_completer_quote_characters = "";
}
