/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sinks that are commands, as strace's -o has them: "|grep open". */
#include "session/shell.h"
#include "session/trace_sink.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

bool sink_is_command(const char *path)
{
	return path[0] == '|' || path[0] == '!';
}

/* The command waits for what comes, scdb looks for Ctrl-C meanwhile. */
struct error *sink_open_command(struct trace_sink *sink)
{
	struct shell_wish wish = {
		.command = sink->path + 1, .to_stderr = sink->to_stderr,
		.apart = true,
	};
	struct error *err;
	int ends[2];

	if (!wish.command[strspn(wish.command, " \t")])
		return error_new(ERROR_USAGE, "a command must follow `%c`",
		                 sink->path[0]);
	if (pipe2(ends, O_CLOEXEC) != 0)
		return error_errno(errno, "can't make a pipe");
	wish.in = ends[0];
	err = shell_spawn(&wish, &sink->command);
	close(ends[0]);
	if (err || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) {
		close(ends[1]);
		return err ? err : error_errno(errno, "can't use a pipe");
	}
	sink->fd = ends[1];
	return NULL;
}

/*
 * What it has to say comes before scdb goes on.  The loop's wait for all may
 * have taken its end: then it is nobody's child.
 */
void sink_await_command(struct trace_sink *sink)
{
	while (sink->command && waitpid(sink->command, NULL, WNOHANG) == 0 &&
	       !sink_is_interrupted())
		poll(NULL, 0, SINK_PATIENCE_MS);
	sink->command = 0;
}
