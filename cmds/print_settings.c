/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `set print` and `show print`: the settings print-*, by gdb's names. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"

#include <string.h>

static const char before[] = "print-";

/* The error speaks of what the user wrote: no "print-". */
static struct error *find_setting(const char *name,
                                  const struct setting **setting)
{
	struct error *err = setting_find(name, setting), *made;
	const char *plain = name + strlen(before);
	AUTO_BUF struct buf shown = { 0 };

	if (!err || strncmp(err->message, "there is no", 11) != 0)
		return err;
	buf_init(&shown);
	buf_put_printable(&shown, plain, strnlen(plain, 60), false);
	made = error_new(err->kind, "there is no setting \"print %s\"; "
	                 "`show print` lists them", shown.data);
	error_destroy(err);
	return made;
}

static struct error *run_set_print(struct session *s,
                                   struct command_args *args)
{
	const char *word = args->arg[0].text;
	size_t len = strcspn(word, " \t=");
	const char *value = skip_blanks(word + len);
	AUTO_FREE char *name = xasprintf("%s%.*s", before, (int)len, word);
	const struct setting *setting;

	TRY(find_setting(name, &setting));
	if (*value == '=')
		value = skip_blanks(value + 1);
	/* As in gdb: `set print pretty` turns it on. */
	if (!*value && setting->type == SETTING_BOOL)
		value = "on";
	return setting_set(s, setting, value);
}

static void show_one(struct session *s, const struct setting *setting)
{
	AUTO_FREE char *value = setting_text(s, setting);

	out_begin(s->out, "setting");
	out_str_shown(s->out, "name", ROLE_NAME, setting->name,
	              setting->name + strlen(before));
	out_text(s->out, ROLE_PLAIN, " is ");
	out_str(s->out, "value", ROLE_CONSTANT, value);
	out_text(s->out, ROLE_PLAIN, ": ");
	out_str(s->out, "summary", ROLE_PLAIN, setting->summary);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

static struct error *run_show_print(struct session *s,
                                    struct command_args *args)
{
	const struct setting *setting = NULL;

	if (args->arg[0].given) {
		AUTO_FREE char *name = xasprintf("%s%s", before,
		                                 args->arg[0].text);

		TRY(find_setting(name, &setting));
		show_one(s, setting);
		return NULL;
	}
	while ((setting = setting_next(setting)))
		if (strncmp(setting->name, before, strlen(before)) == 0)
			show_one(s, setting);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "set print", .aliases = "pr p", .group = GROUP_LOOKING,
		.args = "setting:print-setting",
		.summary = "change how values are shown",
		.help = "`set print pretty on` is `set print-pretty on`. A "
			"setting without a value is turned on. `show print` "
			"lists them.",
		.example = "set print pretty on\n"
			"set print elements 20",
		.run = run_set_print,
	}, {
		.name = "show print", .aliases = "pr p",
		.group = GROUP_LOOKING, .args = "[setting:word]",
		.summary = "show how values are shown",
		.example = "show print\n"
			"show print pretty",
		.run = run_show_print,
	},
};

const struct command_table commands_print_settings = {
	table, ARRAY_LEN(table)
};
