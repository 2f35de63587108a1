/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types as `ptype` shows them. */
#include "symbols/type_describe.h"

#include "symbols/type_rust.h"

#include <inttypes.h>
#include <string.h>

void describe_spaces(struct description *d, unsigned count)
{
	buf_printf(d->text, "%*s", (int)count, "");
}

/* Spaces at the start of a line that has no offset. */
static void indent(struct description *d, unsigned level)
{
	describe_spaces(d, level + (d->offsets ? OFFSETS_WIDTH : 0));
}

static void put_enumerators(struct description *d, const struct type *t)
{
	const struct type_enumerator *all;
	int64_t next = 0;
	size_t count;

	all = type_enumerators(t, &count);
	for (size_t i = 0; i < count; i++) {
		if (d->text->len > DESCRIBE_MAX_LEN)
			break;
		buf_puts(d->text, i ? ", " : "");
		buf_puts(d->text, all[i].name);
		if (all[i].value != next)
			buf_printf(d->text, " = %" PRId64, all[i].value);
		next = (int64_t)((uint64_t)all[i].value + 1);
	}
}

static void describe_enum(struct description *d, const struct type *t)
{
	const struct type *base = type_target(t);

	buf_puts(d->text, "enum ");
	if (t->is_class)
		buf_puts(d->text, "class ");
	if (t->name)
		buf_printf(d->text, "%s ", t->name);
	if (t->no_tag && base->name && base->kind != TYPE_VOID)
		buf_printf(d->text, ": %s ", type_strip(base)->name
		                            ? type_strip(base)->name
		                            : base->name);
	buf_putc(d->text, '{');
	put_enumerators(d, t);
	buf_putc(d->text, '}');
}

static void put_hole(struct description *d, const struct offsets *o,
                     uint64_t bits, const char *what)
{
	uint64_t hole = bits - o->end;

	if (!o->end || o->end >= bits)
		return;
	if (hole % 8)
		buf_printf(d->text, "/* XXX %2u-bit %-7s    */\n",
		           (unsigned)(hole % 8), what);
	if (hole / 8)
		buf_printf(d->text, "/* XXX %2" PRIu64 "-byte %-7s   */\n",
		           hole / 8, what);
}

/* The column before a member: where it is and how large. */
static void put_offset(struct description *d, const struct type *t,
                       const struct type_member *m, struct offsets *o)
{
	uint64_t bits = m->offset * 8 + m->bit_offset;
	uint64_t size = type_size(m->type), real = o->base + bits;

	if (m->is_static) {
		describe_spaces(d, OFFSETS_WIDTH);
		return;
	}
	if (t->kind == TYPE_UNION) {
		buf_printf(d->text, "/*%22" PRIu64 " */", size);
		return;
	}
	put_hole(d, o, bits, "hole");
	if (m->bit_size)
		buf_printf(d->text, "/* %6" PRIu64 ":%2u   |  %6" PRIu64 " */",
		           real / 8, (unsigned)(real % 8), size);
	else
		buf_printf(d->text, "/* %6" PRIu64 "      |  %6" PRIu64 " */",
		           real / 8, size);
	o->end = bits + (m->bit_size ? m->bit_size : size * 8);
}

static const struct type *without_qualifiers(const struct type *t)
{
	for (unsigned i = 0; i < DESCRIBE_MAX_DEPTH; i++) {
		if (t->kind != TYPE_CONST && t->kind != TYPE_VOLATILE &&
		    t->kind != TYPE_ATOMIC)
			break;
		t = type_target(t);
	}
	return t;
}

static bool has_body(const struct type *t)
{
	return t->kind == TYPE_STRUCT || t->kind == TYPE_CLASS ||
	       t->kind == TYPE_UNION || t->kind == TYPE_VARIANT;
}

static void put_member(struct description *d, const struct type *t,
                       const struct type_member *m, int show, unsigned level,
                       struct offsets *o)
{
	struct offsets inner = { 0 };

	if (d->offsets)
		put_offset(d, t, m, o);
	inner.base = o->base + m->offset * 8 + m->bit_offset;
	describe_spaces(d, level + 4);
	if (m->is_static)
		buf_puts(d->text, "static ");
	if (!(d->offsets && !m->is_static &&
	      has_body(without_qualifiers(m->type))))
		show--;
	describe_type(d, m->type, m->name ? m->name : "", show, level + 4,
	              &inner);
	if (m->bit_size)
		buf_printf(d->text, " : %u", m->bit_size);
	buf_puts(d->text, ";\n");
}

