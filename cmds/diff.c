/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `diff`: what changed since a snapshot, by the program's names and types. */
#include "cmds/diff.h"
#include "cmds/internal.h"
#include "cmds/tables.h"

#include "expr/value.h"
#include "session/snapshot.h"
#include "session/world.h"
#include "symbols/image.h"
#include "target/stream.h"

#include <ctype.h>

enum { MOST_SHOWN = 100, MOST_BYTES = 16, MOST_OBJECT = 4096, DEPTH = 32 };

struct diff {
	struct session *s;
	const struct snapshot *old, *new; /* NEW NULL: now */
	struct memory_stream *stream;     /* for its mappings; NULL: none */
	struct image *image;              /* NULL: none */
	diff_frame_vec frames;            /* those of now; none: there is a NEW */
	bool all;
	uint64_t shown, left;             /* lines */
	taddr last_start, last_end;       /* of the object shown last */
};

static void diff_deinit(struct diff *d)
{
	memory_stream_destroy(&d->stream);
	vec_deinit(&d->frames);
}

static void object_deinit(struct diff_object *o)
{
	buf_deinit(&o->path);
}

static bool is_plain_name(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '_')
			return false;
	return *name && !isdigit((unsigned char)*name);
}

/* The variable that has ADDR, by its symbol; its type by its name. */
static bool find_variable(struct diff *d, taddr addr, struct diff_object *o)
{
	AUTO_VALUE struct value *v = NULL;
	struct symbol symbol;
	struct error *err;
	taddr at;

	if (!d->image || !image_symbol_at(d->image, addr, &symbol) ||
	    symbol.kind != SYMBOL_OBJECT || !is_plain_name(symbol.name))
		return false;
	err = symbol_value(d->s, d->s->current, symbol.name, &v);
	error_destroy(err);
	/* Another of that name, or none that debug information has. */
	if (err || !value_address(v, &at) || at != symbol.addr)
		return false;
	o->type = value_type(v);
	o->addr = at;
	o->size = type_size(o->type);
	buf_puts(&o->path, symbol.name);
	return addr - at < o->size;
}

static bool is_text(const struct type *t)
{
	t = type_strip(type_target(t));
	return t->kind == TYPE_CHAR && t->size == 1;
}

static bool enter_array(struct diff_object *o, const struct type *t, taddr addr)
{
	uint64_t size = t->stride ? t->stride : type_size(type_target(t));
	uint64_t index;

	if (!size || is_text(t))
		return false;
	index = (addr - o->addr) / size;
	o->addr += index * size;
	o->type = type_target(t);
	o->size = type_size(o->type);
	buf_printf(&o->path, "[%llu]", (unsigned long long)index);
	return true;
}

static bool enter_member(struct diff_object *o, const struct type *t,
                         taddr addr)
{
	size_t count;
	const struct type_member *m = type_members(t, &count);
	uint64_t at = addr - o->addr;

	for (size_t i = 0; i < count; i++) {
		uint64_t size = type_size(m[i].type);

		if (m[i].is_static || m[i].is_virtual || m[i].bit_size ||
		    at < m[i].offset || at - m[i].offset >= size)
			continue;
		o->addr += m[i].offset;
		o->type = m[i].type;
		o->size = size;
		if (m[i].name && !m[i].is_base)
			buf_printf(&o->path, ".%s", m[i].name);
		return true;
	}
	return false;
}

/* Into the part that holds ADDR, while there is one. */
static bool descend(struct diff_object *o, taddr addr)
{
	for (int i = 0; i < DEPTH; i++) {
		const struct type *t = type_strip(o->type);
		bool deeper = t->kind == TYPE_ARRAY
			? enter_array(o, t, addr)
			: t->kind == TYPE_STRUCT || t->kind == TYPE_CLASS
			? enter_member(o, t, addr) : false;

		if (!deeper)
			break;
	}
	return o->size && o->size <= MOST_OBJECT && addr - o->addr < o->size;
}

static struct error *bytes_of(struct diff *d, const struct snapshot *side,
                              taddr addr, void *data, size_t len)
{
	if (side)
		return snapshot_read(d->s, side, addr, data, len);
	return target_read(d->s->current->process, addr, data, len);
}

static struct error *value_text_of(struct diff *d, const struct diff_object *o,
                                   const uint8_t *data, struct buf *text)
{
	AUTO_VALUE struct value *v = value_of_bytes(d->s->world, o->type, data);
	struct value_style style;

	session_value_style(d->s, 0, &style);
	return value_print_bare(v, &style, text);
}

