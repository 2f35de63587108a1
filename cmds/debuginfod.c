/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Downloads of debug information: who allows them, and how they are shown. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "symbols/image.h"

#include <stdlib.h>
#include <string.h>

static struct error *set_mode(struct session *s, const char *text)
{
	const struct setting *setting;

	TRY(setting_find("debuginfod-enabled", &setting));
	return setting_set(s, setting, text);
}

/* Asked once; where nobody can answer, the answer is no, as gdb has it. */
static bool may_download(void *ctx)
{
	struct session *s = ctx;
	const struct command_input *input = &s->commands->input;
	bool yes;

	/* No next one where the command ends at the first. */
	if (s->commands->download.broken_off)
		return false;
	if (s->settings.debuginfod != DEBUGINFOD_ASK)
		return s->settings.debuginfod == DEBUGINFOD_ON;
	yes = input->ask && input->ask(input->ctx, "DEBUGINFOD_URLS names "
	                               "servers of debug information. Ask "
	                               "them for what is missing?");
	s->settings.debuginfod = yes ? DEBUGINFOD_ON : DEBUGINFOD_OFF;
	return yes;
}

/* A line when a download begins, and one for each quarter of a long one. */
static void show_progress(void *ctx, const char *path, uint64_t done,
                          uint64_t total)
{
	enum { LONG = 8 << 20 };
	struct session *s = ctx;
	struct download_state *d = &s->commands->download;
	unsigned part = total > LONG ? (unsigned)(done / (total / 4 + 1)) : 0;
	bool begins = !d->path || strcmp(d->path, path) != 0;

	if (done == SIZE_MAX) {
		free(d->path);
		d->path = NULL;
		return;
	}
	if (!begins && part <= d->part)
		return;
	if (begins) {
		free(d->path);
		d->path = xstrdup(path);
	}
	d->part = part;
	if (part)
		out_aside(s->out, "note", ROLE_DIM, "downloading debug "
		          "information for %s: %u of %u MB", path,
		          (unsigned)(done >> 20), (unsigned)(total >> 20));
	else
		out_aside(s->out, "note", ROLE_DIM, "downloading debug "
		          "information for %s", path);
}

static bool is_interrupted(void *ctx)
{
	struct session *s = ctx;
	bool now = s->hooks.interrupted &&
	           s->hooks.interrupted(s->hooks.ctx);

	if (now)
		s->commands->download.broken_off = true;
	return now;
}

struct error *debuginfod_check(struct session *s, struct error *err)
{
	bool broken_off = s->commands->download.broken_off;

	s->commands->download.broken_off = false;
	if (!broken_off)
		return err;
	error_destroy(err);
	return error_new(ERROR_INTERRUPTED, "interrupted: the download of "
	                 "debug information was broken off");
}

void debuginfod_init(struct session *s)
{
	const struct symbols_hooks hooks = {
		.ctx = s, .may_download = may_download,
		.progress = show_progress, .interrupted = is_interrupted,
	};

	symbols_set_hooks(s->symbols, &hooks);
}

void debuginfod_deinit(struct session *s)
{
	symbols_set_hooks(s->symbols, &(const struct symbols_hooks){ 0 });
	free(s->commands->download.path);
}

static struct error *run_set(struct session *s, struct command_args *args)
{
	return set_mode(s, args->arg[0].text);
}

static struct error *run_show(struct session *s, struct command_args *args)
{
	(void)args;
	return command_execute(s, "show debuginfod-enabled");
}

static const struct command table[] = {
	{
		.name = "set debuginfod", .group = GROUP_TOOL, .args = "",
		.flags = CMD_PREFIX,
		.summary = "change how debug information is fetched",
		.example = "set debuginfod enabled off",
	}, {
		.name = "set debuginfod enabled", .group = GROUP_TOOL,
		.args = "mode:word",
		.summary = "set whether missing debug information is fetched",
		.help = "MODE is on, off or ask; the same as `set "
			"debuginfod-enabled`.",
		.example = "set debuginfod enabled off",
		.run = run_set,
	}, {
		.name = "show debuginfod", .group = GROUP_TOOL, .args = "",
		.flags = CMD_PREFIX,
		.summary = "show how debug information is fetched",
		.example = "show debuginfod enabled",
	}, {
		.name = "show debuginfod enabled", .group = GROUP_TOOL,
		.args = "",
		.summary = "show whether missing debug information is fetched",
		.example = "show debuginfod enabled",
		.run = run_show,
	},
};

const struct command_table commands_debuginfod = { table, ARRAY_LEN(table) };
