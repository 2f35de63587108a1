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
	/* The usual stack may be what is full. */
	char stack[64 << 10];
} guard;

static void restore(int signum);

/* Others may have taken one meanwhile. */
static void take_back(void)
{
	struct sigaction now;

	for (size_t i = 0; i < ARRAY_LEN(deadly); i++)
		if (sigaction(deadly[i], NULL, &now) == 0 &&
		    now.sa_handler == restore)
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
	struct sigaction action = { .sa_handler = restore,
	                            .sa_flags = (int)SA_ONSTACK };
	const stack_t stack = { .ss_sp = guard.stack,
	                        .ss_size = sizeof(guard.stack) };

	guard.fd = fd;
	guard.modes = *modes;
	snprintf(guard.text, sizeof(guard.text), "%s", text);
	guard.len = strlen(guard.text);
	sigaltstack(&stack, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_LEN(deadly); i++) {
		sigaction(deadly[i], NULL, &guard.before[i]);
		/*
		 * Who reads files that may be cut mends that at SIGBUS, and
		 * makes SIGABRT of any other.
		 */
		if (deadly[i] != SIGBUS ||
		    !(guard.before[i].sa_flags & SA_SIGINFO))
			sigaction(deadly[i], &action, NULL);
	}
}

void guard_clear(void)
{
	take_back();
}
