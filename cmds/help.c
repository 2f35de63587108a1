/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `help`, all of it made from the tables. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/pattern.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *name;
	const char *title;
} groups[GROUP_COUNT] = {
	[GROUP_RUNNING] = { "running", "Running programs" },
	[GROUP_SYSCALLS] = { "syscalls", "System calls" },
	[GROUP_BREAKPOINTS] = { "breakpoints", "Breakpoints and catchpoints" },
	[GROUP_LOOKING] = { "looking", "Looking at a stopped program" },
	[GROUP_TOOL] = { "tool", "The tool itself" },
	[GROUP_USER] = { "user-defined", "Defined by you" },
};

const char *command_group_name(enum command_group group)
{
	return groups[group].name;
}

const char *command_group_title(enum command_group group)
{
	return groups[group].title;
}

static const struct out_column name_columns[] = {
	{ "name", "Command", false },
	{ "summary", "What it does", false },
};

static void name_row(struct out *o, const struct command *c)
{
	AUTO_BUF struct buf names;

	buf_init(&names);
	buf_puts(&names, c->name);
	if (c->aliases)
		buf_puts(&names, ", ");
	for (const char *at = c->aliases; at && *at; at++)
		buf_puts(&names, *at == ' ' ? ", " : (char[]){ *at, 0 });
	out_row(o);
	out_str(o, "name", ROLE_NAME, names.data);
	out_str(o, "summary", ROLE_PLAIN, c->summary);
}

/* The built-in commands, then the user's; NULL behind the last. */
static const struct command *any_at(const struct session *s, size_t index)
{
	const struct command *c;
	size_t built_in = 0;

	while ((c = command_at(built_in)) && built_in < index)
		built_in++;
	if (c)
		return c;
	index -= built_in;
	return index < s->commands->user.len
		? &s->commands->user.items[index]->command : NULL;
}

static void list_names(struct session *s, size_t group)
{
	struct out *o = s->out;
	const struct command *c;
	size_t column = 0;

	out_list_begin(o, "commands");
	for (size_t i = 0; (c = any_at(s, i)); i++) {
		size_t len = strlen(c->name);

		if (c->group != group)
			continue;
		if (column && column + len + 3 > 76) {
			out_text(o, ROLE_PLAIN, ",\n  ");
			column = 2;
		} else {
			out_text(o, ROLE_PLAIN, column ? ", " : "  ");
			column += 2;
		}
		out_str(o, "command", ROLE_NAME, c->name);
		column += len;
	}
	out_list_end(o);
	out_text(o, ROLE_PLAIN, "\n");
}

static void list_groups(struct session *s)
{
	struct out *o = s->out;

	out_begin(o, "groups");
	out_list_begin(o, "groups");
	for (size_t g = 0; g < GROUP_COUNT; g++) {
		if (g == GROUP_USER && !s->commands->user.len)
			continue;
		out_begin(o, "group");
		out_str(o, "title", ROLE_HEADING, groups[g].title);
		out_text(o, ROLE_DIM, " (help ");
		out_str(o, "name", ROLE_DIM, groups[g].name);
		out_text(o, ROLE_DIM, ")\n");
		list_names(s, g);
		out_end(o);
	}
	out_list_end(o);
	out_text(o, ROLE_PLAIN,
	         "\nA unique abbreviation is enough. `help COMMAND` says more "
	         "of one.\n");
	out_end(o);
}

static void list_group(struct session *s, size_t group)
{
	const struct command *c;

	out_table_begin(s->out, "commands", name_columns,
	                ARRAY_LEN(name_columns));
	for (size_t i = 0; (c = any_at(s, i)); i++)
		if (c->group == group)
			name_row(s->out, c);
	out_table_end(s->out);
}

void command_list_below(struct session *s, const struct command *prefix)
{
	const struct command *c;

	out_table_begin(s->out, "commands", name_columns,
	                ARRAY_LEN(name_columns));
	for (size_t i = 0; (c = command_at(i)); i++)
		if (command_is_child(prefix, c))
			name_row(s->out, c);
	out_table_end(s->out);
}

