/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys do. */
#include "ui/tui/actions.h"
#include "ui/tui/beyond.h"
#include "ui/tui/calls.h"
#include "ui/tui/verbs.h"

#include <signal.h>
#include <string.h>
#include <time.h>

enum { DOUBLE_CLICK_NS = 500000000 };

/* Keys by what they are now. */

/* What goes wrong stands in the status line. */
static void complain(struct tui *t, struct error *err)
{
	if (err)
		tui_note(t, err->message);
	error_destroy(err);
}

static void run(struct tui *t, const struct action *k)
{
	bool without = k->without && !t->session->target->processes.len;

	if (k->tui)
		complain(t, tui_do(t, k->tui));
	else
		complain(t, tui_submit(t, without ? k->without : k->command));
}

/* To the prompt, or kept until there is one. */
static void type(struct tui *t, const struct draw_input *input)
{
	if (t->prompt->reading && !t->prompt->done)
		prompt_key(t->prompt, input->bytes, input->len);
	else if (t->ahead_count < TUI_TYPED_AHEAD)
		t->ahead[t->ahead_count++] = *input;
}

static void take_prefixed(struct tui *t, const struct draw_input *input)
{
	static const struct draw_input control_x = {
		.key = DRAW_KEY_TEXT, .bytes = { 'x' & 31 }, .len = 1 };
	struct draw_input plain = *input;
	const struct action *k;

	/* Ctrl-X Ctrl-A is Ctrl-X a. */
	if (plain.bytes[0] > 0 && plain.bytes[0] <= 'z' - 96)
		plain.bytes[0] |= 96;
	k = action_find(ACTIONS_PREFIXED, t->focus, &plain);

	t->prefix = false;
	if (k) {
		run(t, k);
		return;
	}
	/* Readline has such keys too. */
	type(t, &control_x);
	type(t, input);
}

enum typed { TYPED_TEXT, TYPED_NOTHING, TYPED_ENTER, TYPED_ESCAPE };

/* A line that is typed below all. */
static enum typed edit(struct buf *text, const struct draw_input *input)
{
	unsigned char c = (unsigned char)input->bytes[0];

	if (input->key != DRAW_KEY_TEXT && c != 0x7f && c != '\b')
		return TYPED_NOTHING;
	if (c == '\r' || c == '\n')
		return TYPED_ENTER;
	if (c == 27 || c == ('g' & 31))
		return TYPED_ESCAPE;
	if (c == ('u' & 31)) {
		buf_reset(text);
	} else if (c == 0x7f || c == '\b') {
		while (text->len && ((unsigned char)text->data[text->len - 1] &
		                     0xc0) == 0x80)
			buf_truncate(text, text->len - 1);
		if (text->len)
			buf_truncate(text, text->len - 1);
	} else if (c >= ' ') {
		buf_putc(text, (char)c);
	} else {
		return TYPED_NOTHING;
	}
	return TYPED_TEXT;
}

static void take_search(struct tui *t, const struct draw_input *input)
{
	enum typed typed = edit(&t->search, input);

	if (typed == TYPED_ENTER || typed == TYPED_ESCAPE)
		t->mode = TUI_NORMAL;
	if (typed == TYPED_ENTER)
		complain(t, tui_do(t, "next"));
}

static void take_filter(struct tui *t, const struct draw_input *input)
{
	enum typed typed = edit(&t->filter, input);

	if (typed == TYPED_TEXT)
		tui_filter_typed(t);
	else if (typed != TYPED_NOTHING)
		tui_filter_end(t, typed == TYPED_ENTER);
}

static void take_help(struct tui *t, const struct draw_input *input)
{
	const struct action *k = action_find(ACTIONS_IN_PANES, PANE_PROMPT,
	                                     input);

	if (!k)
		k = action_find(ACTIONS_EVERYWHERE, PANE_PROMPT, input);
	if (k && k->tui && tui_moves(k->tui))
		run(t, k);
	else
		t->mode = TUI_NORMAL;
}

static void take_program(struct tui *t, const struct draw_input *input)
{
	if (input->key != DRAW_KEY_F1 + 11) {
		pty_type(t->pty, input->bytes, input->len);
		return;
	}
	t->gives_keys = false;
	tui_take_keys_back(t);
}

/* Whether this click in ROW of P is the second of two. */
static bool is_second(struct tui *t, const struct pane *p, unsigned row)
{
	struct timespec now;
	int64_t ns;
	bool second;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	second = t->clicked.pane == p->id && t->clicked.row == row &&
	         ns - t->clicked.at < DOUBLE_CLICK_NS;
	/* A third one begins anew. */
	t->clicked = (struct tui_click){ p->id, row, second ? 0 : ns };
	return second;
}

