/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `find`: where in memory bytes are. */
#include "cmds/internal.h"
#include "cmds/search.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "expr/value.h"
#include "session/search.h"
#include "session/world.h"

#include <ctype.h>
#include <string.h>

/* What stands behind `find /`. */
struct find_options {
	unsigned size;          /* of an integer; 0: as its type has it */
	uint64_t most;          /* matches; 0: all */
	uint64_t align;
	bool floats;            /* /f */
	bool bare_strings;      /* /s: without their 0 */
	bool any_case;          /* /i */
};

struct finding {
	struct session *s;
	const struct find_options *options;
	uint64_t count;
	taddr last;
	struct skip_notes notes;
};

static uint64_t take_number(const char **at)
{
	uint64_t n = 0;

	for (; isdigit((unsigned char)**at); ++*at)
		if (n < UINT64_MAX / 10 - 1)
			n = n * 10 + (uint64_t)(**at - '0');
	return n;
}

/* One letter, or a number. */
static struct error *take_option(const char **at, struct find_options *o)
{
	static const char sizes[] = "bhw?g";
	const char *size = strchr(sizes, **at);

	if (isdigit((unsigned char)**at)) {
		o->most = take_number(at);
		return NULL;
	}
	switch (*(*at)++) {
	case 'b':
	case 'h':
	case 'w':
	case 'g':
		o->size = size[0] == 'g' ? 8 : 1u << (size - sizes);
		return NULL;
	case 'a':
		o->align = take_number(at);
		return o->align ? NULL : error_new(ERROR_USAGE, "an alignment "
			"stands behind the a: /a8");
	case 'f':
		o->floats = true;
		return NULL;
	case 's':
		o->bare_strings = true;
		return NULL;
	case 'i':
		o->any_case = true;
		return NULL;
	default:
		return error_new(ERROR_USAGE, "Invalid size granularity.");
	}
}

static struct error *take_options(const char **rest, struct find_options *o)
{
	const char *at = skip_blanks(*rest);

	while (*at == '/') {
		for (at++; *at && *at != '/' && !isspace((unsigned char)*at);)
			TRY(take_option(&at, o));
		at = skip_blanks(at);
	}
	if (o->floats && o->size && o->size < 4)
		return error_new(ERROR_USAGE, "a floating-point number has 4 "
		                 "(/fw) or 8 (/fg) bytes");
	*rest = at;
	return NULL;
}

/* The text up to a comma outside of brackets and quotes; *REST: behind it. */
static char *take_part(const char **rest)
{
	const char *at = skip_blanks(*rest);
	unsigned depth = 0;
	char quote = 0;
	size_t len;

	for (len = 0; at[len] && (quote || depth || at[len] != ','); len++) {
		if (at[len] == '\\' && at[len + 1])
			len++;
		else if (quote)
			quote = at[len] == quote ? 0 : quote;
		else if (at[len] == '"' || at[len] == '\'')
			quote = at[len];
		else if (strchr("([{", at[len]))
			depth++;
		else if (strchr(")]}", at[len]))
			depth -= depth > 0;
	}
	*rest = at + len + (at[len] == ',');
	return xstrndup(at, trimmed_len(at, len));
}

static struct error *bad_bytes(const char *text)
{
	AUTO_FREE char *shown = command_quoted(text, strlen(text));

	return error_new(ERROR_USAGE, "\"%s\" are no bytes: say hexadecimal "
	                 "digits, and ? for any: x\"7f 45 ?? 4?\"", shown);
}

/* TEXT: behind x". */
static struct error *add_bytes(struct byte_pattern *p, const char *text)
{
	const char *whole = text;

	for (; *text && *text != '"'; text += strspn(text, " \t")) {
		uint8_t byte = 0, mask = 0;

		for (int i = 0; i < 2; i++, text++) {
			int digit = tolower((unsigned char)*text);

			if (digit != '?' && !isxdigit(digit))
				return bad_bytes(whole);
			byte <<= 4;
			mask <<= 4;
			if (digit == '?')
				continue;
			byte |= (uint8_t)(isdigit(digit) ? digit - '0'
			                  : digit - 'a' + 10);
			mask |= 0xf;
		}
		if (!byte_pattern_add(p, &byte, &mask, 1))
			return error_new(ERROR_USAGE, "too long a pattern");
	}
	return *text == '"' && !*skip_blanks(text + 1) ? NULL
		: bad_bytes(whole);
}

static bool is_text(const struct value *v)
{
	return value_place(v) == VALUE_NOWHERE &&
	       type_strip(value_type(v))->kind == TYPE_ARRAY;
}

