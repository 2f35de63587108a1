/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the session and the prompt ask of the rest of the ui. */
#include "ui/app.h"

#include "base/alloc.h"
#include "cmds/command.h"
#include "session/session.h"
#include "ui/history.h"
#include "ui/tui/calls.h"

#include <time.h>
#include <unistd.h>

static void give_terminal(void *ctx, pid_t group)
{
	struct app *app = ctx;

	if (app->pty.master >= 0) {
		pty_forward(&app->pty);
		tui_give_keys(&app->tui);
	} else {
		tui_step_aside(&app->tui);
		terminal_give(&app->terminal, group);
	}
}

static void take_terminal(void *ctx)
{
	struct app *app = ctx;

	if (app->pty.master >= 0)
		pty_back(&app->pty);
	else
		terminal_take(&app->terminal);
	tui_step_back(&app->tui);
	pager_reset(&app->text.pager);
}

static struct error *need_pty(void *ctx, bool wanted, int *slave)
{
	struct app *app = ctx;

	/* On the screen what the program writes has a place of its own. */
	if (wanted || (app->tui.on && *slave < 0)) {
		TRY(pty_open(&app->pty, slave));
		tui_new_program(&app->tui);
		return NULL;
	}
	pty_close(&app->pty);
	return NULL;
}

/* What the program wrote to its pseudo-terminal. */
static void program_said(void *ctx, const char *data, size_t len, bool lines)
{
	struct app *app = ctx;
	struct out *o = app->out;

	if (app->tui.on) {
		tui_program_said(&app->tui, data, len);
		o = &app->json.out;
		if (app->tee.to[1] != o)
			return;
	/* Where text goes to people it comes as it is. */
	} else if (!lines && o != &app->json.out) {
		out_flush(o);
		out_text_raw(&app->text, data, len);
		o = &app->json.out;
		if (app->out != &app->tee.out)
			return;
	}
	prompt_output_begin(&app->prompt);
	out_begin(o, "output");
	out_bytes(o, "data", ROLE_PLAIN, data, len);
	out_end(o);
	prompt_output_end(&app->prompt);
}

static void begin_output(void *ctx)
{
	struct app *app = ctx;

	prompt_output_begin(&app->prompt);
	/* What was written before a stop is shown before it. */
	pty_drain(&app->pty);
	terminal_own_lines(&app->terminal, true);
}

static void end_output(void *ctx)
{
	struct app *app = ctx;

	if (app->terminal.raw) {
		out_flush(&app->text.out);
		terminal_own_lines(&app->terminal, false);
	}
	prompt_output_end(&app->prompt);
}

static void list_history(void *ctx, size_t count,
                         void (*fn)(void *arg, uint64_t number,
                                    const char *line), void *arg)
{
	(void)ctx;
	history_each(count, fn, arg);
}

/* Takes a Ctrl-C that waits to be read from signal_fd. */
static bool was_interrupted(void *ctx)
{
	static const struct timespec now = { 0 };
	struct app *app = ctx;
	sigset_t mask;

	if (app->text.pager.quit)
		return true;
	prompt_check_stop(&app->prompt);
	sigemptyset(&mask);
	sigaddset(&mask, SIGINT);
	return sigtimedwait(&mask, NULL, &now) == SIGINT;
}

static void show_progress(void *ctx, const char *text)
{
	struct app *app = ctx;

	if (tui_is_shown(&app->tui))
		tui_progress(&app->tui, text);
	else if (app->out != &app->json.out)
		out_text_progress(&app->text, text);
}

static struct out *create_json(void *ctx, struct buf *to)
{
	struct out *o = out_json_create(to);

	(void)ctx;
	out_json_greet(o, SCDB_VERSION);
	return o;
}

static void destroy_json(void *ctx, struct out *o)
{
	(void)ctx;
	out_json_destroy(o);
}

static void resized(void *ctx)
{
	struct app *app = ctx;
	struct settings *settings = &app->session->settings;
	unsigned height, width;

	out_text_resize(&app->text, &height, &width);
	if (!settings->height_set)
		settings->height = height;
	if (!settings->width_set)
		settings->width = width;
	if (app->out == &app->tee.out)
		out_tee_resize(&app->tee);
	pty_resize(&app->pty);
	tui_resized(&app->tui);
}

/* What commands say goes to the screen, or to the terminal. */
static void switch_output(void *ctx, bool on)
{
	struct app *app = ctx;
	struct out *people = on ? &app->tui.out.out : &app->text.out;

	if (app->out == &app->tee.out) {
		app->tee.to[0] = people;
		out_tee_resize(&app->tee);
		return;
	}
	app->out = app->session->out = people;
}

