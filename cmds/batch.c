/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `batch`: what the lines of a block will read of memory is read first, by one
 * request.
 *
 * Which bytes that are is found without running a line: by the address and the
 * size of what `x` and `print` are asked for.  What is not foreseen, or is
 * another by then, is read when it is wanted: the lines say what they would say
 * without.
 */
#include "cmds/examine.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "target/cache.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef VEC(struct cache_wanted) wanted_vec;

struct gathering {
	struct session *s;
	struct examine_state examine; /* as it will be when a line is run */
	const struct command *last;   /* what the word of a line before means */
	const char *last_word;
	size_t last_len;
	wanted_vec wanted;
};

/* C's names of types that stand in casts. */
static bool is_type_word(const char *word, size_t len)
{
	static const char *const words[] = {
		"char", "short", "int", "long", "unsigned", "signed", "float",
		"double", "void",
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strlen(words[i]) == len && !memcmp(words[i], word, len))
			return true;
	return false;
}

/*
 * Whether TEXT is of numbers, registers and variables of scdb's alone: to look
 * up a name twice costs more than the read that is saved.
 */
static bool is_plain(const char *text)
{
	while (*text) {
		size_t len = 0;

		while (isalnum((unsigned char)text[len]) || text[len] == '_' ||
		       text[len] == '$')
			len++;
		if (len && !isdigit((unsigned char)*text) && *text != '$' &&
		    !is_type_word(text, len))
			return false;
		if (*text == '"')
			return false;
		text += len ? len : 1;
	}
	return true;
}

static void want(struct gathering *g, taddr addr, size_t len)
{
	if (len && len <= CACHE_GATHER_MAX)
		vec_push(&g->wanted, (struct cache_wanted){ addr, len });
}

static void foresee_value(struct gathering *g, const char *text)
{
	AUTO_VALUE struct value *v = NULL;
	struct expr *expr = NULL;
	struct error *err = session_compile_value(g->s, text, false, NULL,
	                                          &expr);
	taddr addr;

	if (!err)
		err = session_evaluate_value(g->s, g->s->current, expr, true,
		                             &v);
	if (!err && value_place(v) == VALUE_IN_MEMORY &&
	    value_address(v, &addr))
		want(g, addr, (size_t)type_size(value_type(v)));
	error_destroy(err);
	expr_destroy(expr);
}

static void foresee_command(struct gathering *g, const struct command *c,
                            struct command_args *args)
{
	const struct command_arg *expr = &args->arg[1];
	size_t len;

	if (expr->given && !is_plain(expr->text))
		return;
	if (strcmp(c->name, "x") == 0) {
		len = examine_wants(g->s, args, &g->examine);
		want(g, g->examine.next, len);
		g->examine.next += len;
	} else if (expr->given) {
		foresee_value(g, expr->text);
	}
}

static bool is_foreseen(const struct command *c)
{
	return strcmp(c->name, "x") == 0 || strcmp(c->name, "print") == 0 ||
	       strcmp(c->name, "output") == 0;
}

/* Most lines begin as the one before does: that is looked up once. */
static struct error *find(struct gathering *g, const char *line,
                          const struct command **c, const char **rest)
{
	size_t len = command_word_len(line);

	if (g->last && len == g->last_len &&
	    strncmp(line, g->last_word, len) == 0) {
		*c = g->last;
		*rest = skip_blanks(line + len);
		return NULL;
	}
	TRY(command_find(g->s, line, c, rest));
	/* Names of two words are found again each time. */
	g->last = *rest == skip_blanks(line + len) ? *c : NULL;
	g->last_word = line;
	g->last_len = len;
	return NULL;
}

/* LINE must stay. */
static void foresee(struct gathering *g, const char *line)
{
	const struct command *c;
	struct command_args args;
	const char *rest;
	struct error *err = find(g, line, &c, &rest);

	if (!err && is_foreseen(c)) {
		err = command_args_parse(g->s, c, rest, &args);
		if (!err) {
			foresee_command(g, c, &args);
			command_args_deinit(&args);
		}
	}
	error_destroy(err);
}

static void gather(struct session *s, char *const *lines, size_t count)
{
	struct gathering g = { .s = s, .examine = s->commands->examine };

	if (!s->current || !session_is_stopped(s, s->current))
		return;
	for (size_t i = 0; i < count; i++) {
		const char *line = skip_blanks(lines[i]);
		AUTO_FREE char *alias = script_expand_alias(s, line);

		/* Nothing that a name may hide is looked into. */
		if (*line && *line != '#' && !alias)
			foresee(&g, line);
	}
	target_cache_gather(s->current->process, g.wanted.items, g.wanted.len);
	vec_deinit(&g.wanted);
}

static struct error *run_batch(struct session *s, struct command_args *args)
{
	struct command_state *state = s->commands;
	bool outer = state->in_batch;
	char **lines = NULL;
	size_t count = 0;
	struct error *err;

	(void)args;
	TRY(command_read_block(s, false, &lines, &count));
	gather(s, lines, count);
	state->in_batch = true;
	err = command_run_lines(s, lines, 0, count);
	state->in_batch = outer;
	target_cache_drop(s->target);
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
	return err;
}

static const struct command table[] = {
	{
		.name = "batch", .group = GROUP_LOOKING, .args = "",
		.flags = CMD_BLOCK,
		.summary = "run the lines up to end; read what they show at once",
		.help = "The memory that x, print and output are asked for in "
			"the lines is read first, by one request, as far as "
			"addresses are made of numbers, registers and $names. "
			"The lines say what they would say without; where "
			"other threads run, all is of one moment. It lasts "
			"until a line changes memory or lets a thread go on.",
		.example = "batch\nx/4xg $sp\nx/2i $pc\noutput *(char *)$sp\n"
			"end",
		.example_at = EXAMPLE_AT_START,
		.run = run_batch,
	},
};

const struct command_table commands_batch = { table, ARRAY_LEN(table) };
