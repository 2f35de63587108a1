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
 * the session's loop does.  Those of job control are the prompt's always.
 */
#ifndef SCDB_UI_PROMPT_H
#define SCDB_UI_PROMPT_H

#include "base/vec.h"
#include "session/session.h"
#include "ui/pager.h"

#include <stdbool.h>

struct prompt_hooks {
	/* A line is about to be read. */
	void (*ready)(void *ctx);
	/* The terminal has another size. */
	void (*resized)(void *ctx);
	/* scdb is about to be stopped; it is in the foreground again. */
	void (*leave)(void *ctx);
	void (*come_back)(void *ctx);
	void *ctx;
};

/*
 * Who shows the line that is edited, and gets the keys, instead of readline
 * itself: the full screen.
 */
struct prompt_screen {
	/* Standard input is ready: prompt_key or prompt_submit may be called. */
	void (*key)(void *ctx);
	/* A line is waited for from now on; p->done: it has come meanwhile. */
	void (*wait)(void *ctx);
	/* LINE was typed behind PROMPT; NULL: the end of the input. */
	void (*took)(void *ctx, const char *prompt, const char *line);
	/* Ctrl-C was typed; true: that ended something else than the line. */
	bool (*interrupted)(void *ctx);
	/* What could complete the word: COUNT ones. */
	void (*matches)(void *ctx, char **matches, size_t count);
	void *ctx;
};

/* The line being edited. */
struct prompt_line {
	const char *prompt, *text;
	size_t point;          /* the cursor, in bytes of the text */
};

enum prompt_kind {
	PROMPT_NONE,   /* no line will be read, only job control's signals */
	PROMPT_PLAIN,  /* even on a terminal no prompt, no questions */
	PROMPT_EDITS,  /* where there is a terminal */
};

struct prompt {
	struct session *session;
	bool interactive;      /* standard input is a terminal that is to be used */
	int signal_fd;         /* of SIGWINCH, SIGTSTP and SIGCONT; or -1 */
	struct prompt_hooks hooks;
	char *history_file;    /* NULL: none is kept */
	/* The line being read. */
	bool reading;
	bool running;          /* what was typed, a line, is being run */
	unsigned hidden;       /* taken off the screen: output comes */
	bool nested;           /* not a command, but what one asks for */
	bool cancelled;        /* ... which Ctrl-C broke off */
	bool done;
	bool ended;            /* no more lines: the end of the input */
	struct error *bad;     /* why LINE is no line */
	char *line;
	char *repeat;          /* what an empty line does */
	VEC(char *) notes;     /* of the last completion: "WORD NOTE" */
	const struct prompt_screen *screen; /* NULL: none */
	char *kept;            /* what was being typed when a key ran a
	                        * command; it comes back */
	bool by_key;           /* the line is such a command */
	char *failed;          /* what the last line's error said; or NULL */
};

/*
 * SESSION is borrowed.  There can be one prompt: readline has one state.
 */
void prompt_init(struct prompt *p, struct session *session, enum prompt_kind kind,
                 const struct prompt_hooks *hooks);
void prompt_deinit(struct prompt *p);
/* Reads and runs lines until the user, the input or a signal ends it. */
void prompt_loop(struct prompt *p);
/* The session's hooks: the line being typed gets out of the way of output. */
void prompt_output_begin(struct prompt *p);
/* Each begin has its end. */
void prompt_output_end(struct prompt *p);
/* Readline's callbacks carry no context; NULL: there is none. */
struct prompt *prompt_only(void);
/* ui/prompt_complete.c */
void prompt_complete_init(void);
void prompt_drop_notes(struct prompt *p);
/*
 * ui/prompt_screen.c: SCREEN, which is borrowed, shows what is edited; NULL:
 * readline does.
 */
void prompt_set_screen(struct prompt *p, const struct prompt_screen *screen);
/* LEN bytes that one key sends. */
void prompt_key(struct prompt *p, const char *bytes, size_t len);
/*
 * The command LINE, as if it was typed, and in the history if KEPT; false where
 * none is waited for.
 */
bool prompt_submit(struct prompt *p, const char *line, bool kept);
/* False: none is being edited. */
bool prompt_line(const struct prompt *p, struct prompt_line *line);
/* What prompt.c has for it: the line that readline gave, or NULL. */
void prompt_take_line(struct prompt *p, char *line);
/* What was being typed when a key ran a command comes back. */
void prompt_put_back(struct prompt *p);
/*
 * Between two screens of output: "more?".  SIGNAL_FD: of scdb's signals, which
 * nobody else reads meanwhile.  What runs in the background waits.
 */
enum pager_answer prompt_ask_reader(struct prompt *p, int signal_fd);
/* The same way, until Enter is typed. */
void prompt_await_enter(struct prompt *p, int signal_fd);
/* A signal of job control waits to be read from p->signal_fd. */
void prompt_job_control(struct prompt *p);
/* Ctrl-Z where the loop does not run: stops scdb if it was typed. */
void prompt_check_stop(struct prompt *p);
/* Stops scdb, and returns when it goes on. */
void prompt_stop(struct prompt *p);

#endif