/* Text as it stands in memory; letters in any case by a mask. */
static struct error *add_data(struct byte_pattern *p,
                              const struct find_options *o,
                              const uint8_t *data, size_t len, bool text)
{
	for (size_t i = 0; i < len; i++) {
		bool free_case = text && o->any_case &&
		                 isalpha((unsigned char)data[i]);
		uint8_t mask = free_case ? 0xdf : 0xff;

		if (!byte_pattern_add(p, &data[i], &mask, 1))
			return error_new(ERROR_USAGE, "too long a pattern: at "
			                 "most %d bytes", BYTE_PATTERN_MAX);
	}
	return NULL;
}

static struct error *add_float(struct byte_pattern *p, unsigned size,
                               struct value *v)
{
	long double f;
	float narrow;
	double wide;

	TRY(value_as_float(v, &f));
	narrow = (float)f;
	wide = (double)f;
	byte_pattern_add(p, size == 4 ? (void *)&narrow : &wide, NULL,
	                 size == 4 ? 4 : 8);
	return NULL;
}

static struct error *add_value(struct byte_pattern *p,
                               const struct find_options *o, struct value *v)
{
	const struct type *t = value_type(v);
	size_t len = (size_t)type_size(t);
	const uint8_t *data;
	uint64_t n;

	if (o->floats && type_is_scalar(t))
		return add_float(p, o->size, v);
	if (o->size && type_is_scalar(t)) {
		TRY(value_as_integer(v, &n));
		byte_pattern_add(p, &n, NULL, o->size);
		return NULL;
	}
	TRY(value_bytes(v, &data));
	if (is_text(v) && o->bare_strings)
		len -= (size_t)type_size(type_target(type_strip(t)));
	return add_data(p, o, data, len, is_text(v));
}

static struct error *take_pattern(struct session *s, const char *rest,
                                  const struct find_options *o,
                                  struct byte_pattern *p)
{
	if (!*skip_blanks(rest))
		return error_new(ERROR_USAGE, "Missing search pattern.");
	while (*rest) {
		AUTO_FREE char *text = take_part(&rest);
		AUTO_VALUE struct value *v = NULL;

		if (text[0] == 'x' && text[1] == '"') {
			TRY(add_bytes(p, text + 2));
			continue;
		}
		if (!*text)
			return error_new(ERROR_USAGE, "Argument required "
			                 "(expression to compute).");
		TRY(session_value(s, text, &v));
		TRY(add_value(p, o, v));
	}
	if (!p->len)
		return error_new(ERROR_USAGE, "Missing search pattern.");
	byte_pattern_prepare(p);
	return NULL;
}

/* START, +LEN or START, END, which is the last byte. */
static struct error *take_range(struct session *s, const char **rest,
                                range_vec *ranges)
{
	AUTO_FREE char *start = take_part(rest);
	AUTO_VALUE struct value *from = NULL, *to = NULL;
	AUTO_FREE char *end = NULL;
	struct range r;
	uint64_t n;

	if (!*start)
		return error_new(ERROR_USAGE, "Missing search parameters.");
	end = take_part(rest);
	if (!*end)
		return error_new(ERROR_USAGE, "Argument required (expression "
		                 "to compute).");
	TRY(session_value(s, start, &from));
	TRY(value_as_address(from, &r.start));
	TRY(session_value(s, end + (*end == '+'), &to));
	TRY(*end == '+' ? value_as_integer(to, &n)
	    : value_as_address(to, &n));
	if (*end == '+' && !n)
		return error_new(ERROR_USAGE, "Empty search range.");
	if (*end == '+' ? r.start + (n - 1) < r.start : n < r.start)
		return error_new(ERROR_USAGE, *end == '+'
		                 ? "Search space too large."
		                 : "Invalid search space, end precedes start.");
	r.end = *end == '+' ? r.start + n : n + 1;
	if (!r.end)
		r.end = UINT64_MAX; /* the last page is never mapped */
	vec_push(ranges, r);
	return NULL;
}

static bool show_match(void *ctx, taddr addr)
{
	struct finding *f = ctx;
	const struct value_world *w = f->s->world;
	AUTO_BUF struct buf name = { 0 };

	buf_init(&name);
	w->describe(w->ctx, addr, &name);
	out_begin(f->s->out, "found-at");
	out_word(f->s->out, "address", ROLE_ADDRESS, addr, "0x%llx",
	         (unsigned long long)addr);
	if (name.len) {
		out_text(f->s->out, ROLE_PLAIN, " ");
		out_str(f->s->out, "symbol", ROLE_NAME, name.data);
	}
	out_text(f->s->out, ROLE_PLAIN, "\n");
	out_end(f->s->out);
	f->last = addr;
	return ++f->count != f->options->most;
}

