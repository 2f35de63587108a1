/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands that the user made: define, document, alias, and hooks, which are
 * user commands with the names hook-NAME, hookpost-NAME and hook-stop.
 */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <ctype.h>
#include <string.h>

enum { MOST_COMMANDS = 10000, MOST_ALIASES = 1000 };

static void free_lines(char **lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
}

static void user_command_destroy(struct user_command *u)
{
	free((char *)(uintptr_t)u->command.name);
	free(u->text);
	free(u->summary);
	free_lines(u->lines, u->count);
	free(u);
}

void script_deinit(struct command_state *state)
{
	for (size_t i = 0; i < state->user.len; i++)
		user_command_destroy(state->user.items[i]);
	vec_deinit(&state->user);
	for (size_t i = 0; i < state->aliases.len; i++) {
		free(state->aliases.items[i].name);
		free(state->aliases.items[i].target);
	}
	vec_deinit(&state->aliases);
}

struct user_command *user_command_named(const struct session *s,
                                        const char *name, size_t len)
{
	for (size_t i = 0; s && i < s->commands->user.len; i++) {
		struct user_command *u = s->commands->user.items[i];

		if (strncmp(u->command.name, name, len) == 0 &&
		    !u->command.name[len])
			return u;
	}
	return NULL;
}

/* Running them. */

/* The words of TEXT; quotes and backslashes keep blanks, and stay. */
static void split_words(const char *text, command_words *words)
{
	for (text = skip_blanks(text); *text; text = skip_blanks(text)) {
		const char *at = text;
		char quote = 0;

		for (; *at && (quote || !isspace((unsigned char)*at)); at++) {
			if (*at == '\\' && at[1])
				at++;
			else if (quote && *at == quote)
				quote = 0;
			else if (!quote && (*at == '"' || *at == '\''))
				quote = *at;
		}
		vec_push(words, xstrndup(text, (size_t)(at - text)));
		text = at;
	}
}

static void free_words(command_words *words)
{
	for (size_t i = 0; i < words->len; i++)
		free(words->items[i]);
	vec_deinit(words);
}

struct error *user_command_run(struct session *s,
                               const struct command *command,
                               const char *args)
{
	/* The command is the first member of its user command. */
	const struct user_command *u = (const struct user_command *)command;
	CLEANUP(free_words) command_words words = { 0 };
	struct command_state *state = s->commands;
	struct command_frame frame = { .args = &words, .line = args };
	const struct command_frame *outer = state->frame;
	unsigned loops = state->loops;
	struct error *err;
	/* It may be defined anew while it runs. */
	size_t count = u->count;
	char **lines = xcalloc(count + 1, sizeof(*lines));

	for (size_t i = 0; i < count; i++)
		lines[i] = xstrdup(u->lines[i]);
	split_words(args, &words);
	state->frame = &frame;
	state->loops = 0;
	err = command_run_lines(s, lines, 0, count);
	state->loops = loops;
	state->frame = outer;
	free_lines(lines, count);
	/* The innermost place is told. */
	if (err && state->error_line && !state->error_placed) {
		err = error_prefix(err, "%s:%zu", command->name,
		                   state->error_line);
		state->error_placed = true;
	}
	state->error_line = 0;
	return err;
}

/* What `$argc`, `$argN` and `$arg*` at AT stand for; *LEN: of the word. */
static struct error *argument(const struct command_frame *frame,
                              const char *at, size_t *len, struct buf *text)
{
	size_t digits = strspn(at + 4, "0123456789");
	unsigned long long index;

	*len = 5;
	if (at[4] == 'c' && !isalnum((unsigned char)at[5]) && at[5] != '_') {
		buf_printf(text, "%zu", frame->args->len);
		return NULL;
	}
	if (at[4] == '*') {
		buf_puts(text, frame->line);
		return NULL;
	}
	*len = 4 + digits;
	if (!digits) {
		buf_add(text, at, *len);
		return NULL;
	}
	index = digits > 6 ? 1000000 : strtoull(at + 4, NULL, 10);
	if (index >= frame->args->len)
		return error_new(ERROR_USAGE, "argument $arg%.*s is missing",
		                 (int)digits, at + 4);
	buf_puts(text, frame->args->items[index]);
	return NULL;
}

struct error *script_substitute(const struct session *s, const char *line,
                                char **made)
{
	const struct command_frame *frame = s->commands->frame;
	AUTO_BUF struct buf text = { 0 };

	if (!frame || !strstr(line, "$arg"))
		return NULL;
	buf_init(&text);
	while (*line) {
		size_t len = 1;

		if (strncmp(line, "$arg", 4) == 0)
			TRY(argument(frame, line, &len, &text));
		else
			buf_putc(&text, *line);
		line += len;
		if (text.len > COMMAND_MAX_LINE)
			break; /* the dispatcher says so */
	}
	*made = xstrdup(text.data);
	return NULL;
}

char *script_expand_alias(const struct session *s, const char *line)
{
	size_t len = command_word_len(line);

	for (size_t i = 0; s && len && i < s->commands->aliases.len; i++) {
		const struct alias *a = &s->commands->aliases.items[i];

		if (strncmp(a->name, line, len) == 0 && !a->name[len])
			return xasprintf("%s%s", a->target, line + len);
	}
	return NULL;
}

