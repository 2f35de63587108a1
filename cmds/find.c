/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which command a line names.  gdb's rules, word by word: the exact name, an
 * alias, a unique abbreviation.
 */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <ctype.h>
#include <string.h>

const struct command *command_at(size_t index)
{
	size_t count;
	const struct command_table *const *tables = command_tables(&count);

	for (size_t i = 0; i < count; i++) {
		if (index < tables[i]->count)
			return &tables[i]->commands[index];
		index -= tables[i]->count;
	}
	return NULL;
}

const struct command *command_named(const char *name)
{
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

const char *command_last_word(const struct command *command)
{
	const char *blank = strrchr(command->name, ' ');

	return blank ? blank + 1 : command->name;
}

bool command_is_child(const struct command *parent,
                      const struct command *command)
{
	const char *last = command_last_word(command);
	size_t len = parent ? strlen(parent->name) : 0;

	if (!parent)
		return last == command->name;
	return strncmp(command->name, parent->name, len) == 0 &&
	       command->name[len] == ' ' && command->name + len + 1 == last;
}

size_t command_word_len(const char *text)
{
	size_t len = 0;

	while (isalnum((unsigned char)text[len]) ||
	       (text[len] && strchr("-_.", text[len])))
		len++;
	return len;
}

static bool is_alias(const char *aliases, const char *word, size_t len)
{
	if (!aliases)
		return false;
	for (const char *at = aliases; *at; at += strspn(at, " ")) {
		size_t n = strcspn(at, " ");

		if (n == len && memcmp(at, word, len) == 0)
			return true;
		at += n;
	}
	return false;
}

static bool has_prefix(const char *name, const char *word, size_t len)
{
	return strncmp(name, word, len) == 0;
}

/* What an abbreviation may mean; a setting has no command. */
struct candidate {
	const char *name;
	const struct command *command;
};

typedef VEC(struct candidate) candidates;

static void add_settings(candidates *found, const char *word, size_t len)
{
	for (const struct setting *t = NULL; (t = setting_next(t)); )
		if (has_prefix(t->name, word, len))
			vec_push(found, (struct candidate){ t->name, NULL });
}

static void add_commands(const struct session *s, candidates *found,
                         const struct command *parent, const char *word,
                         size_t len)
{
	const struct command *c;

	for (size_t i = 0; s && !parent && i < s->commands->user.len; i++) {
		c = &s->commands->user.items[i]->command;
		/* A user's command that hides a built-in one is that. */
		if (has_prefix(c->name, word, len) && !command_named(c->name))
			vec_push(found, (struct candidate){ c->name, c });
	}
	for (size_t i = 0; (c = command_at(i)); i++)
		if (command_is_child(parent, c) &&
		    has_prefix(command_last_word(c), word, len))
			vec_push(found, (struct candidate){
				command_last_word(c), c });
}

/* The only one, or the one that all others begin with; NULL: neither. */
static const struct candidate *best(const candidates *found)
{
	const struct candidate *shortest = found->items;

	for (size_t i = 1; i < found->len; i++)
		if (strlen(found->items[i].name) < strlen(shortest->name))
			shortest = &found->items[i];
	for (size_t i = 0; i < found->len; i++)
		if (!has_prefix(found->items[i].name, shortest->name,
		                strlen(shortest->name)))
			return NULL;
	return shortest;
}

static struct error *ambiguous(const struct command *parent,
                               const char *word, size_t len,
                               const candidates *found)
{
	AUTO_BUF struct buf names = { 0 };

	buf_init(&names);
	for (size_t i = 0; i < found->len; i++)
		buf_printf(&names, "%s%s", i ? ", " : "",
		           found->items[i].name);
	return error_new(ERROR_USAGE, "ambiguous command \"%s%s%.*s\": %s",
	                 parent ? parent->name : "", parent ? " " : "",
	                 (int)len, word, names.data);
}

static const struct command *find_exact(const struct session *s,
                                        const struct command *parent,
                                        const char *word, size_t len)
{
	const struct user_command *u = parent ? NULL
		: user_command_named(s, word, len);
	const struct command *c;

	if (u)
		return &u->command;
	for (size_t i = 0; (c = command_at(i)); i++) {
		const char *last = command_last_word(c);

		if (command_is_child(parent, c) &&
		    ((strlen(last) == len && memcmp(last, word, len) == 0) ||
		     is_alias(c->aliases, word, len)))
			return c;
	}
	return NULL;
}

/*
 * What means something else to people who come from gdb, and what scdb does
 * not have: no abbreviation of another command may take these (`si` is not
 * `signal`, `start` not `starti`).
 */
static bool is_foreign(const char *word, size_t len)
{
	static const char *const words[] = {
		"advance", "awatch", "b", "backtrace", "br", "bre", "brea",
		"break", "bt", "call", "checkpoint", "cl", "clear", "compile",
		"core", "disas", "disassemble", "disp", "display", "down",
		"dow", "f", "fin", "fini", "finish", "fr", "frame", "hb",
		"hbreak", "j", "jump", "l", "li", "lis", "list", "load", "n",
		"next", "nexti", "ni", "pt", "ptype", "rb", "rbreak", "rc",
		"ret", "return", "rn", "rs", "rsi", "rwatch", "s", "search",
		"si", "sta", "star", "start", "ste", "step", "stepi", "stop",
		"tb", "tbreak", "thb", "thbreak", "tp", "u", "undisplay",
		"unt", "until", "up", "w", "wat", "watch", "whatis", "where",
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strlen(words[i]) == len &&
		    memcmp(words[i], word, len) == 0)
			return true;
	return false;
}

struct error *command_find_below(const struct session *s,
                                 const struct command *parent,
                                 const char *word, size_t len,
                                 const struct command **found)
{
	const struct candidate *one;
	struct error *err = NULL;
	candidates fits = { 0 };
	bool any_command;

	*found = find_exact(s, parent, word, len);
	if (*found || (!parent && is_foreign(word, len)))
		return NULL;
	add_commands(s, &fits, parent, word, len);
	any_command = fits.len > 0;
	if (parent && (parent->flags & CMD_SETTINGS))
		add_settings(&fits, word, len);
	/* Settings among themselves are told apart by setting_find. */
	one = any_command ? best(&fits) : NULL;
	if (one)
		*found = one->command;
	else if (any_command)
		err = ambiguous(parent, word, len, &fits);
	vec_deinit(&fits);
	return err;
}

static struct error *undefined(const struct command *parent, const char *text)
{
	size_t len = command_word_len(text);
	AUTO_FREE char *shown = NULL;

	if (!len)
		len = strcspn(text, " \t");
	shown = command_quoted(text, len);
	if (!parent)
		return error_new(ERROR_USAGE,
		                 "undefined command: \"%s\"; try \"help\"",
		                 shown);
	return error_new(ERROR_USAGE,
	                 "undefined %s command: \"%s\"; try \"help %s\"",
	                 parent->name, shown, parent->name);
}

struct error *command_find(const struct session *s, const char *line,
                           const struct command **command,
                           const char **rest)
{
	const struct command *found = NULL;
	const char *at = skip_blanks(line);

	if (*at == '!') {
		*command = command_named("shell");
		*rest = skip_blanks(at + 1);
		return NULL;
	}
	do {
		size_t len = command_word_len(at);
		const struct command *next = NULL;

		if (len)
			TRY(command_find_below(s, found, at, len, &next));
		if (!next) {
			if (!found || (*at && (!found->run || !*found->args)))
				return undefined(found, at);
			break;
		}
		found = next;
		at = skip_blanks(at + len);
	} while (found->flags & CMD_PREFIX);
	*command = found;
	*rest = at;
	return NULL;
}
