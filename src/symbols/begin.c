/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that begin as the user typed: completion. */
#include "symbols/symtab.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

struct beginning {
	struct image *image;
	const char *prefix;
	size_t len;
	size_t left;              /* names still wanted */
	/* How the first part of a qualified name stands in mangled ones:
	 * "2ns"; "": PREFIX is not qualified. */
	char part[300];
	void (*fn)(void *ctx, const char *name);
	void *ctx;
};

static void tell(struct beginning *b, const char *name, size_t len)
{
	AUTO_FREE char *bare = xstrndup(name, len);

	b->fn(b->ctx, bare);
	b->left--;
}

/* C++ and Rust: without the parameters. */
static void try_demangled(struct beginning *b, const char *name)
{
	AUTO_FREE char *readable = NULL;

	if (!strstr(name, b->part))
		return;
	readable = symbol_demangle(name);
	if (readable && strncmp(readable, b->prefix, b->len) == 0)
		tell(b, readable, b->len + strcspn(readable + b->len, "(< "));
}

static bool take_module(void *arg, const struct module *m)
{
	struct beginning *b = arg;
	const struct file_symbols *s = file_symbols(m->file, b->image);
	struct raw_symbol raw;

	for (uint32_t i = 0; i < s->count && b->left; i++) {
		if (!symbol_raw(s, i, &raw) || !raw.name[0])
			continue;
		if (raw.name[0] == b->prefix[0] &&
		    strncmp(raw.name, b->prefix, b->len) == 0 &&
		    symbol_is_defined(&raw))
			tell(b, raw.name, name_bare_len(raw.name));
		else if (b->part[0] && raw.name[0] == '_' &&
		         symbol_is_defined(&raw))
			try_demangled(b, raw.name);
	}
	return b->left != 0;
}

void image_names_beginning(struct image *image, const char *prefix,
                           size_t most,
                           void (*fn)(void *ctx, const char *name), void *ctx)
{
	struct beginning b = { .image = image, .prefix = prefix,
	                       .len = strlen(prefix), .left = most,
	                       .fn = fn, .ctx = ctx };
	const char *colons = strstr(prefix, "::");

	if (colons && colons - prefix < 250 && colons > prefix)
		snprintf(b.part, sizeof(b.part), "%d%.*s",
		         (int)(colons - prefix), (int)(colons - prefix),
		         prefix);
	if (b.len)
		image_each_module(image, take_module, &b);
}
