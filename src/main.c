/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Start-up and end of scdb: options, and the wiring of session and ui. */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/log.h"
#include "cmds/command.h"
#include "session/session.h"
#include "ui/doctor.h"
#include "ui/history.h"
#include "ui/options.h"
#include "ui/out_json.h"
#include "ui/out_tee.h"
#include "ui/out_text.h"
#include "ui/prompt.h"
#include "ui/pty.h"
#include "ui/terminal.h"
#include "ui/tui/tui.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

struct app {
	struct options options;
	struct out *out;        /* one of the three */
	struct out_text text;
	struct out_json json;
	struct out_tee tee;
	int json_fd;            /* --json=FILE; -1: none */
	struct terminal terminal;
	struct prompt prompt;
	struct pty pty;
	struct tui tui;
	struct session *session;
	int signal_fd;
	sigset_t mask;          /* that scdb was started with */
};

/* Signals. */

/*
 * Blocked from the first moment on.  SIGCHLD: the target waits for it.  The
 * next three come through a descriptor.  The others would end or stop scdb at
 * a moment when an attached process needs it.  SIGALRM must come: it ends
 * waits.
 */
static int block_signals(sigset_t *before)
{
	static const int taken[] = { SIGINT, SIGTERM, SIGHUP };
	static const int held[] = { SIGCHLD, SIGPIPE, SIGQUIT, SIGTTOU,
	                            SIGXFSZ };
	struct sigaction hangup;
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &mask, before);
	sigemptyset(&mask);
	for (size_t i = 0; i < ARRAY_LEN(held); i++)
		sigaddset(&mask, held[i]);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	sigemptyset(&mask);
	for (size_t i = 0; i < ARRAY_LEN(taken); i++)
		sigaddset(&mask, taken[i]);
	/* Started by nohup. */
	if (sigaction(SIGHUP, NULL, &hangup) == 0 &&
	    hangup.sa_handler == SIG_IGN)
		sigdelset(&mask, SIGHUP);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	return signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Ends scdb as the signal would have. */
static void die_of(int signum)
{
	sigset_t mask;

	signal(signum, SIG_DFL);
	raise(signum);
	sigemptyset(&mask);
	sigaddset(&mask, signum);
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	_exit(128 + signum);
}

/* Hooks of the session. */

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

static struct error *act_on_screen(void *ctx, enum screen_act act,
                                   const char *text)
{
	struct app *app = ctx;

	return tui_act(&app->tui, act, text);
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
	if (!app->terminal.given)
		tui_step_back(&app->tui);
	if (app->session->run == RUN_FOREGROUND && app->pty.master >= 0)
		pty_forward(&app->pty);
}

static void out_of_memory(void *ctx)
{
	struct app *app = ctx;

	tui_deinit(&app->tui);
	session_destroy(app->session);
	terminal_deinit(&app->terminal);
}

/* Nobody reads what scdb says: there is no point in going on. */
static void output_failed(void *ctx)
{
	struct app *app = ctx;

	if (app->session)
		app->session->quit = true;
}

/* What is to be run. */

static bool same_variable(const char *entry, const char *name, size_t len)
{
	return strncmp(entry, name, len) == 0 && entry[len] == '=';
}

static char **make_env(const struct options *o)
{
	VEC(char *) env = { 0 };

	for (char **e = environ; *e; e++)
		vec_push(&env, xstrdup(*e));
	for (size_t i = 0; i < o->env.len; i++) {
		const char *set = o->env.items[i];
		size_t len = strcspn(set, "=");

		for (size_t k = env.len; k-- > 0;) {
			if (same_variable(env.items[k], set, len)) {
				free(env.items[k]);
				vec_remove(&env, k);
			}
		}
		if (set[len])
			vec_push(&env, xstrdup(set));
	}
	vec_push(&env, NULL);
	return env.items;
}

static char **copy_args(char **args)
{
	VEC(char *) copy = { 0 };

	for (; *args; args++)
		vec_push(&copy, xstrdup(*args));
	vec_push(&copy, NULL);
	return copy.items;
}

static struct error *change_setting(struct session *s, const char *name,
                                    const char *value)
{
	const struct setting *setting;

	TRY(setting_find(name, &setting));
	return setting_set(s, setting, value);
}

/*
 * `-o FILE --batch`: nobody is there to go on after a stop by a signal, and the
 * log has all; what is on the screen is the program's.
 */
static struct error *run_as_strace(struct session *s)
{
	session_pass_signals(s);
	return change_setting(s, "print-inferior-events", "off");
}

static struct error *set_up_program(struct session *s,
                                    const struct options *o)
{
	AUTO_FREE char *found = NULL;

	s->program.env = make_env(o);
	s->program.user = xstrdup(o->user);
	if (o->no_follow)
		TRY(change_setting(s, "detach-on-fork", "on"));
	s->stays_to_end = !options_may_detach(o) &&
	                  !command_has_read_detach(s);
	if (o->engine)
		TRY(change_setting(s, "engine", o->engine));
	if (o->cwd)
		TRY(change_setting(s, "cwd", o->cwd));
	if (o->trace_file)
		TRY(change_setting(s, "trace-file", o->trace_file));
	if (o->trace_file && o->batch)
		TRY(run_as_strace(s));
	if (!o->program)
		return NULL;
	s->program.path = xstrdup(o->program[0]);
	s->program.args = copy_args(o->program + 1);
	return target_find_program(s->program.path, s->settings.cwd, &found);
}

/* The way through a session. */

/* Whether it went well; what did not is reported. */
static bool done(struct session *s, struct error *err)
{
	bool ok = !err;

	command_report(s, err);
	return ok;
}

