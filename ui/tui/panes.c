/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/panes.h"

#include "base/alloc.h"
#include "cmds/command.h"
#include "session/frames.h"
#include "symbols/image.h"
#include "ui/tui/out_page.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROMPT_LINES = 10000, MAX_CALLS = 10000, NEVER_PLACED = 16 };

enum pane_flag {
	PANE_LIVE = 1 << 0,     /* can be asked while the program runs */
	PANE_FOLLOWS = 1 << 1,  /* the newest is at the end */
	PANE_MARKS = 1 << 2,    /* what changed is marked */
	PANE_WRAPS = 1 << 3,
	PANE_MARGIN = 1 << 4,   /* of breakpoints */
};

static const struct {
	const char *name;
	/* %u: rows; NULL: no command's. */
	const char *command;
	const char *otherwise;  /* where that fails */
	unsigned flags;
} kinds[PANE_COUNT] = {
	[PANE_PROMPT] = { "prompt", .flags = PANE_FOLLOWS | PANE_WRAPS },
	[PANE_OUTPUT] = { "output", .flags = PANE_FOLLOWS },
	[PANE_CALLS] = { "calls", "info syscalls %u",
	                 .flags = PANE_LIVE | PANE_FOLLOWS },
	[PANE_CALL] = { "call", "info syscall", .flags = PANE_WRAPS },
	[PANE_REGISTERS] = { "registers", "info registers",
	                     .flags = PANE_MARKS },
	[PANE_SOURCE] = { "source", "list *$pc", .flags = PANE_MARGIN },
	[PANE_CODE] = { "code", "disassemble", "x/%ui $pc", PANE_MARGIN },
	[PANE_BACKTRACE] = { "backtrace", "backtrace 100" },
	[PANE_MEMORY] = { "memory", .flags = PANE_MARKS },
	[PANE_THREADS] = { "threads", "info threads -t" },
	[PANE_BREAKPOINTS] = { "breakpoints", "info breakpoints" },
	[PANE_DESCRIPTORS] = { "descriptors", "info fds" },
	[PANE_RULES] = { "rules", "info rules" },
	[PANE_STATUS] = { "status", "thread" },
	[PANE_COUNTERS] = { "counters", "info stats -b", .flags = PANE_LIVE },
};

const char *pane_name(enum pane_id id)
{
	return kinds[id].name;
}

enum pane_id pane_find(const char *name)
{
	enum pane_id id = 0;

	while (id < PANE_COUNT && strcmp(kinds[id].name, name) != 0)
		id++;
	return id;
}

bool pane_may_be_placed(const char *name)
{
	return pane_find(name) < PANE_STATUS;
}

bool pane_is_live(enum pane_id id)
{
	return kinds[id].flags & PANE_LIVE;
}

void pane_init(struct pane *p, enum pane_id id)
{
	unsigned flags = kinds[id].flags;

	*p = (struct pane){
		.id = id, .stale = true,
		.view = { .wrap = flags & PANE_WRAPS,
		          .follow = flags & PANE_FOLLOWS,
		          .selects = id != PANE_PROMPT && id != PANE_OUTPUT },
	};
	page_init(&p->page, id == PANE_PROMPT ? PROMPT_LINES : 0);
	page_init(&p->before, 0);
}

void pane_deinit(struct pane *p)
{
	page_deinit(&p->page);
	page_deinit(&p->before);
	free(p->more);
	free(p->from);
	free(p->beyond.file);
}

/* How many lines there is use for: of what scrolls, more than are seen. */
static unsigned wanted_rows(const struct pane *p)
{
	return p->id == PANE_CALLS && !p->view.follow ? MAX_CALLS
	       : p->view.height ? p->view.height : NEVER_PLACED;
}

/* WHAT is a format and an address, which was scrolled away from. */
static void memory_command(const struct pane *p, const char *what,
                           char text[PANE_COMMAND])
{
	size_t format = *what == '/' ? strcspn(what, " ") : 0;

	if (p->shift)
		snprintf(text, PANE_COMMAND,
		         "with examine-text on -- x%.*s (long)(%s)%+lld",
		         (int)format, what, what + format, (long long)p->shift);
	else
		snprintf(text, PANE_COMMAND, "with examine-text on -- x%s",
		         what);
}

static void beyond_command(const struct pane *p, char text[PANE_COMMAND])
{
	const struct pane_beyond *b = &p->beyond;
	unsigned rows = wanted_rows(p);

	if (p->id == PANE_CODE)
		snprintf(text, PANE_COMMAND, "x/%ui 0x%" PRIx64, rows,
		         b->place);
	else
		snprintf(text, PANE_COMMAND, "list %s:%u,%u", b->file, b->first,
		         b->count - b->first < rows ? b->count
		                                    : b->first + rows - 1);
}

void pane_command(const struct pane *p, const struct session *s,
                  char text[PANE_COMMAND])
{
	const char *memory = s->settings.tui_memory;
	const char *registers = s->settings.tui_registers;
	const char *format = p->otherwise ? kinds[p->id].otherwise
	                                  : kinds[p->id].command;

	if (p->beyond.is_set)
		beyond_command(p, text);
	else if (p->id == PANE_MEMORY)
		memory_command(p, memory && *memory ? memory
		                                    : PANE_MEMORY_DEFAULT,
		               text);
	else if (p->id == PANE_REGISTERS && registers && *registers)
		snprintf(text, PANE_COMMAND, "%s %s", format, registers);
	else
		snprintf(text, PANE_COMMAND, format ? format : "",
		         wanted_rows(p));
	if (p->more)
		snprintf(text + strlen(text), PANE_COMMAND - strlen(text),
		         " %s", p->more);
}

