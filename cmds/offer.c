/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How words are offered to whoever completes one. */
#include "cmds/complete.h"

#include "base/alloc.h"

#include <string.h>

void offer(struct offer *o, const char *name)
{
	size_t before = o->before ? strlen(o->before) : 0;
	const char *start = o->start;

	if (before && strncmp(start, o->before, strlen(start) < before
	                                        ? strlen(start) : before))
		return;
	start += strlen(start) < before ? strlen(start) : before;
	if (strncmp(name, start, strlen(start)) != 0)
		return;
	vec_push(o->words, xasprintf("%.*s%s%s%s", (int)o->kept_len, o->kept,
	                             o->before ? o->before : "", name,
	                             o->after ? o->after : ""));
}

void offer_all(struct offer *o, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		offer(o, names[i]);
}

struct offer offer_begin(const char *word, const char *breaks,
                         command_words *words)
{
	struct offer o = { .words = words, .kept = word, .start = word };

	for (const char *at = word; *at; at++)
		if (strchr(breaks, *at))
			o.start = at + 1;
	o.kept_len = (size_t)(o.start - word);
	return o;
}
