/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a line to a command that ran, and the `commands` of the stop it made. */
#include "cmds/internal.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/log.h"
#include "session/source.h"
#include "target/cache.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

/* The lines of a dprintf: a thread stands, and the loop is on its way. */
static struct error *run_lines(struct session *s, char *const *lines,
                               size_t count)
{
	struct command_state *state = s->commands;
	bool before = state->in_dprintf;
	struct error *err;

	state->in_dprintf = true;
	err = command_run_lines(s, lines, 0, count);
	state->in_dprintf = before;
	return err;
}

void command_init(struct session *s)
{
	s->commands = xcalloc(1, sizeof(*s->commands));
	s->before_stop = script_before_stop;
	s->format = printf_format;
	s->run_lines = run_lines;
	debuginfod_init(s);
	s->after_stop = display_after_stop;
}

void command_deinit(struct session *s)
{
	debuginfod_deinit(s);
	script_deinit(s->commands);
	displays_deinit(s->commands);
	free(s->commands);
	s->commands = NULL;
	s->before_stop = NULL;
	s->format = NULL;
	s->run_lines = NULL;
	s->after_stop = NULL;
}

struct command_input command_set_input(struct session *s,
                                       struct command_input input)
{
	struct command_input before = s->commands->input;

	s->commands->input = input;
	return before;
}

bool command_confirm(struct session *s, const char *fmt, ...)
{
	const struct command_input *input = &s->commands->input;
	AUTO_BUF struct buf question = { 0 };
	va_list args;

	if (!s->settings.confirm || !input->ask)
		return true;
	buf_init(&question);
	va_start(args, fmt);
	buf_vprintf(&question, fmt, args);
	va_end(args);
	return input->ask(input->ctx, question.data);
}

void command_report(struct session *s, struct error *err)
{
	if (!err)
		return;
	out_error(s->out, err);
	out_flush(s->out);
	error_destroy(err);
}

void command_begin(struct session *s, const char *line)
{
	s->commands->download.broken_off = false;
	out_begin(s->out, "command");
	out_hidden_uint(s->out, "number", ++s->commands->given);
	out_hidden_str(s->out, "line", line);
	out_end(s->out);
}

bool command_end(struct session *s, struct error *err)
{
	bool ok;

	err = debuginfod_check(s, err);
	ok = !err;
	command_report(s, err);
	out_begin(s->out, "done");
	out_hidden_uint(s->out, "number", s->commands->given);
	out_hidden_bool(s->out, "ok", ok);
	out_end(s->out);
	return ok;
}

struct error *command_check_line(const char *line, size_t len)
{
	if (len > COMMAND_MAX_LINE)
		return error_new(ERROR_USAGE,
		                 "a line of %zu bytes is too long: at most %d",
		                 len, (int)COMMAND_MAX_LINE);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];

		if ((c < ' ' && c != '\t' && c != '\r' && c != '\f') ||
		    c == 0x7f)
			return error_new(ERROR_USAGE,
			                 "the line holds a control byte, "
			                 "\\%03o, at column %zu", c, i + 1);
	}
	return NULL;
}

static struct error *check_flags(const struct session *s,
                                 const struct command *command)
{
	const unsigned needs = CMD_NEEDS_PROCESS | CMD_NEEDS_STOPPED;
	struct thread *thread;

	/* What lets a process go on can't do that with a core. */
	if (command->flags & CMD_NEEDS_LIVE ||
	    (command->flags & CMD_RUNS && command->flags & needs))
		TRY(session_need_live(s));
	if (command->flags & CMD_NEEDS_STOPPED)
		return session_need_stopped(s, &thread);
	if (command->flags & CMD_NEEDS_PROCESS)
		return session_need_process(s);
	return NULL;
}

static struct error *needs_subcommand(const struct command *command)
{
	AUTO_BUF struct buf names = { 0 };
	const struct command *c;

	buf_init(&names);
	for (size_t i = 0; (c = command_at(i)); i++)
		if (command_is_child(command, c))
			buf_printf(&names, "%s%s", names.len ? ", " : "",
			           command_last_word(c));
	return error_new(ERROR_USAGE, "\"%s\" must be followed by one of: %s",
	                 command->name, names.data);
}

/* In the lines of a dprintf, where nobody may touch the threads. */
static struct error *check_dprintf(const struct command *command)
{
	bool looks = strncmp(command->name, "info ", 5) == 0;

	if (command->flags & CMD_RUNS || strcmp(command->name, "quit") == 0 ||
	    (command->group == GROUP_RUNNING && !looks))
		return error_new(ERROR_REFUSED, "the commands of a dprintf "
		                 "can't have `%s`: the program goes on by "
		                 "itself", command->name);
	return NULL;
}

static struct error *run_command(struct session *s,
                                 const struct command *command,
                                 const char *rest)
{
	struct command_args args;
	struct error *err;

	if (command->flags & CMD_USER)
		return user_command_run(s, command, rest);
	if (!command->run)
		return needs_subcommand(command);
	if (s->commands->in_stop_hook && command->flags & CMD_RUNS)
		return error_new(ERROR_REFUSED, "hook-stop can't let the "
		                 "program go on");
	if (s->commands->in_dprintf)
		TRY(check_dprintf(command));
	TRY(check_flags(s, command));
	TRY(command_args_parse(s, command, rest, &args));
	/* The stop to come may bring `commands` of its own, as in gdb. */
	if (command->flags & CMD_RUNS)
		session_drop_actions(s);
	target_cache_open(s->target);
	err = command->run(s, &args);
	target_cache_close(s->target);
	command_args_deinit(&args);
	if (s->run == RUN_FOREGROUND && !s->commands->in_dprintf)
		session_wait(s);
	return debuginfod_check(s, err);
}

