/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/app.h: all that scdb is made of, and how session and ui are wired.
 */
#ifndef SCDB_UI_APP_H
#define SCDB_UI_APP_H

#include "ui/options.h"
#include "ui/out_json.h"
#include "ui/out_tee.h"
#include "ui/out_text.h"
#include "ui/prompt.h"
#include "ui/pty.h"
#include "ui/terminal.h"
#include "ui/tui/tui.h"

#include <signal.h>

struct session;

struct app {
	struct options options;
	struct out *out;        /* one of the three */
	struct out_text text;
	struct out_json json;
	struct out_tee tee;
	int json_fd;            /* --json=FILE; -1: none */
	struct terminal terminal;
	struct prompt prompt;
	struct pty pty;
	struct tui tui;
	struct session *session;
	int signal_fd;
	bool lent;              /* the terminal, by the screen to a shell */
	sigset_t mask;          /* that scdb was started with */
};

/*
 * Makes the session and what of the ui works with it, as APP's options and
 * outputs are; the caller has set these, the terminal, the signals' descriptor
 * and mask, and owns all that is made.  Returns 0, or 1 where there can be no
 * session, which the user was told.
 */
int app_set_up(struct app *app);

#endif
