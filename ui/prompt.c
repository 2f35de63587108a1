/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/prompt.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "cmds/command.h"
#include "ui/history.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

/* Readline's callbacks carry no context, so here it must be kept. */
static struct prompt *the_prompt;

struct prompt *prompt_only(void)
{
	return the_prompt;
}

/* Reading with readline. */

void prompt_take_line(struct prompt *p, char *line)
{
	p->line = line;
	p->done = true;
	p->ended = !line;
	/* Here, so that no prompt is shown for a line that nobody awaits. */
	rl_callback_handler_remove();
}

static void take_line(char *line)
{
	prompt_take_line(the_prompt, line);
}

/* Ctrl-C drops the line, and what a command asked for altogether. */
static void start_over(struct prompt *p)
{
	if (p->screen && p->screen->interrupted(p->screen->ctx))
		return;
	fputs("^C", rl_outstream);
	if (p->nested) {
		rl_crlf();
		rl_free_line_state();
		rl_callback_sigcleanup();
		rl_callback_handler_remove();
		p->cancelled = p->done = true;
		return;
	}
	rl_free_line_state();
	rl_callback_sigcleanup();
	rl_replace_line("", 1);
	rl_crlf();
	rl_on_new_line();
	rl_redisplay();
}

/* Takes SIGNUM if it is pending. */
static bool take_pending(int signum)
{
	static const struct timespec now = { 0 };
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, signum);
	return sigtimedwait(&mask, NULL, &now) == signum;
}

static bool is_in_front(void)
{
	pid_t group = tcgetpgrp(STDIN_FILENO);

	/* Where there is no job control, nobody else has it. */
	return group < 0 || group == getpgrp();
}

static void stop_self(struct prompt *p)
{
	sigset_t mask;

	if (p->reading && p->interactive)
		rl_deprep_terminal();
	if (p->hooks.leave)
		p->hooks.leave(p->hooks.ctx);
	sigemptyset(&mask);
	sigaddset(&mask, SIGTSTP);
	raise(SIGTSTP);
	/* It is delivered, and scdb stops, at this. */
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	sigprocmask(SIG_BLOCK, &mask, NULL);
}

/*
 * In the background scdb stops until it is brought to the front, as a read of
 * the terminal would stop it, before it changes anything there.  False: that
 * can't be, nobody is there to bring it back.
 */
static bool wait_for_terminal(void)
{
	while (!is_in_front()) {
		take_pending(SIGCONT);
		raise(SIGTTIN);
		if (!take_pending(SIGCONT))
			return false;
	}
	return true;
}

static void end_in_background(struct prompt *p)
{
	command_report(p->session, error_new(ERROR_REFUSED,
		"scdb runs in the background, and nobody can bring it to the "
		"front: there is no more to read"));
	p->session->quit = true;
}

/* Stopped by Ctrl-Z or by somebody else: the terminal has other modes now. */
static void come_back(struct prompt *p)
{
	bool reading = p->reading && p->interactive;

	if (reading && !wait_for_terminal())
		end_in_background(p);
	if (!is_in_front() || p->session->quit)
		return;
	if (p->hooks.come_back)
		p->hooks.come_back(p->hooks.ctx);
	if (p->hooks.resized)
		p->hooks.resized(p->hooks.ctx);
	if (!reading || p->screen)
		return;
	rl_deprep_terminal();
	rl_prep_terminal(1);
	rl_resize_terminal();
	rl_forced_update_display();
}

static int next_signal(int fd)
{
	struct signalfd_siginfo info;

	if (fd < 0 || read(fd, &info, sizeof(info)) != sizeof(info))
		return 0;
	return (int)info.ssi_signo;
}

static void handle_signal(struct prompt *p, int signum)
{
	switch (signum) {
	case SIGINT:
		if (p->interactive)
			start_over(p);
		else
			p->ended = p->done = true;
		break;
	case SIGTERM:
	case SIGHUP:
		p->session->exit_signal = signum;
		p->session->quit = true;
		break;
	case SIGTSTP:
		stop_self(p);
		break;
	case SIGWINCH:
		if (p->hooks.resized)
			p->hooks.resized(p->hooks.ctx);
		if (p->interactive && p->reading && is_in_front())
			rl_resize_terminal();
		break;
	case SIGCONT:
		come_back(p);
		break;
	}
}

