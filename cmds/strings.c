/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `strings`: the printable text that memory holds. */
#include "cmds/internal.h"
#include "cmds/search.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "session/search.h"

#include <string.h>

enum {
	LEAST = 4,               /* as strings(1) has it */
	SHOWN_MAX = 1 << 16,     /* bytes of one; then it goes on in another */
	NOTES = 8,
};

void skip_notes_add(struct session *s, struct skip_notes *n, taddr start,
                    uint64_t len, const char *reason)
{
	if (n->said == NOTES) {
		n->count++;
		n->bytes += len;
		return;
	}
	n->said++;
	out_begin(s->out, "skipped");
	out_text(s->out, ROLE_DIM, "passed over ");
	out_word(s->out, "start", ROLE_ADDRESS, start, "0x%llx",
	         (unsigned long long)start);
	out_text(s->out, ROLE_DIM, "-");
	out_word(s->out, "end", ROLE_ADDRESS, start + len, "0x%llx",
	         (unsigned long long)(start + len));
	out_text(s->out, ROLE_DIM, ", which ");
	out_str(s->out, "reason", ROLE_DIM, reason);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
}

void skip_notes_end(struct session *s, struct skip_notes *n)
{
	if (n->count)
		out_message(s->out, "note", ROLE_DIM, "passed over %llu parts "
		            "more that can't be read, of 0x%llx bytes",
		            (unsigned long long)n->count,
		            (unsigned long long)n->bytes);
	*n = (struct skip_notes){ 0 };
}

struct error *command_ranges(struct session *s, const char *filter,
                             range_vec *ranges)
{
	CLEANUP(map_filter_deinit) struct map_filter f = { 0 };

	TRY(map_filter_parse(s, filter, &f));
	return session_mappings(s->current->process, &f, ranges);
}

struct stringing {
	struct session *s;
	uint64_t least;
	struct buf text;         /* what was seen of a string so far */
	taddr start, end;
	uint64_t count;
	struct skip_notes notes;
};

/* strings(1)'s: ASCII's graphic characters, a blank and a tab. */
static bool is_of_string(uint8_t byte)
{
	return (byte >= ' ' && byte < 0x7f) || byte == '\t';
}

static void end_string(struct stringing *g)
{
	struct out *o = g->s->out;
	AUTO_BUF struct buf shown = { 0 };

	if (g->text.len >= g->least) {
		buf_init(&shown);
		buf_put_c_escaped(&shown, g->text.data, g->text.len);
		out_begin(o, "string");
		out_word(o, "address", ROLE_ADDRESS, g->start, "0x%llx",
		         (unsigned long long)g->start);
		out_text(o, ROLE_PLAIN, "\t\"");
		out_str_shown(o, "text", ROLE_STRING, g->text.data,
		              shown.data);
		out_text(o, ROLE_PLAIN, "\"\n");
		out_end(o);
		g->count++;
	}
	buf_reset(&g->text);
}

static void add_to_string(struct stringing *g, taddr addr, const void *data,
                          size_t len)
{
	while (len) {
		size_t room = SHOWN_MAX - g->text.len;
		size_t n = len < room ? len : room;

		if (!g->text.len)
			g->start = addr;
		buf_add(&g->text, data, n);
		if (g->text.len == SHOWN_MAX)
			end_string(g);
		data = (const char *)data + n;
		addr += n;
		len -= n;
	}
}

static bool strings_in(void *ctx, const struct memory_chunk *c)
{
	struct stringing *g = ctx;

	if (g->end != c->addr || !c->data)
		end_string(g);
	g->end = c->addr + c->len;
	for (size_t i = 0; c->data && i < c->len;) {
		size_t from = i;

		while (i < c->len && is_of_string(c->data[i]))
			i++;
		add_to_string(g, c->addr + from, c->data + from, i - from);
		if (i < c->len)
			end_string(g);
		while (i < c->len && !is_of_string(c->data[i]))
			i++;
	}
	return true;
}

static void note_skipped(void *ctx, taddr start, uint64_t len,
                         const char *reason)
{
	struct stringing *g = ctx;

	skip_notes_add(g->s, &g->notes, start, len, reason);
}

static struct error *run_over(struct session *s, const range_vec *ranges,
                              uint64_t least)
{
	struct stringing g = { .s = s, .least = least };
	struct sweep sweep = {
		.what = "strings",
		.chunk = strings_in,
		.skipped = note_skipped,
		.ctx = &g,
	};
	struct error *err;

	buf_init(&g.text);
	err = session_sweep(s, s->current->process, ranges, &sweep);
	if (!err)
		end_string(&g);
	skip_notes_end(s, &g.notes);
	buf_deinit(&g.text);
	return err;
}

/* -n MIN at the beginning or the end of LINE is taken off it. */
static struct error *take_least(char *line, uint64_t *least)
{
	char *at = line;
	char *end;
	size_t len;
	AUTO_FREE char *number = NULL;

	while ((at = strstr(at, "-n")) != NULL &&
	       ((at > line && at[-1] != ' ') ||
	        (at[2] != ' ' && (at[2] < '0' || at[2] > '9'))))
		at++;
	if (!at)
		return NULL;
	end = at + 2 + strspn(at + 2, " ");
	len = strcspn(end, " ");
	number = xstrndup(end, len);
	TRY(parse_number(number, "length", 1, SHOWN_MAX, least));
	memset(at, ' ', (size_t)(end + len - at));
	return NULL;
}

static void deinit_ranges(range_vec *ranges)
{
	vec_deinit(ranges);
}

static struct error *run_strings(struct session *s, struct command_args *args)
{
	CLEANUP(deinit_ranges) range_vec ranges = { 0 };
	AUTO_FREE char *line = xstrdup(args->line);
	uint64_t least = LEAST;
	const char *rest;
	struct range r;
	struct thread *t;

	TRY(session_need_stopped(s, &t));
	TRY(take_least(line, &least));
	rest = skip_blanks(line);
	line[(size_t)(rest - line) + trimmed_len(rest, strlen(rest))] = '\0';
	if (!*rest) {
		TRY(command_ranges(s, "", &ranges));
	} else if (arg_word_is(rest, "mappings")) {
		TRY(command_ranges(s, rest + strlen("mappings"), &ranges));
	} else {
		TRY(range_parse(s, rest, &r));
		vec_push(&ranges, r);
	}
	return run_over(s, &ranges, least);
}

static const struct command table[] = {
	{
		.name = "strings", .group = GROUP_LOOKING,
		.args = "[range:rest]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "show the printable text in memory",
		.help = "strings [-n LEAST] [RANGE]: RANGE is START,END or "
			"START,+LENGTH, or mappings [FILTER] (see dump "
			"mappings); without it all mappings. As strings(1): "
			"LEAST (4) or more ASCII characters, blanks and tabs "
			"behind each other, each with its address. What can't "
			"be read is passed over and said.",
		.example = "strings -n 8 $sp,+4096\nstrings mappings name=[stack]",
		.example_at = EXAMPLE_AT_START,
		.run = run_strings,
	},
};

const struct command_table commands_strings = { table, ARRAY_LEN(table) };
