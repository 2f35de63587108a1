/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/tui.h"

#include "base/alloc.h"
#include "ui/tui/calls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int64_t clock_ns(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* What the terminal of the program answers. */
static void reply(void *ctx, const char *data, size_t len)
{
	struct tui *t = ctx;

	pty_type(t->pty, data, len);
}

/* Refreshing. */

bool tui_is_running(const struct tui *t)
{
	return t->session->run == RUN_FOREGROUND ||
	       t->session->run == RUN_BACKGROUND;
}

void tui_update_pane(struct tui *t, struct pane *p)
{
	bool live = pane_is_live(p->id) || p->more;

	if (p->id != PANE_STATUS &&
	    !tui_layout_find(&t->layout, pane_name(p->id)))
		return;
	if (tui_is_running(t) ? live && !pane_holds_still(p) : p->stale)
		pane_update(p, t->session);
	/* What is seen of a running program is not its last word. */
	if (tui_is_running(t))
		p->stale = true;
}

static void refresh(struct tui *t)
{
	if (!tui_is_shown(t))
		return;
	if (t->layout_of != t->session->settings.tui_changes)
		tui_place(t);
	tui_forget_opened(t);
	for (size_t i = 0; i < PANE_COUNT; i++)
		tui_update_pane(t, &t->panes[i]);
	tui_draw(t);
}

static void make_stale(struct tui *t)
{
	for (size_t i = 0; i < PANE_COUNT; i++)
		t->panes[i].stale = true;
}

static void on_timer(void *ctx, short events)
{
	struct tui *t = ctx;
	uint64_t times;
	int64_t used;

	(void)events;
	if (read(t->timer, &times, sizeof(times)) < 0 || !tui_is_running(t))
		return;
	tui_sample(t, false);
	used = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	if (!pace_may_draw(&t->pace, clock_ns(CLOCK_MONOTONIC), used))
		return;
	refresh(t);
	pace_drew(&t->pace, clock_ns(CLOCK_MONOTONIC), used,
	          clock_ns(CLOCK_PROCESS_CPUTIME_ID));
}

/* Ticks where something runs that can change what is seen. */
static void set_timer(const struct tui *t, bool on)
{
	const struct itimerspec tick = {
		.it_interval.tv_nsec = on ? PACE_TICK_NS : 0,
		.it_value.tv_nsec = on ? PACE_TICK_NS : 0,
	};

	timerfd_settime(t->timer, 0, &tick, NULL);
}

/* The prompt's hooks. */

static void on_key(void *ctx)
{
	tui_take_keys(ctx);
}

static void on_wait(void *ctx)
{
	struct tui *t = ctx;

	tui_take_keys_back(t);
	tui_take_kept(t);
	if (t->prompt->done)
		return;
	edit_look(t);
	set_timer(t, tui_is_running(t) && !t->aside);
	refresh(t);
}

static void on_took(void *ctx, const char *prompt, const char *line)
{
	struct tui *t = ctx;

	out_text(&t->out.out, ROLE_DIM, "%s", prompt);
	out_text(&t->out.out, ROLE_PLAIN, "%s\n", line ? line : "");
	t->panes[PANE_PROMPT].view.follow = true;
	make_stale(t);
	tui_sample(t, true);
	/* The command may run the program. */
	set_timer(t, !t->aside);
}

/* Help, or a line that is typed below all, comes before that of the prompt. */
static bool on_interrupt(void *ctx)
{
	struct tui *t = ctx;
	bool other = t->mode != TUI_NORMAL;

	t->prefix = false;
	if (other)
		tui_escape(t);
	return other;
}

/* As many columns as have room. */
static void on_matches(void *ctx, char **matches, size_t count)
{
	struct tui *t = ctx;
	unsigned width = t->panes[PANE_PROMPT].view.width;
	size_t longest = 1, columns;

	for (size_t i = 0; i < count; i++)
		if (strlen(matches[i]) > longest)
			longest = strlen(matches[i]);
	columns = (width + 2) / (longest + 2);
	if (!columns)
		columns = 1;
	for (size_t i = 0; i < count; i++) {
		bool last = i % columns == columns - 1 || i + 1 == count;

		out_text(&t->out.out, ROLE_DIM, "%-*s%s",
		         last ? 0 : (int)longest + 2, matches[i],
		         last ? "\n" : "");
	}
}

/* Keys while no line is waited for. */
static void on_input(void *ctx, short events)
{
	struct tui *t = ctx;

	(void)events;
	if (t->prompt->reading)
		return; /* the prompt asks itself */
	tui_take_keys(t);
	refresh(t);
}

static void watch(struct tui *t, bool on)
{
	if (!on) {
		session_unwatch(t->session, STDIN_FILENO);
		session_unwatch(t->session, t->timer);
		return;
	}
	session_watch(t->session, &(struct watch){
		.fd = STDIN_FILENO, .events = POLLIN, .ready = on_input,
		.ctx = t });
	session_watch(t->session, &(struct watch){
		.fd = t->timer, .events = POLLIN, .ready = on_timer,
		.ctx = t });
}

