/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all breakpoints and catchpoints share: listed, conditioned, deleted. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static struct error *find(const struct session *s, uint64_t number,
                          struct breakpoint **b)
{
	*b = number <= UINT_MAX ? breakpoint_find(s, (unsigned)number) : NULL;
	if (!*b)
		return error_new(ERROR_NOT_FOUND, "No breakpoint number %llu.",
		                 (unsigned long long)number);
	return NULL;
}

static struct error *check(const struct session *s, uint64_t number)
{
	struct breakpoint *b;

	return find(s, number, &b);
}

static struct error *settle_numbers(const struct session *s,
                                    struct command_arg *arg)
{
	return arg_settle_numbers(s, arg, check);
}

static struct error *run_condition(struct session *s,
                                   struct command_args *args)
{
	bool force = args->options & 1;
	const char *text = args->arg[1].text;
	struct breakpoint *b;

	TRY(find(s, args->arg[0].number, &b));
	TRY(session_mark(breakpoint_set_condition(s, b, text, force), text));
	if (!args->arg[1].given)
		out_message(s->out, "note", ROLE_PLAIN,
		            "Breakpoint %u now unconditional.", b->number);
	return NULL;
}

static struct error *run_ignore(struct session *s, struct command_args *args)
{
	struct breakpoint *b;

	TRY(find(s, args->arg[0].number, &b));
	b->ignore = args->arg[1].number;
	if (b->ignore)
		out_message(s->out, "note", ROLE_PLAIN,
		            "Will ignore next %llu crossings of %s %u.",
		            (unsigned long long)b->ignore, b->kind->noun,
		            b->number);
	else
		out_message(s->out, "note", ROLE_PLAIN,
		            "Will stop next time %s %u is reached.",
		            b->kind->noun, b->number);
	return NULL;
}

/* Every one gets lines of its own. */
static void give_commands(struct breakpoint *b, char *const *lines,
                          size_t count)
{
	char **copy = xcalloc(count ? count : 1, sizeof(*copy));

	for (size_t i = 0; i < count; i++)
		copy[i] = xstrdup(lines[i]);
	breakpoint_set_commands(b, copy, count);
	free(copy);
}

static struct error *run_commands(struct session *s,
                                  struct command_args *args)
{
	struct command_arg *which = &args->arg[0];
	struct error *err = NULL;
	char **lines;
	size_t count;

	if (!which->given) {
		if (!s->breakpoints.len)
			return error_new(ERROR_USAGE,
			                 "No breakpoints specified.");
		which->numbers = xcalloc(1, sizeof(*which->numbers));
		which->ranged = xcalloc(1, sizeof(*which->ranged));
		which->numbers[0] = s->last_breakpoint;
		which->number_count = 1;
	}
	if (s->commands->input.ask)
		out_message(s->out, "note", ROLE_DIM, "Type the commands, one "
		            "a line; `end` ends them.");
	TRY(command_read_block(s, false, &lines, &count));
	command_indent(s, lines, count);
	err = settle_numbers(s, which);
	for (size_t i = 0; !err && i < which->number_count; i++)
		give_commands(breakpoint_find(s, (unsigned)which->numbers[i]),
		              lines, count);
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
	return err;
}

static void delete_one(struct session *s, struct breakpoint *b)
{
	breakpoint_delete(s, b);
}

/* FN on those named, or on all.  None is touched where one does not exist. */
static struct error *for_each(struct session *s, struct command_arg *arg,
                              void (*fn)(struct session *s,
                                         struct breakpoint *b))
{
	struct breakpoint *b;

	TRY(settle_numbers(s, arg));
	for (size_t i = 0; i < arg->number_count; i++) {
		b = breakpoint_find(s, (unsigned)arg->numbers[i]);
		if (b) /* named twice, it may be gone */
			fn(s, b);
	}
	for (size_t i = s->breakpoints.len; !arg->given && i-- > 0;)
		fn(s, s->breakpoints.items[i]);
	return NULL;
}

static struct error *run_delete(struct session *s, struct command_args *args)
{
	if (!args->arg[0].given && s->breakpoints.len &&
	    !command_confirm(s, "Delete all breakpoints?"))
		return NULL;
	if (!args->arg[0].given)
		breakpoints_enable_all(s, false);
	return for_each(s, &args->arg[0], delete_one);
}

/* Places: 1 2.1 3-5 2.1-3. */

/* What `enable` and `disable` are about: a whole one (PLACE 0), or a place. */
struct target_place { unsigned number; size_t place; };
typedef VEC(struct target_place) target_places;