/* What it was and is; nothing where that is the same. */
static struct error *values_of(struct diff *d, const struct diff_object *o,
                               struct buf *old, struct buf *new)
{
	uint8_t then[MOST_OBJECT], now[MOST_OBJECT];

	TRY(bytes_of(d, d->old, o->addr, then, (size_t)o->size));
	TRY(bytes_of(d, d->new, o->addr, now, (size_t)o->size));
	if (memcmp(then, now, (size_t)o->size) == 0)
		return NULL;
	TRY(value_text_of(d, o, then, old));
	return value_text_of(d, o, now, new);
}

static void put_hex(struct diff *d, const char *name,
                    const struct snapshot *side, const struct change *c,
                    bool hidden)
{
	size_t len = c->len < MOST_BYTES ? (size_t)c->len : MOST_BYTES;
	AUTO_BUF struct buf text = { 0 };
	uint8_t data[MOST_BYTES];
	struct error *err = bytes_of(d, side, c->addr, data, len);

	buf_init(&text);
	for (size_t i = 0; i < len && !err; i++)
		buf_printf(&text, "%02x", data[i]);
	if (len < c->len || err)
		buf_puts(&text, "...");
	error_destroy(err);
	if (hidden)
		out_hidden_str(d->s->out, name, text.data);
	else
		out_str(d->s->out, name, ROLE_NUMBER, text.data);
}

static void begin_line(struct diff *d, const struct change *c)
{
	struct out *o = d->s->out;

	out_begin(o, "change");
	out_word(o, "start", ROLE_ADDRESS, c->addr, "0x%llx",
	         (unsigned long long)c->addr);
	out_hidden_uint(o, "length", c->len);
	out_text(o, ROLE_PLAIN, "  ");
}

/* Several frames may have a variable of that name. */
static void put_frame(struct diff *d, const struct diff_object *object)
{
	struct out *o = d->s->out;

	if (!object->function)
		return;
	out_text(o, ROLE_PLAIN, " of #");
	out_uint(o, "level", ROLE_NUMBER, object->level, "%u", object->level);
	out_text(o, ROLE_PLAIN, " ");
	out_str(o, "function", ROLE_NAME, object->function);
	if (d->s->current->process->threads.len < 2) {
		out_hidden_uint(o, "thread", object->thread);
		return;
	}
	out_text(o, ROLE_PLAIN, ", thread ");
	out_uint(o, "thread", ROLE_NUMBER, object->thread, "%u",
	         object->thread);
}

