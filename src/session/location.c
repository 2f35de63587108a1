/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/location.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "expr/value.h"
#include "session/frames.h"
#include "session/internal.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PLACES = 10000, MAX_NESTING = 256 };

struct error *location_image(struct session *s, struct image **image)
{
	*image = session_current_image(s);
	if (!*image)
		return error_new(ERROR_REFUSED, "No symbol table is loaded.  "
		                 "Use the \"file\" command.");
	return NULL;
}

struct error *location_pc(struct session *s, taddr *pc)
{
	const struct frame *f;
	struct thread *t;

	TRY(session_need_stopped(s, &t));
	f = session_frame(s);
	if (!f)
		return error_new(ERROR_GONE, "the thread has no frame");
	*pc = f->pc;
	return NULL;
}

/* How far behind the `<` at AT its `>` is; 0: it is no bracket. */
static size_t arguments_of_template(const char *text, size_t at)
{
	unsigned depth = 0;

	if (!at || (!isalnum((unsigned char)text[at - 1]) &&
	            text[at - 1] != '_') ||
	    (at >= 8 && strncmp(text + at - 8, "operator", 8) == 0))
		return 0;
	for (size_t i = at; text[i]; i++) {
		depth += text[i] == '<';
		if (text[i] == '>' && --depth == 0)
			return i - at;
	}
	return 0;
}

size_t location_extent(const char *text)
{
	unsigned depth = 0;
	char quote = 0;
	size_t i;

	for (i = 0; text[i]; i++) {
		char c = text[i];

		if (quote) {
			if (c == quote)
				quote = 0;
			continue;
		}
		if (c == '"' || c == '\'')
			quote = c;
		else if (c == '<' && arguments_of_template(text, i))
			i += arguments_of_template(text, i);
		else if (c == '(' || c == '[' || c == '{')
			depth++;
		else if ((c == ')' || c == ']' || c == '}') && depth)
			depth--;
		else if (c == ',' && !depth)
			break;
		else if (!depth && (c == ' ' || c == '\t') &&
		         (strncmp(text + i + 1, "if ", 3) == 0 ||
		          strncmp(text + i + 1, "if(", 3) == 0 ||
		          strncmp(text + i + 1, "thread ", 7) == 0 ||
		          strncmp(text + i + 1, "-force-condition", 16) == 0))
			break;
	}
	while (i && (text[i - 1] == ' ' || text[i - 1] == '\t'))
		i--;
	return i;
}

/* The name of the function that ADDR is in. */
static const char *function_at(struct image *image, taddr addr,
                               const struct module **module, bool *inlined)
{
	struct debug_function functions[16];
	size_t count = debug_functions_at(image, addr, functions,
	                                  ARRAY_LEN(functions));
	struct symbol symbol;

	if (count && functions[0].name) {
		*module = functions[0].module;
		*inlined = functions[0].inlined;
		return functions[0].name;
	}
	if (!image_symbol_at(image, addr, &symbol))
		return NULL;
	*module = symbol.module;
	return symbol.name;
}

void location_of_address(struct image *image, taddr addr, struct place *place)
{
	*place = (struct place){ .has_addr = true, .addr = addr };
	place->module = image_module_at(image, addr);
	place->function = function_at(image, addr, &place->module,
	                              &place->inlined);
	place->has_line = debug_line_at(image, addr, &place->line);
}

/* While a text is resolved. */
struct resolving {
	struct session *s;
	struct image *image;
	unsigned flags;
	place_list *places;
	const char *file;         /* functions of this file only; or NULL */
	const struct module *module; /* ... of this library only; or NULL */
	int64_t offset;           /* SYMBOL+N */
	bool has_offset;
	bool any_debug;
};

static bool is_known(const struct resolving *r, taddr addr)
{
	for (size_t i = 0; i < r->places->len; i++)
		if (r->places->items[i].has_addr &&
		    r->places->items[i].addr == addr)
			return true;
	return r->places->len >= MAX_PLACES;
}

/* Code that begins with an inlined call stands, for people, at that call. */
static void before_inlined(struct image *image, struct place *place)
{
	struct debug_function functions[16];
	size_t count = debug_functions_at(image, place->addr, functions,
	                                  ARRAY_LEN(functions));

	place->inlined = false;
	for (size_t i = 0; i < count && functions[i].inlined &&
	     functions[i].entry == place->addr; i++)
		if (place->has_line && functions[i].call_line)
			place->line.line = functions[i].call_line;
}

