/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal of programs to be run: `set inferior-tty`. */
#include "session/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* O_NONBLOCK: what stands there may be a pipe, or a line without a carrier. */
static struct error *open_terminal(const char *path, int *fd)
{
	int errnum, flags;

	*fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0)
		return error_errno(errno, "inferior-tty: can't open %s", path);
	flags = fcntl(*fd, F_GETFL);
	if (isatty(*fd) && flags >= 0 &&
	    fcntl(*fd, F_SETFL, flags & ~O_NONBLOCK) == 0)
		return NULL;
	errnum = errno;
	close(*fd);
	*fd = -1;
	if (errnum == ENOTTY)
		return error_new(ERROR_USAGE,
		                 "inferior-tty: %s is not a terminal", path);
	return error_errno(errnum, "inferior-tty: %s", path);
}

struct error *tty_open(struct session *s, struct program_tty *tty)
{
	const char *path = s->settings.inferior_tty;

	*tty = (struct program_tty){ .fd = -1 };
	tty->pty = path && strcmp(path, "pty") == 0;
	if (path && !tty->pty)
		TRY(open_terminal(path, &tty->fd));
	if (s->hooks.pty)
		return s->hooks.pty(s->hooks.ctx, tty->pty, &tty->fd);
	if (tty->pty)
		return error_new(ERROR_UNSUPPORTED, "inferior-tty: there is "
		                 "nobody to show what the program writes");
	return NULL;
}

void tty_close(struct program_tty *tty)
{
	if (tty->fd >= 0)
		close(tty->fd);
	tty->fd = -1;
}

void tty_warn(struct session *s, const struct program_tty *tty)
{
	if (!tty->refused)
		return;
	output_begin(s);
	out_message(s->out, "warning", ROLE_WARNING, "warning: %s is the "
	            "terminal of another session: the program has it, but "
	            "keys like Ctrl-C are not signals there",
	            s->settings.inferior_tty);
	output_end(s);
}
