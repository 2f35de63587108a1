/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values as gdb's `print` shows them.  Types and memory are the tracee's:
 * nesting and the length of the text are bounded.
 */
#include "expr/value_impl.h"

#include <string.h>

enum {
	PRINT_NESTED = 64,            /* structures in structures */
	PRINT_MOST = 8 * 1024 * 1024, /* bytes of text */
};

const struct value_style value_style_default = {
	.addresses = true,
	.symbols = true,
	.unions = true,
	.static_members = true,
	.elements = 200,
	.repeats = 10,
	.depth = 20,
};

static void new_line(struct printer *p, unsigned indent)
{
	buf_printf(p->text, "\n%*s", (int)(2 * indent), "");
}

void print_part(struct printer *p, struct value *part,
                       struct error *err)
{
	if (!err)
		err = print_value(p, part);
	if (err && err->kind == ERROR_FAULT)
		buf_printf(p->text, "<error: Cannot access memory at address "
		           "0x%llx>", (unsigned long long)err->addr);
	else if (err)
		buf_printf(p->text, "<error: %s>", err->message);
	error_destroy(err);
}

static bool is_text_format(const struct printer *p)
{
	return !p->style->format || p->style->format == 's';
}

static bool too_deep(const struct printer *p)
{
	return p->style->depth >= 0 && p->depth >= p->style->depth;
}


static void print_static(struct printer *p, const struct type *t,
                         const struct type_member *m)
{
	AUTO_VALUE struct value *v = NULL;

	buf_printf(p->text, "static %s = ", m->name ? m->name : "");
	/* Of its own class it may be, for ever. */
	if (p->world->static_member && t->name && m->name && p->nested < 4)
		v = p->world->static_member(p->world->ctx, t->name, m->name);
	if (v)
		print_part(p, v, NULL);
	else
		buf_puts(p->text, "<optimized out>");
}

/* Virtual bases are shown once in an object, however many share them. */
static bool was_seen(struct printer *p, const struct type_member *m)
{
	const struct type *t = type_strip(m->type);

	if (!m->is_virtual)
		return false;
	for (size_t i = 0; i < p->seen_count; i++)
		if (type_same(p->seen[i], t))
			return true;
	if (p->seen_count < VIRTUAL_BASES)
		p->seen[p->seen_count++] = t;
	return false;
}

static void print_base(struct printer *p, struct value *v,
                       const struct type_member *m)
{
	AUTO_VALUE struct value *part = NULL;
	struct error *err = value_member(v, m, &part);
	const char *name = type_strip(m->type)->name;

	buf_printf(p->text, "<%s> = ", name ? name : "");
	if (err && m->is_virtual) {
		error_destroy(err);
		buf_puts(p->text, "<invalid address>");
		return;
	}
	p->in_base = true;
	print_part(p, part, err);
	p->in_base = false;
}

static void print_member(struct printer *p, struct value *v,
                         const struct type_member *m)
{
	AUTO_VALUE struct value *part = NULL;
	const struct value_style *style = p->style;
	struct value_style plain = *style;
	struct error *err;
	int depth = p->depth;

	if (m->is_static) {
		print_static(p, type_strip(v->type), m);
		return;
	}
	err = value_member(v, m, &part);
	if (m->name)
		buf_printf(p->text, "%s = ", m->name);
	else
		p->depth--;
	/* Whatever the format, one sees whose table it is. */
	plain.format = 0;
	if (m->name && strncmp(m->name, "_vptr", 5) == 0)
		p->style = &plain;
	print_part(p, part, err);
	p->style = style;
	p->depth = depth;
}

static bool is_shown(const struct printer *p, const struct type_member *m)
{
	return !m->is_static || p->style->static_members;
}

/* The bases with what follows them; whether there was one. */
static bool print_bases(struct printer *p, struct value *v,
                        const struct type_member *m, size_t count)
{
	const char *name = type_strip(v->type)->name;
	bool any = false, own = false;

	for (size_t i = 0; i < count; i++) {
		own = own || (!m[i].is_base && is_shown(p, &m[i]));
		if (!m[i].is_base)
			continue;
		any = true;
		if (was_seen(p, &m[i]))
			continue;
		if (p->style->pretty)
			new_line(p, p->indent);
		print_base(p, v, &m[i]);
		buf_puts(p->text, ", ");
	}
	if (!any)
		return false;
	if (!own) {
		buf_puts(p->text, "<No data fields>");
	} else if (p->style->pretty) {
		new_line(p, p->indent);
		buf_printf(p->text, "members of %s:", name ? name : "");
	}
	return true;
}