static struct error *act_on_screen(void *ctx, const char *line)
{
	struct app *app = ctx;

	return tui_command(&app->tui, line);
}

static void watch_changed(void *ctx)
{
	struct app *app = ctx;

	tui_watch_changed(&app->tui);
}

static void list_of_screen(void *ctx, enum screen_list list,
                           void (*fn)(void *arg, const char *name,
                                      const char *text), void *arg)
{
	const struct app *app = ctx;

	tui_list(&app->tui, list, fn, arg);
}

/* Only where somebody typed what makes all this output, and nothing runs. */
static enum pager_answer ask_reader(void *ctx)
{
	struct app *app = ctx;
	const struct session *s = app->session;

	if (!app->prompt.interactive || !app->prompt.running || s->quit ||
	    !s->settings.pagination || s->run == RUN_FOREGROUND ||
	    command_in_file(s) || !isatty(STDOUT_FILENO))
		return PAGER_MORE;
	return prompt_ask_reader(&app->prompt, app->signal_fd);
}

static void ready(void *ctx)
{
	struct app *app = ctx;

	pager_reset(&app->text.pager);
}

static void leave(void *ctx)
{
	struct app *app = ctx;

	/*
	 * A program that reads the terminal would go on to take what is typed
	 * at the shell.
	 */
	if (app->terminal.given)
		error_destroy(session_interrupt(app->session, true));
	out_flush(app->out);
	tui_step_aside(&app->tui);
	terminal_leave(&app->terminal);
}

static void come_back(void *ctx)
{
	struct app *app = ctx;

	terminal_return(&app->terminal);
	if (!app->terminal.given && !app->lent)
		tui_step_back(&app->tui);
	if (app->session->run == RUN_FOREGROUND && app->pty.master >= 0)
		pty_forward(&app->pty);
}

/* The screen is not in the way of a command of the shell. */
static void step_for_shell(void *ctx, enum shell_event event)
{
	struct app *app = ctx;
	const struct session *s = app->session;

	switch (event) {
	case SHELL_BEGINS:
		app->lent = tui_is_shown(&app->tui);
		tui_step_aside(&app->tui);
		break;
	case SHELL_STOPPED:
		/* Ctrl-Z was for both. */
		prompt_stop(&app->prompt);
		break;
	case SHELL_ENDED:
		if (!app->lent)
			break;
		/* What it said is to be read first, if somebody is there. */
		if (app->prompt.running && !command_in_file(s))
			prompt_await_enter(&app->prompt, app->signal_fd);
		app->lent = false;
		tui_step_back(&app->tui);
		break;
	}
}

static void out_of_memory(void *ctx)
{
	struct app *app = ctx;

	tui_deinit(&app->tui);
	session_destroy(app->session);
	terminal_deinit(&app->terminal);
}

int app_set_up(struct app *app)
{
	const struct session_hooks hooks = {
		.ctx = app,
		.terminal_give = give_terminal,
		.terminal_take = take_terminal,
		.pty = need_pty,
		.shell = step_for_shell,
		.output_begin = begin_output,
		.output_end = end_output,
		.history = list_history,
		.interrupted = was_interrupted,
		.json_create = create_json,
		.json_destroy = destroy_json,
		.screen = act_on_screen,
		.watch_changed = watch_changed,
		.screen_list = list_of_screen,
		/* Elsewhere nobody would see it. */
		.progress = isatty(STDOUT_FILENO) ? show_progress : NULL,
	};
	const struct prompt_hooks prompt_hooks = {
		.ready = ready, .resized = resized,
		.leave = leave, .come_back = come_back,
		.ctx = app,
	};
	struct error *err;

	err = session_create(app->out, &hooks, &app->session);
	if (err) {
		out_error(app->out, err);
		error_destroy(err);
		return 1;
	}
	app->session->signal_fd = app->signal_fd;
	app->session->program.mask = app->mask;
	app->session->program.to_stderr = app->out == &app->json.out;
	alloc_on_failure(out_of_memory, app);
	app->text.color = &app->session->settings.color;
	app->text.pager = (struct pager){
		.height = &app->session->settings.height,
		.width = &app->session->settings.width,
		.ask = ask_reader, .ctx = app,
	};
	command_init(app->session);
	pty_init(&app->pty, app->session, &app->terminal, program_said, app);
	prompt_init(&app->prompt, app->session, app->options.batch ? PROMPT_NONE
	            : app->out == &app->json.out ? PROMPT_PLAIN : PROMPT_EDITS,
	            &prompt_hooks);
	tui_init(&app->tui, app->session, &app->prompt, &app->pty,
	         switch_output, app);
	resized(app);
	app->session->quit = app->json.failed;
	return 0;
}
