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
		&show->world, v->type, location, frame_context(show->f),
		show->f);
	struct error *err = value_print_bare(value, &show->style,
	                                     text);

	if (!err)
		return;
	buf_reset(text);
	buf_printf(text, "<error reading variable %s (%s)>", v->name,
	           err->message);
	error_destroy(err);
}

/* What V is now; and, of an argument, what it was at the function's entry. */
static void variable_text(const struct showing *show,
                          const struct debug_variable *v, struct buf *now,
                          struct buf *entry)
{
	const struct location_context *context = frame_context(show->f);
	struct location location;
	struct error *err = debug_locate(v, &show->f->function, context,
	                                 &location);

	if (err)
		buf_printf(now, "<error reading variable %s (%s)>", v->name,
		           err->message);
	else
		located_text(show, v, &location, now);
	error_destroy(err);
	if (show->in_line &&
	    debug_locate_entry(v, &show->f->function, context, &location))
		located_text(show, v, &location, entry);
}

/* x=x@entry=1 where it is unchanged, else x=2, x@entry=1. */
static void show_in_line(const struct showing *show,
                         const struct debug_variable *v,
                         const struct buf *now, const struct buf *entry)
{
	bool brief = show->style.summary && !is_scalar(v->type);
	const char *shown = brief ? "..." : now->data;
	struct out *o = show->s->out;
	const char *name = v->name;

	out_text(o, ROLE_PLAIN, "=");
	if (!entry->len) {
		out_str(o, "value", ROLE_PLAIN, shown);
	} else if (strcmp(now->data, entry->data) == 0) {
		out_text(o, ROLE_PLAIN, "%s@entry=", name);
		out_str(o, "value", ROLE_PLAIN, shown);
	} else {
		out_str(o, "value", ROLE_PLAIN, shown);
		out_text(o, ROLE_PLAIN, ", %s@entry=", name);
		out_str(o, "entry", ROLE_PLAIN,
		        brief ? shown : entry->data);
	}
}

static bool show_variable(void *ctx, const struct debug_variable *v)
{
	struct showing *show = ctx;
	struct out *o = show->s->out;
	AUTO_BUF struct buf now = { 0 }, entry = { 0 };

	/* gdb shows no argument that has no name. */
	if (!v->name || !v->type)
		return true;
	buf_init(&now);
	buf_init(&entry);
	variable_text(show, v, &now, &entry);
	if (!show->any)
		out_list_begin(o, show->list);
	else if (show->in_line)
		out_text(o, ROLE_PLAIN, ", ");
	show->any = true;
	out_begin(o, "local");
	out_text(o, ROLE_PLAIN, "%*s", (int)show->indent, "");
	out_str(o, "name", ROLE_NAME, v->name);
	if (show->in_line) {
		show_in_line(show, v, &now, &entry);
	} else {
		out_text(o, ROLE_PLAIN, " = ");
		out_str(o, "value", ROLE_PLAIN, now.data);
		out_text(o, ROLE_PLAIN, "\n");
	}
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
	show.style.summary = true;
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
