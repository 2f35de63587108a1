/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all breakpoints and catchpoints share: listed, conditioned, deleted. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <limits.h>
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

static struct error *run_condition(struct session *s,
                                   struct command_args *args)
{
	struct breakpoint *b;

	TRY(find(s, args->arg[0].number, &b));
	TRY(breakpoint_set_condition(s, b, args->arg[1].text, false));
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
	struct breakpoint *b;
	char **lines;
	size_t count;

	if (!which->given) {
		if (!s->breakpoints.len)
			return error_new(ERROR_USAGE,
			                 "there are no catchpoints");
		which->numbers = xcalloc(1, sizeof(*which->numbers));
		which->numbers[0] = s->last_breakpoint;
		which->number_count = 1;
	}
	if (s->commands->input.ask)
		out_message(s->out, "note", ROLE_DIM, "Type the commands, one "
		            "a line; `end` ends them.");
	TRY(command_read_block(s, false, &lines, &count));
	command_indent(s, lines, count);
	for (size_t i = 0; !err && i < which->number_count; i++)
		err = find(s, which->numbers[i], &b);
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

static void enable_one(struct session *s, struct breakpoint *b)
{
	breakpoint_enable(s, b, true);
}

static void disable_one(struct session *s, struct breakpoint *b)
{
	breakpoint_enable(s, b, false);
}

/* FN on those named, or on all.  None is touched where one does not exist. */
static struct error *for_each(struct session *s, const struct command_arg *arg,
                              void (*fn)(struct session *s,
                                         struct breakpoint *b))
{
	struct breakpoint *b;

	for (size_t i = 0; i < arg->number_count; i++)
		TRY(find(s, arg->numbers[i], &b));
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
	    !command_confirm(s, "Delete all catchpoints?"))
		return NULL;
	return for_each(s, &args->arg[0], delete_one);
}

static struct error *run_enable(struct session *s, struct command_args *args)
{
	return for_each(s, &args->arg[0], enable_one);
}

static struct error *run_disable(struct session *s, struct command_args *args)
{
	return for_each(s, &args->arg[0], disable_one);
}

static struct error *run_info(struct session *s, struct command_args *args)
{
	const struct command_arg *arg = &args->arg[0];
	AUTO_FREE unsigned *numbers = xcalloc(arg->number_count + 1,
	                                      sizeof(*numbers));
	struct breakpoint *b;

	for (size_t i = 0; i < arg->number_count; i++) {
		TRY(find(s, arg->numbers[i], &b));
		numbers[i] = b->number;
	}
	breakpoint_list(s, numbers, arg->number_count);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "condition", .group = GROUP_BREAKPOINTS,
		.args = "number:breakpoint [condition:expression]",
		.summary = "let a catchpoint stop only where a condition holds",
		.help = "Without a condition, whenever it is reached.",
		.example = "catch syscall read\n"
			"condition $bpnum count > 100",
		.run = run_condition,
	}, {
		.name = "ignore", .group = GROUP_BREAKPOINTS,
		.args = "number:breakpoint count:number",
		.summary = "pass over a catchpoint a number of times",
		.example = "catch syscall read\n"
			"ignore $bpnum 2",
		.run = run_ignore,
	}, {
		.name = "commands", .group = GROUP_BREAKPOINTS,
		.flags = CMD_BLOCK,
		.args = "[numbers:numbers]",
		.summary = "set what is done at each stop of a catchpoint",
		.help = "The lines up to `end` are run at each stop that it "
			"makes. `silent` as the first of them keeps the stop "
			"from being shown. What lets the program go on drops "
			"the lines behind it. Without a number it is the last "
			"catchpoint that was set.",
		.example = "catch syscall openat exit\n"
			"commands\n"
			"  silent\n"
			"  print pathname\n"
			"  continue\n"
			"end",
		.run = run_commands,
	}, {
		.name = "enable", .aliases = "en", .group = GROUP_BREAKPOINTS,
		.args = "[numbers:numbers]",
		.summary = "let catchpoints stop again, some or all",
		.example = "catch syscall read\n"
			"enable 1",
		.run = run_enable,
	}, {
		.name = "disable", .aliases = "dis disa",
		.group = GROUP_BREAKPOINTS, .args = "[numbers:numbers]",
		.summary = "keep catchpoints from stopping, some or all",
		.example = "catch syscall read\n"
			"disable 1",
		.run = run_disable,
	}, {
		.name = "delete", .aliases = "d", .group = GROUP_BREAKPOINTS,
		.args = "[numbers:numbers]",
		.summary = "delete catchpoints, some or all",
		.example = "catch syscall read\n"
			"delete 1",
		.run = run_delete,
	}, {
		.name = "info breakpoints", .aliases = "b",
		.group = GROUP_BREAKPOINTS, .args = "[numbers:numbers]",
		.summary = "list the catchpoints",
		.example = "info breakpoints",
		.run = run_info,
	},
};

const struct command_table commands_breakpoints = {
	table, ARRAY_LEN(table)
};
