/* SPDX-License-Identifier: GPL-3.0-or-later */
/* save: what the user set up, as a file that `source` reads back. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct error *write_file(const char *name, const struct buf *text)
{
	AUTO_FREE char *shown = command_quoted(name, strlen(name));
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	size_t done = 0;

	if (fd < 0)
		return error_errno(errno, "%s", shown);
	while (done < text->len) {
		ssize_t got = write(fd, text->data + done, text->len - done);

		if (got < 0 && errno != EINTR) {
			int errnum = errno;

			close(fd);
			return error_errno(errnum, "%s", shown);
		}
		done += got > 0 ? (size_t)got : 0;
	}
	return close(fd) < 0 ? error_errno(errno, "%s", shown) : NULL;
}

struct error *command_save(struct session *s, const char *name,
                           const struct buf *text)
{
	AUTO_FREE char *path = command_path(name);
	AUTO_FREE char *shown = command_quoted(path, strlen(path));

	TRY(write_file(path, text));
	out_message(s->out, "note", ROLE_PLAIN, "Saved to file '%s'.", shown);
	return NULL;
}

/* Those that wait do so again; returns how it was, new; NULL: none waits. */
static char *save_pending(struct session *s, struct buf *text)
{
	const struct setting *setting;
	bool any = false;

	for (size_t i = 0; i < s->breakpoints.len; i++) {
		const struct breakpoint *b = s->breakpoints.items[i];

		any = any || (break_is_code(b) && !break_place_count(s, b));
	}
	if (!any)
		return NULL;
	buf_puts(text, "set breakpoint pending on\n");
	error_destroy(setting_find("breakpoint-pending", &setting));
	return setting_text(s, setting);
}

static struct error *run_save(struct session *s, struct command_args *args)
{
	AUTO_BUF struct buf text = { 0 };
	AUTO_FREE char *pending = NULL;

	if (!s->breakpoints.len)
		return error_new(ERROR_USAGE, "there is nothing to save");
	buf_init(&text);
	pending = save_pending(s, &text);
	for (size_t i = 0; i < s->breakpoints.len; i++)
		breakpoint_save(s->breakpoints.items[i], &text);
	if (pending)
		buf_printf(&text, "set breakpoint pending %s\n", pending);
	return command_save(s, args->arg[0].text, &text);
}

/* Whether it is now what it was at the beginning. */
static bool is_initial(const struct session *s, const struct setting *setting,
                       const char *value)
{
	AUTO_FREE char *initial = setting_initial(setting);

	/* Until somebody says them those two are the terminal's. */
	if (strcmp(setting->name, "height") == 0)
		return !s->settings.height_set;
	if (strcmp(setting->name, "width") == 0)
		return !s->settings.width_set;
	return strcmp(initial, value) == 0;
}

static char *own_file(void)
{
	char *file = command_configured("settings");

	if (file)
		directory_make_parents(file);
	return file;
}

static struct error *run_settings(struct session *s, struct command_args *args)
{
	AUTO_FREE char *file = args->arg[0].given
	                       ? xstrdup(args->arg[0].text) : own_file();
	AUTO_BUF struct buf text = { 0 };

	if (!file)
		return error_new(ERROR_USAGE, "say a file: neither HOME nor "
		                 "XDG_CONFIG_HOME says where yours are");
	buf_init(&text);
	for (const struct setting *t = NULL; (t = setting_next(t)); ) {
		AUTO_FREE char *value = setting_text(s, t);

		if (!t->of_program && !is_initial(s, t, value))
			buf_printf(&text, "set %s%s%s\n", t->name,
			           *value ? " " : "", value);
	}
	return command_save(s, file, &text);
}

static const struct command table[] = {
	{
		.name = "save", .group = GROUP_BREAKPOINTS, .args = "",
		.flags = CMD_PREFIX,
		.summary = "write what was set up to a file",
		.example = "catch syscall read\n"
			"save breakpoints my-catches",
	}, {
		.name = "save breakpoints", .aliases = "catchpoints",
		.group = GROUP_BREAKPOINTS, .args = "file:file",
		.summary = "write the catchpoints to a file that `source` "
			"reads back",
		.help = "With their conditions, commands and counts to ignore, "
			"and whether they are disabled.",
		.example = "catch syscall read\n"
			"save breakpoints my-catches",
		.run = run_save,
	}, {
		.name = "save settings", .group = GROUP_TOOL,
		.args = "[file:file]",
		.summary = "write the settings that were changed to a file",
		.help = "Without FILE, to one in your directory of "
			"configurations, which is read before the init file: "
			"so they hold from now on. Settings about the program "
			"are left out: args, cwd, inferior-tty, trace-file.",
		.example = "set tui-layout code\n"
			"save settings my-settings",
		.run = run_settings,
	},
};

const struct command_table commands_save = { table, ARRAY_LEN(table) };
