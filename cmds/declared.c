/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What debug information declares: types, functions, variables, scopes. */
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "session/location.h"

#include "base/alloc.h"
#include "base/pattern.h"
#include "symbols/debug.h"

#include <stdlib.h>
#include <string.h>

enum { DECLARATIONS_MAX = 1 << 22 };

struct declaration {
	char *name, *text;
	const char *file;         /* the symbols' */
	unsigned line;
	bool is_static;
};

struct gathering {
	struct session *s;
	struct pattern *pattern;  /* NULL: all */
	VEC(struct declaration) all;
};

static bool is_wanted(void *ctx, const char *name)
{
	const struct gathering *g = ctx;

	return !g->pattern || pattern_finds(g->pattern, name);
}

static bool gather(void *ctx, const struct debug_declaration *d)
{
	struct gathering *g = ctx;
	const struct session_hooks *hooks = &g->s->hooks;

	vec_push(&g->all, (struct declaration){
			xstrdup(d->name), xstrdup(d->text),
			d->file ? d->file : "", d->line, d->is_static });
	return g->all.len < DECLARATIONS_MAX &&
	       (!hooks->interrupted || !hooks->interrupted(hooks->ctx));
}

/* gdb's order: by file, what others see before what they don't, by name. */
static int compare_names(const struct declaration *x,
                         const struct declaration *y)
{
	int order = strcmp(x->file, y->file);

	if (!order)
		order = x->is_static - y->is_static;
	return order ? order : strcmp(x->name, y->name);
}

static int compare(const void *a, const void *b)
{
	const struct declaration *x = a, *y = b;
	int order = compare_names(x, y);

	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	return order ? order : strcmp(x->text, y->text);
}