/* TEXT in lines of at most 76 columns; a new line in it stays one. */
static void wrapped(struct out *o, const char *text)
{
	enum { COLUMNS = 76 };
	size_t column = 0;

	while (*text) {
		size_t len = strcspn(text, " \n");

		if (column && column + 1 + len > COLUMNS) {
			out_text(o, ROLE_PLAIN, "\n");
			column = 0;
		}
		out_text(o, ROLE_PLAIN, "%s%.*s", column ? " " : "", (int)len,
		         text);
		column += len + (column > 0);
		text += len;
		if (*text == '\n') {
			out_text(o, ROLE_PLAIN, "\n");
			column = 0;
		}
		text += *text != '\0';
	}
	if (column)
		out_text(o, ROLE_PLAIN, "\n");
}

static void show_example(struct out *o, const char *example, const char *where)
{
	if (!example)
		return;
	out_hidden_str(o, "example", example);
	out_text(o, ROLE_PLAIN, "\nExample%s:\n", where);
	while (*example) {
		size_t len = strcspn(example, "\n");

		out_text(o, ROLE_PLAIN, "    %.*s\n", (int)len, example);
		example += len + (example[len] == '\n');
	}
}

const char *command_example_where(enum example_at at)
{
	static const char *const where[] = {
		[EXAMPLE_AT_ANY] = "",
		[EXAMPLE_AT_START] = ", in a program that is stopped",
		[EXAMPLE_AT_ENTRY] = ", at the entry of an openat",
		[EXAMPLE_AT_EXIT] = ", at the exit of a call",
		[EXAMPLE_AT_SIGNAL] = ", where a signal stopped the program",
		[EXAMPLE_AT_RUNNING] = (", while the program runs in the "
			"background"),
	};

	return where[at];
}

static void describe(struct session *s, const struct command *c)
{
	struct out *o = s->out;
	AUTO_BUF struct buf usage = { 0 };
	AUTO_FREE char *sentence = NULL;
	const struct command *below = NULL;

	buf_init(&usage);
	command_usage(c, &usage);
	out_begin(o, "help");
	out_hidden_str(o, "name", c->name);
	if (c->help)
		out_hidden_str(o, "help", c->help);
	if (c->flags & CMD_USER && c->help) {
		out_text(o, ROLE_PLAIN, "%s", c->help);
		out_end(o);
		return;
	}
	if (c->flags & CMD_PREFIX && !*c->args)
		buf_puts(&usage, " NAME ...");
	out_text(o, ROLE_HEADING, "Usage: ");
	out_str(o, "usage", ROLE_NAME, usage.data);
	out_text(o, ROLE_PLAIN, "\n");
	if (c->aliases) {
		out_text(o, ROLE_PLAIN, "Also: ");
		out_str(o, "aliases", ROLE_PLAIN, c->aliases);
		out_text(o, ROLE_PLAIN, "\n");
	}
	sentence = xasprintf("%c%s.", toupper((unsigned char)c->summary[0]),
	                     c->summary + 1);
	out_str_shown(o, "summary", ROLE_PLAIN, c->summary, sentence);
	out_text(o, ROLE_PLAIN, "\n");
	if (c->help) {
		out_text(o, ROLE_PLAIN, "\n");
		wrapped(o, c->help);
	}
	if (c->flags & (CMD_REPEATS | CMD_REPEATS_BARE))
		out_text(o, ROLE_PLAIN, "\nAn empty line %s.\n",
		         c->flags & CMD_REPEATS ? "does it again"
		                                : "goes on with it");
	show_example(o, c->example, command_example_where(c->example_at));
	out_end(o);
	for (size_t i = 0; !below && (below = command_at(i)); i++)
		if (!command_is_child(c, below))
			below = NULL;
	if ((c->flags & CMD_PREFIX) && below) {
		out_text(o, ROLE_PLAIN, "\n");
		command_list_below(s, c);
	}
}

