/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where source files are looked for, and what is looked for in them. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/pattern.h"
#include "session/location.h"

#include <string.h>

/* Directories. */

static void show_directories(struct session *s)
{
	const char *list = s->settings.directories;

	out_begin(s->out, "directories");
	out_text(s->out, ROLE_PLAIN, "Source directories searched: ");
	out_str(s->out, "directories", ROLE_STRING,
	        list ? list : "$cdir:$cwd");
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static bool is_listed(const char *list, const char *dir, size_t len)
{
	while (*list) {
		size_t here = strcspn(list, ":");

		if (here == len && strncmp(list, dir, len) == 0)
			return true;
		list += here + (list[here] == ':');
	}
	return false;
}

/* OLD without what is in FRONT. */
static void append_others(struct buf *list, const char *front, const char *old)
{
	while (*old) {
		size_t len = strcspn(old, ":");

		if (len && !is_listed(front, old, len)) {
			buf_putc(list, ':');
			buf_add(list, old, len);
		}
		old += len + (old[len] == ':');
	}
}

static struct error *run_directory(struct session *s,
                                   struct command_args *args)
{
	const char *old = s->settings.directories
	                ? s->settings.directories : "$cdir:$cwd";
	const struct setting *setting;
	AUTO_BUF struct buf list = { 0 };

	TRY(setting_find("directories", &setting));
	buf_init(&list);
	if (args->arg[0].given) {
		AUTO_FREE char *front = xstrdup(args->arg[0].text);

		for (char *c = front; *c; c++)
			if (*c == ' ' || *c == '\t')
				*c = ':';
		for (char *at = front; *at;) {
			size_t len = strcspn(at, ":");
			AUTO_FREE char *one = xstrndup(at, len);
			AUTO_FREE char *path = command_path(one);

			if (len)
				buf_printf(&list, "%s%s", list.len ? ":" : "",
				           path);
			at += len + (at[len] == ':');
		}
		AUTO_FREE char *given = xstrdup(list.data);

		append_others(&list, given, old);
	} else if (!command_confirm(s, "Reinitialize source path to "
	                            "$cdir:$cwd?")) {
		return NULL;
	}
	TRY(setting_set(s, setting, list.data));
	show_directories(s);
	return NULL;
}

/* Substitutions. */

static void show_rule(struct session *s, const struct substitution *rule)
{
	out_begin(s->out, "substitution");
	out_text(s->out, ROLE_PLAIN, "  `");
	out_str(s->out, "from", ROLE_STRING, rule->from);
	out_text(s->out, ROLE_PLAIN, "' -> `");
	out_str(s->out, "to", ROLE_STRING, rule->to);
	out_text(s->out, ROLE_PLAIN, "'.\n");
	out_end(s->out);
}

static struct error *run_set_substitute(struct session *s,
                                        struct command_args *args)
{
	if (!*args->arg[0].text)
		return error_new(ERROR_USAGE, "First argument must be at least "
		                 "one character long");
	source_substitute(s, args->arg[0].text, args->arg[1].text);
	return NULL;
}

static struct error *run_unset_substitute(struct session *s,
                                          struct command_args *args)
{
	struct source_store *store = s->sources;
	const char *from = args->arg[0].given ? args->arg[0].text : NULL;
	bool any = false;

	if (!from && !command_confirm(s, "Delete all source path substitution "
	                              "rules?"))
		return NULL;
	for (size_t i = store->substitutions.len; i-- > 0;) {
		struct substitution *rule = &store->substitutions.items[i];

		if (from && strcmp(rule->from, from) != 0)
			continue;
		free(rule->from);
		free(rule->to);
		vec_remove(&store->substitutions, i);
		any = true;
	}
	if (from && !any)
		return error_new(ERROR_NOT_FOUND, "No substitution rule "
		                 "defined for `%s'", from);
	source_forget(s);
	return NULL;
}

static struct error *run_show_substitute(struct session *s,
                                         struct command_args *args)
{
	const struct source_store *store = s->sources;
	const char *from = args->arg[0].given ? args->arg[0].text : NULL;

	if (from)
		out_text(s->out, ROLE_PLAIN, "Source path substitution rule "
		         "matching `%s':\n", from);
	else
		out_text(s->out, ROLE_PLAIN, "List of all source path "
		         "substitution rules:\n");
	for (size_t i = 0; i < store->substitutions.len; i++) {
		const struct substitution *rule =
			&store->substitutions.items[i];
		size_t len = strlen(rule->from);

		if (!from || (strncmp(from, rule->from, len) == 0 &&
		              (!from[len] || from[len] == '/')))
			show_rule(s, rule);
	}
	return NULL;
}

/* Searches. */

static bool matches(const struct source_file *file, unsigned number,
                    struct pattern *pattern)
{
	size_t len;
	const char *text = source_text(file, number, &len);
	AUTO_FREE char *line = xstrndup(text, len > 65536 ? 65536 : len);

	return pattern_finds(pattern, line);
}

static struct error *search(struct session *s, const struct command_args *args,
                            int step)
{
	struct source_position *p = &s->sources->position;
	struct source_file *file;
	struct source_line line;
	AUTO_PATTERN struct pattern *pattern = NULL;
	unsigned at, count;

	TRY(command_pattern(&args->arg[0], &pattern));
	TRY(location_default(s));
	line = (struct source_line){ .file = p->file, .path = p->path,
	                             .directory = p->directory };
	TRY(source_open(s, &line, &file));
	count = source_line_count(file);
	at = step > 0 ? p->last + 1 : p->last ? p->last - 1 : 0;
	while (at >= 1 && at <= count && !matches(file, at, pattern))
		at += (unsigned)step;
	if (at < 1 || at > count)
		return error_new(ERROR_NOT_FOUND, "Expression not found");
	TRY(source_show(s, &line, at, at));
	line.line = at;
	source_stand_at(s, p->image, &line);
	return NULL;
}

static struct error *run_search(struct session *s, struct command_args *args)
{
	return search(s, args, 1);
}

static struct error *run_reverse_search(struct session *s,
                                        struct command_args *args)
{
	return search(s, args, -1);
}

static const struct command table[] = {
	{
		.name = "directory", .aliases = "dir", .group = GROUP_LOOKING,
		.args = "[directories:rest]",
		.summary = "look for source files in these directories first",
		.help = "Several are separated by colons or blanks. Without "
			"an argument the list is as at first, $cdir:$cwd. "
			"`show directories` shows it.",
		.example = "directory /usr/src",
		.run = run_directory,
	}, {
		.name = "set substitute-path", .group = GROUP_LOOKING,
		.args = "from:word to:word",
		.summary = "look for source files below TO in place of FROM",
		.help = "FROM is a directory as the compiler saw it.",
		.example = "set substitute-path /build/src /home/me/src",
		.run = run_set_substitute,
	}, {
		.name = "unset substitute-path", .group = GROUP_LOOKING,
		.args = "[from:word]",
		.summary = "no longer look elsewhere for what is below FROM",
		.help = "Without an argument all such rules go.",
		.example = "set substitute-path /a /b\n"
			"unset substitute-path /a",
		.run = run_unset_substitute,
	}, {
		.name = "show substitute-path", .group = GROUP_LOOKING,
		.args = "[path:word]",
		.summary = "which directories stand for others",
		.help = "With PATH those that it would be subject to.",
		.example = "show substitute-path",
		.run = run_show_substitute,
	}, {
		.name = "forward-search", .aliases = "search fo",
		.group = GROUP_LOOKING, .args = "regex:rest",
		.summary = "look for a line of the source file that matches",
		.help = "It begins behind the line that was listed last.",
		.example = "help forward-search",
		.run = run_search,
	}, {
		.name = "reverse-search", .aliases = "rev",
		.group = GROUP_LOOKING, .args = "regex:rest",
		.summary = "look backwards for a line that matches",
		.help = "It begins before the line that was listed last.",
		.example = "help reverse-search",
		.run = run_reverse_search,
	},
};

const struct command_table commands_sources = { table, ARRAY_LEN(table) };