static void note_skipped(void *ctx, taddr start, uint64_t len,
                         const char *reason)
{
	struct finding *f = ctx;

	skip_notes_add(f->s, &f->notes, start, len, reason);
}

/* $_ is the last one found, $numfound how many there were. */
static void keep_result(struct session *s, const struct finding *f)
{
	struct type_pool *pool = s->world->pool;
	AUTO_VALUE struct value *count = value_of_integer(s->world,
		type_builtin(pool, "int"), f->count);

	session_variable_set(s, "numfound", count);
	if (f->count)
		examine_stand_at(s, f->last);
}

static void show_count(struct session *s, uint64_t count)
{
	out_begin(s->out, "found");
	out_hidden_uint(s->out, "count", count);
	if (count)
		out_text(s->out, ROLE_PLAIN, "%llu pattern%s found.\n",
		         (unsigned long long)count, count == 1 ? "" : "s");
	else
		out_text(s->out, ROLE_PLAIN, "Pattern not found.\n");
	out_end(s->out);
}

static void deinit_ranges(range_vec *ranges)
{
	vec_deinit(ranges);
}

static struct error *search_for(struct session *s, const range_vec *ranges,
                                const struct find_options *o,
                                const struct byte_pattern *p)
{
	struct finding f = { .s = s, .options = o };
	struct search search = {
		.pattern = p,
		.align = o->align ? o->align : 1,
		.found = show_match,
		.skipped = note_skipped,
		.ctx = &f,
	};
	struct error *err;

	if (ranges->len == 1 &&
	    ranges->items[0].end - ranges->items[0].start < p->len)
		return error_new(ERROR_USAGE, "Search space too small to "
		                 "contain pattern.");
	err = session_search(s, s->current->process, ranges, &search);
	skip_notes_end(s, &f.notes);
	keep_result(s, &f);
	if (err)
		return err;
	show_count(s, f.count);
	return NULL;
}

static struct error *run_find(struct session *s, struct command_args *args)
{
	CLEANUP(byte_pattern_deinit) struct byte_pattern pattern = { 0 };
	CLEANUP(deinit_ranges) range_vec ranges = { 0 };
	static const char word[] = "mappings";
	struct find_options options = { 0 };
	const char *rest = args->line;
	struct thread *t;

	if (!*skip_blanks(rest))
		return error_new(ERROR_USAGE, "Missing search parameters.");
	TRY(session_need_stopped(s, &t));
	TRY(take_options(&rest, &options));
	if (!strncmp(rest, word, strlen(word)) &&
	    strchr(", \t", rest[strlen(word)])) {
		AUTO_FREE char *filter = NULL;

		rest += strlen(word);
		filter = take_part(&rest);
		TRY(command_ranges(s, filter, &ranges));
	} else {
		TRY(take_range(s, &rest, &ranges));
	}
	TRY(take_pattern(s, rest, &options, &pattern));
	return search_for(s, &ranges, &options, &pattern);
}

static const struct command table[] = {
	{
		.name = "find", .group = GROUP_LOOKING,
		.args = "[/options,range,values:rest]",
		.flags = CMD_NEEDS_STOPPED,
		.summary = "find bytes, numbers or text in memory",
		.help = "find [/OPTIONS] START, +LENGTH, VALUE...: from START "
			"on; START, END, VALUE...: END is the last byte; "
			"mappings [FILTER], VALUE...: in all mappings, or "
			"those that FILTER takes (see dump mappings). The "
			"values stand one behind the other in memory, each as "
			"its type has it: an int has 4 bytes, 'a' one, a "
			"string its 0 too. x\"7f 45 ?? 4?\" are bytes in "
			"hexadecimal digits, of which ? may be any. OPTIONS: "
			"b, h, w or g for integers of 1, 2, 4 or 8 bytes; f "
			"for floating-point numbers (fw: of 4 bytes); s for "
			"strings without their 0; i for letters in any case; "
			"aN for addresses that are multiples of N; a number "
			"for the most matches. What can't be read is passed "
			"over and said. $_ is the last match, $numfound how "
			"many there were.",
		.example = "find /s mappings perm=r, \"ld-linux\"\n"
			"find /1 $sp, +4096, x\"7f ??\"",
		.example_at = EXAMPLE_AT_START,
		.run = run_find,
	},
};

const struct command_table commands_search = { table, ARRAY_LEN(table) };
