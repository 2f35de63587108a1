/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rbreak: breakpoints at all functions that a regular expression matches. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/map.h"
#include "base/pattern.h"
#include "session/location.h"

#include <string.h>

enum { MOST = 200000 };

struct search {
	struct session *s;
	struct image *image;
	struct pattern *pattern;
	const char *file;            /* of functions of this file only */
	const struct module *only;   /* ... of this module only; NULL: of all */
	const struct module *main;
	struct map seen;             /* by address */
	VEC(struct break_function) found;
};

static bool is_in_file(struct search *r, taddr entry)
{
	struct source_line line;
	size_t len = strlen(r->file), all;

	if (!debug_line_at(r->image, entry, &line))
		return false;
	all = strlen(line.path);
	return len <= all && strcmp(line.path + all - len, r->file) == 0 &&
	       (len == all || line.path[all - len - 1] == '/');
}

/* A text that stands for it alone, also where it is loaded next. */
static char *location_of(const struct search *r, const struct symbol *symbol,
                         const char *name)
{
	return symbol->module == r->main
		? xstrdup(name)
		: xasprintf("%s:%s", module_short_name(symbol->module), name);
}

static bool take_symbol(void *ctx, const struct symbol *symbol)
{
	struct search *r = ctx;
	AUTO_FREE char *readable = NULL;
	const char *name;

	if (symbol->kind != SYMBOL_FUNCTION || !symbol->in_code ||
	    map_get(&r->seen, symbol->addr))
		return true;
	readable = symbol_demangle(symbol->name);
	name = readable ? readable : symbol->name;
	if (!pattern_finds(r->pattern, name) ||
	    (r->file && !is_in_file(r, symbol->addr)))
		return true;
	map_put(&r->seen, symbol->addr, r);
	vec_push(&r->found, ((struct break_function){
		.location = location_of(r, symbol, name),
		.entry = symbol->addr }));
	return r->found.len < MOST &&
	       !(r->found.len % 256 == 0 && r->s->hooks.interrupted &&
	         r->s->hooks.interrupted(r->s->hooks.ctx));
}

static bool take_module(void *ctx, const struct module *m)
{
	struct search *r = ctx;

	if (r->only && m != r->only)
		return true;
	image_each_symbol(r->image, m, take_symbol, r);
	return r->found.len < MOST;
}

static bool is_there(void *ctx, const struct source_line *line)
{
	(void)line;
	*(bool *)ctx = true;
	return false;
}

/* FILE:REGEX or LIB:REGEX, where there is such a file or module. */
static const char *split_scope(struct search *r, const char *text, char **scope)
{
	const char *colon = strchr(text, ':');
	bool is_file = false;
	size_t len;

	if (!colon || colon[1] == ':')
		return text;
	len = trimmed_len(text, (size_t)(colon - text));
	*scope = xstrndup(text, len);
	debug_files_named(r->image, *scope, is_there, &is_file);
	if (is_file)
		r->file = *scope;
	else
		r->only = location_module(r->image, *scope);
	return r->file || r->only ? skip_blanks(colon + 1) : text;
}

static struct error *look(struct search *r, const char *text)
{
	AUTO_PATTERN struct pattern *pattern = NULL;

	TRY(pattern_make(text, strlen(text), PATTERN_BASIC, &pattern));
	r->pattern = pattern;
	r->main = image_main_module(r->image);
	map_init(&r->seen);
	image_each_module(r->image, take_module, r);
	map_deinit(&r->seen);
	return NULL;
}

static void announce(struct session *s, size_t count)
{
	for (size_t i = s->breakpoints.len - count; i < s->breakpoints.len; i++)
		break_announce(s, s->breakpoints.items[i]);
}

static struct error *run_rbreak(struct session *s, struct command_args *args)
{
	AUTO_FREE char *scope = NULL;
	struct search r = { .s = s };
	struct error *err;
	const char *text;
	size_t made = 0;

	TRY(location_image(s, &r.image));
	text = split_scope(&r, args->arg[0].given ? args->arg[0].text : "",
	                   &scope);
	err = look(&r, text);
	if (!err)
		made = break_add_functions(s, r.found.items, r.found.len);
	for (size_t i = 0; i < r.found.len; i++)
		free((char *)(uintptr_t)r.found.items[i].location);
	if (!err && !r.found.len)
		err = error_new(ERROR_NOT_FOUND, "no function matches");
	else if (!err)
		announce(s, made);
	if (!err && made < r.found.len)
		out_message(s->out, "note", ROLE_PLAIN, "%zu functions can't "
		            "have a breakpoint", r.found.len - made);
	vec_deinit(&r.found);
	return err;
}

static const struct command table[] = {
	{
		.name = "rbreak", .aliases = "rb", .group = GROUP_BREAKPOINTS,
		.args = "[regex:rest]",
		.summary = "set a breakpoint at each function that a regular "
			"expression matches",
		.help = "REGEX is a basic one, as grep's, and matches anywhere "
			"in the name; FILE:REGEX takes functions of that "
			"source file alone, LIB:REGEX those of that library "
			"(libc:. all of libc's). Without it, all functions.",
		.example = "rbreak ^write$\nrbreak libc:^getpp*id$",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_rbreak,
	},
};

const struct command_table commands_rbreak = { table, ARRAY_LEN(table) };