static struct error *run(const struct pane *p, struct session *s,
                         struct page *page)
{
	uint64_t listsize = s->settings.listsize;
	struct out_page out;
	struct error *err;
	char text[PANE_COMMAND];

	page_reset(page);
	pane_command(p, s, text);
	out_page_init(&out, page);
	out.out.width = p->view.wrap ? 0 : p->view.width;
	/* A pane shows as much as it has room for. */
	if (p->view.height)
		s->settings.listsize = p->view.height;
	err = command_peek(s, text, &out.out);
	s->settings.listsize = listsize;
	out_page_deinit(&out);
	page_end(page);
	return err;
}

static void show_error(struct page *page, struct error *err)
{
	struct out_page out;

	if (!err)
		return;
	out_page_init(&out, page);
	out_text(&out.out, ROLE_DIM, "%s\n", err->message);
	out_page_deinit(&out);
	error_destroy(err);
}

/* `list *$pc` says in its first line where the program stands. */
static void find_current(const struct pane *p, struct page *page)
{
	const struct page_line *head = page->lines.items;
	unsigned number = p->beyond.line;

	if (!p->beyond.is_set)
		number = page->lines.len && head->addr ? head->number : 0;
	for (size_t i = 0; i < page->lines.len; i++) {
		struct page_line *line = &page->lines.items[i];

		line->current = number && line->number == number &&
		                !line->addr;
	}
}

/* Where the program stands is to be seen. */
static void show_current(struct pane *p)
{
	for (size_t i = 0; i < p->page.lines.len; i++) {
		if (!p->page.lines.items[i].current)
			continue;
		view_show(&p->view, &p->page, i);
		if (p->view.selected)
			view_select(&p->view, &p->page, i);
	}
}

bool pane_holds_still(const struct pane *p)
{
	return p->whole && !p->view.follow && !p->anew;
}

/*
 * Of a function as long as this nobody reads all, and to write it down at every
 * stop would take longer than the step.
 */
static bool is_in_long_function(struct session *s)
{
	enum { LONG = 32 * 1024 };
	const struct frame *f = s->current ? session_frame(s) : NULL;
	struct symbol symbol;

	return f && image_symbol_at(session_image(s, s->current->process),
	                            f->pc, &symbol) && symbol.size > LONG;
}

/* Memory that was scrolled is where it began once the setting is another. */
static void forget_shift(struct pane *p, const struct session *s)
{
	const char *what = s->settings.tui_memory;

	what = what ? what : "";
	if (p->from && strcmp(p->from, what) == 0)
		return;
	free(p->from);
	p->from = xstrdup(what);
	p->shift = 0;
}

static void forget_beyond(struct pane *p)
{
	free(p->beyond.file);
	p->beyond = (struct pane_beyond){ 0 };
}

/* Whether the program stands elsewhere than when the user scrolled away. */
static bool has_moved(const struct pane *p, struct session *s)
{
	const struct frame *f = s->current ? session_frame(s) : NULL;

	return p->stop != s->stops_shown || !f || f->pc != p->beyond.pc;
}

void pane_come_back(struct pane *p, struct session *s)
{
	forget_beyond(p);
	pane_update(p, s);
	show_current(p);
}

void pane_update(struct pane *p, struct session *s)
{
	bool moved = p->beyond.is_set && has_moved(p, s);
	struct page fresh;
	struct error *err;

	p->stale = p->anew = false;
	p->whole = p->id == PANE_CALLS && !p->view.follow;
	if (!kinds[p->id].command && p->id != PANE_MEMORY)
		return;
	if (p->id == PANE_MEMORY)
		forget_shift(p, s);
	if (moved)
		forget_beyond(p);
	page_init(&fresh, 0);
	p->otherwise = p->id == PANE_CODE && !p->beyond.is_set &&
	               is_in_long_function(s);
	err = run(p, s, &fresh);
	if (err && kinds[p->id].otherwise && !p->otherwise &&
	    !p->beyond.is_set) {
		error_destroy(err);
		p->otherwise = true;
		err = run(p, s, &fresh);
	}
	show_error(&fresh, err);
	if (p->id == PANE_SOURCE)
		find_current(p, &fresh);
	view_carry(&p->view, &p->page, &fresh);
	if (p->stop != s->stops_shown) {
		page_deinit(&p->before);
		p->before = p->page;
		p->stop = s->stops_shown;
		p->page = fresh;
		moved = true;
	} else {
		page_deinit(&p->page);
		p->page = fresh;
	}
	if (moved)
		show_current(p);
	if (kinds[p->id].flags & PANE_MARKS && !err)
		page_mark_changes(&p->page, &p->before);
}

unsigned pane_margin(const struct pane *p)
{
	return kinds[p->id].flags & PANE_MARGIN ? 4 : 0;
}

void pane_mark(const struct pane *p, const struct session *s,
               const struct page_line *line, char text[4])
{
	bool source = p->id == PANE_SOURCE;
	struct break_mark mark = { "" };

	/* The head of a list of source has an address. */
	if (source && !line->addr && line->number && p->page.file)
		mark = break_mark_line(s, p->page.file, line->number);
	else if (!source && line->addr)
		mark = break_mark_at(s, line->addr);
	snprintf(text, 4, "%-2s%s", mark.text,
	         source && line->current ? ">" : "");
}