/* Whether there was one that is no base, or no base. */
static bool print_members(struct printer *p, struct value *v,
                          const struct type_member *m, size_t count)
{
	bool first = true, bases = print_bases(p, v, m, count);

	for (size_t i = 0; i < count && p->text->len < p->most; i++) {
		if (m[i].is_base || !is_shown(p, &m[i]))
			continue;
		if (!first)
			buf_puts(p->text, p->style->pretty ? "," : ", ");
		if (p->style->pretty)
			new_line(p, p->indent);
		print_member(p, v, &m[i]);
		first = false;
	}
	return !first || !bases;
}

static struct error *print_rust(struct printer *p, struct value *v)
{
	struct error *err;

	p->depth++;
	err = print_rust_struct(p, v);
	p->depth--;
	return err;
}

/* IN_BASE: as a part of the object around it. */
static bool print_whole(struct printer *p, struct value *v, bool in_base)
{
	size_t count, seen = p->seen_count;
	const struct type_member *m = type_members(v->type, &count);
	const struct type *before[VIRTUAL_BASES];
	bool own;

	if (in_base)
		return print_members(p, v, m, count);
	memcpy(before, p->seen, sizeof(before));
	p->seen_count = 0;
	own = print_members(p, v, m, count);
	memcpy(p->seen, before, sizeof(before));
	p->seen_count = seen;
	return own;
}

static struct error *print_struct(struct printer *p, struct value *v)
{
	size_t count, shown = 0;
	const struct type_member *m = type_members(v->type, &count);
	const uint8_t *data;
	bool own, in_base = p->in_base;

	p->in_base = false;
	if (print_as_rust(p, type_strip(v->type)) && !too_deep(p))
		return print_rust(p, v);
	if (type_strip(v->type)->incomplete) {
		buf_puts(p->text, "<incomplete type>");
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		shown += is_shown(p, &m[i]);
	if (!shown) {
		buf_puts(p->text, "{<No data fields>}");
		return NULL;
	}
	if ((type_is_kind(v->type, TYPE_UNION) && p->indent &&
	     !p->style->unions) || too_deep(p)) {
		buf_puts(p->text, "{...}");
		return NULL;
	}
	/* Read once, not for each member. */
	if (v->place == VALUE_IN_MEMORY)
		TRY(value_bytes(v, &data));
	buf_putc(p->text, '{');
	p->indent++;
	p->depth++;
	own = print_whole(p, v, in_base);
	p->indent--;
	p->depth--;
	if (p->style->pretty && own)
		new_line(p, p->indent);
	buf_putc(p->text, '}');
	return NULL;
}

/* Elements FROM and TO are the same, byte by byte. */
static bool same_element(const struct value *v, uint64_t stride,
                         uint64_t size, uint64_t from, uint64_t to)
{
	if (value_is_missing(v, from * stride, size) ||
	    value_is_missing(v, to * stride, size))
		return value_is_missing(v, from * stride, size) &&
		       value_is_missing(v, to * stride, size);
	return memcmp(v->bytes + from * stride, v->bytes + to * stride,
	              size) == 0;
}

/* Before element I. */
static void put_separator(struct printer *p, uint64_t i, bool lines)
{
	if (i)
		buf_puts(p->text, lines ? "," : ", ");
	if (lines)
		new_line(p, p->indent);
	if (p->style->array_indexes)
		buf_printf(p->text, "[%llu] = ", (unsigned long long)i);
}

static void print_elements(struct printer *p, struct value *v, uint64_t count,
                           uint64_t stride)
{
	const struct type *element = type_target(type_strip(v->type));
	uint64_t size = type_size(element), shown = 0, run = 1, i = 0;
	uint64_t most = p->style->elements ? p->style->elements : UINT64_MAX;
	bool lines = p->style->arrays;

	for (; i < count && shown < most && p->text->len < p->most; i += run) {
		AUTO_VALUE struct value *part = NULL;
		struct error *err = value_element(v, (int64_t)i, &part);

		for (run = 1; i + run < count &&
		     same_element(v, stride, size, i, i + run);)
			run++;
		put_separator(p, i, lines);
		print_part(p, part, err);
		if (p->style->repeats && run > p->style->repeats) {
			buf_printf(p->text, " <repeats %llu times>",
			           (unsigned long long)run);
			shown += p->style->repeats;
		} else {
			run = 1;
			shown++;
		}
	}
	if (i < count)
		buf_puts(p->text, "...");
}

static struct error *print_text_array(struct printer *p, struct value *v,
                                      const char *prefix, uint64_t count)
{
	size_t size = type_size(type_target(type_strip(v->type)));
	const uint8_t *data;
	bool cut = false;

	TRY(value_bytes(v, &data));
	if (p->style->null_stop) {
		uint64_t most = p->style->elements &&
			p->style->elements < count ? p->style->elements
			                           : count;
		uint64_t len = 0;

		while (len < most && value_load(data + len * size, size, false))
			len++;
		cut = len == most && len < count &&
		      value_load(data + len * size, size, false);
		count = len;
	} else if (value_load(data + (count - 1) * size, size, false) == 0) {
		count--;
	}
	print_string(p, prefix, data, size, count, cut);
	return NULL;
}

/* One of no length, or none that is known, is where it begins. */
static void print_unbounded(struct printer *p, struct value *v)
{
	const struct type *element = type_target(type_strip(v->type));
	const char *prefix;
	taddr addr;

	if (!value_address(v, &addr)) {
		buf_puts(p->text, "{}");
		return;
	}
	print_address(p, addr, false);
	if (type_is_text(element, &prefix) && is_text_format(p))
		print_string_at(p, element, addr, true);
}

static struct error *print_array(struct printer *p, struct value *v)
{
	const struct type *t = type_strip(v->type);
	const struct type *element = type_target(t);
	uint64_t size = type_size(element);
	uint64_t stride = t->stride ? t->stride : size, count;
	const char *prefix;
	const uint8_t *data;

