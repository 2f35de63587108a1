/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion of what the program's files know: places, types, members. */
#include "cmds/complete.h"

#include "base/alloc.h"
#include "expr/expr.h"
#include "expr/value.h"
#include "session/frames.h"
#include "session/location.h"
#include "symbols/debug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 300 }; /* that anybody would look at */

/* What is offered, of which piece of the line. */
struct search {
	struct offer *o;
	const char *file;     /* functions of this file; NULL: of any */
	const char *after;
	bool tagged;          /* no typedefs */
	size_t count;
};

/* What could drive a terminal, or would be two words, is not offered; nor a
 * name twice. */
static bool may_offer(const struct search *s, const char *name)
{
	const command_words *words = s->o->words;

	if (strncmp(name, s->o->start, strlen(s->o->start)) != 0)
		return false;
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at <= ' ' || *at == 0x7f)
			return false;
	for (size_t i = 0; i < words->len; i++) {
		const char *word = words->items[i] + s->o->kept_len;
		size_t len = strlen(name);

		if (strncmp(word, name, len) == 0 &&
		    strcmp(word + len, s->after ? s->after : "") == 0)
			return false;
	}
	return true;
}

static bool offer_found(struct search *s, const char *name)
{
	if (!may_offer(s, name))
		return true;
	s->o->after = s->after;
	offer(s->o, name);
	s->o->after = NULL;
	return ++s->count < MOST;
}

static const char *file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* As the user writes it: with directories where a slash was typed. */
static bool offer_source(void *ctx, const struct module *m UNUSED,
                         const char *path)
{
	struct search *s = ctx;

	return offer_found(s, strchr(s->o->start, '/')
	                   ? path : file_name(path));
}

static bool begins_so(void *ctx, const char *name)
{
	const struct search *s = ctx;

	return strncmp(name, s->o->start, strlen(s->o->start)) == 0;
}

static bool offer_declared(void *ctx, const struct debug_declaration *d)
{
	struct search *s = ctx;

	if (s->file && (!d->file ||
	                strcmp(file_name(d->file), file_name(s->file)) != 0))
		return true;
	if (s->tagged && d->text && strncmp(d->text, "typedef ", 8) == 0)
		return true;
	return offer_found(s, d->name);
}

/* The colon of FILE:, not one of `::`; NULL: there is none. */
static const char *file_colon(const char *text)
{
	const char *colon = strchr(text, ':');

	return colon && colon[1] != ':' ? colon : NULL;
}

void complete_location(struct session *s, const char *word,
                       command_words *words)
{
	struct offer o = offer_begin(word, ",", words);
	const char *colon = file_colon(o.start);
	struct image *image = session_current_image(s);
	AUTO_FREE char *file = NULL;
	struct search search = { .o = &o, .after = ":" };

	if (!image || *o.start == '*')
		return;
	if (!colon) {
		complete_symbols(s, &o);
		if (*o.start)
			debug_each_source(image, offer_source, &search);
		return;
	}
	file = xstrndup(o.start, (size_t)(colon - o.start));
	search.file = file;
	search.after = NULL;
	o.start = colon + 1;
	o.kept_len = (size_t)(o.start - word);
	debug_each_declaration(image, DEBUG_FUNCTIONS, begins_so,
	                       offer_declared, &search);
}

bool complete_tag(struct session *s, const char *text, struct offer *o)
{
	static const char *const tags[] = { "struct", "union", "enum",
	                                    "class" };
	struct image *image = session_current_image(s);
	struct search search = { .o = o, .tagged = true };
	const char *end = o->start;

	while (end > text && isspace((unsigned char)end[-1]))
		end--;
	for (size_t i = 0; i < ARRAY_LEN(tags) && end < o->start; i++) {
		size_t len = strlen(tags[i]);

		if ((size_t)(end - text) < len ||
		    strncmp(end - len, tags[i], len) != 0 ||
		    ((size_t)(end - text) > len && isalnum((unsigned char)
		                                           end[-(long)len - 1])))
			continue;
		if (image && *o->start)
			debug_each_declaration(image, DEBUG_TYPES, begins_so,
			                       offer_declared, &search);
		return true;
	}
	return false;
}

static bool offer_variable(void *ctx, const struct debug_variable *v)
{
	return offer_found(ctx, v->name);
}

static void offer_variables_of(struct search *s, struct image *image,
                               const struct debug_function *f, taddr pc)
{
	debug_variables_of(image, f, pc, false, offer_variable, s);
	debug_variables_of(image, f, pc, true, offer_variable, s);
}

void complete_locals(struct session *s, struct offer *o)
{
	const struct frame *f = session_frame(s);
	struct search search = { .o = o };

	if (f && f->function.die.info)
		offer_variables_of(&search, session_current_image(s),
		                   &f->function, f->lookup_pc);
}

void complete_locals_at(struct session *s, const char *where, struct offer *o)
{
	enum { DEEP = 16 };
	struct debug_function functions[DEEP];
	struct image *image = session_current_image(s);
	struct search search = { .o = o };
	place_list places = { 0 };
	size_t count;
	taddr pc;

	if (!image)
		return;
	error_destroy(location_resolve(s, where, LOCATION_BREAK, &places));
	if (places.len && places.items[0].has_addr) {
		pc = places.items[0].addr;
		count = debug_functions_at(image, pc, functions, DEEP);
		for (size_t i = 0; i < count; i++)
			offer_variables_of(&search, image, &functions[i], pc);
	}
	vec_deinit(&places);
}

