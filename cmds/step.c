/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stepping: by instructions, lines, blocks, functions. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "session/step.h"

/* N: a number, or an expression; 1 where it is left out. */
static struct error *take_count(struct session *s, struct command_args *args,
                                uint64_t *count)
{
	int64_t n = 1;

	if (args->arg[0].given)
		TRY(evaluate_number(s, args->arg[0].text, &n));
	*count = n > 0 ? (uint64_t)n : 0;
	return NULL;
}

static struct error *step(struct session *s, struct command_args *args,
                          enum step_kind kind, bool over)
{
	uint64_t count;

	TRY(take_count(s, args, &count));
	return session_step(s, kind, over, count, args->background);
}

static struct error *run_stepi(struct session *s, struct command_args *args)
{
	return step(s, args, STEP_INSN, false);
}

static struct error *run_nexti(struct session *s, struct command_args *args)
{
	return step(s, args, STEP_INSN, true);
}

static struct error *run_step(struct session *s, struct command_args *args)
{
	return step(s, args, STEP_LINE, false);
}

static struct error *run_next(struct session *s, struct command_args *args)
{
	return step(s, args, STEP_LINE, true);
}

static struct error *run_blockstep(struct session *s,
                                   struct command_args *args)
{
	return step(s, args, STEP_BLOCK, false);
}

static struct error *run_finish(struct session *s, struct command_args *args)
{
	return session_finish(s, args->background);
}

static struct error *run_until(struct session *s, struct command_args *args)
{
	if (!args->arg[0].given)
		return session_step(s, STEP_UNTIL, true, 1, args->background);
	return session_advance(s, args->arg[0].text, true, args->background);
}

static struct error *run_advance(struct session *s, struct command_args *args)
{
	return session_advance(s, args->arg[0].text, false, args->background);
}

enum {
	STEPS = CMD_NEEDS_STOPPED | CMD_REPEATS | CMD_RUNS | CMD_BACKGROUND,
};

static const struct command table[] = {
	{
		.name = "step", .aliases = "s", .group = GROUP_RUNNING,
		.args = "[n:rest]", .flags = STEPS,
		.summary = "go on to another line of the source, into "
			"functions that are called",
		.help = "N times. Functions without line information are run "
			"through (`set step-mode`). Other threads run "
			"meanwhile, unless `set scheduler-locking` says "
			"otherwise.",
		.example = "step",
		.example_at = EXAMPLE_AT_START,
		.run = run_step,
	}, {
		.name = "next", .aliases = "n", .group = GROUP_RUNNING,
		.args = "[n:rest]", .flags = STEPS,
		.summary = "go on to another line of this function or of its "
			"callers",
		.help = "N times. Functions that are called are run through; "
			"where one is left by longjmp or an exception, the "
			"step ends where that leads.",
		.example = "next",
		.example_at = EXAMPLE_AT_START,
		.run = run_next,
	}, {
		.name = "stepi", .aliases = "si", .group = GROUP_RUNNING,
		.args = "[n:rest]", .flags = STEPS,
		.summary = "go on by one instruction",
		.help = "N times.",
		.example = "stepi\n"
			"stepi 10",
		.example_at = EXAMPLE_AT_START,
		.run = run_stepi,
	}, {
		.name = "nexti", .aliases = "ni", .group = GROUP_RUNNING,
		.args = "[n:rest]", .flags = STEPS,
		.summary = "go on by one instruction, through calls",
		.help = "N times.",
		.example = "nexti 2",
		.example_at = EXAMPLE_AT_START,
		.run = run_nexti,
	}, {
		.name = "finish", .aliases = "fin", .group = GROUP_RUNNING,
		.args = "",
		.flags = CMD_NEEDS_STOPPED | CMD_REPEATS | CMD_RUNS |
			CMD_BACKGROUND,
		.summary = "go on until the selected frame's function returns",
		.help = "And show what it returned, where its type is known. "
			"Out of an inlined function it is a `next` through "
			"the rest of it.",
		.example = "finish",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_finish,
	}, {
		.name = "until", .aliases = "u", .group = GROUP_RUNNING,
		.args = "[location:location]", .flags = STEPS,
		.summary = "go on to a line behind this one, or to a location",
		.help = "Without a location it is `next`, but never goes back: "
			"out of a loop at its end. With one it stops there, "
			"in this very frame, or when the frame's function "
			"returns.",
		.example = "until *$pc",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_until,
	}, {
		.name = "advance", .aliases = "adv", .group = GROUP_RUNNING,
		.args = "location:location", .flags = STEPS,
		.summary = "go on to a location, or until this function "
			"returns",
		.example = "advance *$pc",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_advance,
	}, {
		.name = "blockstep", .aliases = "bs", .group = GROUP_RUNNING,
		.args = "[n:rest]", .flags = STEPS,
		.summary = "go on to after the next branch that is taken",
		.help = "N times. Jumps, calls and returns are branches; a "
			"system call is none.",
		.example = "blockstep\n"
			"blockstep 3",
		.example_at = EXAMPLE_AT_START,
		.run = run_blockstep,
	},
};

const struct command_table commands_step = { table, ARRAY_LEN(table) };
