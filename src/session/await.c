/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for a child of scdb's own while the program runs on. */
#include "session/internal.h"

#include <errno.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Within a stop that is being dealt with the loop must not be entered anew. */
static bool may_pump(const struct session *s)
{
	return s->run == RUN_BACKGROUND && !s->examined && !s->showing;
}

/* Ctrl-C is for the child: it is not looked at meanwhile. */
static void run_on(struct session *s)
{
	struct own_child *own = &s->target->own_child;
	int signal_fd = s->signal_fd;
	struct pollfd fd = { .events = POLLIN };

	fd.fd = (int)syscall(SYS_pidfd_open, own->pid, 0);
	if (fd.fd < 0)
		return;
	s->signal_fd = -1;
	while (may_pump(s) && !s->quit && !own->ended && !fd.revents)
		session_pump(s, &fd, 1, -1);
	s->signal_fd = signal_fd;
	close(fd.fd);
}

static void note_status(const struct session *s, struct own_child *own)
{
	own->ended = !WIFSTOPPED(own->status);
	if (!own->ended && s->hooks.shell)
		s->hooks.shell(s->hooks.ctx, SHELL_STOPPED);
}

struct error *session_await_child(struct session *s, pid_t pid, int *status)
{
	struct own_child *own = &s->target->own_child;
	struct error *err = NULL;

	*own = (struct own_child){ .pid = pid };
	run_on(s);
	while (!own->ended && !err) {
		if (waitpid(pid, &own->status, WUNTRACED) == pid)
			note_status(s, own);
		else if (errno != EINTR)
			err = error_errno(errno, "waiting for process %d",
			                  (int)pid);
	}
	*status = own->status;
	own->pid = 0;
	return err;
}
