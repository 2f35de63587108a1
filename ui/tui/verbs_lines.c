/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs about the thing that a line stands for: a thread, a breakpoint. */
#include "ui/tui/verbs.h"

#include "base/alloc.h"
#include "session/location.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { COMMAND = 4096 + 64, NAME = 32 };

/* The first of LINE's words from *AT on that FITS; false: none. */
static bool find_word(const char **at, bool (*fits)(const char *, size_t),
                      char word[NAME])
{
	for (;;) {
		size_t len;

		*at += strspn(*at, " ");
		len = strcspn(*at, " ");
		if (!len)
			return false;
		if (fits(*at, len) && len < NAME) {
			memcpy(word, *at, len);
			word[len] = '\0';
			*at += len;
			return true;
		}
		*at += len;
	}
}

/* 3, 2.1 */
static bool is_number(const char *word, size_t len)
{
	return isdigit((unsigned char)*word) &&
	       strspn(word, "0123456789.") >= len;
}

static bool is_yes_or_no(const char *word, size_t len)
{
	return len == 1 && (*word == 'y' || *word == 'n');
}

/* Where the row of a table begins in which LINE of P's stands. */
static const char *row_of(const struct pane *p, const struct page_line *line)
{
	while (line > p->page.lines.items && line->text[0] == ' ' &&
	       !isdigit((unsigned char)line->text[strspn(line->text, " ")]))
		line--;
	return line->text;
}

/* The number that begins a row, behind the mark of the current one. */
static struct error *row_number(const struct pane *p,
                                const struct page_line *line, const char **at,
                                char number[NAME])
{
	*at = row_of(p, line);
	if (**at == '*')
		(*at)++;
	*at += strspn(*at, " ");
	if (is_number(*at, strcspn(*at, " ")) &&
	    find_word(at, is_number, number))
		return NULL;
	return error_new(ERROR_NOT_FOUND, "select a line of the list");
}

static struct error *open_thread(struct tui *t, struct pane *p,
                                 const struct page_line *line)
{
	char number[NAME], command[COMMAND];
	const char *at;

	TRY(row_number(p, line, &at, number));
	snprintf(command, sizeof(command), "thread %s", number);
	return tui_submit(t, command);
}

static struct error *open_frame(struct tui *t, struct pane *p,
                                const struct page_line *line)
{
	char command[COMMAND];

	while (line > p->page.lines.items && !line->id)
		line--;
	if (!line->id)
		return error_new(ERROR_NOT_FOUND, "select a frame");
	snprintf(command, sizeof(command), "frame %" PRIu64, line->id - 1);
	return tui_submit(t, command);
}

/* Enabled ones are disabled, others enabled. */
static struct error *toggle_breakpoint(struct tui *t, struct pane *p,
                                       const struct page_line *line)
{
	char number[NAME], enabled[NAME], command[COMMAND];
	const char *at;

	TRY(row_number(p, line, &at, number));
	if (!find_word(&at, is_yes_or_no, enabled))
		return error_new(ERROR_NOT_FOUND, "select a breakpoint");
	snprintf(command, sizeof(command), "%s %s",
	         *enabled == 'y' ? "disable" : "enable", number);
	return tui_submit(t, command);
}

/* A breakpoint in a line without code is where the next one with code is. */
static bool lands_on_breakpoint(struct session *s, const char *place)
{
	place_list places = { 0 };
	bool found = false;

	error_destroy(location_resolve(s, place, LOCATION_BREAK, &places));
	for (size_t i = 0; i < places.len && !found; i++)
		found = places.items[i].has_addr &&
		        *break_mark_at(s, places.items[i].addr).text;
	vec_deinit(&places);
	return found;
}

/* What `break` takes, of a line of code or source, and whether one is there. */
static struct error *place_of(struct tui *t, const struct pane *p,
                              const struct page_line *line,
                              char place[COMMAND - 16], bool *marked)
{
	char mark[4];

	if (p->id == PANE_CODE && line->addr)
		snprintf(place, COMMAND - 16, "*0x%" PRIx64, line->addr);
	else if (p->id == PANE_SOURCE && line->number && p->page.file &&
	         !line->addr)
		snprintf(place, COMMAND - 16, "%s:%u", p->page.file,
		         line->number);
	else
		return error_new(ERROR_USAGE, "select a line of %s",
		                 p->id == PANE_CODE ? "code" : "source");
	pane_mark(p, t->session, line, mark);
	*marked = mark[0] != ' ' || lands_on_breakpoint(t->session, place);
	return NULL;
}