static struct error *bad_number(const char *word, size_t len)
{
	AUTO_FREE char *shown = command_quoted(word, len);

	return error_new(ERROR_USAGE, "Bad breakpoint number '%s'", shown);
}

/* "3", "3-5"; *END: behind it. */
static struct error *take_range(const char *at, const char *end,
                                uint64_t *first, uint64_t *last)
{
	const char *word = at;
	char *stop;

	errno = 0;
	if (!isdigit((unsigned char)*at))
		return bad_number(word, (size_t)(end - word));
	*first = *last = strtoull(at, &stop, 10);
	if (*stop == '-' && isdigit((unsigned char)stop[1]))
		*last = strtoull(stop + 1, &stop, 10);
	if (stop != end || errno || *last > UINT_MAX || *last < *first)
		return bad_number(word, (size_t)(end - word));
	return NULL;
}

static struct error *take_place_range(struct session *s, const char *dot,
                                      const char *end, unsigned number,
                                      target_places *places)
{
	struct breakpoint *b;
	uint64_t first, last;
	size_t count;

	TRY(find(s, number, &b));
	TRY(take_range(dot + 1, end, &first, &last));
	count = break_place_count(s, b);
	if (!first || last > count)
		return error_new(ERROR_NOT_FOUND, "Bad breakpoint location "
		                 "number '%llu'", (unsigned long long)
		                 (first && first <= count ? last : first));
	for (uint64_t n = first; n <= last; n++)
		vec_push(places, ((struct target_place){ number,
		                                         (size_t)n }));
	return NULL;
}

/* Whole ones: of several, those that are there. */
static struct error *take_range_of(struct session *s, uint64_t first,
                                   uint64_t last, target_places *places)
{
	size_t before = places->len;

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		unsigned number = s->breakpoints.items[i]->number;

		if (number >= first && number <= last)
			vec_push(places, ((struct target_place){ number, 0 }));
	}
	if (first <= last && places->len == before)
		return error_new(ERROR_NOT_FOUND, "No breakpoint number %llu.",
		                 (unsigned long long)first);
	return NULL;
}

static struct error *take_places(struct session *s, const char *text,
                                 target_places *places)
{
	while (*(text = text + strspn(text, " \t,"))) {
		const char *end = text + strcspn(text, " \t,");
		const char *dot = memchr(text, '.', (size_t)(end - text));
		uint64_t first, last;

		TRY(take_range(text, dot ? dot : end, &first, &last));
		if (dot && first != last)
			return bad_number(text, (size_t)(end - text));
		if (dot)
			TRY(take_place_range(s, dot, end, (unsigned)first,
			                     places));
		TRY(take_range_of(s, first, dot ? first - 1 : last, places));
		text = end;
	}
	return NULL;
}

static void switch_one(struct session *s, const struct target_place *at,
                       bool on)
{
	struct breakpoint *b = breakpoint_find(s, at->number);

	if (at->place)
		break_enable_place(s, b, at->place, on);
	else
		breakpoint_enable(s, b, on);
}

static struct error *switch_all(struct session *s,
                                const struct command_arg *arg, bool on)
{
	target_places places = { 0 };
	struct error *err = NULL;

	if (arg->given)
		err = take_places(s, arg->text, &places);
	for (size_t i = 0; !err && i < places.len; i++)
		switch_one(s, &places.items[i], on);
	if (!arg->given)
		breakpoints_enable_all(s, on);
	vec_deinit(&places);
	return err;
}

static struct error *run_enable(struct session *s, struct command_args *args)
{
	return switch_all(s, &args->arg[0], true);
}

static struct error *run_disable(struct session *s, struct command_args *args)
{
	return switch_all(s, &args->arg[0], false);
}

/* Enabled for a while. */
static struct error *enable_until(struct session *s,
                                  struct command_arg *arg,
                                  enum breakpoint_disposition disposition,
                                  uint64_t count)
{
	struct breakpoint *b;

	TRY(settle_numbers(s, arg));
	for (size_t i = 0; i < s->breakpoints.len; i++) {
		b = s->breakpoints.items[i];
		for (size_t k = 0; arg->given; k++) {
			if (k == arg->number_count) {
				b = NULL;
				break;
			}
			if (arg->numbers[k] == b->number)
				break;
		}
		if (!b)
			continue;
		b->disposition = disposition;
		b->count = count;
		breakpoint_enable(s, b, true);
	}
	return NULL;
}

