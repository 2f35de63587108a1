/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `restore`: memory becomes what a file says that it was. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "session/restore.h"

enum { SHOWN = 10 };

static void show_failed(struct session *s, const struct restored *r)
{
	struct out *o = s->out;

	out_list_begin(o, "failed_ranges");
	for (size_t i = 0; i < r->rows.len && i < SHOWN; i++) {
		const struct restored_row *row = &r->rows.items[i];

		out_begin(o, "range");
		out_text(o, ROLE_PLAIN, "  ");
		out_word(o, "start", ROLE_ADDRESS, row->range.start, "0x%llx",
		         (unsigned long long)row->range.start);
		out_text(o, ROLE_PLAIN, "-");
		out_word(o, "end", ROLE_ADDRESS, row->range.end, "0x%llx",
		         (unsigned long long)row->range.end);
		out_text(o, ROLE_PLAIN, " ");
		out_str(o, "reason", ROLE_WARNING, row->reason);
		out_text(o, ROLE_PLAIN, "\n");
		out_end(o);
	}
	out_list_end(o);
	if (r->rows.len > SHOWN)
		out_text(o, ROLE_DIM, "  %zu more\n", r->rows.len - SHOWN);
}

static void show(struct session *s, const char *from, bool raw,
                 const struct restored *r)
{
	struct out *o = s->out;

	out_begin(o, "restored");
	out_text(o, ROLE_PLAIN, raw ? "Restoring binary file " : "Restoring ");
	out_str(o, "from", ROLE_STRING, from);
	out_text(o, ROLE_PLAIN, " into memory (");
	out_word(o, "start", ROLE_ADDRESS, r->bounds.start, "0x%llx",
	         (unsigned long long)r->bounds.start);
	out_text(o, ROLE_PLAIN, " to ");
	out_word(o, "end", ROLE_ADDRESS, r->bounds.end, "0x%llx",
	         (unsigned long long)r->bounds.end);
	out_text(o, ROLE_PLAIN, ")\n");
	out_hidden_uint(o, "ranges", r->ranges);
	out_uint(o, "written", ROLE_NUMBER, r->written, "%llu",
	         (unsigned long long)r->written);
	out_text(o, ROLE_PLAIN, " bytes written, ");
	out_uint(o, "same", ROLE_NUMBER, r->same, "%llu",
	         (unsigned long long)r->same);
	out_text(o, ROLE_PLAIN, " were so already");
	if (r->unknown) {
		out_text(o, ROLE_PLAIN, ", ");
		out_uint(o, "unknown", ROLE_NUMBER, r->unknown, "%llu",
		         (unsigned long long)r->unknown);
		out_text(o, ROLE_PLAIN, " are not in it");
	} else {
		out_hidden_uint(o, "unknown", 0);
	}
	if (r->failed) {
		out_text(o, ROLE_PLAIN, ", ");
		out_uint(o, "failed", ROLE_WARNING, r->failed, "%llu",
		         (unsigned long long)r->failed);
		out_text(o, ROLE_WARNING, " could not be written");
	} else {
		out_hidden_uint(o, "failed", 0);
	}
	out_text(o, ROLE_PLAIN, "\n");
	show_failed(s, r);
	out_end(o);
}

struct error *restored_end(struct session *s, const char *from, bool raw,
                           const struct restored *r, struct error *err)
{
	if (err) {
		if (r->written)
			return error_prefix(err, "%llu bytes were written "
			                    "before",
			                    (unsigned long long)r->written);
		return err;
	}
	show(s, from, raw, r);
	if (r->failed && !r->written && !r->same)
		return error_new(ERROR_REFUSED, "nothing of it could be "
		                 "written");
	return NULL;
}

/* The next word of *AT; NULL: no more. */
static char *next_word(const char **at)
{
	size_t len = range_word_len(*at);
	char *word = len ? xstrndup(*at, len) : NULL;

	*at = skip_blanks(*at + len);
	return word;
}

/* [binary] [OFFSET [START [END]]] */
static struct error *parse_rest(struct session *s, const char *at,
                                struct restore_request *r)
{
	uint64_t *const numbers[] = {
		&r->offset, &r->part.start, &r->part.end,
	};

	if (arg_word_is(at, "binary")) {
		r->raw = r->has_offset = true;
		at = skip_blanks(at + strlen("binary"));
	}
	for (size_t i = 0; *at && i < ARRAY_LEN(numbers); i++) {
		AUTO_FREE char *word = next_word(&at);
		int64_t n;

		TRY(evaluate_number(s, word, &n));
		*numbers[i] = (uint64_t)n;
		r->has_offset = true;
	}
	if (*at)
		return error_new(ERROR_USAGE, "unexpected \"%.60s\" (usage: "
		                 "restore FILE [binary] [OFFSET [START "
		                 "[END]]])", at);
	if (r->part.start >= r->part.end)
		return error_new(ERROR_USAGE, "a part that ends at 0x%llx "
		                 "can't begin at 0x%llx",
		                 (unsigned long long)r->part.end,
		                 (unsigned long long)r->part.start);
	return NULL;
}

static struct error *run_restore(struct session *s, struct command_args *args)
{
	struct restore_request r = {
		.path = args->arg[0].text, .part = { 0, UINT64_MAX },
	};
	CLEANUP(restored_deinit) struct restored result = { 0 };
	bool raw = false;
	struct error *err;

	TRY(parse_rest(s, args->arg[1].given ? args->arg[1].text : "", &r));
	err = restore_file(s, &r, &raw, &result);
	return restored_end(s, r.path, raw, &result, err);
}

static const struct command table[] = {
	{
		.name = "restore", .group = GROUP_LOOKING,
		.args = "file:path [offset:rest]",
		.flags = CMD_NEEDS_STOPPED | CMD_NEEDS_LIVE | CMD_PREFIX,
		.summary = "put the bytes of a file into memory",
		.help = "restore FILE [binary] [OFFSET [START [END]]]. What "
			"`dump list` and `dump mappings` wrote goes where it "
			"was; OFFSET is added to that. Any other FILE is raw: "
			"its first byte goes to OFFSET, where the word binary "
			"stands perhaps to 0. START and END choose a part, in "
			"FILE's addresses. Only pages that differ are written.",
		.example = "dump memory scdb-example $sp-64 $sp\n"
			"restore scdb-example $sp-64\n"
			"shell rm scdb-example",
		.example_at = EXAMPLE_AT_START,
		.run = run_restore,
	},
};

const struct command_table commands_restore = { table, ARRAY_LEN(table) };