static bool attach(struct session *s, pid_t pid)
{
	AUTO_FREE char *line = xasprintf("attach %d", (int)pid);

	command_begin(s, line);
	return command_end(s, session_attach(s, pid));
}

static bool open_core(struct session *s, const char *file)
{
	AUTO_FREE char *line = xasprintf("core-file %s", file);

	command_begin(s, line);
	return command_end(s, command_execute(s, line));
}

static bool run_option(struct session *s, const struct option_command *c)
{
	AUTO_FREE char *line = c->is_file ? xasprintf("source %s", c->text)
	                                  : xstrdup(c->text);

	command_begin(s, line);
	return command_end(s, c->is_file ? command_source(s, c->text)
	                                 : command_execute(s, c->text));
}

/* False where --batch ends at a failure. */
static bool run_commands(struct app *app)
{
	const struct options *o = &app->options;
	struct session *s = app->session;
	bool ok = true;

	if (!o->no_init)
		ok = done(s, command_source_init(s));
	if (!ok && o->batch)
		return false;
	ok = done(s, set_up_program(s, o));
	for (size_t i = 0; i < o->pids.len && (ok || !o->batch); i++)
		ok = attach(s, o->pids.items[i]);
	if (o->core && (ok || !o->batch))
		ok = open_core(s, o->core);
	for (size_t i = 0; i < o->commands.len && (ok || !o->batch); i++) {
		if (s->quit)
			break;
		ok = run_option(s, &o->commands.items[i]);
	}
	return ok;
}

static int run_app(struct app *app)
{
	const struct options *o = &app->options;
	struct session *s = app->session;
	bool ok;

	if (o->tui && !done(s, tui_act(&app->tui, SCREEN_ON, NULL)))
		return 1;
	if (!o->batch && !o->quiet && app->prompt.interactive)
		out_text(s->out, ROLE_PLAIN, "scdb %s\n"
		         "\"help\" lists the commands, \"quit\" ends.\n",
		         SCDB_VERSION);
	ok = run_commands(app);
	if (!o->batch && !s->quit)
		prompt_loop(&app->prompt);
	return (o->batch && !ok) || app->text.failed || app->json.failed;
}

/* False: FILE can't be written, which is said. */
static bool open_json(struct app *app, const char *file)
{
	app->json_fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
	                    O_NOCTTY, 0666);
	if (app->json_fd < 0) {
		fprintf(stderr, "scdb: %s: %s\n", file, strerror(errno));
		return false;
	}
	return true;
}

/* Where everything goes that is said. */
static bool set_up_output(struct app *app)
{
	const struct options *o = &app->options;

	app->json_fd = -1;
	if (o->json_file && !open_json(app, o->json_file))
		return false;
	out_text_init(&app->text, STDOUT_FILENO, STDERR_FILENO);
	app->out = &app->text.out;
	if (o->json) {
		out_json_init(&app->json, o->json_file ? app->json_fd
		                                       : STDOUT_FILENO);
		out_tee_init(&app->tee, &app->text.out, &app->json.out);
		app->out = o->json_file ? &app->tee.out : &app->json.out;
	}
	app->text.on_failure = app->json.on_failure = output_failed;
	app->text.ctx = app->json.ctx = app;
	if (o->json)
		out_json_greet(&app->json.out, SCDB_VERSION);
	return true;
}

static void end_output_whole(struct app *app)
{
	out_text_deinit(&app->text);
	out_json_deinit(&app->json);
	if (app->json_fd >= 0)
		close(app->json_fd);
}

/* Exit status; Ctrl-C ends it as it ends any program. */
static int run_doctor(struct app *app)
{
	bool works;

	sigprocmask(SIG_SETMASK, &app->mask, NULL);
	works = doctor_run(app->out);
	end_output_whole(app);
	options_deinit(&app->options);
	return !works || app->text.failed || app->json.failed;
}

static int set_up(struct app *app)
{
	const struct session_hooks hooks = {
		.ctx = app,
		.terminal_give = give_terminal,
		.terminal_take = take_terminal,
		.pty = need_pty,
		.output_begin = begin_output,
		.output_end = end_output,
		.history = list_history,
		.interrupted = was_interrupted,
		.json_create = create_json,
		.json_destroy = destroy_json,
		.screen = act_on_screen,
		/* Elsewhere nobody would see it. */
		.progress = isatty(STDOUT_FILENO) ? show_progress : NULL,
	};
	const struct prompt_hooks prompt_hooks = {
		.ready = ready, .resized = resized, .leave = leave, .come_back = come_back,
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

int main(int argc, char **argv)
{
	struct app app = { 0 };
	int status, signum;

	app.signal_fd = block_signals(&app.mask);
	setlocale(LC_CTYPE, "");
	log_init();
	switch (options_parse(argc, argv, &app.options)) {
	case OPTIONS_RUN:
		break;
	case OPTIONS_DONE:
		options_deinit(&app.options);
		return fflush(stdout) ? 1 : 0;
	case OPTIONS_USAGE:
		options_deinit(&app.options);
		return 2;
	}
	if (!set_up_output(&app)) {
		options_deinit(&app.options);
		return 2;
	}
	if (app.options.doctor)
		return run_doctor(&app);
	terminal_init(&app.terminal);
	if (set_up(&app))
		return 1;
	status = run_app(&app);
	signum = app.session->exit_signal;
	tui_deinit(&app.tui);
	prompt_deinit(&app.prompt);
	pty_deinit(&app.pty);
	command_deinit(app.session);
	session_destroy(app.session);
	terminal_deinit(&app.terminal);
	end_output_whole(&app);
	options_deinit(&app.options);
	if (signum)
		die_of(signum);
	return status;
}