static void show(struct out *o, const struct declaration *d,
                 const struct declaration *before)
{
	/* A type unit has no file to name. */
	if (*d->file && (!before || strcmp(before->file, d->file) != 0)) {
		out_text(o, ROLE_HEADING, "\nFile ");
		out_name(o, ROLE_STRING, d->file);
		out_text(o, ROLE_HEADING, ":\n");
	}
	out_begin(o, "declaration");
	out_hidden_str(o, "file", d->file);
	if (d->line)
		out_uint(o, "line", ROLE_NUMBER, d->line, "%u:", d->line);
	out_text(o, ROLE_PLAIN, "\t");
	out_hidden_str(o, "name", d->name);
	out_bytes(o, "text", ROLE_NAME, d->text, strlen(d->text));
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

void types_list(struct session *s, struct image *image, enum debug_what what,
                struct pattern *pattern)
{
	struct gathering g = { .s = s, .pattern = pattern };
	const struct declaration *before = NULL;

	debug_each_declaration(image, what, is_wanted, gather, &g);
	if (g.all.len)
		qsort(g.all.items, g.all.len, sizeof(*g.all.items), compare);
	out_list_begin(s->out, "declarations");
	for (size_t i = 0; i < g.all.len; i++) {
		const struct declaration *d = &g.all.items[i];

		/* A header's types are in each unit that includes it; of
		 * those that share a name gdb has the first. */
		if (!before || compare_names(d, before) != 0)
			show(s->out, d, before);
		before = d;
	}
	out_list_end(s->out);
	for (size_t i = 0; i < g.all.len; i++) {
		free(g.all.items[i].name);
		free(g.all.items[i].text);
	}
	vec_deinit(&g.all);
}

struct error *command_pattern(const struct command_arg *arg,
                              struct pattern **pattern)
{
	return !arg->given ? NULL
		: pattern_make(arg->text, strlen(arg->text), PATTERN_BASIC,
		               pattern);
}

static struct error *run_info_types(struct session *s,
                                    struct command_args *args)
{
	enum { QUIET = 1 };
	const char *text = args->arg[0].given ? args->arg[0].text : NULL;
	struct image *image;
	AUTO_PATTERN struct pattern *pattern = NULL;

	TRY(command_image(s, &image));
	TRY(command_pattern(&args->arg[0], &pattern));
	out_begin(s->out, "types");
	if (!(args->options & QUIET))
		out_text(s->out, ROLE_HEADING, text
		         ? "All types matching regular expression \"%s\":\n"
		         : "All defined types:\n", text);
	types_list(s, image, DEBUG_TYPES, pattern);
	out_end(s->out);
	return NULL;
}

/* info scope */

struct scope_show {
	struct session *s;
	const char *where;        /* as the user named it */
	bool inner;               /* of blocks within; else of the outermost */
	bool shown;
};

static bool show_scoped(void *ctx, const struct debug_variable *v)
{
	AUTO_BUF struct buf text = { 0 };
	struct scope_show *show_to = ctx;
	struct out *o = show_to->s->out;

	if ((v->depth > 0) != show_to->inner)
		return true;
	if (!show_to->shown) {
		out_text(o, ROLE_HEADING, "Scope for ");
		out_text(o, ROLE_NAME, "%s", show_to->where);
		out_text(o, ROLE_HEADING, ":\n");
	}
	show_to->shown = true;
	buf_init(&text);
	debug_describe_location(v, &text);
	out_begin(o, "local");
	out_text(o, ROLE_PLAIN, "Symbol ");
	out_str(o, "name", ROLE_NAME, v->name);
	/* gdb's grammar. */
	out_text(o, ROLE_PLAIN, strncmp(text.data, "static", 6) == 0
	         ? " is in " : " is ");
	out_bytes(o, "location", ROLE_PLAIN, text.data, text.len);
	if (strcmp(text.data, "optimized out") != 0)
		out_uint(o, "length", ROLE_NUMBER, type_size(v->type),
		         ", length %llu",
		         (unsigned long long)type_size(v->type));
	out_text(o, ROLE_PLAIN, ".\n");
	out_end(o);
	return true;
}

static void places_deinit(place_list *places)
{
	vec_deinit(places);
}

/* The first place that is WHERE. */
static struct error *find_scope(struct session *s, const char *where,
                                taddr *pc)
{
	CLEANUP(places_deinit) place_list places = { 0 };

	TRY(location_resolve(s, where, LOCATION_BREAK, &places));
	*pc = places.items[0].addr;
	return NULL;
}

static struct error *run_info_scope(struct session *s,
                                    struct command_args *args)
{
	const char *where = args->arg[0].text;
	struct scope_show show_to = { .s = s, .where = where };
	struct debug_function functions[32];
	struct image *image;
	size_t count;
	taddr pc = 0;

	TRY(command_image(s, &image));
	TRY(find_scope(s, where, &pc));
	count = debug_functions_at(image, pc, functions,
	                           ARRAY_LEN(functions));
	out_begin(s->out, "scope");
	out_hidden_str(s->out, "location", where);
	out_list_begin(s->out, "locals");
	for (unsigned pass = 0; count && pass < 3; pass++) {
		show_to.inner = pass == 0;
		debug_variables_of(image, functions, pc, pass == 1,
		                   show_scoped, &show_to);
	}
	out_list_end(s->out);
	if (!show_to.shown)
		out_text(s->out, ROLE_PLAIN, "Scope for %s contains no locals "
		         "or arguments.\n", where);
	out_end(s->out);
	return NULL;
}

static const struct command table[] = {
	{
		.name = "info types", .group = GROUP_LOOKING,
		.args = "[-q] [regex:rest]",
		.summary = "list types by name",
		.help = "REGEX is looked for anywhere in the names. -q leaves "
			"the heading out. Types are known where there is "
			"debug information.",
		.example = "info types ^sockaddr",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_types,
	}, {
		.name = "info scope", .group = GROUP_LOOKING,
		.args = "location:location",
		.summary = "show the variables of a function, and where they "
			"are",
		.help = "LOCATION is FUNCTION, FILE:LINE, LINE or *ADDRESS; "
			"blocks that the place is in count too.",
		.example = "info scope *$pc",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_scope,
	},
};

const struct command_table commands_declared = { table, ARRAY_LEN(table) };
