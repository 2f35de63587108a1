/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines as a block: if, while, and whoever runs a list of lines.
 *
 * What is wrong in a block has a line: state->error_line counts from the line
 * that began the block, and whoever knows the place of that adds it.
 */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <string.h>

enum { MAX_DEPTH = 256, MOST_LINES = 100000 };

struct list {
	char *const *lines;
	size_t at, end;
};

static char *next_of_list(void *ctx, const char *prompt)
{
	struct list *list = ctx;

	(void)prompt;
	return list->at < list->end ? xstrdup(list->lines[list->at++]) : NULL;
}

/* Ctrl-C, or the end of scdb: a loop must not outlive them. */
static struct error *check_break(struct session *s)
{
	if (s->hooks.interrupted && s->hooks.interrupted(s->hooks.ctx))
		return error_new(ERROR_INTERRUPTED, "interrupted");
	s->interrupted = false;
	session_pump(s, NULL, 0, 0);
	if (s->interrupted)
		return error_new(ERROR_INTERRUPTED, "interrupted");
	return NULL;
}

static struct error *run_list(struct session *s, struct list *list)
{
	struct command_state *state = s->commands;

	while (list->at < list->end && !s->quit && !state->flow) {
		AUTO_FREE char *line = xstrdup(list->lines[list->at++]);
		size_t number = list->at;
		struct error *err;

		state->error_line = 0;
		state->error_placed = false;
		/* Three system calls, against one of a short line. */
		err = state->in_batch && number % 64 ? NULL : check_break(s);
		if (!err && !s->quit)
			err = command_execute(s, line);
		if (err) {
			state->error_line += number;
			return err;
		}
	}
	return NULL;
}

struct error *command_run_lines(struct session *s, char *const *lines,
                                size_t from, size_t to)
{
	struct command_state *state = s->commands;
	struct list list = { .lines = lines, .at = from, .end = to };
	struct command_input outer;
	struct error *err;

	if (state->depth >= MAX_DEPTH)
		return error_new(ERROR_USAGE, "commands nest deeper than %d",
		                 (int)MAX_DEPTH);
	state->depth++;
	outer = command_set_input(s, (struct command_input){
		.next_line = next_of_list, .ctx = &list });
	err = run_list(s, &list);
	command_set_input(s, outer);
	state->depth--;
	return err;
}

/* Reading blocks. */

bool command_is_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	line = skip_blanks(line);
	return strncmp(line, word, len) == 0 && !*skip_blanks(line + len);
}

unsigned command_opens_block(const struct session *s, const char *line)
{
	AUTO_FREE char *expanded = NULL;
	const struct command *command;
	const char *rest;
	struct error *err;

	line = skip_blanks(line);
	if (!*line || *line == '#')
		return 0;
	expanded = script_expand_alias(s, line);
	err = command_find(s, expanded ? expanded : line, &command, &rest);
	error_destroy(err);
	return err ? 0 : command->flags & (CMD_BLOCK | CMD_RAW_BLOCK);
}

static void free_lines(char **lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
}

struct error *command_read_block(struct session *s, bool raw, char ***lines,
                                 size_t *count)
{
	const struct command_input *input = &s->commands->input;
	VEC(char *) block = { 0 };
	unsigned depth = 1, raw_depth = raw;

	for (;;) {
		AUTO_FREE char *prompt = xasprintf("%*s>", (int)depth - 1,
		                                   "");
		char *line = input->next_line && block.len < MOST_LINES
			? input->next_line(input->ctx, prompt) : NULL;
		unsigned opens = 0;

		if (!line)
			break;
		if (command_is_word(line, "end")) {
			raw_depth = raw_depth == depth ? 0 : raw_depth;
			depth--;
		} else if (!raw_depth) {
			opens = command_opens_block(s, line);
		}
		if (!depth) {
			free(line);
			*lines = block.items;
			*count = block.len;
			return NULL;
		}
		vec_push(&block, line);
		depth += opens != 0;
		if (opens & CMD_RAW_BLOCK)
			raw_depth = depth;
	}
	free_lines(block.items, block.len);
	if (block.len >= MOST_LINES)
		return error_new(ERROR_USAGE, "more than %d lines before "
		                 "`end`", (int)MOST_LINES);
	return error_new(ERROR_USAGE, "the input ended before `end`");
}

void command_indent(const struct session *s, char **lines, size_t count)
{
	unsigned depth = 0;
	bool raw = false;

	for (size_t i = 0; i < count; i++) {
		const char *text = skip_blanks(lines[i]);
		bool end = command_is_word(text, "end");
		bool turn = command_is_word(text, "else") && depth && !raw;
		unsigned opens = raw ? 0 : command_opens_block(s, text);
		char *made;

		depth -= (end && depth) || turn;
		raw = raw && !end;
		made = xasprintf("%*s%.*s", (int)depth * 2, "",
		                 (int)trimmed_len(text, strlen(text)), text);
		if (!raw) {
			free(lines[i]);
			lines[i] = made;
		} else {
			free(made);
		}
		depth += opens || turn;
		raw = raw || opens & CMD_RAW_BLOCK;
	}
}