	if (print_as_rust(p, t) && t->has_count && !t->count) {
		buf_puts(p->text, "[]");
		return NULL;
	}
	if (!type_size(t) || !size || stride < size) {
		print_unbounded(p, v);
		return NULL;
	}
	count = type_size(t) / stride;
	if (is_text_format(p) && t->kind == TYPE_ARRAY &&
	    type_is_text(element, &prefix) && stride == size && !v->missing &&
	    !print_as_rust(p, t))
		return print_text_array(p, v, prefix, count);
	if (too_deep(p)) {
		buf_puts(p->text, "{...}");
		return NULL;
	}
	if (!v->missing)
		TRY(value_bytes(v, &data));
	buf_putc(p->text, print_as_rust(p, t) ? '[' : '{');
	p->indent++;
	p->depth++;
	print_elements(p, v, count, stride);
	p->indent--;
	p->depth--;
	if (p->style->arrays)
		new_line(p, p->indent);
	buf_putc(p->text, print_as_rust(p, t) ? ']' : '}');
	return NULL;
}

static struct error *print_reference(struct printer *p, struct value *v)
{
	AUTO_VALUE struct value *target = NULL;
	const uint8_t *data;

	TRY(value_bytes(v, &data));
	if (p->style->addresses)
		buf_printf(p->text, "@0x%llx", (unsigned long long)(uint64_t)
		           value_load(data, type_size(v->type), false));
	if (p->indent)
		return NULL;
	if (p->style->addresses)
		buf_puts(p->text, ": ");
	print_part(p, target, value_deref(v, &target));
	return NULL;
}

static struct error *print_function(struct printer *p, struct value *v)
{
	taddr addr = 0;

	value_address(v, &addr);
	if (p->style->format && p->style->format != 's' &&
	    p->style->format != 'a') {
		buf_printf(p->text, "0x%llx", (unsigned long long)addr);
		return NULL;
	}
	buf_putc(p->text, '{');
	type_name(v->type, "", p->text);
	buf_puts(p->text, "} ");
	print_address(p, addr, true);
	return NULL;
}

static struct error *print_complex(struct printer *p, struct value *v)
{
	const struct type *t = type_strip(v->type);
	struct type half = { .kind = TYPE_FLOAT, .size = t->size / 2 };
	const uint8_t *data;