static struct error *toggle_place(struct tui *t, struct pane *p,
                                  const struct page_line *line)
{
	char place[COMMAND - 16], command[COMMAND];
	bool marked;

	TRY(place_of(t, p, line, place, &marked));
	snprintf(command, sizeof(command), "%s %s",
	         marked ? "clear" : "break", place);
	return tui_submit(t, command);
}

static bool is_of_code(const struct pane *p)
{
	return p->id == PANE_CODE || p->id == PANE_SOURCE;
}

static struct error *do_toggle(struct tui *t)
{
	const struct page_line *line;
	struct pane *p;

	TRY(tui_selected(t, &p, &line));
	if (is_of_code(p))
		return toggle_place(t, p, line);
	if (p->id == PANE_BREAKPOINTS)
		return toggle_breakpoint(t, p, line);
	return error_new(ERROR_UNSUPPORTED, "the pane %s has no breakpoints",
	                 pane_name(p->id));
}

static struct error *do_delete(struct tui *t)
{
	char number[NAME], command[COMMAND];
	const struct page_line *line;
	const char *at;
	struct pane *p;

	TRY(tui_selected(t, &p, &line));
	if (p->id != PANE_BREAKPOINTS)
		return error_new(ERROR_UNSUPPORTED, "only the pane "
		                 "breakpoints has what can be deleted");
	TRY(row_number(p, line, &at, number));
	snprintf(command, sizeof(command), "delete %s", number);
	return tui_submit(t, command);
}

static struct error *do_advance(struct tui *t)
{
	char place[COMMAND - 16], command[COMMAND];
	const struct page_line *line;
	struct pane *p;
	bool marked;

	TRY(tui_selected(t, &p, &line));
	if (!is_of_code(p))
		return error_new(ERROR_UNSUPPORTED, "the pane %s has no code",
		                 pane_name(p->id));
	TRY(place_of(t, p, line, place, &marked));
	snprintf(command, sizeof(command), "advance %s", place);
	return tui_submit(t, command);
}

/* The line of PANE, which is seen, where the program stands; NULL: none. */
static const struct page_line *current_line(struct tui *t, enum pane_id id)
{
	struct pane *p = &t->panes[id];

	if (tui_is_running(t) || !tui_layout_find(&t->layout, pane_name(id)))
		return NULL;
	if (p->beyond.is_set)
		pane_come_back(p, t->session);
	else
		tui_update_pane(t, p);
	for (size_t i = 0; i < p->page.lines.len; i++)
		if (p->page.lines.items[i].current)
			return &p->page.lines.items[i];
	return NULL;
}

/* At the line that has the keys, where the program stands, or where the user
 * types. */
static struct error *do_break(struct tui *t)
{
	static const enum pane_id shown[] = { PANE_SOURCE, PANE_CODE };
	static const char text[] = "break ";

	if (is_of_code(tui_focused(t)))
		return do_toggle(t);
	for (size_t i = 0; i < ARRAY_LEN(shown) && t->focus == PANE_PROMPT;
	     i++) {
		const struct page_line *line = current_line(t, shown[i]);

		if (line)
			return toggle_place(t, &t->panes[shown[i]], line);
	}
	tui_focus(t, PANE_PROMPT);
	prompt_key(t->prompt, text, strlen(text));
	return NULL;
}

struct error *tui_open_line(struct tui *t, struct pane *p,
                            const struct page_line *line)
{
	switch (p->id) {
	case PANE_THREADS:
		return open_thread(t, p, line);
	case PANE_BACKTRACE:
		return open_frame(t, p, line);
	case PANE_BREAKPOINTS:
		return toggle_breakpoint(t, p, line);
	case PANE_CODE:
	case PANE_SOURCE:
		return error_new(ERROR_UNSUPPORTED, "F9 sets a breakpoint "
		                 "here, u runs the program to it");
	default:
		return error_new(ERROR_UNSUPPORTED, "there is nothing to open "
		                 "in the pane %s", pane_name(p->id));
	}
}

static const struct verb verbs[] = {
	{ "break", .plain = do_break },
	{ "toggle", .plain = do_toggle },
	{ "delete", .plain = do_delete },
	{ "advance", .plain = do_advance },
};

const struct verb_table verbs_lines = { verbs, ARRAY_LEN(verbs) };
