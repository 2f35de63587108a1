/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/prompt.h: where commands come from when a person, or a pipe, types them.
 *
 * A line is waited for in the session's own loop, so that threads run on in the
 * background while one is typed.  On a terminal readline edits it; from
 * anything else lines are taken as they come, a byte at a time, since the
 * program that is debugged may be meant to read what follows.
 *
 * While a line is waited for the prompt reads scdb's signals; at other times
 * the session's loop does.
 */
#ifndef SCDB_UI_PROMPT_H
#define SCDB_UI_PROMPT_H

#include "base/vec.h"
#include "session/session.h"

#include <stdbool.h>

struct prompt {
	struct session *session;
	bool interactive;      /* standard input is a terminal */
	int signal_fd;         /* of SIGWINCH, SIGTSTP and SIGCONT; or -1 */
	void (*resized)(void *ctx);
	void *ctx;
	char *history_file;    /* NULL: none is kept */
	/* The line being read. */
	bool reading;
	bool hidden;           /* taken off the screen: output comes */
	bool nested;           /* not a command, but what one asks for */
	bool cancelled;        /* ... which Ctrl-C broke off */
	bool done;
	bool ended;            /* no more lines: the end of the input */
	struct error *bad;     /* why LINE is no line */
	char *line;
	char *repeat;          /* what an empty line does */
	VEC(char *) notes;     /* of the last completion: "WORD NOTE" */
};

/*
 * PLAIN: even on a terminal neither prompts nor questions are shown.
 * SESSION is borrowed; RESIZED is called when the terminal's size changes.
 * There can be one prompt: readline has one state.
 */
void prompt_init(struct prompt *p, struct session *session, bool plain,
                 void (*resized)(void *ctx), void *ctx);
void prompt_deinit(struct prompt *p);
/* Reads and runs lines until the user, the input or a signal ends it. */
void prompt_loop(struct prompt *p);
/* The session's hooks: the line being typed gets out of the way of output. */
void prompt_output_begin(struct prompt *p);
void prompt_output_end(struct prompt *p);

#endif
