/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand at the end of a line: names first, then by the specs. */
#include "cmds/internal.h"

#include <ctype.h>
#include <string.h>

/* Where the last word of TEXT starts. */
static const char *last_word(const char *text)
{
	const char *end = text + strlen(text);

	while (end > text && !isspace((unsigned char)end[-1]))
		end--;
	return end;
}

/* Whether a blank need not be the end of such an argument. */
static bool spans_blanks(enum takes type, bool last)
{
	static const char probe[] = "1 1";

	return command_arg_extent(type, probe, last) > 1;
}

/*
 * The arguments so far are walked; the one that reaches the end of the line,
 * and the optional ones that could stand there instead, say what may be.
 */
static void complete_args(struct session *s, const struct command *command,
                          const char *text, command_words *words)
{
	struct command_spec spec;
	unsigned options;
	size_t i;

	command_spec_parse(command->args, &spec);
	text = command_skip_options(&spec, text, &options);
	if (options && !isspace((unsigned char)text[-1]))
		return; /* the option itself may go on */
	for (i = 0; i < spec.count; i++) {
		size_t len;

		text = skip_blanks(text);
		if (*text && spec.args[i].optional && i + 1 < spec.count &&
		    !command_arg_looks_like(spec.args[i].type, text))
			continue;
		len = command_arg_extent(spec.args[i].type, text,
		                         i + 1 == spec.count);
		/* A blank behind it begins the next. */
		if (!*text || !text[len] || !*skip_blanks(text + len))
			break;
		text += len;
	}
	for (; i < spec.count; i++) {
		const char *word = last_word(text);
		enum takes type = spec.args[i].type;

		if (text == word || spans_blanks(type, i + 1 == spec.count))
			complete_argument(s, type, text, word, words);
		if (!spec.args[i].optional && text == word)
			break;
		if (type == TAKES_FORMAT && *text == '/')
			break;
		text = word; /* the next would begin here */
	}
}

size_t complete_line(struct session *s, const char *line,
                     command_words *words, bool names_only)
{
	const struct command *found = NULL;
	const char *at = skip_blanks(line);

	if (*at == '!') {
		if (!names_only)
			complete_args(s, command_named("shell"), at + 1,
			              words);
		return (size_t)(last_word(at + 1) - line);
	}
	do {
		size_t len = command_word_len(at);
		const struct command *next = NULL;
		struct error *err;

		if (!at[len]) {
			complete_name(s, found, at, words);
			if (found && found->run && !names_only)
				complete_args(s, found, at, words);
			return (size_t)(at - line);
		}
		err = command_find_below(s, found, at, len, &next);
		error_destroy(err);
		if (!next || err) {
			if (err || !found || !found->run)
				return 0;
			break;
		}
		found = next;
		at = skip_blanks(at + len);
	} while (found->flags & CMD_PREFIX);
	if (!names_only)
		complete_args(s, found, at, words);
	return (size_t)(last_word(at) - line);
}

size_t command_complete(struct session *s, const char *line,
                        command_words *words)
{
	return complete_line(s, line, words, false);
}
