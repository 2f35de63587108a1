/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `dump` and `append`: memory and values into files. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "expr/value.h"
#include "session/dump.h"

enum { SHOWN = 10 };

static void destroy_filter(struct map_filter *f)
{
	map_filter_deinit(f);
}

struct ranges {
	range_vec vec;
};

static void destroy_ranges(struct ranges *r)
{
	vec_deinit(&r->vec);
}

/* What could not be read, or only by force: a line each, the first few. */
static void show_odd(struct session *s, const struct dump *d,
                     enum dump_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < d->rows.len; i++) {
		const struct dump_row *r = &d->rows.items[i];

		if (r->kind != kind || ++count > SHOWN)
			continue;
		out_begin(s->out, "range");
		out_hidden_str(s->out, "kind", kind == DUMP_FORCED
		               ? "forced" : "unreadable");
		out_text(s->out, ROLE_PLAIN, "  ");
		out_word(s->out, "start", ROLE_ADDRESS, r->start, "0x%llx",
		         (unsigned long long)r->start);
		out_text(s->out, ROLE_PLAIN, "-");
		out_word(s->out, "end", ROLE_ADDRESS, r->end, "0x%llx",
		         (unsigned long long)r->end);
		out_text(s->out, ROLE_PLAIN, " ");
		out_str(s->out, "reason", ROLE_WARNING,
		        kind == DUMP_FORCED
		        ? "was read by force: the program may not read it"
		        : r->reason);
		out_text(s->out, ROLE_PLAIN, *r->name ? "  " : "");
		out_str(s->out, "name", ROLE_STRING, r->name);
		out_text(s->out, ROLE_PLAIN, "\n");
		out_end(s->out);
	}
	if (count > SHOWN)
		out_text(s->out, ROLE_DIM, "  %zu more %s\n", count - SHOWN,
		         kind == DUMP_FORCED ? "read by force" : "unreadable");
}

static void show(struct session *s, const char *path, const struct dump *d)
{
	struct out *o = s->out;

	out_begin(o, "dump");
	out_uint(o, "data", ROLE_NUMBER, d->data, "%llu",
	         (unsigned long long)d->data);
	out_text(o, ROLE_PLAIN, " bytes written to ");
	out_str(o, "file", ROLE_STRING, path);
	if (d->untouched) {
		out_text(o, ROLE_PLAIN, ", ");
		out_uint(o, "untouched", ROLE_NUMBER, d->untouched,
		         "%llu", (unsigned long long)d->untouched);
		out_text(o, ROLE_PLAIN, " left out that were never touched");
	} else {
		out_hidden_uint(o, "untouched", 0);
	}
	out_hidden_uint(o, "size", d->size);
	out_hidden_uint(o, "unreadable", d->unreadable);
	out_hidden_uint(o, "forced", d->forced);
	out_text(o, ROLE_PLAIN, "\n");
	out_list_begin(o, "odd");
	show_odd(s, d, DUMP_FORCED);
	show_odd(s, d, DUMP_UNREADABLE);
	out_list_end(o);
	out_end(o);
}

static struct error *dump_range(struct session *s,
                                const struct command_args *args, bool append)
{
	CLEANUP(dump_deinit) struct dump d = { 0 };
	struct range range;

	TRY(range_of(s, args->arg[1].text, args->arg[2].text, &range));
	TRY(dump_raw(s, args->arg[0].text, append, &range, &d));
	show(s, args->arg[0].text, &d);
	return NULL;
}

static struct error *run_memory(struct session *s, struct command_args *args)
{
	return dump_range(s, args, false);
}

static struct error *run_append_memory(struct session *s,
                                       struct command_args *args)
{
	return dump_range(s, args, true);
}

