/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `with`: one command with a setting that is another meanwhile. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <string.h>

/* TEXT up to a word `--`; what stands behind that, or NULL. */
static char *cut_at_dashes(char *text)
{
	char *at = strstr(text, " --");

	while (at && at[3] != ' ' && at[3] != '\t')
		at = strstr(at + 1, " --");
	if (!at)
		return NULL;
	*at = '\0';
	return at + 3 + strspn(at + 3, " \t");
}

static struct error *run_with(struct session *s, struct command_args *args)
{
	char *line = cut_at_dashes(args->arg[0].text), *value;
	const struct setting *setting;
	AUTO_FREE char *before = NULL;
	struct error *err, *back;

	if (!line || !*line)
		return error_new(ERROR_USAGE, "a command is missing (usage: "
		                 "with SETTING [VALUE] -- COMMAND)");
	TRY(command_cut_setting(args->arg[0].text, &setting, &value));
	before = setting_text(s, setting);
	TRY(setting_set(s, setting, value));
	err = s->commands->peeking ? command_peek(s, line, s->out)
	                           : command_execute(s, line);
	back = setting_set(s, setting, before);
	if (!err)
		return back;
	error_destroy(back);
	return err;
}

static const struct command table[] = {
	{
		.name = "with", .aliases = "w", .group = GROUP_TOOL,
		.args = "setting:setting",
		.summary = "run a command with a setting changed for it",
		.help = "`with SETTING [VALUE] -- COMMAND`. Behind it the "
			"setting is what it was.",
		.example = "with print-pretty on -- print 40+2",
		.run = run_with,
	},
};

const struct command_table commands_with = { table, ARRAY_LEN(table) };
