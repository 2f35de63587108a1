/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/calls.h"

#include "base/alloc.h"
#include "cmds/command.h"
#include "session/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_shown(const struct tui *t, enum pane_id id)
{
	return t->on && tui_layout_find(&t->layout, pane_name(id));
}

void tui_watch(struct tui *t)
{
	const char *said = t->session->settings.tui_watch;
	struct syscall_set *set = NULL;
	struct error *err;

	if ((is_shown(t, PANE_CALLS) || is_shown(t, PANE_COUNTERS)) &&
	    (!said || strcmp(said, "off") != 0)) {
		err = syscall_set_parse(said ? said : "all", &set);
		/* What can't be one was never set. */
		error_destroy(err);
	}
	trace_watch(t->session, set);
}

void tui_watch_changed(struct tui *t)
{
	if (!t->on)
		return;
	if (t->layout_of != t->session->settings.tui_changes)
		tui_place(t);
	else
		tui_watch(t);
}

static void set_more(struct tui *t, enum pane_id id, const char *text)
{
	struct pane *p = &t->panes[id];

	free(p->more);
	p->more = *text ? xstrdup(text) : NULL;
	p->stale = p->anew = true;
}

void tui_sample(struct tui *t, bool begins)
{
	enum { AT_ONCE = 500, A_TICK = 100, MANY = 200, OF_MANY = 20 };
	uint64_t last = call_log_last(t->session);
	bool many = last - t->sampled > MANY;

	t->sampled = last;
	if (is_shown(t, PANE_CALLS))
		call_log_decode_next(t->session, begins ? AT_ONCE : many
		                     ? OF_MANY : A_TICK, AT_ONCE);
}

void tui_forget_opened(struct tui *t)
{
	const struct pane *p = &t->panes[PANE_CALL];

	if (p->more && !p->anew && p->stop != t->session->stops_shown)
		set_more(t, PANE_CALL, "");
}

/* What COMMAND would say, if it can say anything. */
static struct error *try_command(struct tui *t, const char *command)
{
	struct out_page out;
	struct error *err;
	struct page page;

	page_init(&page, 0);
	out_page_init(&out, &page);
	err = command_peek(t->session, command, &out.out);
	out_page_deinit(&out);
	page_deinit(&page);
	return err;
}

struct error *tui_filter(struct tui *t, const char *text)
{
	AUTO_FREE char *command = xasprintf("info syscalls 1 %s", text);

	if (strlen(text) > PANE_COMMAND / 2)
		return error_new(ERROR_USAGE, "that is too long for a filter");
	TRY(try_command(t, command));
	set_more(t, PANE_CALLS, strcmp(text, "all") == 0 ? "" : text);
	return NULL;
}

void tui_filter_begin(struct tui *t)
{
	const char *now = t->panes[PANE_CALLS].more;

	t->mode = TUI_FILTER;
	buf_reset(&t->filter);
	if (now)
		buf_puts(&t->filter, now);
	free(t->filter_before);
	t->filter_before = xstrdup(now ? now : "");
	tui_note(t, NULL);
}

void tui_filter_typed(struct tui *t)
{
	struct error *err = tui_filter(t, t->filter.data);

	/* What is wrong stays to be read until the next key. */
	tui_note(t, err ? err->message : NULL);
	error_destroy(err);
}

void tui_filter_end(struct tui *t, bool keep)
{
	t->mode = TUI_NORMAL;
	if (!keep)
		set_more(t, PANE_CALLS, t->filter_before);
}

struct error *tui_open_call(struct tui *t, const char *number)
{
	AUTO_FREE char *command = xasprintf("info syscall %s", number);

	if (*number)
		TRY(try_command(t, command));
	set_more(t, PANE_CALL, number);
	return NULL;
}

struct error *tui_open_logged(struct tui *t, struct pane *p,
                              const struct page_line *line)
{
	char text[40];

	(void)p;
	if (!line->id)
		return error_new(ERROR_NOT_FOUND, "no call is selected");
	snprintf(text, sizeof(text), "call %llu",
	         (unsigned long long)line->id - 1);
	return tui_do(t, text);
}