struct error *script_run_hook(struct session *s, const char *which,
                              const char *name)
{
	AUTO_FREE char *full = xasprintf("%s-%s", which, name);
	struct user_command *u = user_command_named(s, full, strlen(full));
	const char *outer = s->commands->hooked;
	struct error *err;

	/* A hook may use what it hooks. */
	if (!u || (outer && strcmp(outer, name) == 0))
		return NULL;
	s->commands->hooked = name;
	err = user_command_run(s, &u->command, "");
	s->commands->hooked = outer;
	return err;
}

void script_before_stop(struct session *s)
{
	struct command_state *state = s->commands;
	struct error *err;

	if (!user_command_named(s, "hook-stop", strlen("hook-stop")) ||
	    state->in_stop_hook)
		return;
	state->in_stop_hook = true;
	err = script_run_hook(s, "hook", "stop");
	state->in_stop_hook = false;
	command_report(s, err);
}

/* Making them. */

static struct error *check_name(const char *name)
{
	AUTO_FREE char *shown = command_quoted(name, strlen(name));

	if (!isalpha((unsigned char)*name) && *name != '_')
		return error_new(ERROR_USAGE, "\"%s\": a name starts with a "
		                 "letter", shown);
	if (command_word_len(name) != strlen(name) || strlen(name) > 64)
		return error_new(ERROR_USAGE, "\"%s\": a name has letters, "
		                 "digits, - _ and . only, 64 at most", shown);
	return NULL;
}

/* What a hook is for must be there. */
static struct error *check_hook(const struct session *s, const char *name)
{
	const char *of = NULL;

	if (strncmp(name, "hook-", 5) == 0)
		of = name + 5;
	else if (strncmp(name, "hookpost-", 9) == 0)
		of = name + 9;
	if (!of || command_named(of) || strcmp(name, "hook-stop") == 0 ||
	    user_command_named(s, of, strlen(of)))
		return NULL;
	return error_new(ERROR_NOT_FOUND, "%s: there is no command \"%s\" to "
	                 "hook (whole names only)", name, of);
}

static struct user_command *user_command_make(struct session *s,
                                              const char *name)
{
	struct user_command *u = user_command_named(s, name, strlen(name));

	if (u)
		return u;
	u = xcalloc(1, sizeof(*u));
	u->command = (struct command){
		.name = xstrdup(name), .group = GROUP_USER,
		.args = "[arguments:rest]", .summary = "user-defined",
		.flags = CMD_REPEATS | CMD_USER,
	};
	vec_push(&s->commands->user, u);
	return u;
}

static struct error *run_define(struct session *s, struct command_args *args)
{
	const char *name = args->arg[0].text;
	struct user_command *u;
	char **lines;
	size_t count;

	TRY(check_name(name));
	TRY(check_hook(s, name));
	if (s->commands->user.len >= MOST_COMMANDS)
		return error_new(ERROR_USAGE, "more than %d user commands",
		                 (int)MOST_COMMANDS);
	if (command_named(name) &&
	    !command_confirm(s, "Really redefine built-in command \"%s\"?",
	                     name))
		return NULL;
	u = user_command_named(s, name, strlen(name));
	if (u && !command_confirm(s, "Redefine command \"%s\"?", name))
		return NULL;
	if (s->commands->input.ask)
		out_text(s->out, ROLE_PLAIN, "Type commands for definition of "
		         "\"%s\".\nEnd with a line saying just \"end\".\n",
		         name);
	TRY(command_read_block(s, false, &lines, &count));
	command_indent(s, lines, count);
	u = user_command_make(s, name);
	free_lines(u->lines, u->count);
	u->lines = lines;
	u->count = count;
	return NULL;
}

static void set_document(struct user_command *u, char **lines, size_t count)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s\n", lines[i]);
	free(u->text);
	free(u->summary);
	u->text = xstrdup(text.data);
	u->summary = count ? xstrdup(skip_blanks(lines[0])) : NULL;
	u->command.summary = u->summary && *u->summary ? u->summary
	                                               : "user-defined";
	u->command.help = u->text;
}

static struct error *run_document(struct session *s,
                                  struct command_args *args)
{
	const char *name = args->arg[0].text;
	AUTO_FREE char *shown = command_quoted(name, strlen(name));
	struct user_command *u = user_command_named(s, name, strlen(name));
	char **lines;
	size_t count;

	if (!u && command_named(name))
		return error_new(ERROR_REFUSED,
		                 "command \"%s\" is built-in", shown);
	if (!u)
		return error_new(ERROR_NOT_FOUND, "there is no user-defined "
		                 "command \"%s\"", shown);
	if (s->commands->input.ask)
		out_text(s->out, ROLE_PLAIN, "Type documentation for \"%s\".\n"
		         "End with a line saying just \"end\".\n", name);
	TRY(command_read_block(s, true, &lines, &count));
	set_document(u, lines, count);
	free_lines(lines, count);
	return NULL;
}

