/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/guard.h"

#include "base/types.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const int deadly[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

/* A signal handler has no other way to them. */
static struct {
	int fd;
	struct termios modes;
	char text[256];
	size_t len;
	struct sigaction before[ARRAY_LEN(deadly)];
} guard;

static void take_back(void)
{
	for (size_t i = 0; i < ARRAY_LEN(deadly); i++)
		sigaction(deadly[i], &guard.before[i], NULL);
}

/* What is called here may be called in a signal handler. */
static void restore(int signum)
{
	ssize_t n = write(guard.fd, guard.text, guard.len);

	(void)n;
	tcsetattr(guard.fd, TCSANOW, &guard.modes);
	take_back();
	raise(signum);
}

void guard_set(int fd, const struct termios *modes, const char *text)
{
	struct sigaction action = { .sa_handler = restore };

	guard.fd = fd;
	guard.modes = *modes;
	snprintf(guard.text, sizeof(guard.text), "%s", text);
	guard.len = strlen(guard.text);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(deadly); i++)
		sigaction(deadly[i], &action, &guard.before[i]);
}

void guard_clear(void)
{
	take_back();
}
