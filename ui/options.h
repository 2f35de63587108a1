/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/options.h: the command line.
 */
#ifndef SCDB_UI_OPTIONS_H
#define SCDB_UI_OPTIONS_H

#include "base/vec.h"

#include <stdbool.h>
#include <sys/types.h>

/* -e and -x, in their order. */
struct option_command {
	bool is_file;
	const char *text;
};

struct options {
	VEC(struct option_command) commands;
	VEC(pid_t) pids;
	VEC(const char *) env;   /* VAR=VALUE, or VAR to be unset */
	const char *core;          /* --core */
	const char *cwd;
	const char *engine;      /* NULL: as the setting is */
	const char *trace_file;  /* -o */
	const char *user;
	bool batch;
	bool no_init;
	bool quiet;
	bool no_follow;
	bool doctor;
	bool tui;                /* --tui */
	bool json;               /* --json */
	const char *json_file;   /* ... or NULL: on standard output */
	char **program;          /* PROGRAM, its arguments, NULL; or NULL */
};

enum options_next {
	OPTIONS_RUN,
	OPTIONS_DONE,    /* --help, --version: all is said, status 0 */
	OPTIONS_USAGE,   /* a usage error, complained of: status 2 */
};

/* The texts in OPTIONS are ARGV's. */
enum options_next options_parse(int argc, char **argv,
                                struct options *options);
/* Whether anybody may come to say `detach`: at a prompt, or in a command. */
bool options_may_detach(const struct options *options);
void options_deinit(struct options *options);

#endif