static void show_definition(struct session *s, const struct user_command *u)
{
	struct out *o = s->out;

	out_begin(o, "definition");
	out_text(o, ROLE_HEADING, "User command \"");
	out_str(o, "name", ROLE_NAME, u->command.name);
	out_text(o, ROLE_HEADING, "\":\n");
	out_list_begin(o, "lines");
	for (size_t i = 0; i < u->count; i++) {
		out_text(o, ROLE_PLAIN, "  ");
		out_str(o, "line", ROLE_PLAIN, u->lines[i]);
		out_text(o, ROLE_PLAIN, "\n");
	}
	out_list_end(o);
	out_end(o);
}

static struct error *run_show_user(struct session *s,
                                   struct command_args *args)
{
	const char *name = args->arg[0].text;
	const struct user_command *u;

	if (args->arg[0].given) {
		AUTO_FREE char *shown = command_quoted(name, strlen(name));

		u = user_command_named(s, name, strlen(name));
		if (!u)
			return error_new(ERROR_NOT_FOUND, "there is no "
			                 "user-defined command \"%s\"", shown);
		show_definition(s, u);
		return NULL;
	}
	for (size_t i = 0; i < s->commands->user.len; i++)
		show_definition(s, s->commands->user.items[i]);
	return NULL;
}

static void set_alias(struct session *s, const char *name, const char *target)
{
	for (size_t i = 0; i < s->commands->aliases.len; i++) {
		struct alias *a = &s->commands->aliases.items[i];

		if (strcmp(a->name, name) == 0) {
			free(a->target);
			a->target = xstrdup(target);
			return;
		}
	}
	vec_push(&s->commands->aliases, (struct alias){
		xstrdup(name), xstrdup(target) });
}

static struct error *list_aliases(struct session *s)
{
	for (size_t i = 0; i < s->commands->aliases.len; i++) {
		const struct alias *a = &s->commands->aliases.items[i];

		out_begin(s->out, "alias");
		out_str(s->out, "name", ROLE_NAME, a->name);
		out_text(s->out, ROLE_PLAIN, " = ");
		out_str(s->out, "command", ROLE_PLAIN, a->target);
		out_text(s->out, ROLE_PLAIN, "\n");
		out_end(s->out);
	}
	return NULL;
}

static struct error *run_alias(struct session *s, struct command_args *args)
{
	AUTO_FREE char *name = NULL, *shown = NULL;
	const struct command *command;
	const char *text, *equals, *target, *rest;

	if (!args->arg[0].given)
		return list_aliases(s);
	text = args->arg[0].text;
	equals = strchr(text, '=');
	if (!equals)
		return error_new(ERROR_USAGE, "say alias NAME = COMMAND");
	name = xstrndup(text, trimmed_len(text, (size_t)(equals - text)));
	shown = command_quoted(name, strlen(name));
	target = skip_blanks(equals + 1);
	TRY(check_name(name));
	if (command_named(name) ||
	    user_command_named(s, name, strlen(name)))
		return error_new(ERROR_REFUSED, "\"%s\" is a command already",
		                 shown);
	if (s->commands->aliases.len >= MOST_ALIASES)
		return error_new(ERROR_USAGE, "more than %d aliases",
		                 (int)MOST_ALIASES);
	/* So an alias is never one of itself. */
	TRY(command_find(s, target, &command, &rest));
	set_alias(s, name, target);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "define", .group = GROUP_TOOL, .args = "name:newname",
		.flags = CMD_BLOCK,
		.summary = "make a command of the lines that follow, up to "
			"`end`",
		.help = "$arg0, $arg1 ... stand for its arguments, $argc for "
			"their number, $arg* for all of them. A command with "
			"the name hook-NAME runs before the command NAME, "
			"hookpost-NAME after it, hook-stop before a stop is "
			"shown.",
		.example = "define opens\n"
			"  catch syscall %file\n"
			"  info breakpoints\n"
			"end",
		.run = run_define,
	}, {
		.name = "document", .group = GROUP_TOOL,
		.args = "name:user", .flags = CMD_BLOCK | CMD_RAW_BLOCK,
		.summary = "describe a user-defined command in the lines that "
			"follow, up to `end`",
		.example = "define opens\n"
			"  catch syscall %file\n"
			"end\n"
			"document opens\n"
			"Stop where files are opened.\n"
			"end",
		.run = run_document,
	}, {
		.name = "alias", .group = GROUP_TOOL,
		.args = "[-a] [name=command:alias]",
		.summary = "give a command, with its first arguments, another "
			"name",
		.help = "Without arguments it lists the aliases. gdb's -a is "
			"taken and means nothing here.",
		.example = "alias opens = catch syscall %file",
		.run = run_alias,
	}, {
		.name = "show user", .group = GROUP_TOOL,
		.args = "[name:user]",
		.summary = "show what user-defined commands are made of",
		.example = "define opens\n"
			"  catch syscall %file\n"
			"end\n"
			"show user opens",
		.run = run_show_user,
	},
};

const struct command_table commands_script = { table, ARRAY_LEN(table) };
