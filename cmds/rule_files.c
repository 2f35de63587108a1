/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules that come with scdb, as files of commands.  Each begins with a
 * comment: what it is in one line, and more behind that.  `$NAME`s that its
 * rules use can be set before.
 */
#include "cmds/complete.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "session/rules.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MOST = 1024, FILES_MOST = 10000 };

static bool is_directory(const char *path)
{
	return access(path, R_OK | X_OK) == 0;
}

/* Where those are: as it is set, beside the program, or installed. */
static char *rules_directory(const struct session *s)
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash, *beside;

	if (s->settings.rules_directory)
		return command_path(s->settings.rules_directory);
	self[len > 0 ? len : 0] = '\0';
	slash = strrchr(self, '/');
	if (slash) {
		*slash = '\0';
		beside = xasprintf("%s/rules", self);
		if (is_directory(beside))
			return beside;
		free(beside);
	}
	return xstrdup(SCDB_RULES);
}

static bool is_name(const char *name)
{
	return *name && !name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
	                                   "0123456789-")];
}

static int is_rule_file(const struct dirent *entry)
{
	return is_name(entry->d_name);
}

/* Calls FN with the names that there are, in their order. */
static void each_file(const char *directory,
                      void (*fn)(void *ctx, const char *name), void *ctx)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, is_rule_file, alphasort);

	for (int i = 0; i < count; i++) {
		if (i < FILES_MOST)
			fn(ctx, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static void offer_name(void *ctx, const char *name)
{
	offer(ctx, name);
}

void complete_rule_file(const struct session *s, const char *word,
                        command_words *words)
{
	struct offer o = offer_begin(word, "", words);
	AUTO_FREE char *directory = rules_directory(s);

	each_file(directory, offer_name, &o);
}

static void add_name(void *ctx, const char *name)
{
	struct buf *names = ctx;

	buf_printf(names, "%s%s", names->len ? ", " : "", name);
}

static struct error *find_file(const struct session *s, const char *name,
                               char **path)
{
	AUTO_FREE char *directory = rules_directory(s);
	AUTO_FREE char *shown = command_quoted(name, strlen(name));
	AUTO_BUF struct buf names = { 0 };

	buf_init(&names);
	*path = is_name(name) ? xasprintf("%s/%s", directory, name) : NULL;
	if (*path && access(*path, R_OK) == 0)
		return NULL;
	free(*path);
	*path = NULL;
	each_file(directory, add_name, &names);
	if (!names.len)
		return error_new(ERROR_NOT_FOUND, "there are no rule files in "
		                 "%s", directory);
	return error_new(ERROR_NOT_FOUND, "no rule file is called \"%s\": "
	                 "there are %s (`source` takes other files)", shown,
	                 names.data);
}

static void close_file(FILE **file)
{
	if (*file)
		fclose(*file);
}

/* The comment that PATH begins with, without its signs; the first line is the
 * title alone.  REST may be NULL. */
static void read_comment(const char *path, struct buf *title,
                         struct buf *rest)
{
	CLEANUP(close_file) FILE *file = fopen(path, "re");
	char line[LINE_MOST];

	while (file && fgets(line, sizeof(line), file) && *line == '#') {
		const char *text = line + 1 + (line[1] == ' ');

		if (strncmp(text, "SPDX-", 5) == 0)
			continue;
		if (!title->len)
			buf_add(title, text, strcspn(text, "\n"));
		else if (rest)
			buf_puts(rest, text);
		else
			break;
	}
}

struct listing {
	struct session *s;
	const char *directory;
};

static void list_file(void *ctx, const char *name)
{
	const struct listing *l = ctx;
	AUTO_FREE char *path = xasprintf("%s/%s", l->directory, name);
	AUTO_BUF struct buf title = { 0 };

	buf_init(&title);
	read_comment(path, &title, NULL);
	out_row(l->s->out);
	out_str(l->s->out, "name", ROLE_NAME, name);
	out_str(l->s->out, "summary", ROLE_PLAIN, title.data);
}

static struct error *show_file(struct session *s, const char *name)
{
	AUTO_FREE char *path = NULL;
	AUTO_BUF struct buf title = { 0 }, rest = { 0 };

	TRY(find_file(s, name, &path));
	buf_init(&title);
	buf_init(&rest);
	read_comment(path, &title, &rest);
	out_begin(s->out, "rule-file");
	out_str(s->out, "name", ROLE_NAME, name);
	out_text(s->out, ROLE_PLAIN, ": ");
	out_str(s->out, "summary", ROLE_PLAIN, title.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_bytes(s->out, "help", ROLE_PLAIN, rest.data, rest.len);
	out_hidden_str(s->out, "path", path);
	out_end(s->out);
	return NULL;
}

static struct error *run_info(struct session *s, struct command_args *args)
{
	static const struct out_column columns[] = {
		{ "name", "Rules", false }, { "summary", "", false },
	};
	AUTO_FREE char *directory = rules_directory(s);
	struct listing l = { s, directory };

	if (args->arg[0].given)
		return show_file(s, args->arg[0].text);
	if (!is_directory(directory))
		return error_new(ERROR_NOT_FOUND, "there are no rule files in "
		                 "%s", directory);
	out_table_begin(s->out, "rule-files", columns, ARRAY_LEN(columns));
	each_file(directory, list_file, &l);
	out_table_end(s->out);
	return NULL;
}

/* Of a file that failed nothing stays. */
static void drop_since(struct session *s, unsigned last)
{
	for (size_t i = rules_count(s); i-- > 0;)
		if (rule_number(rules_at(s, i)) > last)
			rule_delete(s, rules_at(s, i));
}

/* Its rules are a layer of the file's name. */
static struct error *load_layer(struct session *s, const char *name,
                                const char *path)
{
	char *layer = s->settings.rule_layer;
	bool quiet = s->commands->quiet_rules;
	struct error *err;

	s->settings.rule_layer = xstrdup(name);
	s->commands->quiet_rules = true;
	err = command_source(s, path);
	s->commands->quiet_rules = quiet;
	free(s->settings.rule_layer);
	s->settings.rule_layer = layer;
	return err;
}

static struct error *run_load(struct session *s, struct command_args *args)
{
	const char *name = args->arg[0].text;
	unsigned last = rules_last(s);
	AUTO_BUF struct buf title = { 0 };
	AUTO_FREE char *path = NULL;
	struct error *err;

	TRY(find_file(s, name, &path));
	err = load_layer(s, name, path);
	if (err) {
		drop_since(s, last);
		return err;
	}
	buf_init(&title);
	read_comment(path, &title, NULL);
	out_begin(s->out, "rules-loaded");
	out_text(s->out, ROLE_PLAIN, "Rules ");
	out_uint(s->out, "first", ROLE_NUMBER, last + 1, "%u", last + 1);
	out_text(s->out, ROLE_PLAIN, "-");
	out_uint(s->out, "last", ROLE_NUMBER, rules_last(s), "%u",
	         rules_last(s));
	out_text(s->out, ROLE_PLAIN, ": ");
	out_str(s->out, "name", ROLE_NAME, name);
	out_text(s->out, ROLE_PLAIN, ", ");
	out_str(s->out, "summary", ROLE_PLAIN, title.data);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	return NULL;
}

static struct error *run_init(struct session *s, struct command_args *args)
{
	const char *text = args->line;
	size_t len = *text == '$' ? strcspn(text, " \t=") : 0;
	AUTO_FREE char *name = NULL, *line = NULL;

	if (len < 2 || text[len + strspn(text + len, " \t")] != '=')
		return error_new(ERROR_USAGE, "say $NAME = VALUE, as in "
		                 "`init-if-undefined $port = 80`");
	name = xstrndup(text + 1, len - 1);
	if (session_variable_is_set(s, name))
		return NULL;
	line = xasprintf("set variable %s", text);
	return command_execute(s, line);
}

static const struct command table[] = {
	{
		.name = "load rules", .group = GROUP_SYSCALLS,
		.args = "name:rule-file",
		.summary = "make the rules of a file that comes with scdb",
		.help = "`info rule-files` lists the names; with a NAME it "
			"says what the rules do, and which $NAMEs can be set "
			"before. The rules of several files add up: each file "
			"is a layer (`help set rule-layer`). Where a line "
			"fails no rule of the file stays.",
		.example = "set $port = 443\n"
			"load rules network-down",
		.run = run_load,
	}, {
		.name = "load", .group = GROUP_SYSCALLS, .args = "",
		.flags = CMD_PREFIX,
		.summary = "make rules that come with scdb",
		.example = "load rules short-io",
	}, {
		.name = "info rule-files", .group = GROUP_SYSCALLS,
		.args = "[name:rule-file]",
		.summary = "list the rules that `load rules` knows, or explain "
			"some",
		.example = "info rule-files\n"
			"info rule-files short-io",
		.run = run_info,
	}, {
		.name = "init-if-undefined", .group = GROUP_LOOKING,
		.args = "assignment:expression",
		.summary = "assign to a $NAME that was not set",
		.example = "init-if-undefined $port = 80",
		.run = run_init,
	},
};

const struct command_table commands_rule_files = { table, ARRAY_LEN(table) };