void location_of_function(struct image *image, taddr addr,
                          struct place *place)
{
	struct debug_function functions[16];
	size_t count = debug_functions_at(image, addr, functions,
	                                  ARRAY_LEN(functions));

	location_of_address(image, addr, place);
	if (!count || functions[count - 1].inlined)
		return;
	place->function = functions[count - 1].name;
	before_inlined(image, place);
}

static void add_code(struct resolving *r, taddr entry, const char *function,
                     const struct module *module)
{
	taddr addr = entry;
	struct place place;

	if (r->has_offset)
		addr = entry + (taddr)r->offset;
	else if (r->flags & LOCATION_BREAK)
		addr = debug_skip_prologue(r->image, entry);
	if (is_known(r, addr))
		return;
	location_of_address(r->image, addr, &place);
	if (!r->has_offset) {
		place.function = function;
		place.module = module;
		place.inlined = false;
		/* gdb tells the call's line only where it skips a prologue. */
		if (addr != entry)
			before_inlined(r->image, &place);
	}
	place.exact_addr = r->has_offset;
	vec_push(r->places, place);
}

static bool path_ends_with(const char *path, const char *name)
{
	size_t len = strlen(path), end = strlen(name);

	return end <= len && strcmp(path + len - end, name) == 0 &&
	       (end == len || *name == '/' || path[len - end - 1] == '/');
}

static bool take_function(void *ctx, const struct debug_function *f)
{
	struct resolving *r = ctx;
	struct source_line line;

	if (r->module && f->module != r->module)
		return true;
	if (r->file && (!debug_line_at(r->image, f->entry, &line) ||
	                !path_ends_with(line.path, r->file)))
		return true;
	r->any_debug = true;
	if (f->inlined) {
		struct place place;

		if (!is_known(r, f->entry)) {
			location_of_address(r->image, f->entry, &place);
			place.function = f->name;
			vec_push(r->places, place);
		}
	} else {
		add_code(r, f->entry, f->name, f->module);
	}
	return r->places->len < MAX_PLACES;
}

static bool take_symbol(void *ctx, const struct symbol *symbol)
{
	struct resolving *r = ctx;
	struct debug_function functions[1];

	if (symbol->kind != SYMBOL_FUNCTION && symbol->kind != SYMBOL_IFUNC)
		return true;
	/* What has debug information was found by that. */
	if (r->any_debug && debug_functions_at(r->image, symbol->addr,
	                                       functions, 1))
		return true;
	add_code(r, symbol->addr, symbol->name, symbol->module);
	return r->places->len < MAX_PLACES;
}

/* Where the library is not loaded yet: its entry in the program, as in gdb. */
static void find_plt(struct resolving *r, const char *name)
{
	AUTO_FREE char *entry = xasprintf("%s@plt", name);

	if (r->flags & LOCATION_BREAK && !r->file && !strchr(name, '@'))
		image_symbols_named(r->image, r->module, entry, take_symbol, r);
}

/* "x" or "x+4"; the name without the offset, new. */
static char *split_offset(struct resolving *r, const char *text)
{
	const char *sign = strrchr(text, '+');
	char *end;

	if (sign && sign > text && isdigit((unsigned char)sign[1])) {
		errno = 0;
		r->offset = (int64_t)strtoull(sign + 1, &end, 0);
		if (!*end && !errno) {
			size_t len = (size_t)(sign - text);

			while (len && text[len - 1] == ' ')
				len--;
			r->has_offset = true;
			return xstrndup(text, len);
		}
	}
	return xstrdup(text);
}

static struct error *no_function(const char *name, const char *in_file)
{
	AUTO_BUF struct buf shown = { 0 };

	buf_init(&shown);
	buf_put_printable(&shown, name, strnlen(name, 200), false);
	if (in_file)
		return error_new(ERROR_NOT_FOUND, "Function \"%s\" not defined "
		                 "in \"%s\".", shown.data, in_file);
	return error_new(ERROR_NOT_FOUND, "Function \"%s\" not defined.",
	                 shown.data);
}

static void keep_lowest(place_list *places)
{
	for (size_t i = 1; i < places->len; i++)
		if (places->items[i].addr < places->items[0].addr)
			places->items[0] = places->items[i];
	if (places->len)
		places->len = 1;
}

static struct error *resolve_function(struct resolving *r, const char *text)
{
	AUTO_FREE char *name = split_offset(r, text);
	size_t len = strlen(name);

