/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of the user's shell: `shell`, and traces to a command. */
#include "session/shell.h"

#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

static void prepare(const struct shell_wish *wish, posix_spawnattr_t *attr,
                    posix_spawn_file_actions_t *actions)
{
	short flags = POSIX_SPAWN_SETSIGMASK;
	sigset_t none;

	/* What scdb blocks a shell must not. */
	sigemptyset(&none);
	posix_spawnattr_init(attr);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setpgroup(attr, 0);
	if (wish->apart)
		flags |= POSIX_SPAWN_SETPGROUP;
	posix_spawnattr_setflags(attr, flags);
	posix_spawn_file_actions_init(actions);
	if (wish->to_stderr)
		posix_spawn_file_actions_adddup2(actions, STDERR_FILENO,
		                                 STDOUT_FILENO);
	if (wish->in >= 0)
		posix_spawn_file_actions_adddup2(actions, wish->in,
		                                 STDIN_FILENO);
}

struct error *shell_spawn(const struct shell_wish *wish, pid_t *pid)
{
	const char *shell = getenv("SHELL");
	const char *run = shell && *shell ? shell : "/bin/sh";
	char *argv[] = { (char *)(uintptr_t)run, (char *)(uintptr_t)"-c",
	                 (char *)(uintptr_t)wish->command, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int errnum;

	if (!wish->command)
		argv[1] = NULL;
	prepare(wish, &attr, &actions);
	errnum = posix_spawn(pid, run, &actions, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	return errnum ? error_errno(errnum, "can't run %s", run) : NULL;
}
