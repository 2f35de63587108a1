/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * terminal MODE
 *
 * Programs that use the terminal which they share with the debugger. Each
 * says "ready", then takes lines (or keys) until "quit", "q" or the end.
 *
 *   lines    echoes each line as "got: LINE"; says "SIGINT", "SIGTSTP",
 *            "SIGWINCH" for each one that it gets
 *   block    as lines, with SIGINT blocked: Ctrl-C makes no stop, and is
 *            only seen pending
 *   ignore   as lines, with SIGINT ignored
 *   raw      raw mode without echo: prints each key's code, then puts the
 *            modes back
 *   deaf     blocks SIGINT and calculates, without a call, for a second at a
 *            time; says at the end whether SIGINT is pending
 *   modes    prints the modes and ends
 */
#include "tracee.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>

static void on_signal(int sig)
{
	const char *text = sig == SIGINT ? "SIGINT\n" :
			   sig == SIGTSTP ? "SIGTSTP\n" : "SIGWINCH\n";
	ssize_t n = write(1, text, strlen(text));

	(void)n;
}

static void print_modes(void)
{
	struct termios t;
	struct winsize w;

	if (tcgetattr(0, &t) != 0) {
		SAY("no terminal\n");
		return;
	}
	MUST(ioctl(0, TIOCGWINSZ, &w) == 0);
	SAY("canonical %d echo %d signals %d size %d %d in front %d\n",
	    (t.c_lflag & ICANON) != 0, (t.c_lflag & ECHO) != 0,
	    (t.c_lflag & ISIG) != 0, w.ws_row, w.ws_col,
	    tcgetpgrp(0) == getpgrp());
}

static void block(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

static bool pending(int sig)
{
	sigset_t set;

	sigpending(&set);
	return sigismember(&set, sig) == 1;
}

static void read_lines(void)
{
	char line[1024];

	SAY("ready\n");
	for (;;) {
		errno = 0;
		if (!fgets(line, sizeof(line), stdin)) {
			if (errno != EINTR)
				break;
			clearerr(stdin);
			continue;
		}
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, "quit") == 0)
			break;
		SAY("got: %s\n", line);
	}
	SAY("end, SIGINT pending %d\n", pending(SIGINT));
}

static void read_keys(void)
{
	struct termios before, raw;
	unsigned char c;

	MUST(tcgetattr(0, &before) == 0);
	raw = before;
	cfmakeraw(&raw);
	MUST(tcsetattr(0, TCSADRAIN, &raw) == 0);
	SAY("ready\r\n");
	while (read(0, &c, 1) == 1 && c != 'q')
		SAY("key %d\r\n", c);
	MUST(tcsetattr(0, TCSADRAIN, &before) == 0);
	print_modes();
}

static void calculate(void)
{
	uint64_t x = 1;
	double end = seconds_now() + 1;

	block(SIGINT);
	SAY("ready\n");
	do {
		int i;

		for (i = 0; i < 100000000; i++)
			x = x * 6364136223846793005ULL + 1;
	} while (seconds_now() < end);
	SAY("end %d, SIGINT pending %d\n", x != 0, pending(SIGINT));
}

static void handle(int sig)
{
	struct sigaction a = { .sa_handler = on_signal };

	sigaction(sig, &a, NULL);
}

int main(int argc, char **argv)
{
	const char *mode = arg_word(argc, argv, 1);

	handle(SIGINT);
	handle(SIGTSTP);
	handle(SIGWINCH);
	if (strcmp(mode, "lines") == 0) {
		read_lines();
	} else if (strcmp(mode, "block") == 0) {
		block(SIGINT);
		read_lines();
	} else if (strcmp(mode, "ignore") == 0) {
		signal(SIGINT, SIG_IGN);
		read_lines();
	} else if (strcmp(mode, "raw") == 0) {
		read_keys();
	} else if (strcmp(mode, "deaf") == 0) {
		calculate();
	} else if (strcmp(mode, "modes") == 0) {
		print_modes();
	} else {
		fprintf(stderr, "usage: terminal MODE\n");
		return 2;
	}
	return 0;
}
