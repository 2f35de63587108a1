/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and addresses: what symbols say. */
#include "cmds/complete.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/pattern.h"
#include "session/frames.h"
#include "symbols/debug.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct error *command_image(struct session *s, struct image **image)
{
	*image = session_current_image(s);
	if (*image)
		return NULL;
	if (s->program.path)
		return error_new(ERROR_NOT_FOUND, "there are no symbols in %s",
		                 s->program.path);
	return error_new(ERROR_USAGE, "no program: name one, or attach to a "
	                 "process");
}

/* What could drive a terminal, or would be two words, is not offered. */
static void offer_symbol(void *ctx, const char *name)
{
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at <= ' ' || *at == 0x7f)
			return;
	offer(ctx, name);
}

void complete_symbols(struct session *s, struct offer *o)
{
	enum { MOST = 300 }; /* that anybody would look at */
	struct image *image = *o->start && *o->start != '$'
		? session_current_image(s) : NULL;

	if (image)
		image_names_beginning(image, o->start, MOST, offer_symbol, o);
}

static bool count_module(void *ctx, const struct module *m)
{
	(void)m;
	return ++*(size_t *)ctx < 2;
}

/* " of FILE", where there are several. */
static void show_file(struct session *s, struct image *image,
                      const struct module *m)
{
	size_t modules = 0;

	image_each_module(image, count_module, &modules);
	if (modules < 2) {
		out_hidden_str(s->out, "file", m->name);
		return;
	}
	out_text(s->out, ROLE_PLAIN, " of ");
	if (strcmp(m->name, "[vdso]") == 0) {
		AUTO_FREE char *shown = xasprintf("system-supplied DSO at "
			"0x%llx", (unsigned long long)m->low);

		out_str_shown(s->out, "file", ROLE_STRING, m->name, shown);
		return;
	}
	out_str(s->out, "file", ROLE_STRING, m->name);
}

static bool take_first(void *ctx, const struct symbol *s)
{
	*(struct symbol *)ctx = *s;
	return false;
}

/* The first symbol of a name, of all modules. */
static bool find_symbol(struct image *image, const char *name,
                        struct symbol *symbol)
{
	symbol->name = NULL;
	image_symbols_named(image, NULL, name, take_first, symbol);
	return symbol->name != NULL;
}

/* TEXT is a number, an expression, or the name of a function. */
static struct error *address_of(struct session *s, struct image *image,
                                const char *text, taddr *addr)
{
	struct symbol symbol;
	int64_t value;
	struct error *err;

	if (find_symbol(image, text, &symbol) &&
	    symbol.kind != SYMBOL_OBJECT && symbol.kind != SYMBOL_TLS) {
		*addr = symbol.addr;
		return NULL;
	}
	err = evaluate_number(s, text, &value);
	if (err)
		return err;
	*addr = (taddr)value;
	if (image_word(image) == 4)
		*addr &= 0xffffffff;
	return NULL;
}

static struct error *run_info_symbol(struct session *s,
                                     struct command_args *args)
{
	struct image *image;
	struct symbol symbol;
	struct module_section section;
	AUTO_FREE char *readable = NULL;
	taddr addr;

	TRY(command_image(s, &image));
	TRY(address_of(s, image, args->arg[0].text, &addr));
	out_begin(s->out, "symbol");
	out_hidden_word(s->out, "address", addr);
	if (!image_symbol_at(image, addr, &symbol)) {
		out_text(s->out, ROLE_PLAIN, "No symbol matches %s.\n",
		         args->arg[0].text);
		out_end(s->out);
		return NULL;
	}
	readable = symbol_demangle(symbol.name);
	out_str(s->out, "name", ROLE_NAME, readable ? readable : symbol.name);
	if (addr != symbol.addr)
		out_text(s->out, ROLE_PLAIN, " + %llu",
		         (unsigned long long)(addr - symbol.addr));
	out_hidden_uint(s->out, "offset", addr - symbol.addr);
	if (module_section_at(symbol.module, addr, &section)) {
		out_text(s->out, ROLE_PLAIN, " in section ");
		out_str(s->out, "section", ROLE_NAME, section.name);
	}
	show_file(s, image, symbol.module);
	out_text(s->out, ROLE_PLAIN, "\n");
	out_end(s->out);
	return NULL;
}

static void show_found(struct session *s, const char *name,
                       const char *what, const char *kind, taddr addr)
{
	out_text(s->out, ROLE_PLAIN, "Symbol \"");
	out_str(s->out, "name", ROLE_NAME, name);
	out_text(s->out, ROLE_PLAIN, "\" is %s", what);
	out_hidden_str(s->out, "kind", kind);
	out_word(s->out, "address", ROLE_ADDRESS, addr, "0x%llx",
	         (unsigned long long)addr);
}

/* Whether debug information knows SYMBOL as what it is. */
static bool has_debug(struct image *image, const struct symbol *symbol)
{
	struct debug_function f;
	struct debug_variable v;

	if (!module_has_debug(symbol->module))
		return false;
	if (symbol->in_code)
		return debug_functions_at(image, symbol->addr, &f, 1) == 1;
	return debug_variable_find(image, NULL, 0, NULL, symbol->name, &v);
}

