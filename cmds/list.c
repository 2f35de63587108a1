/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `list`, and lines and files that are asked about. */
#include "cmds/examine.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/pattern.h"
#include "session/location.h"

#include <ctype.h>
#include <string.h>

static void list_deinit(place_list *places)
{
	vec_deinit(places);
}
#define AUTO_PLACES CLEANUP(list_deinit)

static unsigned list_size(const struct session *s)
{
	uint64_t size = s->settings.listsize;

	return size && size < INT32_MAX ? (unsigned)size : INT32_MAX / 2;
}

static struct source_line position_line(const struct session *s)
{
	const struct source_position *p = &s->sources->position;

	return (struct source_line){ .file = p->file, .path = p->path,
	                             .directory = p->directory };
}

static struct error *show_from(struct session *s,
                               const struct source_line *line, unsigned first)
{
	return source_show(s, line, first, first + (list_size(s) - 1));
}

static struct error *show_before(struct session *s,
                                 const struct source_line *line, unsigned end)
{
	unsigned size = list_size(s);
	unsigned first = end > size ? end - size : 1;

	return source_show(s, line, first, end > 1 ? end - 1 : 1);
}

/* `list`, `list +`, `list -`. */
static struct error *list_on(struct session *s, char sign)
{
	struct source_position *p = &s->sources->position;
	struct source_line line;
	unsigned half = list_size(s) / 2;

	TRY(location_default(s));
	line = position_line(s);
	if (!p->first)
		return show_from(s, &line, p->line > half ? p->line - half : 1);
	if (sign != '-' || p->fresh)
		return show_from(s, &line, p->line);
	if (p->first == 1)
		return error_new(ERROR_NOT_FOUND, "Already at the start of "
		                 "%s.", p->file);
	return show_before(s, &line, p->first);
}

/* Several places, or the first of them. */
static struct error *list_places(struct session *s, const place_list *places,
                                 const char *text)
{
	unsigned half = list_size(s) / 2;

	for (size_t i = 0; i < places->len; i++) {
		const struct place *place = &places->items[i];

		if (!place->has_line)
			return error_new(ERROR_NOT_FOUND, "No line number "
			                 "known for %s.", text);
		if (places->len > 1) {
			out_begin(s->out, "place");
			out_text(s->out, ROLE_PLAIN, "file: \"");
			out_str(s->out, "file", ROLE_STRING, place->line.file);
			out_text(s->out, ROLE_PLAIN, "\", line number: ");
			out_uint(s->out, "line", ROLE_NUMBER, place->line.line,
			         "%u", place->line.line);
			out_text(s->out, ROLE_PLAIN, ", symbol: \"");
			out_str(s->out, "symbol", ROLE_NAME,
			        place->function ? place->function : "???");
			out_text(s->out, ROLE_PLAIN, "\"\n");
			out_end(s->out);
		}
		TRY(show_from(s, &place->line, place->line.line > half
		              ? place->line.line - half : 1));
	}
	return NULL;
}

/* "0x401136 is in main (a.c:5)." */
static void show_address(struct session *s, const struct place *place)
{
	struct out *o = s->out;

	out_begin(o, "place");
	out_word(o, "address", ROLE_ADDRESS, place->addr, "0x%llx",
	         (unsigned long long)place->addr);
	out_text(o, ROLE_PLAIN, " is ");
	if (place->function) {
		out_text(o, ROLE_PLAIN, "in ");
		out_str(o, "symbol", ROLE_NAME, place->function);
		out_text(o, ROLE_PLAIN, " (");
	} else {
		out_text(o, ROLE_PLAIN, "at ");
	}
	out_str(o, "file", ROLE_STRING, place->line.file);
	out_text(o, ROLE_PLAIN, ":");
	out_uint(o, "line", ROLE_NUMBER, place->line.line, "%u",
	         place->line.line);
	out_text(o, ROLE_PLAIN, "%s.\n", place->function ? ")" : "");
	out_end(o);
}

static struct error *list_one(struct session *s, const char *text)
{
	AUTO_PLACES place_list places = { 0 };

	TRY(location_resolve(s, text, LOCATION_LIST, &places));
	if (*text == '*' && places.items[0].has_line)
		show_address(s, &places.items[0]);
	return list_places(s, &places, text);
}