static void show_object(struct diff *d, const struct change *c,
                        const struct diff_object *object, const struct buf *old,
                        const struct buf *new)
{
	AUTO_BUF struct buf type = { 0 };
	struct out *o = d->s->out;

	buf_init(&type);
	type_name(object->type, "", &type);
	begin_line(d, c);
	out_str(o, "expression", ROLE_NAME, object->path.data);
	put_frame(d, object);
	out_text(o, ROLE_PLAIN, " (");
	out_str(o, "value_type", ROLE_PLAIN, type.data);
	out_text(o, ROLE_PLAIN, "): ");
	out_str(o, "old_value", ROLE_NUMBER, old->data);
	out_text(o, ROLE_PLAIN, " -> ");
	out_str(o, "new_value", ROLE_NUMBER, new->data);
	put_hex(d, "old", d->old, c, true);
	put_hex(d, "new", d->new, c, true);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

/* The part that ADDR is in; *END: behind it.  False: nothing is known. */
static bool try_object(struct diff *d, const struct change *c, taddr *end)
{
	CLEANUP(object_deinit) struct diff_object o = { 0 };
	AUTO_BUF struct buf old = { 0 }, new = { 0 };
	struct error *err;

	buf_init(&o.path);
	buf_init(&old);
	buf_init(&new);
	if (!find_variable(d, c->addr, &o) &&
	    !diff_find_local(d->s, &d->frames, c->addr, &o))
		return false;
	if (!descend(&o, c->addr))
		return false;
	*end = o.addr + o.size;
	if (o.addr == d->last_start && *end == d->last_end)
		return true;
	err = values_of(d, &o, &old, &new);
	error_destroy(err);
	if (err)
		return false;
	if (!old.len)
		return true;
	d->last_start = o.addr;
	d->last_end = *end;
	d->shown++;
	show_object(d, c, &o, &old, &new);
	return true;
}

/* "<symbol+4>", or the mapping's name. */
static void put_place(struct diff *d, taddr addr)
{
	AUTO_BUF struct buf text = { 0 };
	const struct proc_map *map = d->stream
		? proc_map_at(memory_stream_maps(d->stream), addr) : NULL;

	buf_init(&text);
	if (d->image)
		image_describe(d->image, addr, &text);
	if (!text.len && map)
		buf_puts(&text, map->name);
	if (!text.len)
		return;
	out_text(d->s->out, ROLE_PLAIN, "  ");
	out_str(d->s->out, "place", ROLE_NAME, text.data);
}

static void show_bytes(struct diff *d, const struct change *c)
{
	struct out *o = d->s->out;

	d->shown++;
	begin_line(d, c);
	out_text(o, ROLE_PLAIN, "%llu byte%s: ", (unsigned long long)c->len,
	         c->len == 1 ? "" : "s");
	if (c->was && c->is) {
		put_hex(d, "old", d->old, c, false);
		out_text(o, ROLE_PLAIN, " -> ");
		put_hex(d, "new", d->new, c, false);
	} else {
		out_text(o, ROLE_WARNING, c->was ? "can't be read any more"
		         : "could not be read then");
		out_hidden_bool(o, "readable_before", c->was);
	}
	put_place(d, c->addr);
	out_text(o, ROLE_PLAIN, "\n");
	out_end(o);
}

/* Part by part of what it touches, as far as that is known. */
static struct error *show_change(void *ctx, const struct change *change)
{
	struct diff *d = ctx;
	struct change c = *change;

	while (c.len) {
		taddr end = c.addr + c.len;
		uint64_t n;

		if (!d->all && d->shown >= MOST_SHOWN) {
			d->left++;
			return NULL;
		}
		if (!c.was || !c.is || !try_object(d, &c, &end)) {
			show_bytes(d, &c);
			return NULL;
		}
		n = end - c.addr;
		if (n >= c.len)
			return NULL;
		c.addr += n;
		c.len -= n;
	}
	return NULL;
}

static void show_sum(struct diff *d, const struct changes *changes)
{
	struct out *o = d->s->out;

	if (d->left)
		out_text(o, ROLE_DIM, "%llu more (`diff -a` shows all)\n",
		         (unsigned long long)d->left);
	out_uint(o, "bytes", ROLE_NUMBER, changes->bytes, "%llu",
	         (unsigned long long)changes->bytes);
	out_text(o, ROLE_PLAIN, " bytes differ, in ");
	out_uint(o, "count", ROLE_NUMBER, changes->count, "%llu",
	         (unsigned long long)changes->count);
	out_text(o, ROLE_PLAIN, " place%s\n", changes->count == 1 ? "" : "s");
	out_hidden_uint(o, "left_out", d->left);
}

static struct error *run_diff(struct session *s, struct command_args *args)
{
	CLEANUP(diff_deinit) struct diff d = {
		.s = s, .all = args->options & 1,
	};
	struct changes changes = { .show = show_change, .ctx = &d };
	struct snapshot *old, *new = NULL;
	struct error *err;

	TRY(snapshot_find(s, args->arg[0].text, &old));
	if (args->arg[1].given)
		TRY(snapshot_find(s, args->arg[1].text, &new));
	else
		TRY(session_need_process(s));
	if (s->current) {
		TRY(memory_stream_create(s->current->process, 0, &d.stream));
		d.image = session_current_image(s);
	}
	/* What frames were there then is not known. */
	if (s->current && !new)
		diff_find_frames(s, &d.frames);
	d.old = old;
	d.new = new;
	out_begin(s->out, "diff");
	out_hidden_str(s->out, "snapshot", old->name);
	out_list_begin(s->out, "changes");
	err = snapshot_diff(s, old, new, &changes);
	out_list_end(s->out);
	if (!err)
		show_sum(&d, &changes);
	out_end(s->out);
	return err;
}

static const struct command table[] = {
	{
		.name = "diff", .group = GROUP_LOOKING,
		.args = "[-a] name:word [name:word]",
		.summary = "show what is not as it was in a snapshot",
		.help = "With two names: what changed from the first to the "
			"second; with one: to now. Variables are shown with "
			"their types (those of frames that stand now, too), "
			"other bytes in hex. The first 100; with "
			"-a all.",
		.example = "snapshot stack $sp,+64\ndiff stack",
		.example_at = EXAMPLE_AT_START,
		.run = run_diff,
	},
};

const struct command_table commands_diff = { table, ARRAY_LEN(table) };