static void put_members(struct description *d, const struct type *t, int show,
                        unsigned level, struct offsets *o)
{
	bool labels = t->no_tag && class_needs_labels(t);
	const struct type_member *members;
	uint8_t last = ACCESS_NONE;
	size_t count, shown = 0;

	members = type_members(t, &count);
	for (size_t i = 0; i < count; i++) {
		const struct type_member *m = &members[i];

		if (m->is_base ||
		    (m->name && (strncmp(m->name, "_vptr.", 6) == 0 ||
		                 strncmp(m->name, "_vptr$", 6) == 0)))
			continue;
		if (d->text->len > DESCRIBE_MAX_LEN) {
			describe_spaces(d, level + 4);
			buf_puts(d->text, "...\n");
			break;
		}
		if (labels)
			class_label(d, &last,
			            m->artificial ? ACCESS_PRIVATE
			            : class_access(t, m->access), level);
		put_member(d, t, m, show, level, o);
		shown++;
	}
	if (!count && !class_extra(t)->method_count &&
	    !class_extra(t)->typedef_count) {
		indent(d, level + 4);
		buf_puts(d->text, t->incomplete ? "<incomplete type>\n"
		                                : "<no data fields>\n");
	}
	if (d->offsets)
		return;
	class_methods(d, t, &last, level);
	class_typedefs(d, t, labels, &last, level);
}

static void put_templates(struct description *d, const struct type_extra *e)
{
	struct type_writer w = { .text = d->text };

	for (size_t i = 0; i < e->template_count; i++) {
		buf_printf(d->text, i ? ", %s = " : "[with %s = ",
		           e->templates[i].name);
		type_write(e->templates[i].type, "", &w);
	}
	if (e->template_count)
		buf_puts(d->text, "] ");
}

static void describe_body(struct description *d, const struct type *t,
                          int show, unsigned level, struct offsets *o)
{
	const struct type_extra *e = class_extra(t);
	const struct type_names *before = d->names;
	struct type_names typedefs = { before, true, e->typedefs,
	                               e->typedef_count };
	struct type_names templates = { &typedefs, false, e->templates,
	                                e->template_count };

	buf_puts(d->text, type_tag(t));
	if (t->name) {
		buf_putc(d->text, ' ');
		type_write_name(t, &(struct type_writer){ .text = d->text });
	}
	buf_putc(d->text, ' ');
	if (t->no_tag && t->name) {
		put_templates(d, e);
		d->text->len -= d->text->data[d->text->len - 1] == ' ';
		buf_truncate(d->text, d->text->len);
		class_bases(d, t);
		buf_putc(d->text, ' ');
	}
	buf_puts(d->text, "{\n");
	d->names = &templates;
	d->depth++;
	put_members(d, t, show, level, o);
	d->depth--;
	d->names = before;
	if (d->offsets) {
		if (show > 0) {
			put_hole(d, o, type_size(t) * 8, "padding");
			buf_putc(d->text, '\n');
			indent(d, level + 4);
			buf_printf(d->text, "/* total size (bytes): %4" PRIu64
			           " */\n", type_size(t));
		}
		describe_spaces(d, OFFSETS_WIDTH + (level ? 0 : 2));
	}
	describe_spaces(d, level);
	buf_putc(d->text, '}');
}

void describe_type(struct description *d, const struct type *t,
                   const char *name, int show, unsigned level,
                   struct offsets *offsets)
{
	struct type_writer w = { .text = d->text, .names = d->names,
	                         .resolve = show > 0 };
	const struct type *base;
	unsigned q = 0;

	base = type_base(t, &q, &w);
	if (show > 0 && base->incomplete)
		base = type_strip(base);
	if (!type_tag(base) || show < (base->name ? 1 : 0) ||
	    d->depth > DESCRIBE_MAX_DEPTH ||
	    d->text->len > DESCRIBE_MAX_LEN) {
		type_write(t, name, &w);
		return;
	}
	type_qualifiers(q, false, true, base->no_tag, &w);
	if (base->kind == TYPE_ENUM)
		describe_enum(d, base);
	else
		describe_body(d, base, show, level, offsets);
	type_declarator(t, name, 0, &w);
}

void type_describe(const struct type *t, bool offsets, struct buf *text)
{
	struct description d = { .text = text, .offsets = offsets };

	if (t->is_rust && !offsets) {
		rust_type_describe(t, text);
		return;
	}
	describe_type(&d, t, "", 1, 0, &(struct offsets){ 0 });
}

void type_declare(const struct type *t, const char *name, struct buf *text)
{
	struct description d = { .text = text };

	describe_type(&d, t, name, 0, 0, &(struct offsets){ 0 });
}