	TRY(value_bytes(v, &data));
	if (is_text_format(p)) {
		print_float(&half, data, p->text);
		buf_puts(p->text, " + ");
		print_float(&half, data + half.size, p->text);
	} else {
		print_formatted(p, &half, data);
		buf_puts(p->text, " + ");
		print_formatted(p, &half, data + half.size);
	}
	buf_putc(p->text, 'i');
	return NULL;
}

static struct error *print_simple(struct printer *p, struct value *v)
{
	const struct type *t = type_strip(v->type);
	const uint8_t *data;
	const char *prefix;

	if (v->synthetic) {
		buf_puts(p->text, "<synthetic pointer>");
		return NULL;
	}
	TRY(value_bytes(v, &data));
	if (is_text_format(p) && print_as_rust(p, t) &&
	    t->kind == TYPE_CHAR && t->size == 4) {
		print_rust_char(p->text,
		                (uint32_t)value_load(data, t->size, false));
	} else if (is_text_format(p) && type_is_text(v->type, &prefix) &&
	           t->size) {
		print_wide(p->text, value_load(data, t->size, t->is_signed),
		           t->is_signed);
		buf_putc(p->text, ' ');
		print_char(p->text, prefix,
		           (uint32_t)value_load(data, t->size, false));
	} else {
		print_formatted(p, t, data);
	}
	return NULL;
}

static struct error *print_kind(struct printer *p, struct value *v)
{
	switch (type_strip(v->type)->kind) {
	case TYPE_STRUCT:
	case TYPE_CLASS:
	case TYPE_UNION:
	case TYPE_VARIANT:
		return print_struct(p, v);
	case TYPE_ARRAY:
	case TYPE_VECTOR:
		return print_array(p, v);
	case TYPE_REFERENCE:
	case TYPE_RVALUE_REFERENCE:
		return print_reference(p, v);
	case TYPE_FUNCTION:
		return print_function(p, v);
	case TYPE_COMPLEX:
		return print_complex(p, v);
	case TYPE_VOID:
		buf_puts(p->text, print_as_rust(p, type_strip(v->type)) ? "()" : "void");
		return NULL;
	case TYPE_UNKNOWN:
		buf_puts(p->text, "<unknown type>");
		return NULL;
	default:
		return print_simple(p, v);
	}
}

struct error *print_value(struct printer *p, struct value *v)
{
	uint64_t size = type_size(v->type);
	bool all = v->place == VALUE_OPTIMIZED_OUT;
	struct error *err;

	if (p->world->interrupted && p->world->interrupted(p->world->ctx))
		return error_new(ERROR_INTERRUPTED, "interrupted");
	if (v->missing && !all) {
		all = memchr(v->missing, 0, size) == NULL;
		all = all || (type_is_scalar(v->type) &&
		              value_is_missing(v, 0, size));
	}
	if (all) {
		buf_puts(p->text, "<optimized out>");
		return NULL;
	}
	if (++p->nested > PRINT_NESTED) {
		p->nested--;
		buf_puts(p->text, "{...}");
		return NULL;
	}
	err = print_kind(p, v);
	p->nested--;
	return err;
}

/* gdb leaves the type out in front of a string. */
static bool is_string_pointer(const struct type *t)
{
	static const char *const names[] = { "char", "wchar_t", "char16_t",
	                                     "char32_t", "char8_t" };

	if (t->kind != TYPE_POINTER)
		return false;
	t = type_target(t);
	while (t->kind == TYPE_CONST || t->kind == TYPE_VOLATILE)
		t = type_target(t);
	for (size_t i = 0; t->name && !t->is_rust && i < ARRAY_LEN(names); i++)
		if (strcmp(t->name, names[i]) == 0)
			return true;
	return false;
}

struct error *value_print_bare(struct value *v,
                               const struct value_style *style,
                               struct buf *text)
{
	struct printer p = {
		.style = style,
		.world = v->world,
		.text = text,
		.most = text->len + PRINT_MOST,
	};

	return print_value(&p, v);
}

struct error *value_print(struct value *v, const struct value_style *style,
                          struct buf *text)
{
	const struct type *t = v->type;
	struct printer p = { .style = style };

	if (v->place != VALUE_OPTIMIZED_OUT && (type_is_reference(t) ||
	    (is_text_format(&p) && type_is_kind(t, TYPE_POINTER) &&
	     !is_string_pointer(t)))) {
		buf_putc(text, '(');
		type_name(t, "", text);
		buf_puts(text, ") ");
	}
	return value_print_bare(v, style, text);
}
