/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed arguments of commands, and the tables that use them. */
#include "cmds/internal.h"

#include "base/buf.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct command with(const char *spec, unsigned flags)
{
	return (struct command){ .name = "test", .args = spec,
	                         .flags = flags };
}

static void parse(const char *spec, unsigned flags, const char *text,
                  struct command_args *args)
{
	struct command c = with(spec, flags);
	struct error *err = command_args_parse(NULL, &c, text, args);

	if (err)
		fail_msg("%s: %s", text, err->message);
}

static void fails(const char *spec, const char *text, const char *message)
{
	struct command c = with(spec, 0);
	struct command_args args;
	struct error *err = command_args_parse(NULL, &c, text, &args);

	if (!err)
		fail_msg("\"%s\" was taken for \"%s\"", text, spec);
	assert_string_equal(err->message, message);
	assert_int_equal(err->kind, ERROR_USAGE);
	error_destroy(err);
	command_args_deinit(&args);
}

#define CATCH "[set:set] [phase:phase] [condition:condition]"

static void catch_syntax(void **state)
{
	static const struct {
		const char *text, *set, *condition;
		unsigned phase;
	} cases[] = {
		{ "", NULL, NULL, 0 },
		{ "openat", "openat", NULL, 0 },
		{ "openat entry", "openat", NULL, CATCH_ENTRY },
		{ "openat exit if fd == 3", "openat", "fd == 3", CATCH_EXIT },
		{ "read,write", "read,write", NULL, 0 },
		{ "read , write both", "read,write", NULL, CATCH_BOTH },
		{ "read write exit", "read,write", NULL, CATCH_EXIT },
		{ "exit", "exit", NULL, 0 },
		{ "exit exit", "exit", NULL, CATCH_EXIT },
		{ "read, exit", "read,exit", NULL, 0 },
		{ "entry", NULL, NULL, CATCH_ENTRY },
		{ "if 1", NULL, "1", 0 },
		{ "entry if  pathname == \"a b\" ", NULL,
		  "pathname == \"a b\"", CATCH_ENTRY },
		{ "%file,!open entry", "%file,!open", NULL, CATCH_ENTRY },
		{ "/^open|at$/ exit", "/^open|at$/", NULL, CATCH_EXIT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct command_args args;

		parse(CATCH, 0, cases[i].text, &args);
		assert_int_equal(args.arg[0].given, cases[i].set != NULL);
		if (cases[i].set)
			assert_string_equal(syscall_set_text(args.arg[0].set),
			                    cases[i].set);
		assert_int_equal(args.arg[1].number, cases[i].phase);
		assert_int_equal(args.arg[2].given,
		                 cases[i].condition != NULL);
		if (cases[i].condition)
			assert_string_equal(args.arg[2].text,
			                    cases[i].condition);
		command_args_deinit(&args);
	}
	fails(CATCH, "if", "a condition is missing behind `if`: if^");
	fails(CATCH, "openat entry foo",
	      "expected `if` and a condition, not \"foo\": "
	      "openat entry ^foo");
}

static void numbers(void **state)
{
	struct command_args args;

	(void)state;
	parse("[n:count] [set:set]", 0, "5 read", &args);
	assert_int_equal(args.arg[0].number, 5);
	assert_string_equal(syscall_set_text(args.arg[1].set), "read");
	command_args_deinit(&args);
	parse("[n:count] [set:set]", 0, "read", &args);
	assert_false(args.arg[0].given);
	command_args_deinit(&args);
	parse("n:number", 0, " 0x10 ", &args);
	assert_int_equal(args.arg[0].number, 16);
	command_args_deinit(&args);
	fails("[n:count]", "0", "a count is 1 at least, not 0");
	fails("[n:count]", "-1", "\"-1\" is not a count");
	fails("[n:count]", "1x", "\"1x\" is not a count");
	fails("n:number", "99999999999999999999999",
	      "a number has 64 bits at most, not 99999999999999999999999");
	fails("n:number", "", "N is missing (usage: test N)");
	fails("n:number", "1 2", "unexpected \"2\" (usage: test N)");
	fails("pid:pid", "0",
	      "a process id is from 1 to 2147483647, not 0");
	fails("pid:pid", "\033[2Jx",
	      "\"\\033[2Jx\" is not a process id");
}

static void ranges(void **state)
{
	struct command_args args;

	(void)state;
	parse("[numbers:numbers]", 0, "1 3-5,7", &args);
	assert_int_equal(args.arg[0].number_count, 5);
	assert_int_equal(args.arg[0].numbers[0], 1);
	assert_int_equal(args.arg[0].numbers[3], 5);
	assert_int_equal(args.arg[0].numbers[4], 7);
	command_args_deinit(&args);
	fails("[numbers:numbers]", "5-3",
	      "a range's end is from 5 to 4294967295, not 3");
	fails("[numbers:numbers]", "0",
	      "a number or range is from 1 to 4294967295, not 0");
	fails("[numbers:numbers]", "1-4000000000",
	      "more than 10000 numbers");
	fails("[numbers:numbers]", "-3",
	      "\"-3\" is not a number or range");
	fails("[numbers:numbers]", "3- 4",
	      "\"3-\" is not a number or range");
}

static void values_and_options(void **state)
{
	struct command_args args;

	(void)state;
	parse("[-s] [value:value]", 0, "-s -1", &args);
	assert_int_equal(args.options, 1);
	assert_string_equal(args.arg[0].text, "-1");
	command_args_deinit(&args);
	parse("[-s] [value:value]", 0, "-ENOENT", &args);
	assert_int_equal(args.options, 0);
	assert_string_equal(args.arg[0].text, "-ENOENT");
	command_args_deinit(&args);
	parse("value:value [data:data]", 0,
	      "(1 + 2) buf=\"a b\" x={1, 2}", &args);
	assert_string_equal(args.arg[0].text, "(1 + 2)");
	assert_string_equal(args.arg[1].text, "buf=\"a b\" x={1, 2}");
	command_args_deinit(&args);
	parse("[fmt:format] e:expression", 0, "/x $rax + 1", &args);
	assert_string_equal(args.arg[0].text, "x");
	assert_string_equal(args.arg[1].text, "$rax + 1");
	command_args_deinit(&args);
}

static void background(void **state)
{
	struct command_args args;

	(void)state;
	parse("[args:file]", CMD_BACKGROUND, "a b &", &args);
	assert_true(args.background);
	assert_string_equal(args.arg[0].text, "a b");
	command_args_deinit(&args);
	parse("[args:file]", CMD_BACKGROUND, "a \\&", &args);
	assert_false(args.background);
	command_args_deinit(&args);
	parse("[args:file]", 0, "a &", &args);
	assert_false(args.background);
	assert_string_equal(args.arg[0].text, "a &");
	command_args_deinit(&args);
}

static void signals(void **state)
{
	struct command_args args;

	(void)state;
	parse("s:signal", 0, "INT", &args);
	assert_int_equal(args.arg[0].number, 2);
	command_args_deinit(&args);
	parse("s:signal", 0, "0", &args);
	assert_int_equal(args.arg[0].number, 0);
	command_args_deinit(&args);
	fails("s:signal", "SIGNOPE", "no signal is called \"SIGNOPE\": say "
	      "SIGINT, INT, 2, or 0");
}

static bool is_word_of(const char *list, const char *word)
{
	const char *at = list ? strstr(list, word) : NULL;
	size_t len = strlen(word);

	return at && (at == list || at[-1] == ' ') &&
	       (!at[len] || at[len] == ' ');
}

/* The tables: what each entry must have, and that no two are called alike. */
static void tables(void **state)
{
	const struct command *c, *other;

	(void)state;
	for (size_t i = 0; (c = command_at(i)); i++) {
		struct command_spec spec;
		size_t len = strlen(c->summary);

		command_spec_parse(c->args, &spec);
		for (size_t k = 0; k + 1 < spec.count; k++)
			if (spec.args[k].optional != spec.args[k + 1].optional)
				assert_true(spec.args[k + 1].optional ||
				            spec.args[k].type == TAKES_FORMAT);
		assert_true(len && len < 76);
		assert_true(islower((unsigned char)c->summary[0]));
		assert_int_not_equal(c->summary[len - 1], '.');
		assert_true(c->run || c->flags & CMD_PREFIX);
		assert_ptr_equal(command_named(c->name), c);
		for (size_t k = 0; (other = command_at(k)); k++) {
			const char *last = command_last_word(c);
			size_t stem = (size_t)(last - c->name);

			if (other == c || strncmp(c->name, other->name, stem) ||
			    strchr(other->name + stem, ' '))
				continue;
			if (is_word_of(other->aliases, last))
				fail_msg("%s is an alias of %s", c->name,
				         other->name);
		}
		if (strchr(c->name, ' ')) {
			AUTO_FREE char *parent = xstrndup(c->name, (size_t)
				(command_last_word(c) - c->name - 1));

			assert_non_null(command_named(parent));
			assert_true(command_named(parent)->flags &
			            CMD_PREFIX);
		}
	}
}

static void usages(void **state)
{
	static const struct {
		const char *name, *usage;
	} cases[] = {
		{ "catch syscall",
		  "catch syscall [SET] [entry|exit|both] [if CONDITION]" },
		{ "skip", "skip [-s] [VALUE]" },
		{ "x", "x[/NFU] [ADDRESS]" },
		{ "continue", "continue [-a] [N] [&]" },
		{ "emulate", "emulate VALUE [ARG=DATA]..." },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_BUF struct buf text;

		buf_init(&text);
		command_usage(command_named(cases[i].name), &text);
		assert_string_equal(text.data, cases[i].usage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(catch_syntax),
		cmocka_unit_test(numbers),
		cmocka_unit_test(ranges),
		cmocka_unit_test(values_and_options),
		cmocka_unit_test(background),
		cmocka_unit_test(signals),
		cmocka_unit_test(tables),
		cmocka_unit_test(usages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
