/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal.h"

#include <unistd.h>

void terminal_init(struct terminal *t)
{
	*t = (struct terminal){ .fd = -1 };
	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &t->first) < 0)
		return;
	t->fd = STDIN_FILENO;
	t->ours = t->first;
}

void terminal_deinit(struct terminal *t)
{
	if (t->fd < 0)
		return;
	terminal_take(t);
	/* Somebody else's terminal, if scdb runs in the background. */
	if (tcgetpgrp(t->fd) == getpgrp())
		tcsetattr(t->fd, TCSANOW, &t->first);
	t->fd = -1;
}

void terminal_give(struct terminal *t, pid_t group)
{
	if (!group)
		terminal_take(t);
	if (t->fd < 0 || t->given || !group || group == getpgrp() ||
	    tcgetpgrp(t->fd) != getpgrp() || tcgetattr(t->fd, &t->ours) < 0)
		return;
	/* A shell among the programs may have handed it on to a job. */
	if ((t->their_group != group || t->owner <= 0 ||
	     tcsetpgrp(t->fd, t->owner) < 0) && tcsetpgrp(t->fd, group) < 0)
		return; /* not in our session, or gone */
	t->given = true;
	if (t->their_group == group)
		tcsetattr(t->fd, TCSANOW, &t->theirs);
	t->their_group = group;
	t->theirs = t->ours;
}

static void set_raw(const struct terminal *t, tcflag_t output)
{
	struct termios raw = t->ours;

	cfmakeraw(&raw);
	raw.c_oflag |= output;
	tcsetattr(t->fd, TCSANOW, &raw);
}

bool terminal_forward(struct terminal *t)
{
	if (t->raw)
		return true;
	if (t->fd < 0 || t->given || tcgetpgrp(t->fd) != getpgrp() ||
	    tcgetattr(t->fd, &t->ours) < 0)
		return false;
	t->raw = true;
	set_raw(t, 0);
	return true;
}

void terminal_own_lines(const struct terminal *t, bool own)
{
	if (t->raw && tcgetpgrp(t->fd) == getpgrp())
		set_raw(t, own ? OPOST | ONLCR : 0);
}

void terminal_leave(struct terminal *t)
{
	if (t->raw && tcgetpgrp(t->fd) == getpgrp())
		tcsetattr(t->fd, TCSANOW, &t->ours);
}

void terminal_return(struct terminal *t)
{
	if (t->raw && tcgetpgrp(t->fd) == getpgrp())
		set_raw(t, 0);
}

void terminal_take(struct terminal *t)
{
	if (t->raw) {
		t->raw = false;
		if (tcgetpgrp(t->fd) == getpgrp())
			tcsetattr(t->fd, TCSANOW, &t->ours);
		return;
	}
	if (!t->given)
		return;
	t->given = false;
	if (tcgetattr(t->fd, &t->theirs) < 0)
		t->their_group = 0;
	t->owner = tcgetpgrp(t->fd);
	/* The shell took it: it will hand it out again. */
	if (t->owner == getpgid(getppid()) && t->owner != getpgrp()) {
		t->their_group = 0;
		return;
	}
	if (t->owner == getpgrp())
		t->owner = 0;
	tcsetpgrp(t->fd, getpgrp());
	tcsetattr(t->fd, TCSANOW, &t->ours);
}