static struct error *one_line(struct session *s, const char *text,
                              const char *which, struct source_line *line)
{
	AUTO_PLACES place_list places = { 0 };

	TRY(location_resolve(s, text, LOCATION_LIST, &places));
	if (places.len > 1)
		return error_new(ERROR_USAGE, "Specified %s line '%s' is "
		                 "ambiguous.", which, text);
	if (!places.items[0].has_line)
		return error_new(ERROR_NOT_FOUND, "No line number known for "
		                 "%s.", text);
	*line = places.items[0].line;
	return NULL;
}

/* `list A,B`, `list A,`, `list ,B`. */
static struct error *list_range(struct session *s, const char *from,
                                const char *to)
{
	struct source_line first, last;

	if (!*from && !*to)
		return error_new(ERROR_USAGE, "Two empty args do not say what "
		                 "lines to list.");
	if (!*from) {
		TRY(one_line(s, to, "last", &last));
		return show_before(s, &last, last.line + 1);
	}
	TRY(one_line(s, from, "first", &first));
	if (!*to)
		return show_from(s, &first, first.line);
	/* A bare number is a line of the first one's file. */
	if (isdigit((unsigned char)*to)) {
		struct source_position was = s->sources->position;

		s->sources->position.file = first.file;
		s->sources->position.path = first.path;
		s->sources->position.directory = first.directory;
		struct error *err = one_line(s, to, "last", &last);

		if (err) {
			s->sources->position = was;
			return err;
		}
	} else {
		TRY(one_line(s, to, "last", &last));
	}
	if (strcmp(first.path, last.path) != 0)
		return error_new(ERROR_USAGE, "Specified first and last lines "
		                 "are in different files.");
	if (last.line < first.line)
		return error_new(ERROR_USAGE, "the last line, %u, is before "
		                 "the first, %u", last.line, first.line);
	return source_show(s, &first, first.line, last.line);
}

static struct error *run_list(struct session *s, struct command_args *args)
{
	const char *text = args->arg[0].given ? args->arg[0].text : "";
	size_t len = location_extent(text);
	AUTO_FREE char *from = xstrndup(text, len);
	const char *rest = skip_blanks(text + len);

	if (!*text || strcmp(text, "+") == 0 || strcmp(text, "-") == 0)
		return list_on(s, *text);
	if (!*rest)
		return list_one(s, from);
	if (*rest != ',')
		return error_new(ERROR_USAGE, "Junk at end of line "
		                 "specification.");
	return list_range(s, from, skip_blanks(rest + 1));
}

/* `info line`. */

static void put_address(struct session *s, const char *name, taddr addr)
{
	struct image *image = session_current_image(s);
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	image_describe(image, addr, &text);
	out_word(s->out, name, ROLE_ADDRESS, addr, "0x%llx",
	         (unsigned long long)addr);
	if (text.len)
		out_text(s->out, ROLE_NAME, " %s", text.data);
}

/* NUMBER is the line that was asked for; LINE what was found. */
static void show_line(struct session *s, const struct source_line *line,
                      unsigned number)
{
	struct out *o = s->out;

	out_begin(o, "line");
	if (!line->line) {
		out_text(o, ROLE_PLAIN, "Line number ");
		out_uint(o, "line", ROLE_NUMBER, number, "%u", number);
		out_text(o, ROLE_PLAIN, " is out of range for \"");
		out_str(o, "file", ROLE_STRING, line->file);
		out_text(o, ROLE_PLAIN, "\".\n");
		out_end(o);
		return;
	}
	out_text(o, ROLE_PLAIN, "Line ");
	out_uint(o, "line", ROLE_NUMBER, number, "%u", number);
	out_text(o, ROLE_PLAIN, " of \"");
	out_str(o, "file", ROLE_STRING, line->file);
	out_hidden_str(o, "path", line->path);
	if (line->start == line->end) {
		out_text(o, ROLE_PLAIN, "\" is at address ");
		put_address(s, "start", line->start);
		out_text(o, ROLE_PLAIN, " but contains no code.\n");
	} else {
		out_text(o, ROLE_PLAIN, "\" starts at address ");
		put_address(s, "start", line->start);
		out_text(o, ROLE_PLAIN, " and ends at ");
		put_address(s, "end", line->end);
		out_text(o, ROLE_PLAIN, ".\n");
	}
	out_end(o);
	examine_stand_at(s, line->start);
}

