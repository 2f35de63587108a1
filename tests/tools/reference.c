/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tables of commands and settings say, as text.
 *
 * usage: reference              docs/commands.md, on standard output
 *        reference --examples   every example for tests/scripts/examples.sh:
 *                               a line "@STATE NAME", then its lines
 */
#include "cmds/internal.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct {
	unsigned flag;
	const char *words;
} flag_words[] = {
	{ CMD_NEEDS_PROCESS, "Needs a process." },
	{ CMD_NEEDS_STOPPED, "Needs a stopped thread." },
	{ CMD_RUNS, "Lets the program run." },
	{ CMD_BACKGROUND, "With a final `&` the prompt comes back at once." },
	{ CMD_REPEATS, "An empty line does it again." },
	{ CMD_REPEATS_BARE, "An empty line goes on with it." },
	{ CMD_PREFIX, "Other commands begin with its name." },
	{ CMD_SETTINGS, "Settings stand behind it." },
	{ CMD_BLOCK, "Lines up to `end` follow." },
	{ CMD_RAW_BLOCK, "They are text, and no commands." },
};

/* TEXT as Markdown: what is code stays, nothing else is taken as a sign. */
static void put_prose(const char *text)
{
	bool code = false;

	for (; *text; text++) {
		if (*text == '`')
			code = !code;
		if (*text == '\n') {
			fputs(text[1] == '\n' ? "\n" : "\n\n", stdout);
			continue;
		}
		if (!code && strchr("*_<>\\[]~|", *text))
			putchar('\\');
		putchar(*text);
	}
}

static void put_summary(const char *summary)
{
	printf("%c", toupper((unsigned char)*summary));
	put_prose(summary + 1);
	puts(".");
}

static void put_example(const char *example, const char *where)
{
	if (!example)
		return;
	printf("\nExample%s:\n\n", where);
	for (;;) {
		size_t len = strcspn(example, "\n");

		printf("    %.*s\n", (int)len, example);
		if (!example[len])
			break;
		example += len + 1;
	}
}

static void put_command(const struct command *c)
{
	AUTO_BUF struct buf usage = { 0 };
	bool any = false;

	buf_init(&usage);
	command_usage(c, &usage);
	printf("\n### %s\n\n", c->name);
	printf("    %s\n\n", usage.data);
	put_summary(c->summary);
	if (c->aliases) {
		const char *blank = strrchr(c->name, ' ');

		printf("\nAlso:");
		for (const char *at = c->aliases; *at;) {
			size_t len = strcspn(at, " ");

			printf(" `%.*s%.*s`%s",
			       blank ? (int)(blank - c->name + 1) : 0, c->name,
			       (int)len, at, at[len] ? "," : ".\n");
			at += len + (at[len] == ' ');
		}
	}
	if (c->help) {
		putchar('\n');
		put_prose(c->help);
		putchar('\n');
	}
	for (size_t i = 0; i < ARRAY_LEN(flag_words); i++)
		if (c->flags & flag_words[i].flag) {
			printf("%s%s", any ? " " : "\n", flag_words[i].words);
			any = true;
		}
	if (any)
		putchar('\n');
	put_example(c->example, command_example_where(c->example_at));
}

static void put_setting(const struct setting *t)
{
	AUTO_BUF struct buf values = { 0 };
	AUTO_FREE char *initial = setting_initial(t);

	buf_init(&values);
	setting_values(t, &values);
	printf("\n### set %s\n\n    set %s %s\n\n", t->name, t->name,
	       values.data);
	put_summary(t->summary);
	if (*initial)
		printf("It starts as `%s`.\n", initial);
	else
		puts("It starts empty.");
	if (t->help) {
		putchar('\n');
		put_prose(t->help);
		putchar('\n');
	}
	put_example(t->example, "");
}

static void put_reference(void)
{
	const struct command *c;

	puts("# Commands and settings\n\n"
	     "Every command and every setting of scdb, as `help` shows them.\n"
	     "`make docs` makes this page from the tables that scdb works "
	     "with: change\nthose, not this. The [manual](manual.md) says how "
	     "they go together, and what\nSET, VALUE and conditions are. The "
	     "examples that name a state are of `cat\n/etc/hosts`.");
	for (unsigned g = 0; g < GROUP_USER; g++) {
		printf("\n## %s\n\n`help %s` lists these.\n",
		       command_group_title(g), command_group_name(g));
		for (size_t i = 0; (c = command_at(i)); i++)
			if (c->group == g)
				put_command(c);
	}
	puts("\n## Settings\n\n`set NAME VALUE` changes one, `show NAME` "
	     "shows it, `show` shows all.");
	for (const struct setting *t = NULL; (t = setting_next(t)); )
		put_setting(t);
}

static void put_lines(const char *state, const char *prefix, const char *name,
                      const char *example)
{
	printf("@%s %s%s\n%s\n", example ? state : "none", prefix, name,
	       example ? example : "");
}

static void put_examples(void)
{
	static const char *const states[] = {
		[EXAMPLE_AT_ANY] = "any",
		[EXAMPLE_AT_START] = "start",
		[EXAMPLE_AT_ENTRY] = "entry",
		[EXAMPLE_AT_EXIT] = "exit",
		[EXAMPLE_AT_SIGNAL] = "signal",
		[EXAMPLE_AT_RUNNING] = "running",
	};
	const struct command *c;

	for (size_t i = 0; (c = command_at(i)); i++)
		put_lines(states[c->example_at], "", c->name, c->example);
	for (const struct setting *t = NULL; (t = setting_next(t)); )
		put_lines("any", "set ", t->name, t->example);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--examples") == 0)
		put_examples();
	else
		put_reference();
	return fflush(stdout) == 0 ? 0 : 1;
}
