/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/note.h"

#include "base/alloc.h"
#include "session/internal.h"

static void note_deinit(struct stop_note *n)
{
	free(n->event);
	free(n->what);
	free(n->below);
	free(n->old_value);
	free(n->new_value);
}

void note_add(struct thread *t, const struct stop_note *note)
{
	vec_push(&thread_info(t)->notes, *note);
}

void notes_deinit(struct thread_info *info)
{
	for (size_t i = 0; i < info->notes.len; i++)
		note_deinit(&info->notes.items[i]);
	vec_deinit(&info->notes);
}

void notes_clear(struct thread *t)
{
	notes_deinit(thread_info(t));
}

/* As gdb has them: one value that was read, or two of a change. */
static void show_values(struct out *o, const struct stop_note *n)
{
	if (n->new_value && !n->old_value) {
		out_text(o, ROLE_PLAIN, "\n\nValue = ");
		out_str(o, "value", ROLE_PLAIN, n->new_value);
	} else if (n->new_value) {
		out_text(o, ROLE_PLAIN, "\n\nOld value = ");
		out_str(o, "old", ROLE_PLAIN, n->old_value);
		out_text(o, ROLE_PLAIN, "\nNew value = ");
		out_str(o, "new", ROLE_PLAIN, n->new_value);
	}
}

static void show_left(struct out *o, const struct stop_note *n)
{
	out_hidden_str(o, "kind", n->kind);
	out_text(o, ROLE_PLAIN, "Watchpoint ");
	out_uint(o, "number", ROLE_NUMBER, n->number, "%u", n->number);
	out_text(o, ROLE_PLAIN, " deleted because the program has left the "
	         "block in\nwhich its expression is valid.");
	out_hidden_bool(o, "deleted", true);
}

static void show_one(struct session *s, const struct stop_note *n)
{
	struct out *o = s->out;

	out_begin(o, "hit");
	if (n->left) {
		show_left(o, n);
		out_end(o);
		return;
	}
	out_hidden_str(o, "kind", n->kind);
	out_text(o, ROLE_PLAIN, "%s", n->title);
	if (n->number)
		out_uint(o, "number", ROLE_NUMBER, n->number, " %u",
		         n->number);
	if (n->event) {
		out_text(o, ROLE_PLAIN, " (");
		out_str(o, "event", ROLE_PLAIN, n->event);
		out_text(o, ROLE_PLAIN, ")");
	}
	if (n->what) {
		out_text(o, ROLE_PLAIN, ": ");
		out_str(o, "expression", ROLE_NAME, n->what);
	}
	if (n->below) {
		out_text(o, ROLE_PLAIN, "\n");
		out_str(o, "details", ROLE_PLAIN, n->below);
	}
	show_values(o, n);
	out_end(o);
}

bool notes_have_values(const struct thread *t)
{
	const struct thread_info *info = thread_info(t);

	return info->notes.len &&
	       info->notes.items[info->notes.len - 1].new_value;
}

bool notes_show(struct session *s, const struct thread *t)
{
	const struct thread_info *info = thread_info(t);

	if (!info->notes.len)
		return false;
	out_list_begin(s->out, "hits");
	for (size_t i = 0; i < info->notes.len; i++) {
		if (i)
			out_text(s->out, ROLE_PLAIN, "\n\n");
		show_one(s, &info->notes.items[i]);
	}
	out_list_end(s->out);
	return true;
}
