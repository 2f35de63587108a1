/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types by name. */
#include "symbols/dwarf.h"

#include <string.h>

/* Whether T is what TAG (0, 's', 'u', 'e') asks for. */
static bool fits(const struct type *t, char tag)
{
	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_CLASS:
	case TYPE_VARIANT:
		return tag == 's' || (!tag && t->no_tag);
	case TYPE_UNION:
		return tag == 'u' || (!tag && t->no_tag);
	case TYPE_ENUM:
		return tag == 'e' || (!tag && t->no_tag);
	default:
		return !tag;
	}
}

static char tag_of(const struct type *t)
{
	switch (t->kind) {
	case TYPE_UNION:
		return 'u';
	case TYPE_ENUM:
		return 'e';
	default:
		return 's';
	}
}

struct type_search {
	struct image *image;
	const char *name;
	char tag;
	bool exact;             /* with all its scopes */
	const struct type *found;
	const struct module *not;
};

static bool consider(void *ctx, struct debug_info *part, Dwarf_Die *die,
                     enum entry_kind kind UNUSED)
{
	struct type_search *s = ctx;
	const struct type *t = die_type(part, die);
	const char *name = s->name;
	bool exact;

	if (name[0] == ':' && name[1] == ':')
		name += 2;
	if (!t->name || t->incomplete || !fits(t, s->tag))
		return true;
	exact = strcmp(t->name, name) == 0;
	if (exact || (!s->found && !s->exact))
		s->found = t;
	return !exact;
}

const struct type *debug_definition_of(struct debug_info *info,
                                       const struct type *t)
{
	struct debug_info *root = root_of(info);
	struct symbols *symbols = root->file ? root->file->symbols : NULL;
	struct type_search s = { .name = t->name, .tag = tag_of(t),
	                         .exact = true };

	if (!t->name || !*t->name)
		return NULL;
	index_find(root, s.name, ENTRY_TYPE, consider, &s);
	for (size_t i = 0; symbols && !s.found && i < symbols->files.len;
	     i++) {
		struct debug_info *other = symbols->files.items[i]->debug;

		if (other && other != root)
			index_find(other, s.name, ENTRY_TYPE, consider, &s);
	}
	return s.found;
}

static bool look_in(void *ctx, const struct module *m)
{
	struct type_search *s = ctx;
	struct debug_info *info = m == s->not
	                          ? NULL : file_debug(m->file, s->image);

	if (info)
		index_find(info, s->name, ENTRY_TYPE, consider, s);
	return !s->found;
}

const struct type *debug_type_find(struct image *image,
                                   const struct module *module,
                                   char tag, const char *name)
{
	struct type_search s = { .image = image, .name = name, .tag = tag };

	if (!*name)
		return NULL;
	if (module)
		look_in(&s, module);
	s.not = module;
	if (!s.found)
		image_each_module(image, look_in, &s);
	return s.found;
}

struct type_walk {
	struct image *image;
	bool (*fn)(void *ctx, const struct type *t, const char *file,
	           unsigned line);
	void *ctx;
	bool go_on;
};

static bool tell(void *ctx, struct debug_info *part, Dwarf_Die *die,
                 enum entry_kind kind UNUSED)
{
	struct type_walk *w = ctx;
	const struct type *t = die_type(part, die);
	const char *file = NULL;
	Dwarf_Attribute attr;
	int64_t number, line = 0;
	Dwarf_Die unit;

	if (!t->name)
		return true;
	if (die_attr_any(die, DW_AT_decl_file, &attr) &&
	    attr_number(&attr, &number))
		file = unit_file(part, die, number);
	if (!file && dwarf_cu_die(die->cu, &unit, NULL, NULL, NULL, NULL,
	                          NULL, NULL))
		file = unit_name(&unit);
	if (die_attr_any(die, DW_AT_decl_line, &attr) &&
	    (!attr_number(&attr, &line) || line < 0))
		line = 0;
	w->go_on = w->fn(w->ctx, t, file, (unsigned)line);
	return w->go_on;
}

static bool tell_all(void *ctx, const struct module *m)
{
	struct type_walk *w = ctx;
	struct debug_info *info = file_debug(m->file, w->image);

	if (info)
		index_each(info, ENTRY_TYPE, tell, w);
	return w->go_on;
}

void debug_each_type(struct image *image,
                     bool (*fn)(void *ctx, const struct type *t,
                                const char *file, unsigned line),
                     void *ctx)
{
	struct type_walk w = { .image = image, .fn = fn, .ctx = ctx,
	                       .go_on = true };

	image_each_module(image, tell_all, &w);
}
