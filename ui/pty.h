/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/pty.h: the terminal that scdb makes for a program (`set inferior-tty
 * pty`).
 *
 * While the program runs in the foreground scdb's terminal is raw, what is
 * typed goes to the program and what that writes comes as it is.  At other
 * times whole lines of it are shown as text, above the prompt.
 */
#ifndef SCDB_UI_PTY_H
#define SCDB_UI_PTY_H

#include "base/buf.h"
#include "session/session.h"
#include "ui/terminal.h"

#include <stdbool.h>

struct pty {
	struct session *session;
	struct terminal *terminal;
	int master;         /* -1: there is none */
	int slave;          /* open here too, so that it never hangs up */
	bool forwarding;
	bool drawn;         /* a screen shows all that is written, as it
	                     * comes, and has the keys */
	struct buf keys;    /* that the program did not take yet */
	struct buf line;    /* of the output, whose end is to come */
	/* Writes what comes as it is; LINES: whole lines, as text. */
	void (*show)(void *ctx, const char *data, size_t len, bool lines);
	void *ctx;
};

/* SESSION and TERMINAL are borrowed. */
void pty_init(struct pty *p, struct session *session,
              struct terminal *terminal,
              void (*show)(void *ctx, const char *data, size_t len,
                           bool lines), void *ctx);
void pty_deinit(struct pty *p);
/* Makes one, in the place of the one before; the caller closes *SLAVE. */
struct error *pty_open(struct pty *p, int *slave) MUST_CHECK;
void pty_close(struct pty *p);
/* The program is in the foreground now; it no longer is. */
void pty_forward(struct pty *p);
void pty_back(struct pty *p);
/* Shows what the program wrote until now. */
void pty_drain(struct pty *p);
/* The size of scdb's terminal is the program's. */
void pty_resize(struct pty *p);
/* ... this size is. */
void pty_set_size(struct pty *p, unsigned rows, unsigned columns);
/* LEN bytes as if they were typed there. */
void pty_type(struct pty *p, const char *data, size_t len);

#endif
