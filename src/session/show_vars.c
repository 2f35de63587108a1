/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame's arguments and local variables, as gdb shows them. */
#include "session/frames.h"

#include "expr/value.h"
#include "session/internal.h"

#include <string.h>

/* While the variables of a frame are shown. */
struct showing {
	struct session *s;
	const struct frame *f;
	struct image *image;
	struct value_world world;
	struct value_style style;
	const char *list;            /* begun at the first one */
	bool in_line;                /* "x=1, y=2", or a line each */
	unsigned indent;
	bool any;
};

static void describe(void *ctx, taddr addr, struct buf *text)
{
	const struct showing *show = ctx;

	image_describe(show->image, addr, text);
}

static bool interrupted(void *ctx)
{
	const struct showing *show = ctx;
	const struct session_hooks *hooks = &show->s->hooks;

	return hooks->interrupted && hooks->interrupted(hooks->ctx);
}

static void showing_init(struct showing *show, struct session *s,
                         struct thread *t, const struct frame *f)
{
	*show = (struct showing){
		.s = s, .f = f, .image = session_image(s, t->process),
		.style = value_style_default,
	};
	show->world = (struct value_world){
		.ctx = show,
		.pool = type_pool_create(image_word(show->image)),
		.memory = t->process->memory,
		.describe = describe,
		.interrupted = interrupted,
	};
}

static void showing_deinit(struct showing *show)
{
	if (show->any)
		out_list_end(show->s->out);
	type_pool_destroy(show->world.pool);
}

/* gdb writes no more than "..." for others in a frame's line. */
static bool is_scalar(const struct type *t)
{
	enum type_kind kind;

	t = type_strip(t);
	if (t->kind == TYPE_REFERENCE || t->kind == TYPE_RVALUE_REFERENCE)
		t = type_strip(type_target(t));
	kind = t->kind;
	return !type_is_aggregate(t) && kind != TYPE_ARRAY &&
	       kind != TYPE_VECTOR;
}

static void located_text(const struct showing *show,
                       const struct debug_variable *v,
                       const struct location *location, struct buf *text)
{
	AUTO_VALUE struct value *value = value_at_location(
		&show->world, debug_resolve_type(v->type, show->world.pool,
			v->module, frame_context(show->f)),
		location, frame_context(show->f), show->f);
	struct error *err = value_print_bare(value, &show->style,
	                                     text);

	if (!err)
		return;
	buf_reset(text);
	buf_printf(text, "<error reading variable %s (%s)>", v->name,
	           err->message);
	error_destroy(err);
}

static bool is_lost(const struct buf *text)
{
	return !text->len || strcmp(text->data, "<optimized out>") == 0;
}

/* What V is now. */
static void text_now(const struct showing *show,
                     const struct debug_variable *v, struct buf *text)
{
	struct location location;
	struct error *err = debug_locate(v, &show->f->function,
	                                 frame_context(show->f), &location);

	if (err)
		buf_printf(text, "<error reading variable %s (%s)>", v->name,
		           err->message);
	else
		located_text(show, v, &location, text);
	error_destroy(err);
}

/*
 * Of an argument, what it is now, and what it was at the function's entry, as
 * far as `set print entry-values` wants them; "": not to be shown.
 */
static void argument_texts(const struct showing *show,
                           const struct debug_variable *v, struct buf *now,
                           struct buf *entry)
{
	enum entry_values mode = show->s->settings.print_entry_values;
	struct location location;

	if (mode != ENTRY_ONLY && mode != ENTRY_PREFERRED)
		text_now(show, v, now);
	if (mode == ENTRY_NO || (mode == ENTRY_IF_NEEDED && !is_lost(now)))
		return;
	if (debug_locate_entry(v, frame_context(show->f), &location))
		located_text(show, v, &location, entry);
	if (entry->len) {
		if ((mode == ENTRY_COMPACT || mode == ENTRY_IF_NEEDED) &&
		    is_lost(now))
			buf_reset(now);
		return;
	}
	if (mode == ENTRY_PREFERRED)
		text_now(show, v, now);
	if (mode == ENTRY_ONLY || mode == ENTRY_BOTH ||
	    (mode == ENTRY_PREFERRED && is_lost(now))) {
		buf_puts(entry, "<optimized out>");
		if (mode == ENTRY_PREFERRED)
			buf_reset(now);
	}
}

