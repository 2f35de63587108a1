/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ui/tui/panes.h: what each pane of the screen shows.
 *
 * But for the prompt and the program's output a pane shows what a command
 * prints: it runs that command into a page of its own, and so can't say
 * anything else.
 */
#ifndef SCDB_UI_TUI_PANES_H
#define SCDB_UI_TUI_PANES_H

#include "session/session.h"
#include "ui/tui/page.h"
#include "ui/tui/view.h"

#include <stdbool.h>

enum pane_id {
	PANE_PROMPT, PANE_OUTPUT, PANE_CALLS, PANE_CALL, PANE_REGISTERS,
	PANE_SOURCE, PANE_CODE, PANE_BACKTRACE, PANE_MEMORY, PANE_THREADS,
	PANE_BREAKPOINTS, PANE_DESCRIPTORS, PANE_RULES, PANE_COUNTERS,
	PANE_STATUS,             /* in no layout: its first line is below all */
	PANE_COUNT,
};

enum { PANE_COMMAND = 512 };
#define PANE_MEMORY_DEFAULT "/32xg $sp"

/* What source or code was scrolled to, behind the ends of what is shown else. */
struct pane_beyond {
	bool is_set;
	taddr pc;                /* where the program stood then */
	taddr place;             /* code: the first instruction */
	char *file;              /* source: its path, ... */
	unsigned first, count;   /* ... the first line, and how many it has */
	unsigned line;           /* where the program stands there */
};

struct pane {
	enum pane_id id;
	struct page page;
	struct page before;      /* at the stop before: what changed since */
	struct view view;
	uint64_t stop;           /* the stop that PAGE is of */
	bool stale;              /* what it shows may have changed */
	int64_t shift;           /* bytes of memory that were scrolled ... */
	char *from;              /* ... from this on; NULL: from nowhere */
	struct pane_beyond beyond;
	bool otherwise;          /* it shows its second command */
	char *more;              /* what stands behind its command; or NULL */
	bool anew;               /* ... which is another */
	bool whole;              /* it has all that there was */
};

const char *pane_name(enum pane_id id);
/* PANE_COUNT: there is none of this name. */
enum pane_id pane_find(const char *name);
/* In a layout. */
bool pane_may_be_placed(const char *name);
/* What it is while the program runs can be asked and seen. */
bool pane_is_live(enum pane_id id);
void pane_init(struct pane *p, enum pane_id id);
void pane_deinit(struct pane *p);
/* The command whose output it shows; "": none. */
void pane_command(const struct pane *p, const struct session *s,
                  char text[PANE_COMMAND]);
/* What was scrolled to stays, whatever comes while the program runs. */
bool pane_holds_still(const struct pane *p);
/* Runs the pane's command; its view says how wide and high it is. */
void pane_update(struct pane *p, struct session *s);
/* Shows where the program stands, wherever P was scrolled to. */
void pane_come_back(struct pane *p, struct session *s);
/* Columns before a line of P's; 0: it has no margin. */
unsigned pane_margin(const struct pane *p);
/* What stands there: breakpoints, and where the program stands. */
void pane_mark(const struct pane *p, const struct session *s,
               const struct page_line *line, char text[4]);

#endif