void prompt_job_control(struct prompt *p)
{
	handle_signal(p, next_signal(p->signal_fd));
}

static void on_job_control(void *ctx, short events)
{
	(void)events;
	prompt_job_control(ctx);
}

void prompt_stop(struct prompt *p)
{
	if (p->signal_fd < 0)
		return;
	stop_self(p);
	if (take_pending(SIGCONT))
		come_back(p);
}

void prompt_check_stop(struct prompt *p)
{
	if (p->signal_fd >= 0 && take_pending(SIGTSTP))
		prompt_stop(p);
}

static void read_input(struct prompt *p, struct buf *plain)
{
	char c;
	ssize_t n;

	if (p->screen) {
		p->screen->key(p->screen->ctx);
		return;
	}
	if (p->interactive) {
		rl_callback_read_char();
		return;
	}
	n = read(STDIN_FILENO, &c, 1);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0)
		p->ended = true;
	p->done = n <= 0 || c == '\n';
	if (!p->done && plain->len <= COMMAND_MAX_LINE)
		buf_putc(plain, c);
}

/* Waits for a line, while what runs in the background runs on. */
static void wait_for_line(struct prompt *p, int signal_fd, struct buf *plain)
{
	struct session *s = p->session;

	while (!p->done && !s->quit) {
		struct pollfd fds[] = {
			{ STDIN_FILENO, POLLIN, 0 },
			{ signal_fd, POLLIN, 0 },
		};

		if (p->screen)
			p->screen->wait(p->screen->ctx);
		if (p->done)
			break;
		session_pump(s, fds, ARRAY_LEN(fds), -1);
		if (s->actions.len) {
			prompt_output_begin(p);
			command_report(s, command_run_actions(s));
			prompt_output_end(p);
		}
		if (fds[1].revents)
			handle_signal(p, next_signal(signal_fd));
		if (fds[0].revents && !p->done && !s->quit)
			read_input(p, plain);
	}
}

/*
 * What can't be a line stands for an empty one, and is complained of: as that
 * command's error, or at once where a command asked for it.
 */
static char *checked_line(struct prompt *p, struct buf *plain)
{
	struct error *err = command_check_line(plain->data, plain->len);

	if (!err)
		return buf_take(plain);
	if (p->nested)
		command_report(p->session, err);
	else
		p->bad = err;
	return xstrdup("");
}

/*
 * One line, without its end; NULL at the end of the input, or when scdb shall
 * end.  The caller frees it.
 */
static char *read_line(struct prompt *p, const char *text)
{
	struct session *s = p->session;
	int signal_fd = s->signal_fd;
	struct buf plain;

	if (p->ended || s->quit)
		return NULL;
	if (p->hooks.ready)
		p->hooks.ready(p->hooks.ctx);
	if (p->interactive && !wait_for_terminal()) {
		end_in_background(p);
		return NULL;
	}
	buf_init(&plain);
	out_flush(s->out);
	s->signal_fd = -1;
	p->line = NULL;
	p->done = p->cancelled = false;
	p->reading = true;
	if (p->interactive)
		rl_callback_handler_install(text, take_line);
	if (p->kept && !p->nested)
		prompt_put_back(p);
	wait_for_line(p, signal_fd, &plain);
	if (p->screen && p->done)
		p->screen->took(p->screen->ctx, text, p->line);
	p->reading = false;
	s->signal_fd = signal_fd;
	if (p->interactive && !p->done)
		rl_callback_handler_remove();
	if (p->interactive && p->ended && !p->screen)
		out_text(s->out, ROLE_PLAIN, "\n");
	if (!p->interactive && p->done && (!p->ended || plain.len))
		p->line = checked_line(p, &plain);
	buf_deinit(&plain);
	return p->line;
}

/* What a command asks for while it runs. */
static char *next_line(void *ctx, const char *text)
{
	struct prompt *p = ctx;
	char *line;

	p->nested = true;
	line = read_line(p, text);
	p->nested = false;
	return line;
}

