/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session/shell.h: the user's shell ($SHELL), as a child of scdb's. */
#ifndef SCDB_SESSION_SHELL_H
#define SCDB_SESSION_SHELL_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

struct shell_wish {
	const char *command; /* NULL: a shell that asks */
	int in;              /* its standard input; -1: scdb's */
	bool to_stderr;      /* so goes its standard output */
	bool apart;          /* Ctrl-C is not for it */
};

/* Whoever has it made waits for its end. */
struct error *shell_spawn(const struct shell_wish *wish,
                          pid_t *pid) MUST_CHECK;

#endif