static struct error *run_enable_once(struct session *s,
                                     struct command_args *args)
{
	return enable_until(s, &args->arg[0], DISPOSITION_DISABLE, 0);
}

static struct error *run_enable_delete(struct session *s,
                                       struct command_args *args)
{
	return enable_until(s, &args->arg[0], DISPOSITION_DELETE, 0);
}

static struct error *run_enable_count(struct session *s,
                                      struct command_args *args)
{
	return enable_until(s, &args->arg[1], DISPOSITION_DISABLE,
	                    args->arg[0].number);
}

static struct error *run_info(struct session *s, struct command_args *args)
{
	struct command_arg *arg = &args->arg[0];
	AUTO_FREE unsigned *numbers = xcalloc(arg->number_count + 1,
	                                      sizeof(*numbers));

	TRY(settle_numbers(s, arg));
	for (size_t i = 0; i < arg->number_count; i++)
		numbers[i] = (unsigned)arg->numbers[i];
	breakpoint_list(s, numbers, arg->number_count);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "condition", .group = GROUP_BREAKPOINTS,
		.args = "[-f] number:breakpoint [condition:expression]",
		.summary = "let a breakpoint stop only where a condition holds",
		.help = "Without a condition, whenever it is reached. -f (or "
			"-force) takes one that can't be understood yet.",
		.example = "catch syscall read\n"
			"condition $bpnum count > 100",
		.run = run_condition,
	}, {
		.name = "ignore", .group = GROUP_BREAKPOINTS,
		.args = "number:breakpoint count:number", .flags = CMD_PREFIX,
		.summary = "pass over a breakpoint a number of times",
		.example = "catch syscall read\n"
			"ignore $bpnum 2",
		.run = run_ignore,
	}, {
		.name = "commands", .group = GROUP_BREAKPOINTS,
		.flags = CMD_BLOCK,
		.args = "[numbers:numbers]",
		.summary = "set what is done at each stop of a breakpoint",
		.help = "The lines up to `end` are run at each stop that it "
			"makes. `silent` as the first of them keeps the stop "
			"from being shown. What lets the program go on drops "
			"the lines behind it. Without a number it is the last "
			"breakpoint that was set.",
		.example = "catch syscall openat exit\n"
			"commands\n"
			"  silent\n"
			"  print pathname\n"
			"  continue\n"
			"end",
		.run = run_commands,
	}, {
		.name = "enable", .aliases = "en", .group = GROUP_BREAKPOINTS,
		.args = "[numbers:places]", .flags = CMD_PREFIX,
		.summary = "let breakpoints stop again, some or all",
		.help = "1.2 is the second place of breakpoint 1.",
		.example = "catch syscall read\n"
			"enable 1",
		.run = run_enable,
	}, {
		.name = "enable once", .group = GROUP_BREAKPOINTS,
		.args = "[numbers:numbers]",
		.summary = "let them make one stop, which disables them",
		.example = "catch syscall read\n"
			"enable once 1",
		.run = run_enable_once,
	}, {
		.name = "enable delete", .group = GROUP_BREAKPOINTS,
		.args = "[numbers:numbers]",
		.summary = "let them make one stop, which deletes them",
		.example = "catch syscall read\n"
			"enable delete 1",
		.run = run_enable_delete,
	}, {
		.name = "enable count", .group = GROUP_BREAKPOINTS,
		.args = "count:count [numbers:numbers]",
		.summary = "let them make some stops, the last of which "
			"disables them",
		.example = "catch syscall read\n"
			"enable count 2 1",
		.run = run_enable_count,
	}, {
		.name = "disable", .aliases = "dis disa",
		.group = GROUP_BREAKPOINTS, .args = "[numbers:places]",
		.flags = CMD_PREFIX,
		.summary = "keep breakpoints from stopping, some or all",
		.example = "catch syscall read\n"
			"disable 1",
		.run = run_disable,
	}, {
		.name = "delete", .aliases = "d", .group = GROUP_BREAKPOINTS,
		.flags = CMD_PREFIX,
		.args = "[numbers:numbers]",
		.summary = "delete breakpoints, some or all",
		.example = "catch syscall read\n"
			"delete 1",
		.run = run_delete,
	}, {
		.name = "info breakpoints", .aliases = "b",
		.group = GROUP_BREAKPOINTS, .args = "[numbers:numbers]",
		.summary = "list breakpoints, watchpoints and catchpoints",
		.example = "info breakpoints",
		.run = run_info,
	},
};

const struct command_table commands_breakpoints = {
	table, ARRAY_LEN(table)
};