static void describe_setting(struct session *s, const struct setting *setting)
{
	AUTO_BUF struct buf values = { 0 };
	AUTO_FREE char *initial = setting_initial(setting), *sentence = NULL;

	buf_init(&values);
	setting_values(setting, &values);
	out_begin(s->out, "help");
	out_text(s->out, ROLE_HEADING, "Usage: ");
	out_text(s->out, ROLE_PLAIN, "set ");
	out_str(s->out, "name", ROLE_NAME, setting->name);
	out_text(s->out, ROLE_PLAIN, " ");
	out_str(s->out, "values", ROLE_PLAIN, values.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	sentence = xasprintf("%c%s.", toupper((unsigned char)*setting->summary),
	                     setting->summary + 1);
	out_str_shown(s->out, "summary", ROLE_PLAIN, setting->summary,
	              sentence);
	out_text(s->out, ROLE_PLAIN, "\nIt starts as ");
	out_str_shown(s->out, "initial", ROLE_CONSTANT, initial,
	              *initial ? initial : "empty");
	out_text(s->out, ROLE_PLAIN, ".\n");
	if (setting->help) {
		out_hidden_str(s->out, "help", setting->help);
		out_text(s->out, ROLE_PLAIN, "\n");
		wrapped(s->out, setting->help);
	}
	show_example(s->out, setting->example, "");
	out_end(s->out);
}

/* apropos */

static bool matches(struct pattern *pattern, const char *text)
{
	return text && pattern_finds(pattern, text);
}

static void apropos_row(struct out *o, const char *name, const char *summary,
                        const char *help)
{
	out_begin(o, "match");
	out_str(o, "name", ROLE_NAME, name);
	out_text(o, ROLE_PLAIN, " -- ");
	out_str(o, "summary", ROLE_PLAIN, summary);
	out_text(o, ROLE_PLAIN, "\n");
	if (help) {
		out_hidden_str(o, "help", help);
		wrapped(o, help);
	}
	out_end(o);
}

static bool apropos_settings(struct session *s, struct pattern *pattern,
                             bool verbose)
{
	bool any = false;

	for (const struct setting *t = NULL; (t = setting_next(t)); ) {
		AUTO_FREE char *name = xasprintf("set %s", t->name);

		if (!matches(pattern, name) && !matches(pattern, t->summary) &&
		    !matches(pattern, t->help))
			continue;
		apropos_row(s->out, name, t->summary,
		            verbose ? t->help : NULL);
		any = true;
	}
	return any;
}

struct error *command_apropos(struct session *s, const char *text,
                              bool verbose)
{
	AUTO_PATTERN struct pattern *pattern = NULL;
	const struct command *c;
	bool any = false;

	TRY(pattern_make(text, strlen(text), PATTERN_ANY_CASE, &pattern));
	for (size_t i = 0; (c = any_at(s, i)); i++) {
		if (!matches(pattern, c->name) && !matches(pattern, c->aliases) &&
		    !matches(pattern, c->summary) && !matches(pattern, c->help))
			continue;
		apropos_row(s->out, c->name, c->summary,
		            verbose ? c->help : NULL);
		any = true;
	}
	any = apropos_settings(s, pattern, verbose) || any;
	return any ? NULL : error_new(ERROR_NOT_FOUND,
	                              "no help speaks of that");
}

/* A topic that is no command's name: a setting, also without its `set`. */
static struct error *help_setting(struct session *s, const char *topic)
{
	AUTO_FREE char *shown = command_quoted(topic, strlen(topic));
	const struct setting *setting = setting_starting(topic);

	if (!setting)
		return error_new(ERROR_NOT_FOUND, "there is no command, group "
		                 "or setting \"%s\"; try \"apropos WORD\"",
		                 shown);
	TRY(setting_find(topic, &setting));
	describe_setting(s, setting);
	return NULL;
}

struct error *command_help(struct session *s, const char *topic)
{
	AUTO_FREE char *expanded = NULL;
	const struct command *command = NULL;
	const struct setting *setting;
	const char *rest;

	if (!topic || !*topic) {
		list_groups(s);
		return NULL;
	}
	for (size_t i = 0; i < GROUP_COUNT; i++)
		if (strcmp(topic, groups[i].name) == 0 &&
		    !command_named(topic)) {
			list_group(s, i);
			return NULL;
		}
	expanded = script_expand_alias(s, topic);
	if (expanded) {
		out_begin(s->out, "alias");
		out_str(s->out, "name", ROLE_NAME, topic);
		out_text(s->out, ROLE_PLAIN, " stands for: ");
		out_str(s->out, "command", ROLE_PLAIN, expanded);
		out_text(s->out, ROLE_PLAIN, "\n");
		out_end(s->out);
		topic = expanded;
	}
	TRY(command_find_below(s, NULL, topic, command_word_len(topic),
	                       &command));
	if (!command)
		return help_setting(s, topic);
	TRY(command_find(s, topic, &command, &rest));
	if (*rest && (command->flags & CMD_SETTINGS)) {
		TRY(setting_find(rest, &setting));
		describe_setting(s, setting);
		return NULL;
	}
	if (*rest && !expanded) {
		AUTO_FREE char *shown = command_quoted(rest, strlen(rest));

		return error_new(ERROR_USAGE, "there is no command \"%s %s\"",
		                 command->name, shown);
	}
	describe(s, command);
	return NULL;
}