	if (len > 1 && (*name == '\'' || *name == '"') &&
	    name[len - 1] == *name) {
		memmove(name, name + 1, len - 2);
		name[len - 2] = '\0';
	}
	if (!*name)
		return no_function(text, NULL);
	debug_functions_named(r->image, name, r->flags & LOCATION_BREAK &&
	                      !r->has_offset, take_function, r);
	if (!r->file)
		image_symbols_named(r->image, r->module, name, take_symbol, r);
	/* One that is nowhere but in others is where it is first. */
	if (!r->places->len) {
		debug_functions_named(r->image, name, true, take_function, r);
		keep_lowest(r->places);
	}
	if (!r->places->len)
		find_plt(r, name);
	if (!r->places->len)
		return no_function(name, r->file);
	return NULL;
}

/* Lines. */

static bool take_line(void *ctx, const struct source_line *line)
{
	struct resolving *r = ctx;
	taddr addr = line->start;
	struct debug_function functions[16];
	struct place place;
	size_t count = debug_functions_at(r->image, addr, functions,
	                                  ARRAY_LEN(functions));

	/* A function's first line is all of its prologue. */
	if (count && !functions[count - 1].inlined &&
	    functions[count - 1].entry == addr && r->flags & LOCATION_BREAK)
		addr = debug_skip_prologue(r->image, addr);
	if (is_known(r, addr))
		return true;
	location_of_address(r->image, addr, &place);
	if (addr == line->start) {
		place.line = *line;
		place.has_line = true;
	}
	vec_push(r->places, place);
	return r->places->len < MAX_PLACES;
}

static struct error *no_line(unsigned line, const char *file)
{
	if (!file)
		return error_new(ERROR_NOT_FOUND, "No line %u in the current "
		                 "file.", line);
	return error_new(ERROR_NOT_FOUND, "No line %u in file \"%s\".", line,
	                 file);
}

struct listing { place_list *places; unsigned line; };

static bool take_file(void *ctx, const struct source_line *line)
{
	struct listing *l = ctx;
	struct place place = { .has_line = true, .line = *line,
	                       .module = line->module };

	place.line.line = l->line;
	vec_push(l->places, place);
	return l->places->len < MAX_PLACES;
}

/* GIVEN: as the user named the file; NULL: not at all. */
static struct error *resolve_line(struct resolving *r, const char *file,
                                  const char *given, unsigned line)
{
	struct listing listing = { r->places, line };

	if (r->flags & LOCATION_LIST) {
		debug_files_named(r->image, file, take_file, &listing);
		if (!r->places->len)
			return error_new(ERROR_NOT_FOUND, "No source file "
			                 "named %s.", given ? given : file);
		return NULL;
	}
	debug_places_of_line(r->image, file, line, take_line, r);
	return r->places->len ? NULL : no_line(line, given);
}

struct error *location_default(struct session *s)
{
	struct source_position *p = &s->sources->position;
	place_list places = { 0 };
	struct image *image = NULL;
	struct error *err;

	TRY(location_image(s, &image));
	source_catch_up(s);
	if (p->path && p->image == image)
		return NULL;
	err = location_resolve(s, "main", LOCATION_BREAK, &places);
	if (err) {
		error_destroy(err);
		vec_deinit(&places);
		return error_new(ERROR_NOT_FOUND, "No symbol table is loaded.  "
		                 "Use the \"file\" command.");
	}
	if (places.items[0].has_line) {
		unsigned most = (unsigned)(s->settings.listsize
		                           ? s->settings.listsize : 10);
		struct source_line *line = &places.items[0].line;

		source_stand_at(s, image, line);
		p->line = line->line >= most ? line->line - (most - 1) : 1;
		p->first = p->last = 0;
	}
	vec_deinit(&places);
	if (!p->path || p->image != image)
		return error_new(ERROR_NOT_FOUND, "No symbol table is loaded.  "
		                 "Use the \"file\" command.");
	return NULL;
}

static bool all_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

static struct error *parse_line(const char *text, unsigned *line)
{
	unsigned long number;

	errno = 0;
	number = strtoul(text, NULL, 10);
	if (errno || number > INT32_MAX)
		return error_new(ERROR_USAGE, "line numbers go up to %d",
		                 INT32_MAX);
	*line = (unsigned)number;
	return NULL;
}