/* What stands in memory is copied from there, however large it is. */
static struct error *dump_value(struct session *s,
                                const struct command_args *args, bool append)
{
	CLEANUP(dump_deinit) struct dump d = { 0 };
	AUTO_VALUE struct value *v = NULL;
	const char *path = args->arg[0].text;
	const uint8_t *data;
	struct range range;

	TRY(session_value(s, args->arg[1].text, &v));
	d.data = d.size = type_size(value_type(v));
	if (value_is_void(v) || !d.size)
		return error_new(ERROR_USAGE, "\"%s\" has no bytes",
		                 args->arg[1].text);
	if (value_place(v) == VALUE_IN_MEMORY && s->current &&
	    value_address(v, &range.start) &&
	    !__builtin_add_overflow(range.start, d.size, &range.end)) {
		d = (struct dump){ 0 };
		TRY(dump_raw(s, path, append, &range, &d));
	} else {
		TRY(value_bytes(v, &data));
		TRY(dump_bytes(s, path, append, data, (size_t)d.size));
	}
	show(s, path, &d);
	return NULL;
}

static struct error *run_value(struct session *s, struct command_args *args)
{
	return dump_value(s, args, false);
}

static struct error *run_append_value(struct session *s,
                                      struct command_args *args)
{
	return dump_value(s, args, true);
}

static struct error *run_mappings(struct session *s, struct command_args *args)
{
	CLEANUP(destroy_filter) struct map_filter filter = { 0 };
	CLEANUP(destroy_ranges) struct ranges ranges = { 0 };
	CLEANUP(dump_deinit) struct dump d = { 0 };

	TRY(map_filter_parse(s, args->arg[1].given ? args->arg[1].text : "",
	                     &filter));
	TRY(dump_choose(s, &filter, &ranges.vec));
	TRY(dump_indexed(s, args->arg[0].text, &ranges.vec, &d));
	show(s, args->arg[0].text, &d);
	return NULL;
}

static struct error *run_list(struct session *s, struct command_args *args)
{
	CLEANUP(destroy_ranges) struct ranges ranges = { 0 };
	CLEANUP(dump_deinit) struct dump d = { 0 };

	for (const char *at = args->arg[1].text; *at; at = skip_blanks(at)) {
		size_t len = range_word_len(at);
		AUTO_FREE char *word = xstrndup(at, len);
		struct range range;

		TRY(range_parse(s, word, &range));
		vec_push(&ranges.vec, range);
		at += len;
	}
	TRY(dump_indexed(s, args->arg[0].text, &ranges.vec, &d));
	show(s, args->arg[0].text, &d);
	return NULL;
}

/* gdb's other formats, too. */
static struct error *run_other(struct session *s, struct command_args *args)
{
	static const char *const formats[] = {
		"srec", "ihex", "tekhex", "verilog",
	};

	(void)s;
	for (size_t i = 0; args->arg[0].given && i < ARRAY_LEN(formats); i++)
		if (arg_word_is(args->arg[0].text, formats[i]))
			return error_new(ERROR_UNSUPPORTED, "%s is not "
			                 "written: dump raw memory, and let "
			                 "objcopy -I binary -O %s make it of "
			                 "that", formats[i], formats[i]);
	return error_new(ERROR_USAGE, "say `dump memory`, `dump value`, `dump "
	                 "list` or `dump mappings` (`append memory`, `append "
	                 "value`)");
}

#define MEMORY_ARGS "file:path start:value end:value"
#define VALUE_ARGS "file:path expression:expression"
#define FILE_HELP                                                            \
	"A file that exists is replaced when all is written, and stays as " \
	"it is where that fails; a FIFO, a device and /dev/stdout are " \
	"written straight, a symbolic link is refused."

