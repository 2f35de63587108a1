/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand at the end of a line: names first, then by the specs. */
#include "cmds/complete.h"

#include "base/alloc.h"

#include <ctype.h>
#include <stdlib.h>
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

static void destroy_set(struct syscall_set **set)
{
	syscall_set_destroy(*set);
}

static void complete_options(const struct command_spec *spec,
                             const char *text, command_words *words)
{
	struct offer o = offer_begin(text, "", words);

	if (*text != '-')
		return;
	for (const char *c = spec->options; *c; c++)
		offer(&o, (char[]){ '-', *c, 0 });
}

/* What a condition that follows is about: calls, or a place. */
static void note_set(const struct session *s, enum takes type,
                     const char *word, struct syscall_set **own,
                     struct completion *c)
{
	const struct breakpoint *b;
	struct error *err;

	if (type == TAKES_SET && !*own) {
		err = arg_parse_set(word, own);
		c->set = err ? NULL : *own;
		error_destroy(err);
	} else if (type == TAKES_BREAKPOINT) {
		b = breakpoint_find(s, (unsigned)strtoul(word, NULL, 10));
		c->set = b ? catch_syscall_set(b) : NULL;
		c->where = b ? break_location(b) : NULL;
	}
}

/*
 * The arguments so far are walked; the one that reaches the end of the line,
 * and the optional ones that could stand there instead, say what may be.
 */
static void complete_args(struct session *s, const struct command *command,
                          const char *text, command_words *words)
{
	CLEANUP(destroy_set) struct syscall_set *own = NULL;
	struct completion c = { .words = words };
	struct command_spec spec;
	unsigned options;
	size_t i;

	command_spec_parse(command->args, &spec);
	text = command_skip_options(&spec, text, &options);
	if (options && !isspace((unsigned char)text[-1]))
		return; /* the option itself may go on */
	complete_options(&spec, text, words);
	for (i = 0; i < spec.count; i++) {
		AUTO_FREE char *word = NULL;
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
		word = xstrndup(text, len);
		note_set(s, spec.args[i].type, word, &own, &c);
		text += len;
	}
	for (; i < spec.count; i++) {
		const char *word = last_word(text);
		enum takes type = spec.args[i].type;

		c.type = type;
		c.more = type == TAKES_PATH && i + 1 < spec.count;
		c.text = text;
		c.word = word;
		if (text == word || spans_blanks(type, i + 1 == spec.count))
			complete_argument(s, &c);
		if (!spec.args[i].optional && text == word)
			break;
		if (type == TAKES_FORMAT && *text == '/')
			break;
		text = word; /* the next would begin here */
	}
}

/* LINE begins with no alias. */
static size_t complete_expanded(struct session *s, const char *line,
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
		err = len ? command_find_below(s, found, at, len, &next)
		          : NULL;
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

static void drop_from(command_words *words, size_t first)
{
	while (words->len > first)
		free(words->items[--words->len]);
}

size_t complete_line(struct session *s, const char *line,
                     command_words *words, bool names_only)
{
	const char *at = skip_blanks(line);
	size_t name = command_word_len(at), first = words->len, end;
	AUTO_FREE char *expanded = script_expand_alias(s, at);
	size_t offset;

	/* An alias whose name goes on is none yet. */
	if (!expanded || !at[name])
		return complete_expanded(s, line, words, names_only);
	offset = complete_expanded(s, expanded, words, names_only);
	/* Both end alike: a word behind the name stands in both. */
	end = strlen(expanded) - strlen(at + name);
	if (offset <= end) {
		drop_from(words, first);
		return 0;
	}
	return (size_t)(at - line) + name + offset - end;
}

void complete_inner(struct session *s, const char *line, const char *word,
                    command_words *words, bool names_only)
{
	size_t first = words->len;
	size_t offset = complete_line(s, line, words, names_only);

	if (line + offset != word)
		drop_from(words, first);
}

size_t command_complete(struct session *s, const char *line,
                        command_words *words)
{
	return complete_line(s, line, words, false);
}
