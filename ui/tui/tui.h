/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/tui.h: the full screen.
 *
 * It is a backend of struct out (what commands say goes to the pane of the
 * prompt), and of the prompt (which gets its keys from here and is drawn here).
 * All else is looked at: each other pane runs the command whose output it shows
 * (ui/tui/panes.h), before a line is waited for, and, those that can be asked
 * then, by a timer while the program runs.
 *
 *	off --tui_on--> on --tui_step_aside--> aside --tui_step_back--> on
 *
 * Aside: scdb is stopped, or a program that was launched without the screen has
 * the terminal.  Nothing is drawn then.
 */
#ifndef SCDB_UI_TUI_TUI_H
#define SCDB_UI_TUI_TUI_H

#include "session/session.h"
#include "ui/prompt.h"
#include "ui/pty.h"
#include "ui/tui/draw.h"
#include "ui/tui/edit.h"
#include "ui/tui/layout.h"
#include "ui/tui/out_page.h"
#include "ui/tui/pace.h"
#include "ui/tui/panes.h"
#include "ui/tui/program.h"

#include <stdbool.h>
#include <stdint.h>

enum { TUI_TYPED_AHEAD = 1024, TUI_MIN_ROWS = 10, TUI_MIN_COLUMNS = 40 };

/* What keys do but for what they usually do. */
enum tui_mode {
	TUI_NORMAL, TUI_HELP, TUI_SEARCH, TUI_PROGRAM, TUI_FILTER,
	TUI_EDIT,
};

/* The last click, so that a second one is known. */
struct tui_click {
	enum pane_id pane;
	unsigned row;            /* in the pane */
	int64_t at;              /* ns */
};

struct tui {
	struct session *session;
	struct prompt *prompt;
	struct pty *pty;
	struct prompt_screen prompt_screen;
	/* Output goes to the screen now, or no longer. */
	void (*switched)(void *ctx, bool on);
	void *ctx;
	struct out_page out;
	bool on, aside;
	bool redraw;             /* all, as if nothing stood there */
	unsigned rows, columns;
	unsigned layout_of;      /* settings.tui_changes of LAYOUT */
	bool zoomed;             /* the pane that has the keys is alone */
	struct layout layout;
	struct pane panes[PANE_COUNT];
	enum pane_id focus;      /* who has the keys */
	enum pane_id chosen;     /* who had them last, but for the prompt */
	enum tui_mode mode;
	bool gives_keys;         /* to the program, while it runs in the
	                          * foreground */
	struct tui_click clicked;
	bool commanded;          /* by a command that runs now */
	bool prefix;             /* Ctrl-X was typed */
	bool help_made;
	struct page help;
	struct view help_view;
	struct buf search;       /* what is looked for */
	struct buf filter;       /* ... is being typed: ui/tui/calls.h */
	char *filter_before;
	struct edit edit;
	char *note;              /* in the status line, until a key; or NULL */
	char *progress;          /* as session_hooks has it; or NULL */
	struct program_screen *program;
	int timer;               /* -1: none */
	struct pace pace;
	uint64_t sampled;        /* the newest call at the last tick */
	/* Keys for the prompt that came while none was there. */
	struct draw_input ahead[TUI_TYPED_AHEAD];
	size_t ahead_count;
};

/* All is borrowed. */
void tui_init(struct tui *t, struct session *session, struct prompt *prompt,
              struct pty *pty, void (*switched)(void *ctx, bool on), void *ctx);
void tui_deinit(struct tui *t);
/* What keys do: LINE stands behind `tui`. */
struct error *tui_do(struct tui *t, const char *line) MUST_CHECK;
/* The session's hook: the same by a command, which runs meanwhile. */
struct error *tui_command(struct tui *t, const char *line) MUST_CHECK;
struct error *tui_turn_on(struct tui *t) MUST_CHECK;
void tui_turn_off(struct tui *t);
/* TEXT stands in the status line until a key comes; NULL: nothing does. */
void tui_note(struct tui *t, const char *text);
/* What P shows is made anew if it may have changed. */
void tui_update_pane(struct tui *t, struct pane *p);
void tui_step_aside(struct tui *t);
void tui_step_back(struct tui *t);
void tui_resized(struct tui *t);
/* Panes but the live ones can't be asked then. */
bool tui_is_running(const struct tui *t);
/* Whether it shows what the program writes; then that goes here. */
bool tui_is_shown(const struct tui *t);
void tui_program_said(struct tui *t, const char *data, size_t len);
/* The program runs in the foreground: it gets the keys if that was asked. */
void tui_give_keys(struct tui *t);
void tui_take_keys_back(struct tui *t);
/* The program has a new terminal. */
void tui_new_program(struct tui *t);
void tui_progress(struct tui *t, const char *text);

/* verbs_layout.c */
/* The layout of the settings in AREA. */
void tui_choose_layout(const struct tui *t, struct layout_rect area,
                       struct layout *layout);
/* The session's other hook. */
void tui_list(const struct tui *t, enum screen_list list,
              void (*fn)(void *arg, const char *name, const char *text),
              void *arg);

/* tui_draw.c */
/* Where panes may stand. */
struct layout_rect tui_area(const struct tui *t);
/* Places the panes; for a new size and a new layout. */
void tui_place(struct tui *t);
void tui_draw(struct tui *t);
/* tui_keys.c */
/* All keys that wait; those for a prompt that is not there are kept. */
void tui_take_keys(struct tui *t);
/* ... that were kept. */
void tui_take_kept(struct tui *t);
/* As if Escape was typed. */
void tui_escape(struct tui *t);
/* actions.c */
void tui_make_help(struct tui *t);
/* "F5 run", as much as has room in the last line. */
void tui_key_line(const struct tui *t, struct buf *line);

#endif