/* Where `else` stands among the LINES of an `if`, or COUNT. */
static size_t find_else(const struct session *s, char *const *lines,
                        size_t count)
{
	unsigned depth = 0;
	bool raw = false;

	for (size_t i = 0; i < count; i++) {
		unsigned opens = raw ? 0 : command_opens_block(s, lines[i]);

		if (!depth && command_is_word(lines[i], "else"))
			return i;
		if (depth && command_is_word(lines[i], "end")) {
			depth--;
			raw = false;
		}
		depth += opens != 0;
		raw = raw || opens & CMD_RAW_BLOCK;
	}
	return count;
}

static struct error *is_true(struct session *s, const char *text, bool *truth)
{
	int64_t value;

	TRY(evaluate_number(s, text, &value));
	*truth = value != 0;
	return NULL;
}

static struct error *run_if(struct session *s, struct command_args *args)
{
	char **lines;
	size_t count, split;
	struct error *err;
	bool truth = false;

	TRY(command_read_block(s, false, &lines, &count));
	err = is_true(s, args->arg[0].text, &truth);
	split = find_else(s, lines, count);
	if (!err && truth)
		err = command_run_lines(s, lines, 0, split);
	else if (!err && split < count)
		err = command_run_lines(s, lines, split + 1, count);
	free_lines(lines, count);
	return err;
}

static struct error *loop(struct session *s, const char *condition,
                          char *const *lines, size_t count)
{
	struct command_state *state = s->commands;
	bool truth;

	while (!s->quit) {
		state->error_line = 0;
		TRY(check_break(s));
		TRY(is_true(s, condition, &truth));
		if (!truth)
			break;
		TRY(command_run_lines(s, lines, 0, count));
		if (state->flow == FLOW_BREAK)
			break;
		state->flow = FLOW_ON;
	}
	return NULL;
}

static struct error *run_while(struct session *s, struct command_args *args)
{
	struct command_state *state = s->commands;
	char **lines;
	size_t count;
	struct error *err;

	TRY(command_read_block(s, false, &lines, &count));
	state->loops++;
	err = loop(s, args->arg[0].text, lines, count);
	state->loops--;
	state->flow = FLOW_ON;
	free_lines(lines, count);
	return err;
}

static struct error *leave(struct session *s, enum flow flow)
{
	if (!s->commands->loops)
		return error_new(ERROR_USAGE, "not inside a `while`");
	s->commands->flow = flow;
	return NULL;
}

static struct error *run_loop_break(struct session *s,
                                    struct command_args *args)
{
	(void)args;
	return leave(s, FLOW_BREAK);
}

static struct error *run_loop_continue(struct session *s,
                                       struct command_args *args)
{
	(void)args;
	return leave(s, FLOW_CONTINUE);
}

static struct error *run_stray(struct session *s, struct command_args *args)
{
	(void)s;
	(void)args;
	return error_new(ERROR_USAGE, "`else` and `end` belong to a block: "
	                 "if, while, commands, define, document");
}

static const struct command table[] = {
	{
		.name = "if", .group = GROUP_TOOL,
		.args = "condition:expression", .flags = CMD_BLOCK,
		.summary = "run the lines that follow, up to `else` or `end`, "
			"where a condition holds",
		.help = "A condition holds where it is not 0. Blocks may stand "
			"in blocks.",
		.example = "set $count = 3\n"
			"if $count > 2\n"
			"  print $count\n"
			"else\n"
			"  echo few\\n\n"
			"end",
		.run = run_if,
	}, {
		.name = "while", .group = GROUP_TOOL,
		.args = "condition:expression", .flags = CMD_BLOCK,
		.summary = "run the lines that follow, up to `end`, as long as "
			"a condition holds",
		.help = "`loop_break` leaves it, `loop_continue` begins the "
			"next round, Ctrl-C ends it.",
		.example = "set $n = 0\n"
			"while $n < 3\n"
			"  print $n\n"
			"  set $n = $n + 1\n"
			"end",
		.run = run_while,
	}, {
		.name = "loop_break", .group = GROUP_TOOL, .args = "",
		.summary = "leave the innermost `while`",
		.example = "while 1\n"
			"  loop_break\n"
			"end",
		.run = run_loop_break,
	}, {
		.name = "loop_continue", .group = GROUP_TOOL, .args = "",
		.summary = "begin the next round of the innermost `while`",
		.example = "set $n = 0\n"
			"while $n < 3\n"
			"  set $n = $n + 1\n"
			"  if $n == 2\n"
			"    loop_continue\n"
			"  end\n"
			"  print $n\n"
			"end",
		.run = run_loop_continue,
	}, {
		.name = "else", .group = GROUP_TOOL, .args = "",
		.summary = "begin the other lines of an `if`",
		.example = "set $n = 1\n"
			"if $n > 0\n"
			"  echo some\\n\n"
			"else\n"
			"  echo none\\n\n"
			"end",
		.run = run_stray,
	}, {
		.name = "end", .group = GROUP_TOOL, .args = "",
		.summary = "end the lines of a block",
		.example = "if 1\n"
			"  echo yes\\n\n"
			"end",
		.run = run_stray,
	},
};

const struct command_table commands_control = { table, ARRAY_LEN(table) };
