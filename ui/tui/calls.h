/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/calls.h: the calls that the screen sees.
 *
 * As long as a pane that shows calls or counts them is there, the calls that
 * the setting tui-watch says are wanted: they stop in the kernel, and go on at
 * once (trace_watch in session/trace.h).  The log has all of them; of so many a
 * second as a screen can show the arguments are decoded while their memory is
 * there.
 */
#ifndef SCDB_UI_TUI_CALLS_H
#define SCDB_UI_TUI_CALLS_H

#include "ui/tui/tui.h"

/* The panes that are shown are others, or the setting is. */
void tui_watch(struct tui *t);
/* The session's hook: a setting is another. */
void tui_watch_changed(struct tui *t);
/*
 * To be called when something begins to run, and then some 30 times a second:
 * of calls to come, more where few came, arguments are decoded.
 */
void tui_sample(struct tui *t, bool begins);
/* A stop shows its own call, not one of the log that was opened before. */
void tui_forget_opened(struct tui *t);
/* `info syscalls` with that in the pane `calls`; wrong: nothing is changed. */
struct error *tui_filter(struct tui *t, const char *text) MUST_CHECK;
/*
 * The same as it is being typed: what is wrong as yet leaves the last filter
 * that was not.  Not kept, the one before all that comes back.
 */
void tui_filter_begin(struct tui *t);
void tui_filter_typed(struct tui *t);
void tui_filter_end(struct tui *t, bool keep);
/* That call of the log in the pane `call`; "": the current one. */
struct error *tui_open_call(struct tui *t, const char *number) MUST_CHECK;
/* The call that LINE of the pane `calls` is about. */
struct error *tui_open_logged(struct tui *t, struct pane *p,
                              const struct page_line *line) MUST_CHECK;

#endif
