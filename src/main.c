/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Start-up and end of scdb: options, signals, what is to be run. */
#include "base/alloc.h"
#include "base/log.h"
#include "cmds/command.h"
#include "session/session.h"
#include "ui/app.h"
#include "ui/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

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

	if (o->tui && !done(s, tui_do(&app->tui, "on")))
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

/* Nobody reads what scdb says: there is no point in going on. */
static void output_failed(void *ctx)
{
	struct app *app = ctx;

	if (app->session)
		app->session->quit = true;
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
	if (app_set_up(&app))
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