/* The title is in the row 0 of a pane. */
static void click(struct tui *t, struct pane *p, const struct layout_rect *r,
                  const struct draw_input *input)
{
	unsigned row = input->row - r->row, column = input->column - r->column;
	bool second = is_second(t, p, row) || input->twice;
	size_t line;

	tui_focus(t, p->id);
	if (!row && second)
		complain(t, tui_do(t, "zoom"));
	if (!p->view.selects || !row ||
	    !view_line_at(&p->view, tui_page_of(t, p), row - 1, &line))
		return;
	tui_select(t, p, line);
	if (column < pane_margin(p))
		complain(t, tui_do(t, "toggle"));
	else if (second)
		complain(t, tui_do(t, "open"));
}

/* The key whose name stands there in the last line. */
static void click_key(struct tui *t, unsigned column)
{
	const struct action *k = action_in_key_line(t, column);

	if (k)
		run(t, k);
}

static void wheel(struct tui *t, struct pane *p, long rows)
{
	if (!tui_beyond_scroll(t, p, rows))
		view_scroll(&p->view, tui_page_of(t, p), rows);
}

static void take_mouse(struct tui *t, const struct draw_input *input)
{
	tui_note(t, NULL);
	if (input->key == DRAW_KEY_CLICK && input->row + 1 == t->rows)
		click_key(t, input->column);
	for (size_t i = 0; i < t->layout.count; i++) {
		const struct layout_pane *place = &t->layout.panes[i];
		const struct layout_rect *r = &place->rect;
		struct pane *p = &t->panes[pane_find(place->name)];

		if (input->row < r->row || input->row >= r->row + r->rows ||
		    input->column < r->column ||
		    input->column >= r->column + r->columns)
			continue;
		if (input->key == DRAW_KEY_CLICK)
			click(t, p, r, input);
		else
			wheel(t, p, input->key == DRAW_KEY_WHEEL_UP ? -3 : 3);
	}
}

static bool is_mouse(const struct draw_input *input)
{
	return input->key == DRAW_KEY_CLICK ||
	       input->key == DRAW_KEY_WHEEL_UP ||
	       input->key == DRAW_KEY_WHEEL_DOWN;
}

static void take_normal(struct tui *t, const struct draw_input *input)
{
	const struct action *k;

	tui_note(t, NULL);
	if (t->prefix) {
		take_prefixed(t, input);
		return;
	}
	if (input->key == DRAW_KEY_TEXT && input->bytes[0] == ('x' & 31)) {
		t->prefix = true;
		return;
	}
	if (input->key == DRAW_KEY_TEXT && input->bytes[0] == ('l' & 31)) {
		t->redraw = true;
		return;
	}
	k = action_find(ACTIONS_EVERYWHERE, t->focus, input);
	if (!k && t->focus != PANE_PROMPT)
		k = action_find(ACTIONS_IN_PANES, t->focus, input);
	if (k)
		run(t, k);
	else if (t->focus == PANE_PROMPT)
		type(t, input);
}

static void take(struct tui *t, const struct draw_input *input)
{
	/* What changes what a pane wants of its command. */
	if (t->focus != PANE_PROMPT)
		tui_focused(t)->stale = true;
	if (t->mode == TUI_PROGRAM)
		take_program(t, input);
	else if (t->mode == TUI_EDIT)
		edit_key(t, input);
	else if (is_mouse(input))
		take_mouse(t, input);
	else if (t->mode == TUI_SEARCH)
		take_search(t, input);
	else if (t->mode == TUI_FILTER)
		take_filter(t, input);
	else if (t->mode == TUI_HELP)
		take_help(t, input);
	else
		take_normal(t, input);
}

void tui_escape(struct tui *t)
{
	static const struct draw_input escape = {
		.key = DRAW_KEY_TEXT, .bytes = { 27 }, .len = 1 };

	take(t, &escape);
}

static void hang_up(struct tui *t)
{
	t->session->exit_signal = SIGHUP;
	t->session->quit = true;
}

void tui_take_keys(struct tui *t)
{
	struct draw_input input;

	/* Those behind the end of a line are for the next one. */
	while (!t->session->quit &&
	       !(t->prompt->reading && t->prompt->done)) {
		input = draw_next_key();
		if (input.key == DRAW_KEY_NONE)
			return;
		if (input.key == DRAW_KEY_GONE) {
			hang_up(t);
			return;
		}
		take(t, &input);
	}
}

void tui_take_kept(struct tui *t)
{
	size_t taken = 0;

	while (taken < t->ahead_count && !t->prompt->done) {
		struct draw_input input = t->ahead[taken++];

		prompt_key(t->prompt, input.bytes, input.len);
	}
	t->ahead_count -= taken;
	memmove(t->ahead, t->ahead + taken,
	        t->ahead_count * sizeof(*t->ahead));
	if (!t->prompt->done)
		tui_take_keys(t);
}
