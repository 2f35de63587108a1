/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/loaded_files.h"

#include "base/alloc.h"
#include "session/internal.h"
#include "session/note.h"

#include <string.h>

static void names_deinit(file_names *names)
{
	for (size_t i = 0; i < names->len; i++)
		free(names->items[i]);
	vec_deinit(names);
}

void loaded_files_forget(struct loaded_files *files, const struct process *p)
{
	for (size_t i = files->processes.len; i-- > 0;) {
		if (p && files->processes.items[i].process != p)
			continue;
		names_deinit(&files->processes.items[i].names);
		vec_remove(&files->processes, i);
	}
	if (!p)
		vec_deinit(&files->processes);
}

static bool take_name(void *ctx, const struct module *m)
{
	file_names *names = ctx;

	vec_push(names, xstrdup(m->name));
	return true;
}

/* P's list, as it was; empty where it was not known. */
static file_names replace(struct session *s, struct loaded_files *files,
                          struct process *p)
{
	struct loaded_files_of now = { .process = p };
	file_names before = { 0 };

	for (size_t i = files->processes.len; i-- > 0;) {
		if (files->processes.items[i].process != p)
			continue;
		before = files->processes.items[i].names;
		vec_remove(&files->processes, i);
	}
	image_each_module(session_image(s, p), take_name, &now.names);
	vec_push(&files->processes, now);
	return before;
}

void loaded_files_know(struct session *s, struct loaded_files *files,
                       struct process *p)
{
	file_names before = replace(s, files, p);

	names_deinit(&before);
}

/* Copies of those of THESE that OTHERS has not. */
static void names_only_in(const file_names *these, const file_names *others,
                          file_names *list)
{
	for (size_t i = 0; i < these->len; i++) {
		size_t k = 0;

		while (k < others->len &&
		       strcmp(others->items[k], these->items[i]) != 0)
			k++;
		if (k == others->len)
			vec_push(list, xstrdup(these->items[i]));
	}
}

void loaded_files_compare(struct session *s, struct loaded_files *files,
                          struct process *p, struct loaded_change *change)
{
	file_names before = replace(s, files, p);
	const file_names *now =
		&files->processes.items[files->processes.len - 1].names;

	names_only_in(now, &before, &change->loaded);
	names_only_in(&before, now, &change->unloaded);
	names_deinit(&before);
}

void loaded_change_deinit(struct loaded_change *change)
{
	names_deinit(&change->loaded);
	names_deinit(&change->unloaded);
}

static void put_files(struct buf *text, const char *what,
                      const file_names *files)
{
	for (size_t i = 0; i < files->len; i++)
		buf_printf(text, "%s%s", i ? ", " : what, files->items[i]);
}

char *loaded_change_text(const struct loaded_change *c)
{
	struct buf text = { 0 };

	buf_init(&text);
	put_files(&text, "  Inferior unloaded ", &c->unloaded);
	if (c->unloaded.len && c->loaded.len)
		buf_puts(&text, "\n");
	put_files(&text, "  Inferior loaded ", &c->loaded);
	return text.data;
}

/* stop-on-solib-events */

void solib_process_new(struct session *s, struct process *p)
{
	if (s->settings.stop_on_solib_events)
		loaded_files_know(s, s->solibs, p);
}

void solib_events_changed(struct session *s)
{
	loaded_files_forget(s->solibs, NULL);
	for (size_t i = 0; i < s->target->processes.len; i++)
		if (!s->target->processes.items[i]->passing)
			solib_process_new(s, s->target->processes.items[i]);
	breakpoints_watch_linkers(s);
}

void solib_at_linker(struct session *s, struct thread *t,
                     struct catch_verdict *verdict)
{
	struct loaded_change change = { 0 };
	struct stop_note note = { .kind = "solib-event" };

	if (!s->settings.stop_on_solib_events)
		return;
	loaded_files_compare(s, s->solibs, t->process, &change);
	note.title = "Stopped due to shared library event";
	if (change.loaded.len || change.unloaded.len)
		note.title = "Stopped due to shared library event:";
	if (change.loaded.len || change.unloaded.len)
		note.below = loaded_change_text(&change);
	else
		note.event = xstrdup("no libraries added or removed");
	loaded_change_deinit(&change);
	note_add(t, &note);
	verdict->stop = true;
}