static bool ask(void *ctx, const char *question)
{
	struct prompt *p = ctx;
	AUTO_FREE char *text = xasprintf("%s (y or n) ", question);

	for (;;) {
		AUTO_FREE char *line = next_line(p, text);

		if (p->cancelled)
			return false;
		if (!line || *line == 'y' || *line == 'Y')
			return true; /* at the end of the input too, as gdb */
		if (*line == 'n' || *line == 'N')
			return false;
		out_text(p->session->out, ROLE_PLAIN,
		         "Please answer y or n.\n");
	}
}

void prompt_output_begin(struct prompt *p)
{
	if (p->hidden++ || !p->reading || !p->interactive)
		return;
	if (p->screen)
		return;
	rl_clear_visible_line();
	fflush(rl_outstream);
}

void prompt_output_end(struct prompt *p)
{
	if (--p->hidden || !p->reading || !p->interactive)
		return;
	out_flush(p->session->out);
	if (p->done || p->screen)
		return;
	rl_on_new_line();
	rl_redisplay();
}

/* The loop. */

static void run_line(struct prompt *p, const char *line)
{
	struct session *s = p->session;
	struct error *err = p->bad;
	const char *run = line;

	p->bad = NULL;
	while (*run == ' ' || *run == '\t')
		run++;
	if (*run && p->interactive)
		err = command_check_line(line, strlen(line));
	if (err) {
		command_begin(s, line);
		command_end(s, err);
		return;
	}
	if (*run && p->interactive && !p->by_key) {
		history_keep(p->history_file, line, s->settings.history_size);
		if (*run != '#') {
			free(p->repeat);
			p->repeat = command_repeatable(s, line);
		}
	} else if (!*run && p->interactive && p->repeat) {
		run = p->repeat;
	}
	command_begin(s, run);
	p->running = true;
	p->by_key = false;
	err = command_execute(s, run);
	p->running = false;
	free(p->failed);
	p->failed = err ? xstrdup(err->message) : NULL;
	command_end(s, err);
	if (command_forgets(s)) {
		free(p->repeat);
		p->repeat = NULL;
	}
}

void prompt_loop(struct prompt *p)
{
	struct session *s = p->session;
	struct command_input outer;

	outer = command_set_input(s, (struct command_input){
		.next_line = next_line, .ask = p->interactive ? ask : NULL,
		.ctx = p });
	while (!s->quit) {
		char *line = read_line(p, "(scdb) ");

		if (line) {
			run_line(p, line);
			free(line);
		} else if (p->interactive && !s->quit) {
			p->ended = false;
			command_begin(s, "quit");
			command_end(s, command_execute(s, "quit"));
		} else {
			s->quit = true;
		}
	}
	command_set_input(s, outer);
}

static int open_signals(void)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGWINCH);
	sigaddset(&mask, SIGTSTP);
	sigaddset(&mask, SIGCONT);
	sigprocmask(SIG_BLOCK, &mask, NULL);
	return signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
}

void prompt_init(struct prompt *p, struct session *session, enum prompt_kind kind,
                 const struct prompt_hooks *hooks)
{
	bool terminal = isatty(STDIN_FILENO);

	*p = (struct prompt){
		.session = session, .hooks = *hooks,
		.interactive = terminal && kind == PROMPT_EDITS, .signal_fd = -1,
	};
	the_prompt = p;
	if (terminal)
		p->signal_fd = open_signals();
	if (p->signal_fd >= 0)
		session_watch(session, &(struct watch){
			.fd = p->signal_fd, .events = POLLIN,
			.ready = on_job_control, .ctx = p });
	if (!p->interactive)
		return;
	rl_readline_name = "scdb";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	prompt_complete_init();
	p->history_file = history_open(session->settings.history_size);
}

void prompt_deinit(struct prompt *p)
{
	if (!p->session)
		return;
	if (p->reading && p->interactive)
		rl_callback_handler_remove();
	if (p->signal_fd >= 0) {
		session_unwatch(p->session, p->signal_fd);
		close(p->signal_fd);
	}
	history_close(p->history_file, p->session->settings.history_size);
	prompt_drop_notes(p);
	free(p->history_file);
	free(p->repeat);
	free(p->kept);
	free(p->failed);
	the_prompt = NULL;
}
