/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/terminal.h: who has the terminal, scdb or the program.
 *
 * As under gdb a launched program has a process group of its own, and while it
 * runs in the foreground that group is the terminal's.  Each side finds the
 * terminal's modes as it left them.  SIGTTOU must be blocked.
 */
#ifndef SCDB_UI_TERMINAL_H
#define SCDB_UI_TERMINAL_H

#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

struct terminal {
	int fd;                  /* -1: standard input is none */
	struct termios first;    /* as it was when scdb started */
	struct termios ours;     /* as it was when it was given away */
	struct termios theirs;
	pid_t their_group;       /* whose modes THEIRS are; 0: nobody's */
	pid_t owner;             /* the foreground group when it was taken; 0 */
	bool given;
	bool raw;                /* keys go to a terminal of the program's */
};

void terminal_init(struct terminal *t);
/* Leaves the terminal to scdb's group, with the modes of the start. */
void terminal_deinit(struct terminal *t);
/*
 * GROUP becomes the foreground group, where scdb's is it now; 0 is
 * terminal_take.
 */
void terminal_give(struct terminal *t, pid_t group);
void terminal_take(struct terminal *t);
/*
 * Every key comes through as it is, until terminal_take; false where scdb is
 * not in the foreground, or there is no terminal.
 */
bool terminal_forward(struct terminal *t);
/* While forwarding: whether lines of scdb's own are written now. */
void terminal_own_lines(const struct terminal *t, bool own);
/*
 * Before scdb stops itself, and when it goes on in the foreground: forwarding
 * has a break.
 */
void terminal_leave(struct terminal *t);
void terminal_return(struct terminal *t);

#endif