/* x=x@entry=1 where it is unchanged, else x=2, x@entry=1. */
static void show_in_line(const struct showing *show,
                         const struct debug_variable *v,
                         const struct buf *now, const struct buf *entry)
{
	enum entry_values mode = show->s->settings.print_entry_values;
	bool brief = show->style.summary && !is_scalar(v->type);
	bool same = (mode == ENTRY_DEFAULT || mode == ENTRY_COMPACT) &&
	            now->len && entry->len &&
	            strcmp(now->data, entry->data) == 0;
	struct out *o = show->s->out;

	if (now->len && !same) {
		out_text(o, ROLE_PLAIN, "=");
		out_str(o, "value", ROLE_PLAIN, brief ? "..." : now->data);
		if (entry->len) {
			out_text(o, ROLE_PLAIN, ", ");
			out_name(o, ROLE_PLAIN, v->name);
		}
	} else if (same) {
		out_text(o, ROLE_PLAIN, "=");
		out_name(o, ROLE_PLAIN, v->name);
	}
	if (!entry->len)
		return;
	out_text(o, ROLE_PLAIN, "@entry=");
	out_str(o, same ? "value" : "entry", ROLE_PLAIN,
	        brief ? "..." : entry->data);
}

static void show_argument(const struct showing *show,
                          const struct debug_variable *v)
{
	AUTO_BUF struct buf now = { 0 }, entry = { 0 };

	if (show->s->settings.print_frame_arguments == ARGUMENTS_NONE) {
		out_text(show->s->out, ROLE_PLAIN, "=...");
		return;
	}
	buf_init(&now);
	buf_init(&entry);
	argument_texts(show, v, &now, &entry);
	show_in_line(show, v, &now, &entry);
}

static void show_line(const struct showing *show,
                      const struct debug_variable *v)
{
	AUTO_BUF struct buf now = { 0 };

	buf_init(&now);
	text_now(show, v, &now);
	out_text(show->s->out, ROLE_PLAIN, " = ");
	out_str(show->s->out, "value", ROLE_PLAIN, now.data);
	out_text(show->s->out, ROLE_PLAIN, "\n");
}

static bool show_variable(void *ctx, const struct debug_variable *v)
{
	struct showing *show = ctx;
	struct out *o = show->s->out;

	/* gdb shows no argument that has no name. */
	if (!v->name || !v->type)
		return true;
	if (show->in_line && show->s->settings.print_frame_arguments ==
	                     ARGUMENTS_PRESENCE) {
		out_text(o, ROLE_PLAIN, "...");
		return false;
	}
	if (!show->any)
		out_list_begin(o, show->list);
	else if (show->in_line)
		out_text(o, ROLE_PLAIN, ", ");
	show->any = true;
	out_begin(o, "local");
	out_text(o, ROLE_PLAIN, "%*s", (int)show->indent, "");
	out_str(o, "name", ROLE_NAME, v->name);
	if (show->in_line)
		show_argument(show, v);
	else
		show_line(show, v);
	out_end(o);
	return !interrupted(show);
}

bool show_arguments(struct session *s, struct thread *t,
                    const struct frame *f)
{
	struct showing show;

	showing_init(&show, s, t, f);
	show.list = "arguments";
	show.in_line = true;
	show.style.summary = s->settings.print_frame_arguments ==
	                     ARGUMENTS_SCALARS;
	debug_variables_of(show.image, &f->function, f->lookup_pc, true,
	                   show_variable, &show);
	showing_deinit(&show);
	return show.any;
}

bool show_locals(struct session *s, struct thread *t, const struct frame *f,
                 bool arguments, unsigned indent)
{
	struct showing show;

	showing_init(&show, s, t, f);
	show.list = arguments ? "arguments" : "locals";
	show.indent = indent;
	debug_variables_of(show.image, &f->function, f->lookup_pc, arguments,
	                   show_variable, &show);
	showing_deinit(&show);
	return show.any;
}
