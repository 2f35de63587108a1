/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/options.h"

#include "cmds/command.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	OPTION_ARGS = 256, OPTION_BATCH, OPTION_DOCTOR, OPTION_ENGINE,
	OPTION_JSON, OPTION_NO_FOLLOW, OPTION_TUI,
};

/*
 * getopt_long_only takes them with one dash too, as gdb does.  Words that gdb
 * has and that mean the same here stand beside our own.
 */
static const struct option long_options[] = {
	{ "args", no_argument, NULL, OPTION_ARGS },
	{ "batch", no_argument, NULL, OPTION_BATCH },
	{ "cd", required_argument, NULL, 'C' },
	{ "core", required_argument, NULL, 'c' },
	{ "command", required_argument, NULL, 'x' },
	{ "doctor", no_argument, NULL, OPTION_DOCTOR },
	{ "engine", required_argument, NULL, OPTION_ENGINE },
	{ "eval-command", required_argument, NULL, 'e' },
	{ "ex", required_argument, NULL, 'e' },
	{ "help", no_argument, NULL, 'h' },
	{ "json", optional_argument, NULL, OPTION_JSON },
	{ "no-follow", no_argument, NULL, OPTION_NO_FOLLOW },
	{ "nx", no_argument, NULL, 'n' },
	{ "pid", required_argument, NULL, 'p' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "silent", no_argument, NULL, 'q' },
	{ "tui", no_argument, NULL, OPTION_TUI },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 },
};

static const char help_text[] =
	"Usage: scdb [OPTION]... [--] [PROGRAM [ARG]...]\n"
	"  or:  scdb [OPTION]... -p PID[,PID]...\n"
	"  or:  scdb [OPTION]... -c CORE [PROGRAM]\n"
	"Step a program from system call to system call, read each one, and\n"
	"decide what becomes of it.\n"
	"\n"
	"  -p PID[,PID]...   attach to running processes\n"
	"  -c, --core FILE   look at a core file\n"
	"  -e, -ex CMD       run a command after start-up; repeatable\n"
	"  -x FILE           run the commands in FILE, in order with -e\n"
	"  -o FILE           `trace` writes to FILE unless told otherwise\n"
	"      --batch       no prompt: run the commands, end at the first\n"
	"                    that fails\n"
	"      --args        what follows is the program and its arguments\n"
	"      --json[=FILE] every event and result as one JSON object a line,\n"
	"                    to FILE, or to standard output instead of text\n"
	"  -n, --nx          read no init file\n"
	"  -q, --quiet       no banner\n"
	"      --tui         start in the full screen\n"
	"  -E VAR[=VALUE]    set or unset a variable of the program\n"
	"  -C DIR            the program's working directory\n"
	"  -u USER           run the program as USER (root only)\n"
	"      --no-follow   do not follow the processes that a process makes\n"
	"      --engine NAME how calls come to stop: auto, ptrace, seccomp\n"
	"      --doctor      try what this kernel and these rights allow,\n"
	"                    say what scdb does without, and exit\n"
	"  -h, --help        show this text\n"
	"  -V, --version     show the version\n"
	"\n"
	"Exit status: 0; with --batch 1 if a command failed, with --doctor 1\n"
	"if scdb can't work here; 2 if this command line is wrong.\n";

static const char version_text[] =
	"scdb " SCDB_VERSION "\n"
	"Copyright (C) 2026 the authors of scdb\n"
	"License GPLv3+: GNU GPL version 3 or later "
	"<https://gnu.org/licenses/gpl.html>\n"
	"This is free software: you are free to change and redistribute it.\n"
	"There is NO WARRANTY, to the extent permitted by law.\n";

static enum options_next usage_error(const char *what, const char *text)
{
	if (what)
		fprintf(stderr, "scdb: %s '%s'\n", what, text);
	fputs("Try 'scdb --help' for more information.\n", stderr);
	return OPTIONS_USAGE;
}

static bool add_pids(struct options *o, const char *text)
{
	for (;;) {
		char *end;
		long pid;

		errno = 0;
		pid = strtol(text, &end, 10);
		if (!isdigit((unsigned char)*text) || errno || pid < 1 ||
		    pid > INT_MAX || (*end && *end != ','))
			return false;
		vec_push(&o->pids, (pid_t)pid);
		if (!*end)
			return true;
		text = end + 1;
	}
}

