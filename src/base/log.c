/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const names[LOG_ROOMS] = {
	[LOG_TARGET] = "target",   [LOG_SYSCALLS] = "syscalls",
	[LOG_EXPR] = "expr",       [LOG_SESSION] = "session",
	[LOG_CMDS] = "cmds",       [LOG_UI] = "ui",
};
static bool enabled[LOG_ROOMS];

static bool names_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += len)
		if ((at == list || at[-1] == ',') &&
		    (at[len] == '\0' || at[len] == ','))
			return true;
	return false;
}

void log_init(void)
{
	const char *list = getenv("SCDB_LOG");

	for (int room = 0; list && room < LOG_ROOMS; room++)
		enabled[room] = names_word(list, "all") ||
		                names_word(list, names[room]);
}

bool log_enabled(enum log_room room)
{
	return enabled[room];
}

void log_write(enum log_room room, const char *fmt, ...)
{
	AUTO_BUF struct buf raw = { 0 }, line = { 0 };
	va_list args;

	buf_init(&raw);
	buf_init(&line);
	va_start(args, fmt);
	buf_vprintf(&raw, fmt, args);
	va_end(args);
	buf_printf(&line, "scdb[%s] ", names[room]);
	buf_put_printable(&line, raw.data, raw.len, false);
	buf_putc(&line, '\n');
	if (write(STDERR_FILENO, line.data, line.len) < 0)
		return; /* nowhere to say so */
}
