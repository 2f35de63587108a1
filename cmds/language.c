/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `set language`: whose way values are shown in. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <string.h>

/* In the order of enum language, and the same as them. */
static const char *const names[] = {
	[LANGUAGE_AUTO] = "auto", [LANGUAGE_ASM] = "asm", [LANGUAGE_C] = "c",
	[LANGUAGE_CPLUS] = "c++", [LANGUAGE_MINIMAL] = "minimal",
	[LANGUAGE_RUST] = "rust",
};

/* Of the selected frame's unit; outside any, and without one, c. */
static const char *language_here(struct session *s, bool *known)
{
	unsigned language = session_language(s, s->current);

	*known = language != 0;
	return *known ? command_language(language) : "c";
}

/* What is set is not what the frame is written in. */
static void warn(struct session *s)
{
	bool known;
	const char *here = language_here(s, &known);

	if (s->settings.language != LANGUAGE_AUTO && known && s->current &&
	    strcmp(here, names[s->settings.language]) != 0)
		out_message(s->out, "warning", ROLE_WARNING, "Warning: the "
		            "current language does not match this frame.");
}

static struct error *run_set_language(struct session *s,
                                      struct command_args *args)
{
	const char *word = args->arg[0].given ? args->arg[0].text : "";

	for (unsigned i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(word, names[i]) == 0 ||
		    (i == LANGUAGE_AUTO && strcmp(word, "local") == 0)) {
			s->settings.language = i;
			warn(s);
			return NULL;
		}
	if (!*word)
		return error_new(ERROR_USAGE, "requires an argument. Valid "
		                 "arguments are auto, local, asm, c, c++, "
		                 "minimal, rust");
	return error_new(ERROR_USAGE, "undefined item: \"%.60s\"", word);
}

static struct error *run_show_language(struct session *s,
                                       struct command_args *args)
{
	bool known;

	(void)args;
	if (s->settings.language == LANGUAGE_AUTO)
		out_message(s->out, "note", ROLE_PLAIN, "The current source "
		            "language is \"auto; currently %s\".",
		            language_here(s, &known));
	else
		out_message(s->out, "note", ROLE_PLAIN, "The current source "
		            "language is \"%s\".",
		            names[s->settings.language]);
	warn(s);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "set language", .group = GROUP_LOOKING,
		.args = "[language:word]",
		.summary = "say whose way values are shown in",
		.help = "auto (or local): each type is shown as the language "
			"that it comes from does, and expressions are the "
			"selected frame's. rust, or asm, c, c++, minimal: all "
			"values are shown so, and truth is bool (rust, c++) or "
			"a number. Types are written as their own language "
			"has them in any case.",
		.example = "set language rust\n"
			"set language auto",
		.run = run_set_language,
	}, {
		.name = "show language", .group = GROUP_LOOKING, .args = "",
		.summary = "say whose way values are shown in",
		.example = "show language",
		.run = run_show_language,
	},
};

const struct command_table commands_language = { table, ARRAY_LEN(table) };
