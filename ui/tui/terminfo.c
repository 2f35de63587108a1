/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/terminfo.h"

#include "base/buf.h"
#include "ui/tui/guard.h"

#include <curses.h>
#include <stdlib.h>
#include <term.h>
#include <unistd.h>

static const char *terminal_string(const char *name)
{
	const char *text = tigetstr(name);

	return text && text != (const char *)-1 ? text : "";
}

/* The text that a crash would leave unsaid. */
void terminfo_guard(const struct termios *modes)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	buf_puts(&text, "\033[?1000l\033[?1006l"); /* xterm: no mouse */
	buf_puts(&text, terminal_string("sgr0"));
	buf_puts(&text, terminal_string("cnorm"));
	buf_puts(&text, terminal_string("rmkx"));
	buf_puts(&text, terminal_string("rmcup"));
	guard_set(STDIN_FILENO, modes, text.data);
}

struct error *terminfo_check(void)
{
	const char *term = getenv("TERM");
	int status = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return error_new(ERROR_UNSUPPORTED, "the screen needs a "
		                 "terminal as standard input and output");
	if (!term || setupterm(term, STDOUT_FILENO, &status) != OK)
		return error_new(ERROR_UNSUPPORTED, "nothing is known of this "
		                 "kind of terminal: TERM is %s",
		                 term ? "wrong" : "not set");
	if (!*terminal_string("cup"))
		return error_new(ERROR_UNSUPPORTED, "this terminal can't move "
		                 "its cursor, which the screen needs");
	return NULL;
}