/* On and off. */

static bool may_color(const struct session *s)
{
	const char *no_color = getenv("NO_COLOR");

	return s->settings.color == COLOR_ON ||
	       (s->settings.color == COLOR_AUTO &&
	        !(no_color && *no_color));
}

static struct error *check_can(const struct tui *t)
{
	if (!t->prompt->interactive)
		return error_new(ERROR_UNSUPPORTED, "the screen needs a prompt "
		                 "on a terminal: no --batch, no --json to "
		                 "standard output");
	return NULL;
}

struct error *tui_turn_on(struct tui *t)
{
	if (t->on)
		return NULL;
	TRY(check_can(t));
	out_flush(t->session->out);
	TRY(draw_open(may_color(t->session)));
	t->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (t->timer < 0) {
		struct error *err = error_errno(errno, "a timer");

		draw_close();
		return err;
	}
	t->on = true;
	t->aside = false;
	t->mode = TUI_NORMAL;
	t->pty->drawn = true;
	watch(t, true);
	prompt_set_screen(t->prompt, &t->prompt_screen);
	t->switched(t->ctx, true);
	make_stale(t);
	tui_resized(t);
	return NULL;
}

void tui_turn_off(struct tui *t)
{
	if (!t->on)
		return;
	watch(t, false);
	close(t->timer);
	t->timer = -1;
	t->on = false;
	t->pty->drawn = false;
	tui_watch(t);
	draw_close();
	prompt_set_screen(t->prompt, NULL);
	t->switched(t->ctx, false);
	pty_resize(t->pty);
}

void tui_note(struct tui *t, const char *text)
{
	free(t->note);
	t->note = text ? xstrdup(text) : NULL;
}

bool tui_is_shown(const struct tui *t)
{
	return t->on && !t->aside;
}

void tui_step_aside(struct tui *t)
{
	if (!tui_is_shown(t))
		return;
	t->aside = true;
	session_watch(t->session, &(struct watch){
		.fd = STDIN_FILENO, .events = 0, .ready = on_input, .ctx = t });
	draw_suspend();
}

void tui_step_back(struct tui *t)
{
	if (!t->on || !t->aside)
		return;
	t->aside = false;
	watch(t, true);
	draw_resume();
	tui_resized(t);
}

void tui_resized(struct tui *t)
{
	if (!tui_is_shown(t))
		return;
	draw_size(&t->rows, &t->columns);
	t->redraw = true;
	tui_place(t);
	make_stale(t);
	refresh(t);
}

void tui_program_said(struct tui *t, const char *data, size_t len)
{
	program_screen_write(t->program, data, len);
	t->panes[PANE_OUTPUT].stale = true;
}

void tui_give_keys(struct tui *t)
{
	if (!tui_is_shown(t) || !t->gives_keys || t->pty->master < 0)
		return;
	t->mode = TUI_PROGRAM;
	t->panes[PANE_OUTPUT].view.follow = true;
	draw_raw_keys(true);
}

void tui_take_keys_back(struct tui *t)
{
	if (t->mode != TUI_PROGRAM)
		return;
	t->mode = TUI_NORMAL;
	if (tui_is_shown(t))
		draw_raw_keys(false);
}

void tui_new_program(struct tui *t)
{
	program_screen_destroy(t->program);
	t->program = program_screen_create(reply, t);
	if (t->on)
		tui_place(t);
}

void tui_progress(struct tui *t, const char *text)
{
	free(t->progress);
	t->progress = text ? xstrdup(text) : NULL;
	if (tui_is_shown(t))
		tui_draw(t);
}

void tui_init(struct tui *t, struct session *session, struct prompt *prompt,
              struct pty *pty, void (*switched)(void *ctx, bool on), void *ctx)
{
	*t = (struct tui){
		.session = session, .prompt = prompt, .pty = pty,
		.switched = switched, .ctx = ctx, .timer = -1,
		.prompt_screen = { .key = on_key, .wait = on_wait,
		                   .interrupted = on_interrupt,
		                   .took = on_took, .matches = on_matches,
		                   .ctx = t },
	};
	for (enum pane_id id = 0; id < PANE_COUNT; id++)
		pane_init(&t->panes[id], id);
	out_page_init(&t->out, &t->panes[PANE_PROMPT].page);
	page_init(&t->help, 0);
	buf_init(&t->search);
	buf_init(&t->filter);
	edit_init(&t->edit);
	t->program = program_screen_create(reply, t);
}

void tui_deinit(struct tui *t)
{
	if (!t->session)
		return;
	tui_turn_off(t);
	for (size_t i = 0; i < PANE_COUNT; i++)
		pane_deinit(&t->panes[i]);
	out_page_deinit(&t->out);
	page_deinit(&t->help);
	buf_deinit(&t->search);
	buf_deinit(&t->filter);
	free(t->filter_before);
	edit_deinit(&t->edit);
	free(t->progress);
	free(t->note);
	program_screen_destroy(t->program);
	t->session = NULL;
}