/* LINE, +N, -N in the file where the user stands. */
static struct error *resolve_bare_line(struct resolving *r, const char *text)
{
	const struct source_position *p = &r->s->sources->position;
	unsigned line;
	int64_t base, at;

	TRY(parse_line(text + (*text == '+' || *text == '-'), &line));
	TRY(location_default(r->s));
	/* From the line that was shown, or that `list` would begin with. */
	base = r->flags & LOCATION_LIST || !p->last ? p->line : p->last;
	at = *text == '+' ? base + line : *text == '-' ? base - line : line;
	if (at < 1)
		at = 1;
	return resolve_line(r, p->path, NULL, (unsigned)at);
}

struct module_search { const char *name; const struct module *found; };

/* "libc" is libc.so.6 and libc-2.31.so. */
static bool is_module_called(void *ctx, const struct module *m)
{
	struct module_search *search = ctx;
	const char *name = module_short_name(m);
	size_t len = strlen(search->name);

	if (strcmp(m->name, search->name) == 0 ||
	    (strncmp(name, search->name, len) == 0 &&
	     (!name[len] || strncmp(name + len, ".so", 3) == 0 ||
	      (name[len] == '-' && isdigit((unsigned char)name[len + 1])))))
		search->found = m;
	return !search->found;
}

const struct module *location_module(struct image *image, const char *name)
{
	struct module_search search = { name, NULL };

	image_each_module(image, is_module_called, &search);
	return search.found;
}

static bool is_there(void *ctx, const struct source_line *line)
{
	(void)line;
	*(bool *)ctx = true;
	return false;
}

static struct error *resolve_in(struct resolving *r, const char *scope,
                                const char *rest)
{
	AUTO_BUF struct buf shown = { 0 };
	const struct module *m;
	bool is_file = false;

	debug_files_named(r->image, scope, is_there, &is_file);
	if (is_file && all_digits(rest)) {
		unsigned line;

		TRY(parse_line(rest, &line));
		return resolve_line(r, scope, scope, line);
	}
	if (is_file) {
		r->file = scope;
		return resolve_function(r, rest);
	}
	m = location_module(r->image, scope);
	if (m && !all_digits(rest)) {
		r->module = m;
		return resolve_function(r, rest);
	}
	buf_init(&shown);
	buf_put_printable(&shown, scope, strnlen(scope, 200), false);
	return error_new(ERROR_NOT_FOUND, "No source file named %s.",
	                 shown.data);
}

/* The colon that parts FILE or LIB from the rest: not one of `::`. */
static const char *scope_colon(const char *text)
{
	for (const char *at = text; *at; at++) {
		if (*at == '(' || *at == '<' || *at == '\'')
			return NULL;
		if (*at != ':')
			continue;
		if (at[1] != ':')
			return at;
		at++;
	}
	return NULL;
}

/* Registers in it are the selected frame's. */
static struct error *resolve_address(struct resolving *r, const char *text)
{
	AUTO_VALUE struct value *v = NULL;
	struct place place;
	taddr addr;

	TRY(session_value(r->s, text, &v));
	TRY(value_as_address(v, &addr));
	location_of_address(r->image, addr, &place);
	place.exact_addr = true;
	vec_push(r->places, place);
	return NULL;
}

static struct error *resolve(struct resolving *r, char *text)
{
	const char *colon;

	if (*text == '*')
		return resolve_address(r, text + 1);
	if (all_digits(text) ||
	    ((*text == '+' || *text == '-') && all_digits(text + 1)))
		return resolve_bare_line(r, text);
	colon = scope_colon(text);
	if (colon) {
		AUTO_FREE char *scope = xstrndup(text, (size_t)(colon - text));
		const char *rest = colon + 1;

		while (*rest == ' ')
			rest++;
		return resolve_in(r, scope, rest);
	}
	return resolve_function(r, text);
}

struct error *location_resolve(struct session *s, const char *text,
                               unsigned flags, place_list *places)
{
	struct resolving r = { .s = s, .flags = flags, .places = places };
	AUTO_FREE char *own = NULL;
	struct error *err;
	size_t len;

	while (isspace((unsigned char)*text))
		text++;
	len = strlen(text);
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	own = xstrndup(text, len);
	if (!*own)
		return error_new(ERROR_USAGE, "a location is missing: FUNCTION, "
		                 "FILE:LINE, LINE, *ADDRESS, or LIB:FUNCTION");
	TRY(location_image(s, &r.image));
	err = resolve(&r, own);
	if (err)
		places->len = 0;
	return err;
}