static const struct command table[] = {
	{
		.name = "dump", .group = GROUP_LOOKING, .flags = CMD_PREFIX,
		.args = "[what:rest]",
		.summary = "write memory or a value to a file",
		.example = "dump value /dev/null 5",
		.run = run_other,
	}, {
		.name = "dump memory", .group = GROUP_LOOKING,
		.args = MEMORY_ARGS, .flags = CMD_NEEDS_PROCESS,
		.summary = "write the bytes of a range to a file",
		.help = "From START up to END, which is left out; END may be "
			"+LENGTH. Pages that were never touched are holes of "
			"the file. All must be readable: `dump list` leaves "
			"out what is not. " FILE_HELP,
		.example = "dump memory /dev/null $sp $sp+64",
		.example_at = EXAMPLE_AT_START,
		.run = run_memory,
	}, {
		.name = "dump value", .group = GROUP_LOOKING,
		.args = VALUE_ARGS,
		.summary = "write the bytes of a value to a file",
		.help = FILE_HELP,
		.example = "dump value /dev/null 5",
		.run = run_value,
	}, {
		.name = "dump binary", .group = GROUP_LOOKING,
		.flags = CMD_PREFIX, .args = "[what:rest]",
		.summary = "the same as `dump`, for scripts of gdb",
		.example = "dump binary value /dev/null 5",
		.run = run_other,
	}, {
		.name = "dump binary memory", .group = GROUP_LOOKING,
		.args = MEMORY_ARGS, .flags = CMD_NEEDS_PROCESS,
		.summary = "the same as `dump memory`",
		.example = "dump binary memory /dev/null $sp $sp+64",
		.example_at = EXAMPLE_AT_START,
		.run = run_memory,
	}, {
		.name = "dump binary value", .group = GROUP_LOOKING,
		.args = VALUE_ARGS,
		.summary = "the same as `dump value`",
		.example = "dump binary value /dev/null 5",
		.run = run_value,
	}, {
		.name = "dump list", .group = GROUP_LOOKING,
		.args = "file:path range...:rest", .flags = CMD_NEEDS_PROCESS,
		.summary = "write ranges to a file that knows where they were",
		.help = "A RANGE is START,END or START,+LENGTH. The file ends "
			"with an index, so that `restore` puts all back; what "
			"can't be read is said and left out. " FILE_HELP,
		.example = "dump list /dev/null $sp,+64 $pc,+16",
		.example_at = EXAMPLE_AT_START,
		.run = run_list,
	}, {
		.name = "dump mappings", .group = GROUP_LOOKING,
		.args = "file:path [filter:rest]", .flags = CMD_NEEDS_PROCESS,
		.summary = "write all mappings, or some, to such a file",
		.help = "The words of a FILTER must all hold: perm=rw-p (? is "
			"any, as what is left away at its end), name=GLOB, "
			"addr=RANGE, size>SIZE (>=, <, <=, =; with K, M, G), "
			"file, anon, shared, private; `!` before one turns it "
			"round. " FILE_HELP,
		.example = "dump mappings /dev/null perm=rw name=[stack]",
		.example_at = EXAMPLE_AT_START,
		.run = run_mappings,
	}, {
		.name = "append", .group = GROUP_LOOKING, .flags = CMD_PREFIX,
		.args = "[what:rest]",
		.summary = "write memory or a value behind what a file has",
		.example = "append value /dev/null 5",
		.run = run_other,
	}, {
		.name = "append memory", .group = GROUP_LOOKING,
		.args = MEMORY_ARGS, .flags = CMD_NEEDS_PROCESS,
		.summary = "write the bytes of a range behind a file's",
		.help = "As `dump memory`; where it fails the file is as it "
			"was.",
		.example = "append memory /dev/null $sp $sp+64",
		.example_at = EXAMPLE_AT_START,
		.run = run_append_memory,
	}, {
		.name = "append value", .group = GROUP_LOOKING,
		.args = VALUE_ARGS,
		.summary = "write the bytes of a value behind a file's",
		.help = "As `dump value`; where it fails the file is as it "
			"was.",
		.example = "append value /dev/null 5",
		.run = run_append_value,
	}, {
		.name = "append binary", .group = GROUP_LOOKING,
		.flags = CMD_PREFIX, .args = "[what:rest]",
		.summary = "the same as `append`, for scripts of gdb",
		.example = "append binary value /dev/null 5",
		.run = run_other,
	}, {
		.name = "append binary memory", .group = GROUP_LOOKING,
		.args = MEMORY_ARGS, .flags = CMD_NEEDS_PROCESS,
		.summary = "the same as `append memory`",
		.example = "append binary memory /dev/null $sp $sp+64",
		.example_at = EXAMPLE_AT_START,
		.run = run_append_memory,
	}, {
		.name = "append binary value", .group = GROUP_LOOKING,
		.args = VALUE_ARGS,
		.summary = "the same as `append value`",
		.example = "append binary value /dev/null 5",
		.run = run_append_value,
	},
};

const struct command_table commands_dump = { table, ARRAY_LEN(table) };
