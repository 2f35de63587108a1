/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tool itself: help, set, show, source, shell, history, quit. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "session/shell.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct error *run_help(struct session *s, struct command_args *args)
{
	return command_help(s, args->arg[0].text);
}

static struct error *run_apropos(struct session *s,
                                 struct command_args *args)
{
	return command_apropos(s, args->arg[0].text, args->options & 1);
}

static struct error *run_dont_repeat(struct session *s,
                                     struct command_args *args)
{
	(void)args;
	s->commands->no_repeat = true;
	return NULL;
}

static void show_history_line(void *ctx, uint64_t number, const char *line)
{
	struct out *o = ctx;

	out_begin(o, "history");
	out_uint(o, "number", ROLE_NUMBER, number, "%5llu",
	         (unsigned long long)number);
	out_text(o, ROLE_PLAIN, "  ");
	out_str(o, "line", ROLE_PLAIN, line);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

static struct error *run_history(struct session *s, struct command_args *args)
{
	size_t count = args->arg[0].given ? args->arg[0].number : 10;

	/* Without a prompt nothing was typed. */
	if (s->hooks.history)
		s->hooks.history(s->hooks.ctx, count, show_history_line,
		                 s->out);
	return NULL;
}

static struct error *run_info(struct session *s, struct command_args *args)
{
	(void)args;
	command_list_below(s, command_named("info"));
	return NULL;
}

/* Settings. */

struct error *command_cut_setting(char *text, const struct setting **setting,
                                  char **value)
{
	size_t len = strcspn(text, " \t=");

	*value = text + len;
	if (text[len]) {
		*value = text + len + 1 + strspn(text + len + 1, " \t");
		text[len] = '\0';
	}
	return setting_find(text, setting);
}

static struct error *run_set(struct session *s, struct command_args *args)
{
	const struct setting *setting;
	char *value;

	if (args->line[0] == '$') {
		AUTO_FREE char *line = xasprintf("set variable %s",
		                                 args->line);

		return command_execute(s, line);
	}
	TRY(command_cut_setting(args->arg[0].text, &setting, &value));
	return setting_set(s, setting, value);
}

static void show_setting(struct session *s, const struct setting *setting)
{
	AUTO_FREE char *value = setting_text(s, setting);

	out_row(s->out);
	out_str(s->out, "name", ROLE_NAME, setting->name);
	out_str(s->out, "value", ROLE_CONSTANT, value);
	out_str(s->out, "summary", ROLE_DIM, setting->summary);
}

static struct error *run_show(struct session *s, struct command_args *args)
{
	static const struct out_column columns[] = {
		{ "name", "Setting", false },
		{ "value", "Value", false },
		{ "summary", "", false },
	};
	const struct setting *setting = NULL;

	if (args->arg[0].given) {
		AUTO_FREE char *value = NULL;
		const char *note;

		TRY(setting_find(args->arg[0].text, &setting));
		value = setting_text(s, setting);
		out_begin(s->out, "setting");
		out_str(s->out, "name", ROLE_NAME, setting->name);
		out_text(s->out, ROLE_PLAIN, " is ");
		out_str_shown(s->out, "value", ROLE_CONSTANT, value,
		              *value ? value : "empty");
		note = setting->note ? setting->note(s) : NULL;
		if (note) {
			out_text(s->out, ROLE_PLAIN, " (");
			out_str(s->out, "note", ROLE_PLAIN, note);
			out_text(s->out, ROLE_PLAIN, ")");
		}
		out_text(s->out, ROLE_PLAIN, ": ");
		out_str(s->out, "summary", ROLE_PLAIN, setting->summary);
		out_text(s->out, ROLE_PLAIN, "\n");
		out_end(s->out);
		return NULL;
	}
	out_table_begin(s->out, "settings", columns, ARRAY_LEN(columns));
	while ((setting = setting_next(setting)))
		show_setting(s, setting);
	out_table_end(s->out);
	return NULL;
}

/* The program's environment. */

static size_t env_len(char **env)
{
	size_t len = 0;

	while (env && env[len])
		len++;
	return len;
}

/* Where NAME (of LEN bytes) stands, or env_len. */
static size_t env_find(char **env, const char *name, size_t len)
{
	size_t i = 0;

	while (env && env[i] &&
	       (strncmp(env[i], name, len) != 0 || env[i][len] != '='))
		i++;
	return i;
}

static void env_unset(struct session *s, const char *name)
{
	char **env = s->program.env;
	size_t at = env_find(env, name, strlen(name));

	if (!env || !env[at])
		return;
	free(env[at]);
	for (; env[at]; at++)
		env[at] = env[at + 1];
}

static struct error *run_set_env(struct session *s, struct command_args *args)
{
	char *text = args->arg[0].text;
	size_t len = strcspn(text, " \t="), count;
	char *value = text + len + strspn(text + len, " \t");

	/* gdb's three ways: VAR=VALUE, VAR VALUE, VAR. */
	if (*value == '=')
		value += 1 + strspn(value + 1, " \t");
	if (!len)
		return error_new(ERROR_USAGE, "no variable is named");
	text[len] = '\0';
	value = xasprintf("%s=%s", text, value);
	env_unset(s, text);
	count = env_len(s->program.env);
	s->program.env = xrealloc(s->program.env,
	                          (count + 2) * sizeof(*s->program.env));
	s->program.env[count] = value;
	s->program.env[count + 1] = NULL;
	return NULL;
}

static struct error *run_unset_env(struct session *s,
                                   struct command_args *args)
{
	if (args->arg[0].given) {
		env_unset(s, args->arg[0].text);
		return NULL;
	}
	if (!command_confirm(s, "Delete all environment variables?"))
		return NULL;
	for (size_t i = 0; i < env_len(s->program.env); i++)
		free(s->program.env[i]);
	free(s->program.env);
	s->program.env = xcalloc(1, sizeof(*s->program.env));
	return NULL;
}

static void show_variable(struct session *s, const char *entry)
{
	AUTO_FREE char *name = xstrndup(entry, strcspn(entry, "="));

	out_begin(s->out, "environment");
	out_str(s->out, "name", ROLE_NAME, name);
	out_text(s->out, ROLE_PLAIN, "=");
	out_str(s->out, "value", ROLE_STRING, entry + strcspn(entry, "=") + 1);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *run_show_env(struct session *s,
                                  struct command_args *args)
{
	char **env = s->program.env;
	const char *name = args->arg[0].text;

	if (args->arg[0].given) {
		size_t at = env_find(env, name, strlen(name));
		AUTO_FREE char *shown = command_quoted(name, strlen(name));

		if (!env || !env[at])
			return error_new(ERROR_NOT_FOUND,
			                 "variable \"%s\" is not set", shown);
		show_variable(s, env[at]);
		return NULL;
	}
	for (; env && *env; env++)
		if (strchr(*env, '='))
			show_variable(s, *env);
	return NULL;
}

static struct error *run_show_version(struct session *s,
                                      struct command_args *args)
{
	(void)args;
	out_begin(s->out, "version");
	out_text(s->out, ROLE_PLAIN, "scdb ");
	out_str(s->out, "version", ROLE_PLAIN, SCDB_VERSION);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	return NULL;
}

/* Others. */

char *command_path(const char *text)
{
	const char *home = getenv("HOME");

	if (text[0] == '~' && text[1] == '/' && home)
		return xasprintf("%s%s", home, text + 1);
	return xstrdup(text);
}

static struct error *run_source(struct session *s, struct command_args *args)
{
	AUTO_FREE char *path = command_path(args->arg[0].text);

	return command_source(s, path);
}

/* A Ctrl-C that was for the shell's program is not for scdb. */
static void drop_interrupt(void)
{
	static const struct timespec now = { 0 };
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	while (sigtimedwait(&mask, NULL, &now) > 0)
		;
}

static struct error *run_shell(struct session *s, struct command_args *args)
{
	struct shell_wish wish = {
		.command = args->arg[0].given ? args->arg[0].text : NULL,
		.in = -1, .to_stderr = s->program.to_stderr,
	};
	struct error *err;
	pid_t pid;
	int status;

	out_flush(s->out);
	if (s->hooks.shell)
		s->hooks.shell(s->hooks.ctx, SHELL_BEGINS);
	err = shell_spawn(&wish, &pid);
	if (!err)
		err = session_await_child(s, pid, &status);
	drop_interrupt();
	if (s->hooks.shell)
		s->hooks.shell(s->hooks.ctx, SHELL_ENDED);
	if (err)
		return err;
	s->shell_status = status;
	if (WIFSIGNALED(status))
		return error_new(ERROR_REFUSED, "the shell was ended by "
		                 "signal %d", WTERMSIG(status));
	if (WEXITSTATUS(status))
		return error_new(ERROR_REFUSED, "the shell's exit status is "
		                 "%d", WEXITSTATUS(status));
	return NULL;
}

static struct error *run_quit(struct session *s, struct command_args *args)
{
	size_t launched = 0, attached = 0;

	(void)args;
	for (size_t i = 0; i < s->target->processes.len; i++) {
		const struct process *p = s->target->processes.items[i];

		launched += p->launched;
		attached += !p->launched && !p->core;
	}
	if ((launched || attached) &&
	    !command_confirm(s, "A debugging session is active: %s. "
	                     "Quit anyway?",
	                     !attached ? "what was launched will be killed" :
	                     !launched ? "what was attached will be let go" :
	                     "what was launched will be killed, the others "
	                     "let go"))
		return NULL;
	s->quit = true;
	return NULL;
}

static const struct command table[] = {
	{
		.name = "help", .aliases = "h", .group = GROUP_TOOL,
		.args = "[command:command]",
		.summary = "list the commands, or describe one",
		.example = "help catch syscall",
		.run = run_help,
	}, {
		.name = "info", .aliases = "i inf", .group = GROUP_TOOL,
		.args = "", .flags = CMD_PREFIX,
		.summary = "show what is known of the program",
		.example = "info",
		.run = run_info,
	}, {
		.name = "set", .group = GROUP_TOOL, .args = "setting:setting",
		.flags = CMD_PREFIX | CMD_SETTINGS,
		.summary = "change a setting, a variable or a register",
		.help = "`set NAME VALUE`, `set $REGISTER = VALUE`. `show` "
			"lists the settings.",
		.example = "set string-limit 100",
		.run = run_set,
	}, {
		.name = "set environment", .aliases = "env",
		.group = GROUP_TOOL, .args = "variable:assignment",
		.summary = "set a variable of programs to be run",
		.help = "`set env NAME=VALUE`, `set env NAME VALUE`, or "
			"`set env NAME` for an empty one.",
		.example = "set environment LANG=C",
		.run = run_set_env,
	}, {
		.name = "unset", .group = GROUP_TOOL, .args = "",
		.flags = CMD_PREFIX,
		.summary = "undo what a `set` of the same name did",
		.example = "unset environment LANG",
	}, {
		.name = "unset environment", .aliases = "env",
		.group = GROUP_TOOL, .args = "[variable:variable]",
		.summary = "remove a variable of programs to be run, or all",
		.example = "unset environment LANG",
		.run = run_unset_env,
	}, {
		.name = "show", .group = GROUP_TOOL,
		.args = "[setting:word]",
		.flags = CMD_PREFIX | CMD_SETTINGS,
		.summary = "show a setting, or all",
		.example = "show string-limit",
		.run = run_show,
	}, {
		.name = "show environment", .aliases = "env",
		.group = GROUP_TOOL, .args = "[variable:variable]",
		.summary = "show the variables of programs to be run",
		.example = "show environment PATH",
		.run = run_show_env,
	}, {
		.name = "show version", .group = GROUP_TOOL, .args = "",
		.summary = "show scdb's version",
		.example = "show version",
		.run = run_show_version,
	}, {
		.name = "source", .group = GROUP_TOOL, .args = "file:file",
		.summary = "run the commands in a file",
		.help = "It ends at the first command that fails. - is "
			"standard input.",
		.example = "source my-commands",
		.run = run_source,
	}, {
		.name = "shell", .group = GROUP_TOOL, .args = "[command:shell]",
		.summary = "run a shell, or a command in one (also !COMMAND)",
		.example = "shell ls",
		.run = run_shell,
	}, {
		.name = "apropos", .group = GROUP_TOOL,
		.args = "[-v] regex:rest",
		.summary = "find commands and settings whose help has a word",
		.help = "REGEX is an extended regular expression; upper and "
			"lower case are the same. -v shows the help too.",
		.example = "apropos catch",
		.run = run_apropos,
	}, {
		.name = "dont-repeat", .group = GROUP_TOOL, .args = "",
		.summary = "let an empty line not repeat this user-defined "
			"command",
		.example = "define once\n"
			"  echo once\\n\n"
			"  dont-repeat\n"
			"end",
		.run = run_dont_repeat,
	}, {
		.name = "history", .group = GROUP_TOOL, .args = "[n:count]",
		.summary = "show the last lines that were typed",
		.help = "10 of them, or N. Ctrl-R at the prompt searches "
			"them; they are kept from run to run.",
		.example = "history 20",
		.run = run_history,
	}, {
		.name = "quit", .aliases = "q exit", .group = GROUP_TOOL,
		.args = "",
		.summary = "end scdb: kill what was launched, let go what was "
			"attached",
		.example = "quit",
		.run = run_quit,
	},
};

const struct command_table commands_tool = { table, ARRAY_LEN(table) };
