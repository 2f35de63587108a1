/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `snapshot` and what is done with them but `diff`. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "session/dump.h"
#include "session/snapshot.h"

#include <ctype.h>

struct ranges {
	range_vec vec;
};

static void destroy_ranges(struct ranges *r)
{
	vec_deinit(&r->vec);
}

static void destroy_filter(struct map_filter *f)
{
	map_filter_deinit(f);
}

/* RANGE..., or a filter; nothing: all that the program can write to. */
static struct error *parse_what(struct session *s, const char *text,
                                range_vec *ranges)
{
	CLEANUP(destroy_filter) struct map_filter filter = { 0 };

	if (map_filter_begins(text)) {
		TRY(map_filter_parse(s, *text ? text : "perm=?w", &filter));
		return dump_choose(s, &filter, ranges);
	}
	for (const char *at = text; *at; at = skip_blanks(at)) {
		size_t len = range_word_len(at);
		AUTO_FREE char *word = xstrndup(at, len);
		struct range range;

		TRY(range_parse(s, word, &range));
		vec_push(ranges, range);
		at += len;
	}
	return NULL;
}

static struct error *check_name(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("_-.+", *c))
			return error_new(ERROR_USAGE, "a snapshot's name has "
			                 "letters, digits, _ - . and +, not "
			                 "\"%.60s\"", name);
	if (strlen(name) > 60)
		return error_new(ERROR_USAGE, "a snapshot's name has 60 "
		                 "letters at most");
	return NULL;
}

static struct error *run_snapshot(struct session *s, struct command_args *args)
{
	CLEANUP(destroy_ranges) struct ranges ranges = { 0 };
	struct snapshot *p;
	struct out *o = s->out;

	TRY(check_name(args->arg[0].text));
	TRY(parse_what(s, args->arg[1].given ? args->arg[1].text : "",
	               &ranges.vec));
	TRY(snapshot_take(s, args->arg[0].text, &ranges.vec, &p));
	out_begin(o, "snapshot");
	out_text(o, ROLE_PLAIN, "Snapshot ");
	out_str(o, "name", ROLE_NAME, p->name);
	out_text(o, ROLE_PLAIN, ": ");
	out_uint(o, "data", ROLE_NUMBER, p->data, "%llu",
	         (unsigned long long)p->data);
	out_text(o, ROLE_PLAIN, " bytes, ");
	out_uint(o, "fresh", ROLE_NUMBER, p->fresh, "%llu",
	         (unsigned long long)p->fresh);
	out_text(o, ROLE_PLAIN, " of them new");
	out_hidden_uint(o, "untouched", p->untouched);
	if (p->unreadable) {
		out_text(o, ROLE_PLAIN, ", ");
		out_uint(o, "unreadable", ROLE_WARNING, p->unreadable, "%llu",
		         (unsigned long long)p->unreadable);
		out_text(o, ROLE_WARNING, " unreadable");
	} else {
		out_hidden_uint(o, "unreadable", 0);
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
	return NULL;
}

static void put_row(struct out *o, const struct snapshot *p)
{
	char when[32];
	struct tm tm;

	localtime_r(&p->when.tv_sec, &tm);
	strftime(when, sizeof(when), "%H:%M:%S", &tm);
	out_row(o);
	out_str(o, "name", ROLE_NAME, p->name);
	out_str(o, "time", ROLE_DIM, when);
	out_int(o, "pid", ROLE_NUMBER, p->pid, "%d", (int)p->pid);
	out_uint(o, "ranges", ROLE_NUMBER, p->ranges.len, "%zu",
	         p->ranges.len);
	out_uint(o, "data", ROLE_NUMBER, p->data, "%llu",
	         (unsigned long long)p->data);
	out_uint(o, "untouched", ROLE_NUMBER, p->untouched, "%llu",
	         (unsigned long long)p->untouched);
	out_uint(o, "unreadable", ROLE_NUMBER, p->unreadable, "%llu",
	         (unsigned long long)p->unreadable);
	out_uint(o, "fresh", ROLE_NUMBER, p->fresh, "%llu",
	         (unsigned long long)p->fresh);
	out_str(o, "program", ROLE_STRING, p->program);
}

static struct error *run_info(struct session *s, struct command_args *args)
{
	static const struct out_column columns[] = {
		{ "name", "Name", false }, { "time", "Time", false },
		{ "pid", "Process", true }, { "ranges", "Ranges", true },
		{ "data", "Bytes", true }, { "untouched", "Untouched", true },
		{ "unreadable", "Unreadable", true }, { "fresh", "New", true },
		{ "program", "Program", false },
	};
	const struct snapshots *all = s->snapshots;

	(void)args;
	if (!all || !all->all.len) {
		out_text(s->out, ROLE_PLAIN, "No snapshots.\n");
		return NULL;
	}
	out_table_begin(s->out, "snapshots", columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < all->all.len; i++)
		put_row(s->out, all->all.items[i]);
	out_table_end(s->out);
	return NULL;
}

static struct error *run_delete(struct session *s, struct command_args *args)
{
	return snapshot_delete(s, args->arg[0].text);
}

static struct error *run_restore(struct session *s, struct command_args *args)
{
	CLEANUP(restored_deinit) struct restored result = { 0 };
	struct range part = { 0, UINT64_MAX };
	struct snapshot *p;
	struct error *err;

	TRY(snapshot_find(s, args->arg[0].text, &p));
	if (args->arg[1].given)
		TRY(range_parse(s, args->arg[1].text, &part));
	err = snapshot_restore(s, p, &part, &result);
	if (!err && !result.ranges)
		err = error_new(ERROR_NOT_FOUND, "%s has nothing there",
		                p->name);
	return restored_end(s, p->name, false, &result, err);
}

static const struct command table[] = {
	{
		.name = "snapshot", .group = GROUP_LOOKING,
		.args = "name:word [what:rest]", .flags = CMD_NEEDS_STOPPED,
		.summary = "remember what memory is now",
		.help = "WHAT is ranges (START,END or START,+LENGTH) or a "
			"filter as `dump mappings` has it; without it all that "
			"the program can write to. A snapshot of the same NAME "
			"goes. Pages that are as they were in another one take "
			"no room.",
		.example = "snapshot before\nsnapshot stack name=[stack]",
		.example_at = EXAMPLE_AT_START,
		.run = run_snapshot,
	}, {
		.name = "info snapshots", .group = GROUP_LOOKING, .args = "",
		.summary = "list the snapshots of memory",
		.help = "Bytes: those that were read. New: those that no "
			"snapshot had before.",
		.example = "snapshot before\ninfo snapshots",
		.example_at = EXAMPLE_AT_START,
		.run = run_info,
	}, {
		.name = "delete snapshot", .group = GROUP_LOOKING,
		.args = "name:word",
		.summary = "forget a snapshot",
		.example = "snapshot before\ndelete snapshot before",
		.example_at = EXAMPLE_AT_START,
		.run = run_delete,
	}, {
		.name = "restore snapshot", .group = GROUP_LOOKING,
		.args = "name:word [range:rest]",
		.flags = CMD_NEEDS_STOPPED | CMD_NEEDS_LIVE,
		.summary = "make memory what it was in a snapshot",
		.help = "RANGE (START,END or START,+LENGTH) chooses a part. "
			"Only pages that differ are written.",
		.example = "snapshot stack $sp,+64\nrestore snapshot stack",
		.example_at = EXAMPLE_AT_START,
		.run = run_restore,
	},
};

const struct command_table commands_snapshot = { table, ARRAY_LEN(table) };