/* "inject=..." and "fault=...", as strace's -e has them; NULL: it is neither. */
static char *strace_option(const char *line)
{
	static const char *const names[] = { "inject", "fault" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t len = strlen(names[i]);

		if (strncmp(line, names[i], len) == 0 && line[len] == '=')
			return xasprintf("%s %s", names[i], line + len + 1);
	}
	return NULL;
}

static struct error *execute_one(struct session *s, const char *line)
{
	AUTO_FREE char *filled = NULL, *expanded = NULL, *option = NULL;
	const struct command *command;
	const char *rest;

	TRY(command_check_line(line, strlen(line)));
	line = skip_blanks(line);
	if (!*line || *line == '#')
		return NULL;
	TRY(script_substitute(s, line, &filled));
	line = filled ? filled : line;
	expanded = script_expand_alias(s, line);
	line = expanded ? expanded : line;
	option = strace_option(line);
	line = option ? option : line;
	TRY(command_check_line(line, strlen(line)));
	LOG(LOG_CMDS, "%s", line);
	TRY(command_find(s, line, &command, &rest));
	TRY(script_run_hook(s, "hook", command->name));
	TRY(run_command(s, command, rest));
	return s->quit ? NULL : script_run_hook(s, "hookpost", command->name);
}

static char *next_action(void *session, const char *prompt)
{
	(void)prompt;
	return session_next_action(session);
}

struct error *command_run_actions(struct session *s)
{
	struct command_state *state = s->commands;
	const struct command_frame *frame = state->frame;
	unsigned loops = state->loops;
	struct command_input outer;
	struct error *err = NULL;
	char *line;

	if (state->in_actions || !s->actions.len)
		return NULL;
	state->in_actions = true;
	state->frame = NULL;
	state->loops = 0;
	outer = s->commands->input;
	command_set_input(s, (struct command_input){
		.next_line = next_action, .ask = NULL, .ctx = s });
	while (!err && !s->quit && (line = session_next_action(s))) {
		err = execute_one(s, line);
		free(line);
	}
	if (err)
		session_drop_actions(s);
	command_set_input(s, outer);
	state->in_actions = false;
	state->frame = frame;
	state->loops = loops;
	return err;
}

struct error *command_execute(struct session *s, const char *line)
{
	TRY(execute_one(s, line));
	return command_run_actions(s);
}

/* What looking changes, and what may make it more than looking. */
struct before_peek {
	struct out *out;
	struct examine_state examine;
	struct source_position position;
	const char *complained;
	unsigned debuginfod;
};

static struct before_peek begin_peek(struct session *s, struct out *out)
{
	const struct before_peek before = {
		.out = s->out, .examine = s->commands->examine,
		.position = s->sources->position,
		.complained = s->sources->complained,
		.debuginfod = s->settings.debuginfod,
	};

	s->out = out;
	s->sources->complained = NULL;
	s->commands->peeking = true;
	if (s->settings.debuginfod == DEBUGINFOD_ASK)
		s->settings.debuginfod = DEBUGINFOD_OFF;
	return before;
}

static void end_peek(struct session *s, const struct before_peek *before)
{
	s->out = before->out;
	s->commands->peeking = false;
	s->commands->examine = before->examine;
	s->sources->position = before->position;
	s->sources->complained = before->complained;
	s->settings.debuginfod = before->debuginfod;
}

static struct error *peek(struct session *s, const char *line)
{
	const struct command *command;
	struct command_args args;
	struct error *err;
	const char *rest;

	TRY(command_find(s, line, &command, &rest));
	assert(command->run && !(command->flags & (CMD_RUNS | CMD_USER)));
	TRY(check_flags(s, command));
	TRY(command_args_parse(s, command, rest, &args));
	target_cache_open(s->target);
	err = command->run(s, &args);
	target_cache_close(s->target);
	command_args_deinit(&args);
	return err;
}

struct error *command_peek(struct session *s, const char *line,
                           struct out *out)
{
	struct before_peek before = begin_peek(s, out);
	struct error *err = peek(s, line);

	end_peek(s, &before);
	return err;
}

bool command_in_file(const struct session *s)
{
	return s->commands->source_depth > 0;
}

bool command_forgets(struct session *s)
{
	bool forgets = s->commands->no_repeat;

	s->commands->no_repeat = false;
	return forgets;
}

char *command_repeatable(const struct session *s, const char *line)
{
	AUTO_FREE char *expanded = script_expand_alias(s, skip_blanks(line));
	const struct command *command;
	const char *rest;
	struct error *err = command_find(s, expanded ? expanded : line,
	                                 &command, &rest);

	if (err) {
		error_destroy(err);
		return NULL;
	}
	if (command->flags & CMD_REPEATS_BARE)
		return xstrdup(command->name);
	return command->flags & CMD_REPEATS ? xstrdup(line) : NULL;
}