static void show_unknown(struct session *s, const struct place *place)
{
	struct out *o = s->out;

	out_begin(o, "line");
	out_text(o, ROLE_PLAIN, "No line number information available");
	if (place->has_addr) {
		out_text(o, ROLE_PLAIN, " for address ");
		put_address(s, "start", place->addr);
	} else {
		out_text(o, ROLE_PLAIN, ".");
	}
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

/* "Address 0x... <main+4> is at": an address inside a line. */
static void show_line_of_address(struct session *s, const struct place *place)
{
	struct out *o = s->out;

	if (place->line.start == place->addr) {
		show_line(s, &place->line, place->line.line);
		return;
	}
	out_begin(o, "line");
	out_text(o, ROLE_PLAIN, "Line ");
	out_uint(o, "line", ROLE_NUMBER, place->line.line, "%u",
	         place->line.line);
	out_text(o, ROLE_PLAIN, " of \"");
	out_str(o, "file", ROLE_STRING, place->line.file);
	out_hidden_str(o, "path", place->line.path);
	out_text(o, ROLE_PLAIN, "\" starts at address ");
	put_address(s, "start", place->line.start);
	out_text(o, ROLE_PLAIN, " and ends at ");
	put_address(s, "end", place->line.end);
	out_text(o, ROLE_PLAIN, ".\n");
	out_end(o);
	examine_stand_at(s, place->line.start);
}

struct line_request {
	struct session *s;
	unsigned number;
};

static bool show_start(void *ctx, const struct source_line *line)
{
	struct line_request *r = ctx;

	show_line(r->s, line, r->number);
	return true;
}

static void info_file_line(struct session *s, const char *path,
                           unsigned number)
{
	struct line_request r = { s, number };

	debug_line_starts(session_current_image(s), path, number, show_start,
	                  &r);
}

static void info_place(struct session *s, const struct place *place)
{
	if (!place->has_line) {
		show_unknown(s, place);
		return;
	}
	if (place->has_addr) {
		show_line_of_address(s, place);
		return;
	}
	info_file_line(s, place->line.path, place->line.line);
}

static struct error *run_info_line(struct session *s,
                                   struct command_args *args)
{
	AUTO_PLACES place_list places = { 0 };

	if (!args->arg[0].given) {
		const struct source_position *p = &s->sources->position;

		TRY(location_default(s));
		info_file_line(s, p->path, p->last ? p->last : p->line);
		return NULL;
	}
	TRY(location_resolve(s, args->arg[0].text, LOCATION_LIST, &places));
	for (size_t i = 0; i < places.len; i++)
		info_place(s, &places.items[i]);
	return NULL;
}

/* `info source`. */

const char *command_language(unsigned language)
{
	switch (language) {
	case 0x01: case 0x02: case 0x0c: case 0x1d: case 0x2c:
		return "c";
	case 0x04: case 0x1a: case 0x21: case 0x2b:
		return "c++";
	case 0x1c: return "rust";
	case 0x16: return "go";
	case 0x13: return "d";
	case 0x07: case 0x08: case 0x0e: case 0x22: case 0x23:
		return "fortran";
	case 0x03: case 0x0d: return "ada";
	case 0x09: return "pascal";
	case 0x8001: return "asm";
	default: return "minimal";
	}
}

static void item(struct session *s, const char *before, const char *name,
                 const char *value, const char *after)
{
	if (!value)
		return;
	out_text(s->out, ROLE_PLAIN, "%s", before);
	out_str(s->out, name, ROLE_STRING, value);
	out_text(s->out, ROLE_PLAIN, "%s\n", after);
}

struct first_code { taddr addr; bool found; };

static bool take_first_code(void *ctx, const struct source_line *line)
{
	struct first_code *first = ctx;

	if (line->line) {
		first->addr = line->start;
		first->found = true;
	}
	return !first->found;
}

static void show_unit(struct session *s, const struct debug_unit_info *unit)
{
	AUTO_FREE char *version = xasprintf("DWARF %u", unit->version);

	item(s, "Source language is ", "language",
	     command_language(unit->language), ".");
	item(s, "Producer is ", "producer", unit->producer, ".");
	item(s, "Compiled with ", "format", version, " debugging format.");
	out_text(s->out, ROLE_PLAIN,
	         "Does not include preprocessor macro info.\n");
}

static struct error *run_info_source(struct session *s,
                                     struct command_args *args)
{
	const struct source_position *p = &s->sources->position;
	struct first_code first = { 0 };
	struct debug_unit_info unit;
	struct source_file *file;
	struct source_line line;
	struct error *err;

	(void)args;
	source_catch_up(s);
	line = position_line(s);
	if (!p->path || p->image != session_current_image(s)) {
		out_message(s->out, "source-file", ROLE_PLAIN,
		            "No current source file.");
		return NULL;
	}
	out_begin(s->out, "source-file");
	item(s, "Current source file is ", "file", p->file, "");
	item(s, "Compilation directory is ", "directory", p->directory, "");
	err = source_open(s, &line, &file);
	if (!err) {
		item(s, "Located in ", "path", source_found(file), "");
		out_text(s->out, ROLE_PLAIN, "Contains ");
		out_uint(s->out, "lines", ROLE_NUMBER, source_line_count(file),
		         "%u", source_line_count(file));
		out_text(s->out, ROLE_PLAIN, " line%s.\n",
		         source_line_count(file) == 1 ? "" : "s");
	}
	error_destroy(err);
	debug_line_starts(p->image, p->path, 1, take_first_code, &first);
	if (first.found && debug_unit_at(p->image, first.addr, &unit))
		show_unit(s, &unit);
	out_end(s->out);
	return NULL;
}

/* `info sources`. */

struct source_listing {
	struct session *s;
	struct pattern *pattern;  /* NULL: all */
	const struct module *module;
};

static bool show_source(void *ctx, const struct module *m, const char *path)
{
	struct source_listing *l = ctx;
	struct out *o = l->s->out;

	if (l->pattern && !pattern_finds(l->pattern, path))
		return true;
	if (m != l->module) {
		if (l->module) {
			out_list_end(o);
			out_text(o, ROLE_PLAIN, "\n\n");
			out_end(o);
		}
		out_begin(o, "sources");
		out_str(o, "module", ROLE_HEADING, m->name);
		out_text(o, ROLE_PLAIN, ":\n\n");
		out_list_begin(o, "files");
	} else {
		out_text(o, ROLE_PLAIN, ", ");
	}
	l->module = m;
	out_str(o, "file", ROLE_STRING, path);
	return !l->s->hooks.interrupted ||
	       !l->s->hooks.interrupted(l->s->hooks.ctx);
}

static struct error *run_info_sources(struct session *s,
                                      struct command_args *args)
{
	struct source_listing listing = { .s = s };
	AUTO_PATTERN struct pattern *pattern = NULL;
	const struct command_arg *arg = &args->arg[0];
	struct image *image;

	TRY(location_image(s, &image));
	if (arg->given)
		TRY(pattern_make(arg->text, strlen(arg->text),
		                 PATTERN_EXTENDED, &pattern));
	listing.pattern = pattern;
	debug_each_source(image, show_source, &listing);
	if (listing.module) {
		out_list_end(s->out);
		out_text(s->out, ROLE_PLAIN, "\n");
		out_end(s->out);
	}
	return NULL;
}

static const struct command table[] = {
	{
		.name = "list", .aliases = "l", .group = GROUP_LOOKING,
		.args = "[location:location]", .flags = CMD_REPEATS_BARE,
		.summary = "show lines of a source file",
		.help = "LINE, FUNCTION, FILE:LINE, FILE:FUNCTION, *ADDRESS: "
			"the lines around it. FIRST,LAST: these. FIRST, and "
			",LAST: as many as `set listsize` says from, or up to, "
			"there. Without an argument it goes on, with - "
			"backwards; at first it shows where the program "
			"stands.",
		.example = "set listsize 5",
		.example_at = EXAMPLE_AT_ANY,
		.run = run_list,
	}, {
		.name = "info line", .group = GROUP_LOOKING,
		.args = "[location:location]",
		.summary = "where the code of a line is",
		.help = "For a line without code it is where the next with "
			"code is. Also for *ADDRESS and FUNCTION. `x/i` goes "
			"on at its start.",
		.example = "info line *$pc",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_line,
	}, {
		.name = "info source", .group = GROUP_LOOKING, .args = "",
		.summary = "about the source file that `list` stands at",
		.example = "info source",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_source,
	}, {
		.name = "info sources", .group = GROUP_LOOKING,
		.args = "[regex:rest]",
		.summary = "the source files of the program and its libraries",
		.help = "Those that debug information names; with REGEX only "
			"those whose path matches.",
		.example = "info sources main",
		.example_at = EXAMPLE_AT_START,
		.run = run_info_sources,
	},
};

const struct command_table commands_list = { table, ARRAY_LEN(table) };
