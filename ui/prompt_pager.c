/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question between two screens of output; the words are gdb's. */
#include "ui/prompt.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const char more[] =
	"--Type <RET> for more, q to quit, c to continue without paging--";
static const char back[] = "--Type <RET> to go back to the screen--";

static void say(const char *text)
{
	ssize_t n = write(STDOUT_FILENO, text, strlen(text));

	(void)n; /* whoever writes next will see */
}

/* False: the reader wants no more. */
static bool take_signal(struct session *s, int fd)
{
	struct signalfd_siginfo info;

	if (read(fd, &info, sizeof(info)) != sizeof(info))
		return true;
	if (info.ssi_signo != SIGINT) {
		s->exit_signal = (int)info.ssi_signo;
		s->quit = true;
	}
	say("\n");
	return false;
}

static enum pager_answer take_line(void)
{
	char line[256];
	ssize_t n = read(STDIN_FILENO, line, sizeof(line));
	const char *word = line;

	if (n <= 0)
		return PAGER_QUIT;
	line[n - 1] = '\0';
	while (isblank((unsigned char)*word))
		word++;
	return *word == 'q' || *word == 'Q' ? PAGER_QUIT
	       : *word == 'c' || *word == 'C' ? PAGER_ALL : PAGER_MORE;
}

/* Its lines are whole ones: readline is not at work, the modes are a shell's. */
static enum pager_answer ask(struct prompt *p, int signal_fd,
                             const char *question)
{
	say(question);
	while (!p->session->quit) {
		struct pollfd fds[] = {
			{ STDIN_FILENO, POLLIN, 0 },
			{ signal_fd, POLLIN, 0 },
			{ p->signal_fd, POLLIN, 0 },
		};

		if (poll(fds, ARRAY_LEN(fds), -1) < 0 && errno != EINTR)
			return PAGER_QUIT;
		if (fds[2].revents) {
			prompt_job_control(p);
			say("\r");
			say(question);
		}
		if (fds[1].revents && !take_signal(p->session, signal_fd))
			return PAGER_QUIT;
		if (fds[0].revents)
			return take_line();
	}
	return PAGER_QUIT;
}

enum pager_answer prompt_ask_reader(struct prompt *p, int signal_fd)
{
	return ask(p, signal_fd, more);
}

void prompt_await_enter(struct prompt *p, int signal_fd)
{
	ask(p, signal_fd, back);
}
