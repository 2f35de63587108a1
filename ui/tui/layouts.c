/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tui/layouts.h"

#include "base/alloc.h"
#include "ui/tui/layout.h"
#include "ui/tui/panes.h"

#include <string.h>

static const struct {
	const char *name, *text;
} ours[] = {
	{ "calls", "rows(columns(calls:3 call:2):5 "
	           "columns(output backtrace):3 prompt:4)" },
	{ "code", "rows(columns(rows(code source):3 "
	          "rows(registers backtrace):2):3 "
	          "columns(prompt output:1):2)" },
	{ "memory", "rows(columns(memory:3 registers:2):3 "
	            "columns(prompt:3 output:2):2)" },
	{ "overview", "rows(columns(threads counters):2 "
	              "columns(breakpoints descriptors):2 prompt:2)" },
};

struct own {
	const char *name, *text; /* in OWN */
	size_t name_len, text_len;
};

/* The next one, from *AT on; false: no more. */
static bool next_own(const char **at, struct own *own)
{
	const char *end;

	if (!*at)
		return false;
	*at += strspn(*at, " ;");
	if (!**at)
		return false;
	end = *at + strcspn(*at, ";");
	own->name = *at;
	own->name_len = strcspn(*at, " ;");
	own->text = own->name + own->name_len;
	own->text += strspn(own->text, " ");
	own->text_len = (size_t)(end - own->text);
	while (own->text_len && own->text[own->text_len - 1] == ' ')
		own->text_len--;
	*at = end;
	return true;
}

void layouts_each(const char *own,
                  void (*fn)(void *ctx, const char *name, const char *text),
                  void *ctx)
{
	struct own one;

	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		fn(ctx, ours[i].name, ours[i].text);
	while (next_own(&own, &one)) {
		AUTO_FREE char *name = xstrndup(one.name, one.name_len);
		AUTO_FREE char *text = xstrndup(one.text, one.text_len);

		fn(ctx, name, text);
	}
}

struct search {
	const char *name;
	struct buf *text;      /* of the one that fits, the last one */
	struct buf *names;
	size_t fits;
	bool exact;
};

static void take_fit(void *ctx, const char *name, const char *text)
{
	struct search *s = ctx;
	bool exact = strcmp(name, s->name) == 0;

	buf_printf(s->names, "%s%s", s->names->len ? ", " : "", name);
	if (s->exact || strncmp(name, s->name, strlen(s->name)) != 0)
		return;
	s->exact = exact;
	s->fits = exact ? 1 : s->fits + 1;
	buf_reset(s->text);
	buf_puts(s->text, text);
}

struct error *layouts_find(const char *own, const char *name,
                           struct buf *text)
{
	AUTO_BUF struct buf names = { 0 };
	struct search search = { .name = name ? name : ours[0].name,
	                         .text = text, .names = &names };

	buf_init(&names);
	if (name && strchr(name, '(')) {
		TRY(layouts_check(name));
		buf_reset(text);
		buf_puts(text, name);
		return NULL;
	}
	layouts_each(own, take_fit, &search);
	if (search.fits == 1)
		return NULL;
	return error_new(ERROR_USAGE, "say one of: %s", names.data);
}

struct error *layouts_check(const char *text)
{
	/* As big as all of them have room. */
	const struct layout_rect area = { 0, 0, 10000, 10000 };
	struct layout layout;

	TRY(tui_layout_place(text, area, &layout));
	for (size_t i = 0; i < layout.count; i++) {
		const char *name = layout.panes[i].name;

		if (!pane_may_be_placed(name))
			return error_new(ERROR_USAGE,
			                 "layout: there is no pane \"%s\"",
			                 name);
		for (size_t k = 0; k < i; k++)
			if (strcmp(layout.panes[k].name, name) == 0)
				return error_new(ERROR_USAGE,
				                 "layout: %s is there twice",
				                 name);
	}
	return NULL;
}

static struct error *check_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz"
	                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

	if (!len || name[len] || len >= LAYOUTS_NAME)
		return error_new(ERROR_USAGE, "a layout's name is letters, "
		                 "digits, - and _, at most %d",
		                 LAYOUTS_NAME - 1);
	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		if (strcmp(ours[i].name, name) == 0)
			return error_new(ERROR_USAGE, "the layout %s is "
			                 "scdb's own", name);
	return NULL;
}

struct error *layouts_check_own(const char *own)
{
	struct own one;

	while (next_own(&own, &one)) {
		AUTO_FREE char *name = xstrndup(one.name, one.name_len);
		AUTO_FREE char *text = xstrndup(one.text, one.text_len);

		TRY(check_name(name));
		TRY(error_prefix(layouts_check(text), "%s", name));
	}
	return NULL;
}

struct error *layouts_change(const char *own, const char *name,
                             const char *text, struct buf *made)
{
	bool was = false;
	struct own one;

	TRY(check_name(name));
	if (text)
		TRY(layouts_check(text));
	while (next_own(&own, &one)) {
		if (one.name_len == strlen(name) &&
		    memcmp(one.name, name, one.name_len) == 0) {
			was = true;
			continue;
		}
		buf_printf(made, "%s%.*s %.*s", made->len ? "; " : "",
		           (int)one.name_len, one.name, (int)one.text_len,
		           one.text);
	}
	if (!text && !was)
		return error_new(ERROR_NOT_FOUND, "there is no layout %s",
		                 name);
	if (text)
		buf_printf(made, "%s%s %s", made->len ? "; " : "", name, text);
	return NULL;
}