/* NAME: as the user wrote it. */
static void show_symbol(struct session *s, struct image *image,
                        const struct symbol *symbol, const char *name)
{
	if (symbol->kind == SYMBOL_TLS) {
		show_found(s, name, "a thread-local variable at offset ",
		           "tls", symbol->addr);
		out_text(s->out, ROLE_PLAIN,
		         " in the thread-local storage for `");
		out_name(s->out, ROLE_PLAIN, symbol->module->name);
		out_text(s->out, ROLE_PLAIN, "'");
	} else if (!has_debug(image, symbol)) {
		show_found(s, name, "at ", "symbol", symbol->addr);
		out_text(s->out, ROLE_PLAIN,
		         " in a file compiled without debugging");
	} else if (symbol->in_code) {
		show_found(s, name, "a function at address ", "function",
		           symbol->addr);
	} else {
		show_found(s, name, "static storage at address ", "static",
		           symbol->addr);
	}
	out_hidden_str(s->out, "file", symbol->module->name);
}

static void show_state(struct session *s, const char *name, const char *kind)
{
	out_text(s->out, ROLE_PLAIN, "Symbol \"");
	out_str(s->out, "name", ROLE_NAME, name);
	out_text(s->out, ROLE_PLAIN, "\" is ");
	out_str(s->out, "kind", ROLE_PLAIN, kind);
}

/* One that only debug information knows. */
static void show_variable(struct session *s, const struct debug_variable *v,
                          const char *name)
{
	struct location where;
	struct error *err;

	if (v->is_constant) {
		show_state(s, name, "constant");
		return;
	}
	err = debug_locate(v, NULL, NULL, &where);
	if (err || where.count != 1 || where.pieces[0].kind != LOCATION_MEMORY)
		show_state(s, name, "optimized out");
	else
		show_found(s, name, "static storage at address ", "static",
		           where.pieces[0].addr);
	error_destroy(err);
}

static bool fetch_debug(void *ctx, const struct module *m)
{
	(void)ctx;
	module_has_debug(m);
	return true;
}

/* Where it is in no file that is here, perhaps in one that can be fetched. */
static bool find_anywhere(struct image *image, const char *name,
                          struct symbol *symbol)
{
	if (find_symbol(image, name, symbol))
		return true;
	image_each_module(image, fetch_debug, NULL);
	return find_symbol(image, name, symbol);
}

struct local_search {
	const char *name;
	struct debug_variable *v;
	bool found;
};

static bool is_local(void *ctx, const struct debug_variable *v)
{
	struct local_search *search = ctx;

	if (!v->name || strcmp(v->name, search->name) != 0)
		return true;
	*search->v = *v;
	search->found = true;
	return false;
}

/* An argument or a local variable of the selected frame. */
static bool find_local(struct session *s, struct image *image,
                       const char *name, struct debug_variable *v)
{
	struct local_search search = { .name = name, .v = v };
	const struct frame *f = session_frame(s);

	for (unsigned pass = 0; pass < 2 && !search.found; pass++)
		if (f && f->function.die.info)
			debug_variables_of(image, &f->function, f->lookup_pc,
			                   pass == 1, is_local, &search);
	return search.found;
}

static void show_local(struct session *s, const struct debug_variable *v)
{
	AUTO_BUF struct buf text = { 0 };

	buf_init(&text);
	debug_describe_location(v, &text);
	out_text(s->out, ROLE_PLAIN, "Symbol \"");
	out_str(s->out, "name", ROLE_NAME, v->name);
	out_text(s->out, ROLE_PLAIN, "\" is ");
	out_hidden_str(s->out, "kind", v->is_argument ? "argument" : "local");
	out_bytes(s->out, "location", ROLE_PLAIN, text.data, text.len);
}

static struct error *run_info_address(struct session *s,
                                      struct command_args *args)
{
	const char *name = args->arg[0].text;
	struct image *image;
	struct symbol symbol;
	struct debug_variable v;

	TRY(command_image(s, &image));
	if (find_local(s, image, name, &v)) {
		out_begin(s->out, "symbol");
		show_local(s, &v);
	} else if (find_anywhere(image, name, &symbol)) {
		out_begin(s->out, "symbol");
		show_symbol(s, image, &symbol, name);
	} else if (debug_variable_find(image, NULL, 0, NULL, name, &v)) {
		out_begin(s->out, "symbol");
		show_variable(s, &v, name);
	} else {
		return error_new(ERROR_NOT_FOUND, "no symbol \"%s\" in "
		                 "current context", name);
	}
	out_text(s->out, ROLE_PLAIN, ".\n");
	out_end(s->out);
	return NULL;
}

/* `info functions` and `info variables`. */
struct listed {
	taddr addr;
	char *name;
};

