/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which lines a fuzzer of commands must not run: what runs a shell, writes
 * files elsewhere than here, or would trace somebody else's process.
 */
#ifndef SCDB_TESTS_FUZZ_LEFT_OUT_H
#define SCDB_TESTS_FUZZ_LEFT_OUT_H

#include "cmds/internal.h"

#include "base/alloc.h"

#include <ctype.h>
#include <string.h>

static bool has_any(const char *text, const char *bytes)
{
	return text[strcspn(text, bytes)] != '\0';
}

static bool is_setting(const char *text, const char *name)
{
	AUTO_FREE char *word = xstrndup(text, strcspn(text, " \t="));
	const struct setting *setting;
	struct error *err = setting_find(word, &setting);
	bool is = !err && strcmp(setting->name, name) == 0;

	error_destroy(err);
	return is;
}

/* What is written by it stays here, or goes nowhere. */
static bool writes_here(const char *rest)
{
	static const char *const nowhere[] = {
		"/dev/null", "/dev/full", "/no/such/",
	};
	size_t len;

	for (size_t i = 0; i < ARRAY_LEN(nowhere); i++) {
		len = strlen(nowhere[i]);
		if (strncmp(rest, nowhere[i], len) == 0 &&
		    (i == 2 || !rest[len] || isspace((unsigned char)rest[len])))
			return true;
	}
	return !has_any(rest, "/~");
}

/* Where arguments are anything but plain words, a shell splits them. */
static bool needs_shell(const char *args)
{
	return has_any(args, "$`;|&<>(){}[]*?~!\"'\\#\n");
}

/* As `run` does, and `start`. */
static bool runs_program(const struct command *command)
{
	struct command_spec spec;

	command_spec_parse(command->args, &spec);
	return spec.count && spec.args[0].type == TAKES_SHELL;
}

/* COMMAND with REST behind it might do harm. */
static bool harms(const struct command *command, const char *rest)
{
	static const char *const never[] = {
		"shell", "source", "save breakpoints", "file", "nr",
	};
	const char *name = command->name;

	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		if (strcmp(name, never[i]) == 0)
			return true;
	/* Any number could be a process of somebody's. */
	if (strcmp(name, "attach") == 0)
		return isdigit((unsigned char)*rest) || *rest == '$';
	if (runs_program(command))
		return needs_shell(rest) && strcmp(rest, "&") != 0;
	if (strcmp(name, "set") == 0)
		return (is_setting(rest, "args") && needs_shell(rest)) ||
		       (is_setting(rest, "inferior-tty") &&
		        !strstr(rest, "pty")) ||
		       (is_setting(rest, "trace-file") &&
		        has_any(rest, "|!/~"));
	if (strncmp(name, "dump ", 5) == 0 ||
	    strncmp(name, "append ", 7) == 0 ||
	    strcmp(name, "restore") == 0 ||
	    strcmp(name, "generate-core-file") == 0)
		return !writes_here(rest);
	/* "to |COMMAND", "to !COMMAND" */
	if (strcmp(name, "trace") == 0)
		return strstr(rest, "to") &&
		       (has_any(rest, "|!") || !writes_here(rest));
	/* Another call's number by hand. */
	return strstr(name, "set") == name && strstr(rest, "orig_");
}

static bool is_left_out(const struct session *s, const char *line);

/* `thread apply`: a command may begin at any word. */
static bool hides_harm(const struct session *s, const char *rest)
{
	for (; *rest; rest = skip_blanks(rest + strcspn(rest, " \t\r\f\v,")))
		if (is_left_out(s, *rest == ',' ? ++rest : rest))
			return true;
	return false;
}

static bool is_left_out(const struct session *s, const char *line)
{
	AUTO_FREE char *expanded = script_expand_alias(s, skip_blanks(line));
	const struct command *command;
	const char *rest;
	struct error *err = command_find(s, expanded ? expanded : line,
	                                 &command, &rest);

	if (err) {
		error_destroy(err);
		return false;
	}
	/* An alias may be one of these too. */
	if (strcmp(command->name, "thread apply") == 0)
		return hides_harm(s, rest);
	if (strcmp(command->name, "alias") == 0)
		return strchr(rest, '=') &&
		       is_left_out(s, strchr(rest, '=') + 1);
	return harms(command, rest);
}

#endif