struct scoped { struct search *search; struct image *image; };

static bool take_scope(void *ctx, const struct debug_function *f)
{
	const struct scoped *scoped = ctx;

	offer_variables_of(scoped->search, scoped->image, f,
	                   debug_skip_prologue(scoped->image, f->entry));
	return false;
}

/* Where the name begins that ends at END: 'quoted', or of a C file. */
static const char *scope_at(const char *text, const char *end)
{
	const char *from = end;

	if (from > text && from[-1] == '\'') {
		for (from--; from > text && from[-1] != '\'';)
			from--;
		return from;
	}
	while (from > text && (isalnum((unsigned char)from[-1]) ||
	                       strchr("_$.", from[-1])))
		from--;
	return from;
}

bool complete_scoped(struct session *s, const char *text, struct offer *o)
{
	const char *end, *from;
	struct search search = { .o = o };
	struct scoped scoped = { &search, session_current_image(s) };
	AUTO_FREE char *name = NULL;

	if (o->start - text < 3 || strncmp(o->start - 2, "::", 2) != 0)
		return false;
	end = o->start - 2;
	from = scope_at(text, end);
	name = xstrndup(from, (size_t)(end - from));
	name[strcspn(name, "'")] = '\0';
	if (!scoped.image || !*name)
		return true;
	debug_functions_named(scoped.image, name, true, take_scope, &scoped);
	search.file = name;
	debug_each_declaration(scoped.image, DEBUG_VARIABLES, begins_so,
	                       offer_declared, &search);
	debug_each_declaration(scoped.image, DEBUG_FUNCTIONS, begins_so,
	                       offer_declared, &search);
	return true;
}

/* Where the object of a member begins that is written at END: only names,
 * `->`, `.`, `[]`, so that to look at it changes nothing. */
static const char *object_at(const char *text, const char *end)
{
	while (end > text) {
		char c = end[-1];

		if (c == '>' && end - 1 > text && end[-2] == '-')
			end -= 2;
		else if (isalnum((unsigned char)c) || strchr("_$.:[]", c))
			end--;
		else
			break;
	}
	return end;
}

static void offer_members(struct search *s, const struct type *t,
                          unsigned depth)
{
	enum { DEEP = 8 };
	size_t count;
	const struct type_member *m = type_members(t, &count);

	for (size_t i = 0; i < count && depth < DEEP; i++) {
		if (m[i].name && !m[i].is_base) {
			if (!offer_found(s, m[i].name))
				return;
		} else if (m[i].type) {
			offer_members(s, m[i].type, depth + 1);
		}
	}
}

static void destroy_expr(struct expr **expr)
{
	expr_destroy(*expr);
}

static struct error *object_type(struct session *s, const char *text,
                                 const struct type **type)
{
	CLEANUP(destroy_expr) struct expr *expr = NULL;
	AUTO_VALUE struct value *value = NULL;
	const struct type *t;

	TRY(session_compile_value(s, text, false, NULL, &expr));
	TRY(session_evaluate_value(s, s->current, expr, true, &value));
	t = type_strip(value_type(value));
	if (t->kind == TYPE_REFERENCE || t->kind == TYPE_POINTER)
		t = type_strip(type_target(t));
	if (t->kind == TYPE_POINTER)
		t = type_strip(type_target(t));
	*type = t;
	return NULL;
}

bool complete_member(struct session *s, const char *text, const char *word,
                     command_words *words)
{
	const char *end = text + strlen(text), *name = end, *from;
	struct offer o = { .words = words, .kept = word };
	struct search search = { .o = &o };
	AUTO_FREE char *object = NULL;
	const struct type *type = NULL;

	while (name > word && (isalnum((unsigned char)name[-1]) ||
	                       name[-1] == '_'))
		name--;
	if (name <= word || (name[-1] != '.' &&
	                     (name[-1] != '>' || name - 1 <= word ||
	                      name[-2] != '-')))
		return false;
	end = name[-1] == '.' ? name - 1 : name - 2;
	from = object_at(text, end);
	if (from == end || isdigit((unsigned char)*from))
		return false;
	object = xstrndup(from, (size_t)(end - from));
	error_destroy(object_type(s, object, &type));
	o.start = name;
	o.kept_len = (size_t)(name - word);
	if (type && type->kind != TYPE_FUNCTION && type->kind != TYPE_ENUM)
		offer_members(&search, type, 0);
	return type != NULL;
}

void complete_frame(struct session *s, const char *text, const char *word,
                    command_words *words)
{
	static const char *const ways[] = { "address", "function", "level" };
	struct offer o = offer_begin(word, "", words);

	if (text == word)
		offer_all(&o, ways, ARRAY_LEN(ways));
	else if (strncmp(text, "function", 8) == 0 &&
	         isspace((unsigned char)text[8]))
		complete_symbols(s, &o);
}