struct listing {
	struct session *s;
	struct image *image;
	struct pattern *pattern;  /* NULL: all */
	bool code;
	bool shown;               /* the heading, or it is not wanted */
	VEC(struct listed) all;   /* of one module */
};

static bool list_symbol(void *arg, const struct symbol *symbol)
{
	struct listing *l = arg;
	char *name;

	if (symbol->in_code != l->code || symbol->kind == SYMBOL_TLS)
		return true;
	name = symbol_demangle(symbol->name);
	if (!name)
		name = xstrdup(symbol->name);
	if ((l->pattern && !pattern_finds(l->pattern, name)) ||
	    debug_knows(l->image, symbol->addr, l->code))
		free(name);
	else
		vec_push(&l->all, (struct listed){ symbol->addr, name });
	return !l->s->hooks.interrupted ||
	       !l->s->hooks.interrupted(l->s->hooks.ctx);
}

static int compare_listed(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void show_listed(struct listing *l, const struct listed *symbol)
{
	struct out *o = l->s->out;

	if (!l->shown)
		out_text(o, ROLE_HEADING, "\nNon-debugging symbols:\n");
	l->shown = true;
	out_begin(o, "symbol");
	out_word(o, "address", ROLE_ADDRESS, symbol->addr, "0x%0*llx",
	         image_word(l->image) * 2, (unsigned long long)symbol->addr);
	out_text(o, ROLE_PLAIN, "  ");
	out_str(o, "name", ROLE_NAME, symbol->name);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

/* By address, then by name; no two lines alike. */
static bool list_module(void *arg, const struct module *m)
{
	struct listing *l = arg;

	image_each_symbol(l->image, m, list_symbol, l);
	if (l->code)
		image_each_plt(m, list_symbol, l);
	if (l->all.len)
		qsort(l->all.items, l->all.len, sizeof(*l->all.items),
		      compare_listed);
	for (size_t i = 0; i < l->all.len; i++)
		if (!i || compare_listed(&l->all.items[i - 1],
		                         &l->all.items[i]) != 0)
			show_listed(l, &l->all.items[i]);
	for (size_t i = 0; i < l->all.len; i++)
		free(l->all.items[i].name);
	vec_deinit(&l->all);
	return true;
}

static struct error *list(struct session *s, const struct command_args *args,
                          bool code)
{
	enum { QUIET = 1, NO_BARE = 2 };
	const char *text = args->arg[0].given ? args->arg[0].text : NULL;
	struct listing l = { .s = s, .code = code };
	AUTO_PATTERN struct pattern *pattern = NULL;

	TRY(command_image(s, &l.image));
	l.shown = args->options & QUIET;
	TRY(command_pattern(&args->arg[0], &pattern));
	l.pattern = pattern;
	out_begin(s->out, "symbols");
	out_hidden_str(s->out, "kind", code ? "functions" : "variables");
	if (!(args->options & QUIET)) {
		out_text(s->out, ROLE_HEADING, text ? "All %s matching regular "
		         "expression \"%s\":\n" : "All defined %s:\n",
		         code ? "functions" : "variables", text);
	}
	types_list(s, l.image, code ? DEBUG_FUNCTIONS : DEBUG_VARIABLES,
	           pattern);
	out_list_begin(s->out, "symbols");
	if (!(args->options & NO_BARE))
		image_each_module(l.image, list_module, &l);
	out_list_end(s->out);
	out_end(s->out);
	return NULL;
}

static struct error *run_info_functions(struct session *s,
                                        struct command_args *args)
{
	return list(s, args, true);
}

static struct error *run_info_variables(struct session *s,
                                        struct command_args *args)
{
	return list(s, args, false);
}

static const struct command table[] = {
	{
		.name = "info symbol", .group = GROUP_LOOKING,
		.args = "address:expression",
		.summary = "show which symbol an address belongs to",
		.example = "info symbol $pc",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_symbol,
	}, {
		.name = "info address", .group = GROUP_LOOKING,
		.args = "symbol:symbol",
		.summary = "show where a function or variable is",
		.help = "At a stop a local variable or argument of the "
			"selected frame goes before others of that name: in "
			"which register, at which place of the frame, or for "
			"which addresses of code in which of them.",
		.example = "info address getenv",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_address,
	}, {
		.name = "info functions", .aliases = "fun fu",
		.group = GROUP_LOOKING, .args = "[-qn] [regex:rest]",
		.summary = "list functions by name",
		.help = "REGEX is looked for anywhere in the names, which are "
			"demangled. -q leaves the heading out, -n those "
			"without debug information.",
		.example = "info functions ^getenv$",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_functions,
	}, {
		.name = "info variables", .group = GROUP_LOOKING,
		.args = "[-qn] [regex:rest]",
		.summary = "list global and static variables by name",
		.help = "REGEX is looked for anywhere in the names, which are "
			"demangled. -q leaves the heading out, -n those "
			"without debug information.",
		.example = "info variables ^environ$",
		.example_at = EXAMPLE_AT_ENTRY,
		.run = run_info_variables,
	},
};

const struct command_table commands_symbols = { table, ARRAY_LEN(table) };