static bool is_engine(const char *name)
{
	return !strcmp(name, "auto") || !strcmp(name, "ptrace") ||
	       !strcmp(name, "seccomp");
}

/* Of the options that take no value: whether OPTION is one. */
static bool take_flag(struct options *o, int option)
{
	switch (option) {
	case 'n':
		o->no_init = true;
		break;
	case 'q':
		o->quiet = true;
		break;
	case OPTION_BATCH:
		o->batch = true;
		break;
	case OPTION_DOCTOR:
		o->doctor = true;
		break;
	case OPTION_NO_FOLLOW:
		o->no_follow = true;
		break;
	case OPTION_TUI:
		o->tui = true;
		break;
	case OPTION_ARGS:
		break;
	default:
		return false;
	}
	return true;
}

static enum options_next take(struct options *o, int option, char *value)
{
	switch (option) {
	case 'p':
		if (!add_pids(o, value))
			return usage_error("not a process id:", value);
		break;
	case 'e':
	case 'x':
		vec_push(&o->commands, (struct option_command){
			.is_file = option == 'x', .text = value });
		break;
	case 'c':
		o->core = value;
		break;
	case 'E':
		if (!*value || *value == '=')
			return usage_error("no variable is named in", value);
		vec_push(&o->env, value);
		break;
	case 'C':
		o->cwd = value;
		break;
	case 'u':
		if (!getpwnam(value))
			return usage_error("no such user:", value);
		o->user = value;
		break;
	case 'o':
		if (!*value)
			return usage_error("a file must follow", "-o");
		o->trace_file = value;
		break;
	case OPTION_ENGINE:
		if (!is_engine(value))
			return usage_error("no engine (auto, ptrace, "
			                   "seccomp):", value);
		o->engine = value;
		break;
	case OPTION_JSON:
		o->json = true;
		o->json_file = value && strcmp(value, "-") != 0 ? value : NULL;
		break;
	default:
		if (!take_flag(o, option))
			return usage_error(NULL, NULL);
	}
	return OPTIONS_RUN;
}

enum options_next options_parse(int argc, char **argv, struct options *options)
{
	bool args = false;
	int option;

	*options = (struct options){ 0 };
	/* `+`: options end at the program. */
	while ((option = getopt_long_only(argc, argv, "+p:c:e:x:o:E:C:u:nqhV",
	                                  long_options, NULL)) != -1) {
		enum options_next next;

		if (option == 'h' || option == 'V') {
			fputs(option == 'h' ? help_text : version_text,
			      stdout);
			return OPTIONS_DONE;
		}
		next = take(options, option, optarg);
		if (next != OPTIONS_RUN)
			return next;
		args = args || option == OPTION_ARGS;
	}
	if (optind < argc)
		options->program = argv + optind;
	else if (args)
		return usage_error("a program must follow", "--args");
	if (options->tui && (options->batch ||
	                     (options->json && !options->json_file)))
		return usage_error("there is no screen with", options->batch
		                   ? "--batch" : "--json");
	if (options->program && !*options->program[0])
		return usage_error("the name of the program is empty:", "");
	return OPTIONS_RUN;
}

/* What can be read only once is left for who runs it. */
static bool file_says_detach(const char *path)
{
	struct stat st;
	FILE *f = stat(path, &st) == 0 && S_ISREG(st.st_mode)
	          ? fopen(path, "re") : NULL;
	bool found = !f;
	char *line = NULL;
	size_t size = 0;

	while (!found && getline(&line, &size, f) >= 0)
		found = command_says_detach(line);
	free(line);
	if (f)
		fclose(f);
	return found;
}

bool options_may_detach(const struct options *options)
{
	bool may = !options->batch;

	for (size_t i = 0; i < options->commands.len && !may; i++) {
		const struct option_command *c = &options->commands.items[i];

		may = c->is_file ? file_says_detach(c->text)
		                 : command_says_detach(c->text);
	}
	return may;
}

void options_deinit(struct options *options)
{
	vec_deinit(&options->commands);
	vec_deinit(&options->pids);
	vec_deinit(&options->env);
}
